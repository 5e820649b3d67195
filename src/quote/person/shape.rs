//! The shape of a name that stands by itself, with no article around it.

use super::letter::Key;
use super::lexicon::Traits;
use super::occurrence::Sort;
use super::run::{MOST, Run};
use super::word::{Word, Words};

/// A name between the first and the family name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::quote) struct Middle {
    pub(in crate::quote) key: Key,
    pub(in crate::quote) letter: u8,
    /// Whether it is only a letter.
    pub(in crate::quote) initial: bool,
}

/// A person's name of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::quote) struct FullName {
    pub(in crate::quote) family: Key,
    /// What follows the family name, as Jr.; 0 where nothing does.
    pub(in crate::quote) suffix: Key,
    pub(in crate::quote) given: Middle,
    pub(in crate::quote) middle: Option<Middle>,
}

/// What a name tells of whom it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::quote) enum Shape {
    /// All of a person's name.
    Full(FullName),
    /// A family name, perhaps with a title.
    Family(Key),
    /// A given name behind "Sir" or "Dame".
    Given(Key),
}

/// The shape of a person's name, titles left out; `None` where it does not show that it is one.
pub(in crate::quote) fn shape(name: &str) -> Option<Shape> {
    let words: Vec<Word> = name.split_whitespace().map(word).collect::<Option<_>>()?;
    if words.len() > MOST {
        return None;
    }
    let mut run = Run::default();
    for word in &words {
        run.push(*word);
    }
    let cut = run.cut();
    let (titles, name) = run.words().split_at_checked(cut)?;
    let held = |traits| titles.iter().any(|word| word.traits.has(traits));
    let suffix = name.last().filter(|word| name.len() > 1 && word.traits.has(Traits::SUFFIX));
    let name = name.get(..name.len() - usize::from(suffix.is_some()))?;
    let names: Vec<&Word> = name.iter().filter(|word| !is_particle(word)).collect();
    let (first, last) = (names.first()?, names.last()?);
    let sort = run.sort(cut);
    if matches!(sort, Sort::Body | Sort::Place) || is_no_name(first) || is_no_name(last) {
        return None;
    }
    if names.len() > 1 {
        let middle = names.get(1..names.len() - 1)?.first().map(|word| part(word));
        let suffix = suffix.map_or(0, |word| word.keys.whole);
        let full = FullName { family: last.keys.bare, suffix, given: part(first), middle };
        return (!last.initial()).then_some(Shape::Full(full));
    }
    let knight = titles
        .iter()
        .any(|word| word.traits.has(Traits::KNIGHT) && word.traits.has(Traits::HONORIFIC));
    let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN;
    if knight && !held(Traits::OFFICE) {
        Some(Shape::Given(last.keys.bare))
    } else if !last.initial()
        && (held(Traits::HONORIFIC | Traits::OFFICE) || !last.traits.has(given))
    {
        Some(Shape::Family(last.keys.bare))
    } else {
        None
    }
}

/// The word that some letters between spaces are; `None` where that is none of a name.
fn word(token: &str) -> Option<Word> {
    let token = token.trim_end_matches([',', '.']);
    let word = Words { text: token }.word(0)?;
    let whole = word.end.max(word.span.end.get()) >= token.len() && !word.possessive;
    (whole && (word.capital() || word.traits.has(Traits::PARTICLE))).then_some(word)
}

fn is_particle(word: &Word) -> bool {
    let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN;
    word.traits.has(Traits::PARTICLE) && !word.traits.has(given)
}

/// Whether a word is none that a person's name begins or ends with.
fn is_no_name(word: &Word) -> bool {
    let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN | Traits::NAMESAKE;
    let other = Traits::STARTER
        | Traits::GROUP
        | Traits::DAY
        | Traits::BODY
        | Traits::DETERMINER
        | Traits::OFFICE;
    word.traits.has(other) && !word.traits.has(given) && !word.initial()
}

fn part(word: &Word) -> Middle {
    Middle { key: word.keys.bare, letter: word.keys.letter, initial: word.initial() }
}

#[cfg(test)]
mod tests {
    use super::super::letter::keys;
    use super::*;

    fn family(word: &str) -> Shape {
        Shape::Family(keys(word).bare)
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        for name in
            ["Keir Starmer", "Sir Keir Starmer", "Prime Minister Keir Starmer", "KEIR STARMER"]
        {
            assert_eq!(shape(name), shape("Keir Starmer"), "{name}");
            assert!(matches!(shape(name), Some(Shape::Full(_))), "{name}");
        }
        for name in ["Starmer", "Mr Starmer", "Mr. Starmer", "STARMER", "President Starmer"] {
            assert_eq!(shape(name), Some(family("starmer")), "{name}");
        }
        assert_eq!(shape("Sir Keir"), Some(Shape::Given(keys("keir").bare)));
    }

    #[test]
    fn small_words_and_suffixes_are_told_from_names() {
        let Some(Shape::Full(mayor)) = shape("Bill de Blasio") else { panic!("no name") };
        assert_eq!((mayor.family, mayor.middle), (keys("blasio").bare, None));
        assert_eq!(shape("de Blasio"), Some(family("blasio")));
        let Some(Shape::Full(senior)) = shape("Donald J. Trump") else { panic!("no name") };
        let Some(Shape::Full(junior)) = shape("Donald J. Trump Jr.") else { panic!("no name") };
        assert_eq!((senior.family, senior.middle), (junior.family, junior.middle));
        assert_ne!(senior.suffix, junior.suffix);
        assert!(senior.middle.is_some_and(|it| it.initial && it.letter == b'j'));
    }

    #[test]
    fn what_is_no_persons_name_has_no_shape() {
        for name in [
            "a campaign spokesman",
            "the mayor",
            "White House",
            "House",
            "New York Times",
            "Washington",
            "President",
            "Bob",
            "K.",
            "After Comey",
            "Poe’s office",
            "AT&T",
            "",
            "Trump and Pence",
        ] {
            assert_eq!(shape(name), None, "{name}");
        }
    }
}
