//! JSON Lines: each line of a file an article, a JSON object (RFC 8259) with its text and what else is
//! known of it.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{Encoding, UTF_8};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;
use thiserror::Error;

use super::field::{Field, Name};
use super::ordinary::ordinary;
use super::value::{Id, Words, string};
use crate::corpus::decode::{canonical, is_binary};
use crate::corpus::outline::day;
use crate::corpus::{Article, Metadata};

/// The most bytes of an id that names an article.
const LONGEST_ID: usize = 500;

/// Why a line is no article.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecordError {
    /// It is in another encoding.
    #[error("is not UTF-8; convert it, or name its encoding with --encoding")]
    NotUtf8,
    /// It is no JSON, or no object.
    #[error("{0}")]
    Malformed(String),
    /// It has no field with the text.
    #[error("has no text: no field text, body or content that is a string")]
    NoText,
    /// There is nothing in its text but white space, or nothing at all.
    #[error("is empty: there is nothing to read in its text")]
    Empty,
    /// Its text holds NUL or many control characters.
    #[error("holds control characters in place of text; leave it out")]
    Binary,
}

/// What a record says of its article beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordHead {
    /// What the file itself calls it: one that can be a part of a name.
    pub id: Option<String>,
    /// What is known of it.
    pub metadata: Metadata,
}

/// What the fields of a record say, as it says it.
#[derive(Debug, Default)]
struct Fields<'de> {
    id: Best<String>,
    /// The text as it stands in the line, escapes and quotation marks included.
    text: Best<&'de str>,
    title: Best<String>,
    dek: Best<String>,
    outlet: Best<String>,
    byline: Best<String>,
    published: Best<String>,
    url: Best<String>,
}

/// What the best of several names for one thing says.
#[derive(Debug)]
struct Best<T> {
    value: Option<T>,
    rank: u8,
    /// The names that were met, a bit each.
    met: u16,
}

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self { value: None, rank: u8::MAX, met: 0 }
    }
}

impl<T> Best<T> {
    /// Takes in what a name says.
    fn take(&mut self, rank: u8, value: Option<T>) {
        if value.is_some() && rank < self.rank {
            (self.value, self.rank) = (value, rank);
        }
    }

    /// The same; fails where the name has said something before: which of the two is meant nobody can
    /// know.
    fn take_once<E: Error>(&mut self, rank: u8, value: Option<T>) -> Result<(), E> {
        let bit = 1_u16.checked_shl(u32::from(rank)).unwrap_or_default();
        if self.met & bit != 0 {
            return Err(E::custom("has its id or its text twice; leave one out"));
        }
        self.met |= bit;
        self.take(rank, value);
        Ok(())
    }
}

/// Strings of so many bytes are read at once.
const SHORT: usize = 64;
/// What begins a character that may be a control or no character at all.
const DOUBTS: [&str; 3] = [r"\u00", r"\ud", r"\uD"];

/// Whether a string, as it stands in its line, may be no text: nearly all others are.
fn is_doubtful(written: &str) -> bool {
    written.len() < SHORT || DOUBTS.iter().any(|doubt| written.contains(doubt))
}

/// What is wanted of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The id, and no more of the line than it takes.
    Id,
    /// Text and id.
    Text,
    /// All fields.
    All,
}

/// What reads the fields of a record.
struct Reading<'f, 'de> {
    into: &'f mut Fields<'de>,
    wanted: Wanted,
}

