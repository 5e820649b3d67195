//! The words that may be the cue of a report, and what they look like.

use std::ops::Range;

use super::ground::{Ground, Spot};
use super::habit::OfStem;
use crate::quote::feature::{MOST, row, small, steps};
use crate::quote::lexicon::{Class, Share};
use crate::quote::token::TokenKind;

/// How many features a cue has.
pub(in crate::quote) const OF_CUE: usize = 62;

/// From this share on, a word is looked at.
const LEAST: Share = 8;
/// How far is looked around a cue, in tokens.
const REACH: usize = 40;

/// A word that may be the cue of a report.
#[derive(Debug, Clone, Copy)]
pub(in crate::quote) struct Cue {
    /// Its token.
    pub(in crate::quote) at: usize,
    /// What is known of it.
    pub(super) spot: Spot,
    /// What is known of its stem.
    pub(super) stem: OfStem,
}

impl Cue {
    /// Where it stands: behind the tokens of its report (0), among them (1), before them (2).
    pub(super) fn side(&self, report: &Range<usize>) -> u8 {
        match (report.start > self.at, report.end > self.at) {
            (true, _) => 2,
            (false, true) => 1,
            (false, false) => 0,
        }
    }
}

/// The words that may be cues, in the order of the text.
pub(in crate::quote) fn cues(ground: &Ground) -> Vec<Cue> {
    let mut out = Vec::new();
    for at in 0..ground.len() {
        let spot = ground.at(at);
        let word = ground.kind(at) == Some(TokenKind::Word);
        if !word && ground.kind(at) != Some(TokenKind::Colon) {
            continue;
        }
        let stem = ground.stem(at);
        let share = spot.word[0].max(spot.word[1]).max(stem[0]).max(stem[1]);
        if share >= LEAST {
            out.push(Cue { at, spot, stem });
        }
    }
    out
}

/// What lies on one side of a cue within its sentence.
struct Side {
    /// Words up to the next quoted stretch, comma, candidate and the like.
    quote: u8,
    comma: u8,
    candidate: u8,
    kind: u8,
    that: u8,
    to: u8,
    strongest: Share,
    strong: u8,
}

/// Looks along the sentence from a cue, tokens in the order of `along`.
fn look(ground: &Ground, along: impl Iterator<Item = usize>, ahead: bool) -> Side {
    let mut side = Side {
        quote: MOST,
        comma: MOST,
        candidate: MOST,
        kind: 0,
        that: MOST,
        to: MOST,
        strongest: 0,
        strong: MOST,
    };
    for (away, at) in along.take(REACH).enumerate() {
        let away = steps(u32::try_from(away).unwrap_or(u32::MAX));
        let spot = ground.at(at);
        let first = |slot: &mut u8| *slot = away.min(*slot);
        match ground.kind(at) {
            Some(TokenKind::Quote) => first(&mut side.quote),
            Some(TokenKind::Comma) => first(&mut side.comma),
            _ => {}
        }
        let kind = if ahead { spot.begins } else { ground.at(at + 1).ends };
        if kind > 0 && side.kind == 0 {
            side.kind = kind;
            side.candidate = away;
        }
        match ground.class(at) {
            Class::That => first(&mut side.that),
            Class::To => first(&mut side.to),
            _ => {}
        }
        let share = spot.word[0].max(spot.word[1]);
        if share > side.strongest {
            side.strongest = share;
            side.strong = away;
        }
    }
    side
}

/// What a cue looks like.
pub(in crate::quote) fn cue_features(ground: &Ground, cue: &Cue) -> [u8; OF_CUE] {
    row(&[
        &word_features(ground, cue),
        &neighbour_features(ground, cue),
        &sentence_features(ground, cue),
    ])
}

/// What is known of the word itself and of the pairs that it is part of.
fn word_features(ground: &Ground, cue: &Cue) -> [u8; 16] {
    let Cue { at, spot, stem } = *cue;
    let near = |step: isize| ground.near(at.checked_add_signed(step), spot.paragraph);
    let next = ground.pair(spot, near(1));
    let previous = ground.pair(near(-1), spot);
    let beyond = ground.pair(near(1), near(2));
    let own = ground.strength(Some(at));
    [
        spot.word[0],
        spot.word[1],
        spot.word[2],
        spot.word[4],
        next[0],
        next[2],
        previous[1],
        beyond[2],
        stem[0],
        stem[1],
        own.cue,
        own.source,
        own.after,
        own.lower,
        spot.ending as u8,
        spot.code,
    ]
}

/// What stands beside it.
fn neighbour_features(ground: &Ground, cue: &Cue) -> [u8; 24] {
    let Cue { at, spot, .. } = *cue;
    let near = |step: isize| ground.near(at.checked_add_signed(step), spot.paragraph);
    let (p1, p2, p3) = (near(-1), near(-2), near(-3));
    let (n1, n2, n3) = (near(1), near(2), near(3));
    let [before, after] = [ground.strength(at.checked_sub(1)), ground.strength(Some(at + 1))];
    [
        p1.code,
        p2.code,
        p3.code,
        n1.code,
        n2.code,
        n3.code,
        near(4).code,
        n1.word[0],
        n1.word[2],
        n1.word[4],
        n2.word[2],
        n2.word[0],
        p1.word[0],
        p1.word[1],
        p2.word[0],
        before.source,
        after.source,
        before.cue,
        after.cue,
        p1.ending as u8,
        spot.ends,
        spot.begins,
        n1.begins,
        u8::from(spot.within),
    ]
}

/// What else its sentence holds.
fn sentence_features(ground: &Ground, cue: &Cue) -> [u8; 22] {
    let Cue { at, spot, .. } = *cue;
    let (from, to) = (spot.from as usize, spot.to as usize);
    let left = look(ground, (from..at).rev(), false);
    let right = look(ground, at + 1..to, true);
    let [start, here, end] = [from, at, to].map(|at| ground.survey.tally(at));
    let [open, close] = [from, to.max(1) - 1].map(|at| ground.at(at));
    [
        left.quote,
        left.comma,
        left.candidate,
        left.kind,
        left.that,
        left.to,
        left.strongest,
        left.strong,
        right.quote,
        right.comma,
        right.candidate,
        right.kind,
        right.that,
        right.to,
        right.strongest,
        right.strong,
        steps(here.words - start.words),
        steps(end.words.saturating_sub(here.words)),
        small(end.quotes.saturating_sub(start.quotes)),
        ground.survey.paragraph(spot.paragraph as usize).kind as u8,
        small(close.auxiliaries.saturating_sub(spot.auxiliaries)),
        small(spot.auxiliaries.saturating_sub(open.auxiliaries)),
    ]
}
