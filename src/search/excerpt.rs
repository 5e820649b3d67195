//! The line that a hit stands in, or as much of it as is wanted.

use crate::text::{Offset, Span, floor_grapheme, is_grapheme_boundary};

/// The line or lines of `hit`, without the white space around them; no more than `most` scalar values
/// around it, and no grapheme cut. Of a hit that is longer than that, the start.
///
/// Takes time linear in `most`, however long the line is.
#[must_use]
pub fn excerpt(text: &str, hit: Span, most: usize) -> Span {
    let own = hit.of(text).chars().take(most + 1).count();
    if own >= most {
        return Span::between(hit.start, reach(text, hit.start, most));
    }
    let spare = most - own;
    // Where all letters are of one byte, no more has to be looked at than is shown, and whether an accent
    // follows.
    let near = spare + 1;
    let (before, after) = (line_before(text, hit.start, near), line_after(text, hit.end, near));
    if before.is_ascii() && after.is_ascii() {
        let (left, right) = shared(before.len(), after.len(), spare);
        let start = Offset(hit.start.get() - left);
        return trimmed(text, Span { start, end: hit.end + right }, hit);
    }
    let widest = spare * WIDEST;
    let (before, after) = (line_before(text, hit.start, widest), line_after(text, hit.end, widest));
    let (left, right) = shared(before.chars().count(), after.chars().count(), spare);
    let start =
        before.char_indices().rev().take(left).last().map_or(0, |(at, _)| before.len() - at);
    let start = ceiling(text, Offset(hit.start.get() - start)).min(hit.start);
    let end = reach(text, hit.end, right).max(hit.end);
    trimmed(text, Span { start, end }, hit)
}

/// How much of what stands before and after is shown, of all that there is.
fn shared(before: usize, after: usize, spare: usize) -> (usize, usize) {
    let (left, right) = (before.min(spare), after.min(spare));
    // A side that needs less than a half leaves the rest to the other.
    let left = left.min((spare / 2).max(spare - right));
    (left, right.min(spare - left))
}

/// The most bytes that a scalar value takes up.
const WIDEST: usize = 4;

/// What stands before `at` on its line, within so many bytes: all letters that begin there.
fn line_before(text: &str, at: Offset, most: usize) -> &str {
    let far = at.get().saturating_sub(most);
    let from = (0..=far).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(at.get());
    let before = text.get(from..at.get()).unwrap_or_default();
    let line = memchr::memrchr(b'\n', before.as_bytes());
    line.and_then(|feed| before.get(feed + 1..)).unwrap_or(before)
}

/// What stands after `at` on its line, within so many bytes: all letters that begin there.
fn line_after(text: &str, at: Offset, most: usize) -> &str {
    let far = at.get().saturating_add(most).min(text.len());
    let to = (far..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(at.get());
    let after = text.get(at.get()..to).unwrap_or_default();
    let line = memchr::memchr(b'\n', after.as_bytes());
    line.and_then(|feed| after.get(..feed)).unwrap_or(after)
}

/// The grapheme boundary at most so many scalar values after `from`.
fn reach(text: &str, from: Offset, most: usize) -> Offset {
    let rest = text.get(from.get()..).unwrap_or_default();
    let at = rest.char_indices().nth(most).map_or(text.len(), |(at, _)| from.get() + at);
    floor_grapheme(text, Offset(at)).max(from)
}

/// The grapheme boundary at `at` or after it.
fn ceiling(text: &str, at: Offset) -> Offset {
    if is_grapheme_boundary(text, at) { at } else { crate::text::next_grapheme(text, at) }
}

/// The span without the white space at its ends that is no part of the hit.
fn trimmed(text: &str, span: Span, hit: Span) -> Span {
    let before = Span::between(span.start, hit.start).of(text);
    let after = Span::between(hit.end, span.end).of(text);
    let start = span.start + (before.len() - before.trim_start().len());
    let end = hit.end + after.trim_end().len();
    // An accent may stand on white space.
    Span { start: floor_grapheme(text, start), end: ceiling(text, end) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, word: &str, most: usize) -> String {
        let start = text.find(word).unwrap();
        excerpt(text, Span::new(start, start + word.len()), most).of(text).to_owned()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(shown("One.\n  The ferry left. \nTwo.", "ferry", 200), "The ferry left.");
        assert_eq!(shown("ferry", "ferry", 200), "ferry");
        assert_eq!(shown("The\nferry\n", "The\nferry", 200), "The\nferry");
    }

    #[test]
    fn of_a_long_line_is_shown_what_lies_around() {
        let text = format!("{}ferry{}", "a".repeat(50), "b".repeat(50));
        assert_eq!(shown(&text, "ferry", 15), "aaaaaferrybbbbb");
        let text = format!("aaferry{}", "b".repeat(50));
        assert_eq!(shown(&text, "ferry", 15), "aaferrybbbbbbbb");
        let text = format!("{}ferryb", "a".repeat(50));
        assert_eq!(shown(&text, "ferry", 15), "aaaaaaaaaferryb");
        assert_eq!(shown(&text, "ferry", 3), "fer");
    }

    #[test]
    fn no_grapheme_is_cut() {
        let text = "e\u{301}e\u{301}e\u{301}xe\u{301}e\u{301}e\u{301}";
        assert_eq!(shown(text, "x", 6), "e\u{301}xe\u{301}");
    }

    proptest! {
        #[test]
        fn it_holds_the_hit_and_is_no_longer_than_asked(
            text in "(\\PC|\n|e\u{301}|👩\u{200d}👧){0,60}", at in 0_usize..60, length in 1_usize..9, most in 0_usize..40,
        ) {
            let start = floor_grapheme(&text, Offset(at));
            let end = floor_grapheme(&text, start + length);
            let hit = Span::between(start, end);
            let around = excerpt(&text, hit, most);
            prop_assert!(is_grapheme_boundary(&text, around.start) && is_grapheme_boundary(&text, around.end));
            prop_assert!(around.of(&text).chars().count() <= most);
            prop_assert_eq!(around.start <= hit.start, true);
            let fits = hit.of(&text).chars().count() <= most;
            prop_assert!(!fits || around.covers(hit) || hit.is_empty());
        }
    }
}
