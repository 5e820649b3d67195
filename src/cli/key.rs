//! `keys`: the key map in force, the user's own bindings laid over the default ones.

use std::io::Write;

use serde::Serialize;

use super::definition::{Keys, Options};
use super::message::{Failure, Messages, Verdict};
use super::row::{Row, Rows};
use crate::app::{CONTEXTS, bound_in, keymap_with};
use crate::io::Problem;
use crate::io::path::Places;
use crate::io::preference::load_config;

/// An action and the keys that lead to it.
#[derive(Debug, Serialize)]
struct KeyRow {
    context: &'static str,
    keys: Vec<String>,
    action: &'static str,
    does: &'static str,
}

impl Row for KeyRow {
    const NAME: &'static str = "key";
    const FIELDS: &'static [&'static str] = &["context", "keys", "action", "does"];

    fn columns(&self) -> Vec<String> {
        let keys = self.keys.join(" or ");
        vec![self.context.to_owned(), keys, self.action.to_owned(), self.does.to_owned()]
    }
}

pub(super) fn run(
    keys: &Keys,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let places = Places::find(options.data_dir.as_deref(), options.config.as_deref())?;
    let config = load_config(&places, options.config.is_some())?;
    let (keymap, mut problems) = keymap_with(config.keymap);
    problems.splice(0..0, config.problems);
    for problem in problems.iter().cloned().map(Problem::from) {
        messages.say(&problem);
    }
    let mut rows = Rows::open::<KeyRow>(keys.format, &keys.output)?;
    for &(context, _) in CONTEXTS {
        for bound in bound_in(&keymap, context) {
            let (action, does) = (bound.action.name(), bound.action.help());
            rows.put(&KeyRow { context, keys: bound.keys, action, does })?;
        }
    }
    rows.finish()?;
    Ok(if problems.is_empty() { Verdict::Done } else { Verdict::Found })
}
