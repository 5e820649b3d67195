//! A run of capitalised words: what of it is title, and what is name.

use super::letter::pair;
use super::lexicon::Traits;
use super::occurrence::{Form, Sort};
use super::word::Word;

/// The most words of a run that are taken for one name.
pub(super) const MOST: usize = 10;

/// Whether a word is an office in itself, as "Vice" is not.
pub(super) fn is_office(word: Word) -> bool {
    word.traits.has(Traits::OFFICE)
}

/// Some capitalised words in a row.
#[derive(Default)]
pub(super) struct Run {
    words: [Word; MOST],
    pub(super) len: usize,
}

impl Run {
    pub(super) fn push(&mut self, word: Word) {
        if let Some(place) = self.words.get_mut(self.len) {
            *place = word;
            self.len += 1;
        }
    }

    /// How many words it has that are no titles.
    pub(super) fn named(&self) -> usize {
        let titles = Traits::OFFICE | Traits::QUALIFIER | Traits::HONORIFIC | Traits::KNIGHT;
        self.words().iter().filter(|word| !word.traits.has(titles)).count()
    }

    pub(super) fn words(&self) -> &[Word] {
        self.words.get(..self.len).unwrap_or_default()
    }

    /// How many words stand before the name; all where there is none.
    pub(super) fn cut(&self) -> usize {
        let words = self.words();
        let titles = Traits::OFFICE | Traits::HONORIFIC | Traits::KNIGHT | Traits::QUALIFIER;
        if words.iter().all(|word| word.traits.has(titles)) && !self.is_namesake() {
            return words.len();
        }
        if self.is_body() {
            return 0;
        }
        let title =
            words.iter().enumerate().rev().skip(1).find(|(at, word)| self.is_title(*at, **word));
        let from = title.map_or(0, |(at, _)| at + 1);
        from + self.adjectives(from)
    }

    /// Whether the last word is a family name that is a title as well ("Mr. King", "Howard Dean").
    fn is_namesake(&self) -> bool {
        let (last, before) = match self.words() {
            [before @ .., last] => (last, before.last()),
            [] => return false,
        };
        let name = Traits::HONORIFIC | Traits::MAN | Traits::WOMAN | Traits::GIVEN;
        last.traits.has(Traits::NAMESAKE)
            && before.is_none_or(|before| {
                before.initial() || before.traits.has(name) && !before.traits.has(Traits::NAMESAKE)
            })
    }

    /// Whether the word at `at` is a title of what follows.
    fn is_title(&self, at: usize, word: Word) -> bool {
        if word.initial() {
            return false;
        }
        let given = Traits::MAN | Traits::WOMAN;
        let names = at == 0 && word.traits.has(given) && word.end - word.span.start.get() > 3;
        let before = self.words().get(at.wrapping_sub(1));
        if word.traits.has(Traits::NAMESAKE) && before.is_some_and(|one| one.traits.has(given)) {
            return false;
        }
        let qualifies = word.traits.has(Traits::QUALIFIER) && at > 0;
        word.traits.has(Traits::OFFICE | Traits::HONORIFIC | Traits::KNIGHT) && !names
            || qualifies
                && self
                    .words()
                    .get(..at)
                    .is_some_and(|before| before.iter().any(|one| is_office(*one)))
    }

    /// Whether it names an organisation.
    fn is_body(&self) -> bool {
        let words = self.words();
        let Some(last) = words.last() else { return false };
        if words.len() < 2 {
            return false;
        }
        let given = Traits::MAN | Traits::WOMAN | Traits::HONORIFIC;
        let person = match words {
            [_, .., middle, _] => middle.initial() || middle.traits.has(given),
            [first, _] => first.traits.has(given),
            _ => false,
        };
        last.traits.has(Traits::BODY) && !person
            || words.first().is_some_and(|word| word.traits.has(Traits::BODY)) && self.has_of()
    }

    /// Whether small words stand between.
    fn has_of(&self) -> bool {
        let words = self.words();
        words.windows(2).any(|two| match two {
            [one, other] => other.span.start.get() > one.end + 3,
            _ => false,
        })
    }

    /// How many words from `from` on only qualify a name ("Russian", "NBC").
    fn adjectives(&self, from: usize) -> usize {
        let rest = self.words().get(from..).unwrap_or_default();
        let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN;
        let qualifies = |word: &Word| {
            word.traits.has(
                Traits::PLACE | Traits::HALF | Traits::BODY | Traits::QUALIFIER | Traits::STARTER,
            ) || word.shouted()
        };
        let first = rest.iter().take_while(|word| qualifies(word)).count();
        (0..=first)
            .rev()
            .find(|&skip| {
                skip > 0
                    && rest.len() >= skip + 2
                    && rest.get(skip).is_some_and(|word| word.traits.has(given))
            })
            .unwrap_or(0)
    }

    /// What the name behind the first `cut` words looks like.
    pub(super) fn sort(&self, cut: usize) -> Sort {
        let (titles, name) = self.words().split_at_checked(cut).unwrap_or_default();
        let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN;
        let held = Traits::OFFICE | Traits::HONORIFIC | Traits::KNIGHT;
        let places = Traits::PLACE | Traits::HALF;
        let Some((first, last)) = name.first().zip(name.last()) else { return Sort::Unknown };
        if titles.iter().any(|word| word.traits.has(held)) {
            Sort::Person
        } else if self.is_body()
            || name.len() == 1
                && (last.traits.has(Traits::BODY)
                    || last.shouted() && last.span.len() < 6 && !first.traits.has(given))
        {
            Sort::Body
        } else if name.len() > 1 && first.traits.has(given) {
            Sort::Person
        } else if name.iter().all(|word| word.traits.has(places))
            && !(first.traits.has(given) && name.len() == 1)
            || name.len() > 1 && first.traits.has(Traits::HALF)
        {
            Sort::Place
        } else {
            Sort::Unknown
        }
    }
}

/// The form of a name of these words.
pub(super) fn form(words: &[Word]) -> Form {
    let is_suffix = |word: &Word| word.traits.has(Traits::SUFFIX);
    let suffix = words.last().filter(|word| words.len() > 1 && is_suffix(word));
    let words = words.get(..words.len() - usize::from(suffix.is_some())).unwrap_or_default();
    // "Von der Leyen": the small word has a capital where the given name is left out.
    let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN;
    let particles = words.iter().take(words.len().saturating_sub(1));
    let words = words
        .get(
            particles
                .take_while(|word| word.traits.has(Traits::PARTICLE) && !word.traits.has(given))
                .count()..,
        )
        .unwrap_or_default();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Form::default() };
    Form {
        first: first.keys,
        traits: first.traits,
        last_len: u8::try_from(last.span.len()).unwrap_or(u8::MAX),
        middle: words
            .iter()
            .rev()
            .nth(1)
            .filter(|word| !word.initial())
            .map_or(0, |word| word.keys.bare),
        last: last.keys,
        whole: words.iter().fold(0, |all, word| pair(all, word.keys.bare)),
        words: u8::try_from(words.len()).unwrap_or(u8::MAX),
        initial: first.initial() || first.span.len() <= 4 && first.shouted() && words.len() > 1,
        shouted: words.iter().all(|word| word.shouted() || word.initial()),
        suffix: suffix.map_or(0, |word| word.keys.whole),
    }
}
