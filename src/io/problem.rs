//! What went wrong outside, where, and what can be done about it.

use std::fmt;
use std::io;

use super::path;
use super::store::StoreError;
use crate::config;

/// Something that was not done, in words for a person. The rest goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problem {
    /// The file, folder or option, as the person named it.
    pub place: String,
    /// The line in the file, from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub what: String,
    /// Whether all is well and this is said for completeness only.
    pub remark: bool,
}

impl Problem {
    /// Something wrong in a place.
    pub fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), line: None, what: what.into(), remark: false }
    }

    /// Something that is as it should be, but might surprise.
    pub fn remark(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { remark: true, ..Self::new(place, what) }
    }

    /// The same at a line of the place, from 1.
    #[must_use]
    pub fn at(self, line: Option<usize>) -> Self {
        Self { line, ..self }
    }

    /// A file or folder that the system would not let us read.
    pub fn unreadable(place: impl Into<String>, error: &io::Error) -> Self {
        let what = match error.kind() {
            io::ErrorKind::NotFound => "no such file or folder; check the path".to_owned(),
            io::ErrorKind::PermissionDenied => {
                "permission denied; make it readable to you, or leave it out".to_owned()
            }
            _ => format!("cannot be read ({error}); leave it out, or try again"),
        };
        Self::new(place, what)
    }
}

impl From<config::Problem> for Problem {
    fn from(problem: config::Problem) -> Self {
        Self::new(problem.source, problem.message).at(usize::try_from(problem.line).ok())
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unusable(problem) => problem,
            StoreError::Locked(place) => {
                let what = "another pullquote is saving and does not finish; is one suspended?";
                Self::new(path::spelled(&place), what)
            }
            StoreError::NotTheSame(place) => {
                let what = "what was to be saved did not read back the same; nothing was written";
                Self::new(path::spelled(&place), what)
            }
            StoreError::Contended(place) => {
                let what = "another program keeps changing it; close it there";
                Self::new(path::spelled(&place), what)
            }
            StoreError::Io { place, doing, source } => {
                Self::new(path::spelled(&place), format!("cannot {doing}: {source}"))
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.place)?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_place_line_and_what() {
        let problem = Problem::new("a.toml", "a string is not closed");
        assert_eq!(problem.to_string(), "a.toml: a string is not closed");
        assert_eq!(problem.at(Some(7)).to_string(), "a.toml:7: a string is not closed");
    }
}
