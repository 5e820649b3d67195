//! Annotations whose article has changed, on the stage: what is said of them, and how a person puts
//! them right.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what is not there fails the test"
)]

mod stage;

use pullquote::app::{CardRowKind, Pane, Subject};
use pullquote::note::{Annotation, Kind, Status};
use stage::Stage;

const FERRY: &str = "Ferry sails again\n\nThe ferry to Skellan sailed again on Wednesday after the \
    storm.\n\n“We counted every crate of bread,” said the harbour master. “Nobody went hungry.”\n\n\
    The council will look at the breakwater in March, the mayor told the meeting.\n";
const OTHER: &str = "Bread\n\nThere was none on Tuesday, and little on Wednesday morning.\n";

/// A reader in which words of the first article are highlighted, and that article changed since.
fn changed(words: &str, from: &str, to: &str) -> Stage {
    let mut stage = Stage::with(&[("a.txt", FERRY), ("b.txt", OTHER)], 120, 30);
    mark(&mut stage, words);
    assert!(FERRY.contains(from));
    stage.press("]a").rewrite(0, &FERRY.replace(from, to)).press("[a");
    stage
}

/// Highlights words of the open article.
fn mark(stage: &mut Stage, words: &str) {
    select(stage, words);
    stage.press("Hg");
}

fn select(stage: &mut Stage, words: &str) {
    stage.press("gg /").type_text(words).press("Enter v");
    for _ in 1..words.chars().count() {
        stage.press("l");
    }
}

fn placed(stage: &Stage) -> Vec<(String, Status)> {
    let reading = stage.model.reading.as_ref().unwrap();
    let words = |span: pullquote::text::Span| span.of(reading.text()).to_owned();
    reading.placed.iter().map(|placed| (words(placed.span), placed.status)).collect()
}

/// The one annotation as it was last saved.
fn last(stage: &Stage) -> &Annotation {
    stage.world.saved.last().unwrap()
}

fn message(stage: &Stage) -> String {
    stage.model.status.message.as_ref().map(|it| it.text.clone()).unwrap_or_default()
}

/// Goes to the card of the first annotation in the tab of notes.
fn to_card(stage: &mut Stage) {
    stage.press("Tab t t t");
    assert_eq!(stage.model.view.focus, Pane::Sidebar);
    assert!(matches!(stage.model.sidebar.current().unwrap().subject, Subject::Annotation(_)));
}

fn rows(stage: &Stage, kind: CardRowKind) -> Vec<String> {
    let rows = stage.model.sidebar.current().unwrap().rows(60);
    rows.into_iter().filter(|row| row.kind == kind).map(|row| row.text).collect()
}

#[test]
fn the_text_is_kept_before_the_first_annotation_on_it() {
    let stage = changed("counted every crate", "Ferry sails", "Ferry sails once");
    assert_eq!(stage.world.texts.len(), 1);
    let hash = stage.world.texts.keys().next();
    assert_eq!(last(&stage).target.as_ref().unwrap().text_sha256.as_ref(), hash);
    assert_eq!(placed(&stage), [("counted every crate".to_owned(), Status::Anchored)]);
    assert!(!message(&stage).contains("changed"));
}

#[test]
fn words_that_changed_are_said_to_have_and_can_be_confirmed() {
    let mut stage = changed("counted every crate of bread", "every crate", "every large crate");
    let now = "counted every large crate of bread";
    assert_eq!(placed(&stage), [(now.to_owned(), Status::Moved)]);
    assert!(message(&stage).contains("1 annotation moved to changed words"), "{}", message(&stage));
    assert!(stage.letters().contains('~'));
    to_card(&mut stage);
    assert_eq!(rows(&stage, CardRowKind::Sign), ["green · words changed"]);
    assert_eq!(rows(&stage, CardRowKind::Words), ["“counted every crate of bread”"]);
    assert_eq!(rows(&stage, CardRowKind::Now), [format!("now “{now}”")]);
    stage.press("gc");
    assert_eq!(placed(&stage), [(now.to_owned(), Status::Anchored)]);
    let target = last(&stage).target.clone().unwrap();
    assert_eq!((target.exact.as_str(), target.status), (now, Status::Anchored));
    assert_eq!(stage.world.texts.len(), 2, "the new text is kept too");
    stage.press("gc");
    assert!(message(&stage).contains("nothing is to be confirmed"));
    stage.press("u");
    assert_eq!(last(&stage).target.as_ref().unwrap().exact, "counted every crate of bread");
    assert_eq!(placed(&stage), [(now.to_owned(), Status::Moved)]);
    stage.press("Ctrl-r");
    assert_eq!(placed(&stage), [(now.to_owned(), Status::Anchored)]);
}

