//! The register: which names of a library's speakers are of one person.
//!
//! Two people who share a family name must stay apart, so names are brought together only where nothing
//! else is possible in this library: full names where family name, suffix and given name agree and no
//! middle names differ; an initial where one person with that family name begins with it; a family name
//! where one person bears it. Who is only described, and what is no person, stands under the very words.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::quote::person::{FullName, Middle, Shape, shape};

/// Who a name stands for, as far as the name tells.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// A person known by a full name.
    Person(Person),
    /// Whoever bears a family name.
    Family(u64),
    /// Whoever bears a given name behind "Sir" or "Dame".
    Given(u64),
    /// What has these words, in any case.
    Words(String),
}

/// A person with a full name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Person {
    family: u64,
    suffix: u64,
    /// The given name, or the letter of one that is only an initial.
    given: Result<u64, u8>,
    /// The middle name, where it takes that to tell this one from another.
    middle: Option<Middle>,
}

/// The full names of a library.
#[derive(Debug, Default)]
pub(super) struct Register {
    /// The middle names of those who share all the rest.
    middles: HashMap<(u64, u64, u64), Middles>,
    /// The people with a family name, a suffix and a given name that begins with a letter.
    lettered: HashMap<(u64, u64, u8), Only<Person>>,
    families: HashMap<u64, Only<Person>>,
    given: HashMap<u64, Only<Person>>,
}

/// The middle names that go with one given and family name.
#[derive(Debug, Default)]
struct Middles {
    letters: HashSet<u8>,
    /// Those that are more than a letter, by their letter.
    whole: HashMap<u8, Only<u64>>,
}

/// Whether there is one of something, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Only<T> {
    One(T),
    Several,
}

impl<T: Copy + PartialEq> Only<T> {
    fn one(self) -> Option<T> {
        match self {
            Self::One(one) => Some(one),
            Self::Several => None,
        }
    }
}

/// Notes one more of something under a key.
fn note<K: Eq + Hash, T: Copy + PartialEq>(all: &mut HashMap<K, Only<T>>, key: K, one: T) {
    let known = all.entry(key).or_insert(Only::One(one));
    if *known != Only::One(one) {
        *known = Only::Several;
    }
}

fn only<K: Eq + Hash, T: Copy + PartialEq>(all: &HashMap<K, Only<T>>, key: &K) -> Option<T> {
    all.get(key).and_then(|only| only.one())
}

impl Register {
    /// The register of these names. Takes time linear in their length.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut register = Self::default();
        let full: Vec<FullName> = names
            .filter_map(|name| match shape(name) {
                Some(Shape::Full(full)) => Some(full),
                _ => None,
            })
            .collect();
        for name in full.iter().filter(|name| !name.given.initial) {
            let key = (name.family, name.suffix, name.given.key);
            register.middles.entry(key).or_default().add(name.middle);
        }
        for name in full.iter().filter(|name| !name.given.initial) {
            let person = register.named(name);
            note(&mut register.lettered, (name.family, name.suffix, name.given.letter), person);
            note(&mut register.given, name.given.key, person);
            note(&mut register.families, name.family, person);
        }
        for name in full.iter().filter(|name| name.given.initial) {
            let person = register.person(name);
            note(&mut register.families, name.family, person);
        }
        register
    }

    /// Whether a name is all of a person's name, with more than an initial for the given one.
    pub(super) fn is_full(name: &str) -> bool {
        matches!(shape(name), Some(Shape::Full(full)) if !full.given.initial)
    }

    /// Who a name stands for in this library.
    pub(super) fn who(&self, name: &str) -> Who {
        match shape(name) {
            Some(Shape::Full(full)) => Who::Person(self.person(&full)),
            Some(Shape::Family(family)) => {
                only(&self.families, &family).map_or(Who::Family(family), Who::Person)
            }
            Some(Shape::Given(given)) => {
                only(&self.given, &given).map_or(Who::Given(given), Who::Person)
            }
            None => Who::Words(plain(name)),
        }
    }

    fn person(&self, name: &FullName) -> Person {
        if !name.given.initial {
            return self.named(name);
        }
        let FullName { family, suffix, given, .. } = *name;
        let by_letter = only(&self.lettered, &(family, suffix, given.letter));
        by_letter.unwrap_or(Person { family, suffix, given: Err(given.letter), middle: None })
    }

    /// The person of a name that begins with a given name.
    fn named(&self, name: &FullName) -> Person {
        let FullName { family, suffix, given, middle } = *name;
        let middles = self.middles.get(&(family, suffix, given.key));
        let middle = middle.and_then(|middle| middles.and_then(|all| all.telling(middle)));
        Person { family, suffix, given: Ok(given.key), middle }
    }
}

