//! Evidence: how much of what stood around some words stands around a place where they may be now.

use super::CONTEXT;
use super::approximate::likeness;
use crate::text::Span;

/// So many scalar values of context kept on both sides are enough for any words…
const BOTH_SIDES: usize = 16;
/// …and so many on one side for words…
const ONE_SIDE: usize = 24;
/// …of at least so many scalar values.
const SPEAKING: usize = 24;

/// What stood on either side of some words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    before: &'a str,
    after: &'a str,
    /// Whether the text began or ended with it, as far as is known.
    first: bool,
    last: bool,
}

impl<'a> Context<'a> {
    /// What a target tells of it. A context that is short reached the end of the text, unless whoever
    /// made the target gave none.
    pub(super) fn told(before: &'a str, after: &'a str) -> Self {
        let short = |context: &str| !context.is_empty() && context.chars().count() < CONTEXT;
        Self { before, after, first: short(before), last: short(after) }
    }

    /// Up to `reach` bytes of it in the text where the words stood, to the next letter.
    pub(super) fn of(text: &'a str, span: Span, reach: usize) -> Self {
        let (before, after) = around(text, span);
        let cut = before.len().saturating_sub(reach);
        let cut = (cut..=before.len()).find(|&at| before.is_char_boundary(at)).unwrap_or(0);
        let end = reach.min(after.len());
        let end = (0..=end).rev().find(|&at| after.is_char_boundary(at)).unwrap_or(0);
        Self {
            before: before.get(cut..).unwrap_or_default(),
            after: after.get(..end).unwrap_or_default(),
            first: cut == 0,
            last: end == after.len(),
        }
    }

    /// Whether, on one side at least, it is much like another.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        const MUCH: f32 = 0.6;
        let like = |a: &str, b: &str, back: bool| {
            let (a, b) = if a.len() < b.len() { (a, b) } else { (b, a) };
            let alike = if back {
                likeness(a.chars().rev(), b.chars().rev())
            } else {
                likeness(a.chars(), b.chars())
            };
            alike >= MUCH
        };
        like(self.before, other.before, true) || like(self.after, other.after, false)
    }

    /// The same, no further than the line.
    pub(super) fn of_line(text: &'a str, span: Span, reach: usize) -> Self {
        let whole = Self::of(text, span, reach);
        let start = whole.before.rfind('\n').map_or(0, |at| at + 1);
        let end = whole.after.find('\n').unwrap_or(whole.after.len());
        Self {
            before: whole.before.get(start..).unwrap_or_default(),
            after: whole.after.get(..end).unwrap_or_default(),
            ..whole
        }
    }

    /// Weighs how much of it stands around `span` of `text`, letter for letter.
    pub(super) fn kept_at(&self, text: &str, span: Span) -> Evidence {
        let (before, after) = around(text, span);
        // To begin or end the text with the words is as good as any context.
        let first = self.first && before == self.before;
        let last = self.last && after == self.after;
        let kept_before = common(before.chars().rev(), self.before.chars().rev());
        let kept_after = common(after.chars(), self.after.chars());
        Evidence {
            before: if first { kept_before.max(CONTEXT) } else { kept_before },
            after: if last { kept_after.max(CONTEXT) } else { kept_after },
        }
    }

    /// How much of it is left around `span` of `text` with words changed: 0 to 2.
    pub(super) fn likeness_at(&self, text: &str, span: Span) -> f32 {
        let (before, after) = around(text, span);
        let ends = |own: bool, there: &str| if own && there.is_empty() { 1.0 } else { 0.0 };
        let one = if self.before.is_empty() {
            ends(self.first, before)
        } else {
            likeness(self.before.chars().rev(), before.chars().rev())
        };
        let other = if self.after.is_empty() {
            ends(self.last, after)
        } else {
            likeness(self.after.chars(), after.chars())
        };
        one + other
    }
}

fn around(text: &str, span: Span) -> (&str, &str) {
    let before = text.get(..span.start.get()).unwrap_or_default();
    (before, text.get(span.end.get()..).unwrap_or_default())
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// How much of the context a place has kept, counted in scalar values from the words outwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Evidence {
    before: usize,
    after: usize,
}

impl Evidence {
    /// All of it, on both sides together.
    pub(super) const fn total(self) -> usize {
        self.before + self.after
    }

    /// Whether context says that this is the place of words of so many scalar values.
    pub(super) fn supports(self, letters: usize) -> bool {
        let both = self.before >= BOTH_SIDES && self.after >= BOTH_SIDES;
        both || self.before.max(self.after) >= ONE_SIDE && letters >= SPEAKING
    }

    /// Whether on one side other evidence for the same place is clearly better.
    pub(super) const fn is_beaten_on_a_side_by(self, other: Self) -> bool {
        other.before > self.before + 3 || other.after > self.after + 3
    }

    /// Whether another place is about as good.
    pub(super) const fn is_rivalled_by(self, other: usize) -> bool {
        other * 2 > self.total()
    }
}
