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

/// The indices of the items that match what was typed, fuzzily, the best first; all of them, in
/// their order, where nothing was typed.
///
/// The matching is that of the `nucleo` crate (an optimal alignment with bonuses at word starts).
pub fn rank<'a>(typed: &str, items: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let typed: String = typed.chars().take(LONGEST).collect();
    let pattern = Fuzzy::parse(&typed, CaseMatching::Smart, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut letters = Vec::new();
    let mut scored: Vec<(u32, usize)> = items
        .enumerate()
        .filter_map(|(index, item)| {
            let score = pattern.score(Utf32Str::new(item, &mut letters), &mut matcher)?;
            Some((score, index))
        })
        .collect();
    scored.sort_by_key(|&(score, index)| (std::cmp::Reverse(score), index));
    scored.into_iter().map(|(_, index)| index).collect()
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

    #[test]
    fn the_best_match_comes_first() {
        let items = ["council to review breakwater", "ferry link restored", "fewer links"];
        assert_eq!(rank("ferrlin", items.into_iter()), [1]);
        assert_eq!(rank("", items.into_iter()), [0, 1, 2]);
        assert_eq!(rank("links", items.into_iter()).first(), Some(&2));
    }

    #[test]
    fn what_is_pasted_may_be_long() {
        let long = "W".repeat(20_000);
        assert_eq!(rank(&long, [long.as_str(), "short"].into_iter()), [0]);
    }
}
