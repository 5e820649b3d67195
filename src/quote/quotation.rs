//! Quotations: who said what.

use super::candidate::Candidate;
use super::feature::Cue;
use super::frame::speaker;
use super::lexicon::Class;
use super::model::Model;
use super::person::{Speech, people_speaking};
use super::rank::Scene;
use super::reach::within_reach;
use super::stretch::{Stretch, stretches};
use super::survey::Survey;
use super::term::{is_reported, terms};
use super::transcript::speeches;
use super::utterance::join;
use super::verdict::verdicts;
use crate::corpus::Block;
use crate::text::{Span, floor_grapheme, is_grapheme_boundary, next_grapheme};

/// What a quoted stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// All that is reported stands in quotation marks.
    Direct,
    /// Some of what is reported stands in quotation marks.
    Mixed,
    /// What is reported stands in none.
    Indirect,
    /// No quotation: a scare quotation, a title, a nickname.
    Scare,
}

impl Kind {
    /// How records call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
            Self::Scare => "scare",
        }
    }
}

/// A stretch of someone's words.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// The words, without the marks.
    pub inner: Span,
    /// The words with their marks.
    pub outer: Span,
    /// What it is.
    pub kind: Kind,
    /// The words that name the speaker.
    pub mention: Option<Span>,
    /// The reporting word or words.
    pub cue: Option<Span>,
    /// The fullest name that the article gives the speaker; a description where it gives none.
    pub speaker: Option<String>,
    /// How probable it is that this is a quotation and that its speaker is right; of a scare
    /// quotation, that it is none.
    pub confidence: f32,
    /// Pieces of one utterance share this number. It counts from 0 in the order of the text.
    pub utterance: u32,
    /// The index of the block that it stands in.
    pub block: usize,
}

/// From this share on, a quoted stretch is taken for a quotation.
const LEAST: f32 = 0.5;

/// A single word in marks that nothing reports is more often none: it is taken for a quotation from this
/// confidence on.
const LEAST_OF_WORD: f32 = 0.4;

/// How probable it is at most that a set term is a quotation.
const TERM: f32 = 0.25;

/// The quoted stretches of a text, each judged, in the order of the text; by the model that the
/// program brings.
///
/// `blocks` are in the order of the text and do not overlap. Every span lies on grapheme boundaries if
/// those of the blocks do. Takes time linear in the length of the text; none is looked for
/// [beyond reach](super::beyond_reach).
#[must_use]
pub fn quotations(text: &str, blocks: &[Block]) -> Vec<Quotation> {
    quotations_by(Model::embedded(), text, blocks)
}

/// The same by another model.
#[must_use]
pub fn quotations_by(model: &Model, text: &str, blocks: &[Block]) -> Vec<Quotation> {
    let blocks = within_reach(text, blocks);
    let stretches = stretches(text, blocks);
    let speeches = speeches(text, blocks);
    if stretches.is_empty() && speeches.is_empty() {
        return Vec::new();
    }
    let mut found = judged(model, text, blocks, &stretches);
    if !speeches.is_empty() {
        // What stands in marks within a speech belongs to it.
        let outside = |it: &Quotation| {
            speeches.binary_search_by_key(&it.block, |speech| speech.block).is_err()
        };
        found.retain(outside);
        found.extend(speeches);
        found.sort_by_key(|it| it.inner);
    }
    join(text, &mut found, &stretches, blocks);
    let people = people_speaking(&model.pronouns, text, blocks, &stretches, &told(&found));
    for quotation in &mut found {
        quotation.speaker = quotation.mention.and_then(|it| people.name_of(it));
    }
    found
}

/// The quotations whose speakers' mentions are known.
fn told(found: &[Quotation]) -> Vec<Speech> {
    let told = |it: &Quotation| Some(Speech { outer: it.outer, mention: it.mention? });
    found.iter().filter_map(told).collect()
}

/// The quoted stretches, each judged by the model.
fn judged(model: &Model, text: &str, blocks: &[Block], stretches: &[Stretch]) -> Vec<Quotation> {
    let survey = Survey::new(text, blocks, stretches, &model.lexicon);
    let mut scene = Scene::new(&survey);
    let rankings = {
        let first = scene.first(&model.first);
        scene.second(&first, &model.second)
    };
    let verdicts = verdicts(&mut scene, &rankings, &model.quotation, &model.direct);
    let terms = terms(&survey);
    let mut out = Vec::with_capacity(rankings.len());
    for (number, (ranking, (is, direct))) in rankings.iter().zip(verdicts).enumerate() {
        let term = terms.get(number) == Some(&true);
        let is = if term { is.min(TERM) } else { is };
        let stretch = survey.quotes.get(number).and_then(|it| stretches.get(it.stretch));
        let Some(&Stretch { inner, outer, block, .. }) = stretch else { break };
        let kind = if direct >= 0.5 { Kind::Direct } else { Kind::Mixed };
        let (kind, confidence) = if is >= LEAST { (kind, is) } else { (Kind::Scare, 1.0 - is) };
        let mut quotation = Quotation {
            inner,
            outer,
            kind,
            mention: None,
            cue: None,
            speaker: None,
            confidence,
            utterance: 0,
            block,
        };
        if let Some((index, share)) = speaker(&survey, number, ranking).filter(|_| is >= LEAST) {
            quotation.confidence = model.calibrated(is * share);
            quotation.cue = cue(&mut scene, number, index).map(|it| whole(text, it));
            let mention = scene.candidate(index).and_then(|(it, _)| survey.span(it.from, it.to));
            quotation.mention = mention.map(|it| whole(text, it));
            let word = !inner.of(text).trim().contains(char::is_whitespace);
            let reported = || survey.quotes.get(number).is_some_and(|it| is_reported(&survey, it));
            if word && quotation.confidence < LEAST_OF_WORD && !reported() {
                let confidence = 1.0 - quotation.confidence;
                quotation = Quotation {
                    kind: Kind::Scare,
                    mention: None,
                    cue: None,
                    confidence,
                    ..quotation
                };
            }
        }
        out.push(quotation);
    }
    out
}

/// The cue between a candidate and a quotation, or the one that is nearest to the candidate.
fn cue(scene: &mut Scene, number: usize, index: usize) -> Option<Span> {
    let (Candidate { from, .. }, facts) = scene.candidate(index)?;
    let survey = scene.survey;
    let quote = survey.quotes.get(number)?.token;
    let class =
        |cue: &Cue| survey.tokens.all.get(cue.token).map(|it| survey.lexicon.entry(it.entry).class);
    if let Some(according) = facts.before.filter(|it| class(it) == Some(Class::According)) {
        return survey.span(according.token, from);
    }
    let inverted = |it: &Cue| from > quote && it.token > quote && from - it.token <= 2;
    let cue = facts.before.filter(inverted).or(facts.after).or(facts.before)?;
    survey.span(cue.token, cue.token + 1)
}

/// The span widened so that it cuts no grapheme in two.
pub(super) fn whole(text: &str, span: Span) -> Span {
    let start = floor_grapheme(text, span.start);
    let end = if is_grapheme_boundary(text, span.end) {
        span.end
    } else {
        next_grapheme(text, floor_grapheme(text, span.end))
    };
    Span::between(start, end)
}

#[cfg(test)]
mod tests;
