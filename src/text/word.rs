//! Motions over words.
//!
//! A word is what UAX #29 takes for one (letters and digits, with the apostrophes and decimal points
//! inside), or, as in vim, a run of other signs. White space only parts them. A word longer than a
//! few hundred bytes is met in pieces, so that no motion reads a whole text that has no space.

use super::grapheme::floor_char;
use super::{Offset, Span, floor_grapheme, next_grapheme, prev_grapheme};
use unicode_segmentation::UnicodeSegmentation;

/// How far a word may reach to each side, in bytes.
const REACH: usize = 512;

/// Where the next word after the one at `at` begins; the end of the text where there is none.
#[must_use]
pub fn next_word_start(text: &str, at: Offset) -> Offset {
    let at = floor_grapheme(text, at);
    skip_blanks(text, token(text, at).map_or(at, |token| token.end))
}

/// Where the last word begins that begins before `at`; the start of the text where none does.
#[must_use]
pub fn prev_word_start(text: &str, at: Offset) -> Offset {
    let end = skip_blanks_back(text, floor_grapheme(text, at));
    token(text, prev_grapheme(text, end)).map_or(Offset::ZERO, |token| token.start)
}

/// Where the last grapheme begins of the first word that ends after the grapheme at `at`; the end of
/// the text where none does.
#[must_use]
pub fn next_word_end(text: &str, at: Offset) -> Offset {
    let start = skip_blanks(text, next_grapheme(text, at));
    token(text, start).map_or(start, |token| prev_grapheme(text, token.end))
}

/// The word at `at`, or, between words, the white space there; empty at the end of the text.
#[must_use]
pub fn word_at(text: &str, at: Offset) -> Span {
    let at = floor_grapheme(text, at);
    token(text, at)
        .unwrap_or_else(|| Span::between(skip_blanks_back(text, at), skip_blanks(text, at)))
}

/// The grapheme at `at`.
fn grapheme(text: &str, at: Offset) -> Span {
    Span::between(at, next_grapheme(text, at))
}

/// Whether a grapheme is white space, with whatever marks on it.
fn is_blank(text: &str, grapheme: Span) -> bool {
    grapheme.of(text).contains(char::is_whitespace)
}

/// The first grapheme boundary at or after `at`, itself one, that white space does not follow.
fn skip_blanks(text: &str, at: Offset) -> Offset {
    let mut at = at;
    loop {
        let rest = text.get(at.get()..).unwrap_or_default();
        at = at + (rest.len() - rest.trim_start().len());
        // Marks on the last space, or something before it that it is one with.
        if floor_grapheme(text, at) == at && !is_blank(text, grapheme(text, at)) {
            return at;
        }
        at = next_grapheme(text, at);
    }
}

/// The last grapheme boundary at or before `at`, itself one, that no white space precedes.
fn skip_blanks_back(text: &str, at: Offset) -> Offset {
    let mut at = at;
    loop {
        at = Offset(text.get(..at.get()).unwrap_or_default().trim_end().len());
        let before = prev_grapheme(text, at);
        if floor_grapheme(text, at) == at && !is_blank(text, Span::between(before, at)) {
            return at;
        }
        at = before;
    }
}

/// The word that holds the grapheme at `at`; none in white space and at the end.
fn token(text: &str, at: Offset) -> Option<Span> {
    let grapheme = grapheme(text, at);
    if grapheme.is_empty() || is_blank(text, grapheme) {
        return None;
    }
    let chunk = chunk(text, grapheme);
    let mut found: Option<(Span, bool)> = None;
    for (inside, segment) in chunk.of(text).split_word_bound_indices() {
        let start = chunk.start + inside;
        let word = segment.contains(|c: char| c.is_alphanumeric() || c == '_');
        let joins = found.is_some_and(|(_, before)| !word && !before)
            || floor_grapheme(text, start) != start;
        found = match found {
            Some((token, kind)) if joins => {
                Some((Span { end: start + segment.len(), ..token }, kind || word))
            }
            Some((token, _)) if at < token.end => break,
            _ => Some((Span::new(start.get(), start.get() + segment.len()), word)),
        };
    }
    found.map(|(token, _)| token)
}

