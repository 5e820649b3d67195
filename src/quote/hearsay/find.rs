//! Finds cues, the words that they report, and who said them, by the forests of a model.

use std::collections::HashMap;
use std::ops::Range;

use super::cue::{Cue, OF_CUE, cue_features, cues};
use super::end::{OF_END, end_features, ends};
use super::ground::Ground;
use super::model::HearsayModel;
use super::source::{OF_SOURCE, source_features, sources};
use super::start::{OF_START, start_features, starts};
use crate::quote::feature::{Facts, facts};
use crate::quote::forest::{Batch, Forest, LANES};
use crate::quote::rank::{Ranker, Ranking};

/// From this probability on, a word is looked at as a cue.
pub(in crate::quote) const CHANCE: f32 = 0.08;

/// A cue with what was found for it.
#[derive(Debug, Clone)]
pub(in crate::quote) struct Find {
    /// The cue.
    pub(in crate::quote) cue: Cue,
    /// What it looks like.
    pub(in crate::quote) row: [u8; OF_CUE],
    /// How probable it is that it is one.
    pub(in crate::quote) chance: f32,
    /// Where its report may begin: tokens.
    pub(in crate::quote) start: Ranking,
    /// Where its report may end: tokens.
    pub(in crate::quote) end: Ranking,
    /// Who may have said it: indices of candidates.
    pub(in crate::quote) source: Ranking,
}

impl Find {
    /// The tokens of the report.
    pub(in crate::quote) fn report(&self) -> Range<usize> {
        let best = |ranking: &Ranking| ranking.best().map_or(0, |(at, _)| at);
        best(&self.start)..best(&self.end)
    }
}

/// Finds what cues report.
pub(in crate::quote) struct Finder<'g, 's, 'a> {
    /// The article.
    pub(in crate::quote) ground: &'g Ground<'s, 'a>,
    facts: Vec<Option<Facts>>,
}

impl<'g, 's, 'a> Finder<'g, 's, 'a> {
    pub(in crate::quote) fn new(ground: &'g Ground<'s, 'a>) -> Self {
        Self { ground, facts: vec![None; ground.survey.candidates.len()] }
    }

    /// All that may be reported, in the order of the cues.
    pub(in crate::quote) fn find(&mut self, model: &HearsayModel) -> Vec<Find> {
        let mut likely = self.likely(&model.cue);
        leave_out_crowds(&mut likely);
        let find = |(cue, chance): &(Cue, f32)| Find {
            cue: *cue,
            row: cue_features(self.ground, cue),
            chance: *chance,
            start: Ranking::default(),
            end: Ranking::default(),
            source: Ranking::default(),
        };
        let mut finds: Vec<Find> = likely.iter().map(find).collect();
        self.begin(&mut finds, &model.start);
        self.end(&mut finds, &model.end);
        finds.retain(|it| it.end.len > 0);
        self.attribute(&mut finds, &model.source);
        finds
    }

    /// The words that are likely to be cues, and how probable it is that they are.
    fn likely(&self, forest: &Forest) -> Vec<(Cue, f32)> {
        let mut out = Vec::new();
        let mut batch: Batch<OF_CUE> = Batch::new();
        for chunk in cues(self.ground).chunks(LANES) {
            for cue in chunk {
                batch.push(&cue_features(self.ground, cue));
            }
            let chances = batch.scores(forest).map(share);
            let scored = chunk.iter().copied().zip(chances);
            out.extend(scored.filter(|(_, chance)| *chance >= CHANCE));
            batch.clear();
        }
        out
    }

    /// Finds where each report may begin.
    fn begin(&self, finds: &mut [Find], forest: &Forest) {
        let mut ranker: Ranker<OF_START> = Ranker::new(forest);
        for find in finds.iter() {
            let options = starts(self.ground, &find.cue);
            ranker.begin(options.len());
            for (number, at) in options.into_iter().enumerate() {
                ranker.put(at, &start_features(self.ground, &find.cue, at, number));
            }
            ranker.end();
        }
        for (find, ranking) in finds.iter_mut().zip(ranker.finish()) {
            find.start = ranking;
        }
    }

    /// Finds where each report may end.
    fn end(&self, finds: &mut [Find], forest: &Forest) {
        let mut ranker: Ranker<OF_END> = Ranker::new(forest);
        for find in finds.iter() {
            let first = find.start.best().map(|(at, _)| at);
            let options = first.map(|at| ends(self.ground, &find.cue, at)).unwrap_or_default();
            ranker.begin(options.len());
            for (number, at) in options.into_iter().enumerate() {
                let first = first.unwrap_or_default();
                ranker.put(at, &end_features(self.ground, &find.cue, first, at, number));
            }
            ranker.end();
        }
        for (find, ranking) in finds.iter_mut().zip(ranker.finish()) {
            find.end = ranking;
        }
    }

    /// Finds who said it.
    pub(in crate::quote) fn attribute(&mut self, finds: &mut [Find], forest: &Forest) {
        let mut ranker: Ranker<OF_SOURCE> = Ranker::new(forest);
        for find in finds.iter() {
            let options = sources(self.ground, &find.cue);
            ranker.begin(options.len());
            for index in options {
                let row = self.source_row(&find.cue, &find.report(), index);
                ranker.put(index, &row);
            }
            ranker.end();
        }
        for (find, ranking) in finds.iter_mut().zip(ranker.finish()) {
            find.source = ranking;
        }
    }

    /// What the candidate of that index looks like as a source.
    pub(in crate::quote) fn source_row(
        &mut self,
        cue: &Cue,
        report: &Range<usize>,
        index: usize,
    ) -> [u8; OF_SOURCE] {
        let survey = self.ground.survey;
        let (Some(candidate), Some(slot)) =
            (survey.candidates.get(index), self.facts.get_mut(index))
        else {
            return [0; OF_SOURCE];
        };
        let facts = slot.get_or_insert_with(|| facts(survey, candidate));
        source_features(self.ground, cue, report, candidate, facts)
    }
}

/// A sentence with more cues than this is none: each would be looked at from every other.
const CROWD: usize = 48;

/// Leaves out the cues of sentences that have too many.
fn leave_out_crowds(likely: &mut Vec<(Cue, f32)>) {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for (cue, _) in likely.iter() {
        *counts.entry(cue.spot.from).or_default() += 1;
    }
    likely.retain(|(cue, _)| counts.get(&cue.spot.from).is_none_or(|&count| count <= CROWD));
}

/// How probable what has that score is.
pub(in crate::quote) fn share(score: i32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "scores are small")]
    let score = score as f32 / 1000.0;
    1.0 / (1.0 + (-score).exp())
}
