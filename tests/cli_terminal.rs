//! What a terminal gets: nothing that it would obey.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;

use std::io::Read;

use desk::Desk;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// What the program writes to a terminal.
fn shown(desk: &Desk, arguments: &[&str]) -> String {
    let program = desk.program();
    let mut command = CommandBuilder::new(program.get_program());
    command.cwd(program.get_current_dir().unwrap());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        }
    }
    command.args(arguments);
    sent(command)
}

/// What a program writes to a terminal.
fn sent(command: CommandBuilder) -> String {
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut bytes = Vec::new();
    // The end of a terminal is an error on Linux.
    let _ = reader.read_to_end(&mut bytes);
    child.wait().unwrap();
    String::from_utf8(bytes).unwrap()
}

const HOSTILE: &str =
    "Title \u{1b}]0;owned\u{7}\n\nRed \u{1b}[31m and \u{9b}2J and \u{202e}back.\n";

#[test]
fn a_terminal_gets_no_control_characters_and_a_file_gets_all() {
    let desk = Desk::with(&[("a.txt", HOSTILE)]);
    for arguments in [&["text", "a.txt"][..], &["blocks", "a.txt"], &["articles", "a.txt"]] {
        let shown = shown(&desk, arguments);
        let odd = |c: char| (c.is_control() && c != '\n' && c != '\r') || c == '\u{202e}';
        assert!(!shown.contains(odd), "{arguments:?}: {shown:?}");
        assert!(shown.contains("itle") || shown.contains("a.txt"), "{arguments:?}: {shown:?}");
    }
    assert_eq!(desk.run(&["text", "a.txt"]).out, HOSTILE);
}

#[test]
fn no_command_sends_a_terminal_what_it_would_obey() {
    let bad = "\u{1b}[2J\u{9b}31m\u{1b}]0;x\u{7}\u{202e}\u{200b}\u{7f}\u{8}\r!";
    let name = format!("a{bad}.txt");
    let text =
        format!("Title {bad}\n\nBy Ann {bad} Lee\n\n“It is {bad} so,” said Ann {bad} Lee.\n");
    let desk = Desk::with(&[(&name, &text), ("b.txt", &text)]);
    let settings = format!("\"{}\" = 1\nmeasure = \"{bad}", bad.escape_unicode());
    desk.file("bad.toml", settings);
    let quote = ["annotate", "b.txt", "--quote", "so", "--note", bad, "--tag", "a/b"];
    assert_eq!(desk.run(&quote).status, 0);
    let unknown = format!("--x{bad}");
    let commands: [&[&str]; 18] = [
        &["text", &unknown],
        &["text", &name],
        &["blocks", "."],
        &["articles", "."],
        &["quotes", ".", "--all"],
        &["annotations", "."],
        &["annotations"],
        &["export"],
        &["export", "--format", "markdown"],
        &["annotate", "b.txt", "--quote", bad],
        &["annotate", "b.txt", "--quote", "is", "--tag", bad],
        &["annotate", bad, "--quote", "so"],
        &["text", bad],
        &["themes", bad],
        &["config", "--config", "bad.toml"],
        &["config", "--config", bad],
        &["articles", ".", "--encoding", bad],
        &["articles", ".", "--theme", bad],
    ];
    for arguments in commands {
        let shown = shown(&desk, arguments);
        // The terminal itself puts a carriage return before a line feed.
        let shown = shown.replace("\r\n", "\n");
        let odd = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{200b}');
        assert!(!shown.is_empty() || arguments[0] == "themes", "{arguments:?}");
        assert!(!shown.contains(odd), "{arguments:?}: {shown:?}");
    }
}

#[test]
fn json_on_a_terminal_is_escaped() {
    let desk = Desk::with(&[("a.txt", "Plain\n\nA line.\n")]);
    desk.file("b\u{1b}[2J.txt", "Plain\n\nA line.\n");
    for format in ["jsonl", "csv", "toml"] {
        let shown = shown(&desk, &["articles", ".", "--format", format]);
        assert!(!shown.contains('\u{1b}'), "{format}: {shown:?}");
    }
}

#[test]
fn what_a_command_falls_over_is_said_in_words_that_were_sanitised() {
    let desk = Desk::new();
    let mut this = CommandBuilder::new(std::env::current_exe().unwrap());
    this.args(["--exact", "falls_as_a_command_would", "--ignored", "--nocapture"]);
    this.env("RUST_BACKTRACE", "0");
    this.cwd(desk.path("."));
    let shown = sent(this);
    assert!(shown.contains("pullquote: a fault of ours in "), "{shown:?}");
    assert!(shown.contains("over \u{241B}[2J\u{21E4}txt"), "{shown:?}");
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
}

#[test]
#[ignore = "falls on purpose, in the terminal of another test"]
fn falls_as_a_command_would() {
    pullquote::io::shield::report_panics();
    panic!("over \x1b[2J\u{202e}txt");
}

/// A search starts threads, of which none can be made with a stack as large as that.
#[cfg(target_os = "linux")]
#[test]
fn the_program_itself_says_so_of_its_faults() {
    let desk = Desk::with(&[("a.txt", "Plain\n\nA line.\n")]);
    let mut program = desk.program();
    program.args(["search", "line", "."]);
    program.env("RUST_MIN_STACK", "999999999999999").env("RUST_BACKTRACE", "0");
    let run = desk::Run::from(program.output().unwrap());
    assert_eq!(run.status, 101);
    assert!(run.err.starts_with("pullquote: a fault of ours in main at "), "{}", run.err);
    assert_eq!(run.messages().len(), 1, "{}", run.err);
}
