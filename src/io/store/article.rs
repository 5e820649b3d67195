//! An article as the store knows it: by place and by text.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::corpus::Article;
use crate::note::sha256;

/// What the store needs to know of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleRef {
    /// The folder that `path` counts from, absolute and without symbolic links. A root that is no
    /// folder, such as `sample:`, stands for itself; what is under it is never gone.
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
    /// The SHA-256 of the canonical text, see [`sha256`].
    pub text_sha256: String,
    /// The length of the canonical text in scalar values.
    pub text_chars: usize,
}

impl ArticleRef {
    /// The article under `root` as the store knows it. Reads where `root` leads, and hashes the text.
    #[must_use]
    pub fn new(root: &Path, article: &Article) -> Self {
        Self {
            root: fs::canonicalize(root).unwrap_or_else(|_| root.to_owned()),
            path: article.name.clone(),
            title: article.metadata.title.clone(),
            outlet: article.metadata.outlet.clone(),
            byline: article.metadata.byline.clone(),
            published: article.metadata.published,
            url: article.metadata.url.clone(),
            text_sha256: sha256(&article.text),
            text_chars: article.scalars.len(),
        }
    }

    /// Where it is: root and path in one.
    #[must_use]
    pub fn location(&self) -> PathBuf {
        self.root.join(&self.path)
    }
}
