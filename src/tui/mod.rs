//! The terminal: its modes and the guard that gives it back, keys, signals, and the loop.

mod guard;
mod input;
mod painter;
mod pen;
mod press;
mod session;
mod setup;
mod sheet;
mod signal;

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use crate::app::Launch;
use crate::io::Problem;
use crate::text::clean;

pub use guard::Guard;

/// The exit status of a run that could not be.
const COULD_NOT: u8 = 2;

/// Opens the reader, and returns when the person has left it.
#[must_use]
pub fn run(launch: &Launch) -> ExitCode {
    match check(launch).and_then(|()| session::run(launch)) {
        Ok(ending) => {
            // Where the terminal was stopped, what is said to it would keep the program for ever.
            if ending.heard || !io::stderr().is_terminal() {
                say(&ending.problems);
            }
            ExitCode::from(ending.status)
        }
        Err(problem) => {
            say(&[problem]);
            ExitCode::from(COULD_NOT)
        }
    }
}

/// Whether there is a terminal to draw on, and one that keys can come from.
fn check(launch: &Launch) -> Result<(), Problem> {
    let keys = io::stdin().is_terminal();
    if !io::stdout().is_terminal() {
        let what = "is no terminal; the reader needs one, the commands do not (see --help)";
        return Err(Problem::new("standard output", what));
    }
    if launch.stdin && keys {
        let what = "is the terminal that keys come from; send an article into it instead";
        return Err(Problem::new("standard input", what));
    }
    let elsewhere = || cfg!(unix) && std::fs::File::open("/dev/tty").is_ok();
    if !keys && !elsewhere() {
        return Err(Problem::new(
            "standard input",
            "no terminal to read keys from; start it from one",
        ));
    }
    Ok(())
}

fn say(problems: &[Problem]) {
    for problem in problems {
        let line = problem.to_string();
        // Names come from outside. Whoever closed standard error does not want to hear of it.
        let _ = writeln!(io::stderr(), "pullquote: {}", clean(&line));
    }
}