#[test]
fn other_changes_leave_the_words_as_they_were_marked() {
    let mut stage = changed("counted every crate of bread", "every crate", "every large crate");
    let before = last(&stage).target.clone();
    to_card(&mut stage);
    stage.press("Hr");
    assert_eq!(last(&stage).target, before);
    assert_eq!(placed(&stage)[0].1, Status::Moved);
}

#[test]
fn a_guess_at_words_that_are_gone_can_be_accepted() {
    let mut stage = changed("Nobody went hungry", "Nobody went hungry", "All of them had bread");
    assert_eq!(placed(&stage), []);
    assert!(message(&stage).contains("the words of 1 annotation were not found"));
    to_card(&mut stage);
    assert_eq!(rows(&stage, CardRowKind::Sign), ["green · words not found"]);
    assert_eq!(rows(&stage, CardRowKind::Now), ["perhaps “All of them had bread”"]);
    stage.press("Enter");
    assert!(message(&stage).contains("not found"));
    stage.press("gc");
    assert_eq!(placed(&stage), [("All of them had bread".to_owned(), Status::Anchored)]);
    stage.press("u");
    assert_eq!(placed(&stage), []);
    assert_eq!(last(&stage).target.as_ref().unwrap().exact, "Nobody went hungry");
}

#[test]
fn an_orphan_can_be_put_on_words_that_are_selected() {
    let mut stage = changed("Nobody went hungry", " “Nobody went hungry.”", "");
    to_card(&mut stage);
    assert_eq!(rows(&stage, CardRowKind::Now), [""; 0]);
    stage.press("gc");
    assert!(message(&stage).contains("gr puts it on others"), "{}", message(&stage));
    stage.press("gr");
    assert_eq!(stage.model.view.focus, Pane::Text);
    assert!(message(&stage).contains("select its words"));
    select(&mut stage, "said the harbour master");
    stage.press("gr");
    assert_eq!(placed(&stage), [("said the harbour master".to_owned(), Status::Anchored)]);
    assert_eq!(last(&stage).color, Some(pullquote::note::Color::Green));
    stage.press("u");
    assert_eq!(placed(&stage), []);
    // From the words, one is chosen of those that wait.
    select(&mut stage, "the mayor told");
    stage.press("gr");
    assert!(stage.letters().contains("Put which one here?"));
    assert!(stage.letters().contains("words not found"));
    stage.press("Enter");
    assert_eq!(placed(&stage), [("the mayor told".to_owned(), Status::Anchored)]);
}

#[test]
fn an_orphan_can_become_a_note_on_the_article_or_be_deleted() {
    let mut stage = changed("Nobody went hungry", " “Nobody went hungry.”", "");
    to_card(&mut stage);
    stage.press("gN");
    let note = last(&stage);
    assert_eq!((note.kind, note.target.is_none()), (Kind::Note, true));
    assert_eq!(note.note, "“Nobody went hungry”");
    assert_eq!(rows(&stage, CardRowKind::Sign), ["note on the article"]);
    stage.press("u");
    assert_eq!(last(&stage).target.as_ref().unwrap().exact, "Nobody went hungry");
    assert_eq!(rows(&stage, CardRowKind::Sign), ["green · words not found"]);
    stage.press("dd");
    assert!(last(&stage).deleted.is_some());
    stage.press("u");
    assert_eq!(rows(&stage, CardRowKind::Sign), ["green · words not found"]);
}

#[test]
fn the_list_of_all_annotations_tells_of_them_and_leads_to_them() {
    let mut stage = changed("Nobody went hungry", "Nobody went hungry", "All of them had bread");
    stage.press("ga");
    let screen = stage.letters();
    assert!(screen.contains("words not found, perhaps “All of them had bread”"), "{screen}");
    stage.press("Enter");
    assert_eq!(stage.model.view.focus, Pane::Sidebar);
    assert!(message(&stage).contains("not found"));
    // From another article, it is gone to once it has been found there.
    stage.press("Esc ]a ga Enter");
    assert_eq!(stage.model.view.focus, Pane::Sidebar);
    let mut stage = changed("counted every crate of bread", "every crate", "every large crate");
    stage.press("]a ga Enter");
    let reading = stage.model.reading.as_ref().unwrap();
    assert_eq!(reading.cursor, reading.placed[0].span.start);
}

#[test]
fn where_all_stand_well_there_is_nothing_to_choose() {
    let mut stage = changed("Nobody went hungry", "Ferry sails", "Ferry sails once");
    select(&mut stage, "the mayor told");
    stage.press("gr");
    assert!(message(&stage).contains("all annotations stand on their own words"));
    stage.press("Esc gg gr");
    assert!(message(&stage).contains("select words"), "{}", message(&stage));
    stage.press("gc");
    assert!(message(&stage).contains("no annotation here"));
    stage.press("gN");
    assert!(message(&stage).contains("no annotation here"));
}
