//! What the blocks of a part say of it.

use super::super::{Block, BlockKind, Metadata};
use super::date::{When, when};
use super::{look, name, outlet};

/// Reads the metadata off the blocks of one part of `text`.
pub(super) fn metadata(text: &str, blocks: &[Block]) -> Metadata {
    let of = |kind: BlockKind| {
        blocks.iter().filter(move |block| block.kind == kind).map(|block| block.span.of(text))
    };
    let first = |kind: BlockKind| of(kind).next();
    let (title, titled) =
        match first(BlockKind::Title).map(|title| (title, outlet::split_title(title))) {
            Some((_, Some((title, outlet)))) => (Some(title), Some(outlet)),
            Some((title, None)) => (Some(title.trim_end_matches([';', ' '])), None),
            None => (None, None),
        };
    let named = first(BlockKind::Outlet).map(|line| named_outlet(line));
    let wired = first(BlockKind::Paragraph).and_then(outlet::wire);
    let blurbed = || of(BlockKind::Chrome).find_map(outlet::of_blurb);
    let bylines = of(BlockKind::Byline).chain(of(BlockKind::Outlet));
    let dates = of(BlockKind::Dateline).chain(of(BlockKind::Outlet)).chain(of(BlockKind::Byline));
    Metadata {
        title: title.map(str::to_owned),
        dek: first(BlockKind::Dek).map(str::to_owned),
        outlet: named.or(titled).or_else(blurbed).or(wired).map(str::to_owned),
        byline: bylines
            .flat_map(look::pieces)
            .filter(|piece| is_byline(piece))
            .find_map(name::writers),
        published: dates.flat_map(look::pieces).find_map(|piece| match when(piece) {
            Some(When::Day(day)) => day,
            _ => None,
        }),
        url: None,
    }
}

fn is_byline(piece: &str) -> bool {
    name::is_signed_byline(piece) || name::is_bare_byline(piece)
}

/// The outlet's name on its line, without dashes, writers and days.
fn named_outlet(line: &str) -> &str {
    let name = look::pieces(line).find(|piece| outlet::is_outlet(piece)).unwrap_or(line);
    outlet::undashed(name)
}
