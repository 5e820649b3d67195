//! Blocks, parts and metadata of scraped text: an overlay, found by rules over its lines.
//!
//! Each line is first looked at by itself ([`look`]), then its neighbours settle what is furniture;
//! the text is cut into parts ([`part`]), each part into head and body, and the metadata are read off
//! the blocks. Where a rule is in doubt, a line is a paragraph: a reader can skip one line too many,
//! but not miss one.

mod body;
mod chrome;
mod date;
mod head;
mod line;
mod look;
mod metadata;
mod name;
mod outlet;
mod part;
mod phrase;
mod picture;

use super::{Block, BlockKind, Metadata, Part};
use crate::text::{Offset, Span};
use look::{Look, Seen};

/// What an article's text is made of.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) blocks: Vec<Block>,
    pub(super) parts: Vec<Part>,
    pub(super) metadata: Metadata,
}

/// Finds the blocks, parts and metadata of `text`, in time linear in its length.
pub(super) fn outline(text: &str) -> Outline {
    let seen = look::look_at(&line::lines(text));
    let starts = part::starts(&seen);
    let mut blocks = Vec::with_capacity(seen.len());
    let mut parts = Vec::with_capacity(starts.len());
    let mut own = None;
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(seen.len());
        let lines = seen.get(start..end).unwrap_or_default();
        let found = blocks_of(text, lines, index);
        let known = metadata::metadata(text, &found);
        let span = extent(&found);
        parts.push(Part { span, title: known.title.clone(), outlet: known.outlet.clone() });
        own.get_or_insert(known);
        blocks.extend(found);
    }
    Outline { blocks, parts, metadata: own.unwrap_or_default() }
}

/// From the first block to the last.
fn extent(blocks: &[Block]) -> Span {
    match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) => first.span.union(last.span),
        _ => Span::at(Offset::ZERO),
    }
}

/// The blocks of one part.
fn blocks_of(text: &str, lines: &[Seen], part: usize) -> Vec<Block> {
    let mut kinds = head::head(lines);
    let outlet = kinds.iter().position(|kind| *kind == BlockKind::Outlet);
    let owner = outlet.and_then(|at| lines.get(at)).map(|one| outlet::undashed(one.line.text));
    kinds.extend((kinds.len()..lines.len()).map(|at| body::kind(lines, at, owner)));
    fold_links(lines, &mut kinds);
    let span = |one: &Seen| one.line.span;
    debug_assert!(lines.iter().all(|one| one.line.span.of(text) == one.line.text));
    lines.iter().zip(kinds).map(|(one, kind)| Block { kind, span: span(one), part }).collect()
}

/// Headlines of other reports right below their label are furniture too.
fn fold_links(lines: &[Seen], kinds: &mut [BlockKind]) {
    let mut linking = false;
    for (one, kind) in lines.iter().zip(kinds) {
        if one.look == Look::Related {
            linking = true;
        } else if linking && matches!(kind, BlockKind::Paragraph) && is_link(one) {
            *kind = BlockKind::Chrome;
        } else {
            linking = false;
        }
    }
}

fn is_link(one: &Seen) -> bool {
    !one.line.ends_sentence() && !one.line.text.ends_with(':') && one.line.chars <= 120
}
