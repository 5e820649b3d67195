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
    let (left, right) = shared(before.scalars, after.scalars, spare);
    let left = if left < before.scalars { last(before.bytes, left) } else { before };
    let right = if right < after.scalars { first(after.bytes, right) } else { after };
    let start = ceiling(text, Offset(hit.start.get() - left.bytes.len())).min(hit.start);
    let end = floor_grapheme(text, hit.end + right.bytes.len()).max(hit.end);
    trimmed(text, Span { start, end }, hit)
}

/// Some bytes of a text, and how many scalar values these are: to count them takes longer than all else.
#[derive(Debug, Clone, Copy)]
struct Piece<'t> {
    bytes: &'t [u8],
    scalars: usize,
}

impl<'t> Piece<'t> {
    fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, scalars: scalars(bytes) }
    }
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
fn line_before(before: &[u8], most: usize) -> Piece<'_> {
    let line = |near| Some(rest(near, memchr::memrchr(b'\n', near)? + 1));
    // So many bytes hold no more scalar values than that, and often the start of the line.
    let near = rest(before, before.len().saturating_sub(most));
    let further = || {
        let near = last(before, most);
        line(near.bytes).map_or(near, Piece::new)
    };
    line(near).map_or_else(further, Piece::new)
}

/// The same for what stands after it.
fn line_after(after: &[u8], most: usize) -> Piece<'_> {
    let line = |near| Some(start(near, memchr::memchr(b'\n', near)?));
    let further = || {
        let near = first(after, most);
        line(near.bytes).map_or(near, Piece::new)
    };
    line(start(after, most)).map_or_else(further, Piece::new)
}

/// The first so many bytes, or all.
fn start(bytes: &[u8], len: usize) -> &[u8] {
    bytes.get(..len).unwrap_or(bytes)
}

/// All but the first so many bytes.
fn rest(bytes: &[u8], from: usize) -> &[u8] {
    bytes.get(from..).unwrap_or_default()
}

/// The last so many scalar values of a text, or all of them. Most are of one byte: what is missing after so
/// many bytes is soon found.
fn last(bytes: &[u8], most: usize) -> Piece<'_> {
    let (mut left, mut missing) = (bytes, most);
    while missing > 0 && !left.is_empty() {
        let (more, part) =
            left.split_at_checked(left.len().saturating_sub(missing)).unwrap_or_default();
        missing -= scalars(part);
        left = more;
    }
    Piece { bytes: rest(bytes, left.len()), scalars: most - missing }
}

/// The first so many scalar values of a text, or all of them.
fn first(bytes: &[u8], most: usize) -> Piece<'_> {
    let (mut right, mut missing) = (bytes, most);
    while missing > 0 && !right.is_empty() {
        let (part, more) = right.split_at_checked(missing.min(right.len())).unwrap_or_default();
        missing -= scalars(part);
        right = more;
    }
    let open = right.iter().take_while(|&&byte| !begins_scalar(byte)).count();
    let end = bytes.len() - right.len() + open;
    Piece { bytes: start(bytes, end), scalars: most - missing }
}

/// The grapheme boundary at most so many scalar values after `from`.
fn reach(text: &str, from: Offset, most: usize) -> Offset {
    let rest = text.as_bytes().get(from.get()..).unwrap_or_default();
    floor_grapheme(text, from + first(rest, most).bytes.len()).max(from)
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
    // An accent may stand on white space. Where nothing was taken away, a grapheme begins or ends already,
    // but perhaps where the hit does.
    let whole = start == span.start && start < hit.start;
    let start = if whole { start } else { floor_grapheme(text, start) };
    let whole = end == span.end && end > hit.end;
    let end = if whole { end } else { ceiling(text, end) };
    Span { start, end }
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
