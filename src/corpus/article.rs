//! An article: its canonical text and what is known of it.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Block;
use crate::text::{ScalarIndex, Span};

/// An article of the open library, for as long as the program runs: its place in the order in which
/// the library was walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub u32);

/// What is known of an article beside its text. Everything may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// The sentence or two under the headline.
    pub dek: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it, without "By".
    pub byline: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
}

/// A report inside an article's text: part 0 is the article's own, each further one was pasted below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// From its first block to its last.
    pub span: Span,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
}

/// One article, loaded.
#[derive(Debug, Clone)]
pub struct Article {
    /// Its name, as the contract defines it: a path relative to the root, `/`-separated.
    pub name: String,
    /// The canonical text.
    pub text: Arc<str>,
    /// The same text's offsets in scalar values.
    pub scalars: ScalarIndex,
    /// The encoding it was decoded from, by its WHATWG name.
    pub encoding: &'static str,
    /// What the program believes of it (corrections are laid over it elsewhere).
    pub metadata: Metadata,
    /// Its blocks, in the order of the text, apart from each other; only white space between them.
    pub blocks: Vec<Block>,
    /// Its parts, in the order of the text; never empty.
    pub parts: Vec<Part>,
}
