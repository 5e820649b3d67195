//! Every occurrence of some words in a text, those that overlap included.

/// The byte positions in `text` at which `words` begin, in order; none for empty `words`.
///
/// This is the algorithm of Knuth, Morris and Pratt ("Fast pattern matching in strings", 1977): time
/// is linear in the two lengths, however often the words overlap with themselves.
pub(super) fn occurrences(text: &str, words: &str) -> impl Iterator<Item = usize> {
    let words = words.as_bytes();
    let borders = borders(words);
    let mut matched = 0;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        matched = extend(words, &borders, matched, byte);
        let complete = matched == words.len() && matched > 0;
        complete.then(|| at + 1 - matched)
    })
}

/// How much of `words` is matched once `byte` has followed `matched` bytes of it.
fn extend(words: &[u8], borders: &[usize], mut matched: usize, byte: u8) -> usize {
    loop {
        if words.get(matched) == Some(&byte) {
            return matched + 1;
        }
        let Some(shorter) = matched.checked_sub(1).and_then(|last| borders.get(last)) else {
            return 0;
        };
        matched = *shorter;
    }
}

/// For each prefix of `words`: the length of its longest proper border.
fn borders(words: &[u8]) -> Vec<usize> {
    let mut borders: Vec<usize> = Vec::with_capacity(words.len());
    let mut matched = 0;
    for (at, &byte) in words.iter().enumerate() {
        matched = if at == 0 { 0 } else { extend(words, &borders, matched, byte) };
        borders.push(matched);
    }
    borders
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_occurrence_is_found(text in "[abé]{0,60}", words in "[abé]{1,5}") {
            let found: Vec<usize> = occurrences(&text, &words).collect();
            let expected: Vec<usize> = text
                .char_indices()
                .map(|(at, _)| at)
                .filter(|&at| text[at..].starts_with(&words))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn nothing_occurs_nowhere() {
        assert_eq!(occurrences("some text", "").count(), 0);
    }
}
