//! Tallies: who speaks in an article, and how much.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// How much a speaker says in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally<'a> {
    /// The speaker, as the article has it.
    pub speaker: &'a str,
    /// How many quotations are the speaker's.
    pub quotations: u32,
    /// How many words these have.
    pub words: u32,
}

/// The tallies of an article, in the order in which its speakers are first heard.
///
/// They are held as text, a line each, since a library has hundreds of thousands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tallies(Box<str>);

impl Tallies {
    /// The tallies of an article in which these words are said by these speakers.
    #[must_use]
    pub fn of<'a>(spoken: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut found: Vec<(String, u32, u32)> = Vec::new();
        for (speaker, words) in spoken {
            // An article that breaks its lines may break them within a name.
            let speaker = speaker.split_whitespace().collect::<Vec<_>>().join(" ");
            if speaker.is_empty() {
                continue;
            }
            let words = u32::try_from(words.split_whitespace().count()).unwrap_or(u32::MAX);
            match found.iter_mut().find(|(known, ..)| *known == speaker) {
                Some((_, quotations, sum)) => {
                    *quotations += 1;
                    *sum = sum.saturating_add(words);
                }
                None => found.push((speaker, 1, words)),
            }
        }
        let mut lines = String::new();
        for (speaker, quotations, words) in found {
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{quotations} {words} {speaker}");
        }
        Self(lines.into())
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Tally<'_>> {
        self.0.lines().filter_map(|line| {
            let (quotations, rest) = line.split_once(' ')?;
            let (words, speaker) = rest.split_once(' ')?;
            let (quotations, words) = (quotations.parse().ok()?, words.parse().ok()?);
            Some(Tally { speaker, quotations, words })
        })
    }

    /// Whether nobody speaks.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_speaker_is_counted_once() {
        let tallies = Tallies::of([
            ("Ann Poe", "It broke."),
            ("harbour\n  master", "No."),
            ("Ann Poe", "We mended it twice."),
            (" ", "Nobody."),
        ]);
        let found: Vec<Tally> = tallies.iter().collect();
        let tally = |speaker, quotations, words| Tally { speaker, quotations, words };
        assert_eq!(found, [tally("Ann Poe", 2, 6), tally("harbour master", 1, 1)]);
        assert!(Tallies::of([]).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn names_of_any_kind_come_back(names in proptest::collection::vec(".*", 0..8)) {
            let tallies = Tallies::of(names.iter().map(|name| (name.as_str(), "a b")));
            let mut seen = Vec::new();
            for name in &names {
                let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                if !name.is_empty() && !seen.contains(&name) {
                    seen.push(name);
                }
            }
            let found: Vec<&str> = tallies.iter().map(|it| it.speaker).collect();
            proptest::prop_assert_eq!(found, seen);
        }
    }
}
