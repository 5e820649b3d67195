//! An article as the store knows it: by place and by text.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::corpus::Digest;

/// What the store needs to know of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRef {
    /// The folder that `path` counts from, absolute and without symbolic links. A root that is no
    /// folder, such as `sample:`, stands for itself, and what is under it is never gone. An empty one
    /// is that of standard input, where only the text tells one article from another.
    pub root: PathBuf,
    /// The article's name: its path from the root, `/`-separated.
    pub path: String,
    /// The headline, as the program believes it to be; so are the following.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
    /// The SHA-256 of the canonical text, in 64 hexadecimal digits.
    pub text_sha256: String,
    /// The length of the canonical text in scalar values.
    pub text_chars: usize,
}

impl ArticleRef {
    /// The article called `name` under `root`, as its digest describes it.
    #[must_use]
    pub fn new(root: &Path, name: &str, digest: &Digest) -> Self {
        let known = digest.metadata();
        Self {
            root: root.to_owned(),
            path: name.to_owned(),
            title: known.title,
            outlet: known.outlet,
            byline: known.byline,
            published: known.published,
            url: known.url,
            text_sha256: digest.text_sha256(),
            text_chars: digest.chars,
        }
    }

    /// Where it is: root and path in one.
    #[must_use]
    pub fn location(&self) -> PathBuf {
        self.root.join(&self.path)
    }
}
