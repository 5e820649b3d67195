//! The survey: what the reader does to all articles of a library in the background, and how far that is.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::corpus::{ArticleId, Corrected, Digest};
use crate::note::Annotation;

/// How long work may take before its progress is shown.
const PATIENCE: SignedDuration = SignedDuration::from_millis(500);

/// Of a library of so many articles, the first that are listed are shown before the others are known.
pub const MANY: usize = 512;

/// What is done to all articles, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Their names are looked for.
    Listing,
    /// They are read, and it is found out what they are.
    Describing,
    /// It is found out who speaks in them.
    Judging,
}

/// How far a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The stage.
    pub stage: Stage,
    /// Articles that are done.
    pub done: usize,
    /// Articles in all, where that is known.
    pub all: Option<usize>,
}

/// A stage at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// How far it is.
    pub step: Step,
    began: Timestamp,
    /// How many articles were done by then already.
    before: usize,
    seen: Timestamp,
}

impl Work {
    /// How far a stage is, seen at this time.
    pub(super) fn next(before: Option<Self>, step: Step, now: Timestamp) -> Self {
        match before.filter(|work| work.step.stage == step.stage) {
            Some(work) => Self { step, seen: now, ..work },
            None => Self { step, began: now, before: step.done, seen: now },
        }
    }

    /// Whether it has taken so long that a person wants to know.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.seen.duration_since(self.began) >= PATIENCE
    }

    /// Articles in a second.
    #[must_use]
    pub fn rate(&self) -> usize {
        let passed = self.seen.duration_since(self.began).as_millis();
        let passed = usize::try_from(passed).unwrap_or(0);
        ((self.step.done - self.before.min(self.step.done)) * 1000).checked_div(passed).unwrap_or(0)
    }
}

/// What was found out of some articles.
#[derive(Debug, Default)]
pub struct Surveyed {
    /// What they are.
    pub described: Vec<(ArticleId, Arc<Digest>)>,
    /// How many quotations they hold.
    pub judged: Vec<(ArticleId, u32)>,
}

/// What the store has on an article.
#[derive(Debug)]
pub struct Remembered {
    /// The article.
    pub article: ArticleId,
    /// Its annotations, tombstones included.
    pub annotations: Vec<Annotation>,
    /// What a person put right.
    pub corrected: Corrected,
}
