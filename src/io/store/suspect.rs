//! Files of the store that cannot be used: whose they may be.
//!
//! A file that does not parse must not be taken for absent, or saving would start a second one for
//! its article. What is left of its text, and its name, tell whose it is.

use std::path::{Path, PathBuf};

use toml_edit::{Document, Item};

use super::home::Home;
use crate::io::Problem;

/// How many lines are looked through: the article's table stands at the top.
const LINES: usize = 200;

/// A file that cannot be used.
#[derive(Debug, Clone)]
pub(super) struct Suspect {
    /// What is wrong with it.
    pub problem: Problem,
    /// Where its article is, if it still says so.
    pub location: Option<PathBuf>,
    /// The hash of its article's text, if it still says so.
    pub text_sha256: Option<String>,
    /// The first part of the file's name, made from the article's headline.
    pub slug: String,
    /// The other, made from the article's identity.
    pub hash: String,
}

impl Suspect {
    pub(super) fn new(home: &Home, file: &Path, problem: Problem, text: &str) -> Self {
        let value = |key: &str| {
            let lines = text.lines().take(LINES).take_while(|line| !line.starts_with("[["));
            lines.filter(|line| line.trim_start().starts_with(key)).find_map(|line| of(line, key))
        };
        let (root, text_sha256) = (value("root"), value("text_sha256"));
        let text = text_sha256.as_deref().unwrap_or_default();
        let location = value("path").and_then(|path| home.location(root.as_deref(), &path, text));
        let (slug, hash) = parts_of_name(file);
        Self { problem, location, text_sha256, slug, hash }
    }
}

/// The string that one line gives to a key, if the line is sound in itself.
fn of(line: &str, key: &str) -> Option<String> {
    let document = Document::parse(line).ok()?;
    document.get(key).and_then(Item::as_str).map(str::to_owned)
}

/// The slug and the hash in `<slug>-<12 hex>.toml`.
fn parts_of_name(file: &Path) -> (String, String) {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let parts = stem.rsplit_once('-').unwrap_or_default();
    (parts.0.to_owned(), parts.1.to_owned())
}
