//! What stays in memory of an article when its text is dropped.

use encoding_rs::UTF_8;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Article, BlockKind, Metadata, encoding_named};
use crate::text::Span;

/// A further report in an article's text, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartDigest {
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it starts, in scalar values of canonical text.
    pub start: usize,
    /// Where it ends, in scalar values of canonical text.
    pub end: usize,
}

/// What a digest has words for.
#[derive(Debug, Clone, Copy)]
enum Field {
    Title,
    Dek,
    Outlet,
    Byline,
    Url,
    /// The first words of the report, where it has no headline.
    Lead,
}

/// How many fields there are.
const COUNT: usize = 6;

/// The name of an encoding. Called so, serde does not take it for something to borrow from what it reads.
type EncodingName = &'static str;

/// An article without its text. There is one of each article of a library, so it is small: its words
/// lie in one allocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The words of all fields, one after the other.
    words_of: Box<str>,
    /// The byte of `words_of` that each field ends before.
    ends: [u32; COUNT],
    #[serde(with = "day")]
    published: Option<Date>,
    /// How many words its own report has: title, dek, headings, paragraphs and captions of part 0.
    pub words: usize,
    /// The length of its canonical text, in scalar values.
    pub chars: usize,
    /// The encoding it was decoded from, by its WHATWG name.
    #[serde(with = "encoding")]
    pub encoding: EncodingName,
    /// How many U+FFFD of its text stand for bytes that are nothing in that encoding.
    pub replaced: usize,
    /// The SHA-256 of its canonical text in UTF-8; all zeros where the text was not read.
    #[serde(with = "serde_bytes")]
    pub sha256: [u8; 32],
    /// Its further parts: without part 0.
    pub parts: Box<[PartDigest]>,
}

impl Digest {
    /// What is known of an article whose text was not read yet; `lead` stands in for a missing headline.
    #[must_use]
    pub fn provisional(known: &Metadata, lead: &str) -> Self {
        let mut digest = Self {
            words_of: Box::default(),
            ends: [0; COUNT],
            published: known.published,
            words: 0,
            chars: 0,
            encoding: UTF_8.name(),
            replaced: 0,
            sha256: [0; 32],
            parts: Box::default(),
        };
        digest.write(known, lead);
        digest
    }

    /// Whether its text was not read yet, or not all of it.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        self.sha256 == [0; 32]
    }

    fn write(&mut self, known: &Metadata, lead: &str) {
        let Metadata { title, dek, outlet, byline, url, published } = known;
        let lead = if title.is_some() { "" } else { lead };
        let known = [title, dek, outlet, byline, url].map(|it| it.as_deref().unwrap_or_default());
        let mut all =
            String::with_capacity(known.iter().map(|it| it.len()).sum::<usize>() + lead.len());
        for (end, words) in self.ends.iter_mut().zip(known.into_iter().chain([lead])) {
            all.push_str(words);
            *end = u32::try_from(all.len()).unwrap_or(u32::MAX);
        }
        self.words_of = all.into();
        self.published = *published;
    }

    fn field(&self, field: Field) -> Option<&str> {
        let at = field as usize;
        let offset = |at: usize| self.ends.get(at).and_then(|&end| usize::try_from(end).ok());
        let start = at.checked_sub(1).and_then(offset).unwrap_or(0);
        self.words_of.get(start..offset(at)?).filter(|words| !words.is_empty())
    }

    /// The headline, as the program believes (corrections are laid over it elsewhere); so are the
    /// following.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.field(Field::Title)
    }

    /// Who published it.
    #[must_use]
    pub fn outlet(&self) -> Option<&str> {
        self.field(Field::Outlet)
    }

    /// Who wrote it.
    #[must_use]
    pub fn byline(&self) -> Option<&str> {
        self.field(Field::Byline)
    }

    /// The day of publication.
    #[must_use]
    pub const fn published(&self) -> Option<Date> {
        self.published
    }

    /// Its headline or, where it has none, its first words.
    #[must_use]
    pub fn display_title(&self) -> &str {
        self.title().or_else(|| self.field(Field::Lead)).unwrap_or_default()
    }

    /// All that is known beside the text.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        let of = |field| self.field(field).map(str::to_owned);
        Metadata {
            title: of(Field::Title),
            dek: of(Field::Dek),
            outlet: of(Field::Outlet),
            byline: of(Field::Byline),
            published: self.published,
            url: of(Field::Url),
        }
    }

    /// The hash of the canonical text, in 64 hexadecimal digits.
    #[must_use]
    pub fn text_sha256(&self) -> String {
        hexadecimal(&self.sha256)
    }
}

