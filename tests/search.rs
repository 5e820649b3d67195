//! The search over the library, driven by keys.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod stage;

use insta::assert_snapshot;
use pullquote::app::{LibrarySearch, Overlay};
use pullquote::text::Span;
use stage::Stage;

const LIBRARY: &[(&str, &str)] = &[
    (
        "a.txt",
        "Ferry sails again\n\nBy Inés Marlow\n\n11 February 2026\n\nThe ferry left. “We love the ferry,” \
               said Rufus Quill.\n",
    ),
    (
        "b.txt",
        "Bread runs out\n\nBy Dot Hargrave\n\n2 March 2026\n\nNo bread, and no ferry to bring any.\n",
    ),
    ("c.txt", "Nothing\n\nof note.\n"),
];

fn searching(typed: &str) -> Stage {
    let mut stage = Stage::with(LIBRARY, 80, 24);
    stage.press("g/").type_text(typed);
    stage
}

fn search(stage: &Stage) -> &LibrarySearch {
    &stage.model.library.search
}

/// The names of the articles found, each with its number of hits.
fn found(stage: &Stage) -> Vec<(&str, usize)> {
    let name = |id| &*stage.model.library.entry(id).unwrap().name;
    search(stage).groups.iter().map(|group| (name(group.article), group.count)).collect()
}

