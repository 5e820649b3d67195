//! Where a stretch ends whose closing mark was left out before another mark opens.

use crate::text::{Offset, Span, is_grapheme_boundary};

/// The first clause end within `span`, before the punctuation; its end where there is none.
///
/// The first and not the last one, because a mark that goes missing is mostly that of a few words,
/// and what follows the clause is the reporter's again (`the “league of small ports, a spokesman
/// said, adding that “…”`).
pub(super) fn clause_end(text: &str, span: Span) -> Offset {
    let words = span.of(text);
    words
        .char_indices()
        .filter(|&(at, c)| at > 0 && ends_clause(words, at, c))
        .map(|(at, _)| span.start + at)
        .find(|&at| is_grapheme_boundary(text, at))
        .unwrap_or(span.end)
}

/// Whether the character `c` at byte `at` of `words` ends a clause.
fn ends_clause(words: &str, at: usize, c: char) -> bool {
    let Some((before, rest)) = words.split_at_checked(at) else { return false };
    let after = rest.strip_prefix(c).unwrap_or_default();
    let apart = after.chars().next().is_none_or(char::is_whitespace);
    match c {
        '.' => apart && !is_abbreviation(before),
        ',' | ';' | ':' | '!' | '?' | '…' => apart,
        '—' => true,
        '–' | '-' => apart && before.ends_with(char::is_whitespace),
        _ => false,
    }
}

/// Whether a full stop after `before` may be that of `Mr.`, `Sen.` or `U.S.`.
fn is_abbreviation(before: &str) -> bool {
    let mut letters = before.chars().rev().take_while(|c| c.is_alphabetic());
    let short: Vec<char> = letters.by_ref().take(3).collect();
    letters.next().is_none() && short.last().is_some_and(|c| c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_clause_end_counts_and_numbers_and_titles_are_none() {
        for text in [
            "league of small ports|, a spokesman said, the",
            "2,500 men of Mr. Poe |— he said",
            "the U.S. way|. He said",
            "a well-known fact |- it",
            "nothing at all|",
        ] {
            let bare = text.replace('|', "");
            let end = clause_end(&bare, Span::new(0, bare.len()));
            assert_eq!(Some(end.get()), text.find('|'), "{text}");
        }
    }
}
