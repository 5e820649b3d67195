//! Who of the candidates said a quotation: scores, in two passes.

use std::ops::Range;

use super::candidate::{Candidate, CandidateKind};
use super::feature::{
    Facts, MOST, OF_CANDIDATE, OF_PAIR, OF_QUOTE, facts, pair_features, quote_features, small,
};
use super::forest::{Batch, Forest, LANES};
use super::survey::{Quote, Survey};
use crate::corpus::BlockKind;

/// The most candidates before a quotation that are looked at.
const BEFORE: usize = 20;
/// The most candidates after it.
const AFTER: usize = LANES - BEFORE;
/// How many candidates the second pass takes over from the first.
pub(super) const KEPT: usize = 8;
/// How many paragraphs with candidates are searched before a quotation.
const BACK: usize = 2;
/// The most paragraphs that are passed over for it.
const FAR: usize = 12;

/// The features of the first pass.
pub(super) const FIRST: usize = OF_CANDIDATE + OF_QUOTE + OF_PAIR;
/// The features that the second pass has from the first.
const OF_CONTEXT: usize = 16;
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
        let all = facts.features.into_iter().chain(of_quote).chain(pair);
        for (to, from) in row.iter_mut().zip(all) {
            *to = from;
        }
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
        let first = self.first_row(number, index as usize);
        let all = first.into_iter().chain(context.features(self.survey, number, place));
        for (to, from) in row.iter_mut().zip(all) {
            *to = from;
        }
        row
    }
}

/// Ranks candidates, those of several quotations at once.
struct Ranker<'f, const N: usize> {
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
    const fn new(forest: &'f Forest) -> Self {
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
    fn begin(&mut self, count: usize) {
        if !self.batch.has_room(count) {
            self.rank();
        }
    }

    fn put(&mut self, candidate: usize, row: &[u8; N]) {
        let lane = self.batch.push(row);
        if let Some(slot) = self.candidates.get_mut(lane) {
            *slot = u32::try_from(candidate).unwrap_or(u32::MAX);
        }
        self.taken = lane + 1;
    }

    fn end(&mut self) {
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

    fn finish(mut self) -> Vec<Ranking> {
        self.rank();
        self.done
    }
}

/// The indices of the candidates for a quotation: the nearest ones, outside other articles.
pub(super) fn window(survey: &Survey, quote: &Quote) -> Range<usize> {
    let own = survey.paragraph(quote.paragraph);
    let first = |paragraph: usize| survey.firsts.get(paragraph).copied().unwrap_or_default();
    let apart = |paragraph: usize| {
        let other = survey.paragraph(paragraph);
        other.part != own.part
    };
    let aside = |paragraph: usize| {
        matches!(survey.paragraph(paragraph).kind, BlockKind::Caption | BlockKind::Heading)
    };
    let mut from = quote.paragraph;
    let mut left = BACK;
    let furthest = quote.paragraph.saturating_sub(FAR);
    while left > 0 && from > furthest && !apart(from - 1) {
        from -= 1;
        left -= usize::from(first(from) < first(from + 1) && !aside(from));
    }
    let ahead = if matches!(own.kind, BlockKind::Paragraph | BlockKind::Caption) { 1 } else { 3 };
    let mut to = quote.paragraph + 1;
    while to <= quote.paragraph + ahead && to < survey.tokens.paragraphs.len() && !apart(to) {
        to += 1;
    }
    let (from, to) = (first(from), first(to));
    let here = from
        + survey
            .candidates
            .get(from..to)
            .unwrap_or_default()
            .partition_point(|it| it.from < quote.token);
    from.max(here.saturating_sub(BEFORE))..to.min(here + AFTER)
}

/// What the first pass found, by quotation and by name.
pub(super) struct Context<'f> {
    /// The rankings of the first pass.
    pub(super) first: &'f [Ranking],
    /// What each candidate is called: the hash of its head.
    keys: Vec<u32>,
    kinds: Vec<CandidateKind>,
    /// How much of the article's quotations each name has, sorted by name.
    masses: Vec<(u32, f32)>,
}

