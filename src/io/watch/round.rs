//! A round through the library: what came, changed, moved and went since the last.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::census::Known;
use super::stamp::Stamp;
use super::{Unheard, Watch};
use crate::app::{Found, Outcome};
use crate::corpus::{Article, ArticleId};
use crate::io::Problem;
use crate::io::analysis::count;
use crate::io::finding::Finding;
use crate::io::shelf::{Origin, reference};
use crate::io::walk::{STDIN, Source, Walk};
use crate::io::writer::Job;

/// The most new articles that are sent at a time.
const BATCH: usize = 64;

impl Watch {
    /// Looks through the whole library, and reads what is not as it was.
    pub(super) fn look_at_library(&mut self) -> Result<(), Unheard> {
        let (stirred, here, problems) = self.walk();
        self.watch();
        let gone = self.gone(&here);
        let (mut found, mut moved) = (Vec::new(), HashSet::new());
        for source in stirred {
            let file = source.path();
            let stamp = Stamp::of(&file);
            let origin = Origin::File(source.clone());
            let read = origin.read(self.watcher.library.encoding);
            let text = match read {
                Ok(text) => text,
                Err(problem) => {
                    self.unread(&file, stamp, &problem)?;
                    continue;
                }
            };
            self.solve(&file)?;
            let article = if let Some(article) = self.known(&file) {
                self.changed(article, &text)?;
                article
            } else if let Some((before, article)) = self.moved_from(&gone, &moved, &text) {
                self.rehome(article, source.clone(), &text)?;
                moved.insert(before);
                article
            } else {
                found.push(self.add(origin, source.root(), &text));
                let new = found.last().map(|new| new.entry.id);
                self.give_when(&mut found, BATCH)?;
                let Some(new) = new else { continue };
                new
            };
            self.enter(&file, stamp, Ok(article));
        }
        self.give_when(&mut found, 1)?;
        for (file, article) in gone.into_iter().filter(|(file, _)| !moved.contains(file)) {
            self.lost(&file, article)?;
        }
        self.forget(&moved);
        problems.into_iter().try_for_each(|problem| self.give(Outcome::Problem(problem)))
    }

    /// The files that are not as they were, all files that are here, and problems not yet told.
    fn walk(&mut self) -> (Vec<Source>, HashSet<PathBuf>, Vec<String>) {
        let library = &self.watcher.library;
        let paths = library.paths.iter().filter(|path| path.as_os_str() != STDIN).cloned();
        let mut walk = Walk::new(paths, library.manner);
        let (mut stirred, mut here, mut problems) = (Vec::new(), HashSet::new(), Vec::new());
        let Some(census) = &mut self.census else { return (stirred, here, problems) };
        for entry in walk.by_ref() {
            match entry {
                Ok(source) => {
                    let file = source.path();
                    let known = census.files.get(&file).and_then(|known| known.stamp);
                    if known.is_none() || known != Stamp::of(&file) {
                        stirred.push(source);
                    }
                    here.insert(file);
                }
                Err(problem) if !problem.remark && census.tell(&problem) => {
                    problems.push(problem.to_string());
                }
                Err(_) => {}
            }
        }
        census.walked(walk.folders());
        (stirred, here, problems)
    }

    /// The articles whose files were here and are not any more.
    fn gone(&self, here: &HashSet<PathBuf>) -> Vec<(PathBuf, ArticleId)> {
        let files = self.census.iter().flat_map(|census| &census.files);
        let gone = files.filter(|(file, known)| known.stamp.is_some() && !here.contains(*file));
        gone.filter_map(|(file, known)| Some((file.clone(), known.article?))).collect()
    }

    fn known(&self, file: &Path) -> Option<ArticleId> {
        self.census.as_ref()?.files.get(file)?.article
    }

    fn enter(&mut self, file: &Path, stamp: Option<Stamp>, read: Result<ArticleId, &Problem>) {
        if let Some(census) = &mut self.census {
            census.enter(file, stamp, read);
        }
    }

