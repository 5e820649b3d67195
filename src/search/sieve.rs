//! Lines of JSON in which a pattern may match a string, told without taking the JSON apart.

use memchr::memmem::Finder;
use regex::bytes::{Regex, RegexBuilder};

use super::expression::{Accents, counts_case, written};
use super::pattern::{SIZE, accent};

/// Lets through every line of JSON that holds a string in which some words may be found, and few others.
#[derive(Debug, Clone)]
pub struct Sieve {
    regex: Regex,
    /// What also lets through letters with accents.
    folding: Option<Regex>,
    /// Whether it can be told of each line of a text alone.
    by_line: bool,
    /// What stands for the end of a line of a text.
    feed: Finder<'static>,
    /// What letters are written with that do not stand there themselves: such lines have to be taken
    /// apart.
    escape: Finder<'static>,
}

impl Sieve {
    /// A sieve for words that a search over a library looks for; none where there is no telling without
    /// taking the lines apart.
    pub(super) fn new(words: &str) -> Option<Self> {
        if words.chars().any(|letter| letter.is_control() && !letter.is_whitespace()) {
            return None;
        }
        let build = |accents| {
            let expression = written(words, accents);
            let mut builder = RegexBuilder::new(&expression);
            let built = builder.case_insensitive(!counts_case(words)).size_limit(SIZE).build();
            built.ok().map(|regex| (expression, regex))
        };
        let (plain, regex) = build(Accents::AsTyped)?;
        let (folded, folding) = build(Accents::Folded)?;
        let folding = Some(folding).filter(|_| plain != folded);
        let by_line = !words.contains(|letter: char| letter.is_whitespace() || letter == '\\');
        Some(Self { folding, by_line, ..Self::with(regex) })
    }

    fn with(regex: Regex) -> Self {
        let (feed, escape) = (Finder::new(br"\n"), Finder::new(br"\u"));
        Self { regex, folding: None, by_line: false, feed, escape }
    }

    /// A sieve for an expression as a string of JSON has it; none where that is too large.
    pub(super) fn of_expression(written: &str) -> Option<Self> {
        RegexBuilder::new(written).size_limit(SIZE).build().ok().map(Self::with)
    }

    /// Whether the words may be found in a string of a line.
    #[must_use]
    pub fn lets_through(&self, line: &[u8]) -> bool {
        self.regex.is_match(line) || self.folds_in(line) || self.escape.find(line).is_some()
    }

    /// Whether the words may be found with accents. Only where there are any it is looked for them: that
    /// is slow.
    fn folds_in(&self, line: &[u8]) -> bool {
        let Some(folding) = &self.folding else { return false };
        let mut rest = line;
        while let Some(at) = accent(rest) {
            if !self.by_line {
                return folding.is_match(rest);
            }
            let (before, after) = rest.split_at_checked(at).unwrap_or_default();
            let end = self.feed.find(after).map_or(rest.len(), |feed| at + feed);
            let start = memchr::memmem::rfind(before, br"\n").unwrap_or(0);
            if rest.get(start..end).is_some_and(|part| folding.is_match(part)) {
                return true;
            }
            rest = rest.get(end..).unwrap_or_default();
        }
        false
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{Manner, Pattern};
    use super::*;
    use proptest::prelude::*;

    fn lets_through(words: &str, line: &str) -> bool {
        Sieve::new(words).unwrap().lets_through(line.as_bytes())
    }

    #[test]
    fn words_are_seen_as_they_are_written() {
        for (words, line) in [
            ("two words", r#""two\nwords""#),
            ("two words", r#""Two \r\n\t words""#),
            ("\"at last\"", r#""\"at last\"""#),
            ("\"at last\"", r#""“at last”""#),
            ("and/or", r#""and\/or""#),
            (r"c:\x", r#""C:\\x""#),
            ("cafe", r#""Café""#),
            ("nez fin", r#""Né\nnéz\nfin""#),
            (r"c:\nez", r#""C:\\néz""#),
            ("nez", r#""\\néz""#),
            ("nez", r#""e\né\nnéz""#),
            ("ferry", r#""f\u0065rry""#),
        ] {
            assert!(lets_through(words, line), "{words} in {line}");
        }
        assert!(!lets_through("Ferry", r#""ferry""#));
        assert!(!lets_through("ferry", r#""fe rry""#));
    }

    /// A string as one program or another writes it: some escape what they need not.
    pub(in super::super) fn json(text: &str, manner: u8) -> String {
        let plain = serde_json::to_string(text).unwrap();
        match manner % 4 {
            0 => plain,
            1 => plain.replace('/', r"\/"),
            2 => plain
                .chars()
                .map(|c| if c.is_ascii() { c.to_string() } else { escaped(c) })
                .collect(),
            _ => text.chars().fold(String::from("\""), |all, c| all + &escaped(c)) + "\"",
        }
    }

    fn escaped(letter: char) -> String {
        let units = letter.encode_utf16(&mut [0; 2]).to_vec();
        units.into_iter().fold(String::new(), |all, unit| format!("{all}\\u{unit:04x}"))
    }

    proptest! {
        #[test]
        fn whatever_holds_the_words_is_let_through(
            text in "[a-cAé \n\t\u{a0}\u{c}\"“’'\\\\/–-]{0,12}(e\u{301}|ß|ſ|K|😀)?[abc \n\r]{0,6}",
            words in "[a-cé’\"\\\\/-][a-c e\n\"\\\\/-]{0,4}", manner: u8, word: bool,
        ) {
            let pattern = Pattern::for_library(words.trim(), Manner { word, expression: false }).unwrap();
            let unix = text.replace("\r\n", "\n").replace('\r', "\n");
            if pattern.is_in(&unix) {
                let line = json(&text, manner);
                prop_assert!(lets_through(words.trim(), &line), "{}", line);
            }
        }
    }
}
