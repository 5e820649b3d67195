//! Where a person was: kept by library, restored in the next run.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::order::Sort;

/// What an article's place is kept under: its root and its name.
pub(super) type PlaceKey = (String, String);

/// Where a person was in one article. Offsets count scalar values of canonical text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The folder that the name is relative to.
    pub root: String,
    /// The article's name.
    pub name: String,
    /// Where the cursor was.
    #[serde(default)]
    pub cursor: usize,
    /// What stood first on the screen.
    #[serde(default)]
    pub top: usize,
    /// How far it has been read.
    #[serde(default)]
    pub furthest: usize,
    /// Whether it counts as read.
    #[serde(default)]
    pub read: bool,
    /// Marks by their letter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: BTreeMap<char, usize>,
}

/// A change that can be undone, or redone, in the next run. The annotations are as
/// [`annotation_text`](crate::note::file::annotation_text) writes them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptChange {
    /// The folder that the article's name is relative to.
    pub root: String,
    /// The article's name.
    pub name: String,
    /// The annotation before.
    #[serde(default)]
    pub before: Option<String>,
    /// The annotation after.
    #[serde(default)]
    pub after: Option<String>,
}

/// What can be undone and redone in the next run, the next to be so last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptHistory {
    /// What was done.
    pub done: Vec<KeptChange>,
    /// What was undone.
    pub undone: Vec<KeptChange>,
}

/// Where a person was in a library.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// The article that was open: an index into `articles`.
    #[serde(default)]
    pub open: Option<usize>,
    /// How the list was sorted, by [`Sort::name`](super::Sort::name).
    #[serde(default)]
    pub sort: String,
    /// Every article that a person was in.
    #[serde(default, rename = "article")]
    pub articles: Vec<Place>,
    /// What can be undone, where that has changed; it is kept in a file of its own.
    #[serde(skip)]
    pub history: Option<KeptHistory>,
}

/// Where a person was, and since when the disk does not know it.
#[derive(Debug, Default)]
pub struct PlaceKeeper {
    /// The article that was open.
    pub open: Option<PlaceKey>,
    /// Every place known, those of articles that this run has not found among them.
    pub known: BTreeMap<PlaceKey, Place>,
    /// When places changed that are not yet on the disk.
    pub changed: Option<Timestamp>,
    /// What earlier runs have left to undo, until all articles are found.
    pub(super) left: Option<KeptHistory>,
    /// The version of the history that was kept last.
    pub(super) kept_version: u64,
}

impl PlaceKeeper {
    /// Takes in what the last run kept.
    #[must_use]
    pub fn restored(places: Places) -> Self {
        let key = |place: &Place| (place.root.clone(), place.name.clone());
        let open = places.open.and_then(|at| places.articles.get(at)).map(key);
        let known = places.articles.into_iter().map(|place| (key(&place), place)).collect();
        Self { open, known, changed: None, left: places.history, kept_version: 0 }
    }

    /// All of it, as the disk keeps it.
    #[must_use]
    pub fn snapshot(&self, sort: Sort) -> Places {
        let open =
            self.open.as_ref().and_then(|open| self.known.keys().position(|key| key == open));
        let named = |((root, name), place): (&PlaceKey, &Place)| Place {
            root: root.clone(),
            name: name.clone(),
            ..place.clone()
        };
        let articles = self.known.iter().map(named).collect();
        Places { open, sort: sort.name().to_owned(), articles, history: None }
    }
}
