//! The shield: a fault of ours in the reading of one article stays there.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

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
    done.map_err(|payload| said(&*payload).to_owned())
}

/// What a panic says of itself: untrusted text, since it may quote an article.
#[must_use]
pub fn said(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("it did not say why")
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
}
