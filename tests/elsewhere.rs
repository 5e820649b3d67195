//! What others change while a person reads: the model takes it in, and loses nothing of theirs.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is not there fails the test"
)]

mod stage;

use std::collections::BTreeSet;
use std::sync::Arc;

use pullquote::app::{Event, Outcome, Overlay};
use pullquote::corpus::{Article, ArticleId, Corrected};
use pullquote::note::Annotation;
use stage::Stage;

const STORY: &str = "Ferry link restored\n\nThe ferry to Skellan sailed again on Wednesday.\n\n\
     “We counted every crate,” said the harbour master. He then left.\n";
const OTHER: &str = "Bread\n\nThere was none to be had.\n";
const FIRST: ArticleId = ArticleId(0);

fn stage() -> Stage {
    let mut stage = Stage::with(&[("a.txt", STORY), ("b.txt", OTHER)], 160, 30);
    stage.press("g g } i s H y");
    stage
}

fn stored(stage: &mut Stage, annotations: Vec<Annotation>) {
    let corrected = Corrected::default();
    stage.send(Event::Outcome(Outcome::Stored { article: FIRST, annotations, corrected }));
}

fn changed(stage: &mut Stage, text: &str, differs: bool) {
    let digest = Article::from_text("a.txt", text.to_owned(), "UTF-8").digest().into();
    let changed = Outcome::Changed { article: FIRST, digest, quotations: 0, differs };
    stage.send(Event::Outcome(changed));
}

/// The one annotation, with another note: as a hand leaves it, with nothing else changed.
fn by_hand(stage: &Stage, note: &str) -> Annotation {
    let mut annotation = stage.world.saved.last().unwrap().clone();
    note.clone_into(&mut annotation.note);
    annotation
}

#[test]
fn what_another_has_written_is_shown_and_said() {
    let mut stage = stage();
    let annotation = by_hand(&stage, "Who counted?");
    stored(&mut stage, vec![annotation.clone()]);
    assert!(stage.letters().contains("Who counted?"));
    assert!(stage.letters().contains("a.txt: 1 annotation changed elsewhere"));
    // And what another has taken out goes.
    stored(&mut stage, Vec::new());
    assert!(!stage.letters().contains("Who counted?"));
    assert_eq!(stage.model.notebook.of(FIRST).count(), 0);
}

#[test]
fn what_this_instance_has_saved_itself_is_no_news() {
    let mut stage = stage();
    stage.wait(20);
    let own = stage.world.saved.clone();
    stored(&mut stage, own);
    assert!(!stage.letters().contains("elsewhere"));
}

#[test]
fn what_was_opened_too_early_is_opened_again_where_the_person_is() {
    let mut stage = stage();
    let generation = stage.model.opening.unwrap().generation;
    stage.rewrite(0, &STORY.replace("Wednesday", "yesterday"));
    let outdated = |generation| Event::Outcome(Outcome::Outdated { article: FIRST, generation });
    // Another was asked for since.
    stage.send(outdated(generation - 1));
    assert!(stage.letters().contains("on Wednesday"));
    let cursor = stage.model.reading.as_ref().unwrap().cursor;
    stage.send(outdated(generation));
    assert!(stage.letters().contains("on yesterday"));
    assert_eq!(stage.model.reading.as_ref().unwrap().cursor, cursor);
    // What was begun in it is not taken away.
    stage.rewrite(0, STORY).press("v w");
    stage.send(outdated(stage.model.opening.unwrap().generation));
    assert!(
        stage.letters().contains("on yesterday") && stage.letters().contains("changed on the disk")
    );
}

#[test]
fn what_is_being_typed_stays() {
    let mut stage = stage();
    let theirs = by_hand(&stage, "Theirs.");
    stage.press("a").type_text("Ours").wait(1);
    stored(&mut stage, vec![theirs]);
    assert!(stage.model.notebook.of(FIRST).all(|it| it.note == "Ours"));
    stage.type_text("!").press("Esc");
    assert_eq!(stage.world.saved.last().unwrap().note, "Ours!");
    let notes: Vec<&str> = stage.model.notebook.of(FIRST).map(|it| it.note.as_str()).collect();
    assert_eq!(notes, ["Ours!"]);
}

#[test]
fn what_is_on_its_way_to_the_disk_stays() {
    let mut stage = stage();
    stage.world.slow = true;
    stage.press("g g } d d");
    // Read before that was written.
    let before = stage.world.saved.first().unwrap().clone();
    stored(&mut stage, vec![before]);
    assert_eq!(stage.model.notebook.of(FIRST).count(), 0);
}

