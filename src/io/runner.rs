//! The runner: effects in, outcomes out. Nothing here waits for a disk.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::Problem;
use super::answer::Answers;
use super::finder::{Finder, Search};
use super::library::Library;
use super::loader::Loader;
use super::place::Keeper;
use super::reader::{self, Request};
use super::shelf::Shelf;
use super::store::{Loaded, Store};
use super::writer::{Job, Writer};
use crate::app::Effect;

/// The threads in the background.
#[derive(Debug)]
pub struct Runner {
    jobs: Sender<Job>,
    requests: Sender<Request>,
    searches: Sender<Search>,
    writer: Option<JoinHandle<Vec<Problem>>>,
    /// What walks the library, until it is asked to.
    loader: Option<(Loader, Receiver<Loaded>)>,
    answers: Answers,
}

impl Runner {
    /// Starts the threads. The store is read, with its annotations under `data` and its lock in
    /// `state`; no article is.
    ///
    /// # Errors
    /// The system has no threads to give.
    pub fn start(
        library: Library,
        data: &Path,
        state: &Path,
        keeper: Keeper,
        answers: Answers,
    ) -> io::Result<Self> {
        let shelf = Shelf::default();
        let (jobs, to_write) = channel();
        let (requests, to_read) = channel();
        let (stored, notes) = channel();
        let writer = Writer {
            store: Store::open(data, state),
            keeper,
            shelf: shelf.clone(),
            answers: answers.clone(),
            unsaved: BTreeMap::new(),
            texts: BTreeMap::new(),
            encoding: library.encoding,
        };
        let roots = library.folders();
        let writer = answers.spawn("writer", move || writer.run(&roots, &stored, &to_write))?;
        let (encoding, for_reader) = (library.encoding, (shelf.clone(), answers.clone()));
        answers.spawn("reader", move || {
            let (shelf, answers) = for_reader;
            reader::run(&to_read, &shelf, encoding, &answers);
        })?;
        let (searches, to_find) = channel();
        let (data, for_finder) = (data.to_owned(), (shelf.clone(), answers.clone()));
        answers.spawn("finder", move || {
            let (shelf, answers) = for_finder;
            Finder { data, shelf, answers }.run(&to_find);
        })?;
        let walker = Loader { library, shelf, answers: answers.clone(), jobs: jobs.clone() };
        let (writer, loader) = (Some(writer), Some((walker, notes)));
        Ok(Self { jobs, requests, searches, writer, loader, answers })
    }

    /// Sees to an effect, or returns it where it is the terminal's business.
    pub fn run(&mut self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Walk => self.walk(),
            Effect::Read { article, generation } => {
                let _ = self.requests.send(Request { article, generation });
            }
            Effect::Anchor { article, text, sought } => {
                let _ = self.searches.send(Search { article, text, sought });
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

    fn walk(&mut self) {
        let Some((loader, notes)) = self.loader.take() else { return };
        let started = self.answers.spawn("loader", move || loader.run(&notes));
        if let Err(error) = started {
            let problem = Problem::new("library", format!("cannot be walked: {error}"));
            self.answers.give(crate::app::Outcome::Problem(problem.to_string()));
        }
    }

    /// A writer that has fallen takes nothing more; it has said so itself.
    fn write(&self, job: Job) {
        let _ = self.jobs.send(job);
    }

    /// Waits until all that was asked for is on the disk; what is not, and why.
    #[must_use]
    pub fn finish(mut self) -> Vec<Problem> {
        self.end()
    }

    fn end(&mut self) -> Vec<Problem> {
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
