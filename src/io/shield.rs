//! The shield: a fault of ours in the reading of one article stays there, and what a fault says of itself
//! reaches the terminal as text.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::Cell;
use std::io::{self, Write as _};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::Path;
use std::thread;

use super::Problem;
use crate::text::{clean, clean_lines};

/// What is said where the program falls over an article.
pub(super) const FAULT: &str = "a fault of ours, which you may report";

/// The most of what a fault says of itself, in scalar values: it may quote a whole article.
const LONGEST: usize = 400;

thread_local! {
    static UP: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread is going to be caught: nobody is to make anything of it.
#[must_use]
pub fn is_up() -> bool {
    UP.get()
}

/// Does some work from which nothing is left behind where it panics; then, what it said.
///
/// # Errors
/// The work panicked.
pub(super) fn shielded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = UP.replace(true);
    // Nothing that the work has changed is looked at once it has panicked.
    let done = catch_unwind(AssertUnwindSafe(work));
    UP.set(before);
    done.map_err(|payload| said(&*payload))
}

/// Does some work on the article in a place; where it panics, that article is left out and the rest goes on.
///
/// # Errors
/// What the work fails with, or that it panicked.
pub fn over<T, E: From<Problem>>(place: &str, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    over_one(|| place.to_owned(), work)
}

/// The same where there are very many articles: only of one that it falls over it asks for the place.
///
/// # Errors
/// As [`over`].
pub fn over_one<T, E: From<Problem>>(
    place: impl FnOnce() -> String,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let fault = |said| Problem::new(place(), format!("is left out: {FAULT} ({said})"));
    shielded(work).unwrap_or_else(|said| Err(fault(said).into()))
}

/// What a panic says of itself, as far as that is not too long: untrusted text, since it may quote an
/// article.
fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("it did not say why").chars().take(LONGEST).collect()
}

/// Has every panic that nobody catches reported on standard error, in words that were sanitised.
pub fn report_panics() {
    panic::set_hook(Box::new(|what| {
        if !is_up() {
            report(what, None);
        }
    }));
}

/// Says that we fell, and where, and where the journal is. What a fault says of itself may hold words of
/// an article.
pub fn report(what: &PanicHookInfo<'_>, journal: Option<&Path>) {
    let at = what.location().map(ToString::to_string).unwrap_or_default();
    let said = said(what.payload());
    let thread = thread::current();
    let name = thread.name().unwrap_or("unnamed");
    let mut err = io::stderr();
    // Whoever closed standard error does not want to hear of it.
    let _ = writeln!(err, "pullquote: a fault of ours in {name} at {at}: {}", clean_lines(&said));
    if let Some(folder) = journal.map(Path::to_string_lossy) {
        let folder = clean(&folder);
        let _ =
            writeln!(err, "pullquote: what was not saved by then is in the journal in {folder}");
    }
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        let _ = writeln!(err, "{trace}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_value_and_the_shield_goes_down_again() {
        assert_eq!(shielded(|| 7), Ok(7));
        let fallen: Result<(), String> = shielded(|| {
            assert!(is_up());
            panic!("on {}", "purpose")
        });
        assert_eq!(fallen, Err("on purpose".to_owned()));
        assert!(!is_up());
    }

    #[test]
    fn over_an_article_a_panic_is_a_problem_and_not_a_long_one() {
        let done: Result<u8, Problem> = over("a.txt", || Ok(7));
        assert_eq!(done, Ok(7));
        let fallen: Result<u8, Problem> = over("a.txt", || panic!("{}", "x".repeat(10_000)));
        let said = fallen.unwrap_err().to_string();
        assert!(said.starts_with("a.txt: is left out: a fault of ours"), "{said}");
        assert!(said.len() < 600, "{said}");
    }
}
