//! A finding: from an article that was read to what stays in memory of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::analysis::count;
use super::shelf::{Origin, Shelf, reference};
use super::store::{self, ArticleRef};
use super::writer::Job;
use crate::app::{Entry, Found};
use crate::corpus::{Article, Digest};
use crate::note::Record;

/// An article that was read and is not yet on the shelf.
#[derive(Debug)]
pub(super) struct Finding {
    root: PathBuf,
    digest: Digest,
    reference: ArticleRef,
    quotations: usize,
}

impl Finding {
    /// An article that was read, with the folder that its name is relative to.
    pub(super) fn new(root: &Path, article: &Arc<Article>) -> Self {
        let digest = article.digest();
        let reference = reference(root, &article.name, &digest);
        Self { root: root.to_owned(), digest, reference, quotations: count(article) }
    }

    /// How the store knows it.
    pub(super) const fn reference(&self) -> &ArticleRef {
        &self.reference
    }

    /// Puts it on the shelf, with what the store has on it.
    pub(super) fn shelve(
        self,
        origin: Origin,
        stored: Option<store::Entry>,
        on: &Shelf,
        jobs: &Sender<Job>,
    ) -> Found {
        let Self { root, digest, reference, quotations } = self;
        let name = reference.path.clone();
        let id = on.add(origin, reference);
        let record = stored.map(|stored| {
            if stored.moved {
                // Where the writer is gone, the next run finds the article by its text again.
                let _ = jobs.send(Job::Settle(id));
            }
            on.store_in(id, stored.file);
            stored.record
        });
        let Record { subject, annotations, .. } = record.unwrap_or_default();
        let entry = Entry {
            id,
            root,
            name,
            digest,
            quotations,
            corrected: subject.corrected,
            furthest: 0,
            report_chars: 0,
            read: false,
        };
        Found { entry, annotations }
    }
}
