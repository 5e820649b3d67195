//! Windows: the stretch of a long text that is open, and positions that every window knows.

use serde::{Deserialize, Serialize};

use crate::text::Offset;

/// A position in a text, whatever window of it is open: one that comes later is greater.
///
/// In a text that is open as a whole it is the byte. In a long one it is a byte of the file at which a
/// piece begins, times three, and the bytes of canonical text from there on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Landmark(pub u64);

/// No byte of a file becomes more bytes of canonical text than this.
const SPREAD: u64 = 3;

impl Landmark {
    /// The start of every text.
    pub const START: Self = Self(0);
    /// The end of every text.
    pub const END: Self = Self(u64::MAX);

    /// A position in a text that is open as a whole.
    #[must_use]
    pub const fn of_whole(at: Offset) -> Self {
        Self(at.get() as u64)
    }

    /// Where a piece begins, given the byte of its file.
    #[must_use]
    pub const fn of_file(byte: u64) -> Self {
        Self(byte.saturating_mul(SPREAD))
    }

    /// A byte of the file: where its piece begins, or behind that, but never in another piece.
    #[must_use]
    pub const fn file_byte(self) -> u64 {
        self.0 / SPREAD
    }
}

/// Where a piece lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Laid {
    /// Its number among the pieces of the text, from 0.
    pub number: u64,
    /// The byte of the file at which it begins.
    pub byte: u64,
    /// Where its text begins in that of the window.
    pub start: Offset,
}

/// The window of a long text that is open: some of its pieces, which follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pieces: Vec<Laid>,
    /// The byte of the file at which the last piece ends.
    end: u64,
    /// The bytes of the file.
    length: u64,
    /// The length of the window's text.
    text: Offset,
    /// The bytes of the file that are no text: its mark.
    mark: u64,
}

impl Window {
    /// A window of these pieces, at least one, with a text of so many bytes, of a file that has
    /// `length` bytes, of which the first `mark` are no text.
    #[must_use]
    pub fn new(pieces: Vec<Laid>, end: u64, text: Offset, (mark, length): (u64, u64)) -> Self {
        Self { pieces, end, length, text, mark }
    }

    /// Its pieces, in order.
    #[must_use]
    pub fn pieces(&self) -> &[Laid] {
        &self.pieces
    }

