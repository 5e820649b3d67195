//! The census: which files the library was found to hold, and as of when each is known.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::stamp::Stamp;
use crate::corpus::ArticleId;
use crate::io::Problem;

/// As of when a file is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::io) enum Seen {
    /// It was never read, and nobody asks for that.
    #[default]
    Never,
    /// It is gone.
    Gone,
    /// When it had that stamp.
    As(Stamp),
}

/// The files of a library.
#[derive(Debug, Default)]
pub(in crate::io) struct Census {
    /// The files of the articles on the shelf.
    seen: Vec<Seen>,
    /// What is wrong with some of them.
    problems: HashMap<ArticleId, String>,
    /// Files that never held an article, and what is wrong with them.
    strangers: HashMap<PathBuf, (Option<Stamp>, String)>,
    /// Files of several articles each, as of when they are known.
    volumes: HashMap<PathBuf, Option<Stamp>>,
    /// What was said of other things that were met.
    told: HashSet<String>,
}

impl Census {
    /// Writes down what came of reading the file of an article that had that stamp before.
    pub(in crate::io) fn enter(
        &mut self,
        article: ArticleId,
        stamp: Option<Stamp>,
        problem: Option<&Problem>,
    ) {
        let Ok(at) = usize::try_from(article.0) else { return };
        if self.seen.len() <= at {
            self.seen.resize(at + 1, Seen::Never);
        }
        if let Some(seen) = self.seen.get_mut(at) {
            *seen = stamp.map_or(Seen::Gone, Seen::As);
        }
        match problem {
            Some(problem) => self.problems.insert(article, problem.to_string()),
            None => self.problems.remove(&article),
        };
    }

    /// An article of a file that holds several is there, or there again: the file is known by itself.
    pub(super) fn enter_record(&mut self, article: ArticleId) {
        if let Some(seen) = usize::try_from(article.0).ok().and_then(|at| self.seen.get_mut(at)) {
            *seen = Seen::Never;
        }
    }

    /// Nothing is to be said of an article any more.
    pub(in crate::io) fn forget(&mut self, article: ArticleId) {
        if let Some(seen) = usize::try_from(article.0).ok().and_then(|at| self.seen.get_mut(at)) {
            *seen = Seen::Gone;
        }
    }

    /// Writes down a file of several articles; whether it is another than it was.
    pub(in crate::io) fn enter_volume(&mut self, file: &Path, stamp: Option<Stamp>) -> bool {
        self.volumes.insert(file.to_owned(), stamp) != Some(stamp)
    }

    /// Whether a file of several articles is another than it was.
    pub(super) fn is_other_volume(&self, file: &Path, stamp: Option<Stamp>) -> bool {
        self.volumes.get(file).is_some_and(|known| *known != stamp)
    }

    /// As of when a file of several articles is known.
    pub(in crate::io) fn volume(&self, file: &Path) -> Option<Stamp> {
        self.volumes.get(file).copied().flatten()
    }

    /// The stamp that the file of an article had when it was read.
    pub(in crate::io) fn stamp(&self, article: ArticleId) -> Option<Stamp> {
        match self.seen(article) {
            Seen::As(stamp) => Some(stamp),
            Seen::Never | Seen::Gone => None,
        }
    }

    /// As of when the file of an article is known.
    pub(super) fn seen(&self, article: ArticleId) -> Seen {
        let at = usize::try_from(article.0).ok();
        at.and_then(|at| self.seen.get(at)).copied().unwrap_or_default()
    }

    /// What is wrong with the file of an article.
    pub(super) fn problem(&self, article: ArticleId) -> Option<&str> {
        self.problems.get(&article).map(String::as_str)
    }

    /// What was wrong with the file of an article, and is not any more.
    pub(super) fn solve(&mut self, article: ArticleId) -> Option<String> {
        self.problems.remove(&article)
    }

    /// The articles whose files are there, as far as is known.
    pub(super) fn present(&self) -> impl Iterator<Item = ArticleId> {
        let all = (0..).map(ArticleId).zip(&self.seen);
        all.filter(|(_, seen)| matches!(seen, Seen::As(_))).map(|(article, _)| article)
    }

    /// Writes down a file that holds no article; whether what is wrong is new.
    pub(in crate::io) fn enter_stranger(
        &mut self,
        file: &Path,
        stamp: Option<Stamp>,
        problem: &Problem,
    ) -> bool {
        let said = problem.to_string();
        let before = self.strangers.insert(file.to_owned(), (stamp, said.clone()));
        before.is_none_or(|(_, before)| before != said)
    }

    /// Whether a file that holds no article is still the one that was read.
    pub(super) fn knows_stranger(&self, file: &Path, stamp: Option<Stamp>) -> bool {
        self.strangers.get(file).is_some_and(|(known, _)| known.is_some() && *known == stamp)
    }

    /// Forgets a file that held no article; what was wrong with it.
    pub(super) fn welcome(&mut self, file: &Path) -> Option<String> {
        self.strangers.remove(file).map(|(_, problem)| problem)
    }

    /// Writes down what is wrong with something that is no article; whether that is new.
    pub(in crate::io) fn tell(&mut self, problem: &Problem) -> bool {
        self.told.insert(problem.to_string())
    }
}
