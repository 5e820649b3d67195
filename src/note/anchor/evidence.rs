//! Which of several occurrences of a target's words is the one that was meant.

use super::CONTEXT;
use crate::note::Target;
use crate::text::Span;

// The figures below were tried out on news articles with words edited, dropped and deleted. What is
// left wrong by them are passages that an article repeats word for word, context and all: those
// only the text that the target was made on can tell apart.

/// So many scalar values of context kept on both sides are enough for any words…
const BOTH_SIDES: usize = 16;
/// …and so many on one side for words…
const ONE_SIDE: usize = 24;
/// …of at least so many scalar values.
const SPEAKING: usize = 24;
/// Words of so many scalar values that stand nowhere else need no context.
const LONG: usize = 80;

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
        // Context that ends with the text is as good as any; none at all may just not be known.
        let first = !before.is_empty() && before == target.prefix;
        let last = !after.is_empty() && after == target.suffix;
        let before = common(before.chars().rev(), target.prefix.chars().rev());
        let after = common(after.chars(), target.suffix.chars());
        Self {
            before: if first { CONTEXT } else { before },
            after: if last { CONTEXT } else { after },
        }
    }

    const fn total(self) -> usize {
        self.before + self.after
    }

    /// Whether context alone says that this is the place.
    fn supports(self, target: &Target) -> bool {
        let both = self.before >= BOTH_SIDES && self.after >= BOTH_SIDES;
        let one = self.before.max(self.after) >= ONE_SIDE;
        both || one && target.exact.chars().count() >= SPEAKING
    }
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
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
        None => evidence.supports(target) || target.exact.chars().count() >= LONG,
        Some(other) => evidence.supports(target) && other * 2 <= evidence.total(),
    };
    accepted.then_some(span)
}
