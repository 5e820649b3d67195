//! Tokens: what a comparison of two texts takes for one piece.

use unicode_normalization::char::is_combining_mark;

use crate::text::Span;

/// The tokens of a text, in order: runs of letters and digits with the marks on them, and every other
/// sign by itself. White space only parts them.
pub(super) fn tokens(text: &str) -> Vec<Span> {
    let mut tokens: Vec<Span> = Vec::with_capacity(text.len() / 5);
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let letter = c.is_alphanumeric() || is_combining_mark(c);
        match tokens.last_mut() {
            Some(last) if in_word && letter => *last = Span::new(last.start.get(), end),
            _ if c.is_whitespace() => {}
            _ => tokens.push(Span::new(at, end)),
        }
        in_word = letter;
    }
    tokens
}

/// Whether a token is a word, and not a sign.
pub(super) fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(char::is_alphanumeric)
}

/// The tokens that share a byte with `span`, as a range of their numbers.
pub(super) fn within(tokens: &[Span], span: Span) -> std::ops::Range<usize> {
    let first = tokens.partition_point(|token| token.end <= span.start);
    let after = tokens.partition_point(|token| token.start < span.end);
    first..after.max(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_whole_and_signs_apart() {
        let text = "“We’re  cafe\u{301}s,” 3.5\n";
        let words: Vec<&str> = tokens(text).into_iter().map(|token| token.of(text)).collect();
        assert_eq!(words, ["“", "We", "’", "re", "cafe\u{301}s", ",", "”", "3", ".", "5"]);
        assert_eq!(within(&tokens(text), Span::new(4, 5)), 1..2);
        assert_eq!(within(&tokens(text), Span::new(10, 11)), 4..4);
    }

    proptest! {
        #[test]
        fn only_white_space_lies_between(text in "(\\PC|[ab \n]){0,60}") {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(!token.is_empty() && token.start.get() >= end);
                prop_assert!(text[end..token.start.get()].chars().all(char::is_whitespace));
                end = token.end.get();
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
