//! Who of the candidates said a quotation: scores, in two passes.

use super::candidate::Candidate;
use super::context::{Context, OF_CONTEXT};
use super::feature::{
    Facts, OF_CANDIDATE, OF_PAIR, OF_QUOTE, facts, pair_features, quote_features,
};
use super::forest::{Batch, Forest, LANES};
use super::survey::Survey;
use super::window::window;

/// How many candidates the second pass takes over from the first.
pub(super) const KEPT: usize = 8;

/// The features of the first pass.
pub(super) const FIRST: usize = OF_CANDIDATE + OF_QUOTE + OF_PAIR;
/// The features of the second pass.
pub(super) const SECOND: usize = FIRST + OF_CONTEXT;

/// The candidates of one quotation, the best first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ranking {
    /// How many there are.
    pub(super) len: usize,
    /// Their indices among the candidates of the article.
    pub(super) candidates: [u32; KEPT],
    /// Their scores, in thousandths.
    pub(super) scores: [i32; KEPT],
    /// How probable each is.
    pub(super) shares: [f32; KEPT],
}

impl Ranking {
    /// The best `KEPT` of the scored candidates, with the shares that they have among all.
    fn new(scored: &mut [(i32, u32)]) -> Self {
        let best = scored.iter().map(|&(score, _)| score).max().unwrap_or_default();
        let weight = |score: i32| (f64::from(score - best) / 1000.0).exp();
        let sum: f64 = scored.iter().map(|&(score, _)| weight(score)).sum();
        scored.sort_unstable_by_key(|&(score, index)| (-score, index));
        let mut ranking = Self { len: scored.len().min(KEPT), ..Self::default() };
        let slots = ranking.candidates.iter_mut().zip(&mut ranking.scores).zip(&mut ranking.shares);
        for (((candidate, kept), share), &(score, index)) in slots.zip(scored.iter()) {
            #[expect(clippy::cast_possible_truncation, reason = "a share needs no more")]
            let part = (weight(score) / sum) as f32;
            (*candidate, *kept, *share) = (index, score, part);
        }
        ranking
    }

    /// The candidates with their shares, the best first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, f32)> + '_ {
        let all = self.candidates.iter().zip(&self.shares).take(self.len);
        all.map(|(&index, &share)| (index as usize, share))
    }

    /// The best one with its share.
    pub(super) fn best(&self) -> Option<(usize, f32)> {
        self.iter().next()
    }
}

/// A survey with what was found out of its candidates and quotations.
pub(super) struct Scene<'s, 'a> {
    /// The survey.
    pub(super) survey: &'s Survey<'a>,
    facts: Vec<Option<Facts>>,
    quotes: Vec<[u8; OF_QUOTE]>,
}

impl<'s, 'a> Scene<'s, 'a> {
    /// Looks at the quotations of a survey.
    pub(super) fn new(survey: &'s Survey<'a>) -> Self {
        let quotes = (0..survey.quotes.len()).map(|it| quote_features(survey, it)).collect();
        let facts = vec![None; survey.candidates.len()];
        Self { survey, facts, quotes }
    }

    /// A candidate and what is known of it.
    pub(super) fn candidate(&mut self, index: usize) -> Option<(Candidate, Facts)> {
        let candidate = *self.survey.candidates.get(index)?;
        let slot = self.facts.get_mut(index)?;
        let facts = slot.get_or_insert_with(|| facts(self.survey, &candidate));
        Some((candidate, *facts))
    }

    /// The features of the first pass.
    pub(super) fn first_row(&mut self, number: usize, index: usize) -> [u8; FIRST] {
        let mut row = [0; FIRST];
        let (Some(quote), Some((candidate, facts))) =
            (self.survey.quotes.get(number), self.candidate(index))
        else {
            return row;
        };
        let pair = pair_features(self.survey, &candidate, &facts, quote);
        let of_quote = self.quotes.get(number).copied().unwrap_or([0; OF_QUOTE]);
        let (candidate_part, rest) = row.split_at_mut(OF_CANDIDATE);
        let (quote_part, pair_part) = rest.split_at_mut(OF_QUOTE);
        candidate_part.copy_from_slice(&facts.features);
        quote_part.copy_from_slice(&of_quote);
        pair_part.copy_from_slice(&pair);
        row
    }

