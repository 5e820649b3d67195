//! `annotate`, `annotations` and `export`, through the real program.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;

use std::fs;
use std::path::PathBuf;

use desk::{Desk, Run};
use pullquote::export;
use pullquote::note::file;

const FERRY: &str = "Ferry sails again\n\nThe ferry – late – left at noon. “We’re glad,” said the \
                     mate of the ferry.\n\nNobody on the quay had slept.\n";

fn desk() -> Desk {
    Desk::with(&[
        ("news/wire/a.txt", FERRY),
        ("news/b.txt", "Another\n\nThe ferry is not in it.\n"),
    ])
}

/// The ID of what was saved.
fn saved(run: &Run) -> String {
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let id = run.out.strip_prefix("saved ").unwrap().trim_end().to_owned();
    uuid::Uuid::parse_str(&id).unwrap();
    id
}

/// How many scalar values stand before some words that stand once.
fn scalars_before(words: &str) -> usize {
    let (before, _) = FERRY.split_once(words).unwrap();
    before.chars().count()
}

/// The files of the store.
fn stored(desk: &Desk) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(desk.path("data/annotations")) else { return Vec::new() };
    let files = entries.map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
}

#[test]
fn what_was_annotated_is_listed_and_exported() {
    let desk = desk();
    let id = saved(&desk.run(&[
        "annotate",
        "news/wire/a.txt",
        "--quote",
        "We’re glad",
        "--note",
        "Glad?\nWhy?",
        "--tag",
        "mood",
        "--tag",
        "frame/ human",
        "--tag",
        "mood",
        "--highlight",
        "green",
    ]));
    let rows = desk.json(&["annotations", "news", "--format", "jsonl"]);
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!(row["article"], "wire/a.txt");
    assert_eq!(row["id"], id.as_str());
    assert_eq!(row["kind"], "highlight");
    assert_eq!(row["color"], "green");
    assert_eq!(row["tags"], serde_json::json!(["mood", "frame/human"]));
    assert_eq!(row["note"], "Glad?\nWhy?");
    assert_eq!(row["text"], "We’re glad");
    assert_eq!(row["status"], "anchored");
    let start = scalars_before("We’re");
    assert_eq!(row["start"], start);
    assert_eq!(row["end"], start + 10);

    let exported = desk.run(&["export"]).out;
    let records = export::toml::read(&exported).unwrap();
    let record = records[0].as_ref().unwrap();
    let files = stored(&desk);
    assert_eq!(files.len(), 1);
    let kept = file::parse(&fs::read_to_string(&files[0]).unwrap()).unwrap();
    assert_eq!(record.subject, kept.subject);
    assert_eq!(record.annotations, kept.annotations);

    let markdown = desk.run(&["export", "news", "--format", "markdown"]).out;
    assert!(markdown.contains("We’re glad") && markdown.contains("Why?"), "{markdown}");
}

#[test]
fn a_file_and_its_folder_share_annotations() {
    let desk = desk();
    saved(&desk.run(&["annotate", "news/wire/a.txt", "--quote", "noon"]));
    saved(&desk.run(&["annotate", "news/../news/wire/a.txt", "--quote", "slept"]));
    assert_eq!(stored(&desk).len(), 1);
    for path in ["news", "news/wire", "news/wire/a.txt", "."] {
        let rows = desk.json(&["annotations", path, "--format", "jsonl"]);
        assert_eq!(rows.len(), 2, "{path}");
    }
    assert_eq!(desk.json(&["annotations", "--format", "jsonl"]).len(), 2);
    assert_eq!(desk.json(&["annotations", "news/b.txt", "--format", "jsonl"]).len(), 0);
    assert_eq!(desk.json(&["annotations", "news/b.txt", "--format", "jsonl"]).len(), 0);
}

