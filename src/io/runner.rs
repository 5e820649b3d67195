//! The runner: effects in, outcomes out. Nothing here waits for a disk.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use encoding_rs::Encoding;

use super::Problem;
use super::analysis;
use super::answer::Answers;
use super::cache::Cache;
use super::desk::Desk;
use super::finder::{Finder, Search};
use super::library::Library;
use super::loader::{Loader, Word};
use super::place::Keeper;
use super::reader::{self, Request, Wish};
use super::searcher::{self, Searcher};
use super::shelf::Shelf;
use super::store::Store;
use super::survey::Surveyor;
use super::voice::{Gatherer, Gathering, Hearing, Ledger, Listener};
use super::watch::{Means, News, Watcher};
use super::writer::{Job, Writer};
use crate::app::Effect;

/// How long to wait before looking again whether the writer is done.
const PAUSE: Duration = Duration::from_millis(2);
/// How much of what was read may wait to be taken in.
const WAITING: usize = 64;

/// The threads in the background.
#[derive(Debug)]
pub struct Runner {
    jobs: Sender<Job>,
    requests: Sender<Wish>,
    searches: Sender<searcher::Request>,
    /// The generation of the search that counts.
    newest_search: Arc<AtomicU64>,
    anchorings: Sender<Search>,
    choir: Choir,
    writer: Option<JoinHandle<Vec<Problem>>>,
    /// What walks the library, until it is asked to.
    loader: Option<(Loader, Receiver<Word>)>,
    /// Where the loader is told of what it is to know.
    words: SyncSender<Word>,
    /// Where the threads that read the library take what is next.
    desk: Desk,
    news: Sender<News>,
    answers: Answers,
}

/// What listens to voices.
#[derive(Debug)]
struct Choir {
    gatherings: Sender<Gathering>,
    newest_gathering: Arc<AtomicU64>,
    hearings: Sender<Hearing>,
    newest_hearing: Arc<AtomicU64>,
}

impl Choir {
    /// Starts its threads.
    fn start(
        shelf: &Shelf,
        encoding: Option<&'static Encoding>,
        answers: &Answers,
        (cache, roots): (Cache, Vec<PathBuf>),
    ) -> io::Result<Self> {
        let listener = |newest: &Arc<AtomicU64>| Listener {
            shelf: shelf.clone(),
            encoding,
            answers: answers.clone(),
            newest: Arc::clone(newest),
        };
        let (newest_gathering, newest_hearing) = <(Arc<AtomicU64>, Arc<AtomicU64>)>::default();
        let (gatherings, to_gather) = channel();
        let (listening, ledger) = (listener(&newest_gathering), Ledger::default());
        let gatherer = Gatherer { listener: listening, ledger, cache, roots };
        answers.spawn("gatherer", move || gatherer.run(&to_gather))?;
        let (hearings, to_hear) = channel();
        let hearer = listener(&newest_hearing);
        answers.spawn("hearer", move || hearer.hear_all(&to_hear))?;
        Ok(Self { gatherings, newest_gathering, hearings, newest_hearing })
    }

    fn gather(&self, gathering: Gathering) {
        self.newest_gathering.store(gathering.generation, Ordering::Relaxed);
        let _ = self.gatherings.send(gathering);
    }

    fn hear(&self, hearing: Hearing) {
        self.newest_hearing.store(hearing.generation, Ordering::Relaxed);
        let _ = self.hearings.send(hearing);
    }

    fn cancel(&self, gathering: u64, hearing: u64) {
        self.newest_gathering.store(gathering, Ordering::Relaxed);
        self.newest_hearing.store(hearing, Ordering::Relaxed);
    }
}

impl Runner {
    /// Starts the threads. The store is read, with its annotations under `data` and its lock in
    /// `state`; no article is. What is derived is kept in the cache.
    ///
    /// # Errors
    /// The system has no threads to give.
    pub fn start(
        library: Library,
        data: &Path,
        state: &Path,
        keeper: Keeper,
        cache: Cache,
        answers: Answers,
    ) -> io::Result<Self> {
        Self::begin(library, (data, state), (keeper, cache), answers, Means::Told)
    }

