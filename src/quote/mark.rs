//! What is a quotation mark, and how it looks.

use super::neighbour::{Side, Turn, is_transparent};
use crate::text::Offset;

/// Which marks can belong together. Within a family every style pairs with every other, since the
/// styles are mixed up in the wild and their directions tell more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Marks that are nothing else: double ones, guillemets, doubled single ones.
    Double,
    /// Marks that may be apostrophes.
    Single,
}

/// A quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where it stands.
    pub(super) start: Offset,
    /// Its length in bytes.
    pub(super) len: u8,
    /// What it can belong together with.
    pub(super) family: Family,
    /// Which way it faces.
    pub(super) turn: Turn,
    /// Whether it may be an apostrophe or a measure instead.
    pub(super) doubtful: bool,
    /// Whether it is of the straight kind.
    pub(super) straight: bool,
    /// Whether it stands where speech begins: first in its block, or after punctuation.
    pub(super) leads: bool,
}

impl Mark {
    /// The position right after it.
    pub(super) fn end(&self) -> Offset {
        self.start + usize::from(self.len)
    }

    /// Whether it is of the same family and kind.
    pub(super) fn is_like(&self, other: Mark) -> bool {
        self.family == other.family && self.straight == other.straight
    }
}

/// How a mark looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// The same at both ends.
    Straight,
    /// Like an opening mark.
    Opening,
    /// Like a closing mark.
    Closing,
}

/// The family and the face of a character that may be a mark by itself.
pub(super) const fn look(c: char) -> Option<(Family, Face)> {
    Some(match c {
        '"' | '＂' => (Family::Double, Face::Straight),
        '“' | '„' | '‟' | '«' | '‹' => (Family::Double, Face::Opening),
        '”' | '»' | '›' => (Family::Double, Face::Closing),
        '\'' => (Family::Single, Face::Straight),
        '‘' | '‚' | '‛' | '`' => (Family::Single, Face::Opening),
        '’' | '´' => (Family::Single, Face::Closing),
        _ => return None,
    })
}

/// Whether `words` are more than white space, punctuation and marks.
pub(super) fn says_something(words: &str) -> bool {
    words.contains(|c| Side::of(c) == Side::Word && !is_transparent(c) && look(c).is_none())
}
