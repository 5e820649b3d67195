//! `doctor`, through the real program.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what is not there fails the test"
)]

mod desk;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use desk::Desk;

/// A desk with one annotation on each of two articles.
fn desk() -> Desk {
    let desk = Desk::with(&[
        ("news/a.txt", "Ferry sails\n\nIt left at noon.\n"),
        ("news/b.txt", "Bread runs out\n\nThere was none.\n"),
    ]);
    annotate(&desk, "news/a.txt", "left", "first");
    annotate(&desk, "news/b.txt", "none", "other");
    desk
}

fn annotate(desk: &Desk, article: &str, quote: &str, note: &str) {
    let run = desk.run(&["annotate", article, "--quote", quote, "--note", note]);
    assert_eq!(run.status, 0, "{}", run.err);
}

/// The file of the store whose name begins so.
fn file(desk: &Desk, slug: &str) -> PathBuf {
    let files = fs::read_dir(desk.path("data/annotations")).unwrap();
    let mut files = files.map(|file| file.unwrap().path());
    files
        .find(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with(slug) && name.len() == slug.len() + 18
        })
        .unwrap()
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replace(from, to)).unwrap();
}

fn notes(desk: &Desk) -> Vec<String> {
    let rows = desk.run(&["annotations", "--format", "jsonl"]).out;
    let note = |row: &str| {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        row["note"].as_str().unwrap().to_owned()
    };
    let mut notes: Vec<String> = rows.lines().map(note).collect();
    notes.sort();
    notes
}

/// Everything under the data folder but locks.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut tree = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tree.extend(self::tree(&path));
        } else {
            tree.insert(path.clone(), fs::read(path).unwrap());
        }
    }
    tree
}

/// What `doctor` finds: ailment, line, whether it was mended.
fn found(desk: &Desk, more: &[&str], status: i32) -> Vec<(String, Option<u64>, bool)> {
    let run = desk.run(&[&["doctor", "--format", "jsonl"][..], more].concat());
    assert_eq!(run.status, status, "{}{}", run.out, run.err);
    let row = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let ailment = row["ailment"].as_str().unwrap().to_owned();
        (ailment, row["line"].as_u64(), row["mended"].as_bool().unwrap())
    };
    run.out.lines().map(row).collect()
}

fn ailments(found: &[(String, Option<u64>, bool)]) -> Vec<&str> {
    found.iter().map(|(ailment, ..)| ailment.as_str()).collect()
}

#[test]
fn a_sound_store_has_nothing() {
    let desk = desk();
    let before = tree(&desk.path("data"));
    assert_eq!(found(&desk, &[], 0), []);
    assert_eq!(found(&desk, &["--repair"], 0), []);
    assert_eq!(tree(&desk.path("data")), before);
    assert_eq!(found(&Desk::with(&[]), &[], 0), []);
}

#[test]
fn a_sound_store_is_said_to_be_whole_with_what_was_looked_at() {
    let desk = desk();
    annotate(&desk, "news/a.txt", "noon", "second");
    let line =
        "the store is whole: 2 files with 3 annotations, 1 backup, and nothing left behind\n";
    for arguments in [&["doctor"][..], &["doctor", "--repair"]] {
        let run = desk.run(arguments);
        assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, line, ""));
    }
    let run = Desk::with(&[]).run(&["doctor"]);
    assert!(run.out.contains("0 files with 0 annotations"), "{}", run.out);
    change(&file(&desk, "ferry-sails"), "kind = ", "kind is ");
    let run = desk.run(&["doctor"]);
    assert!(run.status == 1 && !run.out.contains("whole"), "{}", run.out);
}

#[test]
fn what_cannot_be_read_is_said_with_its_line_and_nothing_is_changed() {
    let desk = desk();
    let (a, b) = (file(&desk, "ferry-sails"), file(&desk, "bread-runs-out"));
    change(
        &a,
        "note = \"first\"",
        "note = '''\n<<<<<<< HEAD\nfirst\n=======\nx\n>>>>>>> theirs\n'''",
    );
    change(&b, "kind = ", "kind is ");
    let newer = b.with_file_name("newer-0123456789ab.toml");
    fs::write(newer, "revision = 1\nformat = 99\n").unwrap();
    let line = |path: &Path, what: &str| {
        let text = fs::read_to_string(path).unwrap();
        text.lines().position(|line| line.starts_with(what)).map(|at| at as u64 + 1)
    };
    let before = tree(&desk.path("data"));
    let mut rows = found(&desk, &[], 1);
    rows.retain(|(ailment, ..)| ailment != "mode");
    rows.sort();
    let expected = [
        ("broken".to_owned(), line(&b, "kind is"), false),
        ("conflict".to_owned(), line(&a, "<<<<<<<"), false),
        ("newer".to_owned(), Some(2), false),
    ];
    assert_eq!(rows, expected);
    assert_eq!(tree(&desk.path("data")), before);
    // What no program can decide is not decided.
    let mut rows = found(&desk, &["--repair"], 1);
    rows.retain(|(ailment, ..)| ailment != "mode");
    rows.sort();
    assert_eq!(rows, expected);
}

