//! What the reader does: keys in, model and effects out, with no terminal.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod stage;

use std::collections::BTreeSet;

use proptest::prelude::*;
use pullquote::app::{Effect, Event, ExportFormat, Outcome, Overlay, Pane, PointerKind};
use pullquote::config::Key;
use pullquote::corpus::ArticleId;
use pullquote::note::{Color, Kind, Verdict};
use stage::Stage;

const HARBOUR: &str = "\
Harbour reopens after the storm

By Ada Finch
11 February 2026

The harbour opened again on Wednesday. “We counted every crate,” said the harbour master. Nobody had gone hungry, he added.

“Twice a day,” the council leader promised, “until the backlog is gone.” The ferry sails at noon.

A review of the wall will follow in March.
";

const WALL: &str = "\
Council to review the wall

2 March 2026

The wall will be looked at stone by stone, the council said on Monday after a short debate.
";

fn stage() -> Stage {
    Stage::with(&[("harbour.txt", HARBOUR), ("wall.txt", WALL)], 100, 30)
}

/// Opens the article about the harbour, with the cursor at its start.
fn at_harbour() -> Stage {
    let mut stage = stage();
    stage.press("]a");
    assert_eq!(stage.model.reading.as_ref().unwrap().article.name, "harbour.txt");
    stage
}

/// The words from the cursor on.
fn here(stage: &Stage) -> &str {
    let reading = stage.model.reading.as_ref().unwrap();
    &reading.article.text[reading.cursor.get()..]
}

fn selected(stage: &Stage) -> &str {
    let reading = stage.model.reading.as_ref().unwrap();
    reading.selected().map_or("", |span| span.of(reading.text()))
}

fn assert_here(stage: &Stage, words: &str) {
    assert!(
        here(stage).starts_with(words),
        "the cursor is at {:?}",
        &here(stage).chars().take(30).collect::<String>()
    );
}

#[test]
fn the_newest_article_is_open_first() {
    let stage = stage();
    assert_eq!(stage.model.reading.as_ref().unwrap().article.name, "wall.txt");
    assert_eq!(stage.model.view.focus, Pane::Text);
}

#[test]
fn nobody_s_words_do_not_stand_under_the_speaker_above() {
    let text = "Peace is near, says mayor

Mayor Ann Poe said: “We are near.” She left the hall.

Ms Poe was asked whether her hopes had been “worn down by the talks of the week”.
";
    let mut stage = Stage::with(&[("peace.txt", text)], 140, 30);
    let screen = stage.letters();
    let rows: Vec<&str> =
        screen.lines().filter_map(|row| row.rsplit_once('│')).map(|it| it.1).collect();
    let at = |words: &str| rows.iter().position(|row| row.contains(words)).unwrap();
    assert!(rows[at("We are near") - 1].contains("Ann Poe"));
    assert!(rows[at("worn down") - 1].contains("nobody named"));
}

#[test]
fn what_cannot_be_seen_cannot_be_changed() {
    let mut stage = at_harbour();
    stage.press("]q iq Hg").resize(39, 11).press("dd ]a");
    assert_eq!(stage.world.saved.len(), 1);
    stage.resize(100, 30);
    assert_here(&stage, ",” said the harbour");
    stage.resize(39, 11).press("Q");
    assert!(stage.world.ended);
}

#[test]
fn motions_lead_where_they_say() {
    let mut stage = at_harbour();
    for (keys, words) in [
        ("w", "reopens"),
        ("2 w", "the storm"),
        ("e", "e storm"),
        ("b", "the storm"),
        ("}", "By Ada"),
        ("2 }", "The harbour opened"),
        (")", "“We counted"),
        (")", "Nobody"),
        ("(", "“We counted"),
        ("{", "The harbour opened"),
        ("]q", "We counted"),
        ("]q", "Twice"),
        ("[q", "We counted"),
        ("fd", "d every"),
        (";", "d the harbour master"),
        (",", "d every"),
        ("tc", " crate"),
        ("G", ".\n"),
        ("gg", "Harbour reopens"),
        ("3G", "A review"),
        ("2 gg", "“Twice"),
    ] {
        stage.press(keys);
        assert_here(&stage, words);
    }
}

#[test]
fn a_character_is_found_as_often_as_counted_and_its_column_is_kept() {
    let mut stage = at_harbour();
    stage.press("3G 2 fe");
    assert_here(&stage, "ew of");
    stage.press("3G 3 te");
    assert_here(&stage, "he wall");
    stage.press("gg j fF j");
    assert_here(&stage, "uary");
}