#[test]
fn a_note_left_as_it_was_can_still_be_had_back() {
    let mut stage = stage();
    let own = stage.world.saved.clone();
    stage.press("g g } } a").type_text("lost?").press("Ctrl-c");
    stored(&mut stage, own);
    stage.press("u");
    assert_eq!(stage.world.saved.last().unwrap().note, "lost?");
}

#[test]
fn a_file_that_cannot_be_used_makes_its_article_read_only_and_no_other() {
    let mut stage = stage();
    let problem = "store/a.toml:7: a string is not closed".to_owned();
    let broken = Outcome::Unusable { article: FIRST, problem };
    stage.send(Event::Outcome(broken));
    assert!(stage.letters().contains("store/a.toml:7: a string is not closed"));
    assert!(stage.letters().contains("notes read-only"));
    stage.wait(20);
    let before = stage.world.saved.len();
    for keys in ["g g } } i s H g", "Esc a", "g g } d d", "g n", "c t"] {
        stage.press(keys);
        assert!(stage.letters().contains("notes are read-only here: store/a.toml:7:"), "{keys}");
        assert!(!stage.model.is_typing());
    }
    assert_eq!(stage.world.saved.len(), before);
    stage.press("Esc ]a } i s H g");
    assert_eq!(stage.world.saved.len(), before + 1);
    // Mended, it can be written on again.
    let own = stage.world.saved.first().unwrap().clone();
    stored(&mut stage, vec![own]);
    assert!(stage.model.library.problems.is_empty());
    stage.press("[a g g } } i s H g");
    assert_eq!(stage.world.saved.len(), before + 2);
}

/// The ways in which a person may be at an article with annotations; each leaves something to undo and,
/// if `undone`, to redo.
fn situation(keys: &str, undone: bool) -> Stage {
    let mut stage = Stage::with(&[("a.txt", STORY)], 160, 40);
    stage.press("g g } i s H y } } i q H g");
    stage.press("g g } a").type_text("A note.").press("Esc");
    if undone {
        stage.press("u");
    }
    stage.press(keys).wait(20);
    stage
}

fn break_store(stage: &mut Stage) {
    let problem = "store/a.toml:7: a string is not closed".to_owned();
    stage.send(Event::Outcome(Outcome::Unusable { article: FIRST, problem }));
    stage.wait(20);
}

fn commands(stage: &mut Stage) -> usize {
    stage.press(":");
    let Some(Overlay::Picker(picker)) = &stage.model.overlay else { return 0 };
    picker.len()
}

/// Everything that the palette offers, wherever one is, with what may be asked then answered: nothing of
/// it comes past a store that cannot be used.
#[test]
fn no_command_changes_notes_that_are_read_only() {
    let (mut tried, mut refused) = (0, BTreeSet::new());
    let places = ["", "g g } } i s", "g g } } l", "Tab j", "q"].map(|keys| (keys, false));
    for (keys, undone) in places.into_iter().chain([("", true)]) {
        let read_only = || {
            let mut stage = situation(keys, undone);
            break_store(&mut stage);
            stage
        };
        let mut stage = read_only();
        let there: Vec<Annotation> = stage.model.notebook.of(FIRST).cloned().collect();
        let done = |stage: &Stage| {
            let version = stage.model.notebook.history.version();
            (stage.world.saved.len(), stage.world.corrected.len(), version)
        };
        let before = done(&stage);
        let count = commands(&mut stage);
        for at in 0..count {
            stage.press("Esc Esc").press(keys).wait(20);
            if commands(&mut stage) != count {
                // The last one has led elsewhere.
                stage = read_only();
                assert_eq!(commands(&mut stage), count);
            }
            for _ in 0..at {
                stage.press("Down");
            }
            let Some(Overlay::Picker(picker)) = &stage.model.overlay else { panic!("it is open") };
            let command = picker.item(at, &stage.model.library).unwrap().label.clone();
            stage.press("Enter");
            let said = stage.model.status.message.as_ref().map(|message| message.text.clone());
            if said.is_some_and(|it| it.starts_with("notes are read-only here: store/a.toml:7:")) {
                refused.insert(command.clone());
            }
            stage.type_text("x").press("Enter y Enter Esc Esc").wait(1).wait(20);
            assert_eq!(done(&stage), before, "{command} after {keys:?} is not refused");
            assert!(stage.model.notebook.of(FIRST).eq(&there), "{command} after {keys:?}");
            tried += 1;
        }
    }
    assert!(tried > 300, "only {tried} were tried");
    for command in ["undo the last change to annotations", "redo what was undone", "tags"] {
        assert!(refused.contains(command), "{command} is not refused: {refused:?}");
    }
}

