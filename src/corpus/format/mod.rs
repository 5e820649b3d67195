//! Formats of files: one file each. Each turns decoded text into canonical text and what else it
//! knows.

mod plain;

use std::path::Path;

use encoding_rs::Encoding;

use super::{Article, DecodeError, decode};

/// What a file's bytes are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text: the canonical text is the whole of it.
    Plain,
}

/// The format that the extension of `path` stands for, in any case; none where it is not one that
/// a library holds.
#[must_use]
pub fn format_of(path: &Path) -> Option<Format> {
    let extension = path.extension()?;
    extension.eq_ignore_ascii_case("txt").then_some(Format::Plain)
}

impl Article {
    /// Reads the article called `name` from the bytes of its file; `encoding` stands in for
    /// detection.
    ///
    /// # Errors
    ///
    /// Where the bytes are no text: see [`decode`].
    pub fn read(
        name: &str,
        bytes: &[u8],
        format: Format,
        encoding: Option<&'static Encoding>,
    ) -> Result<Self, DecodeError> {
        let decoded = decode(bytes, encoding)?;
        Ok(match format {
            Format::Plain => plain::article(name, decoded),
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
        for name in ["a", "txt", ".txt", "a.toml", "a.txt~", "a.txt.bak"] {
            assert_eq!(format_of(Path::new(name)), None, "{name}");
        }
    }
}
