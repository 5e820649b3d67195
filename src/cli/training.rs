//! `train-quotes`: learns the model from labelled articles.

use std::io::Write;

use super::definition::Training;
use super::labelled::labelled;
use super::message::{Failure, Messages, Verdict};
use super::output::Sink;
use crate::io::Problem;
use crate::quote::{train, train_hearsay};

pub(super) fn run(
    training: &Training,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let mut articles = Vec::new();
    for folder in &training.folders {
        articles.extend(labelled(folder)?);
    }
    if let Some(without) = &training.without {
        articles.retain(|it| !it.name.starts_with(without.as_str()));
    }
    let mut sink = Sink::open(&training.output)?;
    let mut progress = |what: &str| messages.mention(&Problem::remark("train-quotes", what));
    if training.indirect {
        write!(sink, "{}", train_hearsay(&articles, &mut progress))?;
    } else {
        write!(sink, "{}", train(&articles, &mut progress))?;
    }
    sink.finish()?;
    Ok(Verdict::Done)
}
