//! Anchors: tying an annotation to its words, and finding them again.
//!
//! A selector of the words themselves with some context on either side is the `TextQuoteSelector`
//! of the W3C Web Annotation Data Model; offsets beside it are its `TextPositionSelector`.

mod evidence;
mod occurrence;

use self::evidence::{Evidence, choose};
use self::occurrence::occurrences;
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
}

impl Placement {
    const ORPHAN: Self = Self { span: None, status: Status::Orphan };
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
        extra: toml::Table::new(),
    }
}

/// Finds a target's words in `text`, whose offsets `scalars` knows.
///
/// Words that stand where they stood, amid the same context, are taken at once. Otherwise every
/// occurrence of exactly these words is weighed by how much of the context it has kept; one is
/// accepted only if context speaks for it, or the words are long and stand nowhere else, and never
/// if another is about as good. Words that have changed are not looked for: they are an orphan.
#[must_use]
pub fn place(target: &Target, text: &str, scalars: &ScalarIndex) -> Placement {
    if target.exact.is_empty() {
        return Placement::ORPHAN;
    }
    let there = scalars.span(text, target.start, target.end);
    let found = stands(target, text, there)
        .then_some(there)
        .or_else(|| search(target, text))
        .filter(|&span| snap(text, span) == span);
    found.map_or(Placement::ORPHAN, |span| Placement { span: Some(span), status: held(target) })
}

/// What a target found is: a person has yet to confirm one that had moved to changed words.
fn held(target: &Target) -> Status {
    if target.status == Status::Moved { Status::Moved } else { Status::Anchored }
}

fn stands(target: &Target, text: &str, span: Span) -> bool {
    span.of(text) == target.exact
        && text.get(..span.start.get()).is_some_and(|before| before.ends_with(&target.prefix))
        && text.get(span.end.get()..).is_some_and(|after| after.starts_with(&target.suffix))
}

fn search(target: &Target, text: &str) -> Option<Span> {
    let spans = occurrences(text, &target.exact)
        .map(|start| Span::new(start, start + target.exact.len()))
        .map(|span| (span, Evidence::weigh(target, text, span)));
    choose(target, spans)
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
    let start = count.checked_sub(1).and_then(|last| inward.get(last)).map(|&(at, _)| at);
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
