//! Whom a pronoun stands for.
//!
//! The people named before it are weighed by plain signs: how near they stand, in which sentence and
//! paragraph, whether as the one who acts or speaks, whether the gender agrees. The weights of the signs
//! are those of a logistic ranking (a softmax over the people weighed), fitted to labelled news.

use super::entity::Entity;
use super::occurrence::{Gender, Occurrence, Setting, Sort, What};
use super::speech::Spoke;
use super::weight::Weights;

/// How many occurrences back a pronoun reaches.
const REACH: usize = 40;

/// How many people are weighed.
const MOST: usize = 8;

/// Makes the signs, and a list of them.
macro_rules! signs {
    ($($(#[$what:meta])* $sign:ident,)*) => {
        /// What may speak for or against a person. "The mention" is the last one before the
        /// pronoun that stands outside quotation marks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Sign {
            $($(#[$what])* $sign,)*
        }

        /// All of them, in their order.
        pub(super) const ALL: &[Sign] = &[$(Sign::$sign),*];
    };
}

signs! {
    /// The gender is known, and agrees.
    Agrees,
    /// A title or a given name shows a person.
    Person,
    /// The mention is in the same sentence, in the one before, two before.
    SameSentence,
    LastSentence,
    SecondLastSentence,
    /// The mention is in the same block, in the one before, two before, further away.
    SameBlock,
    LastBlock,
    SecondLastBlock,
    FarBlock,
    /// The person is the nearest, second, third nearest, or further away.
    Nearest,
    Second,
    Third,
    Further,
    /// The setting of the mention.
    Acts,
    First,
    Tells,
    Linked,
    Owns,
    Comma,
    Joined,
    /// Spoken of, in a quotation, since that.
    Quoted,
    /// The mention is a pronoun, a role, a name of several words.
    Pronoun,
    Role,
    Full,
    /// How often the person is named in the article.
    Once,
    Twice,
    Often,
    VeryOften,
    /// The last one who told something; in this block, in the one before, in the same sentence.
    LastTeller,
    LastTellerHere,
    LastTellerNext,
    LastTellerInSame,
    /// The one who acts in the sentence before; that where the pronoun begins its sentence.
    ActsInLast,
    ActsInLastAndFirst,
    /// The one who acts in the same sentence; that where the pronoun owns.
    ActsInSame,
    ActsInSameAndOwns,
    /// Someone who acts in this block; in the one before.
    ActsInBlock,
    ActsInLastBlock,
    /// A pronoun stood for them in this block; in the one before.
    PronounInBlock,
    PronounInLastBlock,
    /// First in its sentence, with an apposition.
    Introduced,
    /// Named at least twice, four times within reach.
    TwiceNear,
    FourNear,
    /// The first of this block; of the one before.
    FirstOfBlock,
    FirstOfLastBlock,
    /// The first of this sentence; of the one before.
    FirstOfSentence,
    FirstOfLastSentence,
    /// The nearest whose gender is known.
    NearestKnown,
    /// Spoken of in a quotation of this block.
    QuotedHere,
    /// Both begin their sentences.
    BothFirst,
    /// A title, a given name or a word of telling shows a person somewhere.
    Human,
    /// Named most of all those weighed.
    MostNamed,
    /// Who spoke the quotation before; that in this block, in the one before.
    Spoke,
    SpokeHere,
    SpokeNext,
    /// Who spoke it, where nobody else is spoken of since; that where the pronoun begins its sentence.
    SpokeAlone,
    SpokeAloneAndFirst,
    /// Somebody else spoke it.
    Silent,
}

/// How many signs there are.
pub(in crate::quote) const SIGNS: usize = ALL.len();

/// A set of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::quote) struct Signs(u64);

impl Signs {
    fn set(&mut self, sign: Sign, holds: bool) {
        self.0 |= u64::from(holds) << sign as u8;
    }

    /// Which of them hold, by their numbers.
    pub(in crate::quote) fn iter(self) -> impl Iterator<Item = usize> {
        (0..SIGNS).filter(move |at| self.0 >> at & 1 == 1)
    }
}

/// A person who may be meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) who: u32,
    pub(super) signs: Signs,
    seen: u8,
    /// Whether a mention outside quotation marks has been seen.
    placed: bool,
    count: u32,
}

/// What stands before a pronoun.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'a> {
    /// What is named.
    pub(super) occurrences: &'a [Occurrence],
    pub(super) entities: &'a [Entity],
    /// Who spoke the last quotation.
    pub(super) spoke: Option<Spoke>,
}

impl Before<'_> {
    /// Who of those that `may` is meant by `one`, a pronoun of that gender (or a role that any gender
    /// may have).
    pub(super) fn antecedent(
        &self,
        weights: &Weights,
        one: &Occurrence,
        gender: Option<Gender>,
        may: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let mut best: Option<(i32, u32)> = None;
        for candidate in self.candidates(one, gender) {
            if !may(candidate.who) {
                continue;
            }
            let score = weights.score(candidate.signs, one.setting.has(Setting::TELLS));
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, candidate.who));
            }
        }
        best.map(|(_, who)| who)
    }

    /// Those who may be meant, nearest first.
    pub(super) fn candidates(&self, one: &Occurrence, gender: Option<Gender>) -> Vec<Candidate> {
        let mut weighing = Weighing {
            one,
            found: Vec::with_capacity(MOST),
            placed: 0,
            teller: false,
            known: false,
            leads: [None; 2],
            heads: [None; 2],
            spoke: self.spoke,
            alone: true,
        };
        let near = self.occurrences.iter().rev().take(REACH);
        let near = near.take_while(|near| near.part == one.part);
        let apart = |near: &&Occurrence| near.setting.has(Setting::ASIDE);
        for near in near.filter(|near| one.setting.has(Setting::ASIDE) || !apart(near)) {
            let Some(who) = near.who else { continue };
            let Some(entity) = self.entities.get(who as usize).filter(|entity| entity.is_human())
            else {
                continue;
            };
            let known = entity.gender();
            if known.is_none() || gender.is_none() || known == gender {
                weighing.meet(near, who, entity);
            }
        }
        weighing.finish()
    }
}