#[test]
fn text_objects_select_what_is_around_the_cursor() {
    let mut stage = at_harbour();
    stage.press("]q");
    for (keys, words) in [
        ("iw", "We"),
        ("Esc iq", "We counted every crate,"),
        ("Esc is", "“We counted every crate,” said the harbour master."),
    ] {
        stage.press(keys);
        assert_eq!(selected(&stage), words);
    }
    stage.press("Esc ip");
    assert!(
        selected(&stage).starts_with("The harbour opened")
            && selected(&stage).ends_with("he added.")
    );
    stage.press("o");
    assert_here(&stage, "The harbour opened");
    stage.press("Esc");
    assert_eq!(selected(&stage), "");
}

#[test]
fn a_highlight_is_saved_with_the_words_it_stands_on() {
    let mut stage = at_harbour();
    stage.press("]q iq Hg");
    let saved = stage.world.saved.last().unwrap();
    let target = saved.target.as_ref().unwrap();
    assert_eq!(
        (saved.color, target.exact.as_str()),
        (Some(Color::Green), "We counted every crate,")
    );
    let start = HARBOUR.find("We counted").map(|byte| HARBOUR[..byte].chars().count()).unwrap();
    assert_eq!((target.start, target.end), (start, start + target.exact.chars().count()));
    assert!(stage.model.notebook.unsaved.is_empty());
    assert_eq!(selected(&stage), "", "the selection has served");
}

#[test]
fn a_note_is_on_the_disk_while_it_is_typed() {
    let mut stage = at_harbour();
    stage.press("]q is a").type_text("Who\ncounted?");
    assert!(stage.world.saved.is_empty());
    stage.wait(1);
    assert_eq!(stage.world.saved.last().unwrap().note, "Who\ncounted?");
    stage.type_text(" Ask.").press("Esc");
    let last = stage.world.saved.last().unwrap();
    assert_eq!((last.note.as_str(), last.rev), ("Who\ncounted? Ask.", 2));
    assert!(stage.model.overlay.is_none());
    stage.press("u");
    assert!(stage.world.saved.last().unwrap().deleted.is_some(), "undo takes the whole note back");
    stage.press("Ctrl-r");
    assert_eq!(stage.world.saved.last().unwrap().note, "Who\ncounted? Ask.");
}

#[test]
fn leaving_a_note_as_it_was_can_be_undone() {
    let mut stage = at_harbour();
    stage.press("]q is a").type_text("first").press("Esc");
    stage.press("a").type_text(" and second").wait(1).press("Ctrl-c");
    assert_eq!(stage.world.saved.last().unwrap().note, "first");
    stage.press("u");
    assert_eq!(stage.world.saved.last().unwrap().note, "first and second");
    let revisions: Vec<u64> = stage.world.saved.iter().map(|saved| saved.rev).collect();
    assert!(revisions.windows(2).all(|pair| pair[0] < pair[1]), "{revisions:?}");
}

#[test]
fn an_empty_note_leaves_nothing_behind() {
    let mut stage = at_harbour();
    stage.press("]q is a Esc");
    stage.press("a").type_text("  ").press("Esc");
    assert!(stage.world.saved.iter().all(|saved| saved.deleted.is_some()));
    assert_eq!(stage.model.notebook.all().count(), 0);
}

#[test]
fn a_question_that_comes_late_does_not_take_the_place_of_a_note() {
    let mut stage = at_harbour();
    stage.press("]q is a").type_text("half a tho");
    stage.send(Event::Outcome(Outcome::ExportExists {
        format: ExportFormat::Toml,
        path: "there.toml".into(),
        articles: vec![ArticleId(0)],
    }));
    assert!(stage.letters().contains("nothing was exported: there.toml is there already"));
    stage.type_text("ught").press("Esc");
    assert_eq!(stage.world.saved.last().unwrap().note, "half a thought");
}

#[test]
fn the_editor_writes_notes_too() {
    let mut stage = at_harbour();
    stage.press("]q is A");
    assert_eq!(stage.world.saved.last().unwrap().note, "From the editor.");
}

#[test]
fn overlapping_highlights_can_all_be_reached() {
    let mut stage = at_harbour();
    stage.press("]q iw Hb iq Hg ip Hy");
    let current = |stage: &Stage| {
        let reading = stage.model.reading.as_ref().unwrap();
        reading.current().and_then(|placed| placed.color)
    };
    stage.press("[q");
    let mut colors = Vec::new();
    for _ in 0..4 {
        stage.press("gh");
        colors.push(current(&stage));
    }
    for color in [Color::Yellow, Color::Green] {
        assert!(colors.contains(&Some(color)), "{color:?} of {colors:?}");
    }
    stage.press("gh");
    let meant = current(&stage);
    stage.press("dd");
    assert_eq!(stage.model.notebook.all().count(), 2);
    assert!(stage.model.notebook.all().all(|(_, annotation)| annotation.color != meant));
}

