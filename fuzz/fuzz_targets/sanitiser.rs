//! The one way from untrusted text to a terminal: nothing harmful passes, and what is shown maps
//! back to its source.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::text::{
    Offset, Span, clean, clean_lines, column, fit, floor_grapheme, glyphs, next_grapheme,
    offset_at, width, wrap,
};

fuzz_target!(|input: (u8, &str)| {
    let (cells, text) = input;
    let cells = usize::from(cells);
    check_lines(text, cells);
    check_glyphs(text);
    check_rows(text, cells);
});

/// What turns the direction, or is not there for the eye.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e001f}' | '\u{e0080}'..='\u{e0fff}')
}

fn check_lines(text: &str, cells: usize) {
    let once = clean(text);
    assert!(!once.contains(is_harmful), "{once:?}");
    assert_eq!(clean(&once), once);
    assert_eq!(width(&once), width(text));
    let lines = clean_lines(text);
    assert!(!lines.contains(|c| is_harmful(c) && c != '\n'), "{lines:?}");
    assert_eq!(clean_lines(&lines), lines);
    let fitted = fit(text, cells);
    assert!(width(&fitted) <= cells);
    assert_eq!(clean(&fitted), fitted);
}

fn check_glyphs(text: &str) {
    let row = Span::new(0, text.len());
    let mut at = Offset::ZERO;
    let mut col = 0;
    for glyph in glyphs(text, row) {
        assert_eq!(glyph.span.start, at);
        assert!(glyph.span.end > at);
        assert_eq!(glyph.symbol.is_empty(), glyph.width == 0);
        // Looking a glyph up begins at the start of its row: not for every one of a long row.
        if glyph.width > 0 && text.len() < 400 {
            assert_eq!(column(text, row, at).0, col);
            assert_eq!(offset_at(text, row, column(text, row, at)), at);
        }
        at = glyph.span.end;
        col += glyph.width;
    }
    assert_eq!(at.get(), text.len());
}

fn check_rows(text: &str, cells: usize) {
    let mut at = Offset::ZERO;
    for row in wrap(text, Span::new(0, text.len()), cells) {
        assert_eq!(row.start, at);
        assert_eq!(floor_grapheme(text, row.end), row.end);
        at = row.end;
    }
    assert_eq!(at.get(), text.len());
    let mut at = Offset::ZERO;
    while at.get() < text.len() {
        let next = next_grapheme(text, at);
        assert!(next > at);
        at = next;
    }
}
