//! Untrusted text made fit for a terminal: titles, statuses, messages, output of commands.

use super::cell::cells as cells_of;
use super::glyph::{Glyph, glyphs, whole};
use std::borrow::Cow;

/// The sign that something was cut.
const CUT: &str = "…";

/// `text` on one line, safe to send to a terminal.
///
/// Control characters become visible symbols, bidirectional controls too; line ends and tabs become
/// a space each; what has no width and no meaning of its own is left out. Cleaning twice is
/// cleaning once.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let cleaned = flat(text).map(|glyph| glyph.symbol).collect::<String>();
    if cleaned == text { Cow::Borrowed(text) } else { Cow::Owned(cleaned) }
}

/// `text` safe to send to a terminal, with its lines kept: as [`clean`], but for line feeds, which
/// stay, and tabs, which become spaces up to the next tab stop.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    let mut cleaned = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let body = line.strip_suffix('\n').map(|body| body.strip_suffix('\r').unwrap_or(body));
        cleaned.extend(glyphs_of(body.unwrap_or(line)).map(|glyph| glyph.symbol));
        cleaned.extend(body.map(|_| '\n'));
    }
    if cleaned == text { Cow::Borrowed(text) } else { Cow::Owned(cleaned) }
}

/// The width in cells of `text` as [`clean`] leaves it.
#[must_use]
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { flat(text).map(|glyph| glyph.width).sum() }
}

/// `text` on one line and in at most so many cells: as [`clean`], cut where it is too long, with
/// `…` in the last cell where it was cut.
#[must_use]
pub fn fit(text: &str, cells: usize) -> Cow<'_, str> {
    if is_plain(text) && text.len() <= cells {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut kept = 0;
    let mut width = 0;
    let sign = cells_of(CUT);
    for glyph in flat(text) {
        width += glyph.width;
        if width > cells {
            out.truncate(kept);
            out.push_str(if cells < sign { "" } else { CUT });
            return Cow::Owned(out);
        }
        out.push_str(&glyph.symbol);
        if width + sign <= cells {
            kept = out.len();
        }
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// Whether nothing needs to be done.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn glyphs_of(text: &str) -> impl Iterator<Item = Glyph<'_>> {
    glyphs(text, whole(text))
}

/// The glyphs of a text that has but one line, whatever it says.
fn flat(text: &str) -> impl Iterator<Item = Glyph<'_>> {
    glyphs_of(text).map(|glyph| match glyph.span.of(text) {
        "\n" | "\r\n" | "\t" | "\u{2028}" | "\u{2029}" => {
            Glyph { symbol: Cow::Borrowed(" "), width: 1, ..glyph }
        }
        _ => glyph,
    })
}

#[cfg(test)]
mod tests {
    use super::super::cell::takes_cells;
    use super::super::hostile;
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn is_unsafe(c: char) -> bool {
        c.is_control()
            || matches!(c,
                '\u{61c}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(clean("Plain title"), "Plain title");
        assert_eq!(clean("a\tb\nc\r\nd\u{2028}e"), "a b c d e");
        assert_eq!(clean("\u{1b}]0;owned\u{7}x"), "␛]0;owned␇x");
        assert_eq!(clean("abc\u{202e}txt.exe"), "abc⇤txt.exe");
        assert_eq!(clean("\u{9b}2J"), "<9B>2J");
        assert_eq!(clean("lone\rreturn"), "lone␍return");
        assert_eq!(clean("\u{600}\u{ad}🏴\u{e0067}\u{e0062}x"), "\u{600}�🏴x");
        assert!(matches!(clean("“Já” 漢字 हिन्दी 👩\u{200d}👧"), Cow::Borrowed(_)));
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(clean_lines("a\tb\n\u{1b}c\r\nd"), "a       b\n␛c\nd");
        assert!(matches!(clean_lines("a\nb\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn text_is_cut_to_its_cells() {
        let cases = [
            ("harbour", 7, "harbour"),
            ("harbour", 6, "harbo…"),
            ("harbour", 1, "…"),
            ("harbour", 0, ""),
            ("漢字仮名", 8, "漢字仮名"),
            ("漢字仮名", 6, "漢字…"),
            ("漢字仮名", 5, "漢字…"),
            ("漢字仮名", 4, "漢…"),
            ("漢", 1, "…"),
            ("", 0, ""),
            ("ab\ncd", 4, "ab …"),
        ];
        for (text, cells, cut) in cases {
            assert_eq!(fit(text, cells), cut, "{text:?} in {cells}");
        }
    }

    /// The most marks on one letter, as a terminal finds the letters of what it is sent.
    fn marks(text: &str) -> usize {
        let count = |letter: &str| {
            let runs = letter.split(takes_cells);
            // A joiner, and the tags of a flag, put nothing on the letter.
            let on_it = |run: &str| {
                run.chars().filter(|c| !matches!(c, '\u{200d}' | '\u{e0020}'..='\u{e007f}')).count()
            };
            runs.map(on_it).max().unwrap_or(0)
        };
        text.graphemes(true).map(count).max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn what_is_clean_is_safe_and_stays(text in hostile::text()) {
            let once = clean(&text).into_owned();
            prop_assert!(!once.contains(is_unsafe), "{:?}", once);
            prop_assert!(marks(&once) <= 8, "{:?}", once);
            prop_assert_eq!(width(&once), width(&text));
            prop_assert_eq!(clean(&once), once.as_str());
            let lines = clean_lines(&text).into_owned();
            prop_assert!(!lines.contains(|c| is_unsafe(c) && c != '\n'), "{:?}", lines);
            prop_assert_eq!(clean_lines(&lines), lines.as_str());
            prop_assert_eq!(lines.matches('\n').count(), text.matches('\n').count());
        }

        #[test]
        fn what_is_fitted_fits(text in hostile::text(), cells in 0_usize..40) {
            let fitted = fit(&text, cells);
            prop_assert!(width(&fitted) <= cells);
            prop_assert_eq!(clean(&fitted), fitted.as_ref());
            if width(&text) <= cells {
                prop_assert_eq!(fitted, clean(&text));
            } else {
                prop_assert_eq!(fitted.ends_with('…'), cells > 0);
            }
        }
    }
}
