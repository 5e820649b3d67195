//! Where a report may end, seen from its cue and its start.

use std::ops::Range;

use super::cue::Cue;
use super::ground::Ground;
use crate::quote::feature::{row, small, steps};
use crate::quote::forest::LANES;
use crate::quote::lexicon::Class;
use crate::quote::token::TokenKind;

/// How many features an end has.
pub(in crate::quote) const OF_END: usize = 50;
/// How far is looked after a start, in tokens.
const REACH: usize = 110;
/// How many ends are kept for those at commas and the like.
const STRONG: usize = 10;

/// Where the report of a cue may end that begins at `start`: the tokens after its last.
pub(in crate::quote) fn ends(ground: &Ground, cue: &Cue, start: usize) -> Vec<usize> {
    let to = cue.spot.to as usize;
    let stop = to.min(start + REACH);
    let mut out = Vec::new();
    let mut weak = 0;
    for at in start + 1..=stop {
        if !can_end(ground, at - 1) {
            continue;
        }
        let quote = ground.kind(at) == Some(TokenKind::Quote);
        let strong = at == stop || quote || at == cue.at || is_mark(ground, at);
        let wanted = strong || (start < cue.at && at > cue.at.saturating_sub(6) && at < cue.at);
        let soft = !wanted && is_joint(ground, at) && weak < LANES - STRONG;
        weak += usize::from(soft);
        let room = (wanted || soft) && out.len() < LANES - 1;
        if room || at == stop {
            out.push(at);
        }
        if quote {
            break;
        }
    }
    out
}

/// Whether the token at `at` can be the last of a report.
fn can_end(ground: &Ground, at: usize) -> bool {
    matches!(
        ground.kind(at),
        Some(TokenKind::Word | TokenKind::Number | TokenKind::Possessive | TokenKind::Sign)
    ) || ground.kind(at) == Some(TokenKind::Break)
}

fn is_mark(ground: &Ground, at: usize) -> bool {
    matches!(
        ground.kind(at),
        Some(TokenKind::Comma | TokenKind::Colon | TokenKind::Break | TokenKind::Stop)
    )
}

/// Whether another phrase may begin at a token.
fn is_joint(ground: &Ground, at: usize) -> bool {
    let spot = ground.at(at);
    spot.ends > 0 || spot.begins > 0 || spot.word[3] >= 16 || {
        let class = ground.class(at);
        !matches!(class, Class::Open | Class::Title | Class::Short | Class::Of | Class::Particle)
    }
}

/// What an end looks like, the option of that number.
pub(in crate::quote) fn end_features(
    ground: &Ground,
    cue: &Cue,
    start: usize,
    end: usize,
    number: usize,
) -> [u8; OF_END] {
    let number = small(u32::try_from(number).unwrap_or(u32::MAX));
    let report = start..end;
    let extent = extent_features(ground, cue, &report);
    let (way, counts) = extent.split_at(2);
    let words = word_features(ground, cue, &report);
    row(&[way, &[number], counts, &words, &place_features(ground, cue, &report)])
}

/// How much a report would hold, and what would be left of its sentence.
fn extent_features(ground: &Ground, cue: &Cue, report: &Range<usize>) -> [u8; 14] {
    let at = cue.at;
    let near = |at: usize| ground.near(Some(at), cue.spot.paragraph);
    let (first, last) = (near(report.start), near(report.end.saturating_sub(1)));
    let [from, to] = [report.start, report.end].map(|at| ground.survey.tally(at));
    let [here, close] = [at, cue.spot.to as usize].map(|at| ground.survey.tally(at));
    let side = cue.side(report);
    let gap = match side {
        2 => from.words.saturating_sub(here.words),
        1 => to.words.saturating_sub(here.words),
        _ => here.words.saturating_sub(to.words),
    };
    let away = if side > 0 { 0 } else { here.candidates.saturating_sub(to.candidates) };
    [
        side,
        steps(gap),
        steps(to.words.saturating_sub(from.words)),
        steps(close.words.saturating_sub(to.words)),
        small(to.commas.saturating_sub(from.commas)),
        small(to.joints.saturating_sub(from.joints)),
        small(to.thats.saturating_sub(from.thats)),
        small(to.cues.saturating_sub(from.cues)),
        small(to.candidates.saturating_sub(from.candidates)),
        small(to.breaks.saturating_sub(from.breaks)),
        small(last.auxiliaries.saturating_sub(first.auxiliaries)),
        small(last.cues.saturating_sub(first.cues)),
        small(close.commas.saturating_sub(to.commas)),
        small(away),
    ]
}

/// The words at both ends.
fn word_features(ground: &Ground, cue: &Cue, report: &Range<usize>) -> [u8; 22] {
    let (start, end) = (report.start, report.end);
    let near = |at: Option<usize>| ground.near(at, cue.spot.paragraph);
    let [beyond, beyond2, beyond3] = [end, end + 1, end + 2].map(|at| near(Some(at)));
    let [last, last2] = [end.checked_sub(1), end.checked_sub(2)].map(near);
    let [first, second] = [start, start + 1].map(|at| near(Some(at)));
    let pair = ground.pair(last, beyond);
    let pair2 = ground.pair(beyond, beyond2);
    [
        beyond.code,
        beyond2.code,
        beyond3.code,
        last.code,
        last2.code,
        first.code,
        second.code,
        beyond.word[3],
        beyond.word[4],
        beyond.word[0],
        beyond2.word[0],
        beyond2.word[3],
        beyond3.word[0],
        last.word[4],
        first.word[2],
        pair[3],
        pair[1],
        pair2[0],
        pair2[3],
        u8::from(beyond.within),
        beyond.ends,
        beyond.begins,
    ]
}

/// What else is known of both ends, and the cue.
fn place_features(ground: &Ground, cue: &Cue, report: &Range<usize>) -> [u8; 13] {
    let Cue { at, spot, stem } = *cue;
    let near = |at: Option<usize>| ground.near(at, spot.paragraph);
    let begin = ground.strength(Some(report.start));
    let follow = ground.strength(Some(report.end));
    [
        begin.source,
        begin.lower,
        follow.source,
        follow.cue,
        ground.strength(Some(report.end + 1)).cue,
        spot.word[0],
        spot.word[1],
        stem[0],
        spot.code,
        near(Some(at + 1)).code,
        near(at.checked_sub(1)).code,
        spot.ending as u8,
        u8::from(report.end == spot.to as usize),
    ]
}
