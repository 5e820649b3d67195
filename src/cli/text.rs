//! `text`: the canonical text of one article, as it is.

use std::io::Write;
use std::path::PathBuf;

use super::definition::{Options, Output};
use super::library::Library;
use super::message::{Failure, Messages, Verdict};
use super::output::Sink;
use crate::io::load::damage;

pub(super) fn run(
    path: PathBuf,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let library = Library::new(vec![path], options)?;
    let source = library.only()?;
    let article = library.read(&source)?;
    if let Some(damage) = damage(&source.place(), &article) {
        messages.mention(&damage);
    }
    let mut sink = Sink::open(&Output::default())?;
    sink.write_all(article.text.as_bytes())?;
    sink.finish()?;
    Ok(Verdict::Done)
}
