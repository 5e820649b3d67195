//! Blocks: what each stretch of a text is.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The sentence or two under the headline.
    Dek,
    /// The outlet's name on a line of its own.
    Outlet,
    /// Who wrote it.
    Byline,
    /// When it was published.
    Dateline,
    /// A heading within the report.
    Heading,
    /// A paragraph of the report.
    Paragraph,
    /// What a picture shows.
    Caption,
    /// Whose picture it is, on a line of its own.
    Credit,
    /// Page furniture: sign-up blurbs, share bars, comment notices.
    Chrome,
}

/// A classified stretch of canonical text: one line, without the white space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
    /// The part it belongs to: an index into [`Article::parts`](super::Article::parts).
    pub part: usize,
}
