//! The anchorer: looks for the words of annotations in articles that have changed since.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use encoding_rs::Encoding;

use super::answer::Answers;
use super::shelf::Shelf;
use super::store::Texts;
use crate::app::{Outcome, Sought};
use crate::corpus::ArticleId;
use crate::note::anchor;
use crate::text::ScalarIndex;

/// What is to be looked for.
#[derive(Debug)]
pub(super) struct Anchoring {
    pub(super) article: ArticleId,
    pub(super) text: Arc<str>,
    pub(super) sought: Vec<Sought>,
}

/// What looks for words.
#[derive(Debug)]
pub(super) struct Anchorer {
    pub(super) data: PathBuf,
    pub(super) shelf: Shelf,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) answers: Answers,
}

impl Anchorer {
    /// Looks for what is asked until nobody asks or listens.
    pub(super) fn run(&self, anchorings: &Receiver<Anchoring>) {
        while let Ok(anchoring) = anchorings.recv() {
            if !self.answers.give(self.find(anchoring)) {
                return;
            }
        }
    }

    fn find(&self, Anchoring { article, text, sought }: Anchoring) -> Outcome {
        let texts =
            self.shelf.article(article, self.encoding).map(|known| Texts::of(&known, &self.data));
        let targets = || sought.iter().map(|(_, target)| target);
        let bases = texts.map(|texts| texts.bases(targets(), "")).unwrap_or_default();
        let scalars = ScalarIndex::new(&text);
        let mut finder = anchor::Finder::new(&text, &scalars);
        for (hash, base) in &bases {
            finder = finder.knowing(hash, base);
        }
        let placements: Vec<_> = targets().map(|target| finder.place(target)).collect();
        drop(finder);
        let found = sought.into_iter().zip(placements).collect();
        Outcome::Anchored { article, text, found }
    }
}