#[test]
fn words_in_several_places_need_a_number() {
    let desk = desk();
    let annotate = |more: &[&str]| {
        desk.run(&[&["annotate", "news/wire/a.txt", "--quote", "ferry"], more].concat())
    };
    let run = annotate(&[]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("pullquote: news/wire/a.txt: ") && run.err.contains("2 places"));
    let run = annotate(&["--occurrence", "3"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(stored(&desk).is_empty());
    saved(&annotate(&["--occurrence", "2"]));
    let rows = desk.json(&["annotations", "--format", "jsonl"]);
    assert_eq!(rows[0]["start"], scalars_before("ferry.\n"));
    assert_eq!(rows[0]["color"], "yellow");
}

#[test]
fn words_that_are_not_there_are_not_stored() {
    let desk = desk();
    let run = desk.run(&["annotate", "news/wire/a.txt", "--quote", "we sank"]);
    assert_eq!((run.status, run.out.as_str(), run.messages().len()), (1, "", 1));
    let run = desk.run(&["annotate", "news/wire/a.txt", "--quote", "\"we're  glad,\""]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("“We’re glad,”"), "{}", run.err);
    assert!(stored(&desk).is_empty());
}

#[test]
fn an_edited_article_is_listed_as_it_is_now() {
    let desk = desk();
    saved(&desk.run(&["annotate", "news/wire/a.txt", "--quote", "said the mate of the ferry"]));
    saved(&desk.run(&["annotate", "news/wire/a.txt", "--quote", "Nobody on the quay"]));
    let before = desk.json(&["annotations", "--format", "jsonl"]);
    let edited = FERRY.replace("Nobody on the quay had slept.", "All slept.");
    desk.file("news/wire/a.txt", format!("Update:\n{edited}"));
    let files = stored(&desk);
    let untouched = fs::read_to_string(&files[0]).unwrap();
    for arguments in
        [&["annotations", "--format", "jsonl"][..], &["annotations", "news", "--format", "jsonl"]]
    {
        let rows = desk.json(arguments);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0]["start"].as_u64(), before[0]["start"].as_u64().map(|start| start + 8));
        assert_eq!(rows[0]["status"], "anchored");
        assert_eq!(rows[1]["status"], "orphan");
        assert_eq!(rows[1]["text"], "Nobody on the quay");
    }
    assert_eq!(fs::read_to_string(&files[0]).unwrap(), untouched);
}

#[test]
fn words_that_changed_are_listed_and_exported_as_moved() {
    let desk = desk();
    saved(&desk.run(&["annotate", "news/wire/a.txt", "--quote", "said the mate of the ferry"]));
    let edited = FERRY.replace("the mate of the ferry", "the old mate of the ferry");
    desk.file("news/wire/a.txt", &edited);
    let row = desk.json(&["annotations", "news", "--format", "jsonl"]).remove(0);
    assert_eq!(
        (&row["status"], &row["text"]),
        (&"moved".into(), &"said the mate of the ferry".into())
    );
    let at = |words: &str| edited.split_once(words).unwrap().0.chars().count();
    assert_eq!(row["start"], at("said the old mate"));
    assert_eq!(row["end"], at(".\n\nNobody"));
    let export = desk.run(&["export", "news"]).out;
    assert!(export.contains("status = \"moved\""), "{export}");
    assert!(
        desk.run(&["export", "news", "--format", "markdown"]).out.contains("moved, not confirmed")
    );
    // The old text is what tells where they went; without it they are still not lost.
    fs::remove_dir_all(desk.path("data/texts")).unwrap();
    let row = desk.json(&["annotations", "news", "--format", "jsonl"]).remove(0);
    assert_eq!(row["status"], "moved");
}

#[test]
fn of_two_alike_the_old_text_tells_which_is_left() {
    let desk = desk();
    let twice = format!("{FERRY}\n{FERRY}");
    desk.file("news/wire/a.txt", &twice);
    let marked =
        ["annotate", "news/wire/a.txt", "--quote", "Nobody on the quay", "--occurrence", "2"];
    saved(&desk.run(&marked));
    let edited = twice.replacen("Nobody on the quay had slept.", "All slept.", 1);
    desk.file("news/wire/a.txt", format!("{edited}And so to bed.\n"));
    let row = desk.json(&["annotations", "news", "--format", "jsonl"]).remove(0);
    let at = edited.split_once("Nobody on the quay").unwrap().0.chars().count();
    assert_ne!(row["status"], "orphan");
    assert_eq!(row["start"], at);
}