impl<'de> DeserializeSeed<'de> for Reading<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Reading<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the fields of an article")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Name(name)) = map.next_key()? {
            match name {
                Some((Field::Id, rank)) => {
                    let id = &mut self.into.id;
                    id.take_once(rank, map.next_value::<Id>()?.0)?;
                    if self.wanted == Wanted::Id && id.value.is_some() && id.rank == 0 {
                        // That is enough. The parser misses the rest, and says so.
                        return Ok(());
                    }
                }
                Some((Field::Text, rank)) if self.wanted != Wanted::Id => {
                    let raw = map.next_value::<&RawValue>()?.get();
                    self.into.text.take_once(rank, Some(raw).filter(|raw| raw.starts_with('"')))?;
                }
                Some((field, rank)) if self.wanted == Wanted::All => {
                    let Words(words) = map.next_value()?;
                    if let Some(best) = self.into.of(field) {
                        best.take(rank, words);
                    }
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// What a line says of its article beside its text, which is not looked at further than it has to be;
/// `encoding` is what the line is written in where that is not UTF-8.
///
/// # Errors
/// Where the line is no article. That its text is none may come out only when it is [read](record).
pub fn record_head(
    line: &[u8],
    encoding: Option<&'static Encoding>,
) -> Result<RecordHead, RecordError> {
    let line = decoded(line, encoding)?;
    let (mut fields, text) = fields(&line, Wanted::All)?;
    if is_doubtful(text) {
        canonical_text(text)?;
    }
    Ok(RecordHead {
        id: fields.id.value.take().filter(|id| is_name(id)),
        metadata: fields.metadata(),
    })
}

/// The id that a line has if it is an article; it may be had although the line is none.
#[must_use]
pub fn record_id(line: &[u8], encoding: Option<&'static Encoding>) -> Option<String> {
    if let Some(encoding) = applied(encoding) {
        let (line, _) = encoding.decode_without_bom_handling(line);
        return record_id(line.as_bytes(), None);
    }
    let mut fields = Fields::default();
    let reading = Reading { into: &mut fields, wanted: Wanted::Id };
    // It ends with an error where it need not read on.
    let _ = reading.deserialize(&mut serde_json::Deserializer::from_slice(line));
    fields.id.value.filter(|id| is_name(id))
}

/// The canonical text of a line; `encoding` is what the line is written in where that is not UTF-8.
///
/// # Errors
/// Where the line is no article.
pub fn record_text(
    line: &[u8],
    encoding: Option<&'static Encoding>,
) -> Result<String, RecordError> {
    let line = decoded(line, encoding)?;
    if let Some(text) = ordinary(&line) {
        return Ok(text);
    }
    let (_, text) = fields(&line, Wanted::Text)?;
    canonical_text(text)
}

/// The article called `name` that a line holds; `encoding` is what the line is written in where that is
/// not UTF-8.
///
/// # Errors
/// Where the line is no article.
pub fn record(
    name: &str,
    line: &[u8],
    encoding: Option<&'static Encoding>,
) -> Result<Article, RecordError> {
    let line = decoded(line, encoding)?;
    let (fields, text) = fields(&line, Wanted::All)?;
    let text = canonical_text(text)?;
    let encoding = applied(encoding).unwrap_or(UTF_8);
    let mut article = Article::from_text(name, text, encoding.name());
    let Metadata { title, dek, outlet, byline, published, url } = fields.metadata();
    let guess = &mut article.metadata;
    guess.title = title.or(guess.title.take());
    guess.dek = dek.or(guess.dek.take());
    guess.outlet = outlet.or(guess.outlet.take());
    guess.byline = byline.or(guess.byline.take());
    guess.published = published.or(guess.published);
    guess.url = url.or(guess.url.take());
    if let Some(own) = article.parts.first_mut() {
        own.title.clone_from(&article.metadata.title);
        own.outlet.clone_from(&article.metadata.outlet);
    }
    Ok(article)
}

/// The canonical text that a string stands for, as it stands in its line.
fn canonical_text(written: &str) -> Result<String, RecordError> {
    // Where in the string something is wrong does not tell where in the line.
    let text = string(written).map_err(|error| {
        let (said, _) = said(&error);
        RecordError::Malformed(format!("is no JSON: {said}"))
    })?;
    if is_binary(&text) {
        return Err(RecordError::Binary);
    }
    if text.trim().is_empty() {
        return Err(RecordError::Empty);
    }
    Ok(canonical(text))
}

/// The fields of a line, and among them the text.
fn fields(line: &str, wanted: Wanted) -> Result<(Fields<'_>, &str), RecordError> {
    let mut fields = Fields::default();
    let mut json = serde_json::Deserializer::from_str(line);
    let reading = Reading { into: &mut fields, wanted };
    reading.deserialize(&mut json).and_then(|()| json.end()).map_err(|error| malformed(&error))?;
    let text = fields.text.value.ok_or(RecordError::NoText)?;
    Ok((fields, text))
}

impl Fields<'_> {
    /// Where the words of a field go.
    fn of(&mut self, field: Field) -> Option<&mut Best<String>> {
        match field {
            Field::Id | Field::Text => None,
            Field::Title => Some(&mut self.title),
            Field::Dek => Some(&mut self.dek),
            Field::Outlet => Some(&mut self.outlet),
            Field::Byline => Some(&mut self.byline),
            Field::Published => Some(&mut self.published),
            Field::Url => Some(&mut self.url),
        }
    }

    fn metadata(self) -> Metadata {
        Metadata {
            title: self.title.value,
            dek: self.dek.value,
            outlet: self.outlet.value,
            byline: self.byline.value,
            published: self.published.value.as_deref().and_then(published),
            url: self.url.value,
        }
    }
}

/// What the parser says is wrong, and in which column.
fn said(error: &serde_json::Error) -> (String, usize) {
    let said = error.to_string();
    let (what, _) = said.rsplit_once(" at line ").unwrap_or((&said, ""));
    (what.to_owned(), error.column())
}

/// What a line that is no JSON is told to be.
fn malformed(error: &serde_json::Error) -> RecordError {
    let (what, column) = said(error);
    RecordError::Malformed(match error.classify() {
        Category::Eof => "is cut off: the JSON object does not end in its line".to_owned(),
        // What the visitor expected is for programmers.
        Category::Data if what.starts_with("invalid type") => "is no JSON object".to_owned(),
        Category::Data => what,
        _ => format!("is no JSON: {what} at column {column}"),
    })
}

/// The encoding that lines are written in where it is one that leaves JSON recognisable.
fn applied(encoding: Option<&'static Encoding>) -> Option<&'static Encoding> {
    encoding.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}

fn decoded<'l>(
    line: &'l [u8],
    encoding: Option<&'static Encoding>,
) -> Result<Cow<'l, str>, RecordError> {
    if let Some(encoding) = applied(encoding) {
        return Ok(encoding.decode_without_bom_handling(line).0);
    }
    let line = simdutf8::basic::from_utf8(line);
    line.map(Cow::Borrowed).map_err(|_| RecordError::NotUtf8)
}

