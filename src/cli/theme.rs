//! `themes`: which there are, and one of them as a file to start one's own from.

use std::io::Write;

use serde::Serialize;

use super::definition::{Options, Themes};
use super::message::{Failure, Verdict};
use super::output::Sink;
use super::row::{Row, Rows};
use crate::io::path::Places;
use crate::io::preference::{load_theme_toml, theme_names};

/// A theme, and whether it comes with the program or is the user's.
#[derive(Debug, Serialize)]
struct ThemeRow {
    theme: String,
    origin: &'static str,
}

impl Row for ThemeRow {
    const NAME: &'static str = "theme";
    const FIELDS: &'static [&'static str] = &["theme", "origin"];

    fn columns(&self) -> Vec<String> {
        vec![self.theme.clone(), self.origin.to_owned()]
    }
}

pub(super) fn run(themes: &Themes, options: &Options) -> Result<Verdict, Failure> {
    let places = Places::find(options.data_dir.as_deref(), options.config.as_deref())?;
    if let Some(name) = &themes.name {
        let (toml, _) = load_theme_toml(&places, name)?;
        let mut sink = Sink::open(&themes.output)?;
        sink.write_all(toml.as_bytes())?;
        sink.finish()?;
        return Ok(Verdict::Done);
    }
    let mut rows = Rows::open::<ThemeRow>(themes.format, &themes.output)?;
    for (theme, own) in theme_names(&places) {
        rows.put(&ThemeRow { theme, origin: if own { "yours" } else { "built in" } })?;
    }
    rows.finish()?;
    Ok(Verdict::Done)
}
