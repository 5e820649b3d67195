//! A round through the library: what came, changed, moved and went since the last.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::census::Seen;
use super::moves::{Moves, is_lost};
use super::relisted::Relisted;
use super::stamp::Stamp;
use super::{Unheard, Watch};
use crate::app::{Found, Outcome};
use crate::corpus::{Article, ArticleId, Digest};
use crate::io::Problem;
use crate::io::analysis::judge;
use crate::io::arrival::Arrival;
use crate::io::cache::{Judged, Kept};
use crate::io::record::holds_records;
use crate::io::shelf::Origin;
use crate::io::walk::{STDIN, Source, Walk};
use crate::io::writer::Job;

/// The most new articles that are sent at a time.
const BATCH: usize = 64;

/// What a walk through the library comes by.
#[derive(Default)]
struct Round {
    /// The files that are not as they were.
    stirred: Vec<Source>,
    /// So are these, which hold several articles each.
    volumes: Vec<Source>,
    /// All articles whose files are here.
    here: HashSet<ArticleId>,
    /// Problems that were not told yet.
    problems: Vec<String>,
}

impl Watch {
    /// Looks through the whole library, and reads what is not as it was.
    pub(super) fn look_at_library(&mut self) -> Result<(), Unheard> {
        let Round { mut stirred, volumes, here, problems } = self.walk();
        self.watch();
        let missing = self.missing(&here);
        let mut gone = missing.clone();
        for volume in volumes {
            let Relisted { stirred: others, gone: lost, problems } = self.relist(&volume);
            stirred.extend(others);
            gone.extend(lost);
            problems.into_iter().try_for_each(|problem| self.tell(&problem))?;
        }
        let (mut found, mut moves) = (Vec::new(), Moves::new(gone, here));
        for source in stirred {
            let file = source.path();
            // A file of several articles is known by itself.
            let stamp = Stamp::of(&file).filter(|_| source.record.is_none());
            let known = self.known(&source);
            let is_record = source.record.is_some();
            let origin = Origin::File(source);
            let text = match origin.read(self.watcher.library.encoding) {
                Ok(text) => text,
                // It went, and word of that is on its way.
                Err(_) if is_lost(&file) => continue,
                Err(problem) => {
                    self.unread(&file, known, stamp, &problem)?;
                    continue;
                }
            };
            self.solve(&file, known)?;
            let article = if let Some(article) = known {
                self.changed(article, stamp, &text)?;
                article
            } else if let Some(article) = moves.settle(&text, &self.watcher.shelf) {
                self.rehome(article, origin, &text)?;
                article
            } else {
                let Some(new) = self.add(origin, &text) else { continue };
                let article = new.entry.id;
                found.push(new);
                self.give_when(&mut found, BATCH)?;
                article
            };
            match self.census.as_mut().filter(|_| is_record) {
                Some(census) => census.enter_record(article),
                None => self.enter(article, stamp, None),
            }
        }
        self.give_when(&mut found, 1)?;
        let gone = moves.gone();
        let missed = std::mem::replace(&mut self.missed, &missing & &gone);
        // A walk takes its time, and a file may move behind its back: of what it misses for the first
        // time it is no more than likely that it is gone.
        let again = |article: &ArticleId| !missing.contains(article) || missed.contains(article);
        self.stirred.library |= !gone.iter().all(again);
        for article in gone.into_iter().filter(again) {
            self.enter(article, None, None);
            if self.watcher.shelf.digest(article).is_none() {
                // It never was on the list.
                continue;
            }
            let problem = "is gone from the disk".to_owned();
            self.give(Outcome::Gone { article, problem })?;
        }
        problems.into_iter().try_for_each(|problem| self.give(Outcome::Problem(problem)))
    }

    /// Walks the library again.
    fn walk(&mut self) -> Round {
        let library = &self.watcher.library;
        let paths = library.paths.iter().filter(|path| path.as_os_str() != STDIN).cloned();
        let mut walk = Walk::new(paths, library.manner).urgently();
        let mut round = Round::default();
        let Some(census) = &mut self.census else { return round };
        let Round { stirred, volumes, here, problems } = &mut round;
        for entry in walk.by_ref() {
            match entry {
                Ok(source) if source.key().is_none() && holds_records(source.relative()) => {
                    let file = source.path();
                    if census.enter_volume(&file, Stamp::of(&file)) {
                        volumes.push(source);
                    }
                }
                Ok(source) => {
                    let article = self.watcher.shelf.named(source.root(), &source.name);
                    let file = source.path();
                    let as_it_was = match article.map(|article| census.seen(article)) {
                        Some(Seen::Never) => true,
                        Some(Seen::As(known)) => Stamp::of(&file) == Some(known),
                        Some(Seen::Gone) => false,
                        None => census.knows_stranger(&file, Stamp::of(&file)),
                    };
                    // Since its name was read it may have gone.
                    if !as_it_was && is_lost(&file) {
                        continue;
                    }
                    here.extend(article);
                    if !as_it_was {
                        stirred.push(source);
                    }
                }
                Err(problem) if !problem.remark && census.tell(&problem) => {
                    problems.push(problem.to_string());
                }
                Err(_) => {}
            }
        }
        self.folders = walk.folders().to_vec();
        round
    }

