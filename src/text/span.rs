//! Positions: what a bare `usize` would not say.

use std::ops::{Add, Range, Sub};

/// A position in canonical text, in bytes from its start, on a `char` boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Offset(pub usize);

impl Offset {
    /// The start of every text.
    pub const ZERO: Self = Self(0);

    /// The number of bytes before this position.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0
    }
}

impl Add<usize> for Offset {
    type Output = Self;

    /// The position `bytes` further on.
    fn add(self, bytes: usize) -> Self {
        Self(self.0.saturating_add(bytes))
    }
}

impl Sub<Offset> for Offset {
    type Output = usize;

    /// How many bytes lie between two positions, 0 where `other` is the later one.
    fn sub(self, other: Offset) -> usize {
        self.0.saturating_sub(other.0)
    }
}

/// A half-open stretch `[start, end)` of canonical text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: Offset,
    /// The byte after the last.
    pub end: Offset,
}

impl Span {
    /// The stretch from `start` to `end` in bytes; empty at `start` where `end` lies before it.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start: Offset(start), end: Offset(end) }
    }

    /// The stretch between two positions, whichever comes first.
    #[must_use]
    pub fn between(a: Offset, b: Offset) -> Self {
        Self { start: a.min(b), end: a.max(b) }
    }

    /// The empty stretch at a position.
    #[must_use]
    pub const fn at(offset: Offset) -> Self {
        Self { start: offset, end: offset }
    }

    /// Its length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.0.saturating_sub(self.start.0)
    }

    /// Whether it holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether `offset` lies inside it.
    #[must_use]
    pub fn contains(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether all of `other` lies inside it.
    #[must_use]
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether they share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What they share, if it is not empty.
    #[must_use]
    pub fn intersection(self, other: Span) -> Option<Span> {
        let span = Self::new(self.start.0.max(other.start.0), self.end.0.min(other.end.0));
        (!span.is_empty()).then_some(span)
    }

    /// The shortest stretch that covers both.
    #[must_use]
    pub fn union(self, other: Span) -> Span {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same stretch `by` bytes further on.
    #[must_use]
    pub fn moved(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// As a range of bytes.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start.0..self.end.0
    }

    /// Its words in `text`; empty where the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A row of laid-out text or of a pane, from its top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Row(pub usize);

/// A column of terminal cells, from the left of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Col(pub usize);
