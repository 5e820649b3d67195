//! Anchors: tying an annotation to its words, and finding them again.
//!
//! A selector of the words themselves with some context on either side is the `TextQuoteSelector`
//! of the W3C Web Annotation Data Model; offsets beside it are its `TextPositionSelector`.

mod alignment;
mod approximate;
mod candidate;
mod evidence;
mod finder;
mod fold;
mod occurrence;
mod token;

pub use finder::Finder;

use super::{Status, Target};
use crate::text::{Offset, ScalarIndex, Span, floor_grapheme, next_grapheme};

/// How many scalar values of context a target takes on either side…
const CONTEXT: usize = 32;
/// …and how many at most, where the word at the edge goes on.
const CONTEXT_MOST: usize = 48;

/// Where a target's words stand now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// Where they were found; `None` for an orphan.
    pub span: Option<Span>,
    /// How well the anchor holds.
    pub status: Status,
    /// For an orphan: what they may have become, for a person to judge.
    pub guess: Option<Span>,
}

impl Placement {
    /// Found nowhere, and no guess.
    pub const ORPHAN: Self = Self { span: None, status: Status::Orphan, guess: None };
}

/// The target for the words in `span` of `text`, whose offsets `scalars` knows.
///
/// The span grows to whole graphemes. Context is 32 scalar values on either side, or as many more
/// as a word there goes on, at most 48.
#[must_use]
pub fn target(text: &str, scalars: &ScalarIndex, span: Span) -> Target {
    let span = snap(text, span);
    let (start, end) = scalars.scalars(text, span);
    let before = text.get(..span.start.get()).unwrap_or_default();
    let after = text.get(span.end.get()..).unwrap_or_default();
    Target {
        exact: span.of(text).to_owned(),
        prefix: prefix(before).to_owned(),
        suffix: suffix(after).to_owned(),
        start,
        end,
        status: Status::Anchored,
        text_sha256: None,
        extra: toml::Table::new(),
    }
}

/// Where a target's words stand in the very text that it was made on, whose hash is `sha256`: there
/// its offsets hold. `None` in any other text.
///
/// A target that was `moved` when it was saved, as in an export, has offsets in the text that it
/// was moved to; it is still to be confirmed.
#[must_use]
pub fn asserted(
    target: &Target,
    text: &str,
    scalars: &ScalarIndex,
    sha256: &str,
) -> Option<Placement> {
    let same = target.text_sha256.as_deref() == Some(sha256);
    let span = scalars.span(text, target.start, target.end);
    if !same || span.is_empty() || snap(text, span) != span {
        return None;
    }
    let status = if span.of(text) == target.exact { Status::Anchored } else { target.status };
    let holds = status == Status::Moved || span.of(text) == target.exact;
    holds.then_some(Placement { span: Some(span), status, guess: None })
}

/// Finds a target's words in `text`, whose offsets `scalars` knows, when the text that the target was
/// made on is not at hand (see [`Finder::knowing`] for when it is).
///
/// Words that stand where they stood, amid the same context, are taken at once. So is the one place
/// where exactly these words stand amid all of their context. All else is at best `moved`: a place
/// where the words, or something like them, stand amid something like their context, or are long,
/// unless another place is about as good. What is not found so is an orphan.
#[must_use]
pub fn place(target: &Target, text: &str, scalars: &ScalarIndex) -> Placement {
    Finder::new(text, scalars).place(target)
}

fn stands(target: &Target, text: &str, span: Span) -> bool {
    // Context that is shorter than it would be made reached the end of the text.
    let whole = |context: &str, there: &str| {
        context.len() == there.len() || context.chars().count() >= CONTEXT
    };
    let before = text.get(..span.start.get()).unwrap_or_default();
    let after = text.get(span.end.get()..).unwrap_or_default();
    span.of(text) == target.exact
        && before.ends_with(&target.prefix)
        && after.starts_with(&target.suffix)
        && whole(&target.prefix, before)
        && whole(&target.suffix, after)
}

/// Grows a span to whole graphemes.
fn snap(text: &str, span: Span) -> Span {
    let end = span.end.min(Offset(text.len()));
    let on_boundary = floor_grapheme(text, end) == end;
    Span {
        start: floor_grapheme(text, span.start),
        end: if on_boundary { end } else { next_grapheme(text, end) },
    }
}

/// The context that ends `before`.
fn prefix(before: &str) -> &str {
    let inward: Vec<(usize, char)> = before.char_indices().rev().take(CONTEXT_MOST + 1).collect();
    let count = context_len(inward.iter().map(|&(_, c)| c));
    let last = count.min(inward.len()).checked_sub(1);
    let start = last.and_then(|last| inward.get(last)).map(|&(at, _)| at);
    start.and_then(|start| before.get(start..)).unwrap_or_default()
}

/// The context that begins `after`.
fn suffix(after: &str) -> &str {
    let count = context_len(after.chars().take(CONTEXT_MOST + 1));
    let end = after.char_indices().nth(count).map_or(after.len(), |(at, _)| at);
    after.get(..end).unwrap_or_default()
}

/// How many of the scalar values that lead away from the words are context.
fn context_len(outward: impl Iterator<Item = char>) -> usize {
    let mut last = None;
    for (count, next) in outward.enumerate() {
        let in_word = last.is_some_and(char::is_alphanumeric) && next.is_alphanumeric();
        if count >= CONTEXT_MOST || count >= CONTEXT && !in_word {
            return count;
        }
        last = Some(next);
    }
    // Fewer than that are left of the text.
    usize::MAX
}

#[cfg(test)]
mod tests;
