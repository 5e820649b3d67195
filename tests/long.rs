//! Long texts: read in windows, they are to a person what they would be as a whole.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that breaks has found something"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use pullquote::io::long::Sizes;
use pullquote::note::Status;
use tempfile::TempDir;

mod stage;

use stage::Stage;

/// The size of the screen, in cells.
const SCREEN: (u16, u16) = (60, 14);

/// Windows of some pieces.
const SMALL: Sizes = Sizes { piece: 2048, window: 20 * 1024, blocks: 1_000_000 };
/// One window with all of it, made of the same pieces.
const WHOLE: Sizes = Sizes { window: usize::MAX, ..SMALL };

fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// Invented news: paragraphs of many lengths, each with its number.
fn news(paragraphs: usize) -> String {
    let sentences = [
        "The ferry sailed again on Monday.",
        "“Nobody went hungry,” said Ines Marlow, the harbour master, “and the café stayed open.”",
        "Forty islanders had waited for four nights.",
        "By noon the queue reached the old customs house, and the baker had sold out twice.",
    ];
    let mut text = String::from("Ferry link restored\n\n");
    for number in 0..paragraphs {
        let some = (0..=number * 7 % 5).map(|at| sentences[(number + at) % sentences.len()]);
        let words: Vec<&str> = some.collect();
        writeln!(text, "Number {number}: {}", words.join(" ")).unwrap();
        text.push_str(if number % 3 == 0 { "\n" } else { "" });
    }
    text
}

/// A text in one line, each word of which has its number.
fn one_line(words: usize) -> String {
    let words: Vec<String> = (0..words).map(|number| format!("word{number}")).collect();
    words.join(" ")
}

/// A key script with its counts in digits that are pressed one by one: `20G` is `2 0 G`.
fn script(keys: &str) -> String {
    let counted = |word: &str| {
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (count, key) = word.split_at(if digits == word.len() { 0 } else { digits });
        let count: String = count.chars().flat_map(|digit| [digit, ' ']).collect();
        format!("{count}{key} ")
    };
    keys.split(' ').map(counted).collect()
}

/// The screen without its last row.
fn rows(stage: &mut Stage) -> String {
    let shown = stage.letters();
    let last = shown.trim_end().rfind('\n').unwrap();
    shown[..last].to_owned()
}

/// Presses keys in a reader with small windows and in one that has all of the text in one, and sees that
/// both show the same after each.
#[track_caller]
fn same_on_both(bytes: &[u8], keys: &[&str]) {
    let (_folder, path) = file(bytes);
    let (columns, rows) = SCREEN;
    let mut small = Stage::long(&path, SMALL, columns, rows);
    let mut whole = Stage::long(&path, WHOLE, columns, rows);
    assert_eq!(small.letters(), whole.letters(), "at the start");
    for (at, key) in keys.iter().enumerate() {
        small.press(&script(key));
        whole.press(&script(key));
        let (left, right) = (small.letters(), whole.letters());
        assert!(left == right, "after {:?}:\n{left}\n{right}", &keys[..=at]);
        assert_eq!(small.cursor(), whole.cursor(), "after {:?}", &keys[..=at]);
    }
}

#[test]
fn every_way_through_a_text_is_the_same() {
    let text = news(420);
    let scripts = [
        "z G g g G Ctrl-u Ctrl-u k k k g g j",
        "z 300j 300j 300k 5} 50} 300} 200{ w 400w 900b 30)",
        "z Space Space 20Space 20PageUp Space 200Space Space PageUp 300PageUp PageUp",
        "z m a G ' a Ctrl-o Alt-Left Alt-Right G m b g g ' b ' a",
        "z 30G v G o o Esc 50G 70G 1g g 100G",
        "z 10j v 50j 60} y Esc g g",
        "z 120j * n n 40n 3N N N g g N n",
        "z G * n N 30N",
    ];
    for script in scripts {
        let keys: Vec<&str> = script.split(' ').collect();
        same_on_both(text.as_bytes(), &keys);
    }
}

#[test]
fn a_share_that_lies_where_the_window_ends_is_the_same() {
    // So many paragraphs that it does, between two of them, or a few rows before.
    same_on_both(news(233).as_bytes(), &["40G"]);
    same_on_both(news(104).as_bytes(), &["90G"]);
}

