//! Seeking a pattern in a long text.
//!
//! What is UTF-8 is searched as it lies in the file, on two threads; only the pieces in which something
//! is found are decoded.

use std::io;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;
use std::thread;

use encoding_rs::UTF_8;
use regex::bytes::Regex;

use super::volume::{PIECES, Volume};
use crate::app::{Landmark, OVERLAP};
use crate::corpus::piece::letters;
use crate::search::Pattern;
use crate::text::{Offset, floor_grapheme};

/// How many threads look at a time.
const THREADS: u64 = 2;
/// How many times each of them reads before it is seen what was found.
const READS: u64 = 4;

/// What came of looking for a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// It is there.
    Match {
        /// Where it starts.
        at: Landmark,
        /// Whether it was found around the end of the text.
        wrapped: bool,
    },
    /// There is none in all of the text.
    Nothing,
    /// It was not looked for to the end.
    GivenUp,
}

impl Sight {
    /// Where a match starts, and whether it was found around the end of the text.
    #[must_use]
    pub const fn place(self) -> (Option<Landmark>, bool) {
        match self {
            Self::Match { at, wrapped } => (Some(at), wrapped),
            Self::Nothing | Self::GivenUp => (None, false),
        }
    }
}

/// What seeks a pattern in a long text.
#[derive(Debug)]
pub struct Seeker {
    volume: Arc<Volume>,
    pattern: Pattern,
    /// What finds at least what the pattern does, in the bytes of the file.
    raw: Option<Regex>,
}

impl Seeker {
    /// What seeks `pattern` in a text.
    #[must_use]
    pub fn new(volume: Arc<Volume>, pattern: Pattern) -> Self {
        let raw = (volume.encoding == UTF_8).then(|| pattern.raw()).flatten();
        Self { volume, pattern, raw }
    }

    /// Whether it seeks in this volume.
    pub(super) fn is_in(&self, volume: &Arc<Volume>) -> bool {
        Arc::ptr_eq(&self.volume, volume)
    }

