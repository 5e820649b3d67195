//! Rows out: one list, in four formats.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use super::definition::Output;
use super::message::Failure;
use super::output::Sink;
use super::table::Table;

/// The formats that a command lists in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Columns, to look at.
    #[default]
    Text,
    /// A JSON object a line.
    Jsonl,
    /// Comma-separated values under a line of names.
    Csv,
    /// An array of tables.
    Toml,
}

/// One row of a list.
pub(super) trait Row: Serialize {
    /// What one is called: the name of its table in TOML.
    const NAME: &'static str;
    /// The names of its fields, in order.
    const FIELDS: &'static [&'static str];

    /// What a person sees of it in columns.
    fn columns(&self) -> Vec<String>;
}

/// A list on its way out. Rows are written as they come.
pub(super) struct Rows {
    writer: Writer,
}

enum Writer {
    Text(Table, Sink),
    Jsonl(Sink),
    Csv(Box<csv::Writer<Sink>>),
    Toml(Sink),
}

impl Rows {
    /// Begins a list of `R` where `output` says.
    ///
    /// # Errors
    /// Where that cannot be opened.
    pub(super) fn open<R: Row>(format: Format, output: &Output) -> Result<Self, Failure> {
        let sink = Sink::open(output)?;
        let writer = match format {
            Format::Text => Writer::Text(Table::new(sink.is_terminal()), sink),
            Format::Jsonl => Writer::Jsonl(sink),
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(sink);
                writer.write_record(R::FIELDS).map_err(unwrap_csv)?;
                Writer::Csv(Box::new(writer))
            }
            Format::Toml => Writer::Toml(sink),
        };
        Ok(Self { writer })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn put<R: Row>(&mut self, row: &R) -> Result<(), Failure> {
        match &mut self.writer {
            Writer::Text(table, sink) => table.put(row.columns(), sink)?,
            Writer::Jsonl(sink) => {
                let line = serde_json::to_string(row).map_err(io::Error::from)?;
                writeln!(sink, "{line}")?;
            }
            Writer::Csv(writer) => writer.write_record(cells(row)?).map_err(unwrap_csv)?,
            Writer::Toml(sink) => {
                let tables = std::collections::BTreeMap::from([(R::NAME, [row])]);
                let tables = toml::to_string(&tables).map_err(io::Error::other)?;
                writeln!(sink, "{}", tables.trim_end())?;
                writeln!(sink)?;
            }
        }
        Ok(())
    }

    /// Ends the list with a line for whoever looks at it; what a program reads has none.
    ///
    /// # Errors
    /// Where the rest of it cannot be written.
    pub(super) fn finish_with(mut self, line: &str) -> Result<(), Failure> {
        if let Writer::Text(table, sink) = &mut self.writer {
            table.flush(sink)?;
            writeln!(sink, "{line}")?;
        }
        self.finish()
    }

    /// Ends the list.
    ///
    /// # Errors
    /// Where the rest of it cannot be written.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self.writer {
            Writer::Text(mut table, mut sink) => {
                table.flush(&mut sink)?;
                sink.finish()
            }
            Writer::Jsonl(sink) | Writer::Toml(sink) => sink.finish(),
            Writer::Csv(writer) => {
                writer.into_inner().map_err(csv::IntoInnerError::into_error)?.finish()
            }
        }
    }
}

/// A row's fields as CSV holds them: nothing for what is unknown, JSON for what has an inside.
fn cells<R: Row>(row: &R) -> io::Result<Vec<String>> {
    let value = serde_json::to_value(row)?;
    let cell = |field: &&str| match value.get(field) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    Ok(R::FIELDS.iter().map(cell).collect())
}

/// The error of writing that a CSV error wraps, with its kind.
fn unwrap_csv(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
