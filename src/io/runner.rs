//! The runner: effects in, outcomes out. Nothing here waits for a disk.

mod crew;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Problem;
use super::anchor::Anchoring;
use super::answer::Answers;
use super::cache::Cache;
use super::desk::Desk;
use super::library::Library;
use super::loader::{Loader, Word};
use super::long::Ahead;
use super::next::Next;
use super::place::Keeper;
use super::reader::{self, Wish};
use super::searcher::Request;
use super::shelf::Shelf;
use super::store::Store;
use super::survey::Surveyor;
use super::voice::{Gathering, Hearing};
use super::watch::{Means, News, Watcher};
use super::worker::{Latest, Worker};
use super::writer::{Held, Job, Writer};
use crate::app::Effect;
use crate::corpus::ArticleId;

/// How long to wait before looking again whether the writer is done.
const PAUSE: Duration = Duration::from_millis(2);
/// How much of what was read may wait to be taken in.
const WAITING: usize = 64;

/// What reads, writes and watches the store, and where it hears what to do.
#[derive(Debug)]
struct Keeping {
    watcher: Watcher,
    to_watch: Receiver<News>,
    means: Means,
    writer: Writer,
    to_write: Receiver<Job>,
}

/// The threads in the background.
#[derive(Debug)]
pub struct Runner {
    jobs: Sender<Job>,
    /// What keeps the store, until it is started.
    keeping: Option<Keeping>,
    writer: Option<JoinHandle<Vec<Problem>>>,
    reader: Worker<Wish>,
    foreseer: Worker<ArticleId>,
    anchorer: Worker<Anchoring>,
    searcher: Latest<Request>,
    gatherer: Latest<Gathering>,
    hearer: Latest<Hearing>,
    /// What walks the library, until it is asked to.
    loader: Option<(Loader, Receiver<Word>)>,
    /// Where the loader is told of what it is to know.
    words: SyncSender<Word>,
    /// Where the threads that read the library take what is next.
    desk: Desk,
    news: Sender<News>,
    answers: Answers,
}

impl Runner {
    /// A runner on a store with its annotations under `data` and its lock in `state`. No article is read,
    /// but what was `ahead`, and no thread runs yet. What is derived is kept in the cache.
    #[must_use]
    pub fn new(
        library: Library,
        data: &Path,
        state: &Path,
        keeper: Keeper,
        cache: Cache,
        answers: Answers,
        ahead: Ahead,
    ) -> Self {
        Self::with(library, (data, state), (keeper, cache, ahead), answers, Means::Told)
    }

    /// As [`Runner::new`], with some means of learning what others change.
    pub(super) fn with(
        library: Library,
        (data, state): (&Path, &Path),
        (keeper, cache, ahead): (Keeper, Cache, Ahead),
        answers: Answers,
        means: Means,
    ) -> Self {
        let (shelf, desk) = (Shelf::default(), Desk::default());
        let (jobs, to_write) = channel();
        let (news, to_watch) = channel();
        let (words, to_load) = sync_channel(WAITING);
        let watcher = Watcher {
            library: library.clone(),
            shelf: shelf.clone(),
            answers: answers.clone(),
            jobs: jobs.clone(),
            store: Store::open(data, state),
            cache: cache.clone(),
        };
        let writer = Writer {
            store: Store::open(data, state),
            keeper,
            shelf: shelf.clone(),
            answers: answers.clone(),
            unsaved: BTreeMap::new(),
            early: Some(BTreeSet::new()),
            texts: BTreeMap::new(),
            held: Held::default(),
            encoding: library.encoding,
        };
        let next = Next::default();
        let foreseer = crew::foreseer(&shelf, next.clone(), library.encoding, &answers);
        let (reader, anchorer, searcher) = (
            crew::reader((&shelf, ahead, next), library.encoding, &answers),
            crew::anchorer(&shelf, library.encoding, &answers, data),
            crew::searcher(&shelf, library.encoding, &answers),
        );
        let gatherer = crew::gatherer(&shelf, &library, &answers, &cache);
        let hearer = crew::hearer(&shelf, library.encoding, &answers);
        let loader = Loader {
            library,
            shelf,
            answers: answers.clone(),
            jobs: jobs.clone(),
            news: news.clone(),
            desk: desk.clone(),
            cache,
        };
        let keeping = Keeping { watcher, to_watch, means, writer, to_write };
        Self {
            jobs,
            keeping: Some(keeping),
            writer: None,
            reader,
            foreseer,
            anchorer,
            searcher,
            gatherer,
            hearer,
            loader: Some((loader, to_load)),
            words,
            desk,
            news,
            answers,
        }
    }