fn is_open(stage: &Stage) -> bool {
    matches!(stage.model.overlay, Some(Overlay::Search))
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

#[test]
fn what_is_typed_is_found_at_once_and_narrowed_by_typing_more() {
    let mut stage = searching("fer");
    assert_eq!(found(&stage), [("b.txt", 1), ("a.txt", 3)], "in the order of the list");
    stage.type_text("ry left");
    assert_eq!(found(&stage), [("a.txt", 1)]);
    stage.press("Ctrl-u");
    assert_eq!((found(&stage), search(&stage).count), (vec![], 0));
}

#[test]
fn filters_of_all_kinds_narrow_it() {
    for (typed, expected) in [
        ("ferry date:2026-03", &[("b.txt", 1)][..]),
        ("ferry byline:ines", &[("a.txt", 3)]),
        ("ferry speaker:quill", &[("a.txt", 1)]),
        ("ferry is:unread", &[("a.txt", 3)]),
        ("ferry tag:x", &[]),
        ("byline:hargrave", &[("b.txt", 1)]),
    ] {
        assert_eq!(found(&searching(typed)), expected, "{typed}");
    }
}

#[test]
fn what_a_person_decided_counts() {
    let mut stage = Stage::with(LIBRARY, 120, 32);
    stage.press("g/").type_text("ferry speaker:marlow");
    assert_eq!(found(&stage), []);
    // Of the two with a date, the newer one is first in the list.
    stage.press("Esc ]a Tab e").type_text("Ines Marlow\n");
    stage.press("g/ Ctrl-u").type_text("ferry speaker:marlow");
    assert_eq!(found(&stage), [("a.txt", 1)]);
    stage.press("Esc cb Ctrl-u").type_text("Orla\n");
    stage.press("g/ Ctrl-u").type_text("ferry byline:orla");
    assert_eq!(found(&stage), [("a.txt", 3)]);
}

#[test]
fn whole_words_and_expressions_are_toggled() {
    let mut stage = searching("no");
    assert_eq!(found(&stage), [("b.txt", 2), ("c.txt", 2)]);
    stage.press("Alt-w");
    assert_eq!(found(&stage), [("b.txt", 2)]);
    stage.press("Alt-w Alt-r Ctrl-u").type_text("^(no|of)");
    assert_eq!(found(&stage), [("b.txt", 1), ("c.txt", 2)]);
}

#[test]
fn what_is_wrong_is_said_and_what_was_found_stays() {
    let mut stage = searching("ferry");
    stage.type_text(" date:2026-");
    assert_eq!(found(&stage).len(), 2);
    assert!(stage.letters().contains("date:2026-: write a year, a month or a day"));
    stage.type_text("03");
    assert_eq!(search(&stage).problem, None);
    assert_eq!(found(&stage), [("b.txt", 1)]);
    stage.press("Ctrl-u Alt-r").type_text("a(b");
    assert!(stage.letters().contains("the expression a(b: unclosed group"));
}

#[test]
fn enter_opens_the_hit_and_shows_all_matches_as_a_search_in_it_does() {
    let mut stage = searching("ferry");
    stage.press("Down Down Enter");
    assert!(!is_open(&stage));
    assert_eq!(here(&stage, 5), ("a.txt", "ferry"));
    assert_eq!(stage.model.reading.as_ref().unwrap().found.matches.len(), 3);
    stage.press("n");
    assert!(status(&mut stage).contains("“ferry” 3 of 3"), "{}", status(&mut stage));
    stage.press("Ctrl-o Ctrl-o");
    assert_eq!(
        stage.model.reading.as_ref().unwrap().article.name,
        "b.txt",
        "back to where it began"
    );
}

#[test]
fn hits_are_stepped_through_across_articles() {
    let mut stage = searching("ferry");
    stage.press("Enter");
    assert_eq!(here(&stage, 5), ("b.txt", "ferry"));
    stage.press("]/");
    assert_eq!(here(&stage, 5), ("a.txt", "Ferry"));
    assert!(status(&mut stage).contains("hit 2 of 4"));
    stage.press("2 ]/");
    assert_eq!(here(&stage, 5), ("a.txt", "ferry"));
    stage.press("]/");
    assert!(status(&mut stage).contains("no further hit that way"));
    stage.press("9 [/");
    assert_eq!(here(&stage, 5), ("b.txt", "ferry"));
    stage.press("g/");
    assert_eq!(
        (search(&stage).selected, search(&stage).field.text()),
        (0, "ferry"),
        "as it was left"
    );
    stage.press("Tab Enter");
    assert_eq!(here(&stage, 5), ("a.txt", "Ferry"));
}

#[test]
fn with_nothing_found_the_keys_say_why_they_do_nothing() {
    let mut stage = Stage::with(LIBRARY, 80, 24);
    stage.press("]/");
    assert!(status(&mut stage).contains("no hits to step through; g/ searches the library"));
    stage.press("g/").type_text("zeppelin");
    assert!(stage.letters().contains("Nothing is found."));
    stage.press("Enter");
    assert!(is_open(&stage));
}

#[test]
fn the_newest_query_wins_and_late_findings_are_dropped() {
    let mut stage = Stage::with(LIBRARY, 80, 24);
    stage.world.held = true;
    stage.press("g/").type_text("bread");
    assert!(search(&stage).is_running());
    stage.press("Ctrl-u").type_text("note");
    stage.let_go();
    assert_eq!(found(&stage), [("c.txt", 1)], "what was typed before is stale");
    assert!(!search(&stage).is_running());
}

#[test]
fn a_search_that_takes_long_tells_how_far_it_has_come_and_can_be_cancelled() {
    let mut stage = Stage::with(LIBRARY, 80, 24);
    stage.world.held = true;
    stage.press("g/").type_text("ferry");
    assert!(!stage.letters().contains("searched"));
    assert!(stage.model.deadline().is_some());
    stage.wait(1);
    assert!(stage.letters().contains("0 of 3 searched"));
    let before = stage.world.cancelled;
    stage.press("Ctrl-c");
    assert!(is_open(&stage) && stage.world.cancelled > before);
    assert!(stage.letters().contains("cancelled: 0 of 3 searched"));
    stage.let_go();
    assert_eq!(found(&stage), [], "nobody waits for it any more");
    stage.press("Ctrl-c");
    assert!(!is_open(&stage));
}

#[test]
fn leaving_gives_up_what_is_running() {
    let mut stage = Stage::with(LIBRARY, 80, 24);
    stage.world.held = true;
    stage.press("g/").type_text("ferry");
    stage.press("Esc");
    assert!(!is_open(&stage) && !search(&stage).is_running());
    assert!(stage.model.deadline().is_none_or(|at| at > "2026-03-05T09:12:45Z".parse().unwrap()));
}

#[test]
fn pasted_text_is_searched_for_too() {
    let mut stage = Stage::with(LIBRARY, 80, 24);
    stage.press("g/").paste("no\nferry");
    assert_eq!(found(&stage), [("b.txt", 1)]);
}

#[test]
fn the_search_over_the_library_is_seen() {
    let shown = |columns, rows, typed: &str| {
        let mut stage = Stage::new(columns, rows);
        stage.press("g/").type_text(typed);
        stage
    };
    assert_snapshot!("search-empty-80x24", shown(80, 24, "").screen());
    assert_snapshot!("search-80x24", shown(80, 24, "breakwater").press("Down Down").screen());
    assert_snapshot!("search-120x32", shown(120, 32, "harbour").press("Alt-w Tab").screen());
    assert_snapshot!("search-problem-80x24", shown(80, 24, "ferry color:pink").letters());
    assert_snapshot!(
        "search-opened-80x24",
        shown(80, 24, "breakwater").press("Enter").wait(10).screen()
    );
    assert!(shown(40, 12, "ferry").letters().contains("Search the library"));
}
