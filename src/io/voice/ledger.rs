//! What is known of who speaks in each article.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::Attended;
use crate::corpus::ArticleId;
use crate::quote::voice::Tallies;

/// What is known of who speaks in each article, before what a person decided.
#[derive(Debug, Clone, Default)]
pub(in crate::io) struct Ledger(Arc<Mutex<HashMap<ArticleId, Entry>>>);

/// Who speaks in an article.
#[derive(Debug)]
struct Entry {
    /// The start of the hash of the text that this was found in.
    text: u64,
    tallies: Tallies,
}

impl Ledger {
    /// Notes who speaks in an article with this text.
    pub(super) fn enter(&self, article: ArticleId, text: u64, tallies: Tallies) {
        let entry = Entry { text, tallies };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(article, entry);
    }

    /// Notes the same, unless more is known already.
    pub(super) fn enter_old(&self, article: ArticleId, text: u64, tallies: Tallies) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(article).or_insert(Entry { text, tallies });
    }

    /// What is known of these, each.
    pub(super) fn read(&self, articles: &[Attended]) -> Vec<Option<Tallies>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |entry: &&Entry, it: &Attended| it.text.is_none_or(|text| text == entry.text);
        let of = |it: &Attended| known.get(&it.article).filter(|entry| fits(entry, it));
        articles.iter().map(|it| of(it).map(|entry| entry.tallies.clone())).collect()
    }
}
