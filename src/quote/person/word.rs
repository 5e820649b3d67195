//! Reading words off bytes, to the right and to the left.

use super::letter::{Byte, Keys, Spelling, look};
use super::lexicon::{Traits, traits};
use crate::text::Span;

/// A word as it stands in the text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    /// Its letters, with the full stop that shortens it, without `'s`.
    pub(super) span: Span,
    pub(super) keys: Keys,
    pub(super) traits: Traits,
    pub(super) case: Case,
    /// Whether `'s` or the bare mark follows.
    pub(super) possessive: bool,
    /// Behind all that belongs to it.
    pub(super) end: usize,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Case {
    /// With a small letter first.
    #[default]
    Small,
    /// With a capital first.
    Capital,
    /// In capitals, more than one.
    Shouted,
    /// As one capital.
    Initial,
}

impl Word {
    /// Whether it begins with a capital.
    pub(super) fn capital(&self) -> bool {
        self.case != Case::Small
    }

    /// Whether it has no small letters, and more than one.
    pub(super) fn shouted(&self) -> bool {
        self.case == Case::Shouted
    }

    /// Whether it is one capital, with or without a full stop.
    pub(super) fn initial(&self) -> bool {
        self.case == Case::Initial
    }
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
        let mut reading = Reading::new(self, at);
        let (_, capital) = self.letter(at)?;
        reading.capital = capital;
        while reading.end - at < LONGEST && (reading.letter() || reading.sign()) {}
        Some(reading.word())
    }

    /// Whether nothing but the letter of `'s` stands at `at`.
    fn is_possessive(self, at: usize) -> bool {
        matches!(self.byte(at), Some(b's' | b'S')) && self.letter(at + 1).is_none()
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
        let from = (from..at).find(|from| self.text.is_char_boundary(*from)).unwrap_or(at);
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

/// A word that is being read.
struct Reading<'a> {
    words: Words<'a>,
    start: usize,
    end: usize,
    spelling: Spelling,
    letters: usize,
    capital: bool,
    /// Whether it has small letters.
    small: bool,
    /// The length of the possessive's ending in bytes.
    ending: usize,
}

impl<'a> Reading<'a> {
    fn new(words: Words<'a>, at: usize) -> Self {
        let spelling = Spelling::new();
        Self {
            words,
            start: at,
            end: at,
            spelling,
            letters: 0,
            capital: false,
            small: false,
            ending: 0,
        }
    }

    /// Takes the letter or digit here, if there is one.
    fn letter(&mut self) -> bool {
        let Some(byte) = self.words.byte(self.end) else { return false };
        match look(byte) {
            Byte::Small | Byte::Digit => {
                self.spelling.take(byte);
                self.small = true;
                self.end += 1;
            }
            Byte::Capital => {
                self.spelling.take(byte.to_ascii_lowercase());
                self.end += 1;
            }
            Byte::Wide => {
                let c = self.words.char_at(self.end).filter(|c| c.is_alphanumeric());
                let Some(c) = c else { return false };
                self.spelling.take_wide(c);
                self.small |= !c.is_uppercase();
                self.end += c.len_utf8();
            }
            Byte::Space | Byte::Sign => return false,
        }
        self.letters += 1;
        true
    }

    /// Takes the sign here, if it belongs to the word; whether the word may go on.
    fn sign(&mut self) -> bool {
        match self.words.byte(self.end) {
            Some(b'-') => self.hyphen(),
            Some(b'.') => self.full_stop(),
            Some(b'\'' | 0xE2) => self.apostrophe(),
            _ => false,
        }
    }

    fn hyphen(&mut self) -> bool {
        let next = self.words.letter(self.end + 1);
        let joins = next.is_some_and(|(_, capital)| capital == self.capital);
        self.end += usize::from(joins);
        joins
    }

    /// That of `U.S.`, `J.D.`, `J.`.
    fn full_stop(&mut self) -> bool {
        if !self.capital || self.small || self.letters > 3 {
            return false;
        }
        let more = self.words.letter(self.end + 1).is_some_and(|(_, capital)| capital);
        let closes = self.letters == 1 || self.words.slice(self.start, self.end).contains('.');
        self.end += usize::from(more || closes);
        more
    }

    fn apostrophe(&mut self) -> bool {
        let Some(len) = self.words.apostrophe(self.end) else { return false };
        if self.words.is_possessive(self.end + len) {
            self.ending = len + 1;
            return false;
        }
        let joins = self.words.letter(self.end + len).is_some();
        if joins {
            self.end += len;
        } else if self.capital && self.words.slice(self.start, self.end).ends_with('s') {
            self.ending = len;
        }
        joins
    }

    /// The word as far as it has been read.
    fn word(self) -> Word {
        let keys = self.spelling.keys();
        let traits = traits(keys.whole);
        let short = self.capital && traits.has(Traits::SHORT) && self.ending == 0;
        let stop = short && self.words.byte(self.end) == Some(b'.');
        let end = self.end + usize::from(stop);
        let case = match (self.capital, self.letters, self.small) {
            (false, ..) => Case::Small,
            (true, 1, _) => Case::Initial,
            (true, _, false) => Case::Shouted,
            (true, _, true) => Case::Capital,
        };
        Word {
            span: Span::new(self.start, end),
            keys,
            traits,
            case,
            possessive: self.ending > 0,
            end: end + self.ending,
        }
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
