//! The runner: effects in, outcomes out. Nothing here waits for a disk.

mod crew;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Problem;
use super::analysis::Analysis;
use super::anchor::Anchoring;
use super::answer::Answers;
use super::cache::Cache;
use super::desk::Desk;
use super::library::Library;
use super::loader::{Loader, Word};
use super::long::Ahead;
use super::next::{Next, Ready};
use super::place::Keeper;
use super::reader::{self, Shown, Wish};
use super::searcher::Request;
use super::shelf::Shelf;
use super::store::Store;
use super::survey::Surveyor;
use super::voice::{Gathering, Hearing};
use super::watch::{Means, News, Watcher};
use super::worker::{Latest, Worker};
use super::writer::{Held, Job, Writer};
use crate::app::{Effect, Outcome, Surveyed};
use crate::corpus::ArticleId;

/// How long to wait before looking again whether the writer is done.
const PAUSE: Duration = Duration::from_millis(2);
/// How long what can wait is put off.
const PUT_OFF: Duration = Duration::from_millis(10);
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

/// What comes of an effect right away.
#[derive(Debug, Default)]
pub struct Sequel {
    /// What is known already, in order.
    pub known: Vec<Outcome>,
    /// The effect itself, where it is the terminal's business.
    pub rest: Option<Effect>,
}

/// What is asked for only once the frame is on the screen: whoever is woken takes time away from it, and
/// from the terminal.
#[derive(Debug, Default)]
struct PutOff {
    /// Whether what is shown of an article is still so.
    shown: Option<reader::Request>,
    /// The article that may be opened next.
    next: Option<ArticleId>,
    /// When to go on with it, where there is any.
    until: Option<Instant>,
}

/// The threads in the background.
#[derive(Debug)]
pub struct Runner {
    jobs: Sender<Job>,
    /// What keeps the store, until it is started.
    keeping: Option<Keeping>,
    writer: Option<JoinHandle<Vec<Problem>>>,
    reader: Worker<Wish>,
    /// What was read in case it is opened, and whose it is.
    next: Next,
    shelf: Shelf,
    foreseer: Worker<ArticleId>,
    put_off: PutOff,
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
            crew::reader((&shelf, ahead), library.encoding, &answers),
            crew::anchorer(&shelf, library.encoding, &answers, data),
            crew::searcher(&shelf, library.encoding, &answers),
        );
        let gatherer = crew::gatherer(&shelf, &library, &answers, &cache);
        let hearer = crew::hearer(&shelf, library.encoding, &answers);
        let loader = Loader {
            library,
            shelf: shelf.clone(),
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
            next,
            shelf,
            foreseer,
            put_off: PutOff::default(),
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

    /// Sees to an effect.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn run(&mut self, effect: Effect) -> Result<Sequel, Problem> {
        let mut known = Vec::new();
        let started = match effect {
            Effect::Walk { first } => self.walk(first),
            Effect::Read { article, generation } => {
                let request = |shown| reader::Request { article, generation, shown };
                if let Some(ready) = self.next.take(article) {
                    self.put_off.shown = Some(request(Some(Shown(ready.stamp))));
                    known = self.show(ready, article, generation);
                    Ok(())
                } else {
                    self.put_off.shown = None;
                    self.reader.send(Wish::Article(request(None)))
                }
            }
            Effect::Foresee(article) => {
                self.put_off.next = Some(article);
                Ok(())
            }
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
            effect => return Ok(Sequel { known, rest: self.turn(effect) }),
        };
        if self.put_off.shown.is_some() || self.put_off.next.is_some() {
            self.put_off.until.get_or_insert_with(|| Instant::now() + PUT_OFF);
        }
        started.map(|()| Sequel { known, rest: None }).map_err(|error| no_thread(&error))
    }

    /// Hears that a key has come: nobody but who answers it needs the cores now.
    pub fn hush(&self) {
        self.desk.hush();
    }

    /// When there is something to [go on](Self::go_on) with.
    #[must_use]
    pub const fn put_off_until(&self) -> Option<Instant> {
        self.put_off.until
    }

    /// Goes on with what was put off, where it is time for that by `now`.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn go_on(&mut self, now: Instant) -> Result<(), Problem> {
        if self.put_off.until.is_none_or(|until| now < until) {
            return Ok(());
        }
        let PutOff { shown, next, .. } = std::mem::take(&mut self.put_off);
        let shown = shown.map_or(Ok(()), |request| self.reader.send(Wish::Article(request)));
        let next = next.map_or(Ok(()), |article| self.foreseer.send(article));
        shown.and(next).map_err(|error| no_thread(&error))
    }

    /// Shows an article that was made ready before.
    fn show(&self, ready: Ready, article: ArticleId, generation: u64) -> Vec<Outcome> {
        let Ready { text, digest, analysis, .. } = ready;
        let Analysis { quotations, names, unread } = analysis;
        let described = self.shelf.reread(article, digest.sha256, || digest);
        let described = described.map(|digest| {
            let described = vec![(article, digest)];
            Outcome::Surveyed(Surveyed { described, judged: Vec::new() })
        });
        let opened = Outcome::Opened { article, generation, text, quotations, names };
        let unread = unread.map(|it| Outcome::Problem(it.to_string()));
        [Some(opened), described, unread].into_iter().flatten().collect()
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

fn no_thread(error: &io::Error) -> Problem {
    Problem::new("threads", format!("the system gives no more: {error}"))
}

impl Drop for Runner {
    /// Whatever brought the end about, what was asked for before is written.
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests;
