//! Whom a role stands for: "the Prime Minister", "the EU chief", "the Florida senator".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::entity::Entity;
use super::letter::{Key, key};
use super::lexicon::{self, Traits};
use super::occurrence::{Gender, Occurrence, Role};
use super::place::PLACES;
use super::pronoun;
use crate::text::Span;

/// How many ties of one role are looked at.
const REACH: usize = 24;

/// Which line of the table of places a word stands in.
static COUNTRIES: LazyLock<HashMap<Key, u16>> = LazyLock::new(|| {
    let lines = (0..).zip(PLACES.lines());
    lines
        .flat_map(|(line, words)| words.split_ascii_whitespace().map(move |word| (key(word), line)))
        .collect()
});

/// The roles of a text, by their heads.
#[derive(Debug, Default)]
pub(super) struct Roles {
    /// Ordered by head, then by place.
    roles: Vec<Role>,
}

/// What a role's words say.
#[derive(Debug, Default)]
struct Wording {
    places: Vec<u16>,
    others: Vec<Key>,
}

fn wording(words: &str, head: Key) -> Wording {
    let mut out = Wording::default();
    for word in words.split([' ', '\u{a0}']).take(12) {
        let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
        let key = key(word);
        if key == head || lexicon::traits(key).has(Traits::DETERMINER) {
            continue;
        }
        match COUNTRIES.get(&key) {
            Some(place) => out.places.push(*place),
            None => out.others.push(key),
        }
    }
    out
}

impl Roles {
    pub(super) fn new(mut roles: Vec<Role>) -> Self {
        roles.sort_by_key(|role| (role.head, role.of));
        Self { roles }
    }

    /// The ties of a head, those before `at` last first, then a few after it.
    fn ties(&self, head: Key, at: u32) -> impl Iterator<Item = &Role> {
        let from = self.roles.partition_point(|role| role.head < head);
        let middle = self.roles.partition_point(|role| (role.head, role.of) < (head, at));
        let to = self.roles.partition_point(|role| role.head <= head);
        let before = self.roles.get(from..middle).unwrap_or_default();
        let after = self.roles.get(middle..to).unwrap_or_default();
        before.iter().rev().take(REACH).chain(after.iter().take(REACH / 4))
    }

    /// Whom the role with these words and this head stands for, that stands behind the occurrences
    /// before index `at`.
    pub(super) fn holder(
        &self,
        text: &str,
        occurrences: &[Occurrence],
        entities: &[Entity],
        at: usize,
        words: Span,
        head: Key,
    ) -> Option<u32> {
        let asked = wording(words.of(text), head);
        let here = u32::try_from(at).unwrap_or(u32::MAX);
        let chief = lexicon::traits(head).has(Traits::CHIEF);
        let mut best: Option<(i32, u32)> = None;
        let heads = CHIEFS.iter().map(|word| key(word)).filter(|other| chief && *other != head);
        for (rank, head) in std::iter::once(head).chain(heads).enumerate() {
            for tie in self.ties(head, here) {
                let Some(who) = occurrences.get(tie.of as usize).and_then(|one| one.who) else {
                    continue;
                };
                if entities.get(who as usize).is_none_or(|entity| !entity.is_human()) {
                    continue;
                }
                let held = wording(tie.span.of(text), head);
                let Some(score) = agreement(&asked, &held, rank > 0) else { continue };
                let score = score * 2 + i32::from(tie.of < here);
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, who));
                }
            }
        }
        best.map(|(_, who)| who)
    }
}

const CHIEFS: &[&str] = &["president", "chief", "head", "leader", "boss", "chairman", "chair"];

/// How well the words of a role asked for agree with those of one held, if they may be the same.
fn agreement(asked: &Wording, held: &Wording, synonym: bool) -> Option<i32> {
    let places = asked.places.iter().filter(|place| held.places.contains(place)).count();
    let others = asked.others.iter().filter(|word| held.others.contains(word)).count();
    if !asked.places.is_empty() && !held.places.is_empty() && places == 0 {
        return None;
    }
    if synonym && places == 0 {
        return None;
    }
    // "the campaign manager" is no stage manager.
    if !asked.others.is_empty() && others == 0 && !held.others.is_empty() {
        return None;
    }
    let missing = asked.others.len() - others + (asked.places.len() - places);
    i32::try_from(4 * (places + others)).ok()?.checked_sub(i32::try_from(missing).ok()?)
}

/// Whom an office stands for that no name is tied to: who acted last.
pub(super) fn actor(
    before: &[Occurrence],
    entities: &[Entity],
    one: &Occurrence,
    gender: Option<Gender>,
) -> Option<u32> {
    pronoun::antecedent(before, entities, one, gender)
}
