//! The labelled reports without marks of one article, in its tokens.

use std::ops::Range;

use super::super::label::{Gold, GoldKind, Labelled};
use super::super::lexicon::Class;
use super::super::survey::Survey;
use crate::text::{ScalarIndex, Span};

/// A labelled report without marks.
#[derive(Debug, Clone)]
pub(super) struct Report {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Where it stands.
    pub(super) span: Span,
    /// The token that says most of its cue.
    pub(super) cue: Option<usize>,
    /// The index of the label.
    pub(super) gold: usize,
    /// The words of its source that must be met, and the length of all of them.
    source: Option<(Vec<Span>, usize)>,
}

impl Report {
    /// Whether `mention` names the source; nothing where none is known.
    pub(super) fn names(&self, mention: Span) -> Option<bool> {
        let (cores, length) = self.source.as_ref()?;
        let short = mention.len() <= (2 * length).max(90);
        Some(short && cores.iter().any(|core| core.overlaps(mention)))
    }
}

/// The labelled reports of an article, in the order of the labels.
pub(super) fn reports(article: &Labelled, survey: &Survey) -> Vec<Report> {
    let text = &article.text;
    let index = ScalarIndex::new(text);
    let span = |start: usize, end: usize| index.span(text, start, end);
    let indirect = |it: &(usize, &Gold)| it.1.kind == GoldKind::Indirect;
    let report = |(gold, it): (usize, &Gold)| {
        let whole = span(it.start, it.end);
        let cue = it.cue_start.zip(it.cue_end).map(|(start, end)| span(start, end));
        let source = it.speaker_start.zip(it.speaker_end).map(|(start, end)| span(start, end));
        let source = source.map(|source| {
            let cores = it.source_core.iter().map(|&(start, end)| span(start, end));
            let cores: Vec<Span> = cores.collect();
            (if cores.is_empty() { vec![source] } else { cores }, source.len())
        });
        let cue = cue.and_then(|it| strongest(survey, within(survey, it)));
        Report { tokens: within(survey, whole), span: whole, cue, gold, source }
    };
    article.gold.iter().enumerate().filter(indirect).map(report).collect()
}

/// The tokens that touch a span.
fn within(survey: &Survey, span: Span) -> Range<usize> {
    let all = &survey.tokens.all;
    let from = all.partition_point(|it| it.end as usize <= span.start.get());
    let to = all.partition_point(|it| (it.start as usize) < span.end.get());
    from..to.max(from)
}

/// The token that is most often a cue; one of an open class if there is one.
fn strongest(survey: &Survey, tokens: Range<usize>) -> Option<usize> {
    tokens.max_by_key(|&at| {
        let token = survey.tokens.all.get(at);
        token.map(|it| {
            let entry = survey.lexicon.entry(it.entry);
            let open = matches!(entry.class, Class::Open | Class::According);
            (open, entry.strength.cue)
        })
    })
}
