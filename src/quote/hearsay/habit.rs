//! What the training text tells of words, of pairs of words and of stems where speech is reported
//! without marks.

use crate::quote::lexicon::Share;
use crate::quote::spelling::hash;
use crate::quote::token::{Token, TokenKind};

/// What is known of a word: how often it is the cue of a report that follows it, the cue of one that
/// stands before or around it, the first word of one, the first word after one, within one.
pub(in crate::quote) type OfWord = [Share; 5];
/// What is known of two words side by side: how often the first is a cue, the second is one, the second
/// begins a report, one ends between them.
pub(in crate::quote) type OfPair = [Share; 4];
/// What is known of a stem: how often its words are cues of either sort.
pub(in crate::quote) type OfStem = [Share; 2];

/// Values by the hash of a word.
#[derive(Debug, Clone)]
pub(in crate::quote) struct Table<const N: usize> {
    /// Hashes and values; a hash of 0 where a slot is free. A power of two long, at most half full.
    slots: Vec<(u32, [Share; N])>,
}

impl<const N: usize> Table<N> {
    pub(in crate::quote) fn new(values: impl ExactSizeIterator<Item = (u32, [Share; N])>) -> Self {
        let len = (values.len() * 2 + 1).next_power_of_two();
        let mut table = Self { slots: vec![(0, [0; N]); len] };
        for (key, value) in values {
            let at = table.slot(key);
            if let Some(slot) = table.slots.get_mut(at) {
                *slot = (key, value);
            }
        }
        table
    }

    /// Where the hash is, or could be.
    fn slot(&self, key: u32) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        let mut at = (key ^ (key >> 15)) as usize & mask;
        while self.slots.get(at).is_some_and(|&(other, _)| other != 0 && other != key) {
            at = (at + 1) & mask;
        }
        at
    }

    /// The value of a hash.
    pub(in crate::quote) fn get(&self, key: u32) -> Option<[Share; N]> {
        self.slots
            .get(self.slot(key))
            .filter(|&&(other, _)| other == key && key != 0)
            .map(|it| it.1)
    }
}

/// What is known of words, of pairs and of stems.
#[derive(Debug, Clone)]
pub(in crate::quote) struct Habits {
    pub(in crate::quote) words: Table<5>,
    pub(in crate::quote) pairs: Table<4>,
    pub(in crate::quote) stems: Table<2>,
}

impl Habits {
    /// What is known of a word; of one that is not known, what is known of those with its ending.
    pub(in crate::quote) fn word(&self, symbol: u32, ending: Ending) -> OfWord {
        let known = self.words.get(symbol);
        known.or_else(|| self.words.get(hash(ending.unknown()))).unwrap_or_default()
    }

    /// What is known of two words side by side; of a pair that is not known, what is known of each.
    pub(in crate::quote) fn pair(&self, a: (u32, OfWord), b: (u32, OfWord)) -> OfPair {
        let known = self.pairs.get(joined(a.0, b.0));
        known.unwrap_or_else(|| fallback(a.1, b.1))
    }

    /// What is known of a stem, by its hash.
    pub(in crate::quote) fn stem(&self, stem: u32) -> OfStem {
        self.stems.get(stem).unwrap_or_else(|| self.stems.get(hash("?")).unwrap_or_default())
    }
}

/// What a pair does by what its words do.
pub(in crate::quote) fn fallback(a: OfWord, b: OfWord) -> OfPair {
    [a[0].max(a[1]), b[0].max(b[1]), b[2], b[3]]
}

/// The hash of two symbols side by side.
pub(in crate::quote) const fn joined(a: u32, b: u32) -> u32 {
    (a.rotate_left(13) ^ b).wrapping_mul(0x9E37_79B1) ^ b.rotate_left(7)
}

/// How a word ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::quote) enum Ending {
    /// In another way.
    Other = 0,
    /// `ed`
    Ed = 1,
    /// `ing`
    Ing = 2,
    /// `s`
    S = 3,
    /// `ly`
    Ly = 4,
    /// It begins with a capital.
    Capital = 5,
}

impl Ending {
    /// How the word of a token ends.
    pub(in crate::quote) fn of(token: &Token, word: &str) -> Self {
        let has = |end: &str| word.ends_with(end);
        match token.kind {
            TokenKind::Word if token.capital => Self::Capital,
            TokenKind::Word if has("ed") => Self::Ed,
            TokenKind::Word if has("ing") => Self::Ing,
            TokenKind::Word if has("ly") => Self::Ly,
            TokenKind::Word if has("s") && !has("ss") => Self::S,
            _ => Self::Other,
        }
    }

    /// What stands for all unknown words that end so.
    pub(in crate::quote) const fn unknown(self) -> &'static str {
        match self {
            Self::Other => "?",
            Self::Ed => "?ed",
            Self::Ing => "?ing",
            Self::S => "?s",
            Self::Ly => "?ly",
            Self::Capital => "?A",
        }
    }
}

/// What a token counts as: a word in small letters, or a sign that stands for all of its kind.
pub(in crate::quote) fn symbol<'t>(token: &Token, name: bool, word: &'t str) -> &'t str {
    match token.kind {
        TokenKind::Word if name => "@",
        TokenKind::Word => word,
        TokenKind::Number => "0",
        TokenKind::Possessive => "'s",
        TokenKind::Comma => ",",
        TokenKind::Colon => ":",
        TokenKind::Break => ";",
        TokenKind::Stop => ".",
        TokenKind::Quote => "\"",
        TokenKind::Sign => "*",
    }
}

/// The stem of a word in small letters: what is left without the endings of verbs.
pub(in crate::quote) fn stem(word: &str) -> &str {
    let endings = ["ings", "ing", "ied", "ies", "ed", "es", "s", "e"];
    let cut = endings
        .iter()
        .filter_map(|end| word.strip_suffix(end))
        .find(|rest| rest.len() >= 3 && rest.bytes().any(|byte| b"aeiouy".contains(&byte)));
    let stem = cut.unwrap_or(word);
    let stem = stem.strip_suffix(['y', 'i']).filter(|rest| rest.len() >= 3).unwrap_or(stem);
    let mut last = stem.chars().rev();
    match (last.next(), last.next()) {
        (Some(a), Some(b)) if a == b && !"aeiou".contains(a) => {
            stem.strip_suffix(a).unwrap_or(stem)
        }
        _ => stem,
    }
}
