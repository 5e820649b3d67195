//! The store: where annotations live on disk, one file an article.
//!
//! [`Store::load_all`] reads it, tolerant of what is broken; [`Store::apply`] changes one article's
//! file and returns only when the change is durable. Both are synchronous: the command line calls
//! them as they are, the reader from its writer thread.

mod article;
mod catalog;
mod home;
mod load;
mod lock;
mod problem;
mod save;
mod suspect;
mod text;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use catalog::Catalog;
use home::Home;

pub use article::ArticleRef;
pub use load::{Entry, Loaded};
pub use problem::StoreError;
pub use save::{Edit, Saved};
pub use text::Texts;

/// The store of one data folder, and of each `.pullquote/` that articles live under.
#[derive(Debug)]
pub struct Store {
    data: PathBuf,
    state: PathBuf,
    /// How long another instance may take for its save.
    patience: Duration,
    /// What is known of each folder of annotations.
    catalogs: HashMap<PathBuf, Catalog>,
}

impl Store {
    /// The store with its annotations under `data` and its lock in `state`. Nothing is read or made
    /// yet.
    #[must_use]
    pub fn open(data: &Path, state: &Path) -> Self {
        Self {
            data: data.to_owned(),
            state: state.to_owned(),
            patience: Duration::from_secs(5),
            catalogs: HashMap::new(),
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
}

#[cfg(test)]
mod tests;