    /// How many pieces the text has.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.volume.count()
    }

    /// The `nth` match from a position on, or before it, around the end of the text. It is asked every few
    /// milliseconds whether that is given up.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn nth(
        &self,
        (from, forward): (Landmark, bool),
        nth: usize,
        mut is_given_up: impl FnMut() -> bool,
    ) -> io::Result<Sight> {
        let mut sight = self.around((from, forward), nth, &mut is_given_up)?;
        // Once around, and as much further as it takes.
        if let ControlFlow::Continue(total) = sight
            && total > 0
        {
            let further = (nth.max(1) - 1) % total + 1;
            sight = self.around((from, forward), further, &mut is_given_up)?;
            if let ControlFlow::Break(Sight::Match { wrapped, .. }) = &mut sight {
                *wrapped = true;
            }
        }
        Ok(sight.break_value().unwrap_or(Sight::Nothing))
    }

    /// As [`nth`](Self::nth), once around the text; how many there are where these are fewer.
    fn around(
        &self,
        (from, forward): (Landmark, bool),
        nth: usize,
        is_given_up: &mut impl FnMut() -> bool,
    ) -> io::Result<ControlFlow<Sight, usize>> {
        let here = self.volume.piece_at(from.file_byte())?;
        let count = self.count();
        let is_ahead = |at: &Landmark| (*at >= from) == forward;
        let own = self.matches(here)?;
        let mut left = nth.max(1);
        let mut total = own.len();
        let (ahead, behind): (Vec<_>, Vec<_>) = own.into_iter().partition(is_ahead);
        if let Some(at) = taken(&ahead, &mut left, forward) {
            return Ok(ControlFlow::Break(Sight::Match { at, wrapped: false }));
        }
        let (near, far) =
            if forward { (here + 1..count, 0..here) } else { (0..here, here + 1..count) };
        for (range, wrapped) in [(near, false), (far, true)] {
            for batch in batches(range, forward) {
                if is_given_up() {
                    return Ok(ControlFlow::Break(Sight::GivenUp));
                }
                if let Some(at) = self.through(batch, forward, &mut left, &mut total)? {
                    return Ok(ControlFlow::Break(Sight::Match { at, wrapped }));
                }
            }
        }
        Ok(match taken(&behind, &mut left, forward) {
            Some(at) => ControlFlow::Break(Sight::Match { at, wrapped: true }),
            None => ControlFlow::Continue(total),
        })
    }

    /// Looks through pieces, in order or from the last on.
    fn through(
        &self,
        batch: Range<u64>,
        forward: bool,
        left: &mut usize,
        total: &mut usize,
    ) -> io::Result<Option<Landmark>> {
        let mut pieces = self.candidates(batch)?;
        if !forward {
            pieces.reverse();
        }
        for piece in pieces {
            let found = self.matches(piece)?;
            *total += found.len();
            if let Some(at) = taken(&found, left, forward) {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// How many matches start in each of the pieces from `first` on, `last` left out.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn counts(&self, first: u64, last: u64) -> io::Result<Vec<u32>> {
        let mut counts = vec![0; usize::try_from(last - first).unwrap_or(0)];
        for piece in self.candidates(first..last)? {
            let at = usize::try_from(piece - first).unwrap_or(usize::MAX);
            if let Some(count) = counts.get_mut(at) {
                *count = u32::try_from(self.matches(piece)?.len()).unwrap_or(u32::MAX);
            }
        }
        Ok(counts)
    }

    /// The pieces among these in which a match may start, in order.
    fn candidates(&self, pieces: Range<u64>) -> io::Result<Vec<u64>> {
        let Some(raw) = &self.raw else { return Ok(pieces.collect()) };
        let half = pieces.start + (pieces.end - pieces.start).div_ceil(THREADS);
        let (before, behind) = (pieces.start..half, half..pieces.end);
        thread::scope(|scope| {
            let other = scope.spawn(|| self.candidates_in(raw, behind));
            let mut found = self.candidates_in(raw, before)?;
            let other = other.join().unwrap_or_else(|_| Err(io::Error::other("a fault of ours")));
            found.extend(other?);
            Ok(found)
        })
    }

    fn candidates_in(&self, raw: &Regex, pieces: Range<u64>) -> io::Result<Vec<u64>> {
        let mut found = Vec::new();
        let mut buffer = Vec::new();
        let mut number = pieces.start;
        while number < pieces.end {
            let size = PIECES.min(pieces.end - number);
            let ends = self.volume.stretch_into(number, size, OVERLAP, &mut buffer)?;
            let start = ends.first().copied().unwrap_or(0);
            let inside = |end: &u64| usize::try_from(end - start).unwrap_or(usize::MAX);
            let mut from = 0;
            while let Some(hit) = raw.find_at(&buffer, from) {
                let piece = ends.partition_point(|end| inside(end) <= hit.start());
                // Whoever is behind the last piece is found with the next.
                let Some(next) = ends.get(piece) else { break };
                found.push(number + piece as u64 - 1);
                from = inside(next);
            }
            number += size;
        }
        Ok(found)
    }

    /// Where matches start in a piece.
    fn matches(&self, piece: u64) -> io::Result<Vec<Landmark>> {
        let (bytes, ends) = self.volume.stretch(piece, 2)?;
        let start = ends.first().copied().unwrap_or(0);
        let end = ends.get(1).map_or(0, |end| end - start);
        let (own, next) =
            bytes.split_at_checked(usize::try_from(end).unwrap_or(0)).unwrap_or_default();
        let (mut text, _) = letters(own, self.volume.encoding);
        let length = text.len();
        let (next, _) = letters(next, self.volume.encoding);
        text.push_str(next.get(..floor_grapheme(&next, Offset(OVERLAP)).get()).unwrap_or_default());
        let starts = self.pattern.matches(&text).map(|found| found.start.get());
        let base = Landmark::of_file(start).0;
        Ok(starts.take_while(|&at| at < length).map(|at| Landmark(base + at as u64)).collect())
    }
}

/// Pieces by as many as are looked through at a time, in order or from the last on.
fn batches(pieces: Range<u64>, forward: bool) -> impl Iterator<Item = Range<u64>> {
    let Range { start: mut low, end: mut high } = pieces;
    std::iter::from_fn(move || {
        let size = (PIECES * THREADS * READS).min(high.saturating_sub(low));
        let batch = if forward {
            low += size;
            low - size..low
        } else {
            high -= size;
            high..high + size
        };
        (size > 0).then_some(batch)
    })
}

/// The match that is wanted, if it is among these; how many are left if not.
fn taken(found: &[Landmark], left: &mut usize, forward: bool) -> Option<Landmark> {
    let wanted = left.checked_sub(1)?;
    let nth = if forward { found.get(wanted) } else { found.iter().rev().nth(wanted) };
    if nth.is_none() {
        *left -= found.len();
    }
    nth.copied()
}
