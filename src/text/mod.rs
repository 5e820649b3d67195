//! Spans, graphemes, wrapping, rows and columns to offsets and back, and the one sanitiser of
//! untrusted text. Nothing here knows of articles.

mod abbreviation;
mod ambiguous;
mod cell;
mod glyph;
mod grapheme;
#[cfg(test)]
mod hostile;
mod place;
mod sanitise;
mod scalar;
mod sentence;
mod span;
mod symbol;
mod word;
mod wrap;

pub use cell::{Ambiguous, reach};
pub use glyph::{Glyph, Glyphs, glyphs};
pub use grapheme::{floor_grapheme, is_grapheme_boundary, next_grapheme, prev_grapheme};
pub use place::{column, offset_at};
pub use sanitise::{clean, clean_lines, fit, width};
pub use scalar::{ScalarIndex, begins_scalar, scalars};
pub use sentence::{sentence_at, sentences};
pub use span::{Col, Offset, Row, Span};
pub use word::{next_word_end, next_word_start, prev_word_start, word_at};
pub use wrap::wrap;
