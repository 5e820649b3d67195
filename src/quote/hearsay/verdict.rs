//! Whether what was found for a cue is a report, in view of the other cues around it.

use super::cue::OF_CUE;
use super::find::{Find, Finder, share};
use crate::quote::context::root;
use crate::quote::feature::{small, steps};
use crate::quote::forest::{Batch, Forest, LANES};

/// How many features what was found has beside those of its cue.
const OF_FIND: usize = 32;
/// The features by which it is judged.
pub(in crate::quote) const OF_VERDICT: usize = OF_CUE + OF_FIND;
/// How many cues before and after one are looked at.
const AROUND: usize = 8;

/// How probable other reports are that bear on one.
#[derive(Default)]
struct Rivals {
    /// The cue stands within them.
    above: f32,
    /// Their cue stands within it.
    below: f32,
    /// They share words with it in another way.
    beside: f32,
}

fn rivals(finds: &[Find], number: usize) -> Rivals {
    let mut rivals = Rivals::default();
    let Some(own) = finds.get(number) else { return rivals };
    let report = own.report();
    let low = number.saturating_sub(AROUND);
    let around = finds.get(low..(number + AROUND + 1).min(finds.len())).unwrap_or_default();
    for (at, other) in around.iter().enumerate() {
        if low + at == number {
            continue;
        }
        let theirs = other.report();
        let most = |slot: &mut f32| *slot = slot.max(other.chance);
        if theirs.start >= report.end || report.start >= theirs.end {
            continue;
        }
        if theirs.contains(&own.cue.at) {
            most(&mut rivals.above);
        } else if report.contains(&other.cue.at) {
            most(&mut rivals.below);
        } else {
            most(&mut rivals.beside);
        }
    }
    rivals
}

/// What was found for the cue of that number looks like.
pub(in crate::quote) fn verdict_row(
    finder: &mut Finder,
    finds: &[Find],
    number: usize,
) -> [u8; OF_VERDICT] {
    let mut row = [0; OF_VERDICT];
    let Some(find) = finds.get(number) else { return row };
    let ground = finder.ground;
    let survey = ground.survey;
    let report = find.report();
    let at = find.cue.at;
    let rivals = rivals(finds, number);
    let [from, to, here] = [report.start, report.end, at].map(|at| survey.tally(at));
    let [first, second, beyond] =
        [report.start, report.start + 1, report.end].map(|at| ground.at(at));
    let last = ground.at(report.end.saturating_sub(1));
    let side = find.cue.side(&report);
    let gap = if report.start > at {
        from.words.saturating_sub(here.words)
    } else {
        here.words.saturating_sub(to.words)
    };
    let level = |score: i32| u8::try_from((score / 200 + 32).clamp(0, 63)).unwrap_or_default();
    let candidate = find.source.best().and_then(|(index, _)| survey.candidates.get(index));
    let kind = candidate.map_or(0, |it| it.kind as u8 + 1);
    let source = candidate.map_or(0, |it| ground.strength(Some(it.head)).source);
    let away = candidate.map_or(63, |it| {
        let it = survey.tally(it.from);
        if it.words <= here.words {
            31 - steps(here.words - it.words).min(31)
        } else {
            32 + steps(it.words - here.words).min(31)
        }
    });
    let held = candidate.is_some_and(|it| report.contains(&it.head));
    let sentence = candidate.is_some_and(|it| it.from >= find.cue.spot.from as usize);
    let pair = ground.pair(last, beyond);
    let of_find = [
        root(find.chance),
        root(find.start.shares[0]),
        root(find.start.shares[1]),
        root(find.end.shares[0]),
        root(find.end.shares[1]),
        root(find.source.shares[0]),
        level(find.source.scores[0]),
        level(find.start.scores[0]),
        level(find.end.scores[0]),
        kind,
        source,
        away,
        u8::from(held),
        u8::from(sentence),
        side,
        steps(gap),
        steps(to.words.saturating_sub(from.words)),
        first.code,
        second.code,
        last.code,
        beyond.code,
        first.word[2],
        beyond.word[3],
        pair[3],
        first.begins,
        small(to.commas.saturating_sub(from.commas)),
        small(last.cues.saturating_sub(first.cues)),
        small(last.auxiliaries.saturating_sub(first.auxiliaries)),
        root(rivals.above),
        root(rivals.below),
        root(rivals.beside),
        small(to.candidates.saturating_sub(from.candidates)),
    ];
    for (to, from) in row.iter_mut().zip(find.row.into_iter().chain(of_find)) {
        *to = from;
    }
    row
}

/// How probable it is of each that it is a report.
pub(in crate::quote) fn verdicts(finder: &mut Finder, finds: &[Find], forest: &Forest) -> Vec<f32> {
    let mut batch: Batch<OF_VERDICT> = Batch::new();
    let mut out = Vec::with_capacity(finds.len());
    let numbers: Vec<usize> = (0..finds.len()).collect();
    for numbers in numbers.chunks(LANES) {
        for &number in numbers {
            batch.push(&verdict_row(finder, finds, number));
        }
        out.extend(batch.scores(forest).into_iter().take(numbers.len()).map(share));
        batch.clear();
    }
    out
}