#[test]
fn what_could_not_be_undone_can_be_once_the_store_is_mended() {
    let mut stage = situation("", false);
    let own: Vec<Annotation> = stage.model.notebook.of(FIRST).cloned().collect();
    break_store(&mut stage);
    stage.press("u u");
    assert!(stage.letters().contains("notes are read-only here: store/a.toml:7:"));
    stored(&mut stage, own);
    stage.press("u");
    assert_eq!(stage.world.saved.last().unwrap().note, "");
    break_store(&mut stage);
    let before = stage.world.saved.len();
    stage.press("Ctrl-r");
    assert!(stage.letters().contains("notes are read-only here: store/a.toml:7:"));
    assert_eq!(stage.world.saved.len(), before);
}

#[test]
fn an_article_that_changed_stays_on_the_screen_until_it_is_asked_for() {
    let mut stage = stage();
    let now = STORY.replace("Wednesday", "yesterday");
    changed(&mut stage, &now, true);
    let letters = stage.letters();
    assert!(letters.contains("on Wednesday") && letters.contains("R reads it again"), "{letters}");
    assert!(letters.contains("changed on the disk"));
    stage.change(0, "a.txt", &now);
    stage.press("R");
    let letters = stage.letters();
    assert!(letters.contains("on yesterday") && !letters.contains("changed on the disk"));
    // As it was when it was read: nothing to say.
    changed(&mut stage, &now, false);
    assert!(!stage.letters().contains("changed on the disk"));
}

#[test]
fn an_article_that_is_gone_stays_on_the_screen_and_the_list_says_so() {
    let mut stage = stage();
    let problem = "is gone from the disk".to_owned();
    stage.send(Event::Outcome(Outcome::Gone { article: FIRST, problem }));
    let letters = stage.letters();
    assert!(letters.contains("on Wednesday"));
    assert!(letters.contains("a.txt: is gone from the disk; what is on the screen stays"));
    assert_eq!(letters.matches("not on the disk").count(), 2, "{letters}");
    changed(&mut stage, STORY, false);
    assert!(stage.letters().contains("on the disk again"));
    assert!(!stage.letters().contains("not on the disk"));
}

#[test]
fn a_renamed_article_keeps_its_place_under_its_new_name() {
    let mut stage = stage();
    let root = std::path::Path::new("/library").into();
    let name = "z.txt".into();
    stage.send(Event::Outcome(Outcome::Renamed { article: FIRST, root, name }));
    assert!(stage.letters().contains("a.txt is called z.txt now"));
    stage.press("Q");
    let places = stage.world.places.clone().unwrap();
    let named: Vec<&str> = places.articles.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(named, ["z.txt"]);
    assert_eq!(places.open, Some(0));
}

#[test]
fn what_came_late_is_in_the_list_and_what_is_solved_is_off_it() {
    let mut stage = stage();
    stage.send(Event::Outcome(Outcome::Problem("c.txt: is empty".to_owned())));
    assert!(stage.letters().contains("1 file could not be read"));
    stage.send(Event::Outcome(Outcome::Solved("c.txt: is empty".to_owned())));
    assert!(!stage.letters().contains("could not be read"));
    let annotations = Vec::new();
    let entry =
        pullquote::app::Entry { id: ArticleId(2), ..stage.model.library.entries[1].clone() };
    stage.send(Event::Outcome(Outcome::Found(vec![pullquote::app::Found { entry, annotations }])));
    assert!(stage.letters().contains("1 new article"));
    assert_eq!(stage.model.library.shown.len(), 3);
}

#[test]
fn what_is_not_valid_in_its_encoding_is_said() {
    let mut stage = stage();
    let mut article = Article::from_text("b.txt", OTHER.to_owned(), "KOI8-R");
    stage.put(1, Arc::new(article.clone()));
    stage.press("]a");
    assert!(stage.letters().contains("KOI8-R"));
    article.replaced = 2;
    stage.put(1, Arc::new(article));
    stage.press("R");
    assert!(stage.letters().contains("KOI8-R, 2 \u{FFFD}"), "{}", stage.letters());
    assert!(stage.letters().contains("2 characters are not valid KOI8-R"));
}

#[test]
fn what_does_not_fit_on_the_last_row_is_said_in_full_above_it() {
    let mut stage = stage();
    let problem = format!("{}: {} the end", "long/".repeat(30), "and much to say ".repeat(9));
    stage.send(Event::Outcome(Outcome::Problem(problem)));
    assert!(stage.letters().contains("much to say") && stage.letters().contains("the end"));
}
