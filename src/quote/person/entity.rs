//! Who is who: the names of one person or organisation, brought together.
//!
//! Full names found an entity each; two of them are of one person where the family name and the given
//! name (or its initial) agree. A name of one word then belongs to the bearer of that family name, or
//! of that given name. Everything is found by hash, so that a million names take linear time.

use std::collections::HashMap;

use super::letter::{Key, pair};
use super::lexicon::Traits;
use super::occurrence::{Form, Gender, Occurrence, Setting, Sort, What};
use super::scan::Found;
use crate::text::Span;

/// A person or an organisation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entity {
    /// The fullest of its names.
    pub(super) name: Span,
    /// How many words that has.
    words: u8,
    shouted: bool,
    pub(super) sort: Sort,
    /// Whether anything shows that it is a person.
    pub(super) human: bool,
    /// Whether it stands only where any word has a capital.
    pub(super) doubtful: bool,
    /// How much speaks for he and for she.
    votes: [u16; 2],
    /// How often it is named.
    pub(super) count: u32,
}

impl Entity {
    /// Which pronoun it goes by, if that is known.
    pub(super) fn gender(&self) -> Option<Gender> {
        match self.votes {
            [he, she] if he > she => Some(Gender::He),
            [he, she] if she > he => Some(Gender::She),
            _ => None,
        }
    }

    /// Whether it can be a person.
    pub(super) fn is_human(&self) -> bool {
        matches!(self.sort, Sort::Person | Sort::Unknown | Sort::Nameless) && !self.is_doubtful()
    }

    /// Whether it may well be no name at all.
    pub(super) fn is_doubtful(&self) -> bool {
        self.doubtful && self.words == 1 && !self.human
    }

    /// Someone who is only described.
    pub(super) fn nameless(description: Span, title: Traits) -> Self {
        let mut entity = Self {
            name: description,
            words: 0,
            shouted: false,
            sort: Sort::Nameless,
            human: true,
            doubtful: false,
            votes: [0; 2],
            count: 1,
        };
        entity.vote(Gender::told(title), 1);
        entity
    }

    /// Counts one more occurrence.
    fn count(&mut self, one: &Occurrence) {
        self.count += 1;
        self.human |= one.setting.has(Setting::TELLS) || self.sort == Sort::Person;
        self.doubtful &= one.setting.has(Setting::FIRST);
    }

    fn vote(&mut self, gender: Option<Gender>, weight: u16) {
        let [he, she] = &mut self.votes;
        match gender {
            Some(Gender::He) => *he = he.saturating_add(weight),
            Some(Gender::She) => *she = she.saturating_add(weight),
            None => {}
        }
    }
}

/// The bearers of one family name.
#[derive(Debug, Clone, Copy, Default)]
struct Family {
    /// The one named last, of either gender, of men, of women; and in which block.
    latest: [Option<(u32, u32)>; 3],
    /// The one named most, likewise.
    main: [Option<u32>; 3],
}

/// Which of the three a gender is.
const fn slot(gender: Option<Gender>) -> usize {
    match gender {
        None => 0,
        Some(Gender::He) => 1,
        Some(Gender::She) => 2,
    }
}

/// Finds out who each name of `found` stands for.
pub(super) fn gather(text: &str, found: &mut Found) -> Vec<Entity> {
    let mut register = Register::default();
    let is_long = |form: &Form| form.words > 2;
    for long in [true, false] {
        for (one, form) in found.occurrences.iter_mut().zip(&found.forms) {
            if let What::Name(sort) = one.what
                && form.words > 1
                && is_long(form) == long
            {
                one.who = Some(register.full(text, one, form, sort));
            }
        }
    }
    register.settle();
    for (one, form) in found.occurrences.iter_mut().zip(&found.forms) {
        let What::Name(sort) = one.what else { continue };
        match one.who {
            Some(who) => register.saw(who, one, form),
            None => one.who = Some(register.short(text, one, form, sort)),
        }
    }
    register.entities
}

#[derive(Debug, Default)]
struct Register {
    entities: Vec<Entity>,
    /// Each entity's family and given name.
    names: Vec<[Key; 2]>,
    /// By all words, by given and family name, by initial and family name, by the last two words.
    full: HashMap<Key, u32>,
    families: HashMap<Key, Family>,
    given: HashMap<Key, u32>,
    alone: HashMap<Key, u32>,
    /// Bearers of family names that begin and end alike, a few of each.
    alike: HashMap<Key, Vec<(u32, Span)>>,
}

