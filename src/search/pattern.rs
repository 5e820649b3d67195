//! A search pattern over canonical text.

use regex::{Regex, RegexBuilder};

use crate::text::Span;

/// Words to look for: literally, with smart case (a capital in them makes capitals count), any white
/// space for white space, and curly or straight marks for each other.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
}

impl Pattern {
    /// A pattern for what was typed; none for nothing but white space, or for more than a pattern can
    /// hold.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        if typed.trim().is_empty() {
            return None;
        }
        RegexBuilder::new(&folded(typed))
            .case_insensitive(!typed.chars().any(char::is_uppercase))
            .build()
            .ok()
            .map(|regex| Self { regex })
    }

    /// A pattern for one whole word.
    #[must_use]
    pub fn word(word: &str) -> Option<Self> {
        let expression = format!(r"\b{}\b", folded(word));
        RegexBuilder::new(&expression)
            .case_insensitive(!word.chars().any(char::is_uppercase))
            .build()
            .ok()
            .map(|regex| Self { regex })
    }

    /// Where it matches in `text`, in order, apart from each other.
    pub fn matches<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + 'a {
        self.regex.find_iter(text).map(|found| found.range().into())
    }
}

/// The expression for words typed.
fn folded(typed: &str) -> String {
    let mut expression = String::with_capacity(typed.len() + 8);
    let mut spaced = false;
    for letter in typed.chars() {
        if letter.is_whitespace() {
            spaced = true;
            continue;
        }
        if std::mem::take(&mut spaced) {
            expression.push_str(r"\s+");
        }
        match letter {
            '\'' | '‘' | '’' => expression.push_str("['‘’]"),
            '"' | '“' | '”' => expression.push_str("[\"“”]"),
            '-' | '–' | '—' | '‐' | '‑' => expression.push_str("[-–—‐‑]"),
            _ => expression.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4]))),
        }
    }
    if spaced {
        expression.push_str(r"\s");
    }
    expression
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(typed: &str, text: &'a str) -> Vec<&'a str> {
        let pattern = Pattern::new(typed).unwrap();
        pattern.matches(text).map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn case_counts_only_when_typed() {
        assert_eq!(found("harbour", "Harbour, harbour"), ["Harbour", "harbour"]);
        assert_eq!(found("Harbour", "Harbour, harbour"), ["Harbour"]);
        assert_eq!(found("île", "ÎLE île"), ["ÎLE", "île"]);
    }

    #[test]
    fn marks_dashes_and_spaces_stand_for_their_kin() {
        assert_eq!(found("it's a", "it’s\na"), ["it’s\na"]);
        assert_eq!(found("\"we", "“We"), ["“We"]);
        assert_eq!(found("a - b", "a – b"), ["a – b"]);
    }

    #[test]
    fn signs_of_expressions_are_letters_like_others() {
        assert_eq!(found("(a.c)*", "abc (a.c)*"), ["(a.c)*"]);
        assert!(Pattern::new("  ").is_none());
    }

    #[test]
    fn a_word_is_found_only_whole() {
        let text = "port, ports, airport, port";
        let found: Vec<_> = Pattern::word("port").unwrap().matches(text).collect();
        assert_eq!(found, [Span::new(0, 4), Span::new(22, 26)]);
    }
}
