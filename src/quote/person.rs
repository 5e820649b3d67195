//! Whom a mention stands for.

use crate::corpus::Block;
use crate::text::Span;

/// The people of an article.
#[derive(Debug)]
pub struct People<'a> {
    text: &'a str,
}

/// Finds the people of an article.
#[must_use]
pub fn people<'a>(text: &'a str, _blocks: &[Block]) -> People<'a> {
    People { text }
}

impl People<'_> {
    /// The fullest name of whom `mention` stands for.
    #[must_use]
    pub fn name_of(&self, mention: Span) -> Option<String> {
        let words = mention.of(self.text);
        words.starts_with(char::is_uppercase).then(|| words.to_owned())
    }
}