/// The most family names that are looked at for a slip of the pen.
const ALIKE: usize = 8;

/// What keeps the kinds of keys in one table apart.
const WHOLE: Key = 1;
const CALLED: Key = 2;
const INITIAL: Key = 3;
const TAIL: Key = 4;

impl Register {
    fn add(&mut self, one: &Occurrence, form: &Form, sort: Sort) -> u32 {
        let who = u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
        self.entities.push(Entity {
            name: one.span,
            words: form.words,
            shouted: form.shouted,
            sort,
            human: sort == Sort::Person,
            doubtful: true,
            votes: [0; 2],
            count: 0,
        });
        self.names.push([form.last.bare, form.first.bare]);
        who
    }

    /// The entity of a name of several words.
    fn full(&mut self, text: &str, one: &Occurrence, form: &Form, sort: Sort) -> u32 {
        let whole = pair(WHOLE, form.whole ^ form.suffix);
        let is_person = matches!(sort, Sort::Person | Sort::Unknown);
        let family = form.last.bare ^ form.suffix;
        let called = pair(CALLED, pair(form.first.bare, family));
        let initial = pair(INITIAL, pair(u64::from(form.first.letter), family));
        let tail = pair(TAIL, pair(form.middle, family));
        let known = self.full.get(&whole).copied().or_else(|| {
            let by = |key| self.full.get(&key).copied();
            if !is_person {
                return None;
            }
            let tails = if form.words == 2 { by(tail) } else { None };
            tails.or_else(|| by(called)).or_else(|| if form.initial { by(initial) } else { None })
        });
        let who = known.unwrap_or_else(|| self.add(one, form, sort));
        self.full.entry(whole).or_insert(who);
        if is_person && known.is_none() && sort == Sort::Person {
            let family = Span::new(
                one.span.end.get().saturating_sub(form.last_len.into()),
                one.span.end.get(),
            );
            if let Some(alike) = ends(family.of(text)) {
                let alike = self.alike.entry(alike).or_default();
                if alike.len() < ALIKE {
                    alike.push((who, family));
                }
            }
        }
        if is_person {
            self.full.entry(called).or_insert(who);
            self.full.entry(initial).or_insert(who);
            if form.words > 2 && form.middle != 0 {
                self.full.entry(tail).or_insert(who);
            }
        }
        self.improve(who, one, form, sort);
        let gender = Gender::told(one.title);
        if let Some(entity) = self.entities.get_mut(who as usize) {
            entity.count(one);
            entity.vote(gender, 4);
            if is_person && form.words > 1 {
                entity.vote(Gender::told(form.traits), 2);
            }
        }
        who
    }

    /// Takes a fuller name over, and a clearer sort.
    fn improve(&mut self, who: u32, one: &Occurrence, form: &Form, sort: Sort) {
        let Some(entity) = self.entities.get_mut(who as usize) else { return };
        let better = (!form.shouted, form.words) > (!entity.shouted, entity.words);
        if better {
            (entity.name, entity.words, entity.shouted) = (one.span, form.words, form.shouted);
        }
        if entity.sort == Sort::Unknown {
            entity.sort = sort;
        }
    }

    /// Finds the main bearer of each family name, and who is called by a given name.
    fn settle(&mut self) {
        for (who, (entity, [family, given])) in (0..).zip(self.entities.iter().zip(&self.names)) {
            let members = self.families.entry(*family).or_default();
            for slot in [0, slot(entity.gender())] {
                let Some(main) = members.main.get_mut(slot) else { continue };
                let before = main.and_then(|main| self.entities.get(main as usize));
                let weight = |entity: &Entity| (entity.sort == Sort::Person, entity.count);
                if before.is_none_or(|before| weight(before) < weight(entity)) {
                    *main = Some(who);
                }
            }
            if entity.sort == Sort::Person || entity.human {
                self.given.entry(*given).or_insert(who);
            }
        }
    }

    /// Notes that a full name stands here.
    fn saw(&mut self, who: u32, one: &Occurrence, form: &Form) {
        let Some(entity) = self.entities.get(who as usize) else { return };
        if entity.sort == Sort::Unknown && !entity.human {
            return;
        }
        let gender = entity.gender();
        let family = self.families.entry(form.last.bare).or_default();
        for slot in [0, slot(gender)] {
            if let Some(latest) = family.latest.get_mut(slot) {
                *latest = Some((who, one.block));
            }
        }
    }

