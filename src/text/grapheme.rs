//! Steps over grapheme clusters: what a reader takes for one character (UAX #29).
//!
//! Each step looks at a few thousand bytes at most, whatever the length of the text. A cluster or a
//! run of flags longer than that, which only an attacker writes, is stepped through in pieces.

use super::Offset;
use unicode_segmentation::GraphemeCursor;

/// How far to look to each side, in bytes.
const WINDOW: usize = 4096;

/// The last `char` boundary at or before `byte`.
pub(super) fn floor_char(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The bytes around `at`, and where they begin.
fn window(text: &str, at: usize) -> (&str, usize) {
    let start = floor_char(text, at.saturating_sub(WINDOW));
    let end = floor_char(text, at.saturating_add(WINDOW));
    (text.get(start..end).unwrap_or_default(), start)
}

/// Where the grapheme after the one at `at` begins; the end of the text where there is none.
#[must_use]
pub fn next_grapheme(text: &str, at: Offset) -> Offset {
    let at = floor_char(text, at.get());
    let (window, start) = window(text, at);
    let mut cursor = GraphemeCursor::new(at - start, window.len(), true);
    let next = cursor.next_boundary(window, 0).ok().flatten();
    next.map_or(Offset(text.len()), |inside| Offset(start + inside))
}

/// Whether `at` lies between two graphemes, or at an end of the text.
#[must_use]
pub fn is_grapheme_boundary(text: &str, at: Offset) -> bool {
    at.get() == text.len() || floor_grapheme(text, at) == at
}

/// Where the last grapheme begins that begins before `at`; the start of the text where none does.
#[must_use]
pub fn prev_grapheme(text: &str, at: Offset) -> Offset {
    let floor = floor_grapheme(text, at);
    if floor < at && at.get() <= text.len() {
        return floor;
    }
    previous(text, floor.get())
}

/// The grapheme boundary at `at` or the last one before it; the end of the text where `at` lies
/// beyond. This is what an offset from outside goes through first.
#[must_use]
pub fn floor_grapheme(text: &str, at: Offset) -> Offset {
    let at = floor_char(text, at.get());
    if is_between_ascii(text, at) {
        return Offset(at);
    }
    let (window, start) = window(text, at);
    let mut cursor = GraphemeCursor::new(at - start, window.len(), true);
    match cursor.is_boundary(window, 0) {
        Ok(false) => previous(text, at),
        _ => Offset(at),
    }
}

/// Whether two characters of ASCII meet there that are no one grapheme: only CR and LF are.
fn is_between_ascii(text: &str, at: usize) -> bool {
    let byte = |at: usize| text.as_bytes().get(at);
    let before = at.checked_sub(1).and_then(byte);
    let both = before.zip(byte(at));
    both.is_some_and(|(a, b)| a.is_ascii() && b.is_ascii() && (*a != b'\r' || *b != b'\n'))
}

/// The last grapheme boundary before `at`, itself on a `char` boundary.
fn previous(text: &str, at: usize) -> Offset {
    let (window, start) = window(text, at);
    let mut cursor = GraphemeCursor::new(at - start, window.len(), true);
    let previous = cursor.prev_boundary(window, 0).ok().flatten();
    Offset(start + previous.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::super::hostile;
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn steps_go_over_whole_clusters() {
        for cluster in ["a", "é", "e\u{301}", "🇩🇪", "👩\u{200d}👩\u{200d}👧", "हि", "한", "\r\n"]
        {
            let text = format!("x{cluster}y");
            let end = Offset(1 + cluster.len());
            assert_eq!(next_grapheme(&text, Offset(1)), end, "{cluster:?}");
            assert_eq!(prev_grapheme(&text, end), Offset(1), "{cluster:?}");
            for inside in 1..end.get() {
                assert_eq!(floor_grapheme(&text, Offset(inside)), Offset(1), "{cluster:?}");
                assert_eq!(next_grapheme(&text, Offset(inside)), end, "{cluster:?}");
            }
        }
    }

    #[test]
    fn the_ends_hold() {
        assert_eq!(prev_grapheme("ab", Offset::ZERO), Offset::ZERO);
        assert_eq!(next_grapheme("ab", Offset(2)), Offset(2));
        assert_eq!(next_grapheme("ab", Offset(usize::MAX)), Offset(2));
        assert_eq!(floor_grapheme("ab", Offset(usize::MAX)), Offset(2));
        assert_eq!(prev_grapheme("ab", Offset(usize::MAX)), Offset(1));
        assert_eq!(next_grapheme("", Offset(1)), Offset::ZERO);
    }

    #[test]
    fn monstrous_clusters_are_left_behind() {
        for text in [format!("a{}b", "\u{301}".repeat(100_000)), "🇩".repeat(50_001)] {
            let mut at = Offset::ZERO;
            while at.get() < text.len() {
                let next = next_grapheme(&text, at);
                assert!(next > at && prev_grapheme(&text, next) < next);
                at = next;
            }
        }
    }

    proptest! {
        #[test]
        fn steps_are_graphemes(text in hostile::text()) {
            let mut at = Offset::ZERO;
            for (start, cluster) in text.grapheme_indices(true) {
                prop_assert_eq!(at.get(), start);
                let next = next_grapheme(&text, at);
                prop_assert_eq!(next.get(), start + cluster.len());
                prop_assert_eq!(prev_grapheme(&text, next), at);
                for inside in start..next.get() {
                    prop_assert_eq!(floor_grapheme(&text, Offset(inside)), at);
                    prop_assert_eq!(next_grapheme(&text, Offset(inside)), next);
                }
                at = next;
            }
        }
    }
}
