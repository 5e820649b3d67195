//! What a search found, on its way out.

use std::fmt::Write as _;
use std::io::Write as _;

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
            Self::Lines(lines) => lines.put(hit),
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

/// Lines for people, and what was put last.
pub(super) struct Lines {
    sink: Sink,
    article: String,
    /// Which line of the article it was, from 1; 0 before there is any.
    number: usize,
    words: String,
    /// What is being written.
    written: String,
}

impl Lines {
    fn new(sink: Sink) -> Self {
        let [article, words, written] = Default::default();
        Self { sink, article, number: 0, words, written }
    }

    /// On a terminal the lines of an article stand under its name, elsewhere the name stands in each.
    fn put(&mut self, hit: &HitRow<'_>) -> Result<(), Failure> {
        let HitRow { article, line, number, .. } = *hit;
        let first = self.number == 0;
        let same = !first && self.article == article;
        if same && self.number == number && self.words == line {
            return Ok(());
        }
        if self.sink.is_terminal() {
            if !same {
                let gap = if first { "" } else { "\n" };
                writeln!(self.sink, "{gap}{}", clean(article))?;
            }
            writeln!(self.sink, "{number}: {}", clean(line))?;
        } else {
            self.put_named(hit)?;
        }
        if !same {
            self.article.clear();
            self.article.push_str(article);
        }
        self.words.clear();
        self.words.push_str(line);
        self.number = number;
        Ok(())
    }

    /// Writes a line with the name of its article in it, in one go: there may be very many.
    fn put_named(&mut self, hit: &HitRow<'_>) -> Result<(), Failure> {
        let HitRow { article, line, number, .. } = *hit;
        let Self { sink, written, .. } = self;
        written.clear();
        written.push_str(article);
        // Writing to a string does not fail.
        let _ = write!(written, ":{number}:");
        for (nth, part) in line.split('\n').enumerate() {
            written.push_str(if nth == 0 { "" } else { " " });
            written.push_str(part);
        }
        written.push('\n');
        sink.write_all(written.as_bytes())?;
        Ok(())
    }
}
