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

/// The most cells that some terminal gives to a symbol of which terminals differ in how many it takes:
/// pictures, flags, and what is put together of several characters. `None` where all give it as many as is
/// reckoned here, ambiguous letters aside, for which there is a setting.
#[must_use]
pub fn reach(symbol: &str) -> Option<usize> {
    let mut chars = symbol.chars();
    let first = chars.next()?;
    if chars.next().is_none() && !is_picture(first) {
        return None;
    }
    let alone = |c: char| match c {
        _ if !takes_cells(c) => 0,
        _ if is_picture(c) => 2,
        _ => cells(c.encode_utf8(&mut [0; 4])),
    };
    Some(symbol.chars().map(alone).sum::<usize>().max(cells(symbol)))
}

/// Whether a character is a picture, or may be one: terminals show these as wide or as narrow as the fonts and
/// the version of Unicode have them that they were made with.
const fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{2300}'..='\u{23FF}' // technical signs, clocks and media keys among them
        | '\u{25FB}'..='\u{25FE}' // squares
        | '\u{2600}'..='\u{27BF}' // weather, signs, dingbats
        | '\u{2B00}'..='\u{2BFF}' // stars and arrows
        | '\u{E000}'..='\u{F8FF}' // whatever a font has there
        | '\u{1F000}'..='\u{1FBFF}' // emoji and flags
        | '\u{F0000}'..
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_terminals_differ_in_reaches_as_far_as_its_characters_would_alone() {
        for agreed in ["a", "é", "“", "─", "漢", "я", "ש", "\u{feff}"] {
            assert_eq!(reach(agreed), None, "{agreed:?}");
        }
        let cases = [
            ("☺", 2),
            ("💖", 2),
            ("e\u{301}", 1),
            ("❤\u{fe0f}", 2),
            ("1\u{fe0f}\u{20e3}", 2),
            ("🇩🇪", 4),
            ("👍🏽", 4),
            ("👩\u{200d}👩\u{200d}👧", 6),
            ("हि", 2),
        ];
        for (symbol, cells) in cases {
            assert_eq!(reach(symbol), Some(cells), "{symbol:?}");
        }
    }
}
