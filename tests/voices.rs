//! The voices of the library, driven by keys.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod stage;

use std::sync::Arc;

use insta::assert_snapshot;
use pullquote::app::{Event, Gathered, Outcome, Overlay, VoiceList};
use pullquote::text::Span;
use stage::Stage;

const LIBRARY: &[(&str, &str)] = &[
    (
        "a.txt",
        "Ferry sails again\n\nCoast Wire\n\n11 February 2026\n\n“We love the ferry,” said Rufus Quill. “It never \
               sank,” Quill said.\n",
    ),
    (
        "b.txt",
        "Bread runs out\n\n2 March 2026\n\n“There is no bread,” Rufus B. Quill said. “None at all,” said Dot \
               Hargrave.\n",
    ),
    ("c.txt", "Nothing\n\nof note.\n"),
];

fn opened() -> Stage {
    let mut stage = Stage::with(LIBRARY, 100, 24);
    stage.press("gv");
    stage
}

fn voices(stage: &Stage) -> &VoiceList {
    &stage.model.library.voices
}

/// The voices that the list shows: name, quotations, articles.
fn shown(stage: &Stage) -> Vec<(&str, u64, u32)> {
    let shown = voices(stage).window(50);
    shown.map(|(voice, _)| (voice.name.as_str(), voice.quotations, voice.articles)).collect()
}

fn is_open(stage: &Stage) -> bool {
    matches!(stage.model.overlay, Some(Overlay::Voices))
}

/// The last row.
fn status(stage: &mut Stage) -> String {
    stage.letters().lines().last().unwrap().to_owned()
}

/// The name of the open article, and the words under its cursor.
fn here(stage: &Stage, length: usize) -> (&str, &str) {
    let reading = stage.model.reading.as_ref().unwrap();
    let words = Span::between(reading.cursor, reading.cursor + length);
    (&reading.article.name, words.of(&reading.article.text))
}

/// What the open voice says.
fn said(stage: &Stage) -> Vec<&str> {
    let said = &voices(stage).open.as_ref().unwrap().said;
    let hits = said.groups.iter().flat_map(|group| &group.hits);
    hits.map(|hit| hit.mark.of(&hit.line)).collect()
}

#[test]
fn who_speaks_is_listed_with_the_most_heard_first() {
    let stage = opened();
    assert_eq!(shown(&stage), [("Rufus Quill", 3, 2), ("Dot Hargrave", 1, 1)]);
    let quill = voices(&stage).chosen().unwrap();
    assert_eq!(quill.aliases, ["Rufus B. Quill"]);
    assert_eq!(quill.outlets, 1);
    let days = [quill.first, quill.last].map(|day| day.unwrap().to_string());
    assert_eq!(days, ["2026-02-11", "2026-03-02"]);
}

#[test]
fn a_voice_leads_to_its_quotations_and_these_to_the_text() {
    let mut stage = opened();
    stage.press("Enter");
    assert_eq!(said(&stage), ["There is no bread,", "We love the ferry,", "It never sank,"]);
    stage.press("G k Enter");
    assert!(!is_open(&stage));
    assert_eq!(here(&stage, 7), ("a.txt", "We love"));
    assert!(status(&mut stage).contains("quotation 2 of 3"));
    // The list is where it was left.
    stage.press("gv Tab Enter");
    assert_eq!(here(&stage, 7), ("a.txt", "We love"));
    stage.press("gv k Enter");
    assert_eq!(here(&stage, 8), ("b.txt", "There is"));
    stage.press("gv Esc");
    assert!(is_open(&stage) && voices(&stage).open.is_none());
    stage.press("j Enter");
    assert_eq!(said(&stage), ["None at all,"]);
    stage.press("q q");
    assert!(!is_open(&stage));
}

