//! Bad input: one clear line each, and the rest goes on.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use desk::{Desk, Run};

const GOOD: &str = "A headline\n\nA paragraph of some words.\n";

/// Checks that a run did the rest and said one line about a place.
fn reported(run: &Run, place: &str, what: &str) {
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    only(run, place, what);
}

fn only(run: &Run, place: &str, what: &str) {
    assert_eq!(run.messages().len(), 1, "{}", run.err);
    assert!(run.err.starts_with(&format!("pullquote: {place}: ")), "{}", run.err);
    assert!(run.err.contains(what), "{}", run.err);
}

#[test]
fn no_such_path() {
    let desk = Desk::with(&[("a.txt", GOOD)]);
    reported(&desk.run(&["articles", "gone", "a.txt"]), "gone", "no such file");
    let run = desk.run(&["articles", "gone"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    only(&run, "gone", "check the path");
    let run = desk.run(&["text", "gone"]);
    assert_eq!(run.status, 2);
    only(&run, "gone", "no such file");
}

#[test]
fn an_empty_folder() {
    let desk = Desk::with(&[("a.txt", GOOD)]);
    fs::create_dir(desk.path("empty")).unwrap();
    reported(&desk.run(&["articles", "empty", "a.txt"]), "empty", "no articles");
    let run = desk.run(&["articles", "empty"]);
    assert_eq!(run.status, 2);
    only(&run, "empty", ".txt");
}

#[test]
fn what_is_damaged_is_read_and_that_is_said() {
    let desk = Desk::with(&[("a.txt", GOOD)]);
    desk.file("bad.txt", b"\xEF\xBB\xBFab\xFF\xFEb\n");
    for arguments in [["articles", "bad.txt"], ["text", "bad.txt"]] {
        let run = desk.run(&arguments);
        assert_eq!(run.status, 0, "{}", run.err);
        only(&run, "bad.txt", "2 characters are not valid UTF-8");
    }
    assert_eq!(desk.run(&["text", "-q", "bad.txt"]).out, "ab\u{FFFD}\u{FFFD}b\n");
    // Named otherwise, every byte is a letter.
    let run = desk.run(&["text", "a.txt", "--encoding", "latin1"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
}

#[test]
fn a_binary_file_an_empty_file_and_one_that_is_no_text() {
    let desk = Desk::with(&[("a.txt", GOOD), ("empty.txt", ""), ("blank.txt", " \n\t\n")]);
    desk.file("binary.txt", [0x7F, b'E', b'L', b'F', 0, 1, 2, 0, 0, 3]);
    for (name, what) in [("binary.txt", "binary"), ("empty.txt", "empty"), ("blank.txt", "empty")] {
        reported(&desk.run(&["articles", name, "a.txt"]), name, what);
        let run = desk.run(&["articles", name]);
        assert_eq!(run.status, 2, "{name}");
        only(&run, name, what);
    }
    let run = desk.run(&["articles", "."]);
    assert_eq!((run.status, run.messages().len(), run.out.lines().count()), (0, 3, 1));
    assert!(run.err.contains("pullquote: ./binary.txt: "), "{}", run.err);
    assert_eq!(desk.run(&["articles", ".", "-q"]).err, "");
}

#[cfg(unix)]
#[test]
fn a_named_pipe_holds_nobody_up() {
    let desk = Desk::with(&[("in/a.txt", GOOD)]);
    let fifo = desk.path("in/pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    reported(&desk.run(&["articles", "in"]), "in/pipe.txt", "a named pipe");
    reported(&desk.run(&["articles", "in/pipe.txt", "in/a.txt"]), "in/pipe.txt", "a named pipe");
    let run = desk.run(&["text", "in/pipe.txt"]);
    assert_eq!(run.status, 2);
    only(&run, "in/pipe.txt", "standard input");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with(&[("a.txt", GOOD), ("closed.txt", GOOD)]);
    fs::set_permissions(desk.path("closed.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(desk.path("closed.txt")).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    reported(&desk.run(&["articles", "closed.txt", "a.txt"]), "closed.txt", "permission denied");
    assert_eq!(desk.run(&["text", "closed.txt"]).status, 2);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_mentioned_when_asked() {
    let desk = Desk::with(&[("far/b.txt", GOOD), ("in/a.txt", GOOD)]);
    std::os::unix::fs::symlink(desk.path("far"), desk.path("in/out")).unwrap();
    assert_eq!(desk.run(&["articles", "in"]).err, "");
    reported(&desk.run(&["articles", "in", "-v"]), "in/out", "--follow-links");
    assert_eq!(desk.run(&["articles", "in", "--follow-links"]).out.lines().count(), 2);
}

#[test]
fn a_folder_where_one_article_is_wanted() {
    let desk = Desk::with(&[("in/a.txt", GOOD)]);
    for arguments in [&["text", "in"][..], &["annotate", "in", "--quote", "words"]] {
        let run = desk.run(arguments);
        assert_eq!(run.status, 2);
        only(&run, "in", "is a folder; name one file");
    }
}

#[test]
fn usage_that_makes_no_sense() {
    let desk = Desk::with(&[("a.txt", GOOD)]);
    for arguments in [
        &["articles"][..],
        &["articles", "a.txt", "--format", "xml"],
        &["articles", "a.txt", "--bad"],
        &["articles", "a.txt", "-q", "-v"],
        &["articles", "a.txt", "--force"],
        &["annotate", "a.txt"],
        &["annotate", "a.txt", "--quote", ""],
        &["annotate", "a.txt", "--quote", "words", "--occurrence", "0"],
        &["annotate", "a.txt", "--quote", "words", "--highlight", "pink"],
        &["articles", "a.txt", "--encoding", "klingon"],
        &["man", "nonsense"],
    ] {
        let run = desk.run(arguments);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.starts_with("pullquote: "), "{arguments:?}: {}", run.err);
    }
    assert!(!desk.path("data").exists(), "nothing was stored");
}

#[test]
fn the_reader_needs_a_terminal() {
    let desk = Desk::with(&[("a.txt", GOOD)]);
    for arguments in [&[][..], &["a.txt"], &["./articles"], &["--sample"], &["-"]] {
        let run = desk.run(arguments);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{arguments:?}");
        only(&run, "standard output", "no terminal");
    }
}

#[test]
fn help_version_completions_and_manual() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]).out;
    let there =
        ["articles", "text", "blocks", "voices", "annotate", "annotations", "export", "doctor"];
    for command in there {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
        assert!(desk.run(&["man", command]).out.contains(&format!("pullquote\\-{command}")));
    }
    for later in ["echoes", "import"] {
        assert!(!help.contains(later), "{later} is offered but does not work");
    }
    assert_eq!(
        desk.run(&["--version"]).out,
        concat!("pullquote ", env!("CARGO_PKG_VERSION"), "\n")
    );
    assert!(desk.run(&["man"]).out.contains(".TH pullquote 1"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = desk.run(&["completions", shell]);
        assert!(run.status == 0 && run.out.contains("annotations"), "{shell}");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let desk = Desk::new();
    desk.file("long.txt", "A line of some length, again and again.\n".repeat(2_000));
    for arguments in [
        &["text", "long.txt"][..],
        &["blocks", "long.txt"],
        &["blocks", "long.txt", "--format", "jsonl"],
        &["blocks", "long.txt", "--format", "csv"],
        &["blocks", "long.txt", "--format", "toml"],
        &["--help"],
        &["--version"],
        &["man"],
        &["completions", "bash"],
        &["export"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = desk.program().args(arguments).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let desk = Desk::with(&[("a.txt", GOOD)]);
    for arguments in [&["text", "a.txt"][..], &["articles", "a.txt"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = desk.program().args(arguments).stdout(full).output().unwrap();
        only(&output_of(output), "standard output", "cannot be written");
    }
}

#[cfg(target_os = "linux")]
fn output_of(output: std::process::Output) -> Run {
    assert_eq!(output.status.code(), Some(2));
    output.into()
}

#[test]
fn a_name_cannot_forge_a_message() {
    let desk = Desk::new();
    let run = desk.run(&["articles", "x\npullquote: y: all is well\u{1b}[2J"]);
    assert_eq!(run.messages().len(), 1);
    assert!(!run.err.contains('\u{1b}'));
}

#[test]
fn messages_that_nobody_reads_change_nothing() {
    let desk = Desk::with(&[("a.txt", GOOD)]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut program = desk.program();
    program.args(["articles", "gone", "a.txt"]).stdout(Stdio::piped()).stderr(writer);
    let output = program.output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(!output.stdout.is_empty());
}

#[test]
fn the_reference_tells_of_every_command_and_field() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let page = fs::read_to_string(page).unwrap();
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let desk = Desk::with(&[("a.txt", GOOD)]);
    let help = desk.run(&["--help"]).out;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for line in commands.lines() {
        let name = line.split_whitespace().next().unwrap();
        assert!(
            words.contains(&format!("`{name} ")) || words.contains(&format!("`{name}`")),
            "{name}"
        );
    }
    for list in [&["articles", "a.txt"][..], &["blocks", "a.txt"], &["themes"], &["keys"]] {
        let csv = desk.run(&[list, &["--format", "csv"]].concat()).out;
        let fields = csv.lines().next().unwrap().replace(',', ", ");
        assert!(words.contains(&format!("`{fields}`")), "{fields}");
    }
    let csv = desk.run(&["annotations", "--format", "csv"]).out;
    for field in csv.trim_end().split(',') {
        assert!(page.contains(&format!("`{field}`")), "{field}");
    }
}
