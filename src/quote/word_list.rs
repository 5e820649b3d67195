//! Words with what was counted of them.

use super::lexicon::Strength;

/// Words with what was counted of them, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(super) struct WordList {
    words: Vec<(Box<str>, Strength)>,
}

impl WordList {
    /// Adds a word in small letters.
    pub(super) fn push(&mut self, word: &str, strength: Strength) {
        self.words.push((word.into(), strength));
    }

    /// The words.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Strength)> {
        self.words.iter().map(|(word, strength)| (&**word, *strength))
    }
}
