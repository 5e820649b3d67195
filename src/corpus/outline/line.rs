//! Lines, and what can be seen of one by itself.

use std::sync::OnceLock;

use regex::{Match, Regex};

use crate::text::Span;

/// A line with something on it, without the white space around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Its words.
    pub(super) text: &'t str,
    /// Where they stand.
    pub(super) span: Span,
    /// Its length in scalar values.
    pub(super) chars: usize,
    /// Whether an empty line stands above it, or nothing.
    pub(super) apart: bool,
}

/// The lines of `text` that are not blank.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut apart = true;
    for raw in text.split_inclusive('\n') {
        let start = at + (raw.len() - raw.trim_start().len());
        let words = raw.trim();
        at += raw.len();
        if words.is_empty() {
            apart = true;
            continue;
        }
        let span = Span::new(start, start + words.len());
        found.push(Line { text: words, span, chars: words.chars().count(), apart });
        apart = false;
    }
    found
}

/// Brackets and marks that may stand after the full stop.
fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
}

impl<'t> Line<'t> {
    /// Its words, as white space parts them.
    pub(super) fn words(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.text.split_whitespace()
    }

    /// Whether it has no more than `most` words.
    pub(super) fn within(&self, most: usize) -> bool {
        self.words().nth(most).is_none()
    }

    /// Whether it ends as a sentence does, closing marks aside.
    pub(super) fn ends_sentence(&self) -> bool {
        self.text.trim_end_matches(closes).ends_with(['.', '!', '?', '…', '。', '！', '？', '।'])
    }

    /// Whether a sentence ends before its own end: a full stop after a word of some length, then a
    /// capital or an opening mark.
    pub(super) fn is_several_sentences(&self) -> bool {
        let mut words = self.words().peekable();
        while let Some(word) = words.next() {
            let bare = word.trim_end_matches(closes);
            let stem = bare.trim_end_matches(['.', '!', '?', '…']);
            let stops = stem.len() < bare.len() && stem.len() > 3 && !stem.contains('.');
            if stops && words.peek().is_some_and(|next| opens_capital(next)) {
                return true;
            }
        }
        false
    }

    /// Whether it begins with a capital or a digit, opening marks aside.
    pub(super) fn opens_capital(&self) -> bool {
        opens_capital(self.text)
    }

    /// Whether it holds a double quotation mark, curly or straight.
    pub(super) fn quotes(&self) -> bool {
        self.text.contains(['“', '”', '"'])
    }

    /// Whether it is set in capitals: six letters at least, and no small one.
    pub(super) fn shouts(&self) -> bool {
        let (mut upper, mut lower) = (0, false);
        for c in self.text.chars() {
            upper += usize::from(c.is_uppercase());
            lower |= c.is_lowercase();
        }
        upper >= 6 && !lower
    }

    /// Whether most of its longer words begin with a capital, as headlines in title case do.
    pub(super) fn is_title_case(&self) -> bool {
        let (mut longer, mut capital) = (0, 0);
        for word in self.words().filter(|word| word.chars().count() > 3) {
            longer += 1;
            capital += usize::from(opens_capital(word));
        }
        longer > 1 && capital * 4 >= longer * 3
    }

    /// Whether it says that someone said something, or on which day: what slogans and deks leave out.
    pub(super) fn tells_when_or_who(&self) -> bool {
        const TELLING: [&str; 13] = [
            "said",
            "says",
            "told",
            "announced",
            "today",
            "yesterday",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ];
        self.text.split(|c: char| !c.is_alphanumeric()).any(|word| TELLING.contains(&word))
    }

    /// Whether it can only be running text: long, or a sentence of some length.
    pub(super) fn is_prose(&self) -> bool {
        self.chars >= 120 || (self.ends_sentence() && !self.within(7))
    }
}

fn opens_capital(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| !c.is_lowercase())
}

/// A line as the tables of fixed phrases hold it: in small letters, straight apostrophes, nothing
/// but words at its ends.
pub(super) fn key(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}

/// A pattern of this program's own.
#[expect(clippy::expect_used, reason = "the patterns are constants, and the tests compile each")]
fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// A pattern for text that has a word which no match can do without. Most lines have none, and to
/// compile a pattern takes as long as to read a page.
pub(super) struct Guarded {
    words: &'static [&'static str],
    source: &'static str,
    pattern: OnceLock<Regex>,
}

impl Guarded {
    /// The pattern in `source`, every match of which has one of these words.
    pub(super) const fn new(words: &'static [&'static str], source: &'static str) -> Self {
        Self { words, source, pattern: OnceLock::new() }
    }

    /// The first match in a text.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        let may = self.words.iter().any(|word| text.contains(word));
        may.then(|| self.pattern.get_or_init(|| compiled(self.source)).find(text)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guarded_pattern_is_compiled_when_it_may_match() {
        let pattern = Guarded::new(&["crate"], r"crates?\b");
        assert!(pattern.find("the ferry").is_none() && pattern.pattern.get().is_none());
        assert_eq!(pattern.find("two crates").map(|found| found.start()), Some(4));
        assert!(pattern.find("crated").is_none() && pattern.pattern.get().is_some());
    }

    fn line(text: &str) -> Line<'_> {
        lines(text)[0]
    }

    #[test]
    fn lines_are_trimmed_and_know_what_stands_above() {
        let found = lines("\n  One \ntwo\n \n\tthree");
        let seen: Vec<_> = found.iter().map(|line| (line.text, line.apart)).collect();
        assert_eq!(seen, [("One", true), ("two", false), ("three", true)]);
        assert_eq!(found[0].span, Span::new(3, 6));
    }

    #[test]
    fn the_end_of_a_sentence_is_seen_through_marks() {
        for text in ["He left.", "“He left.”", "Left? (So they say.)", "Wait…"] {
            assert!(line(text).ends_sentence(), "{text}");
        }
        for text in ["A ‘just and lasting peace’", "Ferry sails", "As follows:"] {
            assert!(!line(text).ends_sentence(), "{text}");
        }
    }

    #[test]
    fn sentences_are_told_from_abbreviations() {
        assert!(line("The wall broke. Nobody was hurt.").is_several_sentences());
        assert!(!line("Sen. Ada Finch of the U.S. Senate met Mr. Moyse.").is_several_sentences());
    }

    #[test]
    fn keys_are_bare() {
        assert_eq!(key("  No comments yet… "), "no comments yet");
        assert_eq!(key("You’re"), "you're");
    }
}
