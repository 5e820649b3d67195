//! Whom a role stands for: "the Prime Minister", "the EU chief", "the Florida senator".
//!
//! A name is tied to the roles that stand beside it: before it ("French President Ann Poe"), behind it
//! ("Ann Poe, the mayor"), or as the country that owns it ("France's Ann Poe"). A role that stands by
//! itself then belongs to whom a tie of the same head and no other words agrees with.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::entity::Entity;
use super::letter::{Key, key};
use super::lexicon::{self, Traits};
use super::occurrence::{Occurrence, Role};
use super::place::PLACES;
use crate::text::Span;

/// How many ties of one role are looked at.
const REACH: usize = 24;

/// How many occurrences back a role may be held that is told with its country first and without it
/// later.
const NEAR: u32 = 40;

/// Which line of the table of places a word stands in.
static COUNTRIES: LazyLock<HashMap<Key, u16>> = LazyLock::new(|| {
    let lines = (0..).zip(PLACES.lines());
    let words = |(line, words): (u16, &'static str)| {
        words.split_ascii_whitespace().map(move |word| (key(word), line))
    };
    lines.flat_map(words).collect()
});

/// The heads of the roles of whoever leads.
static CHIEFS: LazyLock<Vec<Key>> =
    LazyLock::new(|| super::title::CHIEFS.split_ascii_whitespace().map(key).collect());

/// The words of a role beside its head: a few of each kind.
#[derive(Debug, Clone, Copy, Default)]
struct Wording {
    places: [Option<u16>; 2],
    others: [Option<Key>; 4],
}

impl Wording {
    fn read(words: &str, head: Key) -> Self {
        let mut out = Self::default();
        for word in words.split([' ', '\u{a0}']).take(12) {
            let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
            let key = key(word);
            if key == head || lexicon::traits(key).has(Traits::DETERMINER | Traits::LINK) {
                continue;
            }
            match COUNTRIES.get(&key) {
                Some(place) => fill(&mut out.places, *place),
                None => fill(&mut out.others, key),
            }
        }
        out
    }

    fn has_place(&self) -> bool {
        self.places.iter().any(Option::is_some)
    }

    /// How well the words of a role asked for agree with those of the one `held`, if they may be the
    /// same; `synonym` where the heads differ.
    fn agreement(&self, held: &Self, synonym: bool) -> Option<u8> {
        let places = shared(&self.places, &held.places);
        let others = shared(&self.others, &held.others);
        let otherwise = |one: &Self, other: &Self| {
            let mut words = one.others.iter().flatten();
            words.any(|word| {
                lexicon::traits(*word).has(Traits::OTHERWISE)
                    && !other.others.contains(&Some(*word))
            })
        };
        let strange = self.has_place() && held.has_place() && places == 0;
        let other = others == 0 && filled(&self.others) > 0 && filled(&held.others) > 0;
        if strange
            || other
            || synonym && places == 0
            || otherwise(self, held)
            || otherwise(held, self)
        {
            return None;
        }
        let missing = filled(&self.others) - others + filled(&self.places) - places;
        Some((4 * (places + others) + 8).saturating_sub(missing))
    }
}

fn fill<T: Copy>(places: &mut [Option<T>], value: T) {
    if let Some(free) = places.iter_mut().find(|place| place.is_none()) {
        *free = Some(value);
    }
}

fn filled<T>(places: &[Option<T>]) -> u8 {
    u8::try_from(places.iter().flatten().count()).unwrap_or(u8::MAX)
}

fn shared<T: PartialEq>(one: &[Option<T>], other: &[Option<T>]) -> u8 {
    let both = one.iter().filter(|value| value.is_some() && other.contains(value));
    u8::try_from(both.count()).unwrap_or(u8::MAX)
}

/// A role and who has it.
#[derive(Debug, Clone, Copy)]
struct Tie {
    head: Key,
    /// The index of the occurrence that has it.
    of: u32,
    who: u32,
    wording: Wording,
}

/// The roles of a text, by their heads.
#[derive(Debug, Default)]
pub(super) struct Roles {
    /// Ordered by head, then by place.
    ties: Vec<Tie>,
    /// The places that someone's roles name, ordered by who.
    places: Vec<(u32, u16)>,
    /// Who holds an office that one person holds at a time, ordered.
    holders: Vec<u32>,
    /// Whom a role without ties was taken for.
    assumed: HashMap<Key, u32>,
    /// Who was taken for the holder of which of those.
    taken: HashMap<u32, Key>,
    /// The places that roles by themselves named for someone.
    shown: HashSet<(u32, u16)>,
}

/// A role asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    head: Key,
    wording: Wording,
    /// How many occurrences stand before it.
    at: u32,
}

impl Asked {
    /// The role with these words and this head.
    pub(super) fn new(text: &str, words: Span, head: Key, at: usize) -> Self {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let mut wording = Wording::read(words.of(text), head);
        let short = head == key("pm");
        if short {
            fill(&mut wording.others, key("prime"));
        }
        Self { head: if short { key("minister") } else { head }, wording, at }
    }

