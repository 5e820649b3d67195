//! The watcher: hears of what others change in the library and in the store while both are open.
//!
//! The system tells it that something stirred; it then looks for itself what that was, so that no
//! event that was lost or came twice makes a difference. Where the system does not tell, it looks from
//! time to time at the open article and at the store. What the store holds now is read by the writer,
//! so that it comes in one order with what this instance saves.

mod census;
mod eye;
mod ledger;
mod moves;
mod relisted;
mod remote;
mod round;
mod stamp;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::answer::Answers;
use super::cache::Cache;
use super::library::Library;
use super::shelf::Shelf;
use super::store::Store;
use super::writer::Job;
use crate::corpus::ArticleId;
use eye::{Eye, Stirred};
use ledger::Ledger;

pub(super) use census::Census;
use census::Seen;
pub(super) use eye::Means;
pub use stamp::Stamp;

/// How long to wait for what else comes with a change: whoever writes a file does more than one thing.
const SETTLING: Duration = Duration::from_millis(120);
/// A library that changes all the time is looked through for one part in so many of that.
const REST: u32 = 10;

/// What the watcher hears.
#[derive(Debug)]
pub(super) enum News {
    /// Something stirred.
    Stirred,
    /// The library was listed: the folders in it. The sender is let go when nothing that changes in the
    /// store from then on goes unseen, in a `.pullquote/` among these folders either.
    Listed(Vec<PathBuf>, Sender<()>),
    /// The library was read, and what was found.
    Walked(Box<Census>),
    /// Nobody is interested any more.
    End,
}

/// What watches.
#[derive(Debug)]
pub(super) struct Watcher {
    pub(super) library: Library,
    pub(super) shelf: Shelf,
    pub(super) answers: Answers,
    /// Where the writer takes what it is to read again.
    pub(super) jobs: Sender<Job>,
    /// To find what is stored of new articles; nothing is written through it.
    pub(super) store: Store,
    pub(super) cache: Cache,
}

/// Nobody listens any more.
struct Unheard;

/// A watcher at work.
struct Watch {
    watcher: Watcher,
    eye: Eye,
    ledger: Ledger,
    /// The folders of the library, once they are known.
    folders: Vec<PathBuf>,
    /// None until the library was read.
    census: Option<Census>,
    /// The articles whose files the last look missed.
    missed: BTreeSet<ArticleId>,
    /// What stirred and was not yet looked at.
    stirred: Stirred,
    /// The library is not looked through again before then.
    rested: Instant,
}

impl Watcher {
    /// Watches until nobody is interested. `ready` hears of it when nothing that changes in the store
    /// from then on goes unseen.
    pub(super) fn run(
        self,
        news: (Sender<News>, &Receiver<News>),
        means: Means,
        ready: Sender<()>,
    ) {
        let (sender, news) = news;
        let folders = self.library.folders();
        let store = folders.iter().map(|folder| self.store.folder_of(folder));
        let store: BTreeSet<PathBuf> = store.chain([self.store.folder()]).collect();
        let mut eye = Eye::new(sender, means);
        eye.watch(&[], &store);
        let ledger = Ledger::of(store);
        drop(ready);
        let (stirred, rested) = (Stirred::default(), Instant::now());
        let (folders, census, missed) = (Vec::new(), None, BTreeSet::new());
        let mut watch =
            Watch { watcher: self, eye, ledger, folders, census, missed, stirred, rested };
        // Whoever no longer listens has no use for more.
        let _ = watch.go_on(news);
    }
}

impl Watch {
    fn go_on(&mut self, news: &Receiver<News>) -> Result<(), Unheard> {
        loop {
            match self.next(news) {
                Some(News::End) => return Ok(()),
                Some(News::Listed(folders, ready)) => self.watch_all(folders, ready),
                Some(News::Walked(census)) => self.begin(*census)?,
                Some(News::Stirred) => {
                    thread::sleep(SETTLING);
                    self.note(self.eye.take());
                }
                None => self.look_unasked(),
            }
            self.look()?;
        }
    }

    /// Waits for news; `None` where it is time to look again.
    fn next(&self, news: &Receiver<News>) -> Option<News> {
        let rest = self.rested.saturating_duration_since(Instant::now());
        let rest = (self.stirred.library && self.census.is_some()).then_some(rest);
        let Some(patience) = [rest, self.eye.patience()].into_iter().flatten().min() else {
            return Some(news.recv().unwrap_or(News::End));
        };
        match news.recv_timeout(patience) {
            Ok(news) => Some(news),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(News::End),
        }
    }

    fn note(&mut self, stirred: Stirred) {
        self.stirred.library |= stirred.library;
        self.stirred.store |= stirred.store;
    }

    /// Looks where the system may not have told.
    fn look_unasked(&mut self) {
        if self.eye.patience().is_some() {
            self.stirred.store = true;
            self.stirred.library |= self.open_article_stirred();
        }
    }

    fn open_article_stirred(&self) -> bool {
        let Some(census) = &self.census else { return false };
        let open = self.watcher.shelf.open_file();
        open.is_some_and(|(article, file)| match census.seen(article) {
            Seen::As(known) => Stamp::of(&file) != Some(known),
            Seen::Gone => Stamp::of(&file).is_some(),
            Seen::Never => census.is_other_volume(&file, Stamp::of(&file)),
        })
    }

    /// Watches a library that was listed, and what the store has in it.
    fn watch_all(&mut self, folders: Vec<PathBuf>, ready: Sender<()>) {
        self.folders = folders;
        let before = self.ledger.folders.clone();
        self.watch();
        self.ledger.begin(&(&self.ledger.folders - &before));
        drop(ready);
    }

    /// Begins with a library that was read. What changed since then is found at once.
    fn begin(&mut self, census: Census) -> Result<(), Unheard> {
        self.census = Some(census);
        if self.watcher.library.is_sample() {
            return Ok(());
        }
        self.stirred.library = true;
        self.look()
    }

    /// Looks where something stirred.
    fn look(&mut self) -> Result<(), Unheard> {
        while std::mem::take(&mut self.stirred.store) {
            self.look_at_store();
        }
        if self.stirred.library && self.census.is_some() && self.rested <= Instant::now() {
            self.stirred.library = false;
            let began = Instant::now();
            self.look_at_library()?;
            self.rested = Instant::now() + began.elapsed() * REST;
        }
        Ok(())
    }

    /// Has the writer read again what changed in the store.
    fn look_at_store(&mut self) {
        self.watch();
        for file in self.ledger.changes() {
            // A writer that has fallen has said so itself.
            let _ = self.watcher.jobs.send(Job::Refresh(file));
        }
    }

    /// Watches what there is to watch now: folders come and go.
    fn watch(&mut self) {
        let homes = self.folders.iter().map(|folder| self.watcher.store.folder_of(folder));
        self.ledger.folders.extend(homes);
        let unseen = self.eye.watch(&self.folders, &self.ledger.folders);
        self.note(unseen);
    }
}

#[cfg(test)]
mod tests;
