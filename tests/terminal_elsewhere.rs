//! Two instances, and the hand of a person, on one library and one store.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;
mod terminal;

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use desk::Desk;
use terminal::{Terminal, wait};

const STORY: &str = "Ferry link restored\n\nThe ferry to Skellan sailed again on Wednesday.\n\n\
     “We counted every crate,” said the harbour master. He then left.\n";
const OTHER: &str = "Bread ration\n\nThere was none to be had on the island.\n";

fn desk() -> Desk {
    Desk::with(&[("reports/a.txt", STORY), ("reports/b.txt", OTHER)])
}

/// A reader with the story open.
fn open(desk: &Desk) -> Terminal {
    let mut program = desk.program();
    program.arg("reports");
    let terminal = Terminal::start(&program, 160, 40);
    terminal.shows("Bread ration");
    terminal.shows("We counted every crate");
    terminal
}

/// The one file of the store, once it is there.
fn file(desk: &Desk) -> PathBuf {
    let folder = desk.path("data/annotations");
    let files = || -> Vec<PathBuf> {
        let files = fs::read_dir(&folder).into_iter().flatten();
        let paths = files.map(|file| file.unwrap().path());
        paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect()
    };
    wait(|| files().len() == 1, || format!("there is one file: {:?}", files()));
    files().remove(0)
}

#[test]
fn two_instances_see_each_others_annotations() {
    let desk = desk();
    let (mut one, mut two) = (open(&desk), open(&desk));
    one.press(&["g", "g", "}", "i", "s", "a", "From the first.", "\x1b"]);
    two.shows("From the first.");
    two.press(&["G", "i", "s", "a", "From the second.", "\x1b"]);
    one.shows("From the second.");
    // Nobody is told of what he did himself.
    assert!(two.contents().contains("From the first."));
    // And each may write on the other's note.
    one.press(&["G", "a", " And the first.", "\x1b"]);
    two.shows("From the second. And the first.");
    for terminal in [&mut one, &mut two] {
        terminal.press(&["Q"]);
        assert!(terminal.ended().success());
    }
    let notes = desk.json(&["annotations", "--format", "jsonl"]);
    assert_eq!(notes.len(), 2);
}

#[test]
fn own_changes_are_no_news() {
    let desk = desk();
    let mut terminal = open(&desk);
    terminal.press(&["g", "g", "}", "i", "s", "a", "Mine.", "\x1b"]);
    file(&desk);
    std::thread::sleep(Duration::from_secs(1));
    assert!(!terminal.contents().contains("elsewhere"), "{}", terminal.contents());
}

#[test]
fn a_hand_edit_comes_in_and_a_broken_one_is_said() {
    let desk = desk();
    let mut terminal = open(&desk);
    terminal.press(&["g", "g", "}", "i", "s", "a", "As typed.", "\x1b"]);
    let file = file(&desk);
    wait(
        || fs::read_to_string(&file).unwrap().contains("As typed."),
        || "the note is stored".to_owned(),
    );
    let sound = fs::read_to_string(&file).unwrap();
    fs::write(&file, sound.replace("As typed.", "By hand.")).unwrap();
    terminal.shows("By hand.");
    terminal.shows("1 annotation changed elsewhere");
    let broken = sound.replace("\"As typed.\"", "\"As typed.");
    fs::write(&file, &broken).unwrap();
    let line = sound.lines().position(|line| line.contains("As typed.")).unwrap() + 1;
    terminal.until("file, line and reason are said", |screen, _| {
        // It may go over the end of a row.
        let said: String = screen.contents().split_whitespace().collect();
        said.contains(&format!("toml:{line}:invalid"))
    });
    terminal.shows("notes read-only");
    terminal.press(&["G", "i", "s", "H", "g"]);
    terminal.shows("notes are read-only here");
    assert_eq!(fs::read_to_string(&file).unwrap(), broken);
    // The other article's are not.
    terminal.press(&["\x1b", "]", "a"]);
    terminal.shows("There was none to be had");
    terminal.press(&["[", "a"]);
    fs::write(&file, &sound).unwrap();
    terminal.until("it is mended", |screen, _| !screen.contents().contains("notes read-only"));
    terminal.shows("As typed.");
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
}

#[test]
fn articles_come_change_and_go_under_the_eyes_of_the_reader() {
    let desk = desk();
    let mut terminal = open(&desk);
    terminal.press(&["g", "g", "}", "i", "s", "H", "y"]);
    desk.file("reports/deep/c.txt", "Coal ship in sight\n\nIt is expected on Sunday.\n");
    terminal.shows("Coal ship in sight");
    fs::remove_file(desk.path("reports/deep/c.txt")).unwrap();
    terminal.shows("not on the disk");
    let now = STORY
        .replace("Ferry link restored\n\n", "Ferry link restored\n\nAt last, it was said.\n\n");
    desk.file("reports/a.txt", &now);
    terminal.shows("R reads it again");
    assert!(!terminal.contents().contains("At last, it was said."));
    terminal.press(&["R"]);
    terminal.shows("At last, it was said.");
    terminal.shows("“The ferry to Skellan sailed again");
    assert!(!terminal.contents().contains("words not found"), "{}", terminal.contents());
    fs::remove_file(desk.path("reports/a.txt")).unwrap();
    terminal.shows("what is on the screen stays");
    terminal.press(&["R"]);
    terminal.shows("no such file");
    assert!(terminal.contents().contains("We counted every crate"));
}

#[test]
fn nothing_runs_while_nothing_happens() {
    let desk = desk();
    let mut program = desk.program();
    program.arg("reports");
    let mut terminal = Terminal::start(&program, 160, 40);
    terminal.shows("Bread ration");
    terminal.press(&["j"]);
    // Until places are kept and messages gone.
    std::thread::sleep(Duration::from_secs(8));
    let before = terminal.cpu();
    std::thread::sleep(Duration::from_secs(3));
    let used = terminal.cpu() - before;
    assert!(used <= 1, "{used} ticks of the processor in three seconds of nothing");
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
}

#[test]
fn a_pipe_in_the_place_of_an_article_holds_nobody_up() {
    let desk = desk();
    let mut terminal = open(&desk);
    let path = desk.path("reports/a.txt");
    fs::remove_file(&path).unwrap();
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    terminal.shows("not on the disk");
    terminal.press(&["R"]);
    terminal.shows("not a file any more");
    terminal.press(&["Q"]);
    assert!(terminal.ended().success());
}
