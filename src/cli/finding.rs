//! What a search found, on its way out.

use std::borrow::Cow;
use std::io::{self, Write as _};

use super::definition::Output;
use super::hit::HitRow;
use super::message::Failure;
use super::output::Sink;
use super::row::{Format, Rows};
use crate::text::clean;

/// Hits as rows for programs, or as lines for people.
pub(super) enum Findings {
    /// One row a hit.
    Rows(Rows),
    /// One line for each line that holds hits.
    Lines(Lines),
}

impl Findings {
    /// Begins where `output` says.
    ///
    /// # Errors
    /// Where that cannot be opened.
    pub(super) fn open(format: Format, output: &Output) -> Result<Self, Failure> {
        Ok(match format {
            Format::Text => Self::Lines(Lines::new(Sink::open(output)?)),
            Format::Jsonl | Format::Csv | Format::Toml => {
                Self::Rows(Rows::open::<HitRow<'_>>(format, output)?)
            }
        })
    }

    /// Adds a hit.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn put(&mut self, hit: &HitRow<'_>) -> Result<(), Failure> {
        match self {
            Self::Rows(rows) => rows.put(hit),
            Self::Lines(lines) => Ok(lines.put(hit)?),
        }
    }

    /// Ends the list.
    ///
    /// # Errors
    /// Where the rest of it cannot be written.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Rows(rows) => rows.finish(),
            Self::Lines(lines) => lines.sink.finish(),
        }
    }
}

/// Lines for people.
pub(super) struct Lines {
    sink: Sink,
    /// The article of the line before, where lines stand under its name.
    article: Option<String>,
    number: itoa::Buffer,
}

impl Lines {
    fn new(sink: Sink) -> Self {
        Self { sink, article: None, number: itoa::Buffer::new() }
    }

    /// On a terminal the lines of an article stand under its name, elsewhere the name stands in each.
    fn put(&mut self, hit: &HitRow<'_>) -> io::Result<()> {
        if self.sink.is_terminal() { self.put_under(hit) } else { self.put_named(hit) }
    }

    fn put_under(&mut self, hit: &HitRow<'_>) -> io::Result<()> {
        let HitRow { article, line, number, .. } = *hit;
        if self.article.as_deref() != Some(article) {
            let gap = if self.article.is_none() { "" } else { "\n" };
            writeln!(self.sink, "{gap}{}", clean(article))?;
            self.article = Some(article.to_owned());
        }
        writeln!(self.sink, "{number}: {}", clean(line))
    }

    fn put_named(&mut self, hit: &HitRow<'_>) -> io::Result<()> {
        let HitRow { article, line, number, .. } = *hit;
        // Few hits go on from one line to the next.
        let line = match memchr::memchr(b'\n', line.as_bytes()) {
            Some(_) => Cow::Owned(line.replace('\n', " ")),
            None => Cow::Borrowed(line),
        };
        // There may be very many, and formatting takes longer than all else.
        for part in [article, ":", self.number.format(number), ":", &line, "\n"] {
            self.sink.write_all(part.as_bytes())?;
        }
        Ok(())
    }
}
