//! Loading: all that is stored, each record for its article.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::catalog::{self, Catalog, Found};
use super::home::Home;
use super::{ArticleRef, Store, StoreError, problem};
use crate::io::{Problem, path};
use crate::note::Record;

/// A record with its file.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The file.
    pub file: PathBuf,
    /// What it holds.
    pub record: Record,
    /// Where its article is or was, if the record says so.
    pub location: Option<PathBuf>,
    /// Whether the article was found by its text, its old path being gone: then
    /// [`Store::apply`] without edits makes the new path durable.
    pub moved: bool,
}

/// What was loaded: take out each article's record; what is left has no article in the library.
#[derive(Debug)]
pub struct Loaded {
    data: PathBuf,
    catalogs: HashMap<PathBuf, Catalog>,
    records: BTreeMap<PathBuf, (Home, Record)>,
    problems: Vec<Problem>,
    /// Where the annotations of articles in a folder are.
    homes: HashMap<PathBuf, PathBuf>,
}

impl Store {
    /// Reads all annotations in the data folder, and those in a `.pullquote/` in or above each of
    /// `roots`. Files that cannot be used are problems; the rest goes on.
    pub fn load_all(&mut self, roots: &[PathBuf]) -> Loaded {
        let mut loaded = Loaded {
            data: self.data.clone(),
            catalogs: HashMap::new(),
            records: BTreeMap::new(),
            problems: Vec::new(),
            homes: HashMap::new(),
        };
        loaded.load(&Home::of_data(&self.data));
        for root in roots {
            let root = std::fs::canonicalize(root).unwrap_or_else(|_| root.clone());
            if let Some(home) = Home::above(&root) {
                loaded.load(&home);
            }
        }
        self.catalogs.clone_from(&loaded.catalogs);
        loaded
    }

    /// Reads one article's record as it is now; `None` where it has none.
    ///
    /// # Errors
    ///
    /// Its file cannot be used, or the folder not be listed.
    pub fn read(&mut self, article: &ArticleRef) -> Result<Option<Entry>, StoreError> {
        let home = Home::of(article, &self.data);
        let found = self.found(&home, article)?;
        let (path, moved) = match found {
            Found::Nothing => return Ok(None),
            Found::Unusable(problem) => return Err(StoreError::Unusable(problem)),
            Found::File { path, moved } => (path, moved),
        };
        let (_, record) = catalog::read(&path)?;
        let record = self.restored(&path, record);
        Ok(Some(entry(path, &home, record, moved)))
    }

    /// What there is for an article in its home, as the disk has it now.
    pub(super) fn found(&mut self, home: &Home, article: &ArticleRef) -> Result<Found, StoreError> {
        let catalog = self.catalogs.entry(home.folder.clone()).or_default();
        catalog
            .refresh(home, self.written.as_ref())
            .map_err(StoreError::io(&home.folder, "list the annotations"))?;
        Ok(catalog.find(article))
    }
}

impl Loaded {
    /// Reads a home, unless it was read already.
    fn load(&mut self, home: &Home) {
        if self.catalogs.contains_key(&home.folder) {
            return;
        }
        let mut catalog = Catalog::default();
        match catalog.refresh(home, None) {
            Ok(records) => {
                let records = records.into_iter();
                self.records.extend(records.map(|(file, it)| (file, (home.clone(), it))));
            }
            Err(error) => self.problems.push(problem::unreadable(&home.folder, &error)),
        }
        self.problems.extend(catalog.problems().cloned());
        self.catalogs.insert(home.folder.clone(), catalog);
    }

    /// What could not be used, so far: an article may bring in a `.pullquote/` that was not yet read.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Takes out an article's record; `None` where it has none, or it was taken already.
    ///
    /// # Errors
    ///
    /// Its file cannot be used. The problem is also among [`Self::problems`].
    pub fn take(&mut self, article: &ArticleRef) -> Result<Option<Entry>, Problem> {
        let home = Home::of(article, &self.data);
        self.load(&home);
        let Some(catalog) = self.catalogs.get_mut(&home.folder) else { return Ok(None) };
        match catalog.find(article) {
            Found::Nothing => Ok(None),
            Found::Unusable(problem) => Err(problem),
            Found::File { path, moved } => {
                catalog.claim(&path);
                let record = self.records.remove(&path);
                Ok(record.map(|(home, record)| entry(path, &home, record, moved)))
            }
        }
    }

    /// Takes out the record of the article at a place, whatever its text is now; `None` where it has
    /// none, or it was taken already.
    ///
    /// # Errors
    ///
    /// Its file cannot be used. The problem is also among [`Self::problems`].
    pub fn take_at(&mut self, root: &Path, name: &str) -> Result<Option<Entry>, Problem> {
        let location = Path::new(&path::spelled(root)).join(name);
        let folder = location.parent().unwrap_or(&location);
        if !self.homes.contains_key(folder) {
            let home = Home::above(folder).unwrap_or_else(|| Home::of_data(&self.data));
            self.load(&home);
            self.homes.insert(folder.to_owned(), home.folder);
        }
        let home = self.homes.get(folder);
        let catalog = home.and_then(|home| self.catalogs.get_mut(home));
        let Some(catalog) = catalog else { return Ok(None) };
        let Some(path) = catalog.find_at(&location)? else { return Ok(None) };
        catalog.claim(&path);
        let record = self.records.remove(&path);
        Ok(record.map(|(home, record)| entry(path, &home, record, false)))
    }

    /// Whether there is something left to take, or to say of files that cannot be used.
    #[must_use]
    pub fn has_more(&self) -> bool {
        !self.records.is_empty() || !self.problems.is_empty()
    }

    /// The records that no article has taken, by file.
    pub fn rest(self) -> impl Iterator<Item = Entry> {
        let records = self.records.into_iter();
        records.map(|(path, (home, record))| entry(path, &home, record, false))
    }
}

fn entry(file: PathBuf, home: &Home, record: Record, moved: bool) -> Entry {
    let location = home.location_of(&record.subject);
    Entry { file, record, location, moved }
}

impl Entry {
    /// Whether its article is or was at `path` or under it.
    #[must_use]
    pub fn is_under(&self, path: &Path) -> bool {
        self.location.as_ref().is_some_and(|location| location.starts_with(path))
    }
}
