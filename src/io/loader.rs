//! The loader: walks the library and sends what it finds, in batches.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use super::Problem;
use super::answer::Answers;
use super::finding::Finding;
use super::library::{Library, PIPED, SAMPLE};
use super::shelf::{Origin, Shelf};
use super::store::Loaded;
use super::walk::{Source, Walk};
use super::watch::{Census, News, Stamp};
use super::writer::Job;
use crate::app::{Found, Outcome};
use crate::corpus::{self, ArticleId};

/// The first batch is sent after so long at the latest, each further one after twice as long.
const FIRST: Duration = Duration::from_millis(30);
/// No batch is kept for longer.
const LONGEST: Duration = Duration::from_millis(480);
/// The most articles in the first batch; each further one may hold twice as many.
const FEW: usize = 64;

/// What walks the library.
#[derive(Debug)]
pub(super) struct Loader {
    pub(super) library: Library,
    pub(super) shelf: Shelf,
    pub(super) answers: Answers,
    /// Where the writer takes what is to be made durable.
    pub(super) jobs: Sender<Job>,
    /// Where the watcher takes over.
    pub(super) news: Sender<News>,
}

/// Nobody listens any more.
struct Unheard;

/// What was found and not yet sent.
struct Batch {
    found: Vec<Found>,
    census: Census,
    /// Articles of which what is stored cannot be used, and why.
    unusable: Vec<(ArticleId, String)>,
    began: Instant,
    patience: Duration,
    most: usize,
}

impl Loader {
    /// Walks the library once the store was read.
    pub(super) fn run(self, loaded: &Receiver<Loaded>) {
        let Ok(loaded) = loaded.recv() else { return };
        // Whoever no longer listens has no use for the rest.
        let _ = self.tell(loaded);
    }

    /// Sends what is wrong with the store, then the articles, then what was left over.
    fn tell(&self, mut loaded: Loaded) -> Result<(), Unheard> {
        for problem in loaded.problems() {
            self.report(problem)?;
        }
        let told = loaded.problems().len();
        let census = self.walk(&mut loaded)?;
        for problem in loaded.problems().iter().skip(told) {
            self.report(problem)?;
        }
        if let Some(problem) = self.strays(loaded) {
            self.report(&problem)?;
        }
        self.give(Outcome::Walked)?;
        // A watcher that has fallen has said so itself.
        let _ = self.news.send(News::Walked(census));
        Ok(())
    }

    fn walk(&self, loaded: &mut Loaded) -> Result<Census, Unheard> {
        let mut batch = Batch::new();
        if self.library.is_sample() {
            for &(name, text) in corpus::sample() {
                let origin = Origin::Sample(name, text);
                self.take(origin, Path::new(SAMPLE), loaded, &mut batch)?.ok();
            }
        } else {
            let mut walk = Walk::new(self.library.paths.iter().cloned(), self.library.manner);
            for source in walk.by_ref() {
                match source {
                    Ok(source) => self.take_source(source, loaded, &mut batch)?,
                    Err(problem) if problem.remark => {}
                    Err(problem) => {
                        batch.census.tell(&problem);
                        self.report(&problem)?;
                    }
                }
            }
            batch.census.walked(walk.folders());
        }
        self.send(&mut batch)?;
        Ok(batch.census)
    }

    fn take_source(
        &self,
        source: Source,
        loaded: &mut Loaded,
        batch: &mut Batch,
    ) -> Result<(), Unheard> {
        if !source.is_stdin() {
            let (root, file) = (source.root().clone(), source.path());
            // Read after this, it may be newer than its stamp, which does no harm, but never older.
            let stamp = Stamp::of(&file);
            let read = self.take(Origin::File(source), &root, loaded, batch)?;
            batch.census.enter(&file, stamp, read.as_ref().copied());
            return Ok(());
        }
        match Origin::File(source).read(self.library.encoding) {
            Ok(article) => {
                let hash: String = article.digest().text_sha256().chars().take(12).collect();
                let root = format!("{PIPED}{hash}");
                self.take(Origin::Held(article), Path::new(&root), loaded, batch).map(drop)
            }
            Err(problem) => self.report(&problem),
        }
    }

    /// Reads one article, and keeps what a list needs of it.
    fn take(
        &self,
        origin: Origin,
        root: &Path,
        loaded: &mut Loaded,
        batch: &mut Batch,
    ) -> Result<Result<ArticleId, Problem>, Unheard> {
        let article = match origin.read(self.library.encoding) {
            Ok(article) => article,
            Err(problem) => {
                self.report(&problem)?;
                return Ok(Err(problem));
            }
        };
        let finding = Finding::new(root, &article);
        // What cannot be used is among the problems of the store, which are told as such.
        let (stored, unusable) = match loaded.take(finding.reference()) {
            Ok(stored) => (stored, None),
            Err(problem) => (None, Some(problem)),
        };
        let found = finding.shelve(origin, stored, &self.shelf, &self.jobs);
        let id = found.entry.id;
        batch.found.push(found);
        batch.unusable.extend(unusable.map(|problem| (id, problem.to_string())));
        if batch.is_due() {
            self.send(batch)?;
        }
        Ok(Ok(id))
    }

    fn send(&self, batch: &mut Batch) -> Result<(), Unheard> {
        let found = batch.take();
        if found.is_empty() {
            return Ok(());
        }
        self.give(Outcome::Found(found))?;
        for (article, problem) in std::mem::take(&mut batch.unusable) {
            self.give(Outcome::Unusable { article, problem })?;
        }
        Ok(())
    }

    fn report(&self, problem: &Problem) -> Result<(), Unheard> {
        self.give(Outcome::Problem(problem.to_string()))
    }

    fn give(&self, outcome: Outcome) -> Result<(), Unheard> {
        self.answers.give(outcome).then_some(()).ok_or(Unheard)
    }

    /// What is said of notes whose articles are gone.
    fn strays(&self, loaded: Loaded) -> Option<Problem> {
        let folders = self.library.folders();
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
        let place = super::path::spelled(self.library.paths.first()?);
        Some(Problem::new(place, what))
    }
}

impl Batch {
    fn new() -> Self {
        let census = Census::default();
        let (found, unusable) = (Vec::new(), Vec::new());
        Self { found, census, unusable, began: Instant::now(), patience: FIRST, most: FEW }
    }

    fn is_due(&self) -> bool {
        self.found.len() >= self.most || self.began.elapsed() >= self.patience
    }

    /// Takes all out; the next batch is larger, since each is sorted into the whole list.
    fn take(&mut self) -> Vec<Found> {
        self.began = Instant::now();
        self.patience = (self.patience * 2).min(LONGEST);
        self.most *= 2;
        std::mem::take(&mut self.found)
    }
}
