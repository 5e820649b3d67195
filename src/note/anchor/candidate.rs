//! Candidates: places where something like a target's words stands, and which of them to believe.

use super::Placement;
use super::evidence::Evidence;
use crate::note::Status;
use crate::text::Span;

/// Alike to this degree, words are believed where context speaks for them…
const ALIKE: f32 = 0.7;
/// …by so much of 2…
const IN_CONTEXT: f32 = 1.2;
/// …or, without that, where they are so many scalar values…
const LONG: usize = 40;
/// …and alike to this degree.
const MUCH_ALIKE: f32 = 0.75;
/// A place is the best only if its score is above the next one's by this much of 4.
const MARGIN: f32 = 0.3;

/// A place where something like the words stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub span: Span,
    /// How many of the words' letters are left, 0 to 1.
    likeness: f32,
    /// How much context it has kept letter for letter: which ones to look at more closely.
    kept: usize,
}

/// The places that may be meant.
#[derive(Debug)]
pub(super) struct Candidates {
    letters: usize,
    all: Vec<Candidate>,
}

impl Candidates {
    /// How many are looked at closely.
    pub(super) const MOST: usize = 64;

    /// For words of so many scalar values.
    pub(super) const fn new(letters: usize) -> Self {
        Self { letters, all: Vec::new() }
    }

    /// Adds a place of exactly the words.
    pub(super) fn add_exact(&mut self, span: Span, kept: Evidence) {
        self.all.push(Candidate { span, likeness: 1.0, kept: kept.total() });
        if self.all.len() > Self::MOST * 64 {
            self.thin();
        }
    }

    /// Adds a place where so many letters differ, unless a better one is there.
    pub(super) fn add_similar(&mut self, span: Span, distance: usize) {
        if self.all.iter().any(|other| is_mostly(other.span, span)) {
            return;
        }
        let share = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
        let likeness = 1.0 - share(distance) / share(self.letters.max(1));
        self.all.push(Candidate { span, likeness, kept: 0 });
    }

    fn thin(&mut self) {
        self.all.sort_by_key(|it| (std::cmp::Reverse(it.kept), it.span));
        self.all.truncate(Self::MOST);
    }

    /// The place that is clearly the best, as one where the words have changed; else an orphan, with
    /// the best as a guess. `context` tells how much of the context a place has, 0 to 2.
    pub(super) fn choose(mut self, context: impl Fn(&Candidate) -> f32) -> Placement {
        if self.all.len() > Self::MOST * 2 {
            self.thin();
        }
        let weigh = |it: &Candidate| {
            let around = context(it);
            (it.likeness * 2.0 + around, around, *it)
        };
        let mut weighed: Vec<(f32, f32, Candidate)> = self.all.iter().map(weigh).collect();
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.span.cmp(&b.2.span)));
        let mut weighed = weighed.into_iter();
        let Some((score, around, best)) = weighed.next() else { return Placement::ORPHAN };
        let second = weighed.next().map_or(0.0, |(score, ..)| score);
        let believed = self.is_believable(best.likeness, around) && score - second >= MARGIN;
        Placement {
            span: believed.then_some(best.span),
            status: if believed { Status::Moved } else { Status::Orphan },
            guess: (!believed).then_some(best.span),
        }
    }

    fn is_believable(&self, likeness: f32, context: f32) -> bool {
        let in_context = likeness >= ALIKE && context >= IN_CONTEXT;
        in_context || likeness >= MUCH_ALIKE && self.letters >= LONG
    }
}

/// Whether two places are one, a little to and fro.
fn is_mostly(a: Span, b: Span) -> bool {
    a.intersection(b).is_some_and(|both| both.len() * 2 > a.len().max(b.len()))
}
