//! What was found and not yet sent.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::app::{Found, Surveyed};
use crate::io::cache::Kept;
use crate::io::pace::Pace;

/// The first batch is sent after so long at the latest, each further one after twice as long.
const FIRST: Duration = Duration::from_millis(10);
/// No batch is kept for longer.
const LONGEST: Duration = Duration::from_millis(320);
/// The most names in the first batch; each further one may hold eight times as many, up to the most.
const FEW: usize = 256;
const LARGEST: usize = 16_384;
/// At so many names it is looked at the clock.
const GLANCE: usize = 64;
/// The most findings in a batch: each is sorted into the list.
const MOST: usize = 2_048;

/// What was found, or found out, and not yet sent.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) found: Vec<Found>,
    pub(super) surveyed: Surveyed,
    /// What is to be kept in the cache, each with its root.
    pub(super) kept: Vec<(Arc<Path>, Kept)>,
    pace: Pace,
    most: usize,
}

impl Batch {
    pub(super) fn new() -> Self {
        let (found, surveyed, kept) = (Vec::new(), Surveyed::default(), Vec::new());
        Self { found, surveyed, kept, pace: Pace::new(FIRST, LONGEST), most: FEW }
    }

    /// Whether there are so many findings, or it has been so long, that they are to be sent.
    pub(super) fn is_due(&self) -> bool {
        let Surveyed { described, judged } = &self.surveyed;
        described.len() + judged.len() >= MOST || self.pace.is_due()
    }

    /// Whether there are so many names, or it has been so long, that they are to be sent.
    pub(super) fn is_full(&self) -> bool {
        let found = self.found.len();
        found >= self.most || (found.is_multiple_of(GLANCE) && self.pace.is_due())
    }

    /// Takes all out; the next batch of names is larger, since each is sorted into the whole list.
    pub(super) fn next(&mut self) -> Self {
        self.pace.restart();
        self.most = (self.most * 8).min(LARGEST);
        let next = Self { pace: self.pace, most: self.most, ..Self::new() };
        std::mem::replace(self, next)
    }
}
