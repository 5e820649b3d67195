//! Who may have said what is reported, seen from its cue.

use std::ops::Range;

use super::cue::Cue;
use super::ground::Ground;
use crate::quote::candidate::Candidate;
use crate::quote::feature::{Facts, OF_CANDIDATE, row, small, steps};
use crate::quote::survey::Tally;

/// How many features a source has.
pub(in crate::quote) const OF_SOURCE: usize = OF_CANDIDATE + OF_WAY;
/// Those of the way between it and the cue.
const OF_WAY: usize = 30;
/// How many candidates before a cue are looked at.
const BEFORE: usize = 14;
/// How many after it.
const AFTER: usize = 10;

/// The indices of the candidates that may be the source of a cue.
pub(in crate::quote) fn sources(ground: &Ground, cue: &Cue) -> Range<usize> {
    let survey = ground.survey;
    let here = survey.candidates.partition_point(|it| it.from <= cue.at);
    let paragraph = cue.spot.paragraph as usize;
    let first = |paragraph: usize| survey.firsts.get(paragraph).copied().unwrap_or_default();
    let from = first(paragraph.saturating_sub(1)).max(here.saturating_sub(BEFORE));
    let sentence = survey
        .candidates
        .get(here..(here + AFTER).min(survey.candidates.len()))
        .unwrap_or_default()
        .partition_point(|it| it.from < cue.spot.to as usize);
    from..here + sentence
}

/// What a source looks like, whose report stands at the tokens `report`.
pub(in crate::quote) fn source_features(
    ground: &Ground,
    cue: &Cue,
    report: &Range<usize>,
    candidate: &Candidate,
    facts: &Facts,
) -> [u8; OF_SOURCE] {
    let way = way_features(ground, cue, candidate);
    let place = place_features(cue, report, candidate, facts);
    row(&[&facts.features, &way, &place, &cue_features(ground, cue, candidate)])
}

/// What lies between a source and its cue.
fn way_features(ground: &Ground, cue: &Cue, candidate: &Candidate) -> [u8; 9] {
    let before = candidate.to <= cue.at;
    let (low, high) = if before { (candidate.to, cue.at) } else { (cue.at + 1, candidate.from) };
    let [low, high] = [low, high].map(|at| ground.survey.tally(at));
    let gap = |count: fn(&Tally) -> u32| count(&high).saturating_sub(count(&low));
    let words = steps(gap(|it| it.words)).min(31);
    [
        if before { 31 - words } else { 32 + words },
        small(gap(|it| it.candidates)),
        small(gap(|it| it.commas)),
        small(gap(|it| it.cues)),
        small(gap(|it| it.joints)),
        small(gap(|it| it.thats)),
        small(gap(|it| it.breaks) + gap(|it| it.colons)),
        small(gap(|it| it.stops)),
        small(gap(|it| it.quotes)),
    ]
}

/// Where a source stands, seen from its cue and its report.
fn place_features(
    cue: &Cue,
    report: &Range<usize>,
    candidate: &Candidate,
    facts: &Facts,
) -> [u8; 7] {
    let Cue { at, spot, .. } = *cue;
    let sentence = (spot.from as usize..spot.to as usize).contains(&candidate.from);
    let inside = report.contains(&candidate.from) || report.contains(&candidate.head);
    let around = candidate.from <= at && at < candidate.to;
    let away = if candidate.to <= report.start {
        report.start - candidate.to
    } else {
        candidate.from.saturating_sub(report.end)
    };
    let own = u8::from(facts.after.is_some_and(|it| it.token == at))
        + 2 * u8::from(facts.before.is_some_and(|it| it.token == at));
    [
        u8::from(sentence),
        u8::from(inside),
        u8::from(around),
        cue.side(report),
        own,
        small(u32::try_from(away).unwrap_or(u32::MAX)),
        u8::from(candidate.paragraph == spot.paragraph as usize),
    ]
}

/// What the cue is, and where in its sentence the source stands.
fn cue_features(ground: &Ground, cue: &Cue, candidate: &Candidate) -> [u8; 14] {
    let Cue { at, spot, stem } = *cue;
    let near = |at: Option<usize>| ground.near(at, spot.paragraph);
    let [n1, p1, p2] = [Some(at + 1), at.checked_sub(1), at.checked_sub(2)].map(near);
    let own = ground.strength(Some(at));
    let candidates = |at: usize| ground.survey.tally(at).candidates;
    [
        spot.word[0],
        spot.word[1],
        stem[0],
        stem[1],
        spot.code,
        p1.code,
        p2.code,
        n1.code,
        spot.ending as u8,
        own.after,
        own.cue,
        spot.ends,
        small(candidates(candidate.from).saturating_sub(candidates(spot.from as usize))),
        u8::from(candidate.from == spot.from as usize),
    ]
}
