//! Which candidates are looked at for a quotation.

use std::ops::Range;

use super::forest::LANES;
use super::survey::{Quote, Survey};
use crate::corpus::BlockKind;

/// The most candidates before a quotation that are looked at.
const BEFORE: usize = 20;
/// The most candidates after it.
const AFTER: usize = LANES - BEFORE;
/// How many paragraphs with candidates are searched before a quotation.
const BACK: usize = 2;
/// The most paragraphs that are passed over for it.
const FAR: usize = 12;

/// The indices of the candidates for a quotation: the nearest ones, outside other articles.
pub(super) fn window(survey: &Survey, quote: &Quote) -> Range<usize> {
    let own = survey.paragraph(quote.paragraph);
    let first = |paragraph: usize| survey.firsts.get(paragraph).copied().unwrap_or_default();
    let apart = |paragraph: usize| {
        let other = survey.paragraph(paragraph);
        other.part != own.part
    };
    let aside = |paragraph: usize| {
        matches!(survey.paragraph(paragraph).kind, BlockKind::Caption | BlockKind::Heading)
    };
    let mut from = quote.paragraph;
    let mut left = BACK;
    let furthest = quote.paragraph.saturating_sub(FAR);
    while left > 0 && from > furthest && !apart(from - 1) {
        from -= 1;
        left -= usize::from(first(from) < first(from + 1) && !aside(from));
    }
    let ahead = if matches!(own.kind, BlockKind::Paragraph | BlockKind::Caption) { 1 } else { 3 };
    let mut to = quote.paragraph + 1;
    while to <= quote.paragraph + ahead && to < survey.tokens.paragraphs.len() && !apart(to) {
        to += 1;
    }
    let (from, to) = (first(from), first(to));
    let here = from
        + survey
            .candidates
            .get(from..to)
            .unwrap_or_default()
            .partition_point(|it| it.from < quote.token);
    from.max(here.saturating_sub(BEFORE))..to.min(here + AFTER)
}
