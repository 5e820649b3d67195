//! Text broken into rows.

use super::glyph::{Glyph, TAB, glyphs};
use super::{Offset, Span};
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// The longest line in fragments whose rows are balanced. No paragraph that a person wrote comes
/// near, and the rows of a longer one only need to be quick.
const BALANCED: usize = 4096;

/// No row may be too wide while it could be broken, whatever gap that leaves. The other weights are
/// those of textwrap for text in cells of one width.
const PENALTIES: Penalties = Penalties { overflow_penalty: 1_000_000, ..Penalties::new() };

/// Breaks `span` of `text` into rows at most `width` cells wide (at least one).
///
/// The rows together are exactly the span. White space at a row's end belongs to that row, may hang
/// over its edge, and needs no cells. A line feed ends its row and belongs to it; after a last line
/// feed comes an empty row, as an empty span is one.
///
/// Rows end where the Unicode line breaking algorithm (UAX #14) allows it, balanced over the
/// paragraph by the optimal-fit algorithm of the crate textwrap (after Knuth and Plass), or filled
/// one by one where the paragraph is monstrous. What fits no row is broken between graphemes; one
/// grapheme wider than the row stands in a row of its own.
#[must_use]
pub fn wrap(text: &str, span: Span, width: usize) -> Vec<Span> {
    let source = span.of(text);
    let mut glyphs = glyphs(text, span);
    let mut line = Line::new(width);
    let mut rows = Rows { at: span.start, spans: Vec::new() };
    let mut passed = span.start;
    for (at, kind) in linebreaks(source).filter(|_| !source.is_empty()) {
        let at = span.start + at;
        while passed < at {
            let Some(glyph) = glyphs.next() else { break };
            passed = glyph.span.end;
            line.push(&glyph, cells(&glyph, text));
        }
        // UAX #14 knows nothing of graphemes, and allows some breaks inside them.
        if passed == at {
            line.close();
            if kind == BreakOpportunity::Mandatory {
                line.flush(&mut rows);
            }
        }
    }
    line.close();
    line.flush(&mut rows);
    if source.is_empty() || source.ends_with(ends_line) {
        rows.push(span.end);
    }
    rows.spans
}

/// The characters after which UAX #14 always breaks.
fn ends_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Text between two places where a row may end.
#[derive(Debug, Clone, Copy)]
struct Fragment {
    /// The position after its last byte.
    end: Offset,
    /// Its cells, up to the blanks that end it.
    word: u32,
    /// The cells of those blanks.
    blank: u32,
}

impl Fragment {
    const fn empty(at: Offset) -> Self {
        Self { end: at, word: 0, blank: 0 }
    }

    const fn cells(self) -> u32 {
        self.word.saturating_add(self.blank)
    }
}

