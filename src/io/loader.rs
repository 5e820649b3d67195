//! The loader: lists the library, has it read in the background, and sends what comes of that, in
//! batches.
//!
//! No file is opened before all names are known, but where there are so few that this makes no
//! difference. What the store has on articles comes when it was read: by their place at once, by their
//! text when that was read too.

mod batch;
mod listing;
mod note;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use super::Problem;
use super::answer::Answers;
use super::cache::{Cache, Judged, Kept};
use super::desk::{Desk, Task};
use super::library::Library;
use super::shelf::{Origin, Shelf};
use super::store::Loaded;
use super::survey::{Lot, Product, Surveyor, give_way};
use super::watch::{Census, News, Stamp};
use super::writer::Job;
use crate::app::{Outcome, Stage, Step};
use crate::corpus::ArticleId;
use batch::Batch;

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
    /// What earlier runs have derived.
    pub(super) cache: Cache,
}

/// Nobody listens any more.
struct Unheard;

/// What is known of an article by now.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    /// Whether it is there.
    walked: bool,
    described: bool,
    judged: bool,
}

/// A loader at work.
struct Load {
    loader: Loader,
    batch: Batch,
    /// The folders that were walked.
    folders: Vec<PathBuf>,
    census: Census,
    /// What is known of each article.
    marks: Vec<Mark>,
    /// The mark of an article that has none: all have.
    nowhere: Mark,
    /// The roots of which the cache keeps what is derived.
    keeping: Vec<Arc<Path>>,
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
        let desk = self.desk.clone();
        let (batch, folders) = (Batch::new(), Vec::new());
        let (census, settled) = (Census::default(), HashSet::new());
        let (marks, nowhere, keeping) = (Vec::new(), Mark::default(), Vec::new());
        let (loaded, told) = (None, 0);
        let mut load = Load {
            loader: self,
            batch,
            folders,
            census,
            marks,
            nowhere,
            keeping,
            loaded,
            told,
            settled,
        };
        // Whoever no longer listens has no use for the rest.
        let _ = load.run(first, surveyor, words);
        desk.clear();
    }
}

impl Load {
    fn run(
        &mut self,
        first: Option<(String, String)>,
        surveyor: Surveyor,
        words: &Receiver<Word>,
    ) -> Result<(), Unheard> {
        self.working(Stage::Listing, 0, None)?;
        self.list(first)?;
        self.give(Outcome::Listed)?;
        // Where no thread can be had, the library is listed, and articles are read when they are opened.
        let surveys = surveyor.start(&self.loader.answers, self.marks.len());
        // They alone hold what they send to: should they all end, nobody waits for them.
        drop(surveyor);
        let unknown = self.those(|mark| !mark.described);
        let mut whole = surveys && self.survey(Task::Describe, unknown, words)?;
        while self.loaded.is_none() {
            match words.recv() {
                Ok(word) => whole &= self.hear(word)?.is_some(),
                Err(_) => return Ok(()),
            }
        }
        self.end(whole)?;
        let unjudged = self.those(|mark| mark.described && !mark.judged);
        // From here on nobody waits for it.
        give_way();
        if whole && self.survey(Task::Judge, unjudged, words)? {
            self.keeping.iter().for_each(|root| self.loader.cache.settle(root));
        }
        self.loader.cache.rest();
        // A watcher that has fallen has said so itself.
        let census = Box::new(std::mem::take(&mut self.census));
        let _ = self.loader.news.send(News::Walked(census));
        self.give(Outcome::Worked)
    }

    fn mark(&mut self, article: ArticleId) -> &mut Mark {
        let Self { marks, nowhere, .. } = self;
        let at = usize::try_from(article.0).unwrap_or(0);
        if marks.len() <= at {
            marks.resize(at + 1, Mark::default());
        }
        marks.get_mut(at).unwrap_or(nowhere)
    }

    fn those(&self, are: impl Fn(&Mark) -> bool) -> Vec<ArticleId> {
        let all = (0..).map(ArticleId).zip(&self.marks);
        all.filter(|(_, mark)| are(mark)).map(|(article, _)| article).collect()
    }

    /// Has something done to all articles, and sends what comes of it; whether it was done to the last.
    fn survey(
        &mut self,
        task: Task,
        articles: Vec<ArticleId>,
        words: &Receiver<Word>,
    ) -> Result<bool, Unheard> {
        let stage = if task == Task::Judge { Stage::Judging } else { Stage::Describing };
        let (all, mut done) = (articles.len(), 0);
        self.batch = Batch::new();
        self.working(stage, 0, u32::try_from(all).ok())?;
        self.loader.desk.begin(task, articles);
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
        let Product { article, described, judged } = product;
        if let Some((stamp, Err(problem))) = described {
            let mark = self.mark(article);
            (mark.described, mark.judged) = (false, true);
            self.enter_stamp(article, stamp, Some(&problem));
            return self.give(Outcome::Unreadable { article, problem: problem.to_string() });
        }
        if let Some((stamp, Ok(digest))) = described {
            self.mark(article).described = true;
            self.enter_stamp(article, stamp, None);
            // What it was when it was opened is what a person sees of it.
            self.loader.shelf.learn(article, &digest);
            self.settle_by_text(article)?;
            self.batch.surveyed.described.push((article, digest));
        }
        if let Some(judged) = &judged {
            self.mark(article).judged = true;
            self.batch.surveyed.judged.push((article, judged.quotations));
        }
        self.keep(article, judged);
        Ok(())
    }

    fn enter_stamp(&mut self, article: ArticleId, stamp: Option<Stamp>, problem: Option<&Problem>) {
        // A file of several articles is known by itself.
        let whole = self.loader.shelf.origin(article).is_some_and(|it| it.record().is_none());
        if whole {
            self.census.enter(article, stamp, problem);
        }
    }

    /// Has the cache keep what is known of an article, with the next batch.
    fn keep(&mut self, article: ArticleId, judged: Option<Judged>) {
        let Some(Origin::File(source)) = self.loader.shelf.origin(article) else { return };
        let stamp = match source.record {
            Some(_) => self.census.volume(&source.path()),
            None => self.census.stamp(article),
        };
        let Some(stamp) = stamp else { return };
        let Some(digest) = self.loader.shelf.digest(article) else { return };
        if !self.keeping.contains(source.root()) || !source.is_plain() || digest.is_provisional() {
            return;
        }
        let record = source.record.map(|record| (record.at, record.len));
        let name = Arc::clone(&source.name);
        let kept = Kept { name, stamp, record, digest, judged };
        self.batch.kept.push((Arc::clone(source.root()), kept));
    }

    /// Says what was left over, where all was read, and that the library is known.
    fn end(&mut self, whole: bool) -> Result<(), Unheard> {
        self.tell_store()?;
        if let Some(problem) = self.loaded.take().filter(|_| whole).and_then(|it| self.strays(it)) {
            self.report(&problem)?;
        }
        self.give(Outcome::Walked)
    }

    fn send(&mut self) -> Result<(), Unheard> {
        let Batch { found, surveyed, kept, .. } = self.batch.next();
        if !found.is_empty() {
            self.give(Outcome::Found(found))?;
        }
        if !surveyed.described.is_empty() || !surveyed.judged.is_empty() {
            self.give(Outcome::Surveyed(surveyed))?;
        }
        let mut by_root: BTreeMap<Arc<Path>, Vec<Kept>> = BTreeMap::new();
        for (root, kept) in kept {
            by_root.entry(root).or_default().push(kept);
        }
        for (root, kept) in &by_root {
            self.loader.cache.keep(root, kept);
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