#[test]
fn a_copy_does_not_take_the_annotations_away() {
    let desk = desk();
    saved(&desk.run(&["annotate", "news/wire/a.txt", "--quote", "noon"]));
    desk.file("news/a-copy.txt", FERRY);
    let rows = desk.json(&["annotations", "news", "--format", "jsonl"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["article"], "wire/a.txt");
    fs::remove_file(desk.path("news/wire/a.txt")).unwrap();
    desk.file("news/b.txt", "Another text in another place.\n");
    let rows = desk.json(&["annotations", "news", "--format", "jsonl"]);
    assert_eq!((rows.len(), &rows[0]["article"]), (1, &"a-copy.txt".into()));
}

#[test]
fn a_moved_article_keeps_its_annotations_and_a_removed_one_too() {
    let desk = desk();
    saved(&desk.run(&["annotate", "news/wire/a.txt", "--quote", "noon"]));
    fs::rename(desk.path("news/wire/a.txt"), desk.path("news/c.txt")).unwrap();
    let rows = desk.json(&["annotations", "news", "--format", "jsonl"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["article"], "c.txt");
    fs::remove_file(desk.path("news/c.txt")).unwrap();
    for arguments in
        [&["annotations", "--format", "jsonl"][..], &["annotations", "news", "--format", "jsonl"]]
    {
        let rows = desk.json(arguments);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["text"], "noon");
    }
}

#[test]
fn a_file_of_the_store_that_does_not_parse_is_said_and_left_alone() {
    let desk = desk();
    saved(&desk.run(&["annotate", "news/wire/a.txt", "--quote", "noon"]));
    let whole = stored(&desk)[0].clone();
    saved(&desk.run(&["annotate", "news/b.txt", "--quote", "not in it"]));
    let broken = fs::read_to_string(&whole).unwrap() + "\nnote = \"never closed\n";
    fs::write(&whole, &broken).unwrap();

    let run = desk.run(&["annotations", "--format", "jsonl"]);
    assert_eq!((run.status, run.out.lines().count(), run.messages().len()), (0, 1, 1));
    let place = format!("pullquote: {}:", whole.display());
    assert!(run.err.starts_with(&place), "{}", run.err);
    let line = run.err.strip_prefix(&place).unwrap().split(':').next().unwrap();
    assert_eq!(line.parse(), Ok(broken.lines().count()), "{}", run.err);

    let run = desk.run(&["annotate", "news/wire/a.txt", "--quote", "slept"]);
    assert_eq!((run.status, run.out.as_str(), run.messages().len()), (2, "", 1));
    assert!(run.err.starts_with(&place), "{}", run.err);
    assert_eq!(fs::read_to_string(&whole).unwrap(), broken);
    assert_eq!(stored(&desk).len(), 2);
}

#[test]
fn annotations_live_in_a_folder_that_asks_for_them() {
    let desk = desk();
    fs::create_dir(desk.path("news/.pullquote")).unwrap();
    saved(&desk.run(&["annotate", "news/wire/a.txt", "--quote", "noon"]));
    assert!(stored(&desk).is_empty());
    assert_eq!(desk.json(&["annotations", "news/wire", "--format", "jsonl"]).len(), 1);
    let mut program = desk.program();
    program.current_dir(desk.path("news")).args(["annotations"]);
    assert_eq!(Run::from(program.output().unwrap()).out.lines().count(), 1);
    fs::rename(desk.path("news"), desk.path("elsewhere")).unwrap();
    let rows = desk.json(&["annotations", "elsewhere", "--format", "jsonl"]);
    assert_eq!((rows.len(), &rows[0]["status"]), (1, &serde_json::json!("anchored")));
}

#[test]
fn an_export_replaces_no_file_unasked() {
    let desk = desk();
    saved(&desk.run(&["annotate", "news/wire/a.txt", "--quote", "noon"]));
    desk.file("notes.toml", "precious");
    let run = desk.run(&["export", "-o", "notes.toml"]);
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("pullquote: notes.toml: ") && run.err.contains("--force"));
    assert_eq!(desk.read("notes.toml"), "precious");
    assert_eq!(desk.run(&["export", "-o", "notes.toml", "--force"]).status, 0);
    assert_eq!(export::toml::read(&desk.read("notes.toml")).unwrap().len(), 1);
}

