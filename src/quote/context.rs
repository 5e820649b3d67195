//! What the first pass found for the quotations around, as the second pass sees it.

use super::candidate::CandidateKind;
use super::feature::{MOST, small};
use super::rank::Ranking;
use super::survey::Survey;

/// The features that the second pass has from the first.
pub(super) const OF_CONTEXT: usize = 16;

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
    pub(super) fn features(
        &self,
        survey: &Survey,
        number: usize,
        place: usize,
    ) -> [u8; OF_CONTEXT] {
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