#[test]
fn undo_goes_back_through_everything_and_redo_forward() {
    let mut stage = at_harbour();
    stage.press("]q iq Hg").press("Hr").press("gt").type_text("frame/supply\n").press("Esc dd");
    assert_eq!(stage.model.notebook.all().count(), 0);
    stage.press("u");
    let tags = |stage: &Stage| {
        stage.model.notebook.all().map(|(_, it)| it.tags.clone()).collect::<Vec<_>>()
    };
    assert_eq!(tags(&stage), [["frame/supply"]]);
    stage.press("u");
    assert_eq!(tags(&stage), [Vec::<String>::new()]);
    stage.press("u u u");
    assert_eq!(stage.model.notebook.all().count(), 0);
    stage.press("Ctrl-r Ctrl-r Ctrl-r");
    assert_eq!(tags(&stage), [["frame/supply"]]);
    let (_, annotation) = stage.model.notebook.all().next().unwrap();
    assert_eq!(annotation.color, Some(Color::Red));
}

/// The harbour with a highlight that was made green, then red, then undone; where that left a person,
/// and what the store has.
fn left_by_a_run() -> (pullquote::app::Places, Vec<pullquote::note::Annotation>) {
    let mut stage = at_harbour();
    stage.press("]q iq Hg").press("Hr").press("u").press("Q");
    let stored = stage.model.notebook.all().map(|(_, it)| it.clone()).collect();
    (stage.world.places.take().unwrap(), stored)
}

fn color_of(stage: &Stage) -> Option<Color> {
    stage.model.notebook.all().next().and_then(|(_, it)| it.color)
}

#[test]
fn what_one_run_did_the_next_undoes_and_redoes() {
    let (places, stored) = left_by_a_run();
    let articles = [("harbour.txt", HARBOUR), ("wall.txt", WALL)];
    let mut stage = Stage::again_with(&articles, places, ("harbour.txt", stored));
    assert_eq!(color_of(&stage), Some(Color::Green));
    stage.press("Ctrl-r");
    assert_eq!(color_of(&stage), Some(Color::Red));
    stage.press("u u");
    assert_eq!(color_of(&stage), None);
    stage.press("Ctrl-r");
    assert_eq!(color_of(&stage), Some(Color::Green));
}

#[test]
fn what_was_changed_elsewhere_since_is_not_undone() {
    let (places, mut stored) = left_by_a_run();
    let mut changed = stored[0].revised(stored[0].modified);
    changed.note = "from elsewhere".to_owned();
    stored[0] = changed.clone();
    let articles = [("harbour.txt", HARBOUR), ("wall.txt", WALL)];
    let mut stage = Stage::again_with(&articles, places, ("harbour.txt", stored));
    for keys in ["Ctrl-r", "u"] {
        stage.press(keys);
        let message = stage.model.status.message.clone().unwrap();
        assert!(message.text.contains("changed elsewhere"), "{}", message.text);
        assert_eq!(stage.model.notebook.all().next().unwrap().1, &changed);
    }
    assert!(stage.world.saved.is_empty());
}

#[test]
fn a_conflict_copy_says_what_it_is() {
    let (places, mut stored) = left_by_a_run();
    let mine = pullquote::note::Annotation {
        note: "mine".to_owned(),
        ..stored[0].revised(stored[0].modified)
    };
    let theirs = pullquote::note::Annotation { note: "theirs".to_owned(), ..mine.clone() };
    pullquote::note::merge::merge_all(&mut stored, [mine, theirs]);
    let articles = [("harbour.txt", HARBOUR), ("wall.txt", WALL)];
    let stage = Stage::again_with(&articles, places, ("harbour.txt", stored));
    assert_eq!(stage.model.notebook.all().count(), 2);
    let rows = stage.model.sidebar.cards.iter().flat_map(|card| card.rows(40));
    assert_eq!(rows.filter(|row| row.text.contains("conflict copy")).count(), 1);
}

#[test]
fn tags_in_use_complete_what_is_typed() {
    let mut stage = at_harbour();
    stage.press("]q iq Hg gt").type_text("frame/supply\n").press("Esc");
    stage.press("]q iq Hg gt").type_text("sup").press("Tab Enter Esc");
    let tagged = stage.model.notebook.all().filter(|(_, it)| it.tags == ["frame/supply"]);
    assert_eq!(tagged.count(), 2);
}

#[test]
fn a_tag_pasted_is_the_tag_that_is_added() {
    let mut stage = at_harbour();
    stage.press("]q iq Hg gt").type_text("frame/supply\n").press("Esc");
    stage.press("]q iq Hg gt Down").paste("wall").press("Enter Esc");
    let tags: Vec<_> = stage.model.notebook.all().flat_map(|(_, it)| it.tags.clone()).collect();
    assert_eq!(tags, ["frame/supply", "wall"]);
}

