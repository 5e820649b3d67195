//! The command line: what it may say, and a file for each command.

mod annotation;
mod article;
mod block;
mod completion;
mod correction;
mod course;
mod definition;
mod doctor;
mod export;
mod finding;
mod guard;
mod hit;
mod key;
mod labelled;
mod library;
mod manual;
mod marking;
mod message;
mod output;
mod passage;
mod quotation;
mod row;
mod scoring;
mod search;
mod setting;
mod stored;
mod table;
mod text;
mod theme;
mod training;
mod voice;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::app::Launch;
use crate::io::walk::STDIN;
use crate::text::clean_lines;
use definition::{Command, CommandLine, Options, Quotes, Reader, Search};
use message::{Failure, Messages, Verdict};
use row::Rows;

/// What the person wants.
#[derive(Debug)]
pub enum Invocation {
    /// To read.
    Reader(Launch),
    /// One thing done, and out.
    Command(Task),
}

/// A command, ready to [`run`].
#[derive(Debug)]
pub struct Task {
    command: Command,
    options: Options,
}

/// What the arguments ask for; the first of them is the program's name.
///
/// # Errors
/// Where they ask for nothing that there is, or for help, which is then given: the exit status to
/// leave with.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, ExitCode> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let is_command = |it: &OsString| it.to_str().is_some_and(Command::has_subcommand);
    if !arguments.iter().skip(1).any(is_command)
        && let Ok(reader) = Reader::try_parse_from(&arguments)
    {
        return Ok(Invocation::Reader(launch(reader)));
    }
    // What is wrong is said by the parser that knows it all.
    let line = CommandLine::try_parse_from(arguments).and_then(checked);
    let CommandLine { reader, command } = line.map_err(|error| explain(&error))?;
    Ok(match command {
        Some(command) => Invocation::Command(Task { command, options: reader.options }),
        None => Invocation::Reader(launch(reader)),
    })
}

fn launch(reader: Reader) -> Launch {
    let Reader { options, paths } = reader;
    Launch {
        stdin: paths.iter().any(|path| path.as_os_str() == STDIN),
        paths,
        sample: options.sample,
        data_dir: options.data_dir,
        config: options.config,
        theme: options.theme,
        color: options.color.into(),
        encoding: options.encoding,
        follow_links: options.follow_links,
    }
}

/// What clap cannot say of a command line: paths are needed unless the sample is asked for.
fn checked(line: CommandLine) -> Result<CommandLine, clap::Error> {
    match &line.command {
        Some(
            Command::Articles(listed)
            | Command::Blocks(listed)
            | Command::Voices(listed)
            | Command::Quotes(Quotes { listed, .. })
            | Command::Search(Search { listed, .. }),
        ) if listed.paths.is_empty() && !line.reader.options.sample => {
            let what = "name a file or a folder, or use --sample";
            Err(CommandLine::command().error(ErrorKind::MissingRequiredArgument, what))
        }
        _ => Ok(line),
    }
}

/// Gives the help that was asked for, or says what is wrong with the command line.
fn explain(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        let text = error.render().to_string();
        let what = text.strip_prefix("error: ").unwrap_or(&text);
        let _ = write!(io::stderr(), "pullquote: {}", clean_lines(what));
        return ExitCode::from(2);
    }
    match error.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(2),
        _ => ExitCode::SUCCESS,
    }
}

/// Runs a command, and says on standard error what it could not do.
#[must_use]
pub fn run(task: Task) -> ExitCode {
    let Task { command, options } = task;
    let mut messages = Messages::new(io::stderr(), options.quiet, options.verbose);
    match perform(command, &options, &mut messages) {
        Ok(verdict) => verdict.into(),
        Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(Failure::Unmet(problem)) => {
            messages.say(&problem);
            ExitCode::FAILURE
        }
        Err(Failure::Problem(problem)) => {
            messages.say(&problem);
            ExitCode::from(2)
        }
    }
}

fn perform(
    command: Command,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    match command {
        Command::Articles(listed) => article::run(listed, options, messages),
        Command::Text { path } => text::run(path, options, messages),
        Command::Blocks(listed) => block::run(listed, options, messages),
        Command::Quotes(quotes) => quotation::run(quotes, options, messages),
        Command::Voices(listed) => voice::run(listed, options, messages),
        Command::Search(search) => search::run(search, options, messages),
        Command::TrainQuotes(training) => training::run(&training, messages),
        Command::ScoreQuotes(scoring) => scoring::run(&scoring),
        Command::Themes(themes) => theme::run(&themes, options),
        Command::Keys(keys) => key::run(&keys, options, messages),
        Command::Config(output) => setting::run(&output, options, messages),
        Command::Completions { shell } => completion::run(shell),
        Command::Man { command } => manual::run(command.as_deref()),
        Command::Annotate(annotate) => marking::run(&annotate, options),
        Command::Annotations(listed) => annotation::run(listed, options, messages),
        Command::Export(export) => export::run(export, options, messages),
        Command::Doctor(doctor) => doctor::run(doctor, options, messages),
    }
}

/// Ends a list. Where nothing could be read, no file is left behind.
fn finished(verdict: Verdict, rows: Rows) -> Result<Verdict, Failure> {
    if verdict != Verdict::Unread {
        rows.finish()?;
    }
    Ok(verdict)
}