    /// The entity of a name of one word.
    fn short(&mut self, text: &str, one: &Occurrence, form: &Form, sort: Sort) -> u32 {
        let titled = one.title.has(Traits::HONORIFIC | Traits::OFFICE | Traits::KNIGHT);
        let knight = one.title.has(Traits::KNIGHT) && !one.title.has(Traits::OFFICE);
        let place = sort == Sort::Place && !titled && !one.setting.has(Setting::TELLS)
            || form.traits.has(Traits::GROUP);
        let by_given = || self.given.get(&form.first.bare).copied();
        let known = if place || form.words == 0 {
            None
        } else if knight {
            by_given().or_else(|| self.relative(one, form))
        } else {
            self.relative(one, form).or_else(by_given).or_else(|| self.slip(text, one))
        };
        let alone = pair(form.last.bare, form.suffix);
        let who = match known.or_else(|| self.alone.get(&alone).copied()) {
            Some(who) => who,
            None => self.add(one, form, sort),
        };
        if known.is_none() {
            self.alone.entry(alone).or_insert(who);
            self.improve(who, one, form, sort);
        }
        if let Some(entity) = self.entities.get_mut(who as usize) {
            entity.count(one);
            entity.vote(Gender::told(one.title), 4);
            if titled && entity.sort == Sort::Unknown {
                (entity.sort, entity.human) = (Sort::Person, true);
            }
            if known.is_none() && sort == Sort::Unknown {
                entity.vote(Gender::told(form.traits), 1);
            }
        }
        who
    }

    /// Who of the family a family name alone stands for: the one named just before, else the one
    /// named most, of the gender that the title tells.
    fn relative(&self, one: &Occurrence, form: &Form) -> Option<u32> {
        let family = self.families.get(&form.last.bare)?;
        let gender = Gender::told(one.title);
        let fits = |who: u32| {
            let other = self.entities.get(who as usize).and_then(Entity::gender);
            gender.is_none() || other.is_none() || other == gender
        };
        let at = |slot: usize| {
            let near = family.latest.get(slot).copied().flatten();
            let main = family.main.get(slot).copied().flatten().filter(|who| fits(*who));
            let often = |who: u32| self.entities.get(who as usize).map_or(0, |entity| entity.count);
            let rival = |who: u32| main.is_none_or(|main| 2 * often(who) >= often(main));
            let near = near.filter(|(who, block)| *block == one.block && fits(*who) && rival(*who));
            near.map(|(who, _)| who).or(main)
        };
        at(slot(gender)).or_else(|| at(0))
    }

    /// Whose family name, misspelt by one letter, is told to speak or belongs to a title here.
    fn slip(&self, text: &str, one: &Occurrence) -> Option<u32> {
        let titled = one.title.has(Traits::HONORIFIC | Traits::OFFICE);
        if !titled && !one.setting.has(Setting::TELLS) {
            return None;
        }
        let word = one.span.of(text);
        let alike = self.alike.get(&ends(word)?)?;
        alike.iter().find(|(_, family)| is_slip(word, family.of(text))).map(|(who, _)| *who)
    }
}

/// One key for the first and the last letter of a word of at least five.
fn ends(word: &str) -> Option<Key> {
    let (first, last) = (word.chars().next()?, word.chars().next_back()?);
    (word.len() > 4).then(|| pair(u64::from(u32::from(first)), u64::from(u32::from(last))))
}

/// Whether two words differ by one letter: left out, put in, another one, or two exchanged.
fn is_slip(one: &str, other: &str) -> bool {
    let common = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let [one, other] = [one, other].map(|word| word.as_bytes().get(common..).unwrap_or_default());
    let tail = |word: &[u8], skip: usize| word.get(skip..).map(<[u8]>::to_vec);
    match (one, other) {
        ([a, b, rest @ ..], [c, d, more @ ..]) if a == d && b == c && rest == more => true,
        _ => {
            tail(one, 1).is_some_and(|rest| rest == other)
                || tail(other, 1).is_some_and(|rest| rest == one)
                || tail(one, 1).is_some() && tail(one, 1) == tail(other, 1)
        }
    }
}
