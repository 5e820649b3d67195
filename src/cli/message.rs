//! What a command says beside its product, and how it ends.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::io::Problem;
use crate::text::clean;

/// How a command ended that could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is done.
    Done,
    /// It ran, and found problems.
    Found,
    /// It ran, and found nothing that it looked for.
    Nothing,
    /// Nothing could be read; the messages said why.
    Unread,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Done => Self::SUCCESS,
            Verdict::Found | Verdict::Nothing => Self::FAILURE,
            Verdict::Unread => Self::from(2),
        }
    }
}

/// Why a command stopped.
#[derive(Debug)]
pub(super) enum Failure {
    /// Something that it cannot do without is wrong.
    Problem(Problem),
    /// It looked for something that is not there.
    Unmet(Problem),
    /// Whoever read its product has had enough.
    Closed,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<io::Error> for Failure {
    /// An error of writing; those of a [`Sink`](super::output::Sink) bring their place with them.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        match error.downcast::<Problem>() {
            Ok(problem) => Self::Problem(problem),
            Err(error) => Problem::new("output", format!("cannot be written: {error}")).into(),
        }
    }
}

/// The messages of a run, to standard error.
#[derive(Debug)]
pub(super) struct Messages<W> {
    to: W,
    quiet: bool,
    verbose: bool,
}

impl<W: Write> Messages<W> {
    /// Messages to `to`: none of skipped files where `quiet`, remarks only where `verbose`.
    pub(super) fn new(to: W, quiet: bool, verbose: bool) -> Self {
        Self { to, quiet, verbose }
    }

    /// Says what was skipped or left out.
    pub(super) fn mention(&mut self, problem: &Problem) {
        if !self.quiet && (self.verbose || !problem.remark) {
            self.say(problem);
        }
    }

    /// Says why the command cannot do what it was asked.
    pub(super) fn say(&mut self, problem: &Problem) {
        let line = problem.to_string();
        // Names come from outside. Whoever closed standard error does not want to hear of it.
        let _ = writeln!(self.to, "pullquote: {}", clean(&line));
    }
}
