//! An arrival: from an article that was read to what stays in memory of it.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::analysis::judge;
use super::cache::Judged;
use super::shelf::{Origin, Shelf};
use super::store::{self, ArticleRef};
use super::writer::Job;
use crate::app::{Entry, Found, Remembered};
use crate::corpus::{Article, ArticleId, Digest};
use crate::note::Record;

/// An article that was read and is not yet on the shelf.
#[derive(Debug)]
pub(super) struct Arrival {
    origin: Origin,
    digest: Arc<Digest>,
    judged: Judged,
}

impl Arrival {
    /// An article that was read.
    pub(super) fn new(origin: Origin, article: &Article) -> Self {
        Self { origin, digest: Arc::new(article.digest()), judged: judge(article) }
    }

    /// How the store knows it.
    pub(super) fn reference(&self) -> ArticleRef {
        ArticleRef::new(&self.origin.root(), self.origin.name(), &self.digest)
    }

    /// Puts it on the shelf, with what the store has on it; `None` where it is there already.
    pub(super) fn shelve(
        self,
        stored: Option<store::Entry>,
        on: &Shelf,
        jobs: &Sender<Job>,
    ) -> Option<Found> {
        let Self { origin, digest, judged } = self;
        let (root, name) = (origin.root().into_owned(), origin.shared_name());
        let id = on.add(origin, Some(Arc::clone(&digest)))?;
        let mut entry = Entry { digest: Some(digest), ..Entry::named(id, root, name) };
        entry.quotations = Some(judged.quotations);
        let mut annotations = Vec::new();
        if let Some(stored) = stored {
            let remembered = remembered(id, stored, on, jobs);
            annotations = remembered.annotations;
            let corrected = remembered.corrected;
            entry.corrected = (!corrected.is_empty()).then(|| Box::new(corrected));
        }
        Some(Found { entry, annotations })
    }
}

/// What the store has on an article of the shelf.
pub(super) fn remembered(
    article: ArticleId,
    stored: store::Entry,
    on: &Shelf,
    jobs: &Sender<Job>,
) -> Remembered {
    on.store_in(article, &stored.file);
    if stored.moved {
        // Where the writer is gone, the next run finds the article by its text again.
        let _ = jobs.send(Job::Settle(article));
    }
    let Record { subject, annotations, .. } = stored.record;
    Remembered { article, annotations, corrected: subject.corrected }
}
