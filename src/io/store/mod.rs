//! The store: where annotations live on disk, one file an article.
//!
//! [`Store::load_all`] reads it, tolerant of what is broken; [`Store::apply`] changes one article's
//! file and returns only when the change is durable. Both are synchronous: the command line calls
//! them as they are, the reader from its writer thread.

mod article;
mod backup;
mod catalog;
mod doctor;
mod exchange;
mod home;
mod journal;
mod load;
mod lock;
mod problem;
mod recover;
mod salvage;
mod save;
mod suspect;
mod text;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use catalog::{Catalog, Parsed};
use home::Home;
pub(in crate::io) use home::MARK;
use journal::Journal;

use crate::note::{Record, sha256};

pub use article::ArticleRef;
pub use doctor::{Ailment, Finding, Survey};
pub use load::{Entry, Loaded};
pub use problem::StoreError;
pub use save::{Edit, Saved};
pub use text::Texts;

/// After so long whoever has the store is told again what one of its files says.
const AGAIN: Duration = Duration::from_secs(5);

/// The store of one data folder, and of each `.pullquote/` that articles live under.
#[derive(Debug)]
pub struct Store {
    data: PathBuf,
    state: PathBuf,
    /// How long another instance may take for its save.
    patience: Duration,
    /// What is known of each folder of annotations.
    catalogs: HashMap<PathBuf, Catalog>,
    journal: Journal,
    /// What is put into the names of temporary files: it tells by which state folder's lock they were
    /// written.
    mark: String,
    /// What this instance has written, by file.
    known: HashMap<PathBuf, Record>,
    /// The text that was written last, and what it says: reading it again takes no parsing.
    written: Option<Parsed>,
    /// The file that it was written to, while whoever has this store knows all that it says, and since when.
    told: Option<(PathBuf, Instant)>,
    /// Files of which it is not known whether what they say is durable.
    unsure: BTreeSet<PathBuf>,
    /// The folders of annotations in which what was left behind has been merged in.
    recovered: BTreeSet<PathBuf>,
    /// Whether the journals left behind have been.
    took_journals: bool,
}

impl Store {
    /// The store with its annotations under `data`, its lock and its journal in `state`. Nothing is
    /// read or made yet.
    #[must_use]
    pub fn open(data: &Path, state: &Path) -> Self {
        Self {
            data: data.to_owned(),
            state: state.to_owned(),
            patience: Duration::from_secs(30),
            catalogs: HashMap::new(),
            journal: Journal::new(state),
            mark: mark(state),
            known: HashMap::new(),
            written: None,
            told: None,
            unsure: BTreeSet::new(),
            recovered: BTreeSet::new(),
            took_journals: false,
        }
    }

    /// The folder of annotations in the data folder, whether or not it is there yet.
    pub(in crate::io) fn folder(&self) -> PathBuf {
        Home::of_data(&self.data).folder
    }

    /// The folder of annotations on articles in `folder` (absolute), whether or not it is there yet.
    pub(in crate::io) fn folder_of(&self, folder: &Path) -> PathBuf {
        Home::above(folder).map_or_else(|| self.folder(), |home| home.folder)
    }

    /// Whether this is what a file says by what this instance has written or was [told](Self::tell), not too
    /// long ago: what was passed over then comes again.
    #[must_use]
    pub fn has_told(&self, file: &Path, text: &str) -> bool {
        let told =
            self.told.as_ref().is_some_and(|(told, at)| told == file && at.elapsed() < AGAIN);
        told && self.is_written(text)
    }

    /// Whoever has this store knows now what a file says, or that there is something about it; absent
    /// where it is no text.
    pub fn tell(&mut self, file: &Path, text: Option<&str>) {
        if text.is_some_and(|text| self.is_written(text)) {
            self.told = Some((file.to_owned(), Instant::now()));
        } else {
            self.told = self.told.take().filter(|(told, _)| told != file);
        }
    }

    fn is_written(&self, text: &str) -> bool {
        self.written.as_ref().is_some_and(|(written, _)| written == text)
    }
}

fn mark(state: &Path) -> String {
    let state = std::path::absolute(state).unwrap_or_else(|_| state.to_owned());
    let hash = sha256(&home::reversible(&state));
    hash.chars().take(8).chain(['-']).collect()
}

#[cfg(test)]
mod tests;