impl textwrap::core::Fragment for Fragment {
    fn width(&self) -> f64 {
        f64::from(self.word)
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(self.blank)
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Rows so far.
struct Rows {
    /// Where the next one begins.
    at: Offset,
    spans: Vec<Span>,
}

impl Rows {
    fn push(&mut self, end: Offset) {
        self.spans.push(Span { start: self.at, end });
        self.at = end;
    }
}

/// The fragments of a line, as they come.
struct Line {
    width: u32,
    fragments: Vec<Fragment>,
    open: Option<Fragment>,
}

impl Line {
    fn new(width: usize) -> Self {
        let width = u32::try_from(width).unwrap_or(u32::MAX).max(1);
        Self { width, fragments: Vec::new(), open: None }
    }

    fn push(&mut self, glyph: &Glyph<'_>, cells: u32) {
        let blank = glyph.is_blank();
        if !blank && self.open.is_some_and(|open| self.overflows(open, cells)) {
            self.close();
        }
        let open = self.open.get_or_insert(Fragment::empty(glyph.span.start));
        if blank {
            open.blank = open.blank.saturating_add(cells);
        } else {
            open.word = open.cells().saturating_add(cells);
            open.blank = 0;
        }
        open.end = glyph.span.end;
    }

    const fn overflows(&self, open: Fragment, cells: u32) -> bool {
        open.cells() > 0 && open.cells().saturating_add(cells) > self.width
    }

    fn close(&mut self) {
        self.fragments.extend(self.open.take());
    }

    fn flush(&mut self, rows: &mut Rows) {
        for row in arrange(&self.fragments, self.width) {
            if let Some(last) = row.last() {
                rows.push(last.end);
            }
        }
        self.fragments.clear();
    }
}

/// The cells to reckon with for a glyph. How wide a tab is depends on the row, which is not known
/// yet, so it counts as the widest.
fn cells(glyph: &Glyph<'_>, text: &str) -> u32 {
    let cells = if glyph.span.of(text) == "\t" { TAB } else { glyph.width };
    u32::try_from(cells).unwrap_or(u32::MAX)
}

fn arrange(fragments: &[Fragment], width: u32) -> Vec<&[Fragment]> {
    let widths = [f64::from(width)];
    let balanced = (fragments.len() <= BALANCED)
        .then(|| wrap_optimal_fit(fragments, &widths, &PENALTIES).ok())
        .flatten()
        .filter(|rows| rows.iter().all(|row| fits(row, width)));
    balanced.unwrap_or_else(|| wrap_first_fit(fragments, &widths))
}

/// Whether a row is no wider than it should be, if there was anything to choose.
fn fits(row: &[Fragment], width: u32) -> bool {
    let cells = row.iter().fold(0, |sum: u32, fragment| sum.saturating_add(fragment.cells()));
    let blank = row.last().map_or(0, |last| last.blank);
    row.len() == 1 || cells - blank <= width
}

#[cfg(test)]
mod tests {
    use super::super::glyph::whole;
    use super::super::hostile;
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, width: usize) -> Vec<&str> {
        wrap(text, whole(text), width).into_iter().map(|row| row.of(text)).collect()
    }

    #[test]
    fn rows_end_where_they_may() {
        assert_eq!(rows("", 10), [""]);
        assert_eq!(rows("\n", 10), ["\n", ""]);
        assert_eq!(rows("a\n\nb", 10), ["a\n", "\n", "b"]);
        assert_eq!(rows("said “so” twice", 10), ["said “so” ", "twice"]);
        assert_eq!(rows("twenty-one of them", 8), ["twenty-", "one of ", "them"]);
        assert_eq!(rows("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(rows("abc", 0), ["a", "b", "c"]);
        assert_eq!(rows("漢字仮名", 5), ["漢字", "仮名"]);
        assert_eq!(rows("漢字", 1), ["漢", "字"]);
        assert_eq!(rows("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(rows("👩\u{200d}👧👩\u{200d}👧", 3), ["👩\u{200d}👧", "👩\u{200d}👧"]);
        assert_eq!(rows("🇩🇪🇫🇷", 3), ["🇩🇪", "🇫🇷"]);
    }

    #[test]
    fn white_space_hangs() {
        assert_eq!(rows("abcd     efgh", 4), ["abcd     ", "efgh"]);
        assert_eq!(rows("abcd ", 4), ["abcd "]);
        assert_eq!(rows("abc\u{3000}def", 3), ["abc\u{3000}", "def"]);
    }

    #[test]
    fn a_paragraph_ends_on_more_than_a_short_word() {
        let text = "This is a demo of the short last line penalty.";
        assert_eq!(rows(text, 37), ["This is a demo of the short last ", "line penalty."]);
    }

    #[test]
    fn a_long_word_is_broken_rather_than_hung_over_the_edge() {
        let text = format!("foo {}", "x".repeat(50));
        assert_eq!(rows(&text, 53), ["foo ", "x".repeat(50).as_str()]);
        let text = format!("foo {} bar", "x".repeat(100));
        assert!(rows(&text, 40).iter().all(|row| row.trim_end().len() <= 40));
    }

    #[test]
    fn monstrous_lines_are_wrapped() {
        let word = "x".repeat(2_000_000);
        assert_eq!(rows(&word, 70).len(), 2_000_000_usize.div_ceil(70));
        let line = "words and ".repeat(200_000);
        assert_eq!(rows(&line, 70).len(), 200_000 / 7 + 1);
        let marks = format!("a{}", "\u{301}".repeat(1_000_000));
        assert_eq!(rows(&marks, 70).len(), 1);
        assert_eq!(rows(&" ".repeat(2_000_000), 70).len(), 1);
        assert_eq!(rows(&"\n".repeat(500_000), 70).len(), 500_001);
        assert_eq!(rows(&"🇩".repeat(300_000), 2).len(), 150_000);
    }

    proptest! {
        #[test]
        fn rows_concatenate_to_the_source(text in hostile::text(), width in 0_usize..90) {
            let rows = wrap(&text, whole(&text), width);
            prop_assert!(!rows.is_empty());
            let mut at = Offset::ZERO;
            for row in &rows {
                prop_assert_eq!(row.start, at);
                at = row.end;
            }
            prop_assert_eq!(at.get(), text.len());
            let lines = rows.iter().filter(|row| row.of(&text).contains('\n')).count();
            prop_assert_eq!(lines, text.matches('\n').count());
        }

        #[test]
        fn no_row_is_wider_than_it_may_be(text in hostile::text(), width in 1_usize..90) {
            for row in wrap(&text, whole(&text), width) {
                let mut glyphs: Vec<_> = glyphs(&text, row).collect();
                while glyphs.last().is_some_and(Glyph::is_blank) {
                    glyphs.pop();
                }
                let cells: usize = glyphs.iter().map(|glyph| glyph.width).sum();
                let seen = glyphs.iter().filter(|glyph| glyph.width > 0).count();
                prop_assert!(cells <= width || seen == 1, "{:?} in {}", row.of(&text), width);
            }
        }

        #[test]
        fn rows_end_between_graphemes(text in hostile::text(), width in 1_usize..90) {
            for row in wrap(&text, whole(&text), width) {
                prop_assert_eq!(super::super::floor_grapheme(&text, row.end), row.end);
            }
        }

        #[test]
        fn prose_is_never_left_to_the_greedy_algorithm(
            words in prop::collection::vec("[a-z]{1,70}", 1..80),
            width in 20_usize..90,
        ) {
            let text = words.join(" ");
            let mut line = Line::new(width);
            for glyph in glyphs(&text, whole(&text)) {
                let ends = glyph.is_blank();
                line.push(&glyph, cells(&glyph, &text));
                if ends { line.close(); }
            }
            line.close();
            let widths = [f64::from(line.width)];
            let rows = wrap_optimal_fit(&line.fragments, &widths, &PENALTIES).unwrap();
            prop_assert!(rows.iter().all(|row| fits(row, line.width)));
        }
    }
}
