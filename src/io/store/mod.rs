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
}

#[cfg(test)]
mod tests;
