//! What was said to be saved is there, whatever happens while saving.
//!
//! The tests start this test binary again as a writer that saves one annotation after the other and
//! acknowledges each; then they kill it, or make its file system calls fail, and read what is left.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and its writer answers on standard output"
)]

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use pullquote::io::store::{ArticleRef, Edit, Store};
use pullquote::note::{Annotation, Kind, file, sha256};
use uuid::Uuid;

/// Where the writer's store is.
const FOLDER: &str = "PULLQUOTE_TEST_STORE";
/// How many annotations it saves.
const COUNT: &str = "PULLQUOTE_TEST_COUNT";

fn article(folder: &Path) -> ArticleRef {
    ArticleRef {
        root: folder.join("library"),
        path: "a.txt".to_owned(),
        title: Some("Ferry link restored".to_owned()),
        outlet: None,
        byline: None,
        published: None,
        url: None,
        text_sha256: sha256("text"),
        text_chars: 4,
    }
}

fn store(folder: &Path) -> Store {
    Store::open(&folder.join("data"), &folder.join("state"))
}

fn save(folder: &Path) -> Option<Uuid> {
    save_with(&mut store(folder), folder)
}

fn save_with(store: &mut Store, folder: &Path) -> Option<Uuid> {
    let id = Uuid::now_v7();
    let mut annotation = Annotation::new(id, Kind::Note, Timestamp::now(), None);
    annotation.note = "two lines\nof a note ".repeat(5);
    store.apply(&article(folder), &[Edit::Put(annotation)]).is_ok().then_some(id)
}

/// No test, but the writer.
#[test]
#[ignore = "the other tests start it"]
fn writer() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let count: usize = std::env::var(COUNT).unwrap().parse().unwrap();
    println!("\nready");
    // Now as the reader, with one store for all, now as `annotate`, with one for each.
    let mut one = std::process::id().is_multiple_of(2).then(|| store(&folder));
    for _ in 0..count {
        let saved = match &mut one {
            Some(store) => save_with(store, &folder),
            None => save(&folder),
        };
        match saved {
            Some(id) => println!("\nsaved {id}"),
            None => println!("\nfailed"),
        }
    }
}

fn start(folder: &Path, count: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "writer", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).env(COUNT, count.to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn acknowledged(line: &str) -> Option<Uuid> {
    line.strip_prefix("saved ")?.parse().ok()
}

/// Every file parses, and holds all that was acknowledged.
fn check(folder: &Path, acknowledged: &[Uuid], when: &str) {
    let mut there = HashSet::new();
    if let Ok(entries) = fs::read_dir(folder.join("data/annotations")) {
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.extension().is_some_and(|extension| extension == "toml") {
                let record = file::parse(&fs::read_to_string(&path).unwrap());
                let record = record.unwrap_or_else(|error| panic!("{when}: {error}"));
                there.extend(record.annotations.iter().map(|annotation| annotation.id));
            }
        }
    }
    let lost = acknowledged.iter().filter(|id| !there.contains(id)).count();
    assert_eq!(lost, 0, "{when}: acknowledged annotations are lost");
    let loaded = store(folder).load_all(&[]);
    assert!(loaded.problems().is_empty(), "{when}: {:?}", loaded.problems());
}

/// Kills a writer at random, so many times; how many annotations it had acknowledged.
fn kill(rounds: u64) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let mut saved = Vec::new();
    // On a machine that is busy it takes longer until something is acknowledged.
    let mut round = 0;
    while round < rounds || saved.len() <= 10 {
        round += 1;
        let mut writer = start(folder.path(), usize::MAX).spawn().unwrap();
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        assert!(lines.any(|line| line == "ready"));
        thread::sleep(Duration::from_micros(round * 7_771 % (60_000 + 500 * round)));
        writer.kill().unwrap();
        saved.extend(lines.filter_map(|line| acknowledged(&line)));
        writer.wait().unwrap();
        check(folder.path(), &saved, &format!("round {round}"));
        if saved.len() > 2_000 {
            // Each save writes the whole file.
            fs::remove_dir_all(folder.path().join("data")).unwrap();
            saved.clear();
        }
    }
    assert!(save(folder.path()).is_some());
    tidy(folder.path());
    saved.len()
}

/// Nothing is left behind: no temporary file, no journal.
fn tidy(folder: &Path) {
    assert_eq!(store(folder).recover(&[]), []);
    for (place, ending) in [("data/annotations", "tmp"), ("state/journal", "journal")] {
        let left = fs::read_dir(folder.join(place)).unwrap().map(|entry| entry.unwrap().path());
        let left = left.filter(|path| path.extension().is_some_and(|it| it == ending));
        assert_eq!(left.count(), 0, "in {place}");
    }
}

#[test]
fn a_writer_that_is_killed_loses_nothing_it_acknowledged() {
    assert!(kill(30) > 10);
}

#[test]
#[ignore = "takes minutes"]
fn long_a_writer_that_is_killed_a_thousand_times_loses_nothing_it_acknowledged() {
    kill(1_000);
}

/// So many writers, each a process, save so many annotations in all to one article.
fn write_at_once(writers: usize, annotations: usize) {
    let folder = tempfile::tempdir().unwrap();
    let each = annotations / writers;
    let running: Vec<_> =
        (0..writers).map(|_| start(folder.path(), each).spawn().unwrap()).collect();
    let mut saved = Vec::new();
    for writer in running {
        let output = writer.wait_with_output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!text.contains("\nfailed"), "a save was refused");
        saved.extend(text.lines().filter_map(acknowledged));
    }
    assert_eq!(saved.len(), writers * each);
    check(folder.path(), &saved, "writers at once");
    let loaded = store(folder.path()).load_all(&[]);
    let kept: usize = loaded.rest().map(|entry| entry.record.live().count()).sum();
    assert_eq!(kept, saved.len());
    tidy(folder.path());
}