    /// The bytes of the file.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Whether the text begins with it.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.pieces.first().is_none_or(|piece| piece.byte <= self.mark)
    }

    /// Whether the text ends with it.
    #[must_use]
    pub const fn is_last(&self) -> bool {
        self.end >= self.length
    }

    /// The piece that a position of the window lies in: an index into its pieces.
    #[must_use]
    pub fn piece_at(&self, at: Offset) -> usize {
        self.pieces.partition_point(|piece| piece.start <= at).saturating_sub(1)
    }

    /// That piece.
    #[must_use]
    pub fn laid_at(&self, at: Offset) -> Option<Laid> {
        self.pieces.get(self.piece_at(at)).copied()
    }

    /// The position in the whole text of one in the window.
    #[must_use]
    pub fn landmark(&self, at: Offset) -> Landmark {
        self.laid_at(at).map_or(Landmark::START, |piece| {
            let inside = u64::try_from(at - piece.start).unwrap_or(u64::MAX);
            Landmark(Landmark::of_file(piece.byte).0.saturating_add(inside))
        })
    }

    /// The position in the window of one in the whole text, if it is there.
    #[must_use]
    pub fn offset(&self, at: Landmark) -> Option<Offset> {
        let first = self.pieces.first()?;
        if at < Landmark::of_file(first.byte) || at > Landmark::of_file(self.end) {
            return None;
        }
        Some(self.nearest(at))
    }

    /// The position in the window that is nearest to one in the whole text.
    #[must_use]
    pub fn nearest(&self, at: Landmark) -> Offset {
        let after = self.pieces.partition_point(|piece| Landmark::of_file(piece.byte) <= at);
        let Some(index) = after.checked_sub(1) else { return Offset::ZERO };
        let (piece, next) = (self.pieces.get(index), self.pieces.get(after));
        let end = next.map_or(self.text, |next| next.start);
        piece.map_or(Offset::ZERO, |piece| {
            let inside = at.0.saturating_sub(Landmark::of_file(piece.byte).0);
            (piece.start + usize::try_from(inside).unwrap_or(usize::MAX)).min(end)
        })
    }

    /// Whether a stretch of the window is near one of its ends, where that is not an end of the text:
    /// in the outermost quarter of its pieces.
    #[must_use]
    pub fn is_near_edge(&self, start: Offset, end: Offset) -> bool {
        let quarter = (self.pieces.len() / 4).max(1);
        let high = self.pieces.len().saturating_sub(quarter);
        (!self.is_first() && self.piece_at(start) < quarter)
            || (!self.is_last() && self.piece_at(end) >= high)
    }

    /// Whether a stretch of the window reaches into its first or last piece, where that is not an end of
    /// the text.
    #[must_use]
    pub fn is_at_edge(&self, start: Offset, end: Offset) -> bool {
        (!self.is_first() && self.piece_at(start) == 0)
            || (!self.is_last() && self.piece_at(end) + 1 >= self.pieces.len())
    }

    /// How much of the file lies before a position, in bytes.
    #[must_use]
    pub fn file_byte(&self, at: Offset) -> u64 {
        let index = self.piece_at(at);
        let Some(piece) = self.pieces.get(index) else { return 0 };
        let next = self.pieces.get(index + 1);
        let (end, byte) = next.map_or((self.text, self.end), |next| (next.start, next.byte));
        let (inside, text) = (at - piece.start, end - piece.start);
        if inside >= text {
            return byte;
        }
        let share = |part: usize| u128::try_from(part).unwrap_or(u128::MAX);
        let passed = u128::from(byte - piece.byte) * share(inside) / share(text).max(1);
        piece.byte + u64::try_from(passed).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three pieces in the midst of a file: their bytes are 10 to 20, 20 to 32 and 32 to 40, their text
    /// has 10, 30 and 4.
    fn window() -> Window {
        let laid = |(number, byte, start)| Laid { number, byte, start: Offset(start) };
        let pieces = [(1, 10, 0), (2, 20, 10), (3, 32, 40)].map(laid);
        Window::new(pieces.to_vec(), 40, Offset(44), (0, 100))
    }

    #[test]
    fn positions_are_those_of_the_whole_text_and_back() {
        let window = window();
        let mut before = None;
        for at in 0..=44 {
            let mark = window.landmark(Offset(at));
            assert_eq!(window.offset(mark), Some(Offset(at)));
            assert!(before < Some(mark));
            before = Some(mark);
        }
        assert_eq!(window.offset(Landmark::of_file(9)), None);
        assert_eq!(window.offset(Landmark::END), None);
        assert_eq!(window.nearest(Landmark::START), Offset::ZERO);
        assert_eq!(window.nearest(Landmark::END), Offset(44));
    }

    #[test]
    fn a_position_in_another_window_is_the_same_in_the_whole_text() {
        let laid = |(number, byte, start)| Laid { number, byte, start: Offset(start) };
        let other = [(2, 20, 0), (3, 32, 30)].map(laid);
        let other = Window::new(other.to_vec(), 40, Offset(34), (0, 100));
        for at in 10..=44 {
            assert_eq!(other.offset(window().landmark(Offset(at))), Some(Offset(at - 10)));
        }
    }

    #[test]
    fn shares_are_those_of_the_file() {
        let window = window();
        assert_eq!(window.file_byte(Offset(0)), 10);
        assert_eq!(window.file_byte(Offset(25)), 26);
        assert_eq!(window.file_byte(Offset(44)), 40);
    }

    #[test]
    fn edges_count_only_where_the_text_goes_on() {
        let window = window();
        assert!(window.is_near_edge(Offset(0), Offset(20)));
        assert!(window.is_near_edge(Offset(20), Offset(41)));
        assert!(!window.is_near_edge(Offset(20), Offset(21)));
        let whole = Window { length: 40, mark: 10, ..window };
        assert!(!whole.is_near_edge(Offset(0), Offset(44)));
    }
}
