//! From an offset to the cell that shows it, and back.

use super::glyph::placed;
use super::{Col, Offset, Span};

/// The column at which the glyph that holds `at` begins in `row`: the first where `at` lies before
/// the row, the one after its last cell where it lies at the end or behind.
#[must_use]
pub fn column(text: &str, row: Span, at: Offset) -> Col {
    let mut end = 0;
    for (col, glyph) in placed(text, row) {
        if at < glyph.span.end {
            return Col(col);
        }
        end = col + glyph.width;
    }
    Col(end)
}

/// Where the glyph begins that covers `column` of `row`, or, beyond the row, its last glyph that
/// takes a cell; the start of a row where none does.
///
/// For every grapheme of the row that takes a cell, this is the inverse of [`column()`].
#[must_use]
pub fn offset_at(text: &str, row: Span, column: Col) -> Offset {
    let mut last = row.start;
    for (col, glyph) in placed(text, row).filter(|(_, glyph)| glyph.width > 0) {
        if column.0 < col {
            break;
        }
        last = glyph.span.start;
    }
    last
}

#[cfg(test)]
mod tests {
    use super::super::glyph::{glyphs, whole};
    use super::super::hostile;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_follow_cells() {
        let text = "a漢\tb\n";
        let row = whole(text);
        for (at, col) in [(0, 0), (1, 1), (4, 3), (5, 8), (6, 9), (7, 9), (99, 9)] {
            assert_eq!(column(text, row, Offset(at)), Col(col), "offset {at}");
        }
        for (col, at) in [(0, 0), (1, 1), (2, 1), (3, 4), (7, 4), (8, 5), (9, 5), (99, 5)] {
            assert_eq!(offset_at(text, row, Col(col)), Offset(at), "column {col}");
        }
        assert_eq!(offset_at("x\n\ny", Span::new(2, 3), Col(4)), Offset(2));
        assert_eq!(column("abc", Span::new(1, 3), Offset(0)), Col(0));
    }

    proptest! {
        #[test]
        fn offset_to_cell_to_offset_is_the_identity(text in hostile::text()) {
            let row = whole(&text);
            for glyph in glyphs(&text, row).filter(|glyph| glyph.width > 0) {
                let col = column(&text, row, glyph.span.start);
                prop_assert_eq!(offset_at(&text, row, col), glyph.span.start);
                let last = Col(col.0 + glyph.width - 1);
                prop_assert_eq!(offset_at(&text, row, last), glyph.span.start);
            }
        }
    }
}