impl Middles {
    fn add(&mut self, middle: Option<Middle>) {
        let Some(Middle { key, letter, initial }) = middle else { return };
        self.letters.insert(letter);
        if !initial {
            note(&mut self.whole, letter, key);
        }
    }

    /// What of a middle name tells its bearer from the others: nothing where all can be one.
    fn telling(&self, middle: Middle) -> Option<Middle> {
        let apart = |letter: &u8| self.whole.get(letter) == Some(&Only::Several);
        if self.letters.len() < 2 && !self.letters.iter().any(apart) {
            return None;
        }
        let Middle { letter, .. } = middle;
        let whole = apart(&letter);
        Some(if whole { middle } else { Middle { key: 0, letter, initial: true } })
    }
}

/// The words of what is no person's name, without case, and without "the" before a name.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let rest = match words.as_slice() {
        [the, rest @ ..]
            if the.eq_ignore_ascii_case("the")
                && rest.first().is_some_and(|word| word.starts_with(char::is_uppercase)) =>
        {
            rest
        }
        all => all,
    };
    rest.join(" ").replace('’', "'").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in groups, each of one voice, in the order of their first.
    fn groups<'a>(names: &[&'a str]) -> Vec<Vec<&'a str>> {
        let register = Register::new(names.iter().copied());
        let mut groups: Vec<(Who, Vec<&str>)> = Vec::new();
        for name in names {
            let who = register.who(name);
            match groups.iter_mut().find(|(known, _)| *known == who) {
                Some((_, group)) => group.push(name),
                None => groups.push((who, vec![name])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    fn check(expected: &[&[&str]]) {
        let names: Vec<&str> = expected.concat();
        assert_eq!(groups(&names), expected);
        let backwards: Vec<&str> = names.into_iter().rev().collect();
        let mut found = groups(&backwards);
        for group in &mut found {
            group.reverse();
        }
        found.reverse();
        let mut sorted: Vec<Vec<&str>> = expected.iter().map(|group| group.to_vec()).collect();
        sorted.sort();
        found.sort();
        assert_eq!(found, sorted, "whatever the order");
    }

    #[test]
    fn variants_of_one_name_are_one_voice() {
        check(&[&[
            "Keir Starmer",
            "Starmer",
            "Sir Keir",
            "Mr Starmer",
            "Sir Keir Starmer",
            "K. Starmer",
        ]]);
        check(&[&["Harry M. Vale", "Harry Vale", "Harry Mason Vale", "HARRY VALE", "Vale"]]);
        check(&[&["José Müller", "Jose Muller"], &["Chancellor Merz", "Merz"]]);
        check(&[&["Bill de Blasio", "de Blasio", "Mayor Bill de Blasio"]]);
    }

    #[test]
    fn two_people_with_one_family_name_stay_apart() {
        check(&[&["Barack Obama"], &["Michelle Obama"], &["Obama"]]);
        check(&[&["Donald Trump", "Donald J. Trump"], &["Donald Trump Jr."], &["Trump"]]);
        check(&[&["John Smith"], &["Jane Smith"], &["J. Smith"], &["Smith"]]);
        check(&[&["John A. Lee"], &["John B. Lee", "John Bruce Lee"], &["John Lee"], &["Lee"]]);
        check(&[&["John Brian Lee"], &["John Bruce Lee"], &["John B. Lee"]]);
        check(&[&["Ann Poe"], &["Ann Roe"], &["Ann"]]);
        // A family name that may be a given name, unless a title says what it is.
        check(&[&["Harry Reid", "Senator Reid"], &["Reid"]]);
    }

    #[test]
    fn what_is_no_person_stands_under_its_words() {
        check(&[&["the White House", "White House"], &["House"], &["the house"]]);
        check(&[&["a spokesman", "A spokesman"], &["the spokesman"], &["a spokeswoman"]]);
        check(&[&["New York Times"], &["Times"], &["Los Angeles Times"]]);
        check(&[&["Bob Woodward"], &["Bob"], &["Ann and Bob Woodward"]]);
    }

    proptest::proptest! {
        /// Names that are spelled alike are never told apart, and the order makes no difference.
        #[test]
        fn who_it_is_depends_on_the_names_alone(
            names in proptest::collection::vec("(Ann|Bob|A\\.|B\\.|Sir)?( C\\.| D\\.| Cole)? ?(Poe|Roe|Times)( Jr\\.)?", 1..12),
        ) {
            let register = Register::new(names.iter().map(String::as_str));
            let backwards = Register::new(names.iter().rev().map(String::as_str));
            for name in &names {
                proptest::prop_assert_eq!(register.who(name), backwards.who(name));
            }
        }
    }
}
