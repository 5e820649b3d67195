//! `config`: the settings in force, as a configuration file.

use std::io::Write;

use super::definition::{Options, Output};
use super::message::{Failure, Messages, Verdict};
use super::output::Sink;
use crate::app::keymap_with;
use crate::io::Problem;
use crate::io::path::Places;
use crate::io::preference::{load_config, load_theme_toml};

pub(super) fn run(
    output: &Output,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let places = Places::find(options.data_dir.as_deref(), options.config.as_deref())?;
    let config = load_config(&places, options.config.is_some())?;
    let (_, unknown) = keymap_with(config.keymap);
    let found = config.problems.into_iter().chain(unknown);
    let mut problems: Vec<Problem> = found.map(Problem::from).collect();
    let mut settings = config.settings;
    if let Some(theme) = &options.theme {
        settings.theme.clone_from(theme);
    }
    problems.extend(load_theme_toml(&places, &settings.theme).err());
    for problem in &problems {
        messages.say(problem);
    }
    let mut sink = Sink::open(output)?;
    sink.write_all(settings.to_toml().as_bytes())?;
    sink.finish()?;
    Ok(if problems.is_empty() { Verdict::Done } else { Verdict::Found })
}
