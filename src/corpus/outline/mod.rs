//! Blocks, parts and metadata of scraped text: an overlay, found by rules over its lines.

mod line;

use super::{Block, BlockKind, Metadata, Part};
use crate::text::{Offset, Span};
use line::lines;

/// What an article's text is made of.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) blocks: Vec<Block>,
    pub(super) parts: Vec<Part>,
    pub(super) metadata: Metadata,
}

/// Finds the blocks, parts and metadata of `text`, in one pass over its lines.
pub(super) fn outline(text: &str) -> Outline {
    let blocks: Vec<Block> = lines(text)
        .iter()
        .map(|line| Block { kind: BlockKind::Paragraph, span: line.span, part: 0 })
        .collect();
    let span = match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) => first.span.union(last.span),
        _ => Span::at(Offset::ZERO),
    };
    let parts = vec![Part { span, title: None, outlet: None }];
    Outline { blocks, parts, metadata: Metadata::default() }
}