/// The people met on the way back from a pronoun.
struct Weighing<'a> {
    one: &'a Occurrence,
    found: Vec<Candidate>,
    /// How many have been met outside quotation marks.
    placed: u8,
    /// Whether one who tells has been met.
    teller: bool,
    /// Whether one of known gender has been met.
    known: bool,
    /// Who was met last in this block, and in the one before.
    leads: [Option<u32>; 2],
    /// Likewise in this sentence, and in the one before.
    heads: [Option<u32>; 2],
    spoke: Option<Spoke>,
    /// Whether nobody but who spoke has been met since.
    alone: bool,
}

impl Weighing<'_> {
    fn meet(&mut self, near: &Occurrence, who: u32, entity: &Entity) {
        let free = !near.setting.has(Setting::QUOTED);
        self.alone &= !self.spoke.is_some_and(|it| free && near.lead >= it.end && it.who != who);
        let blocks = self.one.block.saturating_sub(near.block);
        if free && let Some(lead) = self.leads.get_mut(blocks as usize) {
            *lead = Some(who);
        }
        let sentences = self.one.sentence.saturating_sub(near.sentence);
        if free && let Some(head) = self.heads.get_mut(sentences as usize) {
            *head = Some(who);
        }
        let index = self.found.iter().position(|known| known.who == who).or_else(|| {
            (self.found.len() < MOST).then(|| {
                self.found.push(Candidate::new(who, entity));
                self.found.len() - 1
            })
        });
        let Some(candidate) = index.and_then(|index| self.found.get_mut(index)) else { return };
        candidate.seen = candidate.seen.saturating_add(1);
        let signs = &mut candidate.signs;
        if !free {
            signs.set(Sign::Quoted, !candidate.placed);
            signs.set(Sign::QuotedHere, blocks == 0);
            return;
        }
        if !candidate.placed {
            candidate.placed = true;
            see_last(signs, near, self.one, entity);
            signs.set(Sign::Nearest, self.placed == 0);
            signs.set(Sign::Second, self.placed == 1);
            signs.set(Sign::Third, self.placed == 2);
            signs.set(Sign::Further, self.placed > 2);
            let agrees = entity.gender().is_some();
            signs.set(Sign::NearestKnown, agrees && !self.known);
            self.placed += 1;
            self.known |= agrees;
        }
        if near.setting.has(Setting::TELLS) && !self.teller {
            self.teller = true;
            signs.set(Sign::LastTeller, true);
            signs.set(Sign::LastTellerHere, blocks == 0);
            signs.set(Sign::LastTellerNext, blocks == 1);
            signs.set(Sign::LastTellerInSame, near.sentence == self.one.sentence);
        }
        see(signs, near, self.one);
    }

    /// Adds what shows only at the end.
    fn finish(mut self) -> Vec<Candidate> {
        let most = self.found.iter().map(|candidate| candidate.count).max().unwrap_or_default();
        let [here, last] = self.leads;
        let [first, before] = self.heads;
        for candidate in &mut self.found {
            let signs = &mut candidate.signs;
            if let Some(spoke) = self.spoke {
                spoken(signs, spoke, spoke.who == candidate.who, self.alone, self.one);
            }
            signs.set(Sign::TwiceNear, candidate.seen > 1);
            signs.set(Sign::FourNear, candidate.seen > 3);
            signs.set(Sign::FirstOfBlock, here == Some(candidate.who));
            signs.set(Sign::FirstOfLastBlock, last == Some(candidate.who));
            signs.set(Sign::FirstOfSentence, first == Some(candidate.who));
            signs.set(Sign::FirstOfLastSentence, before == Some(candidate.who));
            signs.set(Sign::MostNamed, candidate.count == most);
        }
        self.found
    }
}

