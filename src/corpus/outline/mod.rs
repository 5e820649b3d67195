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

use jiff::civil::Date;

use super::{Block, BlockKind, Metadata, Part};
use crate::text::{Offset, Span};
use line::Line;
use look::{Look, Seen};

/// What an article's text is made of.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) blocks: Vec<Block>,
    pub(super) parts: Vec<Part>,
    pub(super) metadata: Metadata,
}

/// The day that a text made of nothing but a date names, in any of the ways that pages write it.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    match date::when(text.trim()) {
        Some(date::When::Day(day)) => day,
        _ => None,
    }
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
        let found = blocks_of(lines, index);
        let known = metadata::metadata(text, &found);
        let span = extent(&found);
        parts.push(Part { span, title: known.title.clone(), outlet: known.outlet.clone() });
        own.get_or_insert(known);
        blocks.extend(found);
    }
    Outline { blocks, parts, metadata: own.unwrap_or_default() }
}

/// The blocks of a stretch from the midst of a long text, or, where it `opens` the text, of its head
/// and what follows: all of one part, and no foot is looked for.
pub(super) fn outline_piece(text: &str, opens: bool) -> (Vec<Block>, Metadata) {
    let seen = look::look_at(&line::lines(text));
    let mut kinds = if opens { head::head(&seen) } else { Vec::new() };
    kinds.extend((kinds.len()..seen.len()).map(|at| body::kind(&seen, at)));
    let block = |(one, kind): (&Seen, BlockKind)| Block { kind, span: one.line.span, part: 0 };
    let blocks: Vec<Block> = seen.iter().zip(kinds).map(block).collect();
    let known = if opens { metadata::metadata(text, &blocks) } else { Metadata::default() };
    (blocks, known)
}

/// From the first block to the last.
fn extent(blocks: &[Block]) -> Span {
    match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) => first.span.union(last.span),
        _ => Span::at(Offset::ZERO),
    }
}

/// The blocks of one part.
fn blocks_of(lines: &[Seen], part: usize) -> Vec<Block> {
    let mut lines = lines.to_vec();
    look::settle_foot(&mut lines);
    let mut kinds = head::head(&lines);
    if let Some(at) = kinds.iter().position(|kind| *kind == BlockKind::Outlet) {
        own_pictures(&mut lines, at);
    }
    kinds.extend((kinds.len()..lines.len()).map(|at| body::kind(&lines, at)));
    fold_links(&lines, &mut kinds);
    let block = |(one, kind): (&Seen, BlockKind)| Block { kind, span: one.line.span, part };
    lines.iter().zip(kinds).map(block).collect()
}

/// Lines that end with the name of the outlet on the line `at`, in brackets, are captions.
fn own_pictures(lines: &mut [Seen], at: usize) {
    let Some(owner) = lines.get(at).map(|one| outlet::undashed(one.line.text).to_lowercase())
    else {
        return;
    };
    let plain = |one: &&mut Seen| matches!(one.look, Look::Text | Look::Pitch);
    for one in lines.iter_mut().filter(plain) {
        if picture::is_owned_by(&one.line, &owner) {
            one.look = Look::Caption;
        }
    }
}

/// Headlines of other reports right below their label are furniture too.
fn fold_links(lines: &[Seen], kinds: &mut [BlockKind]) {
    let mut linking = false;
    for (one, kind) in lines.iter().zip(kinds) {
        if one.look == Look::Related {
            linking = true;
        } else if linking && is_link(&one.line, *kind) {
            *kind = BlockKind::Chrome;
        } else {
            linking = false;
        }
    }
}

/// Whether a line below such a label can be a headline: a heading of the report is shorter.
fn is_link(line: &Line, kind: BlockKind) -> bool {
    let open = !line.ends_sentence() && !line.text.ends_with(':') && line.chars <= 120;
    match kind {
        BlockKind::Paragraph => open,
        BlockKind::Heading => open && !line.within(4),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
