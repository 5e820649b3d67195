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

/// The files and folders of a library.
#[derive(Debug, Default)]
pub(in crate::io) struct Census {
    /// The files of the articles on the shelf.
    seen: Vec<Seen>,
    /// What is wrong with some of them.
    problems: HashMap<ArticleId, String>,
    /// Files that never held an article, and what is wrong with them.
    strangers: HashMap<PathBuf, (Option<Stamp>, String)>,
    /// Files that hold an article in each line: as of when they are known, and the articles.
    records: HashMap<PathBuf, (Option<Stamp>, Vec<ArticleId>)>,
    /// The folders that were walked.
    pub(super) folders: Vec<PathBuf>,
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

    /// Writes down that an article was seen as it was before, in a file that has another stamp now.
    pub(super) fn restamp(&mut self, article: ArticleId, stamp: Option<Stamp>) {
        let seen = usize::try_from(article.0).ok().and_then(|at| self.seen.get_mut(at));
        if let (Some(seen @ Seen::As(_)), Some(stamp)) = (seen, stamp) {
            *seen = Seen::As(stamp);
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

    /// Writes down what came of listing a file that holds an article in each line, and had that stamp
    /// before.
    pub(in crate::io) fn enter_records(
        &mut self,
        file: PathBuf,
        stamp: Option<Stamp>,
        articles: Vec<ArticleId>,
    ) {
        self.records.insert(file, (stamp, articles));
    }

    /// Writes down one more article of such a file.
    pub(super) fn enter_record(&mut self, file: &Path, article: ArticleId) {
        if let Some((_, articles)) = self.records.get_mut(file) {
            articles.push(article);
        }
    }

    /// The articles of such a file, where it still has that stamp.
    pub(super) fn records(&self, file: &Path, stamp: Option<Stamp>) -> Option<&[ArticleId]> {
        let known = self.records.get(file).filter(|(known, _)| known.is_some() && *known == stamp);
        known.map(|(_, articles)| articles.as_slice())
    }

    /// Writes down what is wrong with something that is no article; whether that is new.
    pub(in crate::io) fn tell(&mut self, problem: &Problem) -> bool {
        self.told.insert(problem.to_string())
    }

    /// Writes down the folders that were walked.
    pub(in crate::io) fn walked(&mut self, folders: &[PathBuf]) {
        self.folders = folders.to_vec();
    }
}