    /// As [`Runner::start`], with some means of learning what others change.
    pub(super) fn begin(
        library: Library,
        (data, state): (&Path, &Path),
        (keeper, cache): (Keeper, Cache),
        answers: Answers,
        means: Means,
    ) -> io::Result<Self> {
        // Until an article was opened, nothing waits for it.
        answers.spawn("tables", analysis::prepare)?;
        let shelf = Shelf::default();
        let (jobs, to_write) = channel();
        let (requests, to_read) = channel();
        let (words, to_load) = sync_channel(WAITING);
        let (stored, desk) = (words.clone(), Desk::default());
        let writer = Writer {
            store: Store::open(data, state),
            keeper,
            shelf: shelf.clone(),
            answers: answers.clone(),
            unsaved: BTreeMap::new(),
            early: Some(BTreeSet::new()),
            texts: BTreeMap::new(),
            encoding: library.encoding,
        };
        let roots = library.folders();
        let watcher = Watcher {
            library: library.clone(),
            shelf: shelf.clone(),
            answers: answers.clone(),
            jobs: jobs.clone(),
            store: Store::open(data, state),
            cache: cache.clone(),
        };
        let (news, to_watch) = channel();
        let (ready, awake) = channel();
        let heard = news.clone();
        answers.spawn("watcher", move || {
            watcher.run((heard, &to_watch), means, ready);
        })?;
        let writer = answers.spawn("writer", move || {
            // What changes after it was read is seen only if it is watched by then. Nothing is ever
            // sent: the sender is let go.
            let _: Result<(), _> = awake.recv();
            writer.run(&roots, &stored, &to_write)
        })?;
        let (encoding, for_reader) = (library.encoding, (shelf.clone(), answers.clone()));
        answers.spawn("reader", move || {
            let (shelf, answers) = for_reader;
            reader::run(&to_read, &shelf, encoding, &answers);
        })?;
        let (searches, to_seek) = channel();
        let newest_search = Arc::new(AtomicU64::new(0));
        let seeking = Searcher {
            shelf: shelf.clone(),
            encoding,
            answers: answers.clone(),
            newest: Arc::clone(&newest_search),
        };
        answers.spawn("searcher", move || seeking.run(&to_seek))?;
        let (anchorings, to_find) = channel();
        let (data, for_finder) = (data.to_owned(), (shelf.clone(), answers.clone()));
        answers.spawn("finder", move || {
            let (shelf, answers) = for_finder;
            Finder { data, shelf, encoding, answers }.run(&to_find);
        })?;
        let kept = library.roots_to_keep();
        let kept = kept.iter().map(|(root, _)| root.path().to_path_buf()).collect();
        let choir = Choir::start(&shelf, encoding, &answers, (cache.clone(), kept))?;
        let (answering, writing) = (answers.clone(), jobs.clone());
        let walker = Loader {
            library,
            shelf,
            answers: answering,
            jobs: writing,
            news: news.clone(),
            desk: desk.clone(),
            cache,
        };
        let (writer, loader) = (Some(writer), Some((walker, to_load)));
        Ok(Self {
            jobs,
            requests,
            searches,
            newest_search,
            anchorings,
            choir,
            writer,
            loader,
            words,
            desk,
            news,
            answers,
        })
    }

    /// Sees to an effect, or returns it where it is the terminal's business.
    pub fn run(&mut self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Walk { first } => self.walk(first),
            Effect::Prefer(articles) => self.desk.prefer(articles),
            Effect::StopWork => self.stop_work(),
            Effect::Read { article, generation } => {
                let _ = self.requests.send(Wish::Article(Request { article, generation }));
            }
            Effect::Long { generation, ask, .. } => {
                let _ = self.requests.send(Wish::Long(generation, ask));
            }
            Effect::Search { generation, typed, manner, articles, decided } => {
                self.newest_search.store(generation, Ordering::Relaxed);
                let request = searcher::Request { generation, typed, manner, articles, decided };
                let _ = self.searches.send(request);
            }
            Effect::CancelSearch { generation } => {
                self.newest_search.store(generation, Ordering::Relaxed);
            }
            Effect::GatherVoices { generation, articles, decided } => {
                self.choir.gather(Gathering { generation, articles, decided });
            }
            Effect::HearVoice { generation, articles, names, decided } => {
                self.choir.hear(Hearing { generation, articles, names, decided });
            }
            Effect::CancelVoices { gathering, hearing } => self.choir.cancel(gathering, hearing),
            Effect::Anchor { article, text, sought } => {
                let _ = self.anchorings.send(Search { article, text, sought });
            }
            Effect::KeepText { article, text } => self.write(Job::KeepText(article, text)),
            Effect::Save { ticket, article, annotations, corrected } => {
                self.write(Job::Save { ticket, article, annotations, corrected });
            }
            Effect::KeepPlaces(places) => self.write(Job::KeepPlaces(places)),
            Effect::Export { format, path, articles, overwrite } => {
                self.write(Job::Export { format, path, articles, overwrite });
            }
            Effect::Copy(_) | Effect::Edit(_) | Effect::Redraw | Effect::Suspend | Effect::Quit => {
                return Some(effect);
            }
        }
        None
    }

    fn walk(&mut self, first: Option<(String, String)>) {
        let Some((loader, words)) = self.loader.take() else { return };
        let surveyor = Surveyor {
            desk: self.desk.clone(),
            shelf: loader.shelf.clone(),
            encoding: loader.library.encoding,
            to: self.words.clone(),
        };
        let started = self.answers.spawn("loader", move || loader.run(first, surveyor, &words));
        if let Err(error) = started {
            let problem = Problem::new("library", format!("cannot be walked: {error}"));
            self.answers.give(crate::app::Outcome::Problem(problem.to_string()));
        }
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
