//! Whether a position may be the end of a span.

use unicode_segmentation::GraphemeCursor;

use crate::text::Offset;

/// Whether `at` lies between two graphemes of `text` (or at one of its ends).
pub(super) fn is_boundary(text: &str, at: Offset) -> bool {
    let at = at.get();
    text.is_char_boundary(at)
        && GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}
