//! The reader in a real terminal: start, resize, ends of every kind.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;
mod terminal;

use std::path::Path;
use std::process::{Command, Stdio};

use desk::Desk;
use pullquote::tui::Guard;
use terminal::{Terminal, wait};

const STORY: &str = "Ferry link restored\n\nThe ferry to Skellan sailed again on Wednesday.\n\n\
     “We counted every crate,” said the harbour master. He then left.\n";

fn reader(desk: &Desk, arguments: &[&str]) -> Command {
    let mut program = desk.program();
    program.args(arguments);
    program
}

/// A shell that runs a script in which `$0` is the program.
fn shell(desk: &Desk, script: &str) -> Command {
    let program = desk.program();
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).arg(program.get_program());
    shell.current_dir(program.get_current_dir().unwrap());
    shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell
}

/// A reader with the story open.
fn open(desk: &Desk) -> Terminal {
    let terminal = Terminal::start(&reader(desk, &["."]), 80, 24);
    terminal.shows("We counted every crate");
    terminal
}

#[test]
fn the_first_run_opens_the_sample_and_quits_as_it_came() {
    let desk = Desk::new();
    let mut terminal = Terminal::start(&reader(&desk, &[]), 80, 24);
    terminal.shows("Skellan");
    terminal.until("the title names it", |_, told| told.title.ends_with(" – pullquote"));
    assert!(terminal.look(|screen, _| screen.alternate_screen() && screen.bracketed_paste()));
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
    terminal.is_given_back();
}

#[test]
fn a_new_size_is_taken_in() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = open(&desk);
    for (columns, rows) in [(40, 12), (200, 60), (20, 5), (1, 1), (80, 24)] {
        terminal.resize(columns, rows);
        if columns >= 40 {
            terminal.shows("The ferry to Skellan");
        }
    }
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
}

#[test]
fn without_a_path_the_last_library_opens_again() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = open(&desk);
    terminal.press(&["Q"]);
    terminal.ended();
    let elsewhere = desk.path("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    let mut again = reader(&desk, &[]);
    again.current_dir(elsewhere);
    Terminal::start(&again, 80, 24).shows("We counted every crate");
}

#[test]
fn an_article_comes_through_a_pipe_and_keys_from_the_terminal() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = Terminal::start(&shell(&desk, "cat story.txt | \"$0\" -"), 80, 24);
    terminal.shows("We counted every crate");
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
    terminal.is_given_back();
    // What came through a pipe cannot be opened again.
    assert!(!desk.path("data/state/last.toml").exists());
}

#[test]
fn a_signal_ends_it_and_gives_the_terminal_back() {
    for (name, status) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let desk = Desk::with(&[("story.txt", STORY)]);
        let mut terminal = open(&desk);
        terminal.signal(name);
        assert_eq!(terminal.ended().exit_code(), status, "{name}");
        terminal.is_given_back();
    }
}

#[test]
fn it_stops_for_the_shell_and_comes_back() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let script = "set -m; \"$0\" .; echo stopped here; read line; fg; echo all done; read line";
    let mut terminal = Terminal::start(&shell(&desk, script), 80, 24);
    terminal.shows("We counted every crate");
    terminal.press(&["\x1a"]);
    terminal.shows("stopped here");
    terminal.is_given_back();
    terminal.resize(100, 30);
    terminal.send("\n");
    terminal.until("it is back", |screen, _| {
        screen.alternate_screen() && screen.contents().contains("We counted every crate")
    });
    terminal.press(&["Q"]);
    terminal.shows("all done");
    terminal.is_given_back();
}