#[test]
fn what_is_not_saved_is_said_kept_and_tried_again() {
    let mut stage = at_harbour();
    stage.world.refusal = Some("the disk is full".to_owned());
    stage.press("]q iq Hg");
    assert!(stage.letters().contains("NOT SAVED: the disk is full"));
    stage.press("Q");
    assert!(!stage.world.ended, "quitting asks first");
    assert!(matches!(stage.model.overlay, Some(Overlay::Confirm { .. })));
    stage.press("n");
    stage.world.refusal = None;
    stage.wait(6);
    assert_eq!(stage.world.saved.len(), 1);
    assert!(stage.model.notebook.unsaved.is_empty());
    stage.press("Q");
    assert!(stage.world.ended);
}

#[test]
fn what_was_refused_does_not_come_after_what_is_newer() {
    let mut stage = at_harbour();
    stage.world.refusal = Some("the disk is full".to_owned());
    stage.press("co").type_text("Coast Wire\n").press("]q iq Hg Hr");
    stage.world.refusal = None;
    stage.press("co Ctrl-u").type_text("Northern Ledger\n").press("Hb").wait(6);
    let corrected = stage.world.corrected.last().unwrap();
    assert_eq!(corrected.outlet.as_deref(), Some("Northern Ledger"));
    assert_eq!(stage.world.saved.last().unwrap().color, Some(Color::Blue));
    assert_eq!((stage.world.corrected.len(), stage.world.saved.len()), (1, 1));
    assert!(stage.model.notebook.unsaved.is_empty());
}

#[test]
fn what_was_refused_is_tried_once_more_at_the_end() {
    for by_signal in [true, false] {
        let mut stage = at_harbour();
        stage.world.refusal = Some("the disk is full".to_owned());
        stage.press("]q iq Hg");
        stage.world.refusal = None;
        if by_signal {
            stage.send(Event::End);
        } else {
            stage.press("Q y");
        }
        assert!(stage.world.ended);
        assert_eq!(stage.world.saved.len(), 1);
    }
}

#[test]
fn nothing_is_called_saved_before_it_is() {
    let mut stage = at_harbour();
    stage.world.slow = true;
    stage.press("]q iq Hg");
    assert!(stage.letters().contains("saving"));
    stage.model.notebook.unsaved.clear();
    assert!(!stage.letters().contains("saving"));
}

#[test]
fn a_note_is_called_saved_only_when_its_last_letter_is() {
    let mut stage = at_harbour();
    stage.press("]q is a").type_text("Who");
    assert!(stage.letters().contains("saving…"));
    stage.wait(1);
    assert!(stage.letters().contains(" saved"));
    stage.type_text("?");
    assert!(stage.letters().contains("saving…"));
    stage.wait(1);
    assert!(!stage.letters().contains("saving…"));
}

#[test]
fn search_goes_along_as_it_is_typed_and_comes_back() {
    let mut stage = at_harbour();
    stage.press("/").type_text("the ha");
    assert_here(&stage, "The harbour opened");
    stage.press("Esc");
    assert_here(&stage, "Harbour reopens");
    stage.press("/").type_text("harbour\n");
    assert_here(&stage, "Harbour");
    stage.press("n");
    assert_here(&stage, "harbour opened");
    stage.press("N N");
    assert_here(&stage, "harbour master");
    assert!(stage.letters().contains("around the end"));
    stage.press("/").type_text("no such words\n");
    assert_here(&stage, "harbour master");
    stage.press("gg *");
    assert_here(&stage, "Harbour");
}

#[test]
fn a_search_left_or_left_empty_goes_on_with_the_one_before() {
    let mut stage = at_harbour();
    stage.press("/").type_text("harbour\n").press("n");
    stage.press("/").type_text("the").press("Esc");
    assert_here(&stage, "harbour opened");
    stage.press("n");
    assert_here(&stage, "harbour master");
    stage.press("gg / Enter");
    assert_here(&stage, "harbour opened");
}

#[test]
fn a_search_goes_on_in_the_article_that_comes_meanwhile() {
    let mut stage = at_harbour();
    stage.press("]q").world.held = true;
    stage.press("[a /");
    stage.let_go().press("Esc");
    assert_here(&stage, "Council to review");
    stage.world.held = true;
    stage.press("]a /").type_text("crate");
    stage.let_go().press("Enter");
    assert_here(&stage, "crate,");
}

