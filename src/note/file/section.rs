//! A table that is being read: its values by type, and errors that know their line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use toml_edit::{Datetime, Item, TableLike};

use super::{FileError, plain};

/// A table of a TOML text, with the place of everything in it.
pub(crate) struct Section<'a> {
    /// The whole text.
    text: &'a str,
    /// What it is called in messages.
    name: &'static str,
    /// Its first byte.
    at: usize,
    table: &'a dyn TableLike,
}

impl<'a> Section<'a> {
    /// The top level of a document parsed from `text`.
    pub(crate) fn top(text: &'a str, table: &'a dyn TableLike) -> Self {
        Self { text, name: "the file", at: 0, table }
    }

    fn within(
        &self,
        name: &'static str,
        item: Option<Range<usize>>,
        table: &'a dyn TableLike,
    ) -> Self {
        Self { text: self.text, name, at: item.map_or(self.at, |span| span.start), table }
    }

    /// An error at the table itself.
    pub(crate) fn error(&self, reason: impl Into<String>) -> FileError {
        FileError::Broken { line: line_of(self.text, self.at), reason: reason.into() }
    }

    /// The line of a key, from 1; that of the table where the key is absent.
    pub(crate) fn line(&self, key: &str) -> usize {
        let span = self.table.get(key).and_then(Item::span);
        line_of(self.text, span.map_or(self.at, |span| span.start))
    }

    /// An error at a key.
    pub(crate) fn error_at(&self, key: &str, reason: impl Into<String>) -> FileError {
        FileError::Broken { line: self.line(key), reason: reason.into() }
    }

    fn value<T>(
        &self,
        key: &str,
        what: &str,
        read: impl Fn(&'a Item) -> Option<T>,
    ) -> Result<Option<T>, FileError> {
        let Some(item) = self.table.get(key).filter(|item| !item.is_none()) else {
            return Ok(None);
        };
        let wrong = || self.error_at(key, format!("`{key}` in {} is not {what}", self.name));
        read(item).map(Some).ok_or_else(wrong)
    }

    /// A value that must be there.
    pub(crate) fn required<T>(&self, key: &str, value: Option<T>) -> Result<T, FileError> {
        value.ok_or_else(|| self.error(format!("{} has no `{key}`", self.name)))
    }

    /// A string.
    pub(crate) fn string(&self, key: &str) -> Result<Option<String>, FileError> {
        self.value(key, "a string", |item| item.as_str().map(str::to_owned))
    }

    /// A list of strings; an empty one where the key is absent.
    pub(crate) fn strings(&self, key: &str) -> Result<Vec<String>, FileError> {
        let read = |item: &Item| {
            let values = item.as_array()?.iter();
            values.map(|value| value.as_str().map(str::to_owned)).collect()
        };
        Ok(self.value(key, "a list of strings", read)?.unwrap_or_default())
    }

    /// A string that stands for something else: an identity, a colour, a status.
    pub(crate) fn word<T: FromStr<Err: std::fmt::Display>>(
        &self,
        key: &str,
    ) -> Result<Option<T>, FileError> {
        let Some(word) = self.string(key)? else { return Ok(None) };
        let wrong = |error| self.error_at(key, format!("`{key}` in {}: {error}", self.name));
        word.parse().map(Some).map_err(wrong)
    }

    /// A whole number, 0 or more.
    pub(crate) fn number<T: TryFrom<i64>>(&self, key: &str) -> Result<Option<T>, FileError> {
        let read = |item: &Item| item.as_integer().and_then(|number| T::try_from(number).ok());
        self.value(key, "a whole number, 0 or more", read)
    }

    /// All its values, each a whole number, 0 or more.
    pub(crate) fn numbers(&self) -> Result<BTreeMap<String, u64>, FileError> {
        let numbers = self
            .table
            .iter()
            .map(|(key, _)| Ok((key.to_owned(), self.required(key, self.number(key)?)?)));
        numbers.collect()
    }

    /// A day; of a date with a time, its day.
    pub(crate) fn date(&self, key: &str) -> Result<Option<Date>, FileError> {
        self.value(key, "a date", |item| date(item.as_datetime()?))
    }

    /// A time, to the second; one without an offset is in UTC.
    pub(crate) fn time(&self, key: &str) -> Result<Option<Timestamp>, FileError> {
        self.value(key, "a date with a time", |item| timestamp(item.as_datetime()?))
    }

    /// A table inside it.
    pub(crate) fn section(
        &self,
        key: &str,
        name: &'static str,
    ) -> Result<Option<Section<'a>>, FileError> {
        let table =
            self.value(key, "a table", |item| Some((item.span(), item.as_table_like()?)))?;
        Ok(table.map(|(span, table)| self.within(name, span, table)))
    }

    /// A list of tables inside it; an empty one where the key is absent.
    pub(crate) fn sections(
        &self,
        key: &str,
        name: &'static str,
    ) -> Result<Vec<Section<'a>>, FileError> {
        let read = |item: &'a Item| -> Option<Vec<Section<'a>>> {
            if let Some(tables) = item.as_array_of_tables() {
                return Some(tables.iter().map(|it| self.within(name, it.span(), it)).collect());
            }
            let inline = |value: &'a toml_edit::Value| {
                Some(self.within(name, value.span(), value.as_inline_table()?))
            };
            item.as_array()?.iter().map(inline).collect()
        };
        Ok(self.value(key, "a list of tables", read)?.unwrap_or_default())
    }

    /// What stands under keys other than `known`.
    pub(crate) fn rest(&self, known: &[&str]) -> toml::Table {
        let unknown = self.table.iter().filter(|(key, _)| !known.contains(key));
        unknown.filter_map(|(key, item)| Some((key.to_owned(), plain::of_item(item)?))).collect()
    }
}

/// The line of a byte of `text`, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at.min(text.len())).unwrap_or_default();
    before.split(|&byte| byte == b'\n').count()
}

fn date(time: &Datetime) -> Option<Date> {
    let date = time.date?;
    Date::new(
        i16::try_from(date.year).ok()?,
        date.month.try_into().ok()?,
        date.day.try_into().ok()?,
    )
    .ok()
}

fn timestamp(time: &Datetime) -> Option<Timestamp> {
    let (date, clock) = (date(time)?, time.time?);
    // TOML has leap seconds, clocks do not.
    let second = clock.second.unwrap_or(0).min(59);
    let local = DateTime::new(
        date.year(),
        date.month(),
        date.day(),
        clock.hour.try_into().ok()?,
        clock.minute.try_into().ok()?,
        second.try_into().ok()?,
        0,
    );
    let offset = match time.offset {
        Some(toml_edit::Offset::Custom { minutes }) => {
            Offset::from_seconds(i32::from(minutes) * 60).ok()?
        }
        Some(toml_edit::Offset::Z) | None => Offset::UTC,
    };
    offset.to_timestamp(local.ok()?).ok()
}
