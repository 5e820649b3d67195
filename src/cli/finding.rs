//! What a search found, on its way out.

use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

use super::definition::Output;
use super::message::Failure;
use super::output::Sink;
use super::row::{Format, Rows};
use super::search::HitRow;
use crate::text::clean;

/// Hits as rows for programs, or as lines for people.
pub(super) enum Findings {
    /// One row a hit.
    Rows(Rows),
    /// One line for each line that holds hits; the line that was put last.
    Lines(Sink, Option<Last>),
}

/// The line put last: article, number and words.
type Last = (Arc<str>, usize, String);

impl Findings {
    /// Begins where `output` says.
    ///
    /// # Errors
    /// Where that cannot be opened.
    pub(super) fn open(format: Format, output: &Output) -> Result<Self, Failure> {
        Ok(match format {
            Format::Text => Self::Lines(Sink::open(output)?, None),
            Format::Jsonl | Format::Csv | Format::Toml => {
                Self::Rows(Rows::open::<HitRow>(format, output)?)
            }
        })
    }

    /// Adds a hit.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn put(&mut self, hit: &HitRow) -> Result<(), Failure> {
        match self {
            Self::Rows(rows) => rows.put(hit),
            Self::Lines(sink, last) => put_line(sink, last, hit),
        }
    }

    /// Ends the list.
    ///
    /// # Errors
    /// Where the rest of it cannot be written.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Rows(rows) => rows.finish(),
            Self::Lines(sink, _) => sink.finish(),
        }
    }
}

/// On a terminal the lines of an article stand under its name, elsewhere the name stands in each.
fn put_line(sink: &mut Sink, last: &mut Option<Last>, hit: &HitRow) -> Result<(), Failure> {
    let HitRow { article, line, number, .. } = hit;
    let same = last.as_ref().filter(|(before, ..)| before == article);
    if same.is_some_and(|(_, nth, words)| nth == number && words == line) {
        return Ok(());
    }
    if sink.is_terminal() {
        if same.is_none() {
            let gap = if last.is_some() { "\n" } else { "" };
            writeln!(sink, "{gap}{}", clean(article))?;
        }
        writeln!(sink, "{number}: {}", clean(line))?;
    } else {
        let words =
            if line.contains('\n') { Cow::Owned(line.replace('\n', " ")) } else { line.into() };
        writeln!(sink, "{article}:{number}:{words}")?;
    }
    *last = Some((Arc::clone(article), *number, line.clone()));
    Ok(())
}
