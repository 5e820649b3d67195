//! Segments: what a block too long to be laid out at once is divided into.

use crate::text::{Offset, Span, floor_grapheme};

/// A block of more bytes is divided. No paragraph that a person wrote comes near, and between two
/// segments a row ends early.
const MONSTROUS: usize = 16 * 1024;
/// So many bytes a segment has, or a little less: a screen or two, and more than the longest grapheme that
/// is kept whole.
const SEGMENT: usize = 6 * 1024;
/// How far before the end of a segment white space is looked for, in bytes.
const REACH: usize = 1024;

/// The segments of a block, in order: one for all but monstrous ones. Only the text near their ends is
/// looked at.
pub(super) fn segments(text: &str, block: Span) -> impl Iterator<Item = Span> {
    let mut next = Some(block.start);
    let divided = block.len() > MONSTROUS;
    std::iter::from_fn(move || {
        let start = next?;
        let end = if divided { end_of(text, Span { start, end: block.end }) } else { block.end };
        next = (end < block.end).then_some(end);
        Some(Span { start, end })
    })
}

/// Where the first segment ends of what is left of a block.
fn end_of(text: &str, rest: Span) -> Offset {
    if rest.len() <= SEGMENT {
        return rest.end;
    }
    let mark = floor_grapheme(text, rest.start + SEGMENT);
    let near = floor_grapheme(text, rest.start + (SEGMENT - REACH));
    let words = Span::between(near, mark).of(text);
    let blank = words.char_indices().rev().find(|&(_, c)| c.is_whitespace() && !ends_line(c));
    let parted = blank.map(|(at, c)| floor_grapheme(text, near + (at + c.len_utf8())));
    let end = parted.filter(|&at| at > near).unwrap_or(mark);
    if end > rest.start { end } else { rest.end }
}

/// What ends a row by itself: a segment that ended there would seem to go on with an empty one.
const fn ends_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Span {
        Span::new(0, text.len())
    }

    #[test]
    fn a_block_of_common_length_is_one() {
        assert_eq!(segments("", whole("")).collect::<Vec<_>>(), [Span::new(0, 0)]);
        let text = "words and ".repeat(MONSTROUS / 10);
        assert_eq!(segments(&text, whole(&text)).count(), 1);
    }

    #[test]
    fn segments_tile_a_block_on_grapheme_boundaries() {
        let runs = [
            "words and ",
            "x",
            "漢字",
            "e\u{301}",
            "\u{301}",
            "\u{2028}",
            " ",
            "🇩🇪",
            "a \u{301}",
            "\t",
        ];
        for run in runs {
            let text = run.repeat(100_000 / run.len());
            let mut at = Offset::ZERO;
            for segment in segments(&text, whole(&text)) {
                assert_eq!(segment.start, at, "{run:?}");
                assert!(!segment.is_empty() && segment.len() <= SEGMENT, "{run:?}");
                // A grapheme of a hundred thousand bytes is stepped through in pieces.
                let whole = run == "\u{301}" || floor_grapheme(&text, segment.end) == segment.end;
                assert!(whole, "{run:?}");
                at = segment.end;
            }
            assert_eq!(at, Offset(text.len()), "{run:?}");
        }
    }

    #[test]
    fn words_stay_whole() {
        let text = "harbour ".repeat(10_000);
        for segment in segments(&text, whole(&text)) {
            assert!(segment.of(&text).ends_with("harbour "));
        }
    }
}