#[test]
fn the_list_is_filtered_by_any_of_the_names() {
    let mut stage = opened();
    stage.press("/").type_text("rufus b");
    assert_eq!(shown(&stage), [("Rufus Quill", 3, 2)]);
    stage.press("Ctrl-u").type_text("nobody");
    assert!(shown(&stage).is_empty());
    assert!(stage.letters().contains("No voice of that name."));
    stage.press("Ctrl-u").type_text("dot").press("Enter");
    assert!(!voices(&stage).filtering);
    stage.press("Enter");
    assert_eq!(said(&stage), ["None at all,"]);
    stage.press("Esc Esc");
    assert_eq!(shown(&stage).len(), 2);
    stage.press("/").paste("quill\n").press("Esc");
    assert!(is_open(&stage) && shown(&stage).len() == 2);
}

#[test]
fn what_a_person_put_right_counts() {
    let mut stage = Stage::with(LIBRARY, 100, 24);
    // The first quotation of b.txt is Dot Hargrave's.
    stage.press("]q Tab e").type_text("Dot Hargrave").press("Enter gv");
    assert_eq!(shown(&stage), [("Dot Hargrave", 2, 1), ("Rufus Quill", 2, 1)]);
    stage.press("Enter");
    assert_eq!(said(&stage), ["There is no bread,", "None at all,"]);
    let mut stage = Stage::with(LIBRARY, 100, 24);
    stage.press("]q Tab X gv");
    let counts: Vec<u64> = shown(&stage).iter().map(|(_, quotations, _)| *quotations).collect();
    assert_eq!(counts.iter().sum::<u64>(), 3);
}

#[test]
fn a_key_that_can_do_nothing_says_why() {
    let mut stage = opened();
    for (keys, why) in [
        ("k", "that is the first"),
        ("G j", "that is the last"),
        ("x", "x does nothing here"),
        ("Enter Z", "Z does nothing here"),
    ] {
        stage.press(keys);
        assert!(status(&mut stage).contains(why), "{keys}: {}", status(&mut stage));
    }
    let mut empty = Stage::with(&[], 100, 24);
    empty.press("gv");
    assert!(status(&mut empty).contains("no articles yet") && !is_open(&empty));
    let mut silent = Stage::with(&[("c.txt", "Nothing\n\nof note.\n")], 100, 24);
    silent.press("gv");
    assert!(silent.letters().contains("Nobody speaks here."));
    silent.press("j");
    assert!(status(&mut silent).contains("there is nothing to choose yet"));
    silent.press("Enter");
    assert!(status(&mut silent).contains("there is no voice to open yet"));
}

#[test]
fn what_takes_long_can_be_given_up() {
    let mut stage = Stage::with(LIBRARY, 100, 24);
    stage.world.held = true;
    stage.press("gv");
    assert!(voices(&stage).is_gathering());
    assert!(stage.letters().contains("Listening…"));
    stage.press("Ctrl-c");
    assert!(is_open(&stage) && !voices(&stage).is_gathering());
    assert!(stage.world.cancelled.is_some());
    // What comes late is of no use, even where something is awaited again.
    stage.press("Esc gv");
    let late = Gathered { generation: 1, voices: Arc::default(), heard: 3, ended: true };
    stage.send(Event::Outcome(Outcome::Gathered(late)));
    assert!(voices(&stage).is_gathering());
    stage.press("Ctrl-c");
    stage.world.held = false;
    stage.let_go();
    assert!(shown(&stage).is_empty());
    stage.press("Ctrl-c");
    assert!(!is_open(&stage));
    stage.press("gv");
    assert_eq!(shown(&stage).len(), 2);
    stage.world.held = true;
    stage.press("Enter Esc");
    stage.world.held = false;
    stage.let_go();
    assert!(is_open(&stage) && voices(&stage).open.is_none());
}

#[test]
fn the_screens() {
    let mut stage = Stage::new(120, 32);
    assert_snapshot!("voices-120x32", stage.press("gv").screen());
    assert_snapshot!("voices-opened-120x32", stage.press("Enter j").screen());
    let mut stage = Stage::new(80, 24);
    assert_snapshot!("voices-80x24", stage.press("gv j").screen());
    stage.press("/").type_text("ek");
    assert_snapshot!("voices-filtered-80x24", stage.screen());
    assert_snapshot!("voices-40x12", Stage::new(40, 12).press("gv").screen());
}
