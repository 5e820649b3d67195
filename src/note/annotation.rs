//! An annotation: what a person adds to an article.

use jiff::Timestamp;
use uuid::Uuid;

use super::Lineage;
use super::word::words;

/// What an annotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Words marked in an article, with or without a note.
    Highlight,
    /// A note on the article as a whole.
    Note,
    /// A quotation that was kept or corrected.
    Quotation,
}

words!(Kind, "kind", Highlight => "highlight", Note => "note", Quotation => "quotation");

/// The colour of a highlight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub enum Color {
    /// The first colour.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Red.
    Red,
    /// Purple.
    Purple,
    /// Orange.
    Orange,
}

words!(Color, "colour", Yellow => "yellow", Green => "green", Blue => "blue", Red => "red",
    Purple => "purple", Orange => "orange");

/// How well an anchor still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// On the words it was made on.
    #[default]
    Anchored,
    /// Found again, but the words have changed; a person has not confirmed it.
    Moved,
    /// Not found.
    Orphan,
}

words!(Status, "status", Anchored => "anchored", Moved => "moved", Orphan => "orphan");

/// What ties an annotation to a span of canonical text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Target {
    /// The words.
    pub exact: String,
    /// Some words before them.
    pub prefix: String,
    /// Some words after them.
    pub suffix: String,
    /// Where they start, in scalar values of canonical text.
    pub start: usize,
    /// Where they end, in scalar values of canonical text.
    pub end: usize,
    /// How well the anchor held when it was last saved.
    pub status: Status,
    /// The SHA-256 of the canonical text that `start` and `end` count in, in lower-case hexadecimal;
    /// `None` where it is not known.
    pub text_sha256: Option<String>,
    /// Keys of the file that this version does not know, kept as they are.
    pub extra: toml::Table,
}

/// What a person decided on a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is as the program said.
    Confirmed,
    /// Its speaker was put right.
    Corrected,
    /// It is no quotation.
    Rejected,
}

words!(Verdict, "verdict", Confirmed => "confirmed", Corrected => "corrected",
    Rejected => "rejected");

/// The quotation that an annotation of kind [`Kind::Quotation`] keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Who said it.
    pub speaker: Option<String>,
    /// What the person decided.
    pub verdict: Verdict,
    /// Shared by the pieces of one utterance.
    pub utterance: Option<Uuid>,
    /// Whom the program named that day.
    pub predicted: Option<String>,
    /// Which model did.
    pub model: Option<String>,
    /// Keys of the file that this version does not know, kept as they are.
    pub extra: toml::Table,
}

impl Kept {
    /// A quotation with a verdict, and no more known of it.
    #[must_use]
    pub fn new(verdict: Verdict) -> Self {
        Self {
            speaker: None,
            verdict,
            utterance: None,
            predicted: None,
            model: None,
            extra: toml::Table::new(),
        }
    }
}

/// A highlight, a note or a kept quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// Its identity for ever.
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// The colour it is shown in.
    pub color: Option<Color>,
    /// Its tags, in the order they were given.
    pub tags: Vec<String>,
    /// What the person wrote; several lines, perhaps none.
    pub note: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// How often it was changed.
    pub rev: u64,
    /// The hash of the content that this revision was edited from.
    pub base: Option<String>,
    /// Where it is anchored; absent for a note on the whole article.
    pub target: Option<Target>,
    /// The quotation kept, for [`Kind::Quotation`].
    pub quotation: Option<Kept>,
    /// When it was deleted: it is a tombstone then, without its words.
    pub deleted: Option<Timestamp>,
    /// What it remembers of its earlier versions.
    pub lineage: Lineage,
    /// Keys of the file that this version does not know, kept as they are.
    pub extra: toml::Table,
}
