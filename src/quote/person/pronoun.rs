//! Whom a pronoun stands for.
//!
//! The people named before it are weighed: how near, in which sentence and paragraph, whether as the
//! one who acts or speaks, whether the gender agrees. The weights were fitted to labelled news.

use super::entity::Entity;
use super::occurrence::{Gender, Occurrence, Setting, Sort, What};

/// How many occurrences back a pronoun reaches.
const REACH: usize = 40;

/// How many people are weighed.
const MOST: usize = 8;

/// How many things are weighed of each.
pub(super) const FEATURES: usize = 28;

/// What each counts.
const WEIGHTS: [f32; FEATURES] = [
    3.0, 1.0, 1.0, 0.0, 0.5, 1.0, 0.5, 0.5, -0.5, 1.5, 0.7, 0.0, 0.8, 0.6, 0.8, -0.4, -0.3, 0.0,
    0.8, -2.0, -0.5, 0.4, 0.5, 0.5, 0.3, 0.5, 0.0, 0.5,
];

/// A person who may be meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) who: u32,
    pub(super) features: [f32; FEATURES],
}

impl Candidate {
    fn score(&self) -> f32 {
        self.features.iter().zip(WEIGHTS).map(|(feature, weight)| feature * weight).sum()
    }
}

/// Who is meant by the pronoun at index `at`, which stands as `one` does.
pub(super) fn antecedent(
    before: &[Occurrence],
    entities: &[Entity],
    one: &Occurrence,
    gender: Option<Gender>,
) -> Option<u32> {
    let mut best: Option<(f32, u32)> = None;
    for candidate in candidates(before, entities, one, gender) {
        let score = candidate.score();
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, candidate.who));
        }
    }
    best.map(|(_, who)| who)
}

/// Those who may be meant, nearest first.
pub(super) fn candidates(
    before: &[Occurrence],
    entities: &[Entity],
    one: &Occurrence,
    gender: Option<Gender>,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::with_capacity(MOST);
    let mut told = false;
    for near in before.iter().rev().take(REACH).take_while(|near| near.part == one.part) {
        let Some(who) = near.who else { continue };
        let Some(entity) = entities.get(who as usize).filter(|entity| entity.is_human()) else {
            continue;
        };
        if let Some(again) = found.iter_mut().find(|known| known.who == who) {
            recall(again, near, one);
            continue;
        }
        let known = entity.gender();
        if found.len() == MOST || (known.is_some() && gender.is_some() && known != gender) {
            continue;
        }
        let quoted = near.setting.has(Setting::QUOTED);
        let first_told = near.setting.has(Setting::TELLS) && !quoted && !told;
        told |= first_told;
        let mut candidate = Candidate { who, features: [0.0; FEATURES] };
        see(&mut candidate.features, near, one, entity);
        let rank = found.len();
        let features = &mut candidate.features;
        set(features, if rank < 2 { 9 + rank } else { 11 }, true);
        set(features, 25, first_told);
        found.push(candidate);
    }
    found
}

fn set(features: &mut [f32; FEATURES], index: usize, holds: bool) {
    if let Some(feature) = features.get_mut(index) {
        *feature = f32::from(u8::from(holds));
    }
}

/// Adds what an earlier mention of someone already met says.
fn recall(candidate: &mut Candidate, near: &Occurrence, one: &Occurrence) {
    if let Some(often) = candidate.features.get_mut(22) {
        *often = (*often + 0.34).min(1.0);
    }
    let sentence = one.sentence - near.sentence;
    if sentence == 1 && near.setting.has(Setting::ACTS) && !near.setting.has(Setting::QUOTED) {
        set(&mut candidate.features, 23, true);
    }
    if near.block == one.block
        && near.setting.has(Setting::ACTS)
        && !near.setting.has(Setting::QUOTED)
    {
        set(&mut candidate.features, 27, true);
    }
}

/// Fills in what the latest mention `near` says.
fn see(features: &mut [f32; FEATURES], near: &Occurrence, one: &Occurrence, entity: &Entity) {
    let sentences = one.sentence.saturating_sub(near.sentence);
    let blocks = one.block.saturating_sub(near.block);
    let is = |what| near.setting.has(what);
    let free = !is(Setting::QUOTED);
    let acts = is(Setting::ACTS) && free;
    for (index, holds) in [
        (0, entity.gender().is_some()),
        (1, entity.gender().is_none()),
        (2, entity.sort == Sort::Person),
        (3, entity.sort == Sort::Unknown),
        (4, sentences == 0),
        (5, sentences == 1),
        (6, blocks == 0),
        (7, blocks == 1),
        (8, blocks > 1),
        (12, acts),
        (13, is(Setting::FIRST) && free),
        (14, is(Setting::TELLS) && free),
        (15, is(Setting::LINKED)),
        (16, is(Setting::OWNS)),
        (17, is(Setting::COMMA)),
        (18, matches!(near.what, What::Pronoun(_)) && free),
        (19, !free),
        (20, is(Setting::JOINED)),
        (23, sentences == 1 && acts),
        (24, sentences == 0 && acts),
        (26, one.setting.has(Setting::TELLS) && is(Setting::TELLS) && free),
        (27, blocks == 0 && acts),
    ] {
        set(features, index, holds);
    }
    let count = u16::try_from(entity.count).unwrap_or(u16::MAX);
    if let Some(often) = features.get_mut(21) {
        *often = f32::from(count).ln().min(4.0) / 2.0;
    }
}
