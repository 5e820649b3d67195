//! The words that stand for kinds, colours, statuses and verdicts in files and on the command line.

/// A word that stands for nothing that we know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such {what}: {given:?} (there are {})", known.join(", "))]
pub struct UnknownWord {
    /// What the word should have named.
    pub what: &'static str,
    /// The word.
    pub given: String,
    /// The words that would have done.
    pub known: Vec<&'static str>,
}

/// Gives an enumeration its words: `ALL`, `name`, `Display` and `FromStr`.
macro_rules! words {
    ($type:ident, $what:literal, $($variant:ident => $word:literal),+ $(,)?) => {
        impl $type {
            /// All there are, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it, in lower case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::note::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                let found = Self::ALL.iter().find(|it| it.name().eq_ignore_ascii_case(word));
                found.copied().ok_or_else(|| $crate::note::UnknownWord {
                    what: $what,
                    given: word.to_owned(),
                    known: Self::ALL.iter().map(|it| it.name()).collect(),
                })
            }
        }
    };
}

pub(super) use words;

#[cfg(test)]
mod tests {
    use crate::note::{Color, Kind, Status, Verdict};

    #[test]
    fn every_word_names_what_it_came_from() {
        assert!(Color::ALL.iter().all(|color| color.name().parse() == Ok(*color)));
        assert!(Kind::ALL.iter().all(|kind| kind.name().parse() == Ok(*kind)));
        assert!(Status::ALL.iter().all(|status| status.name().parse() == Ok(*status)));
        assert!(Verdict::ALL.iter().all(|verdict| verdict.name().parse() == Ok(*verdict)));
        assert_eq!(Color::ALL.len(), 6);
    }

    #[test]
    fn an_unknown_word_is_named_with_those_that_would_do() {
        let error = "pink".parse::<Color>().unwrap_err().to_string();
        assert_eq!(
            error,
            "no such colour: \"pink\" (there are yellow, green, blue, red, purple, orange)"
        );
    }
}
