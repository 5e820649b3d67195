//! The line that a hit stands in, or as much of it as is wanted.

use crate::text::{Offset, Span, begins_scalar, floor_grapheme, is_grapheme_boundary, scalars};

/// The line or lines of `hit`, without the white space around them; no more than `most` scalar values
/// around it, and no grapheme cut. Of a hit that is longer than that, the start.
///
/// Takes time linear in `most`, however long the line is.
#[must_use]
pub fn excerpt(text: &str, hit: Span, most: usize) -> Span {
    let own = hit.of(text).as_bytes();
    let own = scalars(own.get(..most.saturating_mul(WIDEST)).unwrap_or(own));
    if own >= most {
        return Span::between(hit.start, reach(text, hit.start, most));
    }
    let spare = most - own;
    let (before, after) = text.as_bytes().split_at_checked(hit.start.get()).unwrap_or_default();
    let after = after.get(hit.end - hit.start..).unwrap_or_default();
    let (before, after) = (line_before(before, spare), line_after(after, spare));
    let (left, right) = shared(scalars(before), scalars(after), spare);
    let start = ceiling(text, Offset(hit.start.get() - last(before, left))).min(hit.start);
    let end = floor_grapheme(text, hit.end + first(after, right)).max(hit.end);
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

/// What stands before on the line, of so many scalar values at most.
fn line_before(before: &[u8], most: usize) -> &[u8] {
    let near = before.get(before.len() - last(before, most)..).unwrap_or_default();
    memchr::memrchr(b'\n', near).and_then(|feed| near.get(feed + 1..)).unwrap_or(near)
}

/// The same for what stands after it.
fn line_after(after: &[u8], most: usize) -> &[u8] {
    let near = after.get(..first(after, most)).unwrap_or_default();
    memchr::memchr(b'\n', near).and_then(|feed| near.get(..feed)).unwrap_or(near)
}

/// The bytes that the last so many scalar values of a text take up, or all of them. Most are of one byte:
/// what is missing after so many bytes is soon found.
fn last(bytes: &[u8], most: usize) -> usize {
    let (mut rest, mut missing) = (bytes, most);
    while missing > 0 && !rest.is_empty() {
        let (left, part) =
            rest.split_at_checked(rest.len().saturating_sub(missing)).unwrap_or_default();
        missing -= scalars(part);
        rest = left;
    }
    bytes.len() - rest.len()
}

/// The bytes that the first so many scalar values of a text take up, or all of them.
fn first(bytes: &[u8], most: usize) -> usize {
    let (mut rest, mut missing) = (bytes, most);
    while missing > 0 && !rest.is_empty() {
        let (part, right) = rest.split_at_checked(missing.min(rest.len())).unwrap_or_default();
        missing -= scalars(part);
        rest = right;
    }
    let open = rest.iter().take_while(|&&byte| !begins_scalar(byte)).count();
    bytes.len() - rest.len() + open
}

/// The grapheme boundary at most so many scalar values after `from`.
fn reach(text: &str, from: Offset, most: usize) -> Offset {
    let rest = text.as_bytes().get(from.get()..).unwrap_or_default();
    floor_grapheme(text, from + first(rest, most)).max(from)
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
