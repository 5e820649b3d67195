//! What the store holds, for the articles that were found.

use std::sync::mpsc::channel;

use super::{Load, Unheard};
use crate::app::{Outcome, Remembered};
use crate::corpus::ArticleId;
use crate::io::Problem;
use crate::io::arrival::remembered;
use crate::io::shelf::Origin;
use crate::io::store::{self, ArticleRef, Loaded};
use crate::io::watch::News;
use crate::io::writer::Job;

impl Load {
    /// Takes in what the store holds: all that belongs to an article by its place, and what belongs to
    /// one that was read already by its text.
    pub(super) fn take_loaded(&mut self, loaded: Loaded) -> Result<(), Unheard> {
        self.have_watched();
        self.loaded = Some(loaded);
        self.tell_store()?;
        let mut all = Vec::new();
        // What the cache knew and is not there any more has no claim to anything.
        let here = self.those(|mark| mark.walked);
        for &id in &here {
            all.extend(
                self.settle(id, |loaded, origin| loaded.take_at(&origin.root(), origin.name()))?,
            );
        }
        self.give(Outcome::Remembered(all))?;
        here.into_iter().try_for_each(|id| self.settle_by_text(id))?;
        // A writer that has fallen has said so itself.
        let _ = self.loader.jobs.send(Job::Remembered);
        Ok(())
    }

    /// Has the folders watched before what the store holds in them is read.
    fn have_watched(&mut self) {
        let (ready, awake) = channel();
        // A watcher that has fallen has said so itself, and lets go of what it was sent.
        let _ = self.loader.news.send(News::Listed(std::mem::take(&mut self.folders), ready));
        let _: Result<(), _> = awake.recv();
    }

    /// Looks in what the store holds for what belongs to an article.
    fn settle(
        &mut self,
        article: ArticleId,
        take: impl FnOnce(&mut Loaded, &Origin) -> Result<Option<store::Entry>, Problem>,
    ) -> Result<Option<Remembered>, Unheard> {
        let Some(loaded) = self.loaded.as_mut() else { return Ok(None) };
        let origin = self.loader.shelf.origin(article).filter(|_| !self.settled.contains(&article));
        let Some(origin) = origin else { return Ok(None) };
        match take(loaded, &origin) {
            Ok(None) => Ok(None),
            Ok(Some(stored)) => {
                self.settled.insert(article);
                Ok(Some(remembered(article, stored, &self.loader.shelf, &self.loader.jobs)))
            }
            // What cannot be used is among the problems of the store, which are told as such.
            Err(problem) => {
                self.settled.insert(article);
                self.give(Outcome::Unusable { article, problem: problem.to_string() })?;
                Ok(None)
            }
        }
    }

    /// Looks for what belongs to an article that was read: it may have been elsewhere.
    pub(super) fn settle_by_text(&mut self, article: ArticleId) -> Result<(), Unheard> {
        let Some(known) = self.reference_if_wanted(article) else { return Ok(()) };
        let found = self.settle(article, |loaded, _| loaded.take(&known))?;
        found.map_or(Ok(()), |found| self.give(Outcome::Remembered(vec![found])))
    }

    fn reference_if_wanted(&self, article: ArticleId) -> Option<ArticleRef> {
        let wanted = self.loaded.as_ref().is_some_and(Loaded::has_more);
        (wanted && !self.settled.contains(&article)).then(|| self.loader.shelf.known(article))?
    }

    /// Says what is wrong with the store and was not said yet.
    pub(super) fn tell_store(&mut self) -> Result<(), Unheard> {
        let problems = self.loaded.as_ref().map_or(&[][..], Loaded::problems);
        for problem in problems.iter().skip(self.told) {
            self.report(problem)?;
        }
        self.told = problems.len();
        Ok(())
    }

    /// What is said of notes whose articles are gone.
    pub(super) fn strays(&self, loaded: Loaded) -> Option<Problem> {
        let folders = self.loader.library.folders();
        let gone = loaded.rest().filter(|entry| {
            let here = folders.iter().any(|folder| entry.is_under(folder));
            here && entry.location.as_ref().is_some_and(|location| !location.exists())
        });
        let strays: usize = gone.map(|entry| entry.record.live().count()).sum();
        let belong = match strays {
            0 => return None,
            1 => "1 annotation belongs to an article that is".to_owned(),
            _ => format!("{strays} annotations belong to articles that are"),
        };
        let what = format!(
            "{belong} gone from here; nothing is lost, `pullquote annotations` lists all there are"
        );
        let place = crate::io::path::spelled(self.loader.library.paths.first()?);
        Some(Problem::new(place, what))
    }
}
