//! Where a report may begin, seen from its cue.

use super::cue::Cue;
use super::ground::Ground;
use crate::quote::feature::{small, steps};
use crate::quote::lexicon::Class;
use crate::quote::token::TokenKind;

/// How many features a start has.
pub(in crate::quote) const OF_START: usize = 44;
/// The most starts of a report.
const MOST_STARTS: usize = 20;
/// How many tokens after the cue are starts in any case.
const CLOSE: usize = 4;
/// How far is looked before and after a cue, in tokens.
const REACH: usize = 60;

/// Where the report of a cue may begin: tokens, those after the cue first.
pub(in crate::quote) fn starts(ground: &Ground, cue: &Cue) -> Vec<usize> {
    let (from, to) = (cue.spot.from as usize, cue.spot.to as usize);
    let mut out = Vec::new();
    let (mut commas, mut joints) = (0, 0);
    for at in cue.at + 1..to.min(cue.at + REACH) {
        let previous = ground.kind(at - 1);
        if previous == Some(TokenKind::Quote) {
            break;
        }
        let comma = matches!(previous, Some(TokenKind::Comma | TokenKind::Colon));
        let that = matches!(ground.class(at), Class::That | Class::To);
        commas += u32::from(comma);
        joints += u32::from(that);
        let wanted = at <= cue.at + CLOSE
            || (comma && commas <= 3)
            || (that && joints <= 2 && at < cue.at + 14);
        if wanted && can_begin(ground, at) {
            out.push(at);
        }
    }
    let mut at = cue.at;
    let stop = from.max(cue.at.saturating_sub(REACH));
    while at > stop && out.len() < MOST_STARTS {
        at -= 1;
        if ground.kind(at) == Some(TokenKind::Quote) {
            break;
        }
        if can_begin(ground, at) && is_joint(ground, at, from) {
            out.push(at);
        }
    }
    out
}

fn can_begin(ground: &Ground, at: usize) -> bool {
    matches!(ground.kind(at), Some(TokenKind::Word | TokenKind::Number | TokenKind::Sign))
}

/// Whether a clause or a noun phrase may begin at a token before the cue.
fn is_joint(ground: &Ground, at: usize, from: usize) -> bool {
    if at == from || ground.at(at).begins > 0 {
        return true;
    }
    let opened = matches!(
        ground.kind(at - 1),
        Some(TokenKind::Comma | TokenKind::Colon | TokenKind::Break | TokenKind::Quote)
    );
    let joined =
        matches!(ground.class(at - 1), Class::And | Class::Conjunction | Class::Determiner);
    let own = matches!(ground.class(at), Class::Who | Class::That | Class::Conjunction);
    opened || joined || own
}

/// What a start looks like.
pub(in crate::quote) fn start_features(
    ground: &Ground,
    cue: &Cue,
    start: usize,
    number: usize,
) -> [u8; OF_START] {
    let Cue { at, spot, stem } = *cue;
    let near = |at: Option<usize>| ground.near(at, spot.paragraph);
    let after = start > at;
    let first = near(Some(start));
    let before = near(start.checked_sub(1));
    let before2 = near(start.checked_sub(2));
    let [second, third] = [start + 1, start + 2].map(|at| near(Some(at)));
    let pair = ground.pair(before, first);
    let pair2 = ground.pair(first, second);
    let [low, high] = if after { [at + 1, start] } else { [start, at] };
    let [low, high] = [low, high].map(|at| ground.survey.tally(at));
    let close = ground.survey.tally(spot.to as usize);
    let open = ground.survey.tally(spot.from as usize);
    let here = ground.survey.tally(start);
    let gap = high.words.saturating_sub(low.words);
    let [n1, n2] = [at + 1, at + 2].map(|at| near(Some(at)));
    let [p1, p2] = [at.checked_sub(1), at.checked_sub(2)].map(near);
    let of_start = ground.strength(Some(start));
    let of_before = ground.strength(start.checked_sub(1));
    [
        if after { 32 + steps(gap).min(31) } else { 31 - steps(gap).min(31) },
        small(u32::try_from(number).unwrap_or(u32::MAX)),
        first.code,
        before.code,
        before2.code,
        second.code,
        third.code,
        first.word[2],
        first.word[3],
        first.word[4],
        first.word[0],
        before.word[0],
        second.word[2],
        second.word[0],
        pair[2],
        pair[3],
        pair2[2],
        small(high.commas.saturating_sub(low.commas)),
        small(high.candidates.saturating_sub(low.candidates)),
        small(high.quotes.saturating_sub(low.quotes)),
        small(high.breaks.saturating_sub(low.breaks) + high.colons.saturating_sub(low.colons)),
        small(high.cues.saturating_sub(low.cues)),
        small(high.joints.saturating_sub(low.joints)),
        small(high.thats.saturating_sub(low.thats)),
        first.begins,
        first.ends,
        u8::from(first.within),
        of_start.source,
        of_start.cue,
        of_before.source,
        spot.word[0],
        spot.word[1],
        stem[0],
        stem[1],
        spot.code,
        n1.code,
        n2.code,
        p1.code,
        p2.code,
        n1.word[2],
        spot.ends,
        steps(close.words.saturating_sub(here.words)),
        steps(here.words.saturating_sub(open.words)),
        steps(close.words.saturating_sub(ground.survey.tally(at).words)),
    ]
}
