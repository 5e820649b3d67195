//! The loader: lists the library, has it read in the background, and sends what comes of that, in
//! batches.
//!
//! No file is opened before all names are known, but where there are so few that this makes no
//! difference. What the store has on articles comes when it was read: by their place at once, by their
//! text when that was read too.

use std::collections::HashSet;
use std::fs;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use super::Problem;
use super::answer::Answers;
use super::desk::{Desk, Task};
use super::finding::remembered;
use super::library::Library;
use super::shelf::{Origin, Shelf};
use super::store::{self, ArticleRef, Loaded};
use super::survey::{Lot, Product, Surveyor};
use super::walk::{Source, Walk};
use super::watch::{Census, News, Stamp};
use super::writer::Job;
use crate::app::{Entry, Found, Outcome, Remembered, Stage, Step, Surveyed};
use crate::corpus::{self, ArticleId, Digest};

/// The first batch is sent after so long at the latest, each further one after twice as long.
const FIRST: Duration = Duration::from_millis(10);
/// No batch is kept for longer.
const LONGEST: Duration = Duration::from_millis(320);
/// The most names in the first batch; each further one may hold eight times as many.
const FEW: usize = 256;
/// The most findings in a batch: each is sorted into the list.
const MOST: usize = 2_048;
/// So many files, and no more bytes of them, are read before they are listed.
const SMALL: (usize, u64) = (32, 256 * 1024);

/// What the loader hears.
#[derive(Debug)]
pub(super) enum Word {
    /// The store was read.
    Loaded(Box<Loaded>),
    /// Some articles were read.
    Lot(Lot),
    /// No more of the library is to be read.
    Stop,
}

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
    /// Where the threads that read take what is next.
    pub(super) desk: Desk,
}

/// Nobody listens any more.
struct Unheard;

/// What was found out and not yet sent.
struct Batch {
    found: Vec<Found>,
    surveyed: Surveyed,
    began: Instant,
    patience: Duration,
    most: usize,
}

/// A loader at work.
struct Load {
    loader: Loader,
    batch: Batch,
    census: Census,
    /// What the store holds, once it was read.
    loaded: Option<Loaded>,
    /// How much of what is wrong with it was said.
    told: usize,
    /// Articles whose notes were found, or cannot be used.
    settled: HashSet<ArticleId>,
}

impl Loader {
    /// Lists the library and has it read. `first` is looked for before all others, by root and name.
    pub(super) fn run(
        self,
        first: Option<(String, String)>,
        surveyor: Surveyor,
        words: &Receiver<Word>,
    ) {
        // Where no thread can be had, the library is listed, and articles are read when they are opened.
        let surveys = surveyor.start(&self.answers);
        // They alone hold what they send to: should they all end, nobody waits for them.
        drop(surveyor);
        let desk = self.desk.clone();
        let batch = Batch::new();
        let (census, settled) = (Census::default(), HashSet::new());
        let mut load = Load { loader: self, batch, census, loaded: None, told: 0, settled };
        // Whoever no longer listens has no use for the rest.
        let _ = load.run(first, surveys, words);
        desk.clear();
    }
}

impl Load {
    fn run(
        &mut self,
        first: Option<(String, String)>,
        surveys: bool,
        words: &Receiver<Word>,
    ) -> Result<(), Unheard> {
        self.list(first)?;
        self.give(Outcome::Listed)?;
        let all = self.loader.shelf.len();
        let mut whole = surveys && self.survey(Task::Describe, all, words)?;
        while self.loaded.is_none() {
            match words.recv() {
                Ok(word) => whole &= self.hear(word)?.is_some(),
                Err(_) => return Ok(()),
            }
        }
        self.end(whole)?;
        if whole {
            self.survey(Task::Judge, all, words)?;
        }
        self.give(Outcome::Worked)
    }

    /// Puts all names on the shelf and sends them.
    fn list(&mut self, first: Option<(String, String)>) -> Result<(), Unheard> {
        if self.loader.library.is_sample() {
            for &(name, text) in corpus::sample() {
                let origin = Origin::Sample(name, text);
                if let Ok(article) = origin.read(None) {
                    self.enter(origin, Some(Arc::new(article.digest())))?;
                }
            }
            return self.send();
        }
        if let Some(source) =
            first.and_then(|(root, name)| self.loader.library.source(&root, &name))
        {
            self.enter(Origin::File(source), None)?;
            self.send()?;
        }
        let library = &self.loader.library;
        let mut walk = Walk::new(library.paths.iter().cloned(), library.manner);
        let mut few = Some(Vec::new());
        for source in walk.by_ref() {
            match source {
                Ok(source) if source.is_stdin() => self.take_stdin(source)?,
                Ok(source) => match &mut few {
                    Some(few) if few.len() < SMALL.0 => few.push(source),
                    _ => {
                        for source in few.take().into_iter().flatten().chain([source]) {
                            self.enter(Origin::File(source), None)?;
                        }
                    }
                },
                Err(problem) if problem.remark => {}
                Err(problem) => {
                    self.census.tell(&problem);
                    self.report(&problem)?;
                }
            }
        }
        self.census.walked(walk.folders());
        let few = few.unwrap_or_default();
        // A file that was named alone is opened whatever it is.
        let read = are_small(&few) && (few.len() > 1 || !self.loader.shelf.is_empty());
        for source in few {
            if read {
                self.read_now(source)?;
            } else {
                self.enter(Origin::File(source), None)?;
            }
        }
        self.send()
    }

