//! The labels of one article, in the positions of its text.

use super::super::Stretch;
use super::super::label::{GoldKind, Labelled, OtherLabel};
use super::super::survey::Quote;
use crate::text::{ScalarIndex, Span};

/// What is known of a quoted stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A quotation: the index of its label.
    Gold(usize),
    /// None.
    Nothing,
    /// Not known.
    Unknown,
}

/// The labels of an article.
#[derive(Debug, Default)]
pub(super) struct Truth {
    /// What each quotation of the survey is.
    pub(super) labels: Vec<Label>,
    /// For each labelled quotation, the words of the speaker that must be met, and all of them.
    sources: Vec<(Vec<Span>, Option<Span>)>,
    /// Whether each labelled quotation is direct.
    direct: Vec<bool>,
    /// Sorted and apart.
    cue_spans: Vec<Span>,
    source_spans: Vec<Span>,
}

/// A longer cue is one with other words inside.
const LONGEST_CUE: usize = 30;

impl Truth {
    /// The labels of `article`, whose quoted stretches are these.
    pub(super) fn new(article: &Labelled, stretches: &[Stretch], quotes: &[Quote]) -> Self {
        let text = &article.text;
        let index = ScalarIndex::new(text);
        let span = |start: usize, end: usize| index.span(text, start, end);
        let optional = |start: Option<usize>, end: Option<usize>| Some(span(start?, end?));
        let mut truth = Self::default();
        let mut gold_spans = Vec::new();
        for (at, gold) in article.gold.iter().enumerate() {
            let cue = optional(gold.cue_start, gold.cue_end);
            truth.cue_spans.extend(cue.filter(|it| it.len() <= LONGEST_CUE));
            let source = optional(gold.speaker_start, gold.speaker_end);
            truth.source_spans.extend(source);
            let cores = gold.source_core.iter().map(|&(start, end)| span(start, end)).collect();
            truth.sources.push((cores, source));
            truth.direct.push(gold.kind == GoldKind::Direct);
            if gold.kind != GoldKind::Indirect {
                gold_spans.push((span(gold.start, gold.end), Label::Gold(at)));
            }
        }
        for other in &article.other {
            let nothing = other.label == OtherLabel::Unattributed;
            let label = if nothing { Label::Nothing } else { Label::Unknown };
            gold_spans.push((span(other.start, other.end), label));
        }
        gold_spans.sort_by_key(|(span, _)| *span);
        truth.labels = quotes
            .iter()
            .filter_map(|quote| stretches.get(quote.stretch))
            .map(|stretch| label_of(stretch.inner, &gold_spans))
            .collect();
        truth.cue_spans.sort_unstable();
        truth.source_spans.sort_unstable();
        truth
    }

    /// Whether a quotation of the survey is one, where that is known.
    pub(super) fn is_quotation(&self, number: usize) -> Option<bool> {
        match self.labels.get(number)? {
            Label::Gold(_) => Some(true),
            Label::Nothing => Some(false),
            Label::Unknown => None,
        }
    }

    /// The index of the label of a quotation of the survey.
    pub(super) fn gold(&self, number: usize) -> Option<usize> {
        match self.labels.get(number)? {
            Label::Gold(at) => Some(*at),
            Label::Nothing | Label::Unknown => None,
        }
    }

    /// Whether a quotation of the survey is direct, where it is one.
    pub(super) fn is_direct(&self, number: usize) -> Option<bool> {
        match self.labels.get(number)? {
            Label::Gold(at) => self.direct.get(*at).copied(),
            Label::Nothing | Label::Unknown => None,
        }
    }

    /// Whether `mention` names the speaker of a quotation of the survey; nothing where no speaker is
    /// known.
    pub(super) fn names(&self, number: usize, mention: Span) -> Option<bool> {
        let Label::Gold(at) = self.labels.get(number)? else { return None };
        let (cores, source) = self.sources.get(*at)?;
        let length = source.map_or(0, Span::len);
        (!cores.is_empty()).then(|| {
            let short = mention.len() <= (2 * length).max(90);
            short && cores.iter().any(|core| core.overlaps(mention))
        })
    }

    /// The words that name the speaker of the labelled quotation at `gold`.
    pub(super) fn source(&self, gold: usize) -> Option<Span> {
        self.sources.get(gold)?.1
    }

    /// Whether a word belongs to a cue.
    pub(super) fn is_cue(&self, word: Span) -> bool {
        covering(&self.cue_spans, word).is_some()
    }

    /// Whether a word belongs to the words that name a speaker.
    pub(super) fn is_source(&self, word: Span) -> bool {
        covering(&self.source_spans, word).is_some()
    }

    /// Whether a word is the last of them.
    pub(super) fn ends_source(&self, word: Span) -> bool {
        covering(&self.source_spans, word).is_some_and(|it| it.end == word.end)
    }
}

/// One of the spans that covers `word`; they are sorted.
fn covering(spans: &[Span], word: Span) -> Option<Span> {
    let to = spans.partition_point(|it| it.start <= word.start);
    let near = spans.get(to.saturating_sub(4)..to)?;
    near.iter().rev().find(|it| it.covers(word)).copied()
}

/// The label of the span that is all but the same as `inner`.
fn label_of(inner: Span, labels: &[(Span, Label)]) -> Label {
    let to = labels.partition_point(|(span, _)| span.start < inner.end);
    let near = labels.get(to.saturating_sub(4)..to).unwrap_or_default();
    let alike = |span: &Span| {
        let shared = span.intersection(inner).map_or(0, Span::len);
        // The marks are part of the one and not of the other.
        shared * 10 >= (span.union(inner).len().saturating_sub(8)).max(1) * 8
    };
    near.iter().rev().find(|(span, _)| alike(span)).map_or(Label::Unknown, |(_, label)| *label)
}