    /// The text of an article is another, or is back.
    fn changed(&self, article: ArticleId, text: &Arc<Article>) -> Result<(), Unheard> {
        let digest = Box::new(text.digest());
        let known = self.watcher.shelf.article(article);
        let differs = known.is_none_or(|known| known.text_sha256 != digest.text_sha256());
        let quotations = count(text);
        self.give(Outcome::Changed { article, digest, quotations, differs })
    }

    /// A file was read again, and went well: what was wrong with it is over.
    fn solve(&mut self, file: &Path) -> Result<(), Unheard> {
        let known = self.census.as_mut().and_then(|census| census.files.get_mut(file));
        let solved = known.and_then(|known| known.problem.take());
        solved.map_or(Ok(()), |problem| self.give(Outcome::Solved(problem)))
    }

    /// The file that an article of the same text was in, which is gone: it was moved or renamed.
    fn moved_from(
        &self,
        gone: &[(PathBuf, ArticleId)],
        moved: &HashSet<PathBuf>,
        text: &Article,
    ) -> Option<(PathBuf, ArticleId)> {
        let text = text.digest().text_sha256();
        let same = |article| {
            self.watcher.shelf.article(article).is_some_and(|known| known.text_sha256 == text)
        };
        gone.iter().find(|(file, article)| !moved.contains(file) && same(*article)).cloned()
    }

    /// An article has another name from now on, and all that belongs to it stays with it.
    fn rehome(&self, article: ArticleId, source: Source, text: &Article) -> Result<(), Unheard> {
        let (root, name) = (source.root().to_path_buf(), text.name.clone());
        let known = reference(&root, &name, &text.digest());
        self.watcher.shelf.rehome(article, Origin::File(source), known);
        // Where the writer is gone, the next run finds the article by its text.
        let _ = self.watcher.jobs.send(Job::Settle(article));
        self.give(Outcome::Renamed { article, root, name })
    }

    /// An article that is new.
    fn add(&mut self, origin: Origin, root: &Path, text: &Arc<Article>) -> Found {
        let finding = Finding::new(root, text);
        // What cannot be used is told as such when the store is looked at.
        let stored = self.watcher.store.read(finding.reference()).ok().flatten();
        finding.shelve(origin, stored, &self.watcher.shelf, &self.watcher.jobs)
    }

    /// A file cannot be read as it is now.
    fn unread(
        &mut self,
        file: &Path,
        stamp: Option<Stamp>,
        problem: &Problem,
    ) -> Result<(), Unheard> {
        let said = problem.to_string();
        let before = self.census.as_ref().and_then(|census| census.files.get(file)).cloned();
        self.enter(file, stamp, Err(problem));
        match before {
            Some(Known { problem: Some(before), .. }) if before == said => Ok(()),
            Some(Known { article: Some(article), .. }) => {
                self.give(Outcome::Gone { article, problem: said })
            }
            _ => self.give(Outcome::Problem(said)),
        }
    }

    /// An article's file is gone.
    fn lost(&mut self, file: &Path, article: ArticleId) -> Result<(), Unheard> {
        if let Some(known) = self.census.as_mut().and_then(|census| census.files.get_mut(file)) {
            known.stamp = None;
        }
        let problem = "is gone from the disk".to_owned();
        self.give(Outcome::Gone { article, problem })
    }

    fn forget(&mut self, files: &HashSet<PathBuf>) {
        if let Some(census) = &mut self.census {
            census.files.retain(|file, _| !files.contains(file));
        }
    }

    /// Sends what was found where that is `most` articles or more.
    fn give_when(&self, found: &mut Vec<Found>, most: usize) -> Result<(), Unheard> {
        if found.len() < most {
            return Ok(());
        }
        self.give(Outcome::Found(std::mem::take(found)))
    }

    fn give(&self, outcome: Outcome) -> Result<(), Unheard> {
        self.watcher.answers.give(outcome).then_some(()).ok_or(Unheard)
    }
}
