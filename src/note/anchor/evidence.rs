//! Which of several occurrences of a target's words is the one that was meant.

use crate::note::Target;
use crate::text::Span;

/// So many scalar values of context must be kept on each of both sides…
const EACH_SIDE: usize = 8;
/// …or so many on one side, if the words themselves have…
const ONE_SIDE: usize = 16;
/// …so many scalar values.
const SPEAKING: usize = 12;
/// Words that stand nowhere else need no context from so many scalar values on…
const LONG: usize = 32;
/// …and so many words.
const LONG_WORDS: usize = 5;

/// How much of a target's context an occurrence has kept, counted in scalar values from the words
/// outwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Evidence {
    before: usize,
    after: usize,
}

impl Evidence {
    /// Weighs the occurrence at `span`.
    pub(super) fn weigh(target: &Target, text: &str, span: Span) -> Self {
        let before = text.get(..span.start.get()).unwrap_or_default();
        let after = text.get(span.end.get()..).unwrap_or_default();
        Self {
            before: common(before.chars().rev(), target.prefix.chars().rev()),
            after: common(after.chars(), target.suffix.chars()),
        }
    }

    const fn total(self) -> usize {
        self.before + self.after
    }

    /// Whether context alone says that this is the place.
    fn supports(self, target: &Target) -> bool {
        let both = self.before >= EACH_SIDE && self.after >= EACH_SIDE;
        let one = self.before.max(self.after) >= ONE_SIDE;
        both || one && target.exact.chars().count() >= SPEAKING
    }
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

fn is_long(words: &str) -> bool {
    words.chars().count() >= LONG && words.split_whitespace().count() >= LONG_WORDS
}

/// The occurrence that was meant, if that can be said.
pub(super) fn choose(
    target: &Target,
    candidates: impl Iterator<Item = (Span, Evidence)>,
) -> Option<Span> {
    let mut best: Option<(Span, Evidence)> = None;
    let mut second: Option<usize> = None;
    for (span, evidence) in candidates {
        let total = evidence.total();
        match best {
            Some((_, leader)) if leader.total() >= total => second = second.max(Some(total)),
            _ => second = best.replace((span, evidence)).map(|(_, leader)| leader.total()),
        }
    }
    let (span, evidence) = best?;
    let accepted = match second {
        None => evidence.supports(target) || is_long(&target.exact),
        Some(other) => evidence.supports(target) && other * 2 <= evidence.total(),
    };
    accepted.then_some(span)
}
