//! Who may have said what is reported, seen from its cue.

use std::ops::Range;

use super::cue::Cue;
use super::ground::Ground;
use crate::quote::candidate::Candidate;
use crate::quote::feature::{Facts, OF_CANDIDATE, small, steps};

/// How many features a source has.
pub(in crate::quote) const OF_SOURCE: usize = OF_CANDIDATE + OF_WAY;
/// Those of the way between it and the cue.
const OF_WAY: usize = 30;
/// How many candidates before a cue are looked at.
const BEFORE: usize = 14;
/// How many after it.
const AFTER: usize = 10;

/// The indices of the candidates that may be the source of a cue; `near` is the first candidate that
/// begins behind it.
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
    let Cue { at, spot, stem } = *cue;
    let survey = ground.survey;
    let near = |at: Option<usize>| ground.near(at, spot.paragraph);
    let before = candidate.to <= at;
    let around = candidate.from <= at && at < candidate.to;
    let (low, high) = if before { (candidate.to, at) } else { (at + 1, candidate.from) };
    let [low, high] = [low, high].map(|at| survey.tally(at));
    let gap =
        |count: fn(&crate::quote::survey::Tally) -> u32| count(&high).saturating_sub(count(&low));
    let words = steps(gap(|it| it.words)).min(31);
    let sentence = (spot.from as usize..spot.to as usize).contains(&candidate.from);
    let inside = report.contains(&candidate.from) || report.contains(&candidate.head);
    let [n1, p1, p2] = [Some(at + 1), at.checked_sub(1), at.checked_sub(2)].map(near);
    let side = cue.side(report);
    let to_report = if candidate.to <= report.start {
        report.start - candidate.to
    } else {
        candidate.from.saturating_sub(report.end)
    };
    let own = u8::from(facts.after.is_some_and(|it| it.token == at))
        + 2 * u8::from(facts.before.is_some_and(|it| it.token == at));
    let opening = survey.tally(spot.from as usize);
    let way = [
        if before { 31 - words } else { 32 + words },
        small(gap(|it| it.candidates)),
        small(gap(|it| it.commas)),
        small(gap(|it| it.cues)),
        small(gap(|it| it.joints)),
        small(gap(|it| it.thats)),
        small(gap(|it| it.breaks) + gap(|it| it.colons)),
        small(gap(|it| it.stops)),
        small(gap(|it| it.quotes)),
        u8::from(sentence),
        u8::from(inside),
        u8::from(around),
        side,
        own,
        small(u32::try_from(to_report).unwrap_or(u32::MAX)),
        u8::from(candidate.paragraph == spot.paragraph as usize),
        spot.word[0],
        spot.word[1],
        stem[0],
        stem[1],
        spot.code,
        p1.code,
        p2.code,
        n1.code,
        spot.ending as u8,
        ground.strength(Some(at)).after,
        ground.strength(Some(at)).cue,
        spot.ends,
        small(survey.tally(candidate.from).candidates.saturating_sub(opening.candidates)),
        u8::from(candidate.from == spot.from as usize),
    ];
    let mut row = [0; OF_SOURCE];
    for (to, from) in row.iter_mut().zip(facts.features.into_iter().chain(way)) {
        *to = from;
    }
    row
}
