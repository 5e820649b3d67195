//! `text`: the canonical text of one article, as it is; a terminal gets it sanitised.

use std::io::Write;
use std::path::PathBuf;

use super::definition::{Options, Output};
use super::library::Library;
use super::message::{Failure, Verdict};
use super::output::Sink;
use crate::text::clean_lines;

pub(super) fn run(path: PathBuf, options: &Options) -> Result<Verdict, Failure> {
    let library = Library::new(vec![path], options)?;
    let article = library.read(&library.only()?)?;
    let mut sink = Sink::open(&Output::default())?;
    if sink.is_terminal() {
        sink.write_all(clean_lines(&article.text).as_bytes())?;
    } else {
        sink.write_all(article.text.as_bytes())?;
    }
    sink.finish()?;
    Ok(Verdict::Done)
}
