//! Ways of reporting that are too rare to be learnt, and clear to any reader.

use super::candidate::Candidate;
use super::feature::after_quote;
use super::lexicon::Class;
use super::rank::Ranking;
use super::survey::{Quote, Survey};
use super::token::{Paragraph, TokenKind};
use super::window::window;

/// Verbs of "as X put it".
const PUTS: &[&str] = &["put", "puts", "called", "calls", "phrased", "termed", "described"];

/// Verbs of "X was asked whether", behind which X does not speak.
const ASKED: &[&str] = &["asked", "pressed", "quizzed", "questioned", "grilled", "challenged"];

/// How many tokens may stand between a name and a quotation of its clause.
const REACH: usize = 40;

/// Words behind which another speaks than before.
const TURNS: &[&str] = &["while", "whereas"];

/// Who speaks: the best candidate of a ranking with its share, but where a frame tells otherwise.
pub(super) fn speaker(survey: &Survey, number: usize, ranking: &Ranking) -> Option<(usize, f32)> {
    let best = ranking.best();
    let (Some(quote), Some((first, share))) = (survey.quotes.get(number), best) else {
        return best;
    };
    let candidate = survey.candidates.get(first)?;
    if let Some(index) = puts_it(survey, quote) {
        return Some((index, 1.0));
    }
    if is_asked(survey, quote, candidate) {
        return None;
    }
    Some((turned(survey, quote, candidate).unwrap_or(first), share))
}

/// The word at `at`, if it stands in the paragraph.
fn word<'a>(survey: &Survey<'a>, paragraph: &Paragraph, at: usize) -> Option<&'a str> {
    let token = survey.token_in(paragraph, at).filter(|it| it.kind == TokenKind::Word)?;
    Some(token.span().of(survey.text))
}

/// The candidate of `“…”, as X put it`.
fn puts_it(survey: &Survey, quote: &Quote) -> Option<usize> {
    let paragraph = survey.paragraph(quote.paragraph);
    let after = after_quote(survey, quote);
    let comma = survey.token_in(&paragraph, after)?.kind == TokenKind::Comma;
    let at = after + usize::from(comma);
    if word(survey, &paragraph, at)? != "as" {
        return None;
    }
    window(survey, quote).find(|&index| {
        survey.candidates.get(index).is_some_and(|it| {
            let verb = word(survey, &paragraph, it.to);
            let object = word(survey, &paragraph, it.to + 1);
            it.from == at + 1
                && verb.is_some_and(|it| PUTS.contains(&it))
                && object.is_some_and(|it| matches!(it, "it" | "them" | "him" | "her"))
        })
    })
}

/// Whether `candidate` is asked the words of a quotation that follows in the sentence, with nobody named
/// who asks.
fn is_asked(survey: &Survey, quote: &Quote, candidate: &Candidate) -> bool {
    let paragraph = survey.paragraph(quote.paragraph);
    let before = candidate.paragraph == quote.paragraph && candidate.to < quote.token;
    if !before || quote.token - candidate.to > REACH {
        return false;
    }
    let auxiliary = survey.token_in(&paragraph, candidate.to).is_some_and(|it| {
        it.kind == TokenKind::Word && survey.lexicon.entry(it.entry).class == Class::Auxiliary
    });
    let mut verbs = (1..3).filter_map(|at| word(survey, &paragraph, candidate.to + at));
    let mut between = (candidate.to..quote.token).filter_map(|at| survey.token_in(&paragraph, at));
    let cut = between.any(|it| matches!(it.kind, TokenKind::Stop | TokenKind::Quote));
    auxiliary && !cut && verbs.any(|it| ASKED.contains(&it))
}

/// The candidate that stands right behind a word at which another begins to speak than `candidate`
/// ("Poe stayed silent while Roe spoke of “…”"), where nobody else is named behind it.
fn turned(survey: &Survey, quote: &Quote, candidate: &Candidate) -> Option<usize> {
    let paragraph = survey.paragraph(quote.paragraph);
    let way = quote.token.checked_sub(candidate.to).filter(|way| *way <= REACH);
    if candidate.paragraph != quote.paragraph || way.is_none() {
        return None;
    }
    let last = survey.candidates.partition_point(|it| it.from < quote.token).checked_sub(1)?;
    let other = survey.candidates.get(last).filter(|it| it.from > candidate.to)?;
    let turns = TURNS.contains(&word(survey, &paragraph, other.from.checked_sub(1)?)?);
    let mut between = (candidate.to..quote.token).filter_map(|at| survey.token_in(&paragraph, at));
    let cut = between.any(|it| matches!(it.kind, TokenKind::Stop | TokenKind::Quote));
    let verb = word(survey, &paragraph, other.to).is_some();
    (turns && !cut && verb).then_some(last)
}
