//! Spans, graphemes, wrapping, rows and columns to offsets and back, and the one sanitiser of
//! untrusted text. Nothing here knows of articles.

mod scalar;
mod span;

pub use scalar::ScalarIndex;
pub use span::{Col, Offset, Row, Span};