#[test]
fn a_line_without_end_is_the_same_too() {
    let text = one_line(9_000);
    for script in
        ["z G g g 300j 200k 50w 30Space G Ctrl-u", "z 40j * n g g G * N", "z $ j $ 900l 0 300h"]
    {
        let keys: Vec<&str> = script.split(' ').collect();
        same_on_both(text.as_bytes(), &keys);
    }
}

#[test]
fn a_search_finds_what_is_far_away() {
    let (_folder, path) = file(news(420).as_bytes());
    let mut stage = Stage::long(&path, SMALL, 60, 14);
    stage.press("z /").type_text("Number 410:");
    assert!(stage.letters().contains("Number 410:"), "{}", stage.letters());
    assert!(stage.letters().contains("1 of 1"), "{}", stage.letters());
    stage.press("Enter").press("g g /").type_text("nowhere at all\n");
    let shown = stage.letters();
    assert!(shown.contains("no “nowhere at all”") && shown.contains("Number 0:"), "{shown}");
}

#[test]
fn other_encodings_have_windows_too() {
    let text = news(250).replace("Number", "Номер");
    let wide: Vec<u8> =
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode(&text);
    let lines = text.replace('\n', "\r\n");
    let returns = text.replace('\n', "\r");
    for bytes in [wide.as_slice(), &cyrillic, lines.as_bytes(), returns.as_bytes()] {
        let keys: Vec<&str> = "z G g g 200j * n N 100} 20Space G Ctrl-u".split(' ').collect();
        same_on_both(bytes, &keys);
    }
}

#[test]
fn hostile_texts_have_windows() {
    let blank = format!("First.{}Last.", "\n".repeat(50_000));
    let spaces = format!("First.{}Last.", " ".repeat(50_000));
    let marks = format!("a{} b", "\u{301}".repeat(25_000));
    let bare = "\u{301}".repeat(25_000);
    let flags = "🇩🇪".repeat(6_000);
    let ends = "\u{2028}".repeat(15_000);
    let rows = "a\n".repeat(15_000);
    let damaged: Vec<u8> = b"abc \xFF\xC3 def\n".repeat(3_000);
    let texts = [&blank, &spaces, &marks, &bare, &flags, &ends, &rows].map(String::as_bytes);
    for bytes in texts.into_iter().chain([damaged.as_slice()]) {
        let (_folder, path) = file(bytes);
        let sizes = Sizes { blocks: 700, ..SMALL };
        let mut stage = Stage::long(&path, sizes, 60, 14);
        let before = stage.letters();
        for key in
            "z G k Ctrl-u g g j j 200j 50Space 9999j G 9999k g g } } { ) ( w b e $ v G y".split(' ')
        {
            stage.press(&script(key));
            stage.letters();
        }
        stage.press("Esc g g z");
        assert_eq!(stage.press("g g").letters().lines().nth(2), before.lines().nth(2));
    }
}

#[test]
fn a_person_comes_back_to_where_the_text_was_left() {
    let (_folder, path) = file(news(420).as_bytes());
    let mut stage = Stage::long(&path, SMALL, 60, 14);
    stage.press(&script("z 70G 7j m x 20G 90G k"));
    let shown = rows(&mut stage);
    stage.press("Q");
    let places = stage.world.places.take().unwrap();
    let mut again = Stage::long_again(&path, SMALL, places, SCREEN);
    assert_eq!(rows(again.press("z")), shown);
    again.press("' x");
    assert_eq!(rows(&mut again), rows(stage.press("' x")));
}

#[test]
fn words_are_annotated_where_they_stand_in_the_whole_text() {
    let text = news(420);
    let (_folder, path) = file(text.as_bytes());
    let mut stage = Stage::long(&path, SMALL, 60, 14);
    stage.press("z /").type_text("Number 330: \n").press("w w v i w H y");
    assert!(stage.world.saved.is_empty() && stage.letters().contains("still being read: 0 %"));
    stage.survey().press("H y");
    let saved = stage.world.saved.last().unwrap().clone();
    let target = saved.target.unwrap();
    let words: String = text.chars().skip(target.start).take(target.end - target.start).collect();
    assert_eq!(words, target.exact);
    let before = text.find("Number 330:").unwrap();
    assert!(text.chars().take(target.start).map(char::len_utf8).sum::<usize>() > before);
    assert_eq!(target.text_sha256, Some(pullquote::note::sha256(&text)));
    assert!(stage.world.texts.is_empty(), "no base text is kept of it");
    // It is found again from afar.
    let there = stage.letters();
    stage.press("g g");
    assert_ne!(stage.letters(), there);
    stage.press("] h");
    assert!(stage.letters().contains("Number 330:"));
    stage.press("[ h");
    assert!(stage.letters().contains("no further highlight"));
}

