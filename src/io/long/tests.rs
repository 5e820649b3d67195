use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::channel;
use std::thread;

use encoding_rs::{SHIFT_JIS, UTF_8, WINDOWS_1252};
use proptest::prelude::*;
use tempfile::TempDir;

use super::search::Searching;
use super::server::{Current, Teller};
use super::*;
use crate::app::{Ask, Landmark, Looking, Outcome, Told, Words};
use crate::corpus::{ArticleId, decode};
use crate::io::answer::{Answer, Answers};
use crate::note::sha256;
use crate::search::Pattern;

const SMALL: Sizes = Sizes { piece: 256, window: 1024, blocks: 1_000 };

fn volume(bytes: &[u8], encoding: Option<&'static Encoding>) -> (TempDir, PathBuf, Arc<Volume>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, bytes).unwrap();
    let volume = Volume::open(&path, ("a.txt", "here/a.txt"), encoding, SMALL).unwrap();
    (folder, path, Arc::new(volume))
}

fn surveyed(volume: &Volume) -> Found {
    survey(volume, true, Progress::new(|_| true)).unwrap()
}

/// Where a byte of the text is, given that the file holds nothing but that in UTF-8.
fn byte_of(volume: &Volume, at: Landmark) -> usize {
    let piece = volume.piece_at(at.file_byte()).unwrap();
    let start = volume.start_of(piece).unwrap();
    usize::try_from(start + (at.0 - Landmark::of_file(start).0)).unwrap()
}

#[test]
fn a_survey_knows_the_text_as_decoding_does() {
    let news = "Die Fähre fährt wieder.\r\nDer Hafenmeister ging nach Hause.\n\n".repeat(60);
    let wide: Vec<u8> =
        [0xFEFF].into_iter().chain(news.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let legacy = WINDOWS_1252.encode(&news).0;
    for bytes in [news.as_bytes(), &wide, &legacy] {
        let (_folder, _, volume) = volume(bytes, None);
        let whole = decode(bytes, None).unwrap();
        assert_eq!(volume.encoding.name(), whole.encoding);
        let Found::Survey(survey) = surveyed(&volume) else { panic!("it is a text") };
        assert_eq!(survey.text_sha256, sha256(&whole.text));
        assert_eq!(survey.scalars.last(), Some(&(whole.text.chars().count() as u64)));
        assert_eq!(survey.scalars.len() as u64, volume.count() + 1);
    }
}

#[test]
fn an_encoding_that_shows_late_is_found() {
    let mut bytes = "Plain words, line after line.\n".repeat(5_000).into_bytes();
    let japanese = "船が出た。港長は家に帰った。\n".repeat(40);
    bytes.extend(SHIFT_JIS.encode(&japanese).0.iter());
    let (_folder, _, volume) = volume(&bytes, None);
    assert_eq!(volume.encoding, UTF_8);
    assert_eq!(surveyed(&volume), Found::Encoding(SHIFT_JIS));
    let other = volume.decoded_from(SHIFT_JIS).unwrap();
    let Found::Survey(survey) = survey(&other, false, Progress::new(|_| true)).unwrap() else {
        panic!("it is a text");
    };
    assert_eq!(survey.text_sha256, sha256(&decode(&bytes, None).unwrap().text));
}

#[test]
fn an_encoding_that_was_named_is_kept() {
    let bytes = "caf\u{e9}\n".repeat(500).into_bytes();
    let (_folder, _, volume) = volume(&bytes, Some(WINDOWS_1252));
    let Found::Survey(survey) = surveyed(&volume) else { panic!("it is a text") };
    let whole = decode(&bytes, Some(WINDOWS_1252)).unwrap();
    assert_eq!(survey.text_sha256, sha256(&whole.text));
}

#[test]
fn what_is_binary_or_blank_is_no_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, vec![0; 100_000]).unwrap();
    let refused = Volume::open(&path, ("a.txt", "a.txt"), None, SMALL).unwrap_err();
    assert!(refused.what.contains("binary"), "{}", refused.what);
    let (_folder, _, late) = volume(&[vec![b'a'; 100_000], vec![0]].concat(), None);
    assert!(matches!(surveyed(&late), Found::Unfit(_)));
    let (_folder, _, blank) = volume(&[b' '; 9_000], None);
    assert!(matches!(surveyed(&blank), Found::Unfit(_)));
}

#[test]
fn a_survey_that_nobody_hears_ends() {
    let (_folder, _, volume) = volume(&b"words and words\n".repeat(9_000), None);
    let silent = Progress::since(|_| false, std::time::Duration::ZERO);
    assert_eq!(survey(&volume, true, silent).unwrap(), Found::Unheard);
}

