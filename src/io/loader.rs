//! The loader: walks the library and sends what it finds, in batches.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use super::Problem;
use super::answer::Answers;
use super::library::{Library, PIPED, SAMPLE};
use super::shelf::{Origin, Shelf, reference};
use super::store::Loaded;
use super::walk::{Source, Walk};
use super::writer::Job;
use crate::app::{Entry, Found, Outcome};
use crate::corpus::{self, Article, Corrected};
use crate::note::Record;
use crate::quote::{Kind, quotations};

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
}

/// Nobody listens any more.
struct Unheard;

/// What was found and not yet sent.
struct Batch {
    found: Vec<Found>,
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
        self.walk(&mut loaded)?;
        for problem in loaded.problems().iter().skip(told) {
            self.report(problem)?;
        }
        if let Some(problem) = self.strays(loaded) {
            self.report(&problem)?;
        }
        self.give(Outcome::Walked)
    }

    fn walk(&self, loaded: &mut Loaded) -> Result<(), Unheard> {
        let mut batch = Batch::new();
        if self.library.is_sample() {
            for &(name, text) in corpus::sample() {
                self.take(Origin::Sample(name, text), PathBuf::from(SAMPLE), loaded, &mut batch)?;
            }
        } else {
            for source in Walk::new(self.library.paths.iter().cloned(), self.library.manner) {
                match source {
                    Ok(source) => self.take_source(source, loaded, &mut batch)?,
                    Err(problem) if problem.remark => {}
                    Err(problem) => self.report(&problem)?,
                }
            }
        }
        self.send(&mut batch)
    }

    fn take_source(
        &self,
        source: Source,
        loaded: &mut Loaded,
        batch: &mut Batch,
    ) -> Result<(), Unheard> {
        if !source.is_stdin() {
            let root = source.root.clone();
            return self.take(Origin::File(source), root, loaded, batch);
        }
        match Origin::File(source).read(self.library.encoding) {
            Ok(article) => {
                let hash: String = article.digest().text_sha256().chars().take(12).collect();
                let root = PathBuf::from(format!("{PIPED}{hash}"));
                self.take(Origin::Held(article), root, loaded, batch)
            }
            Err(problem) => self.report(&problem),
        }
    }

    /// Reads one article, and keeps what a list needs of it.
    fn take(
        &self,
        origin: Origin,
        root: PathBuf,
        loaded: &mut Loaded,
        batch: &mut Batch,
    ) -> Result<(), Unheard> {
        match origin.read(self.library.encoding) {
            Ok(article) => {
                batch.found.push(self.found(origin, root, &article, loaded));
                if batch.is_due() { self.send(batch) } else { Ok(()) }
            }
            Err(problem) => self.report(&problem),
        }
    }

    fn found(
        &self,
        origin: Origin,
        root: PathBuf,
        article: &Arc<Article>,
        loaded: &mut Loaded,
    ) -> Found {
        let digest = article.digest();
        let reference = reference(&root, &article.name, &digest);
        let stored = loaded.take(&reference);
        let id = self.shelf.add(origin, reference);
        // What cannot be used is among the problems of the store, which are told as such.
        let record = stored.ok().flatten().map(|stored| {
            if stored.moved {
                // Where the writer is gone, the next run finds the article by its text again.
                let _ = self.jobs.send(Job::Settle(id));
            }
            stored.record
        });
        let Record { subject, annotations, .. } = record.unwrap_or_default();
        let judged = quotations(&article.text, &article.blocks);
        let quotations = judged.iter().filter(|it| it.kind != Kind::Scare).count();
        let corrected: Corrected = subject.corrected;
        let entry = Entry {
            id,
            root,
            name: article.name.clone(),
            digest,
            quotations,
            corrected,
            furthest: 0,
            report_chars: 0,
            read: false,
        };
        Found { entry, annotations }
    }

    fn send(&self, batch: &mut Batch) -> Result<(), Unheard> {
        let found = batch.take();
        if found.is_empty() {
            return Ok(());
        }
        self.give(Outcome::Found(found))
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
        Self { found: Vec::new(), began: Instant::now(), patience: FIRST, most: FEW }
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
