//! `completions`: what a shell offers after a Tab.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::definition::{CommandLine, Output};
use super::message::{Failure, Verdict};
use super::output::Sink;

pub(super) fn run(shell: Shell) -> Result<Verdict, Failure> {
    // The generator knows no error of writing; memory has none.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut CommandLine::command(), "pullquote", &mut script);
    let mut sink = Sink::open(&Output::default())?;
    sink.write_all(&script)?;
    sink.finish()?;
    Ok(Verdict::Done)
}
