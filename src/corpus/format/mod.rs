//! Formats of files: one file each. Each turns decoded text into canonical text and what else it
//! knows.

mod field;
mod ordinary;
mod plain;
mod record;
mod value;

pub use record::{RecordError, RecordHead, record, record_head, record_id, record_text};

use std::path::Path;

use encoding_rs::Encoding;
use thiserror::Error;

use super::{Article, DecodeError, decode};

/// What a file's bytes are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text: the canonical text is the whole of it.
    Plain,
    /// JSON Lines: each line an article, its canonical text that of its text field.
    Lines,
}

/// The extensions that stand for a format.
const EXTENSIONS: &[(&str, Format)] =
    &[("txt", Format::Plain), ("jsonl", Format::Lines), ("ndjson", Format::Lines)];

/// The format that the extension of `path` stands for, in any case; none where it is not one that
/// a library holds.
#[must_use]
pub fn format_of(path: &Path) -> Option<Format> {
    let extension = path.extension()?;
    let is = |known: &&(&str, Format)| extension.eq_ignore_ascii_case(known.0);
    EXTENSIONS.iter().find(is).map(|&(_, format)| format)
}

/// Why bytes are no article.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// A file is no text.
    #[error(transparent)]
    File(#[from] DecodeError),
    /// A line is no record.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl Article {
    /// Reads the article called `name` from the bytes of its file, or of its line where its file holds
    /// many; `encoding` stands in for detection.
    ///
    /// # Errors
    ///
    /// Where the bytes are no text: see [`decode`]; or are no record: see [`record()`].
    pub fn read(
        name: &str,
        bytes: &[u8],
        format: Format,
        encoding: Option<&'static Encoding>,
    ) -> Result<Self, ReadError> {
        Ok(match format {
            Format::Plain => plain::article(name, decode(bytes, encoding)?),
            Format::Lines => record(name, bytes, encoding)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_known_in_any_case() {
        for name in ["a.txt", "a.TXT", "b/c.d.Txt"] {
            assert_eq!(format_of(Path::new(name)), Some(Format::Plain), "{name}");
        }
        for name in ["a.jsonl", "a.JSONL", "a.ndjson"] {
            assert_eq!(format_of(Path::new(name)), Some(Format::Lines), "{name}");
        }
        for name in ["a", "txt", ".txt", "a.toml", "a.txt~", "a.txt.bak", "a.json"] {
            assert_eq!(format_of(Path::new(name)), None, "{name}");
        }
    }
}