    fn tell(&mut self, problem: &Problem) -> Result<(), Unheard> {
        let new = self.census.as_mut().is_some_and(|census| census.tell(problem));
        if new { self.give(Outcome::Problem(problem.to_string())) } else { Ok(()) }
    }

    /// The articles whose files were here and were not come by.
    fn missing(&self, here: &HashSet<ArticleId>) -> BTreeSet<ArticleId> {
        let Some(census) = &self.census else { return BTreeSet::new() };
        census.present().filter(|article| !here.contains(article)).collect()
    }

    fn known(&self, source: &Source) -> Option<ArticleId> {
        self.watcher.shelf.named(source.root(), &source.name)
    }

    fn enter(&mut self, article: ArticleId, stamp: Option<Stamp>, problem: Option<&Problem>) {
        if let Some(census) = &mut self.census {
            census.enter(article, stamp, problem);
        }
    }

    /// The text of an article is another, or is back.
    fn changed(
        &self,
        article: ArticleId,
        stamp: Option<Stamp>,
        text: &Article,
    ) -> Result<(), Unheard> {
        let digest = Arc::new(text.digest());
        let known = self.watcher.shelf.digest(article);
        let differs = text.is_window() || known.is_none_or(|known| known.sha256 != digest.sha256);
        let judged = judge(text);
        let quotations = judged.quotations;
        if !text.is_window() {
            self.keep(article, stamp, &digest, judged);
        }
        self.give(Outcome::Changed { article, digest, quotations, differs })
    }

    /// Has the cache keep what is known of an article by now, so that the next run need not find it out.
    fn keep(&self, article: ArticleId, stamp: Option<Stamp>, digest: &Arc<Digest>, judged: Judged) {
        let Some(Origin::File(source)) = self.watcher.shelf.origin(article) else { return };
        let roots = self.watcher.library.roots_to_keep();
        let is_kept =
            roots.iter().any(|(root, only)| root.path() == source.root() && only.is_none());
        if let Some(stamp) = stamp.filter(|_| is_kept && source.is_plain()) {
            let (name, digest) = (Arc::clone(&source.name), Arc::clone(digest));
            let kept = Kept { name, stamp, record: None, digest, judged: Some(judged) };
            self.watcher.cache.keep(source.root(), &[kept]);
        }
    }

    /// A file was read again, and went well: what was wrong with it is over.
    fn solve(&mut self, file: &Path, article: Option<ArticleId>) -> Result<(), Unheard> {
        let Some(census) = &mut self.census else { return Ok(()) };
        let solved = match article {
            Some(article) => census.solve(article),
            None => census.welcome(file),
        };
        solved.map_or(Ok(()), |problem| self.give(Outcome::Solved(problem)))
    }

    /// An article has another name from now on, and all that belongs to it stays with it.
    fn rehome(&self, article: ArticleId, origin: Origin, text: &Article) -> Result<(), Unheard> {
        let (root, name) = (origin.root().into_owned(), origin.shared_name());
        self.watcher.shelf.rehome(article, origin, Arc::new(text.digest()));
        // Where the writer is gone, the next run finds the article by its text.
        let _ = self.watcher.jobs.send(Job::Settle(article));
        self.give(Outcome::Renamed { article, root, name })
    }

    /// An article that is new.
    fn add(&mut self, origin: Origin, text: &Article) -> Option<Found> {
        let arrival = Arrival::new(origin, text);
        // What cannot be used is told as such when the store is looked at.
        let stored = self.watcher.store.read(&arrival.reference()).ok().flatten();
        arrival.shelve(stored, &self.watcher.shelf, &self.watcher.jobs)
    }

    /// A file cannot be read as it is now.
    fn unread(
        &mut self,
        file: &Path,
        article: Option<ArticleId>,
        stamp: Option<Stamp>,
        problem: &Problem,
    ) -> Result<(), Unheard> {
        let said = problem.to_string();
        let Some(census) = &mut self.census else { return Ok(()) };
        let Some(article) = article else {
            let new = census.enter_stranger(file, stamp, problem);
            return if new { self.give(Outcome::Problem(said)) } else { Ok(()) };
        };
        let before = census.problem(article).map(str::to_owned);
        census.enter(article, stamp, Some(problem));
        match before {
            Some(before) if before == said => Ok(()),
            _ => self.give(Outcome::Gone { article, problem: said }),
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
