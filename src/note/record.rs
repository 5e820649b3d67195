//! A record: what the store holds of one article, as values.

use jiff::civil::Date;
use uuid::Uuid;

use super::Annotation;
use crate::corpus::Corrected;

/// Which article a record belongs to, and what the program believed of it when it last saved.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subject {
    /// Its identity, made with the first annotation.
    pub id: Uuid,
    /// The absolute folder that `path` counts from; absent where that is the folder which holds a
    /// `.pullquote/`.
    pub root: Option<String>,
    /// Where it is, from the root on, `/`-separated.
    pub path: String,
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
    /// The SHA-256 of its canonical text in UTF-8, in lower-case hexadecimal.
    pub text_sha256: String,
    /// The length of its canonical text, in scalar values.
    pub text_chars: usize,
    /// What a person put right.
    pub corrected: Corrected,
    /// Keys beside the corrections that this version does not know.
    pub corrected_extra: toml::Table,
    /// Keys that this version does not know.
    pub extra: toml::Table,
}

impl Subject {
    /// The headline, as corrected.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.corrected.title.as_deref().or(self.title.as_deref())
    }

    /// The outlet, as corrected.
    #[must_use]
    pub fn outlet(&self) -> Option<&str> {
        self.corrected.outlet.as_deref().or(self.outlet.as_deref())
    }

    /// The byline, as corrected.
    #[must_use]
    pub fn byline(&self) -> Option<&str> {
        self.corrected.byline.as_deref().or(self.byline.as_deref())
    }

    /// The day of publication, as corrected.
    #[must_use]
    pub fn published(&self) -> Option<Date> {
        self.corrected.published.or(self.published)
    }
}

/// One article's annotations with what they belong to: the content of one file of the store.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// How often the file was saved.
    pub revision: u64,
    /// The article.
    pub subject: Subject,
    /// Its annotations in the order of the file, tombstones among them.
    pub annotations: Vec<Annotation>,
    /// Keys of the file that this version does not know, kept as they are.
    pub extra: toml::Table,
}

impl Record {
    /// The annotations that were not deleted, in the order of the file.
    pub fn live(&self) -> impl Iterator<Item = &Annotation> {
        self.annotations.iter().filter(|annotation| annotation.is_live())
    }

    /// The annotation with this identity, tombstones included.
    #[must_use]
    pub fn annotation(&self, id: Uuid) -> Option<&Annotation> {
        self.annotations.iter().find(|annotation| annotation.id == id)
    }
}