    /// Puts an article on the shelf; its id, where it was not there yet.
    fn enter(
        &mut self,
        origin: Origin,
        digest: Option<Arc<Digest>>,
    ) -> Result<Option<ArticleId>, Unheard> {
        let (root, name) = (origin.root(), origin.shared_name());
        let Some(id) = self.loader.shelf.add(origin, digest.clone()) else { return Ok(None) };
        let entry = Entry { digest, ..Entry::named(id, root, name) };
        self.batch.found.push(Found { entry, annotations: Vec::new() });
        if self.batch.found.len() >= self.batch.most || self.batch.is_late() {
            self.send()?;
            self.working(Stage::Listing, self.loader.shelf.len(), None)?;
        }
        Ok(Some(id))
    }

    /// Reads a file of the library before it is listed.
    fn read_now(&mut self, source: Source) -> Result<(), Unheard> {
        if self.loader.shelf.named(source.root(), &source.name).is_some() {
            return Ok(());
        }
        let (file, origin) = (source.path(), Origin::File(source));
        // Read after this, it may be newer than its stamp, which does no harm, but never older.
        let stamp = Stamp::of(&file);
        match origin.read(self.loader.library.encoding) {
            Ok(article) => {
                if let Some(id) = self.enter(origin, Some(Arc::new(article.digest())))? {
                    self.census.enter(id, stamp, None);
                }
                Ok(())
            }
            Err(problem) => {
                self.census.enter_stranger(&file, stamp, &problem);
                self.report(&problem)
            }
        }
    }

    fn take_stdin(&mut self, source: Source) -> Result<(), Unheard> {
        match Origin::File(source).read(self.loader.library.encoding) {
            Ok(article) => {
                let digest = Arc::new(article.digest());
                self.enter(Origin::Held(article), Some(digest)).map(drop)
            }
            Err(problem) => self.report(&problem),
        }
    }

    /// Has something done to all articles, and sends what comes of it; whether it was done to the last.
    fn survey(&mut self, task: Task, all: u32, words: &Receiver<Word>) -> Result<bool, Unheard> {
        let stage = if task == Task::Judge { Stage::Judging } else { Stage::Describing };
        self.batch = Batch::new();
        self.loader.desk.begin(task, 0..all);
        self.working(stage, 0, Some(all))?;
        let (all, mut done) = (usize::try_from(all).unwrap_or(usize::MAX), 0);
        while done < all {
            let Ok(word) = words.recv() else { return Ok(false) };
            let Some(more) = self.hear(word)? else {
                self.send()?;
                return Ok(false);
            };
            done += more;
            if self.batch.is_due() {
                self.send()?;
                let done = u32::try_from(done).unwrap_or(u32::MAX);
                self.working(stage, done, u32::try_from(all).ok())?;
            }
        }
        self.send()?;
        Ok(true)
    }

    /// Takes in what comes; how many of all articles it was about, and `None` where it is to end.
    fn hear(&mut self, word: Word) -> Result<Option<usize>, Unheard> {
        match word {
            Word::Loaded(loaded) => {
                self.take_loaded(*loaded)?;
                Ok(Some(0))
            }
            Word::Lot(Lot { products, number }) => {
                for product in products {
                    self.take(product)?;
                }
                Ok(Some(number))
            }
            Word::Stop => {
                self.loader.desk.clear();
                Ok(None)
            }
        }
    }

    /// Takes in what came of reading an article.
    fn take(&mut self, product: Product) -> Result<(), Unheard> {
        let Product { article, described, quotations } = product;
        if let Some(quotations) = quotations {
            self.batch.surveyed.judged.push((article, quotations));
        }
        match described {
            None => Ok(()),
            Some((stamp, Ok(digest))) => {
                self.census.enter(article, stamp, None);
                // What it was when it was opened is what a person sees of it.
                self.loader.shelf.learn(article, &digest);
                self.settle_by_text(article)?;
                self.batch.surveyed.described.push((article, digest));
                Ok(())
            }
            Some((stamp, Err(problem))) => {
                self.census.enter(article, stamp, Some(&problem));
                self.give(Outcome::Unreadable { article, problem: problem.to_string() })
            }
        }
    }