    /// One key for all words.
    fn key(&self) -> Key {
        let others = self.wording.others.iter().flatten();
        others.fold(self.head, |all, word| all.wrapping_add(*word)).wrapping_add(
            self.wording.places.iter().flatten().map(|place| Key::from(*place) << 7).sum(),
        )
    }
}

impl Roles {
    pub(super) fn new(text: &str, roles: &[Role], occurrences: &[Occurrence]) -> Self {
        let tie = |role: &Role| {
            let who = occurrences.get(role.of as usize)?.who?;
            let wording = Wording::read(role.span.of(text), role.head);
            Some(Tie { head: role.head, of: role.of, who, wording })
        };
        let mut ties: Vec<Tie> = roles.iter().filter_map(tie).collect();
        ties.sort_unstable_by_key(|tie| (tie.head, tie.of));
        let named = |tie: Tie| tie.wording.places.map(|place| place.map(|place| (tie.who, place)));
        let mut places: Vec<_> = ties.iter().flat_map(|tie| named(*tie)).flatten().collect();
        places.sort_unstable();
        places.dedup();
        let unique = ties.iter().filter(|tie| lexicon::traits(tie.head).has(Traits::UNIQUE));
        let mut holders: Vec<u32> = unique.map(|tie| tie.who).collect();
        holders.sort_unstable();
        holders.dedup();
        Self {
            ties,
            places,
            holders,
            assumed: HashMap::new(),
            taken: HashMap::new(),
            shown: HashSet::new(),
        }
    }

    /// The ties of a head, those before `at` last first, then a few after it.
    fn ties(&self, head: Key, at: u32) -> impl Iterator<Item = &Tie> {
        let from = self.ties.partition_point(|tie| tie.head < head);
        let middle = self.ties.partition_point(|tie| (tie.head, tie.of) < (head, at));
        let to = self.ties.partition_point(|tie| tie.head <= head);
        let before = self.ties.get(from..middle).unwrap_or_default();
        let after = self.ties.get(middle..to).unwrap_or_default();
        before.iter().rev().take(REACH).chain(after.iter().take(REACH / 4))
    }

    /// Whether all places that someone's roles name are others than those asked for.
    fn is_elsewhere(&self, who: u32, asked: &Asked) -> bool {
        let from = self.places.partition_point(|(other, _)| *other < who);
        let mut places = self
            .places
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|(other, _)| *other == who)
            .peekable();
        let mut asked_places = asked.wording.places.iter().flatten();
        let shown = asked_places.any(|place| self.shown.contains(&(who, *place)));
        asked.wording.has_place()
            && !shown
            && places.peek().is_some()
            && !places.any(|(_, place)| asked.wording.places.contains(&Some(*place)))
    }

    /// Whom a role stands for.
    ///
    /// Not for `beside`, who is named together with it.
    pub(super) fn holder(
        &mut self,
        entities: &[Entity],
        asked: &Asked,
        beside: Option<u32>,
    ) -> Option<u32> {
        let who = self.find(entities, asked, beside);
        if let Some(who) = who {
            let named = asked.wording.places.into_iter().flatten().map(|place| (who, place));
            self.shown.extend(named);
        }
        who
    }

    /// Whom a role stands for, as far as is known.
    pub(super) fn find(
        &self,
        entities: &[Entity],
        asked: &Asked,
        beside: Option<u32>,
    ) -> Option<u32> {
        let mut best = None;
        let chief = CHIEFS.contains(&asked.head) || asked.head == key("leader");
        let others = CHIEFS.iter().copied().filter(|other| chief && *other != asked.head);
        let owners = chief.then_some(0);
        for (rank, head) in std::iter::once(asked.head).chain(others).chain(owners).enumerate() {
            for tie in self.ties(head, asked.at) {
                let Some(entity) = entities.get(tie.who as usize).filter(|one| one.is_human())
                else {
                    continue;
                };
                let Some(agrees) = asked.wording.agreement(&tie.wording, rank > 0) else {
                    continue;
                };
                let foreign = !asked.wording.has_place() && tie.wording.has_place();
                let far = tie.of >= asked.at || asked.at - tie.of > NEAR;
                if self.is_elsewhere(tie.who, asked) || foreign && far || Some(tie.who) == beside {
                    continue;
                }
                let loose = asked.wording.has_place() && !tie.wording.has_place();
                let often = if loose { entity.count } else { 0 };
                let score = (agrees, rank == 0, often, tie.of < asked.at);
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, tie.who));
                }
            }
        }
        best.map(|(_, who)| who).or_else(|| self.assumed.get(&asked.key()).copied())
    }

    /// Whether `who` may be taken for the holder of a role that no name is tied to.
    pub(super) fn may_hold(&self, who: u32, asked: &Asked) -> bool {
        !self.is_elsewhere(who, asked)
            && self.holders.binary_search(&who).is_err()
            && self.taken.get(&who).is_none_or(|key| *key == asked.key())
    }

    /// Takes `who` for the holder of a role, here and further on.
    pub(super) fn assume(&mut self, asked: &Asked, who: u32) {
        self.assumed.insert(asked.key(), who);
        self.taken.entry(who).or_insert_with(|| asked.key());
    }
}
