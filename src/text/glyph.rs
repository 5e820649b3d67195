//! A stretch of text as the glyphs that stand in the cells of a row.

use super::cell::{Ambiguous, cells};
use super::symbol::{apart, glyph_len, symbol};
use super::{Offset, Span};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// The cells from one tab stop to the next.
pub(super) const TAB: usize = 8;

const SPACES: &str = "        ";

/// What is taken to stand before a row: any letter would do.
const EDGE: Cow<'_, str> = Cow::Borrowed(" ");

/// What stands in one or more cells side by side and belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// The bytes of the source that it shows.
    pub span: Span,
    /// What a terminal may be sent for them: no control, nothing that turns the direction, nothing
    /// that takes another number of cells than `width`. Empty where there is nothing to see.
    pub symbol: Cow<'a, str>,
    /// Its width in cells.
    pub width: usize,
}

impl Glyph<'_> {
    /// Whether nothing is to be seen of it but empty cells, if any.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.symbol.chars().all(char::is_whitespace)
    }

    /// What stands in cells of its own, with their number: the whole symbol, unless it spells out
    /// something unseen or fills up to a tab stop.
    pub fn letters(&self) -> impl Iterator<Item = (&str, usize)> {
        self.symbol.graphemes(true).map(|letter| (letter, cells(letter)))
    }
}

/// The glyphs of a stretch of text; see [`glyphs`].
#[derive(Debug, Clone)]
pub struct Glyphs<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    /// Where the cluster ends that `at` stands in, if it is past `at`.
    cluster_end: usize,
    /// The cells passed so far, for the tab stops.
    col: usize,
    /// What the terminal was last sent.
    last: Cow<'a, str>,
    /// Whether that is not what the text has there, so that the next glyph might join it.
    loose: bool,
}

/// The glyphs of `span` in `text`, a row of a terminal or a part that begins one, made safe to send
/// there.
///
/// Every byte of the span belongs to exactly one glyph, in order. A glyph is an extended grapheme
/// cluster (UAX #29), or part of one that no script would write. A tab goes to the next multiple of
/// eight cells; a line feed takes none. Nothing is yielded where the span does not fit the text.
#[must_use]
pub fn glyphs(text: &str, span: Span) -> Glyphs<'_> {
    let fits = text.get(span.range()).is_some();
    let end = if fits { span.end.get() } else { span.start.get() };
    Glyphs { text, at: span.start.get(), end, cluster_end: 0, col: 0, last: EDGE, loose: true }
}

impl<'a> Glyphs<'a> {
    /// A printable ASCII character with another after it, which is by far the commonest cluster.
    fn plain(&self) -> Option<Glyph<'a>> {
        let bytes = self.text.as_bytes().get(self.at..self.end)?;
        let alone = bytes.get(1).is_none_or(u8::is_ascii);
        let printable = matches!(bytes.first(), Some(b' '..=b'~'));
        if !alone || !printable || self.joins() {
            return None;
        }
        let span = Span::new(self.at, self.at + 1);
        Some(Glyph { span, symbol: Cow::Borrowed(span.of(self.text)), width: 1 })
    }

    /// A letter, a punctuation mark or a rule with ASCII after it: nothing in its range joins that, or is
    /// not to be sent.
    fn lone(&self) -> Option<Glyph<'a>> {
        let rest = self.text.get(self.at..self.end).filter(|_| !self.joins())?;
        let c = rest.chars().next()?;
        let familiar = match c {
            '\u{A0}'..='\u{AC}'
            | '\u{AE}'..='\u{2FF}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205E}' => true,
            '\u{2500}'..='\u{259F}' => Ambiguous::in_force() == Ambiguous::Narrow,
            _ => false,
        };
        let alone = rest.as_bytes().get(c.len_utf8()).is_none_or(u8::is_ascii);
        let symbol = rest.get(..c.len_utf8()).filter(|_| familiar && alone)?;
        let span = Span::new(self.at, self.at + symbol.len());
        Some(Glyph { span, symbol: Cow::Borrowed(symbol), width: cells(symbol) })
    }

    /// Whether a terminal might take what comes next for part of what it was sent last.
    fn joins(&self) -> bool {
        self.loose && !self.last.is_ascii()
    }

    /// Whatever else there is.
    fn cluster(&mut self) -> Option<Glyph<'a>> {
        if self.cluster_end <= self.at {
            let rest = self.text.get(self.at..self.end)?;
            self.cluster_end = self.at + rest.graphemes(true).next()?.len();
        }
        let cluster = self.text.get(self.at..self.cluster_end)?;
        let cluster = cluster.get(..glyph_len(cluster))?;
        let symbol = match cluster {
            "\t" => self.tab(),
            "\n" | "\r\n" => Cow::Borrowed(""),
            _ => symbol(cluster),
        };
        let altered = self.loose || symbol != cluster;
        let symbol = if altered { apart(&self.last, symbol) } else { symbol };
        let width = cells(&symbol);
        Some(Glyph { span: Span::new(self.at, self.at + cluster.len()), symbol, width })
    }

    fn tab(&self) -> Cow<'a, str> {
        let width = TAB - self.col % TAB;
        Cow::Borrowed(SPACES.get(..width).unwrap_or(SPACES))
    }

    fn pass(&mut self, glyph: &Glyph<'a>) {
        let source = glyph.span.of(self.text);
        self.loose = glyph.symbol != source;
        self.at = glyph.span.end.get();
        self.col += glyph.width;
        if !glyph.symbol.is_empty() {
            self.last.clone_from(&glyph.symbol);
        } else if source.ends_with('\n') {
            self.last = EDGE;
        }
    }
}