#[test]
fn what_was_left_behind_is_found_and_mended() {
    let desk = desk();
    let a = file(&desk, "ferry-sails");
    let text = fs::read_to_string(&a).unwrap();
    let with = |id: char, note: &str| {
        let (_, annotation) = text.split_once("[[annotation]]").unwrap();
        let other = annotation.replace("first", note);
        let id_at = other.find("id = \"").unwrap() + 6;
        let other = format!("{}{}{}", &other[..id_at], id, &other[id_at + 1..]);
        text.replace(annotation, &other)
    };
    let stem = a.file_stem().unwrap().to_str().unwrap();
    let name = |name: String| a.with_file_name(name);
    fs::write(name(format!("{stem}.sync-conflict-20260101-000000-AB.toml")), with('1', "copy"))
        .unwrap();
    fs::write(name("zzz-0123456789ab.toml".to_owned()), with('2', "duplicate")).unwrap();
    let old = name(".pullquote-0.tmp".to_owned());
    fs::write(&old, with('3', "temporary")).unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7_200);
    fs::File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
    let before = tree(&desk.path("data"));
    let mut rows = found(&desk, &[], 1);
    rows.retain(|(ailment, ..)| ailment != "mode");
    assert_eq!(ailments(&rows), ["duplicate", "temporary", "copy"]);
    assert_eq!(tree(&desk.path("data")), before);
    let rows = found(&desk, &["--repair"], 0);
    assert!(rows.iter().all(|(.., mended)| *mended), "{rows:?}");
    assert_eq!(notes(&desk), ["copy", "duplicate", "first", "other", "temporary"]);
    assert_eq!(found(&desk, &[], 0), []);
    // What was replaced is among the backups.
    let kept = tree(&desk.path("data/backups"));
    assert!(kept.keys().any(|path| path.ends_with("zzz-0123456789ab.toml")), "{:?}", kept.keys());
}

#[cfg(unix)]
#[test]
fn what_others_may_read_is_found_and_mended() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = desk();
    let a = file(&desk, "ferry-sails");
    fs::set_permissions(&a, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(ailments(&found(&desk, &[], 1)), ["mode"]);
    assert_eq!(found(&desk, &["--repair"], 0), [("mode".to_owned(), None, true)]);
    assert_eq!(fs::metadata(&a).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn orphans_are_counted_and_are_no_fault() {
    let desk = desk();
    change(&file(&desk, "bread-runs-out"), "status = \"anchored\"", "status = \"orphan\"");
    let run = desk.run(&["doctor"]);
    assert_eq!(run.status, 0);
    assert!(run.out.contains("1 annotation has lost its words"), "{}", run.out);
}

#[test]
fn a_file_is_restored_with_what_is_newer_in_it() {
    let desk = desk();
    annotate(&desk, "news/a.txt", "noon", "second");
    let a = file(&desk, "ferry-sails");
    // The copy of today has the first alone; of the file the second alone can be read.
    change(&a, "note = \"first\"", "note = \"first");
    let broken = fs::read(&a).unwrap();
    assert_eq!(notes(&desk), ["other"]);
    assert_eq!(ailments(&found(&desk, &[], 1)), ["broken"]);
    assert_eq!(found(&desk, &["--restore"], 0), []);
    assert_eq!(notes(&desk), ["first", "other", "second"]);
    let kept = tree(&desk.path("data/backups"));
    assert!(kept.values().any(|bytes| *bytes == broken));
    // A file that is gone comes back by its name.
    fs::remove_file(&a).unwrap();
    let name = a.file_name().unwrap().to_str().unwrap();
    assert_eq!(found(&desk, &["--restore", name], 0), []);
    assert_eq!(notes(&desk), ["first", "other"]);
    let run = desk.run(&["doctor", "--restore", "nothing.toml"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("nothing.toml: there is no copy"), "{}", run.err);
}
