//! `man`: the manual page, in roff.

use clap::CommandFactory;
use clap_mangen::Man;

use super::definition::{CommandLine, Output};
use super::message::{Failure, Verdict};
use super::output::Sink;
use crate::io::Problem;

pub(super) fn run(name: Option<&str>) -> Result<Verdict, Failure> {
    let mut program = CommandLine::command();
    program.build();
    let command = match name {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| unknown(name))?,
    };
    let mut sink = Sink::open(&Output::default())?;
    Man::new(command).render(&mut sink)?;
    sink.finish()?;
    Ok(Verdict::Done)
}

fn unknown(name: &str) -> Problem {
    Problem::new("man", format!("there is no command {name}; --help lists them"))
}