#[test]
fn nothing_stored_is_an_empty_list_and_makes_no_folder() {
    let desk = desk();
    for arguments in [&["annotations"][..], &["annotations", "news"], &["export", "news"]] {
        let run = desk.run(arguments);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}");
    }
    assert!(!desk.path("data").exists());
    let run = desk.run(&["annotations", "gone"]);
    assert_eq!((run.status, run.messages().len()), (2, 1));
}

#[test]
fn standard_input_cannot_be_annotated() {
    let desk = desk();
    let file = fs::File::open(desk.path("news/b.txt")).unwrap();
    let mut program = desk.program();
    program.args(["annotate", "-", "--quote", "ferry"]).stdin(file);
    let run = Run::from(program.output().unwrap());
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("pullquote: standard input: "), "{}", run.err);
}

#[test]
fn many_at_once_are_all_kept() {
    let desk = desk();
    let children: Vec<_> = ["noon", "late", "slept", "quay", "glad", "mate"]
        .iter()
        .map(|word| {
            desk.program().args(["annotate", "news/wire/a.txt", "--quote", word]).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(desk.json(&["annotations", "--format", "jsonl"]).len(), 6);
    assert_eq!(stored(&desk).len(), 1);
}

#[test]
fn what_a_person_put_right_is_listed() {
    let desk = desk();
    saved(&desk.run(&["annotate", "news/wire/a.txt", "--quote", "noon"]));
    let store = stored(&desk)[0].clone();
    let text = fs::read_to_string(&store).unwrap();
    let corrected = "[article.corrected]\noutlet = \"Quay Post\"\npublished = 2026-02-11\n\n";
    let (head, tail) = text.split_once("[[annotation]]").unwrap();
    fs::write(&store, format!("{head}{corrected}[[annotation]]{tail}")).unwrap();
    let rows = desk.json(&["articles", "news", "--format", "jsonl"]);
    let row = rows.iter().find(|row| row["article"] == "wire/a.txt").unwrap();
    assert_eq!(row["outlet"], "Quay Post");
    assert_eq!(row["published"], "2026-02-11");
    assert!(rows.iter().any(|row| row["outlet"].is_null()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_utf8_keeps_its_annotations() {
    use std::os::unix::ffi::OsStrExt;
    let desk = desk();
    let name = std::ffi::OsStr::from_bytes(b"caf\xE9.txt");
    let path = desk.path("news").join(name);
    fs::write(&path, FERRY).unwrap();
    let mut program = desk.program();
    program.arg("annotate").arg(&path).args(["--quote", "noon"]);
    saved(&Run::from(program.output().unwrap()));
    let rows = desk.json(&["annotations", "news", "--format", "jsonl"]);
    assert_eq!((rows.len(), &rows[0]["article"]), (1, &serde_json::json!("caf%E9.txt")));
    assert_eq!(desk.json(&["annotations", "--format", "jsonl"]).len(), 1);
}

#[test]
fn what_was_said_not_to_be_saved_does_not_come_later() {
    let desk = desk();
    let annotate =
        |note: &str| desk.run(&["annotate", "news/b.txt", "--quote", "not in it", "--note", note]);
    saved(&annotate("first"));
    let [file] = &stored(&desk)[..] else { panic!("one file") };
    let whole = fs::read_to_string(file).unwrap();
    fs::write(file, whole.replace("kind = ", "kind is ")).unwrap();
    let run = annotate("refused");
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.err);
    fs::write(file, whole).unwrap();
    saved(&annotate("again"));
    let listed = desk.run(&["annotations", "--format", "jsonl"]).out;
    assert!(listed.contains("first") && listed.contains("again"), "{listed}");
    assert!(!listed.contains("refused"), "{listed}");
}
