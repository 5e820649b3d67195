//! Whether what was found for a cue is a report, in view of the other cues around it.

use super::cue::OF_CUE;
use super::find::{Find, share};
use super::ground::Ground;
use crate::quote::context::root;
use crate::quote::feature::{MOST, row, small, steps};
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
    for other in around {
        if other.cue.at == own.cue.at {
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

/// What was found looks like, that of the number.
pub(in crate::quote) fn verdict_row(
    ground: &Ground,
    finds: &[Find],
    number: usize,
) -> [u8; OF_VERDICT] {
    let Some(find) = finds.get(number) else { return [0; OF_VERDICT] };
    let shares = share_features(find);
    let source = source_features(ground, find);
    let report = report_features(ground, find);
    let (report, candidates) = report.split_at(report.len() - 1);
    let Rivals { above, below, beside } = rivals(finds, number);
    let rivals = [above, below, beside].map(root);
    row(&[&find.row, &shares, &source, report, &rivals, candidates])
}

/// How sure each step was.
fn share_features(find: &Find) -> [u8; 9] {
    let level = |score: i32| u8::try_from((score / 200 + 32).clamp(0, 63)).unwrap_or_default();
    let Find { start, end, source, .. } = find;
    [
        root(find.chance),
        root(start.shares[0]),
        root(start.shares[1]),
        root(end.shares[0]),
        root(end.shares[1]),
        root(source.shares[0]),
        level(source.scores[0]),
        level(start.scores[0]),
        level(end.scores[0]),
    ]
}

/// Who the source is.
fn source_features(ground: &Ground, find: &Find) -> [u8; 5] {
    let survey = ground.survey;
    let best = find.source.best().and_then(|(index, _)| survey.candidates.get(index));
    let Some(candidate) = best else { return [0, 0, MOST, 0, 0] };
    let [here, there] = [find.cue.at, candidate.from].map(|at| survey.tally(at).words);
    let away = steps(here.abs_diff(there)).min(31);
    [
        candidate.kind as u8 + 1,
        ground.strength(Some(candidate.head)).source,
        if there <= here { 31 - away } else { 32 + away },
        u8::from(find.report().contains(&candidate.head)),
        u8::from(candidate.from >= find.cue.spot.from as usize),
    ]
}

/// What the report holds.
fn report_features(ground: &Ground, find: &Find) -> [u8; 15] {
    let report = find.report();
    let at = find.cue.at;
    let [from, to, here] = [report.start, report.end, at].map(|at| ground.survey.tally(at));
    let [first, second, beyond] =
        [report.start, report.start + 1, report.end].map(|at| ground.at(at));
    let last = ground.at(report.end.saturating_sub(1));
    let gap = if report.start > at {
        from.words.saturating_sub(here.words)
    } else {
        here.words.saturating_sub(to.words)
    };
    [
        find.cue.side(&report),
        steps(gap),
        steps(to.words.saturating_sub(from.words)),
        first.code,
        second.code,
        last.code,
        beyond.code,
        first.word[2],
        beyond.word[3],
        ground.pair(last, beyond)[3],
        first.begins,
        small(to.commas.saturating_sub(from.commas)),
        small(last.cues.saturating_sub(first.cues)),
        small(last.auxiliaries.saturating_sub(first.auxiliaries)),
        small(to.candidates.saturating_sub(from.candidates)),
    ]
}

/// How probable it is of each that it is a report.
pub(in crate::quote) fn verdicts(ground: &Ground, finds: &[Find], forest: &Forest) -> Vec<f32> {
    let mut batch: Batch<OF_VERDICT> = Batch::new();
    let mut out = Vec::with_capacity(finds.len());
    let numbers: Vec<usize> = (0..finds.len()).collect();
    for numbers in numbers.chunks(LANES) {
        for &number in numbers {
            batch.push(&verdict_row(ground, finds, number));
        }
        out.extend(batch.scores(forest).into_iter().take(numbers.len()).map(share));
        batch.clear();
    }
    out
}
