//! Filters and rankings over lists of short texts.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern as Fuzzy};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// How many scalar values of what was typed are ranked by. The scores of `nucleo` are 16-bit numbers,
/// which a pasted article would run over.
const LONGEST: usize = 256;

/// Words that must all occur, in any order, accents and marks folded, smart case.
#[derive(Debug, Clone)]
pub struct Filter {
    words: Vec<String>,
    exact_case: bool,
}

impl Filter {
    /// A filter for what was typed; it lets everything through where that is nothing.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let exact_case = typed.chars().any(char::is_uppercase);
        let words = typed.split_whitespace().map(|word| fold(word, exact_case)).collect();
        Self { words, exact_case }
    }

    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether all its words occur in the fields of one item.
    #[must_use]
    pub fn lets_through<'a>(&self, fields: impl IntoIterator<Item = &'a str>) -> bool {
        if self.is_empty() {
            return true;
        }
        let mut all = String::new();
        for field in fields {
            all.push_str(&fold(field, self.exact_case));
            all.push('\n');
        }
        self.words.iter().all(|word| all.contains(word))
    }
}

/// Folds case, where it does not count, and marks.
fn fold(text: &str, exact_case: bool) -> String {
    let straight = text.chars().map(|letter| match letter {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '–' | '—' => '-',
        letter => nucleo_matcher::chars::normalize(letter),
    });
    if exact_case { straight.collect() } else { straight.flat_map(char::to_lowercase).collect() }
}

/// How well items match what was typed.
#[derive(Debug)]
pub struct Ranker(Kind);

#[derive(Debug)]
enum Kind {
    Fuzzy { pattern: Fuzzy, matcher: Box<Matcher>, letters: Vec<char> },
    Words(Filter),
}

impl Ranker {
    /// A ranker for what was typed. Where it is `fuzzy`, letters may be left out; else whole words are
    /// looked for, and all that match are alike.
    ///
    /// The fuzzy matching is that of the `nucleo` crate (an optimal alignment with bonuses at word
    /// starts).
    #[must_use]
    pub fn new(typed: &str, fuzzy: bool) -> Self {
        if !fuzzy {
            return Self(Kind::Words(Filter::new(typed)));
        }
        let typed: String = typed.chars().take(LONGEST).collect();
        let pattern = Fuzzy::parse(&typed, CaseMatching::Smart, Normalization::Smart);
        let matcher = Box::new(Matcher::new(Config::DEFAULT));
        Self(Kind::Fuzzy { pattern, matcher, letters: Vec::new() })
    }

    /// The score of an item, the higher the better, where it matches.
    pub fn score(&mut self, item: &str) -> Option<u32> {
        match &mut self.0 {
            Kind::Fuzzy { pattern, matcher, letters } => {
                pattern.score(Utf32Str::new(item, letters), matcher)
            }
            Kind::Words(filter) => filter.lets_through([item]).then_some(0),
        }
    }

    /// Whether what matches `typed` is all among what matched `before`.
    #[must_use]
    pub fn narrows(before: &str, typed: &str) -> bool {
        // These turn words round, or tie them to the ends of an item.
        !typed.contains(['!', '^', '$', '\'', '\\']) && typed.starts_with(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_occur_in_some_field() {
        let fields = ["Ferry link restored", "The Café Wire"];
        assert!(Filter::new("wire ferry").lets_through(fields));
        assert!(Filter::new("cafe").lets_through(fields));
        assert!(!Filter::new("ferry bridge").lets_through(fields));
        assert!(!Filter::new("WIRE").lets_through(fields));
        assert!(Filter::new(" ").lets_through(fields));
    }

    /// The indices of the items that match, the best first.
    fn rank(typed: &str, items: &[&str]) -> Vec<usize> {
        let mut ranker = Ranker::new(typed, true);
        let scored = items.iter().map(|item| ranker.score(item)).enumerate();
        let mut scored: Vec<(u32, usize)> =
            scored.filter_map(|(at, score)| Some((score?, at))).collect();
        scored.sort_by_key(|&(score, at)| (std::cmp::Reverse(score), at));
        scored.into_iter().map(|(_, at)| at).collect()
    }

    #[test]
    fn the_best_match_comes_first() {
        let items = ["council to review breakwater", "ferry link restored", "fewer links"];
        assert_eq!(rank("ferrlin", &items), [1]);
        assert_eq!(rank("", &items), [0, 1, 2]);
        assert_eq!(rank("links", &items).first(), Some(&2));
    }

    #[test]
    fn what_is_pasted_may_be_long() {
        let long = "W".repeat(20_000);
        assert_eq!(rank(&long, &[long.as_str(), "short"]), [0]);
    }

    #[test]
    fn more_letters_match_no_more_items() {
        let items =
            ["Ferry link", "ferry Link", "café ferry", "cafe", "elf", "l y", "!f", "f$", "f"];
        let words = [
            "", "f", "fe", "fé", "fE", "F", "fe l", "f !l", "^f", "f$", "f$e", "'fe", "\\", "c",
            "ca", "cafe",
        ];
        for (before, typed) in words.iter().flat_map(|a| words.iter().map(move |b| (*a, *b))) {
            if Ranker::narrows(before, typed) {
                let all = rank(before, &items);
                assert!(
                    rank(typed, &items).iter().all(|it| all.contains(it)),
                    "{before:?} {typed:?}"
                );
            }
        }
        assert!(Ranker::narrows("fe", "fer") && !Ranker::narrows("f", "f !l"));
    }
}