    /// Takes in what the store holds: all that belongs to an article by its place, and what belongs to
    /// one that was read already by its text.
    fn take_loaded(&mut self, loaded: Loaded) -> Result<(), Unheard> {
        self.loaded = Some(loaded);
        self.tell_store()?;
        let mut all = Vec::new();
        for id in (0..self.loader.shelf.len()).map(ArticleId) {
            all.extend(
                self.settle(id, |loaded, origin| loaded.take_at(&origin.root(), origin.name()))?,
            );
        }
        self.give(Outcome::Remembered(all))?;
        let read: Vec<ArticleId> =
            (0..self.loader.shelf.len()).map(ArticleId).filter(|&id| self.is_read(id)).collect();
        read.into_iter().try_for_each(|id| self.settle_by_text(id))
    }

    fn is_read(&self, article: ArticleId) -> bool {
        self.loader.shelf.digest(article).is_some()
    }

    /// Looks in what the store holds for what belongs to an article.
    fn settle(
        &mut self,
        article: ArticleId,
        take: impl FnOnce(&mut Loaded, &Origin) -> Result<Option<store::Entry>, Problem>,
    ) -> Result<Option<Remembered>, Unheard> {
        let Some(loaded) = self.loaded.as_mut().filter(|it| it.has_more()) else { return Ok(None) };
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
    fn settle_by_text(&mut self, article: ArticleId) -> Result<(), Unheard> {
        let Some(known) = self.reference_if_wanted(article) else { return Ok(()) };
        let found = self.settle(article, |loaded, _| loaded.take(&known))?;
        found.map_or(Ok(()), |found| self.give(Outcome::Remembered(vec![found])))
    }

    fn reference_if_wanted(&self, article: ArticleId) -> Option<ArticleRef> {
        let wanted = self.loaded.as_ref().is_some_and(Loaded::has_more);
        (wanted && !self.settled.contains(&article)).then(|| self.loader.shelf.known(article))?
    }

    /// Says what is wrong with the store and was not said yet.
    fn tell_store(&mut self) -> Result<(), Unheard> {
        let problems = self.loaded.as_ref().map_or(&[][..], Loaded::problems);
        for problem in problems.iter().skip(self.told) {
            self.report(problem)?;
        }
        self.told = problems.len();
        Ok(())
    }

    /// Says what was left over, where all was read, and that the library is known.
    fn end(&mut self, whole: bool) -> Result<(), Unheard> {
        self.tell_store()?;
        if let Some(problem) = self.loaded.take().filter(|_| whole).and_then(|it| self.strays(it)) {
            self.report(&problem)?;
        }
        self.give(Outcome::Walked)?;
        // A watcher that has fallen has said so itself.
        let _ = self.loader.news.send(News::Walked(std::mem::take(&mut self.census)));
        Ok(())
    }

    /// What is said of notes whose articles are gone.
    fn strays(&self, loaded: Loaded) -> Option<Problem> {
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
        let place = super::path::spelled(self.loader.library.paths.first()?);
        Some(Problem::new(place, what))
    }

    fn send(&mut self) -> Result<(), Unheard> {
        let (found, surveyed) = self.batch.take();
        if !found.is_empty() {
            self.give(Outcome::Found(found))?;
        }
        if !surveyed.described.is_empty() || !surveyed.judged.is_empty() {
            self.give(Outcome::Surveyed(surveyed))?;
        }
        Ok(())
    }

    fn working(&self, stage: Stage, done: u32, all: Option<u32>) -> Result<(), Unheard> {
        let number = |number| usize::try_from(number).unwrap_or(usize::MAX);
        self.give(Outcome::Working(Step { stage, done: number(done), all: all.map(number) }))
    }

    fn report(&self, problem: &Problem) -> Result<(), Unheard> {
        self.give(Outcome::Problem(problem.to_string()))
    }

    fn give(&self, outcome: Outcome) -> Result<(), Unheard> {
        self.loader.answers.give(outcome).then_some(()).ok_or(Unheard)
    }
}

/// Whether these files have so few bytes that reading them takes no time.
fn are_small(sources: &[Source]) -> bool {
    let lengths = sources.iter().map(|source| fs::metadata(source.path()).map_or(0, |it| it.len()));
    lengths.sum::<u64>() <= SMALL.1
}

impl Batch {
    fn new() -> Self {
        let (found, surveyed) = (Vec::new(), Surveyed::default());
        Self { found, surveyed, began: Instant::now(), patience: FIRST, most: FEW }
    }

    fn is_due(&self) -> bool {
        let Surveyed { described, judged } = &self.surveyed;
        described.len() + judged.len() >= MOST || self.is_late()
    }

    fn is_late(&self) -> bool {
        self.began.elapsed() >= self.patience
    }

    /// Takes all out; the next batch of names is larger, since each is sorted into the whole list.
    fn take(&mut self) -> (Vec<Found>, Surveyed) {
        self.began = Instant::now();
        self.patience = (self.patience * 2).min(LONGEST);
        self.most *= 8;
        (std::mem::take(&mut self.found), std::mem::take(&mut self.surveyed))
    }
}
