//! Highlighting, noting and tagging in a real terminal: what was written is there, whatever happens.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;
mod terminal;

use std::fs;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use desk::Desk;
use pullquote::note::{Annotation, Color, file};
use terminal::{Terminal, wait};

const STORY: &str = "Ferry link restored\n\nThe ferry to Skellan sailed again on Wednesday.\n\n\
     “We counted every crate,” said the harbour master. He then left.\n";
const SENTENCE: &str = "The ferry to Skellan sailed again on Wednesday.";

fn reader(desk: &Desk) -> Command {
    let mut program = desk.program();
    program.arg("story.txt");
    program
}

/// A reader with the story open and its second paragraph's sentence selected.
fn selected(program: &Command) -> Terminal {
    let mut terminal = Terminal::start(program, 160, 40);
    terminal.shows("We counted every crate");
    terminal.press(&["g", "g", "}", "i", "s"]);
    terminal
}

/// The live annotations of the story, as the store's one file has them; none where there is no file.
fn stored(desk: &Desk) -> Vec<Annotation> {
    let Ok(mut files) = fs::read_dir(desk.path("data/annotations")) else { return Vec::new() };
    let whole = |path: &std::path::Path| path.extension().is_some_and(|end| end == "toml");
    let Some(path) = files.find_map(|file| Some(file.ok()?.path()).filter(|path| whole(path)))
    else {
        return Vec::new();
    };
    let record = file::parse(&fs::read_to_string(path).unwrap()).unwrap();
    record.live().cloned().collect()
}

/// Waits until the store holds one annotation that is as it should be.
fn until_stored(desk: &Desk, is: impl Fn(&Annotation) -> bool) {
    let so = || matches!(stored(desk).as_slice(), [one] if is(one));
    wait(so, || format!("it is stored; but there is {:?}", stored(desk)));
}

#[test]
fn a_highlight_with_note_and_tag_is_there_tomorrow() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = selected(&reader(&desk));
    terminal.press(&["H", "g", "a"]);
    terminal.press(&["Who counted?", "\r", "Ask him – Jörg."]);
    terminal.press(&["\x1b", "g", "t", "frame/supply", "\r", "\x1b"]);
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
    let [one] = &stored(&desk)[..] else { panic!("one annotation: {:?}", stored(&desk)) };
    assert_eq!(one.note, "Who counted?\nAsk him – Jörg.");
    assert_eq!(
        (one.color, one.tags.as_slice()),
        (Some(Color::Green), &["frame/supply".into()][..])
    );
    let target = one.target.as_ref().unwrap();
    assert_eq!((target.exact.as_str(), target.start, target.end), (SENTENCE, 21, 68));
    // And the reader finds it again: the note opens with its text, and deleting deletes it.
    let mut terminal = Terminal::start(&reader(&desk), 160, 40);
    terminal.shows("We counted every crate");
    terminal.press(&["g", "g", "]", "n", "a"]);
    terminal.shows("Ask him – Jörg.");
    terminal.press(&["\x1b", "d", "d", "Q"]);
    assert!(terminal.ended().success());
    assert!(stored(&desk).is_empty());
}

#[test]
fn a_signal_while_a_note_is_typed_leaves_it_on_the_disk() {
    for name in ["TERM", "HUP"] {
        let desk = Desk::with(&[("story.txt", STORY)]);
        let mut terminal = selected(&reader(&desk));
        terminal.press(&["a", "not yet done"]);
        terminal.shows("not yet done");
        terminal.signal(name);
        terminal.ended();
        terminal.is_given_back();
        let notes: Vec<String> = stored(&desk).into_iter().map(|one| one.note).collect();
        assert_eq!(notes, ["not yet done"], "{name}");
    }
}

/// A reader with a note open that is being typed, in a terminal that takes nothing in any more.
fn stopped(desk: &Desk) -> Terminal {
    let mut terminal = Terminal::start(&reader(desk), 200, 60);
    terminal.shows("We counted every crate");
    terminal.press(&["g", "g", "}", "i", "s"]);
    terminal.stop(true);
    // More frames than the system holds for a terminal that does not read them.
    for _ in 0..30 {
        terminal.press(&["\x0c"]);
    }
    terminal.press(&["a"]);
    terminal.send("typed blindly");
    terminal
}

#[test]
fn a_terminal_that_takes_nothing_in_holds_up_no_save() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = stopped(&desk);
    until_stored(&desk, |one| one.note == "typed blindly");
    // And once it reads again all is there to see.
    terminal.stop(false);
    terminal.shows("typed blindly");
    terminal.press(&["\x1b", "Q"]);
    assert!(terminal.ended().success());
    terminal.is_given_back();
}

#[test]
fn a_terminal_that_takes_nothing_in_holds_up_no_end() {
    for (name, status) in [("TERM", 143), ("HUP", 129)] {
        let desk = Desk::with(&[("story.txt", STORY)]);
        let mut terminal = stopped(&desk);
        terminal.signal(name);
        assert_eq!(terminal.ended().exit_code(), status, "{name}");
        // What was typed before the signal may still have been on its way.
        let notes: Vec<String> = stored(&desk).into_iter().map(|one| one.note).collect();
        assert!(notes.iter().all(|note| "typed blindly".starts_with(note)), "{name}: {notes:?}");
        assert!(notes.len() <= 1);
    }
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = stopped(&desk);
    until_stored(&desk, |one| one.note == "typed blindly");
    terminal.press(&["\x1b", "Q"]);
    assert_eq!(terminal.ended().exit_code(), 0);
    until_stored(&desk, |one| one.note == "typed blindly");
}