/// What stands around a grapheme without white space, as far as a motion looks.
fn chunk(text: &str, grapheme: Span) -> Span {
    let first = floor_char(text, grapheme.start.get().saturating_sub(REACH));
    let last = floor_char(text, grapheme.end.get().saturating_add(REACH));
    let before = Span::new(first, grapheme.start.get()).of(text);
    let after = Span::new(grapheme.end.get(), last).of(text);
    let skipped = before.char_indices().rev().find(|(_, c)| c.is_whitespace());
    let start = Offset(skipped.map_or(first, |(at, c)| first + at + c.len_utf8()));
    let start =
        if floor_grapheme(text, start) == start { start } else { next_grapheme(text, start) };
    let end = grapheme.end + after.find(char::is_whitespace).unwrap_or(after.len());
    Span::between(start, floor_grapheme(text, end))
}

#[cfg(test)]
mod tests {
    use super::super::hostile;
    use super::*;
    use proptest::prelude::*;

    /// Every stop of a motion from `from` until it stays.
    fn stops(text: &str, from: usize, step: fn(&str, Offset) -> Offset) -> Vec<usize> {
        let mut at = Offset(from);
        let mut stops = Vec::new();
        while step(text, at) != at {
            at = step(text, at);
            stops.push(at.get());
        }
        stops
    }

    #[test]
    fn words_and_runs_of_signs_are_stops() {
        let text = "He didn’t pay £3.50 --well-known-- “now.”  Ok";
        let starts: Vec<_> = text
            .char_indices()
            .map(|(at, _)| at)
            .filter(|&at| {
                word_at(text, Offset(at)).start.get() == at && !text[at..].starts_with(' ')
            })
            .collect();
        let words: Vec<_> = starts.iter().map(|&at| word_at(text, Offset(at)).of(text)).collect();
        let expected = [
            "He", "didn’t", "pay", "£", "3.50", "--", "well", "-", "known", "--", "“", "now", ".”",
            "Ok",
        ];
        assert_eq!(words, expected);
        let forth = stops(text, 0, next_word_start);
        assert_eq!(forth[..forth.len() - 1], starts[1..]);
        assert_eq!(forth.last(), Some(&text.len()));
        let mut back = stops(text, text.len(), prev_word_start);
        back.reverse();
        assert_eq!(back, starts);
    }

    #[test]
    fn ends_are_last_graphemes() {
        assert_eq!(stops("ab cde\u{301}. f", 0, next_word_end), [1, 5, 8, 10, 11]);
    }

    #[test]
    fn white_space_is_an_object_too() {
        assert_eq!(word_at("a \n\tb", Offset(2)), Span::new(1, 4));
        assert_eq!(word_at("ab", Offset(9)), Span::new(2, 2));
    }

    #[test]
    fn a_text_without_a_space_is_crossed_in_steps() {
        let text = "x".repeat(100_000);
        assert!(word_at(&text, Offset(50_000)).len() <= 2 * REACH + 1);
        assert!(stops(&text, 0, next_word_start).len() > 10);
        assert_eq!(stops(&text, text.len(), prev_word_start).last(), Some(&0));
        assert_eq!(next_word_start(&" ".repeat(1_000_000), Offset::ZERO), Offset(1_000_000));
    }

    proptest! {
        #[test]
        fn motions_move_and_land_on_graphemes(text in hostile::text()) {
            let end = Offset(text.len());
            let mut at = Offset::ZERO;
            while at < end {
                let start = next_word_start(&text, at);
                let last = next_word_end(&text, at);
                let back = prev_word_start(&text, start);
                prop_assert!(start > at && last > at && back < start);
                for stop in [start, last, back] {
                    prop_assert_eq!(floor_grapheme(&text, stop), stop);
                }
                let word = word_at(&text, at);
                prop_assert!(word.contains(at));
                prop_assert_eq!(word_at(&text, word.start), word);
                at = next_grapheme(&text, at);
            }
        }
    }
}
