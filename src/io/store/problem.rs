//! What can be wrong with the store, said so that a person can mend it.

use std::io;
use std::path::{Path, PathBuf};

use crate::io::Problem;
use crate::note::FileError;

/// A file that is not what the format asks for.
pub(super) fn broken(file: &Path, error: &FileError) -> Problem {
    let advice = match error {
        FileError::Broken { .. } => "mend it in an editor; until then it is left as it is",
        FileError::Newer { .. } => "open it with that version; until then it is left as it is",
    };
    let what = format!("{}; {advice}", error.reason());
    Problem::new(place(file), what).at(Some(error.line()))
}

/// A file or folder that the system would not let us read.
pub(super) fn unreadable(file: &Path, error: &io::Error) -> Problem {
    Problem::new(place(file), format!("{error}; make it readable; until then it is left as it is"))
}

/// A file that holds no text.
pub(super) fn no_text(file: &Path) -> Problem {
    let advice = "mend it in an editor; until then it is left as it is";
    Problem::new(place(file), format!("it is not UTF-8; {advice}"))
}

/// A file that another program keeps changing.
pub(super) fn changing(file: &Path) -> Problem {
    Problem::new(place(file), "another program keeps changing it; close it there")
}

fn place(file: &Path) -> String {
    file.display().to_string()
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
    /// Whenever the file was to be written, somebody else had written it before.
    #[error("{}: another program keeps changing it; close it there", .0.display())]
    Contended(PathBuf),
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
