//! Where a report may begin, seen from its cue.

use super::cue::Cue;
use super::ground::Ground;
use crate::quote::feature::{row, small, steps};
use crate::quote::lexicon::Class;
use crate::quote::survey::Tally;
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

/// What a start looks like, the option of that number.
pub(in crate::quote) fn start_features(
    ground: &Ground,
    cue: &Cue,
    start: usize,
    number: usize,
) -> [u8; OF_START] {
    let number = small(u32::try_from(number).unwrap_or(u32::MAX));
    let gap = gap_features(ground, cue, start);
    let (way, counts) = gap.split_at(1);
    let words = word_features(ground, cue, start);
    row(&[way, &[number], &words, counts, &place_features(ground, cue, start)])
}

/// The words at a start.
fn word_features(ground: &Ground, cue: &Cue, start: usize) -> [u8; 15] {
    let near = |at: Option<usize>| ground.near(at, cue.spot.paragraph);
    let [before, before2] = [start.checked_sub(1), start.checked_sub(2)].map(near);
    let [first, second, third] = [start, start + 1, start + 2].map(|at| near(Some(at)));
    let pair = ground.pair(before, first);
    [
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
        ground.pair(first, second)[2],
    ]
}

/// What lies between a start and its cue.
fn gap_features(ground: &Ground, cue: &Cue, start: usize) -> [u8; 8] {
    let after = start > cue.at;
    let (low, high) = if after { (cue.at + 1, start) } else { (start, cue.at) };
    let [low, high] = [low, high].map(|at| ground.survey.tally(at));
    let gap = |count: fn(&Tally) -> u32| count(&high).saturating_sub(count(&low));
    let words = steps(gap(|it| it.words)).min(31);
    [
        if after { 32 + words } else { 31 - words },
        small(gap(|it| it.commas)),
        small(gap(|it| it.candidates)),
        small(gap(|it| it.quotes)),
        small(gap(|it| it.breaks) + gap(|it| it.colons)),
        small(gap(|it| it.cues)),
        small(gap(|it| it.joints)),
        small(gap(|it| it.thats)),
    ]
}

/// The phrase at a start, its cue, and its place in the sentence.
fn place_features(ground: &Ground, cue: &Cue, start: usize) -> [u8; 20] {
    let Cue { at, spot, stem } = *cue;
    let near = |at: Option<usize>| ground.near(at, spot.paragraph);
    let first = near(Some(start));
    let [n1, n2] = [at + 1, at + 2].map(|at| near(Some(at)));
    let [p1, p2] = [at.checked_sub(1), at.checked_sub(2)].map(near);
    let of_start = ground.strength(Some(start));
    let of_before = ground.strength(start.checked_sub(1));
    let words = |at: usize| ground.survey.tally(at).words;
    let [open, close] = [spot.from, spot.to].map(|at| words(at as usize));
    [
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
        steps(close.saturating_sub(words(start))),
        steps(words(start).saturating_sub(open)),
        steps(close.saturating_sub(words(at))),
    ]
}
