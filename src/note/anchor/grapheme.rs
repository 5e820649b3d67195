//! Grapheme boundaries.

use unicode_segmentation::GraphemeCursor;

use crate::text::Offset;

/// The grapheme boundary at `at` or the last one before it.
pub(super) fn floor_grapheme(text: &str, at: Offset) -> Offset {
    let mut cursor = GraphemeCursor::new(at.get().min(text.len()), text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return Offset(cursor.cur_cursor());
    }
    Offset(cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0))
}

/// The next grapheme boundary after `at`.
pub(super) fn next_grapheme(text: &str, at: Offset) -> Offset {
    let mut cursor = GraphemeCursor::new(at.get().min(text.len()), text.len(), true);
    Offset(cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()))
}