#[test]
fn writers_at_once_lose_nothing() {
    write_at_once(2, 60);
    write_at_once(8, 80);
}

#[test]
#[ignore = "takes minutes"]
fn long_writers_of_a_thousand_annotations_lose_nothing() {
    write_at_once(2, 1_000);
    write_at_once(8, 1_000);
}

/// What an editor that knows of no locks appends to the file, in place or by a new file.
fn edit_by_hand(file: &Path, id: Uuid, in_place: bool) -> bool {
    let Ok(text) = fs::read_to_string(file) else { return false };
    if file::parse(&text).is_err() {
        return false;
    }
    thread::sleep(Duration::from_millis(2));
    let text = format!(
        "{text}\n[[annotation]]\nid = \"{id}\"\nkind = \"note\"\nnote = \"by hand\"\n\
         created = 2026-01-01T00:00:00Z\n"
    );
    if in_place {
        return fs::write(file, text).is_ok();
    }
    let new = file.with_extension("swp");
    fs::write(&new, text).and_then(|()| fs::rename(new, file)).is_ok()
}

/// So many saves while an editor that knows of no locks changes the file so many times.
fn save_beside_an_editor(times: usize, edits: usize) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let first = save(folder).unwrap();
    let annotations = folder.join("data/annotations");
    let file = fs::read_dir(annotations).unwrap().next().unwrap().unwrap().path();
    let (mut saved, by_hand) = thread::scope(|scope| {
        let saving = scope.spawn(|| {
            let mut store = store(folder);
            let saved = (0..times).map(|_| save_with(&mut store, folder));
            let saved: Vec<Uuid> = saved.flatten().collect();
            // What an editor does after the last save is seen by the next.
            store.apply(&article(folder), &[]).unwrap();
            (saved, store)
        });
        let mut by_hand = Vec::new();
        while by_hand.len() < edits {
            let id = Uuid::now_v7();
            if edit_by_hand(&file, id, by_hand.len() % 2 == 0) {
                by_hand.push(id);
            }
            thread::sleep(Duration::from_millis(3));
        }
        let (saved, mut store) = saving.join().unwrap();
        let last = save_with(&mut store, folder).unwrap();
        ([saved, vec![last]].concat(), by_hand)
    });
    saved.push(first);
    assert!(saved.len() > times / 2, "only {} of {times} saves went through", saved.len());
    check(folder, &saved, "beside an editor");
    check(folder, &by_hand, "by hand");
}

#[test]
fn saves_and_hand_edits_at_once_lose_nothing() {
    save_beside_an_editor(50, 10);
}

#[test]
#[ignore = "takes minutes"]
fn long_saves_and_a_hundred_hand_edits_at_once_lose_nothing() {
    save_beside_an_editor(500, 100);
}

/// A library to preload that makes the n-th file system call fail or kill, built from the source
/// beside the project; `None` where that is not there.
#[cfg(target_os = "linux")]
fn shim(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/faultshim.c");
    let shim = folder.join("shim.so");
    if !source.exists() {
        eprintln!("skipped: {} is not there", source.display());
        return None;
    }
    let cc = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-w", "-o"])
        .args([&shim, &source])
        .args(["-ldl", "-lpthread"])
        .status();
    if !cc.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no C compiler that builds {}", source.display());
        return None;
    }
    Some(shim)
}

/// Runs a writer of three annotations in which file system call number `at` goes wrong; returns what
/// it acknowledged.
#[cfg(target_os = "linux")]
fn run(shim: &Path, folder: &Path, mode: &str, at: usize, errno: &str) -> Vec<Uuid> {
    let mut command = start(folder, 3);
    command.env("LD_PRELOAD", shim).env("SHIM_DIR", folder.join("data"));
    command.env("SHIM_MODE", mode).env("SHIM_AT", at.to_string()).env("SHIM_ERRNO", errno);
    command.env("SHIM_SEED", at.to_string()).env("SHIM_COUNT", folder.join("count"));
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter_map(acknowledged).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_fault_at_any_call_of_a_save_loses_nothing_acknowledged() {
    let tools = tempfile::tempdir().unwrap();
    let Some(shim) = shim(tools.path()) else { return };
    let fresh = || {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("data/annotations")).unwrap();
        folder
    };
    let folder = fresh();
    assert_eq!(run(&shim, folder.path(), "count", 0, "0").len(), 3);
    let count = fs::read_to_string(folder.path().join("count")).unwrap();
    let count: usize = count.trim().parse().unwrap();
    assert!(count >= 12, "only {count} calls were seen");
    let faults = [
        ("kill", "0"),
        ("power", "0"),
        ("short", "0"),
        ("errno", "5"),  // EIO
        ("errno", "13"), // EACCES
        ("errno", "28"), // ENOSPC
    ];
    for (mode, errno) in faults {
        for at in 1..=count {
            let folder = fresh();
            let saved = run(&shim, folder.path(), mode, at, errno);
            let when = format!("{mode} {errno} at call {at} of {count}");
            assert!(mode != "errno" || saved.len() >= 2, "{when}: the next save failed as well");
            check(folder.path(), &saved, &when);
            assert!(save(folder.path()).is_some(), "{when}: nothing can be saved any more");
        }
    }
}