impl<'a> Iterator for Glyphs<'a> {
    type Item = Glyph<'a>;

    fn next(&mut self) -> Option<Glyph<'a>> {
        let glyph = self.plain().or_else(|| self.lone()).or_else(|| self.cluster())?;
        self.pass(&glyph);
        Some(glyph)
    }
}

/// The column in cells at which each glyph of `row` begins, with the glyph.
pub(super) fn placed(text: &str, row: Span) -> impl Iterator<Item = (usize, Glyph<'_>)> {
    glyphs(text, row).scan(0, |col, glyph| {
        let begins = *col;
        *col += glyph.width;
        Some((begins, glyph))
    })
}

/// The whole of a text as a span.
pub(super) fn whole(text: &str) -> Span {
    Span { start: Offset::ZERO, end: Offset(text.len()) }
}

#[cfg(test)]
mod tests {
    use super::super::hostile;
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> Vec<(String, usize)> {
        glyphs(text, whole(text)).map(|g| (g.symbol.into_owned(), g.width)).collect()
    }

    #[test]
    fn tabs_go_to_the_next_stop() {
        let widths = |text| glyphs(text, whole(text)).map(|g| g.width).collect::<Vec<_>>();
        assert_eq!(widths("\ta\t12345678\tb"), [8, 1, 7, 1, 1, 1, 1, 1, 1, 1, 1, 8, 1]);
        assert_eq!(widths("漢\t"), [2, 6]);
    }

    #[test]
    fn an_escape_sequence_is_shown_as_text() {
        let symbols: String = shown("\u{1b}[31mred").into_iter().map(|(s, _)| s).collect();
        assert_eq!(symbols, "␛[31mred");
    }

    #[test]
    fn a_span_that_does_not_fit_yields_nothing() {
        assert_eq!(glyphs("é", Span::new(1, 2)).count(), 0);
        assert_eq!(glyphs("ab", Span::new(1, 9)).count(), 0);
    }

    #[test]
    fn what_held_two_letters_apart_unseen_is_seen_to_do_so() {
        let cases = [
            ("👍\u{200b}🏽", "👍�🏽"),
            ("🏽", "�🏽"),
            ("a\n🏽", "a�🏽"),
            ("🇩\u{200b}🇪🇫", "🇩�🇪🇫"),
            ("🇩\u{200d}🇪", "🇩�🇪"),
            ("\u{600}\u{200d}a", "\u{600}�a"),
            ("ᄒ\u{ad}\u{200b}가", "ᄒ�가"),
            ("e\u{200b}\u{301}", "e�"),
            ("\u{1b}🏽", "␛�🏽"),
            ("👩\u{3164}🏽", "👩�🏽"),
            ("a\u{200b}b", "ab"),
        ];
        for (text, cells) in cases {
            let symbols: String = shown(text).into_iter().map(|(s, _)| s).collect();
            assert_eq!(symbols, cells, "{text:?}");
        }
    }

    #[test]
    fn a_chain_of_conjuncts_takes_linear_time() {
        let text = "क\u{94d}".repeat(200_000);
        assert_eq!(glyphs(&text, whole(&text)).map(|g| g.width).sum::<usize>(), 200_000);
    }

    #[test]
    fn what_is_known_to_stand_alone_is_what_it_would_be_otherwise() {
        for c in ('\u{80}'..='\u{2FFF}').filter(|c| !c.is_control()) {
            for text in [format!("{c}"), format!("{c}b"), format!("a{c}b")] {
                let mut fast = glyphs(&text, whole(&text));
                let mut slow = fast.clone();
                while let Some(glyph) = slow.cluster() {
                    slow.pass(&glyph);
                    assert_eq!(fast.next(), Some(glyph), "{text:?}");
                }
                assert_eq!(fast.next(), None);
            }
        }
    }

    proptest! {
        #[test]
        fn glyphs_tile_their_span(text in hostile::text()) {
            let mut at = Offset::ZERO;
            for glyph in glyphs(&text, whole(&text)) {
                prop_assert_eq!(glyph.span.start, at);
                prop_assert!(!glyph.span.is_empty());
                prop_assert_eq!(cells(&glyph.symbol), glyph.width);
                prop_assert_eq!(glyph.letters().map(|(_, cells)| cells).sum::<usize>(), glyph.width);
                prop_assert!(glyph.letters().all(|(_, cells)| cells > 0));
                at = glyph.span.end;
            }
            prop_assert_eq!(at.get(), text.len());
        }

        #[test]
        fn every_grapheme_begins_a_glyph(text in hostile::text()) {
            let begins: Vec<_> = glyphs(&text, whole(&text)).map(|g| g.span.start.get()).collect();
            for (at, _) in text.grapheme_indices(true) {
                prop_assert!(begins.binary_search(&at).is_ok());
            }
        }
    }
}
