//! What can be wrong with the store, said so that a person can mend it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::note::FileError;

/// A file or folder of the store that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder.
    pub file: PathBuf,
    /// The line, from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub advice: &'static str,
}

impl Problem {
    pub(super) fn broken(file: &Path, error: &FileError) -> Self {
        let advice = match error {
            FileError::Broken { .. } => "mend it in an editor; until then it is left as it is",
            FileError::Newer { .. } => "open it with that version; until then it is left as it is",
        };
        Self { file: file.to_owned(), line: Some(error.line()), reason: error.reason(), advice }
    }

    pub(super) fn unreadable(file: &Path, error: &io::Error) -> Self {
        let (reason, advice) = match error.kind() {
            io::ErrorKind::InvalidData => (
                "it is not UTF-8".to_owned(),
                "mend it in an editor; until then it is left as it is",
            ),
            _ => (error.to_string(), "make it readable; until then it is left as it is"),
        };
        Self { file: file.to_owned(), line: None, reason, advice }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}; {}", self.reason, self.advice)
    }
}

/// Why an edit was not saved. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The article's file cannot be read or parsed, so it is not written either.
    #[error("{0}")]
    Unusable(Problem),
    /// Another instance has held the store's lock for too long.
    #[error("{}: another pullquote is saving and does not finish; is one suspended?", .0.display())]
    Locked(PathBuf),
    /// What would be written would not say what it should. This is a fault of ours.
    #[error("{}: what was to be saved did not read back the same, so it was not written", .0.display())]
    NotTheSame(PathBuf),
    /// The system refused.
    #[error("{}: cannot {doing}: {source}", place.display())]
    Io {
        /// The file or folder.
        place: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl StoreError {
    /// Turns an IO error at `place` into one of the store's.
    pub(super) fn io(place: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        let place = place.to_owned();
        move |source| Self::Io { place, doing, source }
    }
}
