//! Reading words off bytes, to the right and to the left.

use super::letter::{Byte, Keys, keys, look};
use super::lexicon::{Traits, traits};
use crate::text::Span;

/// A word as it stands in the text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    /// Its letters, with the full stop that shortens it, without `'s`.
    pub(super) span: Span,
    pub(super) keys: Keys,
    pub(super) traits: Traits,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it has no small letters, and more than one.
    pub(super) shouted: bool,
    /// Whether it is one capital, with or without a full stop.
    pub(super) initial: bool,
    /// Whether `'s` or the bare mark follows.
    pub(super) possessive: bool,
    /// Behind all that belongs to it.
    pub(super) end: usize,
}

/// The longest word that is looked at, in bytes.
const LONGEST: usize = 64;

/// A text whose words are read one by one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
}

impl<'a> Words<'a> {
    fn byte(self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The character at `at`, which is a boundary.
    fn char_at(self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    pub(super) fn slice(self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Whether an apostrophe of either form stands at `at`: its length in bytes.
    pub(super) fn apostrophe(self, at: usize) -> Option<usize> {
        match self.byte(at)? {
            b'\'' => Some(1),
            0xE2 if self.slice(at, at + 3) == "’" => Some(3),
            _ => None,
        }
    }

    /// Whether a letter or digit stands at `at`: its length in bytes, and whether it is a capital.
    fn letter(self, at: usize) -> Option<(usize, bool)> {
        let byte = self.byte(at)?;
        match look(byte) {
            Byte::Small | Byte::Digit => Some((1, false)),
            Byte::Capital => Some((1, true)),
            Byte::Wide => {
                let c = self.char_at(at)?;
                c.is_alphanumeric().then(|| (c.len_utf8(), c.is_uppercase()))
            }
            Byte::Space | Byte::Sign => None,
        }
    }

    /// The word that begins at `at`, if one does.
    pub(super) fn word(self, at: usize) -> Option<Word> {
        let (first, capital) = self.letter(at)?;
        let mut end = at + first;
        let (mut letters, mut small) = (1, !capital);
        let mut possessive = 0;
        while end - at < LONGEST {
            if let Some((len, upper)) = self.letter(end) {
                end += len;
                letters += 1;
                small |= !upper;
                continue;
            }
            match self.byte(end) {
                Some(b'-') => match self.letter(end + 1) {
                    Some((_, true)) if capital => end += 1,
                    _ => break,
                },
                Some(b'.') if capital && letters < 4 && !small => {
                    // `U.S.`, `J.D.`, `J.`
                    let more = self.letter(end + 1).is_some_and(|(_, upper)| upper);
                    let closes = letters == 1 || self.slice(at, end).contains('.');
                    if !more && !closes {
                        break;
                    }
                    end += 1;
                    if !more {
                        break;
                    }
                }
                Some(b'\'' | 0xE2) => match self.apostrophe(end) {
                    Some(len) if self.is_possessive(end + len) => {
                        possessive = len + 1;
                        break;
                    }
                    Some(len) if self.letter(end + len).is_some() => end += len,
                    Some(len) if self.byte(end.wrapping_sub(1)) == Some(b's') && capital => {
                        possessive = len;
                        break;
                    }
                    _ => break,
                },
                _ => break,
            }
        }
        Some(self.known(at, end, possessive, [capital, small, letters == 1]))
    }

    /// Whether nothing but the letter of `'s` stands at `at`.
    fn is_possessive(self, at: usize) -> bool {
        matches!(self.byte(at), Some(b's' | b'S')) && self.letter(at + 1).is_none()
    }

    fn known(self, at: usize, end: usize, possessive: usize, look: [bool; 3]) -> Word {
        let [capital, small, single] = look;
        let keys = keys(self.slice(at, end));
        let traits = traits(keys.whole);
        let stop =
            capital && self.byte(end) == Some(b'.') && traits.has(Traits::SHORT) && possessive == 0;
        let end = if stop { end + 1 } else { end };
        Word {
            span: Span::new(at, end),
            keys,
            traits,
            capital,
            shouted: capital && !small && !single,
            initial: capital && single,
            possessive: possessive > 0,
            end: end + possessive,
        }
    }

    /// Where the white space ends that begins at `at`: a few spaces at most, no line end.
    pub(super) fn gap(self, at: usize) -> Option<usize> {
        let mut end = at;
        while end - at < 4 {
            match self.byte(end) {
                Some(b' ' | b'\t') => end += 1,
                Some(0xC2) if self.byte(end + 1) == Some(0xA0) => end += 2,
                _ => break,
            }
        }
        (end > at).then_some(end)
    }

    /// The word after a gap at `at`.
    pub(super) fn next(self, at: usize) -> Option<Word> {
        self.word(self.gap(at)?)
    }

    /// The word before a gap that ends at `at`, not before `from`.
    pub(super) fn previous(self, at: usize, from: usize) -> Option<Word> {
        let before = self.slice(from, at);
        let trimmed = before.trim_end_matches([' ', '\u{a0}']);
        if trimmed.len() == before.len() {
            return None;
        }
        let end = from + trimmed.len();
        let mut start = end;
        while start > from && end - start < LONGEST {
            let byte = self.byte(start - 1)?;
            match look(byte) {
                Byte::Space => break,
                Byte::Sign if !matches!(byte, b'-' | b'\'' | b'.') => break,
                Byte::Wide if self.slice(start.saturating_sub(2), start) == "\u{a0}" => break,
                _ => start -= 1,
            }
        }
        let word = self.word(start).filter(|word| word.end == end)?;
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_they_do() {
        for (text, word, possessive) in [
            ("Trump's plan", "Trump", true),
            ("Sanders’ plan", "Sanders", true),
            ("O’Neill said", "O’Neill", false),
            ("Kelleher-Vergantini of", "Kelleher-Vergantini", false),
            ("US-led talks", "US", false),
            ("U.S. Senate", "U.S.", false),
            ("J. D. Vance", "J.", false),
            ("J.D. Vance", "J.D.", false),
            ("Sen. Poe", "Sen.", false),
            ("Poe. He", "Poe", false),
            ("Özil. He", "Özil", false),
            ("No 10", "No", false),
        ] {
            let found = Words { text }.word(0).expect("a word");
            assert_eq!((found.span.of(text), found.possessive), (word, possessive), "{text}");
        }
    }

    #[test]
    fn words_are_found_to_the_left() {
        for (text, word) in [("the mayor Poe", "mayor"), ("vice-president Poe", "vice-president")] {
            let found = Words { text }.previous(text.len() - 3, 0).map(|word| word.span.of(text));
            assert_eq!(found, Some(word));
        }
    }
}
