//! Where a person was in each library, and which library was open last.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic::{self, Access};
use super::library::{Library, PIPED};
use super::{Problem, path};
use crate::app::Places;
use crate::note::sha256;

/// The library that was open last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// Its files and folders, absolute; none for the sample.
    pub paths: Vec<String>,
}

/// What keeps places.
#[derive(Debug)]
pub struct Keeper {
    /// The places of this library.
    file: PathBuf,
    /// The library that was open last.
    last_file: PathBuf,
    /// This library, until that is on the disk; none where it cannot be opened again.
    last: Option<Last>,
    /// Whether a failure was reported: once is enough.
    failed: bool,
}

/// The library that was open last, if there was one. What cannot be read is a problem.
///
/// # Errors
/// The file is there and cannot be read or understood.
pub fn load_last(state: &Path) -> Result<Option<Last>, Problem> {
    read(&last_file(state))
}

fn last_file(state: &Path) -> PathBuf {
    state.join("last.toml")
}

impl Keeper {
    /// What keeps the places of `library` in the state folder.
    #[must_use]
    pub fn new(state: &Path, library: &Library) -> Self {
        let roots = library.roots();
        let name: String = sha256(&roots.join("\n")).chars().take(16).collect();
        Self {
            file: state.join("library").join(format!("{name}.toml")),
            last_file: last_file(state),
            last: last(library),
            failed: false,
        }
    }

    /// Where a person was, and what can be undone. A file that cannot be used is set aside, and that is
    /// a problem.
    #[must_use]
    pub fn load(&self) -> (Places, Option<Problem>) {
        let (places, problem) = self.load_places();
        // What could be undone is no more than a convenience.
        let history = fs::read(self.history()).ok();
        let history = history.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        (Places { history, ..places }, problem)
    }

    /// The file with what can be undone.
    fn history(&self) -> PathBuf {
        self.file.with_extension("undo.json")
    }

    fn load_places(&self) -> (Places, Option<Problem>) {
        match read(&self.file) {
            Ok(places) => (places.unwrap_or_default(), None),
            Err(problem) => {
                let aside = self.file.with_extension("toml.broken");
                let what = match fs::rename(&self.file, &aside) {
                    Ok(()) => format!("{}; set aside as {}", problem.what, path::spelled(&aside)),
                    Err(_) => problem.what.clone(),
                };
                (Places::default(), Some(Problem { what, ..problem }))
            }
        }
    }

    /// Makes places durable, and, where the library is `worth` opening again, which it is. The file
    /// and error of a failure are returned the first time.
    pub(super) fn keep(&mut self, places: &Places, worth: bool) -> Option<(PathBuf, io::Error)> {
        let mut failure = write(&self.file, places).err().map(|error| (self.file.clone(), error));
        if let Some(history) = &places.history {
            let file = self.history();
            let bytes = serde_json::to_vec(history).map_err(io::Error::other);
            let written = bytes.and_then(|bytes| write_bytes(&file, &bytes));
            failure = failure.or(written.err().map(|error| (file, error)));
        }
        if worth && let Some(last) = &self.last {
            match write(&self.last_file, last) {
                Ok(()) => self.last = None,
                Err(error) => failure = failure.or(Some((self.last_file.clone(), error))),
            }
        }
        let first = !self.failed;
        self.failed |= failure.is_some();
        failure.filter(|_| first)
    }
}

/// How a library is remembered: not at all where it came through a pipe, or cannot be spelled.
fn last(library: &Library) -> Option<Last> {
    if library.is_sample() {
        return Some(Last::default());
    }
    let whole = library.paths.iter().map(|path| {
        let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok()?;
        whole.into_os_string().into_string().ok()
    });
    let piped = library.roots().iter().any(|root| root == PIPED);
    whole.collect::<Option<Vec<String>>>().filter(|_| !piped).map(|paths| Last { paths })
}

fn read<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<Option<T>, Problem> {
    let place = || path::spelled(file);
    match fs::read_to_string(file) {
        Ok(text) => toml::from_str(&text).map(Some).map_err(|error| {
            let line = error.span().map(|span| line_of(&text, span.start));
            Problem::new(place(), error.message().to_owned()).at(line)
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Problem::unreadable(place(), &error)),
    }
}

/// The line that a byte stands in, from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1
}

fn write<T: Serialize>(file: &Path, value: &T) -> io::Result<()> {
    let text = toml::to_string(value).map_err(io::Error::other)?;
    write_bytes(file, text.as_bytes())
}

fn write_bytes(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        atomic::create_folders(folder, Access::Private)?;
    }
    atomic::write(file, bytes, Access::Private)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{KeptChange, KeptHistory, Place, SavedSearch};
    use crate::io::walk::Manner;

    fn library(paths: &[&Path]) -> Library {
        let paths = paths.iter().map(|path| path.to_path_buf()).collect();
        Library { paths, manner: Manner::default(), encoding: None }
    }

    fn places() -> Places {
        let marks = [('a', 3), ('Ü', 4)].into();
        let (root, name) = ("/r".to_owned(), "a\"b\n.txt".to_owned());
        let long = true;
        let place = Place { root, name, cursor: 7, top: 5, furthest: 9, read: true, long, marks };
        let searches = vec![
            SavedSearch { query: "a \"b\"".to_owned(), word: true, expression: false },
            SavedSearch::default(),
        ];
        let (open, sort, articles) = (Some(0), "title".to_owned(), vec![place]);
        Places { open, sort, articles, searches, history: None }
    }

    #[test]
    fn places_come_back_by_library() {
        let state = tempfile::tempdir().unwrap();
        let mut keeper = Keeper::new(state.path(), &library(&[state.path()]));
        assert_eq!(keeper.load().0, Places::default());
        assert!(keeper.keep(&places(), true).is_none());
        assert_eq!(keeper.load(), (places(), None));
        // What can be undone stays where it did not change.
        let change = KeptChange { name: "a.txt".to_owned(), ..KeptChange::default() };
        let history = Some(KeptHistory { done: vec![change], undone: Vec::new() });
        let with_history = Places { history, ..places() };
        assert!(keeper.keep(&with_history, true).is_none());
        assert!(keeper.keep(&places(), true).is_none());
        assert_eq!(keeper.load(), (with_history, None));
        let other = Keeper::new(state.path(), &library(&[]));
        assert_eq!(other.load().0, Places::default());
        let last = load_last(state.path()).unwrap().unwrap();
        let whole = fs::canonicalize(state.path()).unwrap();
        assert_eq!(last.paths, [whole.to_str().unwrap()]);
    }

    #[test]
    fn what_cannot_be_opened_again_is_not_remembered() {
        let state = tempfile::tempdir().unwrap();
        for (paths, worth) in [(&[Path::new("-")][..], true), (&[], false)] {
            let mut keeper = Keeper::new(state.path(), &library(paths));
            assert!(keeper.keep(&places(), worth).is_none());
            assert_eq!(load_last(state.path()).unwrap(), None);
        }
    }

    #[test]
    fn a_broken_file_is_set_aside() {
        let state = tempfile::tempdir().unwrap();
        let keeper = Keeper::new(state.path(), &library(&[]));
        fs::create_dir(state.path().join("library")).unwrap();
        fs::write(&keeper.file, "sort = \"title\"\nopen = [\n").unwrap();
        let (places, problem) = keeper.load();
        assert_eq!(places, Places::default());
        assert!(problem.unwrap().what.contains("set aside as"));
        assert!(!keeper.file.exists() && keeper.file.with_extension("toml.broken").exists());
    }
}