#[test]
fn annotations_of_another_text_stand_on_their_own_words_or_on_none() {
    let text = news(420);
    let (_folder, path) = file(text.as_bytes());
    let mut stage = Stage::long(&path, SMALL, 60, 14);
    stage.survey().press("z /").type_text("Number 330: \n").press("w w v i w H y");
    let saved = stage.world.saved.clone();
    let changed = format!("One line more.\n{text}");
    let (_folder, path) = file(changed.as_bytes());
    let mut other = Stage::long(&path, SMALL, 60, 14);
    other.store("long.txt", saved.clone());
    other.survey().press("z ] h");
    assert!(other.letters().contains("Number 330:"), "{}", other.letters());
    let placed = other.model.reading.as_ref().unwrap().placed.clone();
    let words = placed[0].span.of(other.model.reading.as_ref().unwrap().text()).to_owned();
    assert_eq!(words, saved[0].target.as_ref().unwrap().exact);
    assert_eq!(placed[0].status, Status::Moved);
    // The same words twice amid the same context, or not at all: on no words.
    for changed in [format!("{text}{text}"), text.replace("Number 330", "Number 33O")] {
        let (_folder, path) = file(changed.as_bytes());
        let mut other = Stage::long(&path, SMALL, 60, 14);
        other.store("long.txt", saved.clone());
        other.survey().press("z ] h");
        assert!(other.letters().contains("no further highlight"), "{}", other.letters());
        assert!(other.model.reading.as_ref().unwrap().placed.is_empty());
    }
}

#[test]
fn a_text_that_is_no_text_after_all_is_not_annotated() {
    let mut bytes = news(900).into_bytes();
    bytes.extend(b"\0\0");
    let (_folder, path) = file(&bytes);
    let mut stage = Stage::long(&path, SMALL, 60, 14);
    stage.survey().press("z w v i w H y");
    assert!(stage.world.saved.is_empty());
    assert!(stage.letters().contains("it cannot be annotated"), "{}", stage.letters());
}

#[test]
fn what_is_selected_beyond_the_window_is_not_annotated_in_part() {
    let (_folder, path) = file(news(420).as_bytes());
    let mut stage = Stage::long(&path, SMALL, 60, 14);
    stage.survey().press("z v G H y");
    assert!(stage.world.saved.is_empty());
    assert!(stage.letters().contains("at most"), "{}", stage.letters());
    stage.press("y");
    assert!(stage.world.copied.is_empty());
    assert!(stage.press("o").letters().contains("Ferry link restored"));
}

#[test]
fn who_speaks_is_told_of_the_window() {
    let (_folder, path) = file(news(420).as_bytes());
    let mut stage = Stage::long(&path, SMALL, 100, 30);
    stage.judge_windows().press("5 0 G ] q");
    let reading = stage.model.reading.as_ref().unwrap();
    assert!(reading.text()[reading.cursor.get()..].starts_with("Nobody went hungry"));
    assert!(stage.letters().contains("Ines Marlow"));
}

#[test]
fn a_file_that_changes_leaves_on_the_screen_what_is_there() {
    let text = news(420);
    let (_folder, path) = file(text.as_bytes());
    let mut stage = Stage::long(&path, SMALL, 60, 14);
    stage.press("z 1 0 j");
    fs::write(&path, &text[..9_000]).unwrap();
    stage.press("G j k");
    let shown = stage.letters();
    assert!(shown.contains("was changed on the disk"), "{shown}");
    assert!(shown.contains("Number 2: Forty islanders"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 16, ..ProptestConfig::default() })]
    #[test]
    fn any_keys_do_the_same_in_windows(
        paragraphs in 60_usize..300,
        keys in prop::collection::vec(prop::sample::select(vec![
            "j", "k", "9j", "70j", "200k", "Space", "PageUp", "8Space", "30PageUp", "Ctrl-d", "Ctrl-u",
            "G", "g g", "40G", "90G", "}", "{", "60}", "60{", "w", "b", "300w", "200b", ")", "(", "$", "0",
            "v", "o", "Esc", "m a", "' a", "Ctrl-o", "*", "n", "N", "5n", "z", "l", "f e", ";",
        ]), 1..25),
    ) {
        same_on_both(news(paragraphs).as_bytes(), &keys);
    }
}