/// The first child of a process.
#[cfg(target_os = "linux")]
fn child_of(process: u32) -> String {
    let file = format!("/proc/{process}/task/{process}/children");
    let children = || std::fs::read_to_string(&file).unwrap();
    wait(|| !children().trim().is_empty(), || "there is a child".to_owned());
    children().split(' ').next().unwrap().to_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn told_to_stop_from_outside_it_gives_the_terminal_back_and_comes_back() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let script = "set -m; \"$0\" .; echo stopped here; read line; fg; echo all done; read line";
    let mut terminal = Terminal::start(&shell(&desk, script), 80, 24);
    terminal.shows("We counted every crate");
    let reader = child_of(terminal.process());
    assert!(Command::new("kill").args(["-s", "TSTP", &reader]).status().unwrap().success());
    terminal.shows("stopped here");
    terminal.is_given_back();
    terminal.send("\n");
    terminal.until("it is back", |screen, _| {
        screen.alternate_screen() && screen.contents().contains("We counted every crate")
    });
    terminal.press(&["Q"]);
    terminal.shows("all done");
    terminal.is_given_back();
}

#[test]
fn where_nothing_could_continue_it_it_does_not_stop() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = open(&desk);
    terminal.signal("TSTP");
    terminal.press(&["\x1a"]);
    terminal.until("it is back", |screen, _| {
        screen.alternate_screen() && screen.contents().contains("We counted every crate")
    });
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
}

#[test]
fn what_is_wrong_with_the_settings_is_said_after_the_end() {
    let desk = Desk::with(&[("story.txt", STORY), ("config.toml", "measure = 7\nthemes = 3\n")]);
    let arguments = ["--config", "config.toml", "--theme", "no-such-theme", "."];
    let mut terminal = Terminal::start(&reader(&desk, &arguments), 80, 24);
    terminal.shows("We counted every crate");
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
    terminal.is_given_back();
    for said in ["config.toml:1:", "config.toml:2:", "no-such-theme"] {
        terminal.shows(said);
    }
}

#[test]
fn broken_places_are_set_aside() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = open(&desk);
    terminal.press(&["Q"]);
    terminal.ended();
    let folder = desk.path("data/state/library");
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    std::fs::write(&file, "open = \"what\"\n").unwrap();
    let mut terminal = open(&desk);
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
    terminal.shows("set aside as");
    let aside = file.with_extension("toml.broken");
    assert_eq!(std::fs::read_to_string(aside).unwrap(), "open = \"what\"\n");
}

#[test]
fn what_cannot_be_opened_is_said_in_one_line() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let run = desk.run(&["."]);
    assert_eq!((run.status, run.messages().len()), (2, 1), "{}", run.err);
    assert!(run.err.contains("no terminal"), "{}", run.err);
    let mut terminal = Terminal::start(&reader(&desk, &["--encoding", "klingon", "."]), 80, 24);
    assert_eq!(terminal.ended().exit_code(), 2);
    terminal.shows("pullquote: --encoding: there is no encoding klingon");
    let mut terminal = Terminal::start(&reader(&desk, &["-"]), 80, 24);
    assert_eq!(terminal.ended().exit_code(), 2);
    terminal.shows("pullquote: standard input: is the terminal");
}

#[test]
fn an_empty_library_can_be_left() {
    let desk = Desk::new();
    desk.file("empty/note.pdf", "");
    let mut terminal = Terminal::start(&reader(&desk, &["empty"]), 80, 24);
    terminal.until("it is open", |screen, _| screen.alternate_screen());
    terminal.press(&["j", "\r", "Q"]);
    assert!(terminal.ended().success());
    assert!(!desk.path("data/state/last.toml").exists());
}

#[test]
fn a_panic_gives_the_terminal_back_and_says_what_it_was() {
    let desk = Desk::new();
    let mut this = this_test("falls_with_the_terminal_in_hand");
    this.current_dir(desk.path("."));
    let mut terminal = Terminal::start(&this, 80, 24);
    assert_eq!(terminal.ended().exit_code(), 101);
    terminal.is_given_back();
    terminal.shows("the reader fell\u{241B}[2J");
    terminal.shows("is in the journal in kept/here");
}