/// Whether an id can stand in a name: it is short, on one line, and none that looks like a line's number,
/// which names the articles that have no id.
fn is_name(id: &str) -> bool {
    let number = id.strip_prefix('L').filter(|rest| !rest.is_empty());
    let line = number.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    !line && !id.trim().is_empty() && id.len() <= LONGEST_ID && !id.contains(char::is_control)
}

/// The day that a record was published on, in any of the ways that programs and people write it.
fn published(written: &str) -> Option<Date> {
    // What follows the day is the time, and where it counts.
    let iso = if written.len() == 8 { Some(written) } else { written.get(..10) };
    iso.and_then(|day| day.parse().ok())
        .or_else(|| since_1970(written))
        .or_else(|| day(written))
        .or_else(|| jiff::fmt::rfc2822::parse(written).ok().map(|time| time.date()))
}

/// Days are also written as seconds since 1970, or as thousandths of them; then they count in UTC.
fn since_1970(written: &str) -> Option<Date> {
    let whole = written.split_once('.').map_or(written, |(whole, _)| whole);
    let number: i64 = whole.parse().ok()?;
    let time = match whole.len() {
        9 | 10 => Timestamp::from_second(number),
        12 | 13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    time.ok().map(|time| time.to_zoned(TimeZone::UTC).date())
}

#[cfg(test)]
mod tests;