#[test]
fn a_kill_leaves_what_was_typed_before() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = selected(&reader(&desk));
    terminal.press(&["a", "first words"]);
    until_stored(&desk, |one| one.note == "first words");
    terminal.press(&[" and more"]);
    until_stored(&desk, |one| one.note == "first words and more");
    terminal.signal("KILL");
    terminal.ended();
    // It parses, and the next run reads it.
    until_stored(&desk, |one| one.note == "first words and more");
    let mut terminal = Terminal::start(&reader(&desk), 160, 40);
    terminal.shows("We counted every crate");
    terminal.press(&["g", "g", "]", "n", "a", "!", "\x1b"]);
    until_stored(&desk, |one| one.note == "first words and more!");
}

#[test]
fn kills_at_any_moment_leave_a_store_that_parses() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    for round in 0..6_u64 {
        let mut terminal = selected(&reader(&desk));
        terminal.press(&["H", "y", "H", "g", "H", "b"]);
        std::thread::sleep(std::time::Duration::from_millis(round * 7));
        terminal.signal("KILL");
        terminal.ended();
        // Parses, or fails the test.
        stored(&desk);
    }
}

#[test]
fn a_note_is_written_in_the_editor() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let editor = desk
        .file("my editor", "#!/bin/sh\n[ \"$1\" = -w ] || exit 4\necho 'from outside' >> \"$2\"\n");
    let mode = Command::new("chmod").arg("+x").arg(&editor).status().unwrap();
    assert!(mode.success());
    let mut program = reader(&desk);
    program.env("EDITOR", format!("'{}' -w", editor.display()));
    let mut terminal = selected(&program);
    terminal.press(&["A"]);
    until_stored(&desk, |one| one.note == "from outside");
    terminal.until("it is back", |screen, _| screen.alternate_screen() && screen.bracketed_paste());
    terminal.shows("We counted every crate");
    terminal.press(&["A"]);
    until_stored(&desk, |one| one.note == "from outside\nfrom outside");
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
    terminal.is_given_back();
}

#[test]
fn an_editor_that_fails_keeps_the_note() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut program = reader(&desk);
    program.env("EDITOR", "false");
    let mut terminal = selected(&program);
    terminal.press(&["a", "as it was", "\x1b"]);
    until_stored(&desk, |one| one.note == "as it was");
    terminal.press(&["A"]);
    terminal.shows("ended with");
    terminal.press(&["\x1b", "Q"]);
    assert!(terminal.ended().success());
    until_stored(&desk, |one| one.note == "as it was");
}

#[test]
fn keys_typed_at_an_editor_are_the_editors() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut program = reader(&desk);
    // Reads a line from the terminal, as an editor would.
    program.env("EDITOR", "sh -c 'echo go on; read line; printf \"typed %s\" \"$line\" > \"$0\"'");
    let mut terminal = selected(&program);
    terminal.press(&["A"]);
    terminal.shows("go on");
    terminal.press(&["Q", "Q", "Q", "\n"]);
    until_stored(&desk, |one| one.note == "typed QQQ");
    terminal.shows("We counted every crate");
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
}

#[test]
fn words_are_copied_through_the_terminal() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = selected(&reader(&desk));
    terminal.press(&["H", "y", "a", "A note.", "\x1b", "g", "g", "}", "i", "s"]);
    terminal.shows("A note.");
    assert!(terminal.look(|_, told| told.clipboard.is_empty()));
    terminal.press(&["y"]);
    let sent = STANDARD.encode(SENTENCE);
    terminal.until("it is copied", |_, told| told.clipboard == [sent.as_str()]);
}

#[test]
fn an_article_cannot_put_anything_on_the_clipboard() {
    let story = format!("{STORY}\nBeware\x1b]52;c;aGk=\x07 of this.\n");
    let desk = Desk::with(&[("story.txt", &story)]);
    let mut terminal = selected(&reader(&desk));
    terminal.shows("Beware");
    terminal.press(&["G", "i", "s", "H", "y", "Q"]);
    terminal.ended();
    assert!(terminal.look(|_, told| told.clipboard.is_empty()));
}

#[test]
fn an_export_says_what_it_wrote_and_asks_before_it_overwrites() {
    let desk = Desk::with(&[("story.txt", STORY), ("pullquote-export.toml", "mine\n")]);
    let mut terminal = selected(&reader(&desk));
    terminal.press(&["H", "y"]);
    until_stored(&desk, |one| one.color == Some(Color::Yellow));
    terminal.press(&["E", "\r", "\r"]);
    terminal.shows("replace it?");
    assert_eq!(desk.read("pullquote-export.toml"), "mine\n");
    terminal.press(&["y"]);
    terminal.shows("wrote 1 annotation");
    assert!(desk.read("pullquote-export.toml").contains(SENTENCE));
}

#[test]
fn pasted_text_goes_into_the_note_as_it_is() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut terminal = selected(&reader(&desk));
    terminal.press(&["a", "\x1b[200~one\rQ two\x1b[201~"]);
    until_stored(&desk, |one| one.note == "one\nQ two");
}

#[test]
fn a_store_that_cannot_be_written_is_said_until_the_end() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    desk.file("data/annotations", "in the way");
    let mut terminal = selected(&reader(&desk));
    terminal.press(&["H", "y"]);
    terminal.shows("NOT SAVED");
    terminal.press(&["Q"]);
    terminal.shows("quit and lose it?");
    terminal.press(&["y"]);
    assert_eq!(terminal.ended().exit_code(), 1);
    terminal.is_given_back();
    terminal.shows("not saved");
}
