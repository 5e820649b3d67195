//! What the reader shows: key scripts on the embedded sample, and the screens that come of them.
//!
//! A snapshot is the screen's letters, then its looks (a sign a cell, with a legend) and the cursor.

mod stage;

use insta::assert_snapshot;
use proptest::prelude::*;
use pullquote::app::{Event, Pointer, PointerKind};
use pullquote::config::{Config, Theme};
use stage::Stage;

/// Highlights two quotations, tags the second and writes a note of two lines on it.
const ANNOTATED: &[&str] = &["]q ]q iq Hy", "]q iq Hg gt", "#frame/supply\n", "Esc a"];
const NOTE: &str = "Ask for the tally sheet.\nWho signed for it?";

/// A stage with two annotations, the note on the second still being written.
fn annotating(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    for step in ANNOTATED {
        match step.strip_prefix('#') {
            Some(text) => stage.type_text(text),
            None => stage.press(step),
        };
    }
    stage.type_text(NOTE);
    stage
}

/// A stage with two annotations, the second with a note, and no message left.
fn annotated(columns: u16, rows: u16) -> Stage {
    let mut stage = annotating(columns, rows);
    stage.press("Esc").wait(10);
    stage
}

#[test]
fn a_library_opens_on_its_first_article() {
    assert_snapshot!("opened-80x24", Stage::new(80, 24).screen());
    assert_snapshot!("opened-40x12", Stage::new(40, 12).screen());
    assert_snapshot!("opened-200x60", Stage::new(200, 60).screen());
}

#[test]
fn a_note_is_written_beside_its_words() {
    assert_snapshot!("writing-80x24", annotating(80, 24).screen());
    assert_snapshot!("writing-40x12", annotating(40, 12).screen());
    assert_snapshot!("writing-200x60", annotating(200, 60).screen());
}

#[test]
fn annotations_are_seen_in_the_margin_the_text_and_the_sidebar() {
    assert_snapshot!("annotated-80x24", annotated(80, 24).screen());
    assert_snapshot!("annotated-40x12", annotated(40, 12).screen());
    assert_snapshot!("annotated-200x60", annotated(200, 60).screen());
}

#[test]
fn the_list_is_called_up_beside_the_text_or_in_its_place() {
    assert_snapshot!("list-80x24", annotated(80, 24).press("S-Tab x").screen());
    assert_snapshot!("list-40x12", annotated(40, 12).press("S-Tab j").screen());
}

#[test]
fn the_sidebar_is_called_up_beside_the_text_or_in_its_place() {
    assert_snapshot!("sidebar-80x24", annotated(80, 24).press("Tab").screen());
    assert_snapshot!("sidebar-40x12", annotated(40, 12).press("Tab").screen());
    assert_snapshot!("sidebar-notes-80x24", annotated(80, 24).press("Tab t t").screen());
}

#[test]
fn what_is_selected_is_seen_and_counted() {
    assert_snapshot!("selecting-80x24", Stage::new(80, 24).press("]q is").screen());
}

#[test]
fn all_matches_of_a_search_are_seen() {
    assert_snapshot!("searching-80x24", Stage::new(80, 24).press("/").type_text("wall").screen());
}

#[test]
fn what_can_follow_a_key_stands_above_the_last_row() {
    let mut stage = Stage::new(80, 24);
    assert_snapshot!("continuations-80x24", stage.press("3 ]").screen());
    assert_snapshot!("colours-80x24", stage.press("Esc ]q iq H").screen());
    assert!(stage.resize(40, 12).letters().contains("H highlight in the last colour"));
}

#[test]
fn a_list_to_pick_from_narrows_as_one_types() {
    let mut stage = annotated(80, 24);
    assert_snapshot!("annotations-80x24", stage.press("ga").screen());
    stage.press("Esc Ctrl-p").type_text("ferry");
    assert_snapshot!("articles-80x24", stage.screen());
    assert_snapshot!("articles-120x32", stage.resize(120, 32).screen());
}

#[test]
fn an_item_of_a_list_is_taken_with_the_mouse() {
    let mut stage = Stage::new(80, 24);
    stage.press("Ctrl-p").type_text("ferry");
    let title = |stage: &mut Stage, row: usize| {
        let letters = stage.letters();
        let line = letters.lines().nth(row).unwrap_or_default().to_owned();
        line.trim_matches(['│', '▌', ' ']).to_owned()
    };
    let panel = stage.letters();
    let rule = panel.lines().position(|line| line.contains("│ ───")).unwrap();
    let second = rule + 3;
    let wanted = title(&mut stage, second);
    let at = u16::try_from(second).unwrap();
    stage.point(PointerKind::Press, 1, 1).point(PointerKind::WheelDown, 20, at);
    assert!(stage.letters().contains("┌ Articles"));
    stage.point(PointerKind::Press, 20, at + 1);
    assert!(!stage.letters().contains("┌ Articles"));
    let letters = stage.letters();
    assert!(!wanted.is_empty() && letters.contains(&wanted), "{wanted:?} in\n{letters}");
}