#[test]
fn marks_and_jumps_reach_across_articles() {
    let mut stage = at_harbour();
    stage.press("]q mA 'b");
    assert!(stage.letters().contains("there is no mark b"));
    stage.press("[a");
    assert_eq!(stage.model.reading.as_ref().unwrap().article.name, "wall.txt");
    stage.press("'A");
    assert_here(&stage, "We counted");
    stage.press("Ctrl-o");
    assert_eq!(stage.model.reading.as_ref().unwrap().article.name, "wall.txt");
    stage.press("Alt-Right");
    assert_here(&stage, "We counted");
}

#[test]
fn capital_marks_of_an_earlier_run_reach_across_articles() {
    let mut stage = at_harbour();
    stage.press("]q mA ]q mB [a mB w mb Q");
    let places = stage.world.places.clone().unwrap();
    let articles = [("harbour.txt", HARBOUR), ("wall.txt", WALL)];
    let mut stage = Stage::again(&articles, places, 100, 30);
    assert_eq!(stage.model.reading.as_ref().unwrap().article.name, "wall.txt");
    assert_here(&stage, "to review");
    stage.press("'A");
    assert_here(&stage, "We counted");
    stage.press("'B");
    assert_here(&stage, "Council to review");
    stage.press("'Z");
    assert!(stage.letters().contains("there is no mark Z"));
}

#[test]
fn a_new_size_or_measure_keeps_the_place() {
    let mut stage = Stage::new(160, 40);
    stage.press("Space Space");
    let top = |stage: &Stage| stage.model.reading.as_ref().unwrap().top_offset();
    let cursor = |stage: &Stage| stage.model.reading.as_ref().unwrap().cursor;
    let (before, at) = (top(&stage), cursor(&stage));
    for (columns, rows) in [(80, 24), (200, 60), (40, 12), (100, 30)] {
        stage.resize(columns, rows);
        assert_eq!(cursor(&stage), at);
        let reading = stage.model.reading.as_ref().unwrap();
        assert!(reading.rows.iter().any(|row| row.span.contains(at)), "the cursor is on screen");
    }
    stage.resize(160, 40);
    let drift = top(&stage) - before + (before - top(&stage));
    assert!(drift < 2000, "the top moved by {drift} bytes");
}

#[test]
fn a_look_at_the_list_keeps_the_place_in_the_text() {
    let mut stage = Stage::new(40, 12);
    stage.press("Space Space j j j j");
    let rows = |stage: &Stage| stage.model.reading.as_ref().unwrap().rows.clone();
    let before = rows(&stage);
    stage.press("S-Tab Tab");
    assert_eq!(rows(&stage), before);
    stage.press("Tab S-Tab");
    assert_eq!(rows(&stage), before);
}

#[test]
fn where_a_person_was_is_kept() {
    let mut stage = at_harbour();
    stage.press("]q ma Q");
    let places = stage.world.places.clone().unwrap();
    let place = places.open.map(|at| places.articles[at].clone()).unwrap();
    let scalar = HARBOUR[..HARBOUR.find("We counted").unwrap()].chars().count();
    assert_eq!((place.name.as_str(), place.cursor, place.read), ("harbour.txt", scalar, true));
    assert_eq!(place.marks.get(&'a'), Some(&scalar));
}

#[test]
fn where_a_page_or_a_jump_leads_is_kept_too() {
    for keys in ["Space", "Ctrl-d", "]q", "/a Enter", "fh"] {
        let mut stage = at_harbour();
        stage.resize(40, 12).wait(6).press(keys);
        let cursor = stage.model.reading.as_ref().unwrap().cursor;
        stage.wait(6);
        let places = stage.world.places.clone().unwrap();
        let place = &places.articles[places.open.unwrap()];
        assert_eq!(place.cursor, HARBOUR[..cursor.get()].chars().count(), "{keys}");
    }
}

#[test]
fn what_a_person_calls_unread_stays_so_while_it_is_open() {
    let mut stage = at_harbour();
    let read = |stage: &Stage| stage.model.library.entries[0].read;
    stage.press("G");
    assert!(read(&stage));
    stage.press("r gg G");
    assert!(!read(&stage));
}

#[test]
fn a_late_article_does_not_push_the_newest_aside() {
    let mut stage = at_harbour();
    let (text, quotations, names) = {
        let reading = stage.model.reading.as_ref().unwrap();
        (reading.article.clone(), reading.judged.clone(), reading.names.clone())
    };
    stage.press("[a");
    let late = Outcome::Opened { article: ArticleId(0), generation: 1, text, quotations, names };
    stage.send(Event::Outcome(late));
    assert_eq!(stage.model.reading.as_ref().unwrap().article.name, "wall.txt");
}

#[test]
fn only_what_could_not_be_read_is_counted_as_that() {
    let mut stage = at_harbour();
    stage.send(Event::Outcome(Outcome::Failed("where you were is not kept".to_owned())));
    assert!(stage.letters().contains("where you were is not kept"));
    stage.press("S-Tab");
    assert!(!stage.letters().contains("could not be read"));
    stage.send(Event::Outcome(Outcome::Problem("a.txt: is a pipe".to_owned())));
    assert!(stage.letters().contains("1 file could not be read"));
}

