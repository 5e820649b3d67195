//! Quotations that run on from one paragraph to the next.

use super::mark::{Family, Mark, says_something};
use super::neighbour::Turn;
use super::pair::Mate;
use crate::corpus::{Block, BlockKind};
use crate::text::{Offset, Span};

/// For each block, the family of the mark with which the next paragraph of its part opens again, if it
/// is a paragraph and the next one begins so. Captions, credits and the like are passed over.
pub(super) fn reopening(text: &str, blocks: &[Block], scans: &[Vec<Mark>]) -> Vec<Option<Family>> {
    let mut next: Option<(usize, Option<Family>)> = None;
    let mut out: Vec<Option<Family>> = blocks
        .iter()
        .zip(scans)
        .rev()
        .map(|(block, scan)| {
            if block.kind != BlockKind::Paragraph {
                return None;
            }
            let again = next.replace((block.part, first_opening(text, block, scan)));
            again.filter(|(part, _)| *part == block.part).and_then(|(_, family)| family)
        })
        .collect();
    out.reverse();
    out
}

/// The family of the opening mark that a block begins with.
fn first_opening(text: &str, block: &Block, scan: &[Mark]) -> Option<Family> {
    let first = scan.first().filter(|mark| mark.turn == Turn::Opens && !mark.doubtful)?;
    let before = Span::between(block.span.start, first.start);
    (!says_something(before.of(text))).then_some(first.family)
}

/// The index of the unclosed mark that opens speech which the next paragraph goes on with in marks of
/// the family `again`. Quotations after it are nested in it if they are set in another kind of mark, or
/// leave it something to say.
pub(super) fn running(
    text: &str,
    block: &Block,
    marks: &[Mark],
    mates: &[Mate],
    again: Family,
) -> Option<usize> {
    let mut running: Option<(usize, Mark)> = None;
    let mut said = block.span.start;
    for (index, (mark, mate)) in marks.iter().zip(mates).enumerate() {
        match *mate {
            Mate::Unclosed if mark.family == again => running = Some((index, *mark)),
            Mate::Closed(end) if running.is_some_and(|(_, running)| mark.is_like(running)) => {
                said = said.max(marks.get(end).map_or(Offset::ZERO, Mark::end));
            }
            _ => {}
        }
    }
    let (index, mark) = running?;
    let rest = Span::between(said.max(mark.end()), block.span.end);
    (mark.leads && says_something(rest.of(text))).then_some(index)
}

/// Whether a block goes on in mid-sentence with a quotation that the paragraph before it left open:
/// the line was broken within it, or a caption stands between.
pub(super) fn is_carried_on(text: &str, block: &Block, scan: &[Mark]) -> bool {
    let first = scan.iter().find(|mark| mark.family == Family::Double);
    first.is_some_and(|mark| mark.turn == Turn::Closes && !mark.doubtful)
        && block.span.of(text).starts_with(char::is_lowercase)
}

/// The opening mark that nobody set at the start of such a block.
pub(super) fn unwritten(block: &Block) -> Mark {
    Mark {
        start: block.span.start,
        len: 0,
        family: Family::Double,
        turn: Turn::Opens,
        doubtful: false,
        straight: false,
        leads: true,
    }
}
