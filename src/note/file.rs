//! The store's file format: TOML text to a record and back.
//!
//! What the person who owns the file has done to it by hand survives a save where it can: comments,
//! the order and style of keys, and keys that this version does not know.

mod mark;
mod overlay;
mod plain;
mod read;
mod section;
mod write;

use super::Record;

pub(crate) use read::{annotations, check_format, subject, syntax};
pub(crate) use section::Section;
pub(crate) use write::{annotation_table, instant, subject_table, subject_text};

pub use mark::has_conflict;
pub use read::{parse, parse_annotation};
pub use write::{annotation_text, fresh, same, update};

/// The version of the format that this program writes, and the latest that it reads.
pub const FORMAT: i64 = 1;

/// Why a file's text is no record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is not what the format asks for.
    #[error("line {line}: {reason}")]
    Broken {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A later version of this program wrote it.
    #[error("line {line}: {}", self.reason())]
    Newer {
        /// The line that says so, from 1.
        line: usize,
        /// The format's number.
        format: i64,
    },
}

impl FileError {
    /// The line, from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        match self {
            Self::Broken { line, .. } | Self::Newer { line, .. } => *line,
        }
    }

    /// What is wrong, without the line.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Broken { reason, .. } => reason.clone(),
            Self::Newer { format, .. } => format!(
                "format {format} was written by a newer version of pullquote; this one reads up to \
                 format {FORMAT}, so it is read-only"
            ),
        }
    }
}

#[cfg(test)]
mod tests;
