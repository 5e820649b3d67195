//! Which quotations are pieces of one utterance: split by a reporting clause, or running on over
//! paragraphs, captions left aside.

use super::Stretch;
use super::quotation::{Kind, Quotation};
use super::transcript::label;
use crate::corpus::Block;

/// From this confidence on, a piece is not given the speaker of another.
const SURE: f32 = 0.9;

/// Numbers the utterances of one article, and gives all pieces of one the speaker of the piece that is
/// surest. The quotations are in the order of the text, each of the stretch of the same place.
pub(super) fn join(
    text: &str,
    quotations: &mut [Quotation],
    stretches: &[Stretch],
    blocks: &[Block],
) {
    let mut pieces: Vec<usize> = Vec::new();
    let mut number = 0;
    let mut last: Option<usize> = None;
    for at in 0..quotations.len() {
        let Some(kind) = quotations.get(at).map(|it| it.kind) else { break };
        let goes_on = kind != Kind::Scare
            && last.is_some_and(|last| belong(text, quotations, [last, at], stretches, blocks));
        if !goes_on && kind != Kind::Scare {
            share(quotations, &pieces);
            pieces.clear();
        }
        if !goes_on && at > 0 {
            number += 1;
        }
        if kind != Kind::Scare {
            pieces.push(at);
            last = Some(at);
        }
        let first = pieces.first().copied().filter(|_| goes_on);
        let joined = first.and_then(|first| quotations.get(first)).map(|it| it.utterance);
        if let Some(it) = quotations.get_mut(at) {
            it.utterance = joined.unwrap_or(number);
        }
    }
    share(quotations, &pieces);
}

/// Whether the quotation at `at` goes on with the one at `last`, the one before it.
fn belong(
    text: &str,
    quotations: &[Quotation],
    [last, at]: [usize; 2],
    stretches: &[Stretch],
    blocks: &[Block],
) -> bool {
    let (Some(one), Some(other)) = (quotations.get(last), quotations.get(at)) else { return false };
    if one.block == other.block {
        return one.mention.is_some() && one.mention == other.mention;
    }
    let (Some(from), Some(to)) = (blocks.get(one.block), blocks.get(other.block)) else {
        return false;
    };
    let found = stretches.binary_search_by_key(&one.inner, |it| it.inner).ok();
    let open = found.and_then(|it| stretches.get(it)).is_some_and(|it| !it.closed);
    let runs_on = open && one.outer.end == from.span.end && other.outer.start == to.span.start;
    // In a transcript whose speeches are left open, the label tells that another speaks.
    let runs_on = runs_on && label(other.inner.of(text)) == 0;
    // Where each is sure of another speaker, a mark was left out.
    let apart = one.mention != other.mention && one.confidence.min(other.confidence) >= SURE;
    let runs_on = runs_on && !apart;
    let next = blocks.get(one.block + 1..other.block).unwrap_or_default();
    runs_on && from.part == to.part && next.iter().all(|it| it.kind != from.kind)
}

/// Gives all pieces the speaker of the surest.
fn share(quotations: &mut [Quotation], pieces: &[usize]) {
    let sure = |at: &&usize| quotations.get(**at).map_or(0, |it| per_mille(it.confidence));
    let Some(best) = pieces.iter().max_by_key(sure).and_then(|&at| quotations.get(at)) else {
        return;
    };
    let (mention, cue, speaker) = (best.mention, best.cue, best.speaker.clone());
    let confidence = best.confidence;
    for &at in pieces {
        let Some(piece) = quotations.get_mut(at).filter(|it| it.mention != mention) else {
            continue;
        };
        (piece.mention, piece.cue, piece.speaker) = (mention, cue, speaker.clone());
        piece.confidence = confidence;
    }
}

/// A share in thousandths.
fn per_mille(share: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is 0 to 1")]
    let thousandths = (share * 1000.0) as u32;
    thousandths
}
