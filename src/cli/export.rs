//! `export`: what is stored, for other programs and for reading.

use std::io::Write;

use jiff::Timestamp;

use super::definition::{Export, ExportFormat, Options};
use super::message::{Failure, Messages, Verdict};
use super::output::Sink;
use super::stored::Stored;
use crate::export::{markdown, toml};

pub(super) fn run(
    export: Export,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let mut sink = Sink::open(&export.output)?;
    let stored = Stored::read(export.paths, options, messages)?;
    if stored.verdict == Verdict::Unread {
        return Ok(stored.verdict);
    }
    let records = stored.records.iter().map(|(_, record)| record);
    match export.format {
        ExportFormat::Toml => toml::write(&mut sink, records, Timestamp::now())?,
        ExportFormat::Markdown => markdown::write(&mut sink, records, Timestamp::now())?,
    }
    sink.finish()?;
    Ok(stored.verdict)
}