/// A day as three numbers: reading it back takes no parsing.
mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    #[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(day: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        day.map(|day| (day.year(), day.month(), day.day())).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Date>, D::Error> {
        let parts: Option<(i16, i8, i8)> = Option::deserialize(from)?;
        parts
            .map(|(year, month, day)| Date::new(year, month, day))
            .transpose()
            .map_err(D::Error::custom)
    }
}

/// An encoding by its name, which is empty where it is UTF-8: most often it is.
mod encoding {
    use std::fmt;

    use encoding_rs::UTF_8;
    use serde::{Deserializer, Serializer, de::Error, de::Visitor};

    use super::encoding_named;

    pub(super) fn serialize<S: Serializer>(name: &str, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(if name == UTF_8.name() { "" } else { name })
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<&'static str, D::Error> {
        struct Name;

        impl Visitor<'_> for Name {
            type Value = &'static str;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of an encoding")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
                let known = if name.is_empty() { Some(UTF_8) } else { encoding_named(name) };
                known.map(encoding_rs::Encoding::name).ok_or_else(|| E::custom("no such encoding"))
            }
        }

        from.deserialize_str(Name)
    }
}

/// Bytes in hexadecimal digits, two each.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}

impl Article {
    /// The hash of its canonical text, in 64 hexadecimal digits.
    #[must_use]
    pub fn text_sha256(&self) -> String {
        hexadecimal(&self.sha256())
    }

    /// What stays in memory of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let known = Digest::provisional(&self.metadata, &self.display_title());
        if self.is_window() {
            return Digest { encoding: self.encoding, ..known };
        }
        Digest {
            words: self.words(),
            chars: self.scalars.len(),
            encoding: self.encoding,
            replaced: self.replaced,
            sha256: self.sha256(),
            parts: self.parts.iter().skip(1).map(|part| self.part_digest(part)).collect(),
            ..known
        }
    }

    fn part_digest(&self, part: &super::Part) -> PartDigest {
        let (start, end) = self.scalars.scalars(&self.text, part.span);
        PartDigest { title: part.title.clone(), outlet: part.outlet.clone(), start, end }
    }

    fn words(&self) -> usize {
        use BlockKind::{Caption, Dek, Heading, Paragraph, Title};
        self.blocks
            .iter()
            .filter(|block| block.part == 0)
            .filter(|block| matches!(block.kind, Title | Dek | Heading | Paragraph | Caption))
            .map(|block| words_in(&self.text, block.span))
            .sum()
    }
}

/// How many words a stretch has: runs between white space with a letter or digit in them.
fn words_in(text: &str, span: Span) -> usize {
    span.of(text).split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Ferry link restored\n\nThe ferry sailed again – “at last”.\n\nComments\n";

    #[test]
    fn words_are_those_of_the_report() {
        let digest = Article::from_text("a.txt", STORY.into(), "UTF-8").digest();
        assert_eq!((digest.words, digest.chars), (9, STORY.chars().count()));
        assert_eq!(digest.display_title(), "Ferry link restored");
        assert!(digest.parts.is_empty());
    }

    #[test]
    fn the_hash_is_of_the_text_alone() {
        let one = Article::from_text("a.txt", "abc".into(), "UTF-8").digest();
        let other = Article::from_text("b.txt", "abc".into(), "windows-1252").digest();
        assert_eq!(one.sha256, other.sha256);
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(one.text_sha256(), known);
    }

    #[test]
    fn what_is_known_comes_back() {
        let known = Metadata {
            title: None,
            dek: Some("At last.".into()),
            outlet: Some("Coast Wire".into()),
            byline: None,
            published: Some(jiff::civil::date(2026, 2, 11)),
            url: Some("https://example.org/".into()),
        };
        let digest = Digest::provisional(&known, "The ferry…");
        assert_eq!(digest.metadata(), known);
        assert_eq!((digest.title(), digest.display_title()), (None, "The ferry…"));
        assert!(digest.is_provisional());
        let article = Article::from_text("a.txt", STORY.into(), "windows-1252");
        for digest in [digest, article.digest()] {
            let kept = serde_json::to_string(&digest).unwrap();
            assert_eq!(serde_json::from_str::<Digest>(&kept).unwrap(), digest);
        }
        assert_eq!(article.digest().metadata(), article.metadata);
        assert!(!article.digest().is_provisional());
    }
}
