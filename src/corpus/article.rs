//! An article: its canonical text and what is known of it.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::outline::outline;
use super::piece::Piece;
use super::{Block, BlockKind};
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
    /// How many U+FFFD of the text stand for bytes that are nothing in that encoding.
    pub replaced: usize,
    /// What the program believes of it (corrections are laid over it elsewhere).
    pub metadata: Metadata,
    /// Its blocks, in the order of the text, apart from each other; only white space between them.
    pub blocks: Vec<Block>,
    /// Its parts, in the order of the text; never empty.
    pub parts: Vec<Part>,
    /// The SHA-256 of the canonical text, once it was asked for: listing quotations needs none.
    sha256: OnceLock<[u8; 32]>,
}

/// The most scalar values that stand in for a missing headline.
const LEAD: usize = 80;

impl Article {
    /// The article called `name` with `text` for its canonical text, decoded from `encoding`: its
    /// blocks, parts and metadata are found here.
    #[must_use]
    pub fn from_text(name: &str, text: String, encoding: &'static str) -> Self {
        let outline = outline(&text);
        Self {
            name: name.to_owned(),
            scalars: ScalarIndex::new(&text),
            sha256: OnceLock::new(),
            text: text.into(),
            encoding,
            replaced: 0,
            metadata: outline.metadata,
            blocks: outline.blocks,
            parts: outline.parts,
        }
    }

    /// A window of the text of the article called `name`: pieces that follow each other. Its hash is all
    /// zeros: that of the article is not known here.
    #[must_use]
    pub fn from_pieces(name: &str, pieces: &[Arc<Piece>], encoding: &'static str) -> Self {
        let length = pieces.iter().map(|piece| piece.text.len()).sum();
        let mut text = String::with_capacity(length);
        let mut blocks = Vec::with_capacity(pieces.iter().map(|piece| piece.blocks.len()).sum());
        for piece in pieces {
            let moved = |block: &Block| Block { span: block.span.moved(text.len()), ..*block };
            blocks.extend(piece.blocks.iter().map(moved));
            text.push_str(&piece.text);
        }
        let span = blocks.first().zip(blocks.last());
        let span = span.map_or_else(Span::default, |(first, last)| first.span.union(last.span));
        let metadata = pieces.first().map(|piece| piece.metadata.clone()).unwrap_or_default();
        let (title, outlet) = (metadata.title.clone(), metadata.outlet.clone());
        Self {
            name: name.to_owned(),
            scalars: ScalarIndex::new(&text),
            sha256: OnceLock::from([0; 32]),
            text: text.into(),
            encoding,
            replaced: pieces.iter().map(|piece| piece.replaced).sum(),
            metadata,
            blocks,
            parts: vec![Part { span, title, outlet }],
        }
    }

    /// Whether it is only a window of a long text.
    #[must_use]
    pub fn is_window(&self) -> bool {
        self.sha256.get() == Some(&[0; 32])
    }

    /// The SHA-256 of the canonical text in UTF-8.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        *self.sha256.get_or_init(|| Sha256::digest(self.text.as_bytes()).into())
    }

    /// What is to be said of bytes that are nothing in the encoding it was read in, if there are any.
    #[must_use]
    pub fn damage(&self) -> Option<String> {
        let Self { encoding, replaced, .. } = self;
        let are = match replaced {
            0 => return None,
            1 => "1 character is".to_owned(),
            _ => format!("{replaced} characters are"),
        };
        Some(format!("{are} not valid {encoding}, shown as \u{FFFD}; --encoding names another"))
    }

    /// Its headline or, where it has none, the first words of its report.
    #[must_use]
    pub fn display_title(&self) -> Cow<'_, str> {
        match &self.metadata.title {
            Some(title) => Cow::Borrowed(title),
            None => Cow::Owned(self.first_words()),
        }
    }

    fn first_words(&self) -> String {
        let report = |block: &&Block| block.kind == BlockKind::Paragraph;
        let first = self.blocks.iter().find(report).or(self.blocks.first());
        let words = first.map(|block| block.span.of(&self.text)).unwrap_or_default();
        match words.char_indices().nth(LEAD) {
            None => words.to_owned(),
            Some((cut, _)) => {
                let short = words.get(..cut).unwrap_or_default();
                let whole = short.rsplit_once(char::is_whitespace).map_or(short, |(head, _)| head);
                format!("{whole}…")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_without_a_headline_shows_its_first_words() {
        let text =
            format!("{} said the harbour master on Tuesday. He left.\n", "We sailed".repeat(9));
        let article = Article::from_text("a.txt", text, "UTF-8");
        assert_eq!(article.metadata.title, None);
        let shown = article.display_title();
        assert!(shown.ends_with('…') && shown.chars().count() <= LEAD + 1, "{shown}");
    }
}