#[test]
fn tags_are_completed_from_those_in_use() {
    let mut stage = annotated(80, 24);
    stage.press("[h gt").type_text("fr");
    assert_snapshot!("tags-80x24", stage.screen());
}

#[test]
fn help_is_made_from_the_key_map_and_ends_where_it_ends() {
    let mut stage = Stage::new(120, 32);
    assert_snapshot!("help-120x32", stage.press("?").screen());
    let end = stage.press("G").letters();
    assert_eq!(stage.press("j j Space").letters(), end);
    assert_ne!(stage.press("k").letters(), end, "one row back at once");
}

#[test]
fn furniture_unfolds_and_a_further_article_has_a_head() {
    let mut stage = Stage::new(80, 24);
    assert_snapshot!("end-80x24", stage.press("G").screen());
}

#[test]
fn what_is_not_saved_is_said_until_it_is() {
    let mut stage = Stage::new(80, 24);
    stage.world.refusal = Some("no space left on the disk".to_owned());
    stage.press("]q iq Hy").wait(2);
    let last = |stage: &mut Stage| stage.letters().lines().last().unwrap().to_owned();
    assert!(last(&mut stage).starts_with(" NOT SAVED: no space left on the disk"));
    stage.press("Q");
    assert!(last(&mut stage).contains("quit and lose it?"), "{}", last(&mut stage));
    stage.press("n");
    stage.world.refusal = None;
    stage.wait(10).wait(10);
    assert!(last(&mut stage).starts_with(" saved  "), "{}", last(&mut stage));
    stage.world.slow = true;
    stage.press("Hg");
    assert!(last(&mut stage).starts_with(" saving…  "), "{}", last(&mut stage));
}

#[test]
fn empty_panes_say_what_to_do_next() {
    let mut stage = Stage::with(&[], 80, 24);
    assert_snapshot!("nothing-80x24", stage.wait(10).letters());
    let mut stage = Stage::new(80, 24);
    stage.press("S-Tab /").type_text("zeppelin\n");
    assert_snapshot!("no-match-80x24", stage.letters());
}

#[test]
fn what_could_not_be_read_is_told_at_the_lists_end() {
    let problems = ["/library/a.txt: is no text", "/library/b.txt: cannot be opened"];
    let articles = [("one.txt", "One\n\nA paragraph of words.\n")];
    let mut stage = Stage::opened(&articles, &problems, Config::default(), 80, 24);
    assert_snapshot!("problems-80x24", stage.press("S-Tab").wait(10).letters());
}

#[test]
fn a_terminal_that_is_too_small_says_so() {
    for (columns, rows) in [(39, 24), (80, 11), (10, 3), (1, 1)] {
        let letters = Stage::new(columns, rows).letters();
        let needed = "pullquote needs 40×12 cells";
        let shown = letters.trim();
        assert!(needed.starts_with(shown.trim_end_matches('…')), "{columns}×{rows}: {shown}");
    }
}

#[test]
fn nothing_in_an_article_reaches_the_terminal_as_a_control() {
    let hostile = "\u{1b}]0;owned\u{7} Title\n\nBy \u{9b}2J Nobody\n\n“\u{202e}desrever\u{202c} \u{1b}[31m” \
         \u{feff}said\ttab\r\u{0}. 漢字\u{200d}漢字\n";
    let mut stage = Stage::with(&[("a\u{1b}[2J.txt", hostile)], 60, 20);
    for script in ["", "S-Tab", "Tab", "Ctrl-p", "Esc ga", "Esc Tab ]q iq a"] {
        let letters = stage.press(script).letters();
        let control = letters.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "after {script:?}");
        assert!(!letters.contains(['\u{202e}', '\u{feff}']), "after {script:?}");
    }
}

/// Something that a person does.
fn deed() -> impl Strategy<Value = String> {
    let keys = "j k h l w b e { } ( ) gg G Space PgUp ]q [q ]h ]n iw is ip iq v V o Esc Hy Hg HH a A gt \
        dd y Y x u Ctrl-r Tab S-Tab z / n N * ? : Ctrl-p g/ ]/ [/ Alt-w Alt-r ga gn f Enter q s r X t T m ' + - = E ct Down Up \
        Backspace Left 3 ] g H ? i ] [ Ctrl-o Alt-Right";
    let keys: Vec<String> = keys.split_whitespace().map(str::to_owned).collect();
    proptest::sample::select(keys)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_model_is_drawn_on_every_terminal(
        size in (1_u16..200, 1_u16..70),
        deeds in prop::collection::vec(deed(), 0..30),
        other in (1_u16..500, 1_u16..200),
        click in (0_u16..200, 0_u16..70),
    ) {
        let mut stage = Stage::new(size.0, size.1);
        let theme = Theme::builtin("ink").unwrap();
        for deed in &deeds {
            stage.press(deed);
            stage.draw(&theme);
        }
        let pointer = Pointer { kind: PointerKind::Press, column: click.0, row: click.1 };
        stage.send(Event::Pointer(pointer));
        stage.draw(&theme);
        stage.resize(other.0, other.1);
        stage.draw(&theme);
        if let Some(cursor) = stage.cursor() {
            prop_assert!(cursor.x < other.0 && cursor.y < other.1);
        }
    }
}