#[test]
fn a_file_that_is_another_by_now_is_not_read_on() {
    let (_folder, path, volume) = volume(&b"words and words\n".repeat(900), None);
    let mut windows = Windows::over(Arc::clone(&volume));
    assert!(windows.around(Around::End).is_ok());
    fs::write(&path, "short").unwrap();
    assert!(windows.around(Around::Start).is_err());
    assert!(survey(&volume, true, Progress::new(|_| true)).is_err());
    // Whoever reads all the same reads less, and nothing falls.
    assert!(volume.piece(0).is_ok() && volume.piece(volume.count() - 1).is_ok());
}

#[test]
fn what_is_typed_next_ends_the_search_before() {
    let (_folder, _, volume) = volume(&b"words and more of them\n".repeat(90_000), None);
    let (sender, heard) = channel();
    let answers = Answers::new(move |answer| sender.send(answer).is_ok());
    let (article, newest) = (ArticleId(0), Arc::new(AtomicU64::new(1)));
    let teller = Teller { article, generation: 1, answers, newest };
    let searching = Searching::new(teller, Current::new(volume));
    let (ask, asks) = channel();
    for (serial, typed) in (1..).zip(["more", "zebra", "more", "zebra", "more"]) {
        let words = Words { typed: typed.to_owned(), looking: Looking::Typed };
        let (from, forward, nth) = (Landmark(0), true, 1);
        ask.send(Ask::Find { serial, words, from, forward, nth }).unwrap();
    }
    let run = thread::spawn(move || searching.run(&asks));
    let (mut matches, mut counted, mut ended) = (Vec::new(), 0, false);
    while !ended {
        let Answer::Outcome(Outcome::Long { told, .. }) = heard.recv().unwrap() else { panic!() };
        match *told {
            Told::Match { serial, at, .. } => matches.push((serial, at.is_some())),
            Told::Counted { serial: 5, counts, ended: last } => {
                counted += counts.1.iter().sum::<u32>();
                ended = last;
            }
            other => panic!("{other:?}"),
        }
    }
    drop(ask);
    run.join().unwrap();
    // What stands at the cursor is found before anything is given up.
    assert_eq!(matches, [(1, true), (3, true), (5, true)]);
    assert_eq!(counted, 90_000);
}

proptest! {
    #[test]
    fn matches_are_found_as_in_the_whole(
        text in "([ab]{1,7}( |\n|é| “)){1,400}",
        word in "[ab]{1,3}",
        from: prop::sample::Index,
        forward: bool,
        nth in 1_usize..9,
    ) {
        let (_folder, _, volume) = volume(text.as_bytes(), None);
        let pattern = Pattern::new(&word).unwrap();
        let all: Vec<usize> = pattern.matches(&text).map(|found| found.start.get()).collect();
        let seeker = Seeker::new(Arc::clone(&volume), pattern.clone());
        let counted: u32 = seeker.counts(0, seeker.count()).unwrap().iter().sum();
        prop_assert_eq!(counted as usize, all.len());
        // From the start of a piece, which is a place like any other.
        let piece = from.index(usize::try_from(volume.count()).unwrap());
        let byte = volume.start_of(piece as u64).unwrap();
        let found = seeker.nth((Landmark::of_file(byte), forward), nth, || false).unwrap();
        let byte = usize::try_from(byte).unwrap();
        let (ahead, behind): (Vec<usize>, Vec<usize>) =
            all.iter().partition(|&&at| (at >= byte) == forward);
        let mut order = [ahead, behind];
        if !forward {
            for part in &mut order {
                part.reverse();
            }
        }
        let order = order.concat();
        let expected = (!order.is_empty()).then(|| order[(nth - 1) % order.len()]);
        prop_assert!(found != Sight::GivenUp);
        prop_assert_eq!(found.place().0.map(|at| byte_of(&volume, at)), expected);
    }

    #[test]
    fn windows_hold_what_the_text_has_there(
        text in "([a-c é]{0,60}\n{1,2}){20,120}",
        around: prop::sample::Index,
    ) {
        let (_folder, _, volume) = volume(text.as_bytes(), None);
        let number = around.index(usize::try_from(volume.count()).unwrap()) as u64;
        let mut windows = Windows::over(Arc::clone(&volume));
        let (article, window) = windows.around(Around::Piece(number)).unwrap();
        prop_assert!(window.pieces().iter().any(|piece| piece.number == number));
        for (at, _) in article.text.char_indices() {
            let mark = window.landmark(crate::text::Offset(at));
            let byte = byte_of(&volume, mark);
            let letter = article.text[at..].chars().next().filter(|c| !c.is_whitespace());
            prop_assert!(letter.is_none_or(|letter| text[byte..].starts_with(letter)));
        }
    }
}
