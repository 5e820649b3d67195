//! How many cells a terminal gives to what it is sent: the one place that knows.

use super::ambiguous::is_ambiguous_letter;
use std::sync::atomic::{AtomicBool, Ordering};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How wide the letters are that Unicode calls ambiguous (UAX #11): box drawing, Greek and Cyrillic
/// letters, quotation marks, which fonts for Chinese, Japanese and Korean set as wide as their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambiguous {
    /// One cell.
    #[default]
    Narrow,
    /// Two cells.
    Wide,
}

/// The terminal that the program writes to gives ambiguous letters two cells. It has but one, so this
/// is kept once, as a locale is, and set before anything is measured.
static WIDE: AtomicBool = AtomicBool::new(false);

impl Ambiguous {
    /// Has all widths from now on reckoned so, in every thread.
    pub fn apply(self) {
        WIDE.store(self == Self::Wide, Ordering::Relaxed);
    }

    /// What widths are reckoned with.
    #[must_use]
    pub fn in_force() -> Self {
        if WIDE.load(Ordering::Relaxed) { Self::Wide } else { Self::Narrow }
    }
}

/// The cells that a string takes.
pub(super) fn cells(symbol: &str) -> usize {
    match Ambiguous::in_force() {
        Ambiguous::Narrow => symbol.width(),
        Ambiguous::Wide => {
            symbol.width_cjk() + symbol.chars().filter(|&c| is_ambiguous_letter(c)).count()
        }
    }
}

/// Whether a character takes cells of its own; a control takes none that could be told.
pub(super) fn takes_cells(c: char) -> bool {
    c.width() != Some(0)
}