#[test]
#[ignore = "falls on purpose, in the terminal of another test"]
fn falls_with_the_terminal_in_hand() {
    let guard = Guard::new(true, Path::new("kept/here"), || ());
    guard.enter().unwrap();
    panic!("the reader fell\x1b[2J");
}

#[test]
fn a_panic_on_another_thread_gives_the_terminal_back_and_is_heard_of() {
    let desk = Desk::new();
    let mut this = this_test("has_a_thread_that_falls");
    this.current_dir(desk.path("."));
    let mut terminal = Terminal::start(&this, 80, 24);
    assert_eq!(terminal.ended().exit_code(), 7);
    terminal.is_given_back();
    terminal.shows("a thread of the reader fell");
}

#[test]
#[ignore = "falls on purpose, in the terminal of another test"]
fn has_a_thread_that_falls() {
    let (sender, fallen) = std::sync::mpsc::channel();
    let guard = Guard::new(true, Path::new("kept/here"), move || sender.send(()).unwrap());
    guard.enter().unwrap();
    let thread = std::thread::spawn(|| panic!("a thread of the reader fell"));
    assert!(thread.join().is_err());
    fallen.recv().unwrap();
    // Nothing but the fall itself has given the terminal back.
    std::process::exit(7);
}

/// A test of this file as a program of its own.
fn this_test(name: &str) -> Command {
    let mut this = Command::new(std::env::current_exe().unwrap());
    this.args(["--exact", name, "--ignored", "--nocapture"]);
    // A backtrace would push what was said off the screen.
    this.env("RUST_BACKTRACE", "0");
    this
}

/// Whether a process runs. One that nobody has buried yet has ended all the same.
#[cfg(target_os = "linux")]
fn runs(process: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, fields)| !fields.starts_with('Z'))
}

/// In a session of its own it is not told by a signal that the terminal is gone.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_that_vanishes_without_a_word_ends_it_and_nothing_is_lost() {
    vanishes("setsid -w sh -c 'echo $$ > id; exec \"$0\" story.txt' \"$0\"");
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_that_vanishes_ends_it_and_nothing_is_lost() {
    vanishes("exec \"$0\" story.txt");
}

#[cfg(target_os = "linux")]
fn vanishes(script: &str) {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut holder = this_test("holds_a_terminal");
    holder.current_dir(desk.path("."));
    holder.env("HELD", script);
    holder.env("HELD_DATA", desk.path("data")).env("HELD_READER", desk.program().get_program());
    let mut holder = holder.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait(|| desk.path("ready").exists(), || "the reader is open".to_owned());
    let process = desk.read("id").trim().to_owned();
    assert!(runs(&process));
    holder.kill().unwrap();
    holder.wait().unwrap();
    wait(|| !runs(&process), || format!("process {process} ends"));
    let stored = desk.run(&["annotations", "--format", "jsonl"]).out;
    assert!(stored.contains("\"not yet done\""), "{stored}");
}

#[test]
#[ignore = "is the terminal of another test until it is killed"]
fn holds_a_terminal() {
    let of = |name| std::env::var_os(name).unwrap();
    let mut program = Command::new("sh");
    program.arg("-c").arg(format!("echo $$ > id; {}", of("HELD").to_str().unwrap()));
    program.arg(of("HELD_READER")).env("PULLQUOTE_DATA_DIR", of("HELD_DATA"));
    program.current_dir(std::env::current_dir().unwrap());
    let mut terminal = Terminal::start(&program, 160, 40);
    terminal.shows("We counted every crate");
    terminal.press(&["g", "g", "}", "i", "s", "a"]);
    terminal.send("not yet done");
    terminal.shows("not yet done");
    // Where nothing is left to be drawn or saved, nobody comes by that the terminal is gone.
    std::thread::sleep(std::time::Duration::from_secs(7));
    std::fs::write("ready", "").unwrap();
    loop {
        std::thread::park();
    }
}