    /// Starts what reads, writes and watches the store.
    ///
    /// # Errors
    /// The system has no threads to give.
    pub fn start(&mut self) -> io::Result<()> {
        let Some(keeping) = self.keeping.take() else { return Ok(()) };
        let Keeping { watcher, to_watch, means, writer, to_write } = keeping;
        let (ready, awake) = channel();
        let (heard, roots) = (self.news.clone(), watcher.library.folders());
        self.answers.spawn("watcher", move || watcher.run((heard, &to_watch), means, ready))?;
        let stored = self.words.clone();
        self.writer = Some(self.answers.spawn("writer", move || {
            // What changes after it was read is seen only if it is watched by then. Nothing is ever
            // sent: the sender is let go.
            let _: Result<(), _> = awake.recv();
            writer.run(&roots, &stored, &to_write)
        })?);
        Ok(())
    }

    /// Sees to an effect, or returns it where it is the terminal's business.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn run(&mut self, effect: Effect) -> Result<Option<Effect>, Problem> {
        let started = match effect {
            Effect::Walk { first } => self.walk(first),
            Effect::Read { article, generation } => {
                self.reader.send(Wish::Article(reader::Request { article, generation }))
            }
            Effect::Foresee(article) => self.foreseer.send(article),
            Effect::Long { generation, ask, .. } => self.reader.send(Wish::Long(generation, ask)),
            Effect::Search { generation, typed, manner, articles, decided } => {
                let request = Request { generation, typed, manner, articles, decided };
                self.searcher.send(generation, request)
            }
            Effect::GatherVoices { generation, articles, decided } => {
                self.gatherer.send(generation, Gathering { generation, articles, decided })
            }
            Effect::HearVoice { generation, articles, names, decided } => {
                self.hearer.send(generation, Hearing { generation, articles, names, decided })
            }
            Effect::Anchor { article, text, sought } => {
                self.anchorer.send(Anchoring { article, text, sought })
            }
            effect => return Ok(self.turn(effect)),
        };
        let none = |error| Problem::new("threads", format!("the system gives no more: {error}"));
        started.map(|()| None).map_err(none)
    }

    /// Sees to an effect that starts nothing.
    fn turn(&mut self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Prefer(articles) => self.desk.prefer(articles),
            Effect::StopWork => self.stop_work(),
            Effect::CancelSearch { generation } => self.searcher.count(generation),
            Effect::CancelVoices { gathering, hearing } => {
                self.gatherer.count(gathering);
                self.hearer.count(hearing);
            }
            Effect::KeepText { article, text } => self.write(Job::KeepText(article, text)),
            Effect::Save { ticket, article, annotations, corrected } => {
                self.write(Job::Save { ticket, article, annotations, corrected });
            }
            Effect::KeepPlaces(places) => self.write(Job::KeepPlaces(places)),
            Effect::Export { format, path, articles, overwrite } => {
                self.write(Job::Export { format, path, articles, overwrite });
            }
            effect => return Some(effect),
        }
        None
    }

    fn walk(&mut self, first: Option<(String, String)>) -> io::Result<()> {
        let Some((loader, words)) = self.loader.take() else { return Ok(()) };
        let surveyor = Surveyor {
            desk: self.desk.clone(),
            shelf: loader.shelf.clone(),
            encoding: loader.library.encoding,
            to: self.words.clone(),
        };
        self.answers.spawn("loader", move || loader.run(first, surveyor, &words)).map(drop)
    }

    /// Has no more of the library read.
    fn stop_work(&self) {
        self.desk.clear();
        let words = self.words.clone();
        // Where much waits to be heard, this does too, and the keys must not. Where no thread can be had,
        // the desk is empty all the same.
        let _ = self.answers.spawn("stop", move || words.send(Word::Stop));
    }

    /// A writer that has fallen takes nothing more; it has said so itself.
    fn write(&self, job: Job) {
        let _ = self.jobs.send(job);
    }

    /// Asks for the end, and waits for it so long at most; whether all that was asked for was written, or
    /// given up, by then.
    pub fn is_done_within(&mut self, patience: Duration) -> bool {
        self.write(Job::End);
        let start = Instant::now();
        loop {
            if self.writer.as_ref().is_none_or(JoinHandle::is_finished) {
                return true;
            }
            if start.elapsed() >= patience {
                return false;
            }
            thread::sleep(PAUSE);
        }
    }

    /// Waits until all that was asked for is on the disk; what is not, and why.
    #[must_use]
    pub fn finish(mut self) -> Vec<Problem> {
        self.end()
    }

    fn end(&mut self) -> Vec<Problem> {
        self.desk.clear();
        // One that has fallen has said so itself.
        let _ = self.news.send(News::End);
        self.write(Job::End);
        let Some(writer) = self.writer.take() else { return Vec::new() };
        writer.join().unwrap_or_else(|_| {
            vec![Problem::new("store", "the writer fell; the last changes may not be saved")]
        })
    }
}

impl Drop for Runner {
    /// Whatever brought the end about, what was asked for before is written.
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests;
