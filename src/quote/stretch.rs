//! Quoted stretches: the text between a pair of quotation marks.

use crate::text::Span;

/// A quoted stretch, scare quotes included.
///
/// Nested stretches belong to the outer one. A quotation that runs on over paragraphs gives one for
/// each. An unclosed one ends with its paragraph or, where another mark opens before that, at the
/// clause end before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// What stands between the marks.
    pub inner: Span,
    /// The same with its marks, as many as there are.
    pub outer: Span,
    /// Whether a mark closes it.
    pub closed: bool,
    /// The index of the block that it stands in, into
    /// [`Article::blocks`](crate::corpus::Article::blocks).
    pub block: usize,
}
