//! Lines and what can be seen of one by itself.

use crate::text::Span;

/// A line with something on it, without the white space around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Its words.
    pub(super) text: &'t str,
    /// Where they stand.
    pub(super) span: Span,
    /// Its length in scalar values.
    pub(super) chars: usize,
    /// Whether it is set off by an empty line above, or is the first.
    pub(super) apart: bool,
}

/// The lines of `text` that are not blank.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut apart = true;
    for raw in text.split_inclusive('\n') {
        let start = at + (raw.len() - raw.trim_start().len());
        let words = raw.trim();
        at += raw.len();
        if words.is_empty() {
            apart = true;
            continue;
        }
        let span = Span::new(start, start + words.len());
        found.push(Line { text: words, span, chars: words.chars().count(), apart });
        apart = false;
    }
    found
}
