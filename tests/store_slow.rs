//! A disk that is slow: the reader goes on, says `saving…` and nothing else until it is true, and waits at
//! the end.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "what is not there fails the test")]

mod desk;
mod terminal;

use std::fs;
use std::process::{Command, Stdio};

use desk::Desk;
use terminal::{Terminal, wait};

const STORY: &str = "Ferry link restored\n\nThe ferry to Skellan sailed again on Wednesday.\n\n\
     “We counted every crate,” said the harbour master. He then left.\n\n\
     Nobody was hurt.\n";

/// How many annotations the store holds.
fn stored(desk: &Desk) -> usize {
    let entries = fs::read_dir(desk.path("data/annotations")).into_iter().flatten();
    let files = entries.map(|entry| entry.unwrap().path());
    let texts = files.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let count =
        |path| fs::read_to_string(path).map_or(0, |it| it.matches("[[annotation]]").count());
    texts.map(count).sum()
}

/// The last row.
fn status(terminal: &Terminal) -> String {
    terminal.look(|screen, _| {
        let rows: Vec<String> = screen.rows(0, screen.size().1.get()).collect();
        rows.last().unwrap().trim_start().to_owned()
    })
}

/// How many highlights the sidebar shows.
fn marked(terminal: &Terminal) -> usize {
    terminal.contents().matches("▍yellow").count()
}

fn open(program: &Command) -> Terminal {
    let terminal = Terminal::start(program, 160, 40);
    terminal.shows("We counted every crate");
    terminal
}

fn shows_status(terminal: &Terminal, start: &str, end: &str) {
    let is = || {
        let status = status(terminal);
        status.starts_with(start) && status.contains(end)
    };
    wait(is, || format!("{start} … {end} stands in {:?}", status(terminal)));
}

/// A lock file that cannot be opened yet, as the other side of a pipe is missing, stands for a disk that
/// does not answer.
#[test]
fn while_nothing_can_be_saved_keys_work_and_nothing_is_said_to_be_saved() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut program = desk.program();
    program.arg("story.txt");
    let mut terminal = open(&program);
    let lock = desk.path("data/state/store.lock");
    wait(|| fs::remove_file(&lock).is_ok(), || "the store was read".to_owned());
    assert!(Command::new("mkfifo").arg(&lock).status().unwrap().success());
    terminal.press(&["gg}", "is", "Hy"]);
    shows_status(&terminal, "saving…", "¶ 1 of 3");
    for place in ["¶ 2 of 3", "¶ 3 of 3"] {
        terminal.press(&["}"]);
        shows_status(&terminal, "saving…", place);
    }
    terminal.press(&["a", "A note."]);
    terminal.shows("A note.");
    shows_status(&terminal, "saving…", "");
    terminal.press(&["\x1b", "gg}"]);
    shows_status(&terminal, "saving…", "¶ 1 of 3");
    // It does not end before it is saved, and says so.
    terminal.press(&["Q"]);
    terminal.shows("still saving");
    assert_eq!(stored(&desk), 0);
    let _other_side = fs::File::open(&lock).unwrap();
    assert!(terminal.ended().success());
    assert_eq!(stored(&desk), 2);
}

/// A disk on which each sync takes 300 ms.
#[cfg(target_os = "linux")]
#[test]
fn on_a_slow_disk_nothing_is_said_to_be_saved_before_it_is() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut strace = Command::new("strace");
    strace.args(["-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null());
    if !strace.status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no strace here, or it may not trace");
        return;
    }
    let program = desk.program();
    let mut slow = Command::new("strace");
    slow.args(["-f", "-qq", "-e", "trace=fsync", "-e", "inject=fsync:delay_enter=300000", "-o"]);
    slow.arg(desk.path("trace")).arg(program.get_program()).arg("story.txt");
    slow.current_dir(program.get_current_dir().unwrap());
    slow.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let mut terminal = open(&slow);
    for (nth, keys) in [(1, "gg}"), (2, "}"), (3, "}")] {
        terminal.press(&[keys, "is", "Hy"]);
        let is_saved = || {
            // In this order: what is stored only grows.
            let (marked, status) = (marked(&terminal), status(&terminal));
            let saved = marked == nth && status.starts_with("saved");
            assert!(!saved || stored(&desk) == nth, "{status:?} with {} stored", stored(&desk));
            saved
        };
        wait(is_saved, || "it is saved".to_owned());
    }
    // The fourth is not waited for.
    terminal.press(&["gg", "is", "Hy"]);
    terminal.send("Q");
    assert!(terminal.ended().success());
    assert_eq!(stored(&desk), 4);
}
