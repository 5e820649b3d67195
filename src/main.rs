//! The `pullquote` program: a thin shell around the library.

use std::process::ExitCode;

use pullquote::cli::{self, Invocation};
use pullquote::io::shield;
use pullquote::tui;

fn main() -> ExitCode {
    shield::report_panics();
    match cli::parse(std::env::args_os()) {
        Ok(Invocation::Reader(launch)) => tui::run(&launch),
        Ok(Invocation::Command(task)) => cli::run(task),
        Err(status) => status,
    }
}