#[test]
fn the_list_filters_sorts_and_keeps_its_article() {
    let mut stage = at_harbour();
    stage.press("q");
    assert_eq!(stage.model.view.focus, Pane::List);
    stage.press("/").type_text("wall");
    assert_eq!(stage.model.library.shown, [ArticleId(1)]);
    stage.press("Esc");
    assert_eq!(stage.model.library.shown, [ArticleId(1), ArticleId(0)]);
    stage.press("G s");
    assert_eq!(stage.model.library.shown, [ArticleId(0), ArticleId(1)], "oldest first");
    assert_eq!(stage.model.library.selected, Some(ArticleId(0)));
    stage.press("r");
    assert!(stage.model.library.entries[0].read != stage.model.library.entries[1].read);
    stage.press("q");
    assert!(stage.world.ended);
}

#[test]
fn what_the_program_guessed_can_be_put_right() {
    let mut stage = at_harbour();
    stage.press("co").type_text("Northern Ledger\n").press("cd Ctrl-u").type_text("12 Feb 2026\n");
    let corrected = stage.world.corrected.last().unwrap();
    assert_eq!(corrected.outlet.as_deref(), Some("Northern Ledger"));
    assert_eq!(corrected.published.map(|date| date.to_string()).as_deref(), Some("2026-02-12"));
    assert!(stage.letters().contains("Northern Ledger"));
    stage.press("cd Ctrl-u").type_text("someday\n");
    assert!(stage.letters().contains("is no date"));
    assert_eq!(stage.world.corrected.len(), 2);
}

#[test]
fn what_is_put_right_belongs_to_the_article_that_was_asked_about() {
    let mut stage = at_harbour();
    stage.world.held = true;
    stage.press("[a co").type_text("Northern Ledger");
    stage.let_go().press("Enter");
    assert_eq!(stage.model.reading.as_ref().unwrap().article.name, "wall.txt");
    let outlet = |id: usize| stage.model.library.entries[id].corrected.as_ref()?.outlet.as_deref();
    assert_eq!((outlet(0), outlet(1)), (Some("Northern Ledger"), None));
}

#[test]
fn the_sidebar_keeps_step_goes_there_and_keeps_quotations() {
    let mut stage = at_harbour();
    stage.press("Tab");
    assert_eq!(stage.model.view.focus, Pane::Sidebar);
    stage.press("gg j j Enter");
    assert_here(&stage, "until the backlog");
    stage.press("Tab a");
    let kept = stage.world.saved.last().unwrap();
    assert_eq!(
        (kept.kind, kept.target.as_ref().unwrap().exact.as_str()),
        (Kind::Quotation, "until the backlog is gone.")
    );
    stage.press("t");
    assert_eq!(stage.model.sidebar.cards.len(), 3);
    stage.press("T T");
    assert_eq!(stage.model.sidebar.cards.len(), 1);
}

/// Who said each quotation of the open article, as the sidebar has it.
fn speakers(stage: &Stage) -> Vec<Option<&str>> {
    let quotations = &stage.model.reading.as_ref().unwrap().quotations;
    quotations.iter().map(|it| it.quotation.speaker.as_deref()).collect()
}

#[test]
fn a_speaker_is_put_right_for_the_whole_utterance_and_undone() {
    let mut stage = at_harbour();
    let before: Vec<Option<String>> =
        speakers(&stage).iter().map(|it| it.map(str::to_owned)).collect();
    stage.press("Tab gg j e").type_text("Bridget Oyelaran\n");
    assert_eq!(speakers(&stage)[1..], [Some("Bridget Oyelaran"), Some("Bridget Oyelaran")]);
    let saved = stage.world.saved.last().unwrap();
    let kept = saved.quotation.as_ref().unwrap();
    assert_eq!(saved.kind, Kind::Quotation);
    assert_eq!(
        (kept.speaker.as_deref(), kept.verdict),
        (Some("Bridget Oyelaran"), Verdict::Corrected)
    );
    assert_eq!(kept.predicted, before[1]);
    assert!(kept.model.is_some() && kept.utterance.is_some());
    stage.press("u");
    let after: Vec<Option<String>> =
        speakers(&stage).iter().map(|it| it.map(str::to_owned)).collect();
    assert_eq!(after, before);
}

