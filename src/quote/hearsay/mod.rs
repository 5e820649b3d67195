//! Hearsay: what someone is reported to have said, without quotation marks.
//!
//! `ground` reads the article as it is looked at here, with what `habit` knows of words. `cue` finds
//! the words that may report; `start` and `end` say where the words that such a cue reports may begin
//! and end, `source` whose they may be; `find` ranks all of it by the forests of the `model`, `verdict`
//! judges what came of it, and `choice` keeps what does not overlap.

mod choice;
mod cue;
mod end;
mod find;
mod ground;
mod habit;
mod model;
mod source;
mod start;
mod verdict;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::model::Model;
use super::person::people_among;
use super::quotation::{Kind, Quotation, quotations_by, whole};
use super::reach::within_reach;
use super::stretch::stretches;
use super::survey::Survey;
use crate::corpus::Block;
use crate::text::Offset;
pub(super) use choice::choose;
pub(super) use cue::{OF_CUE, cue_features, cues};
pub(super) use end::{end_features, ends};
pub(super) use find::{Find, Finder};
pub(super) use ground::{Ground, is_named};
pub(super) use habit::{Ending, Habits, fallback, stem, symbol};
pub use model::HearsayModel;
pub(super) use model::Lists;
pub(super) use source::sources;
pub(super) use start::{start_features, starts};
pub(super) use verdict::{verdict_row, verdicts};

/// From this probability on, words are taken for a report.
pub(super) const LEAST: f32 = 0.33;

/// The quotations of a text as [`quotations_by`] finds them, and among them, in the order of the text,
/// what is reported without quotation marks: kind [`Kind::Indirect`], apart from each other and from
/// every quoted stretch, each within one sentence and an utterance of its own.
///
/// `blocks` are in the order of the text and do not overlap. Every span lies on grapheme boundaries if
/// those of the blocks do. Takes time linear in the length of the text.
#[must_use]
pub fn quotations_and_hearsay(
    model: &Model,
    of_hearsay: &HearsayModel,
    text: &str,
    blocks: &[Block],
) -> Vec<Quotation> {
    let blocks = within_reach(text, blocks);
    let mut all = quotations_by(model, text, blocks);
    let reports = hearsay(model, of_hearsay, text, blocks);
    let apart = |it: &Quotation| {
        // What begins before its end is in the order of the text, and so are the ends.
        let before = all.partition_point(|other| other.outer.start < it.outer.end);
        let last = before.checked_sub(1).and_then(|at| all.get(at));
        last.is_none_or(|last| last.outer.end <= it.outer.start)
    };
    let reports: Vec<Quotation> = reports.into_iter().filter(apart).collect();
    all.extend(reports);
    all.sort_by_key(|it| it.inner);
    number(&mut all);
    all
}

/// Numbers the utterances anew, in the order of the text. A report is one by itself.
fn number(all: &mut [Quotation]) {
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut next = 0;
    for it in all {
        let new = match it.kind {
            Kind::Indirect => next,
            _ => *numbers.entry(it.utterance).or_insert(next),
        };
        next = next.max(new + 1);
        it.utterance = new;
    }
}

/// What is reported without quotation marks, in the order of the text.
fn hearsay(
    model: &Model,
    of_hearsay: &HearsayModel,
    text: &str,
    blocks: &[Block],
) -> Vec<Quotation> {
    let stretches = stretches(text, blocks);
    let survey = Survey::new(text, blocks, &stretches, &model.lexicon);
    let ground = Ground::new(&survey, &of_hearsay.habits);
    let finds = Finder::new(&ground).find(of_hearsay);
    let verdicts = verdicts(&ground, &finds, &of_hearsay.verdict);
    let reports: Vec<_> = finds.iter().map(Find::report).zip(verdicts).collect();
    let kept = choose(&reports, LEAST);
    if kept.is_empty() {
        return Vec::new();
    }
    let people = people_among(text, blocks, &stretches);
    let mut out: Vec<Quotation> = Vec::with_capacity(kept.len());
    for number in kept {
        let (Some(find), Some(&(_, probability))) = (finds.get(number), reports.get(number)) else {
            continue;
        };
        let Some(mut report) = quotation(&ground, find) else { continue };
        if out.last().is_some_and(|last| last.inner.overlaps(report.inner)) {
            continue;
        }
        let share = find.source.best().map_or(0.0, |(_, share)| share);
        report.confidence = of_hearsay.calibrated(probability * share);
        report.speaker = report.mention.and_then(|it| people.name_of(it));
        // By its cue, which lies in the block whatever white space a grapheme begins with.
        let cue = survey.tokens.all.get(find.cue.at).map_or(Offset::ZERO, |it| it.span().start);
        report.block = blocks.partition_point(|it| it.span.end <= cue);
        out.push(report);
    }
    out
}

/// What was found for a cue, in the positions of the text.
fn quotation(ground: &Ground, find: &Find) -> Option<Quotation> {
    let survey = ground.survey;
    let span = |from, to| survey.span(from, to).map(|it| whole(survey.text, it));
    let report = find.report();
    let inner = span(report.start, report.end)?;
    let source = find.source.best();
    let candidate = source.and_then(|(index, _)| survey.candidates.get(index));
    Some(Quotation {
        inner,
        outer: inner,
        kind: Kind::Indirect,
        mention: candidate.and_then(|it| span(it.from, it.to)),
        cue: span(find.cue.at, ground.end_of_cue(&find.cue)),
        speaker: None,
        confidence: 0.0,
        utterance: 0,
        block: 0,
    })
}
