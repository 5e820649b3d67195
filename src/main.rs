//! The `pullquote` program: a thin shell around the library.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use pullquote::app::Launch;
use pullquote::cli::{self, Invocation};

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(Invocation::Reader(launch)) => read(&launch),
        Ok(Invocation::Command(task)) => cli::run(task),
        Err(status) => status,
    }
}

/// Opens the reader, if there is a terminal for it.
fn read(_: &Launch) -> ExitCode {
    let what = if !io::stdout().is_terminal() {
        "standard output: is no terminal; the reader needs one, the commands do not (see --help)"
    } else if !has_keys() {
        "standard input: no terminal to read keys from; start it from one"
    } else {
        "reader: is not built in yet; the commands are (see --help)"
    };
    let _ = writeln!(io::stderr(), "pullquote: {what}");
    ExitCode::from(2)
}

/// Whether there is a terminal that keys can come from: standard input or, where that is an article,
/// the one that controls the process.
fn has_keys() -> bool {
    io::stdin().is_terminal() || (cfg!(unix) && std::fs::File::open("/dev/tty").is_ok())
}
