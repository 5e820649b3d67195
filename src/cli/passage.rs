//! Words in a text, as a person quotes them.

use crate::text::{Offset, Span, floor_grapheme};

/// Where some words stand: in order, and with no grapheme cut.
pub(super) fn passages<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = Span> + 't {
    let whole = |at: Offset| floor_grapheme(text, at) == at;
    text.match_indices(words)
        .filter(|(_, found)| !found.is_empty())
        .map(|(start, found)| Span::new(start, start + found.len()))
        .filter(move |span| whole(span.start) && whole(span.end))
}

/// Where the words first stand but for the kind of marks, capitals and white space.
pub(super) fn similar(text: &str, words: &str) -> Option<Span> {
    let wanted: String = fold(words.trim()).map(|(_, c)| c).collect();
    if wanted.is_empty() {
        return None;
    }
    let folded: String = fold(text).map(|(_, c)| c).collect();
    let start = folded.find(&wanted)?;
    // The same way again, for where in the text each place of the folded text comes from.
    let mut length = 0;
    let mut places = fold(text).map(|(at, c)| {
        length += c.len_utf8();
        (length - c.len_utf8(), at)
    });
    let mut original = |place: usize| places.find(|&(at, _)| at >= place).map(|(_, at)| at);
    let from = original(start)?;
    let to = original(start + wanted.len()).unwrap_or(text.len());
    let found = text.get(from..to)?;
    Some(Span::new(from, from + found.trim_end().len()))
}

/// The characters of a text with one form for each kind of mark and white space, and where in the
/// text each comes from.
fn fold(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut spaced = false;
    text.char_indices().filter_map(move |(at, c)| {
        let folded = match c {
            c if c.is_whitespace() => ' ',
            '‘' | '’' | '‚' | '‛' | '`' | '´' => '\'',
            '“' | '”' | '„' | '‟' | '«' | '»' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '―' => '-',
            c => c.to_lowercase().next().unwrap_or(c),
        };
        let again = spaced && folded == ' ';
        spaced = folded == ' ';
        (!again).then_some((at, folded))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, words: &str) -> Vec<Span> {
        passages(text, words).collect()
    }

    #[test]
    fn words_are_found_in_every_place() {
        let text = "one two one\none";
        assert_eq!(found(text, "one"), [Span::new(0, 3), Span::new(8, 11), Span::new(12, 15)]);
        assert_eq!(found(text, "one\no"), [Span::new(8, 13)]);
        assert!(found(text, "One").is_empty() && found(text, "").is_empty());
    }

    #[test]
    fn no_character_is_cut_in_two() {
        assert!(found("cafe\u{301}", "cafe").is_empty());
        assert_eq!(found("cafe\u{301} cafe", "cafe"), [Span::new(7, 11)]);
    }

    #[test]
    fn similar_words_are_found_as_they_are() {
        let text = "He said: “We’re   not\u{a0}done – yet.”\n\nThen left.";
        let similar = |words| similar(text, words).map(|span| span.of(text));
        assert_eq!(similar("\"we're not done - YET.\""), Some("“We’re   not\u{a0}done – yet.”"));
        assert_eq!(similar("  then\tleft. "), Some("Then left."));
        assert_eq!(similar("yet.” then"), Some("yet.”\n\nThen"));
        assert_eq!(similar("we are"), None);
        assert_eq!(similar(" "), None);
    }
}