impl<'f> Context<'f> {
    /// Gathers what the first pass found.
    pub(super) fn new(survey: &Survey, first: &'f [Ranking]) -> Self {
        let keys: Vec<u32> = survey
            .candidates
            .iter()
            .map(|it| survey.tokens.all.get(it.head).map_or(0, |token| token.word))
            .collect();
        let mut all: Vec<(u32, f32)> = first
            .iter()
            .flat_map(|it| it.iter().take(3))
            .map(|(index, share)| (keys.get(index).copied().unwrap_or_default(), share))
            .collect();
        all.sort_by_key(|&(key, _)| key);
        all.dedup_by(|from, to| {
            let same = from.0 == to.0;
            if same {
                to.1 += from.1;
            }
            same
        });
        let kinds = survey.candidates.iter().map(|it| it.kind).collect();
        Self { first, keys, kinds, masses: all }
    }

    fn key(&self, index: usize) -> u32 {
        self.keys.get(index).copied().unwrap_or_default()
    }

    /// How much of the quotation `number` the candidate has, and how much its name.
    fn shares(&self, number: Option<usize>, index: usize) -> [f32; 2] {
        let Some(ranking) = number.and_then(|it| self.first.get(it)) else { return [0.0; 2] };
        let key = self.key(index);
        let mut sums = [0.0; 2];
        for (other, share) in ranking.iter() {
            let [same, named] = &mut sums;
            *same += if other == index { share } else { 0.0 };
            *named += if self.key(other) == key { share } else { 0.0 };
        }
        sums
    }

    /// What the first pass tells of the candidate at `place` of the quotation `number`.
    fn features(&self, survey: &Survey, number: usize, place: usize) -> [u8; OF_CONTEXT] {
        let Some(ranking) = self.first.get(number) else { return [0; OF_CONTEXT] };
        let at = |place: usize| {
            let index = ranking.candidates.get(place).copied().unwrap_or_default() as usize;
            let score = ranking.scores.get(place).copied().unwrap_or_default();
            (index, score, ranking.shares.get(place).copied().unwrap_or_default())
        };
        let (index, score, share) = at(place);
        let (top, best, _) = at(0);
        let mass = self.masses.binary_search_by_key(&self.key(index), |&(key, _)| key);
        let mass = mass.ok().and_then(|at| self.masses.get(at)).map_or(0.0, |&(_, mass)| mass);
        let quotes = f32::from(u16::try_from(self.first.len()).unwrap_or(u16::MAX)).max(1.0);
        let [previous, previous_name] = self.shares(number.checked_sub(1), index);
        let [earlier, earlier_name] = self.shares(number.checked_sub(2), index);
        let [next, next_name] = self.shares(Some(number + 1), index);
        let paragraph = |number: Option<usize>| {
            number.and_then(|it| survey.quotes.get(it)).map_or(usize::MAX, |it| it.paragraph)
        };
        let here = paragraph(Some(number));
        let away = |other: usize| small(u32::try_from(here.abs_diff(other)).unwrap_or(u32::MAX));
        let kind = |index: usize| self.kinds.get(index).map_or(MOST, |&kind| kind as u8);
        let before =
            number.checked_sub(1).and_then(|it| self.first.get(it)).and_then(Ranking::best);
        [
            root(share),
            small(u32::try_from(place).unwrap_or(u32::MAX)),
            small(u32::try_from((best - score) / 100).unwrap_or_default()),
            root(previous),
            root(previous_name),
            root(next),
            root(next_name),
            root(earlier),
            root(earlier_name),
            root(mass / quotes),
            halves(mass),
            away(paragraph(number.checked_sub(1))),
            away(paragraph(Some(number + 1))),
            kind(top),
            before.map_or(MOST, |(index, _)| kind(index)),
            u8::from(top < index) + 2 * u8::from(before.is_some_and(|(it, _)| it < index)),
        ]
    }
}

/// A sum of shares as a feature: its halves.
fn halves(sum: f32) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is 0 to 63")]
    let halves = (sum * 2.0).clamp(0.0, f32::from(MOST)) as u8;
    halves
}

/// A share as a feature: its square root in 63rds.
pub(super) fn root(share: f32) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is 0 to 63")]
    let part = (share.clamp(0.0, 1.0).sqrt() * f32::from(MOST)) as u8;
    part
}
