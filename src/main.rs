//! The `pullquote` program: a thin shell around the library.

use std::process::ExitCode;

use pullquote::cli::{self, Invocation};
use pullquote::tui;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(Invocation::Reader(launch)) => tui::run(&launch),
        Ok(Invocation::Command(task)) => cli::run(task),
        Err(status) => status,
    }
}