    /// The same for a quotation without candidates.
    pub(super) fn lone_row(&self, number: usize) -> [u8; FIRST] {
        let mut row = [0; FIRST];
        let of_quote = self.quotes.get(number).copied().unwrap_or([0; OF_QUOTE]);
        for (to, from) in row.iter_mut().skip(OF_CANDIDATE).zip(of_quote) {
            *to = from;
        }
        row
    }

    /// Ranks the candidates of every quotation by the first pass.
    pub(super) fn first(&mut self, forest: &Forest) -> Vec<Ranking> {
        let mut ranker = Ranker::new(forest);
        for (number, quote) in self.survey.quotes.iter().enumerate() {
            let window = window(self.survey, quote);
            ranker.begin(window.len());
            for index in window {
                let row = self.first_row(number, index);
                ranker.put(index, &row);
            }
            ranker.end();
        }
        ranker.finish()
    }

    /// Ranks the best candidates anew, by what the first pass found for the quotations around.
    pub(super) fn second(&mut self, first: &[Ranking], forest: &Forest) -> Vec<Ranking> {
        let context = Context::new(self.survey, first);
        let mut ranker = Ranker::new(forest);
        for (number, ranking) in first.iter().enumerate() {
            ranker.begin(ranking.len);
            for (place, (index, _)) in ranking.iter().enumerate() {
                let row = self.second_row(number, place, &context);
                ranker.put(index, &row);
            }
            ranker.end();
        }
        ranker.finish()
    }

    /// The features of the second pass, for the candidate at that place of the first.
    pub(super) fn second_row(
        &mut self,
        number: usize,
        place: usize,
        context: &Context,
    ) -> [u8; SECOND] {
        let mut row = [0; SECOND];
        let Some(&index) = context.first.get(number).and_then(|it| it.candidates.get(place)) else {
            return row;
        };
        let (first_part, context_part) = row.split_at_mut(FIRST);
        first_part.copy_from_slice(&self.first_row(number, index as usize));
        context_part.copy_from_slice(&context.features(self.survey, number, place));
        row
    }
}

/// Ranks candidates, those of several quotations at once.
pub(super) struct Ranker<'f, const N: usize> {
    forest: &'f Forest,
    batch: Batch<N>,
    /// The candidates by lane.
    candidates: [u32; LANES],
    /// Where the candidates of each quotation in the batch end.
    ends: Vec<usize>,
    /// How many lanes are taken.
    taken: usize,
    done: Vec<Ranking>,
}

impl<'f, const N: usize> Ranker<'f, N> {
    pub(super) const fn new(forest: &'f Forest) -> Self {
        Self {
            forest,
            batch: Batch::new(),
            candidates: [0; LANES],
            ends: Vec::new(),
            taken: 0,
            done: Vec::new(),
        }
    }

    /// Makes room for a quotation with so many candidates.
    pub(super) fn begin(&mut self, count: usize) {
        if !self.batch.has_room(count) {
            self.rank();
        }
    }

    pub(super) fn put(&mut self, candidate: usize, row: &[u8; N]) {
        let lane = self.batch.push(row);
        if let Some(slot) = self.candidates.get_mut(lane) {
            *slot = u32::try_from(candidate).unwrap_or(u32::MAX);
        }
        self.taken = lane + 1;
    }

    pub(super) fn end(&mut self) {
        self.ends.push(self.taken);
    }

    /// Ranks the candidates in the batch.
    fn rank(&mut self) {
        let scores = self.batch.scores(self.forest);
        let mut rows = [(0, 0); LANES];
        for ((slot, score), candidate) in rows.iter_mut().zip(scores).zip(self.candidates) {
            *slot = (score, candidate);
        }
        let mut from = 0;
        for end in self.ends.drain(..) {
            self.done.push(Ranking::new(rows.get_mut(from..end).unwrap_or_default()));
            from = end;
        }
        self.taken = 0;
        self.batch.clear();
    }

    pub(super) fn finish(mut self) -> Vec<Ranking> {
        self.rank();
        self.done
    }
}