#[test]
fn what_is_no_quotation_is_passed_over_until_it_is_one_again() {
    let mut stage = at_harbour();
    stage.press("Tab gg X");
    let verdict =
        |stage: &Stage| stage.world.saved.last().unwrap().quotation.as_ref().unwrap().verdict;
    assert_eq!(verdict(&stage), Verdict::Rejected);
    assert_eq!(stage.model.sidebar.quotations, 2);
    stage.press("q gg ]q");
    assert_here(&stage, "Twice");
    stage.press("Tab gg X");
    assert_eq!(verdict(&stage), Verdict::Confirmed);
    assert_eq!(stage.model.sidebar.quotations, 3);
}

#[test]
fn a_name_is_chosen_from_the_people_of_the_article() {
    let mut stage = at_harbour();
    stage.press("Tab gg e").type_text("fin\n");
    assert_eq!(speakers(&stage)[0], Some("Ada Finch"));
}

#[test]
fn a_note_picked_from_all_is_the_current_card_whatever_the_sidebar_shows() {
    let mut stage = at_harbour();
    stage.press("]q iq Hg gn").type_text("On all of it.").press("Esc");
    stage.press("Tab t gg S-Tab ga").type_text("on all\n");
    let card = stage.model.sidebar.current().unwrap();
    assert_eq!(card.note, "On all of it.");
    stage.press("dd");
    let left: Vec<_> = stage.model.notebook.all().map(|(_, it)| it.kind).collect();
    assert_eq!(left, [Kind::Highlight]);
}

#[test]
fn a_quotation_is_kept_once_and_a_note_on_no_words_copies_none() {
    let mut stage = at_harbour();
    stage.press("Tab t a a a");
    assert_eq!(stage.model.notebook.all().count(), 1);
    assert!(stage.letters().contains("kept already"));
    stage.press("gn").type_text("On all of it.").press("Esc t t gg y");
    assert!(stage.letters().contains("no words to copy"));
    assert_eq!(stage.world.copied, Vec::<String>::new());
}

/// What the palette calls its entries where these keys have led.
fn commands(stage: &mut Stage) -> Vec<String> {
    stage.press(":");
    let Some(Overlay::Picker(picker)) = &stage.model.overlay else { return Vec::new() };
    let items = (0..picker.len()).map(|at| picker.item(at, &stage.model.library).unwrap());
    items.map(|item| item.label.clone()).collect()
}

#[test]
fn no_command_puts_words_on_the_clipboard_but_those_that_copy() {
    let mut copied = BTreeSet::new();
    for keys in ["", "gg } i s", "gg } i s H y", "gg } i s H y Tab j", "q"] {
        let stage = || {
            let mut stage = at_harbour();
            stage.press(keys);
            stage
        };
        let all = commands(&mut stage());
        assert!(all.len() > 20, "{all:?}");
        for (at, command) in all.into_iter().enumerate() {
            let mut stage = stage();
            stage.press(":");
            for _ in 0..at {
                stage.press("Down");
            }
            // With what may be asked then answered.
            stage.press("Enter").type_text("x").press("Enter Esc");
            if !stage.world.copied.is_empty() {
                copied.insert(command);
            }
        }
    }
    assert_eq!(Vec::from_iter(copied), ["copy", "copy as a citation"]);
}

#[test]
fn words_are_copied_alone_or_with_where_they_come_from() {
    let mut stage = at_harbour();
    stage.press("]q iq y iq Y");
    assert_eq!(
        stage.world.copied,
        [
            "We counted every crate,",
            "“We counted every crate,” — Harbour reopens after the storm, 11 Feb 2026 (harbour.txt)"
        ]
    );
}

#[test]
fn the_mouse_puts_the_cursor_selects_and_scrolls() {
    let mut stage = at_harbour();
    let page = stage.model.page_area();
    stage.point(PointerKind::Press, page.x + 8, page.y);
    assert_here(&stage, "reopens");
    stage.point(PointerKind::Drag, page.x + 14, page.y);
    assert_eq!(selected(&stage), "reopens");
    stage.point(PointerKind::Release, page.x + 14, page.y);
    stage.press("Hy");
    assert_eq!(stage.world.saved.last().unwrap().target.as_ref().unwrap().exact, "reopens");
    assert_eq!(stage.world.copied, Vec::<String>::new());
}

#[test]
fn a_key_that_means_nothing_here_says_so() {
    let mut stage = at_harbour();
    stage.press("X");
    assert!(stage.letters().contains("X is not bound here; ? shows the keys that are"));
    stage.press("Hy");
    assert!(stage.letters().contains("select words first"));
}

#[test]
fn what_is_half_pressed_is_let_go_without_a_word() {
    let mut stage = at_harbour();
    for keys in ["g Ctrl-c", "2 Esc", "H Esc", "3 g Ctrl-c"] {
        stage.press(keys);
        assert!(stage.model.input.pressed.is_empty() && stage.model.input.count.is_none());
        assert!(stage.model.status.message.is_none(), "{keys}");
    }
    stage.press("Ctrl-c");
    assert!(stage.letters().contains("nothing is running; Q quits"));
}

