//! The voices of the library: who speaks in it, and where one is in that list.

use std::sync::Arc;

use jiff::civil::Date;

use super::field::Field;
use super::search::{LibrarySearch, Progress};
use crate::corpus::ArticleId;
use crate::quote::voice::{Voice, Voices};
use crate::search::Filter;

/// An article whose speakers are to be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attended {
    /// Which.
    pub article: ArticleId,
    /// Who published it, as a person has put it right.
    pub outlet: Option<Arc<str>>,
    /// When, likewise.
    pub published: Option<Date>,
    /// The [`fingerprint`] of its text, where that is known: what is known of another text does not
    /// count.
    pub text: Option<u64>,
}

/// The start of the hash of a text.
#[must_use]
pub fn fingerprint(sha256: &[u8; 32]) -> u64 {
    sha256.first_chunk().copied().map_or(0, u64::from_le_bytes)
}

/// The voices that were found so far.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// As they were asked for.
    pub generation: u64,
    /// The voices. Articles are counted in the order in which they were asked for.
    pub voices: Arc<Voices>,
    /// How many of the articles were listened to.
    pub heard: usize,
    /// Whether these were all.
    pub ended: bool,
}

/// A voice that was chosen, and what it says.
#[derive(Debug, Default)]
pub struct OpenVoice {
    /// Its name.
    pub name: String,
    /// How many quotations are its own, in how many articles.
    pub counts: (u64, u32),
    /// Its quotations by article, and where one is in them.
    pub said: LibrarySearch,
}

/// The list of voices.
#[derive(Debug, Default)]
pub struct VoiceList {
    /// The voices found so far.
    pub voices: Arc<Voices>,
    /// The articles that were asked for, in that order.
    pub articles: Vec<ArticleId>,
    /// What the list is filtered by.
    pub filter: Field,
    /// Whether keys are typed into that.
    pub filtering: bool,
    /// Those that the filter lets through: places in all of the voices.
    pub matching: Vec<usize>,
    /// The chosen one: a place in `matching`.
    pub selected: usize,
    /// How far gathering them has come.
    pub progress: Progress,
    /// The voice whose quotations are shown, if that is wanted.
    pub open: Option<OpenVoice>,
    /// Whether the library, or what a person decided, has changed since they were asked for.
    pub(super) stale: bool,
    /// The request that counts.
    pub(super) generation: u64,
    /// The request for what one voice says that counts.
    pub(super) hearing: u64,
}

impl VoiceList {
    /// Whether articles are still being listened to.
    #[must_use]
    pub const fn is_gathering(&self) -> bool {
        self.progress.running > 0
    }

    /// The chosen one.
    #[must_use]
    pub fn chosen(&self) -> Option<&Voice> {
        self.voices.all().get(*self.matching.get(self.selected)?)
    }

    /// Those that a list of so many rows shows, with the chosen one in the middle where it can be, each
    /// with whether it is that.
    pub fn window(&self, height: usize) -> impl Iterator<Item = (&Voice, bool)> {
        let last_top = self.matching.len().saturating_sub(height);
        let top = self.selected.saturating_sub(height / 2).min(last_top);
        let shown = self.matching.iter().enumerate().skip(top).take(height);
        shown.filter_map(|(nth, &at)| Some((self.voices.all().get(at)?, nth == self.selected)))
    }

    /// Takes in what was found; the chosen one stays.
    pub(super) fn take(&mut self, gathered: Gathered, now: jiff::Timestamp) {
        if gathered.generation != self.generation || !self.is_gathering() {
            return;
        }
        self.progress.searched = gathered.heard;
        self.progress.running = usize::from(!gathered.ended);
        let late = |since: jiff::Timestamp| now.duration_since(since) >= super::search::PATIENCE;
        self.progress.slow |= self.progress.since.is_some_and(late);
        let chosen = self.chosen().map(|voice| voice.name.clone()).filter(|_| self.selected > 0);
        self.voices = gathered.voices;
        self.narrow();
        let at = chosen.and_then(|name| self.voices.named(&name));
        let here = at.and_then(|at| self.matching.iter().position(|&it| it == at));
        self.selected = here.unwrap_or(self.selected).min(self.matching.len().saturating_sub(1));
    }

    /// Filters the list anew.
    pub(super) fn narrow(&mut self) {
        let filter = Filter::new(self.filter.text());
        let through = |voice: &Voice| {
            let names = voice.aliases.iter().map(String::as_str);
            filter.lets_through(std::iter::once(voice.name.as_str()).chain(names))
        };
        let all = self.voices.all().iter().enumerate();
        self.matching = all.filter(|(_, voice)| through(voice)).map(|(at, _)| at).collect();
        self.selected = self.selected.min(self.matching.len().saturating_sub(1));
    }

    /// The articles that the chosen one is heard in.
    pub(super) fn heard_in(&self) -> Vec<ArticleId> {
        let Some(&voice) = self.matching.get(self.selected) else { return Vec::new() };
        let articles = self.voices.articles(voice);
        articles.filter_map(|(at, _)| self.articles.get(at).copied()).collect()
    }
}