impl Candidate {
    fn new(who: u32, entity: &Entity) -> Self {
        let mut signs = Signs::default();
        for (sign, holds) in [
            (Sign::Agrees, entity.gender().is_some()),
            (Sign::Person, entity.sort == Sort::Person),
            (Sign::Human, entity.human),
            (Sign::Once, entity.count < 2),
            (Sign::Twice, (2..4).contains(&entity.count)),
            (Sign::Often, (4..9).contains(&entity.count)),
            (Sign::VeryOften, entity.count > 8),
        ] {
            signs.set(sign, holds);
        }
        Self { who, signs, seen: 0, placed: false, count: entity.count }
    }
}

/// What the last quotation before says, whether `own` or that of somebody else.
fn spoken(signs: &mut Signs, spoke: Spoke, own: bool, alone: bool, one: &Occurrence) {
    let blocks = one.block.saturating_sub(spoke.block);
    signs.set(Sign::Silent, !own);
    signs.set(Sign::Spoke, own);
    signs.set(Sign::SpokeHere, own && blocks == 0);
    signs.set(Sign::SpokeNext, own && blocks == 1);
    signs.set(Sign::SpokeAlone, own && alone);
    signs.set(Sign::SpokeAloneAndFirst, own && alone && one.setting.has(Setting::FIRST));
}

/// What someone's last mention outside quotation marks says.
fn see_last(signs: &mut Signs, near: &Occurrence, one: &Occurrence, entity: &Entity) {
    let sentences = one.sentence.saturating_sub(near.sentence);
    let blocks = one.block.saturating_sub(near.block);
    let is = |what| near.setting.has(what);
    for (sign, holds) in [
        (Sign::SameSentence, sentences == 0),
        (Sign::LastSentence, sentences == 1),
        (Sign::SecondLastSentence, sentences == 2),
        (Sign::SameBlock, blocks == 0),
        (Sign::LastBlock, blocks == 1),
        (Sign::SecondLastBlock, blocks == 2),
        (Sign::FarBlock, blocks > 2),
        (Sign::Acts, is(Setting::ACTS)),
        (Sign::First, is(Setting::FIRST)),
        (Sign::Tells, is(Setting::TELLS)),
        (Sign::Linked, is(Setting::LINKED)),
        (Sign::Owns, is(Setting::OWNS)),
        (Sign::Comma, is(Setting::COMMA)),
        (Sign::Joined, is(Setting::JOINED)),
        (Sign::Pronoun, matches!(near.what, What::Pronoun(_))),
        (Sign::Role, near.what == What::Role),
        (Sign::Full, near.span.len() >= entity.name.len()),
        (Sign::Introduced, is(Setting::FIRST) && is(Setting::COMMA)),
        (Sign::BothFirst, is(Setting::FIRST) && one.setting.has(Setting::FIRST)),
    ] {
        signs.set(sign, holds);
    }
}

/// What any mention outside quotation marks says.
fn see(signs: &mut Signs, near: &Occurrence, one: &Occurrence) {
    let sentences = one.sentence.saturating_sub(near.sentence);
    let blocks = one.block.saturating_sub(near.block);
    let acts = near.setting.has(Setting::ACTS)
        || near.setting.has(Setting::FIRST) && near.setting.has(Setting::COMMA);
    let is = |what| one.setting.has(what);
    let pronoun = matches!(near.what, What::Pronoun(_));
    for (sign, holds) in [
        (Sign::ActsInLast, acts && sentences == 1),
        (Sign::ActsInLastAndFirst, acts && sentences == 1 && is(Setting::FIRST)),
        (Sign::ActsInSame, acts && sentences == 0),
        (Sign::ActsInSameAndOwns, acts && sentences == 0 && is(Setting::OWNS)),
        (Sign::ActsInBlock, acts && blocks == 0),
        (Sign::ActsInLastBlock, acts && blocks == 1),
        (Sign::PronounInBlock, pronoun && blocks == 0),
        (Sign::PronounInLastBlock, pronoun && blocks == 1),
    ] {
        signs.set(sign, holds);
    }
}