#[test]
fn the_end_by_signal_keeps_the_note_being_typed() {
    let mut stage = at_harbour();
    stage.press("]q is a").type_text("half a tho");
    stage.send(Event::End);
    assert_eq!(stage.world.saved.last().unwrap().note, "half a tho");
    assert!(stage.world.ended);
}

#[test]
fn effects_of_reading_are_none_but_places() {
    let mut stage = at_harbour();
    let moment = pullquote::app::Moment {
        now: "2026-03-05T09:13:00Z".parse().unwrap(),
        fresh: uuid::Uuid::from_u128(99),
    };
    let key: Key = "j".parse().unwrap();
    assert_eq!(stage.model.update(Event::Key(key), moment), Vec::<Effect>::new());
}

/// Keys of every kind, those of pairs among them.
fn any_key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "h",
        "j",
        "k",
        "l",
        "w",
        "b",
        "e",
        "0",
        "^",
        "$",
        "{",
        "}",
        "(",
        ")",
        "g",
        "G",
        "f",
        "t",
        ";",
        ",",
        "Space",
        "PgDn",
        "PgUp",
        "Ctrl-d",
        "Ctrl-u",
        "/",
        "n",
        "N",
        "*",
        "]",
        "[",
        "q",
        "v",
        "V",
        "i",
        "s",
        "p",
        "o",
        "Esc",
        "H",
        "y",
        "r",
        "a",
        "d",
        "m",
        "'",
        "Ctrl-o",
        "Enter",
        "Tab",
        "S-Tab",
        "z",
        "u",
        "Ctrl-r",
        "x",
        "c",
        "1",
        "2",
        "9",
        "+",
        "-",
        "=",
        "?",
        ":",
        "Ctrl-p",
        "Ctrl-c",
        "Backspace",
        "Left",
        "Up",
        "Down",
        "E",
        "T",
        "A",
        "Y",
        "Home",
        "End",
    ])
}

const HOSTILE: &str = "\
\u{202e}Title \u{1b}[31mred\u{7} 🇬🇧🇬🇧 e\u{301}\u{301}\n\nBy Me\n\n“船 said \u{200d}👩‍👩‍👧, ‘nested “deep” one\n\n\
Sign up to our newsletter\nCLICK HERE\n\n\ta\tb ' \" '' “ ” the end\r\nshort\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_keys_break_the_reader(
        keys in prop::collection::vec(any_key(), 1..120),
        columns in 1_u16..140,
        rows in 1_u16..50,
    ) {
        let mut stage = Stage::with(&[("hostile.txt", HOSTILE), ("harbour.txt", HARBOUR)], 80, 24);
        for (index, key) in keys.iter().enumerate() {
            stage.press(key);
            if index == keys.len() / 2 {
                stage.resize(columns, rows);
            }
            if index % 7 == 0 {
                stage.wait(1);
            }
            if let Some(reading) = &stage.model.reading {
                let text = reading.text();
                prop_assert!(text.is_char_boundary(reading.cursor.get()));
                prop_assert!(reading.block_at(reading.cursor).is_some());
            }
        }
        let shown = stage.letters();
        prop_assert!(!shown.chars().any(|letter| letter.is_control() && letter != '\n'), "{shown:?}");
        for saved in &stage.world.saved {
            if let Some(target) = &saved.target {
                prop_assert!(!target.exact.is_empty());
            }
        }
    }
}

#[test]
fn a_search_goes_on_in_the_next_article() {
    let mut stage = at_harbour();
    stage.press("/").type_text("council\n").press("[a n");
    assert_eq!(stage.model.reading.as_ref().unwrap().article.name, "wall.txt");
    assert_here(&stage, "council said on Monday");
}

#[test]
fn what_is_folded_opens_before_it_is_selected() {
    let text = "A headline of a few words\n\nThe report says this and that, and ends here.\n\n\
                Sign up to our newsletter\nCLICK HERE TO JOIN\n";
    let mut stage = Stage::with(&[("folded.txt", text)], 100, 30);
    stage.press("G is");
    assert_eq!(selected(&stage), "Sign up to our newsletter");
}

#[test]
fn a_new_highlight_is_the_one_that_is_meant() {
    let mut stage = at_harbour();
    stage.press("]q iw Hb [q v l l Esc gg ]q v e l l l l l Esc b b iq Hg");
    let before = stage.model.notebook.all().count();
    stage.press("dd");
    assert_eq!(stage.model.notebook.all().count(), before - 1);
    assert!(stage.model.notebook.all().all(|(_, it)| it.color != Some(Color::Green)));
}
