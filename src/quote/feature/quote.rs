//! What a quoted stretch looks like by itself.

use super::{MOST, code, small, steps, strength};
use crate::quote::lexicon::Strength;
use crate::quote::spelling::scan;
use crate::quote::survey::{Quote, Survey};
use crate::quote::token::{Token, TokenKind};

/// How many features a quoted stretch has by itself.
pub(in crate::quote) const OF_QUOTE: usize = 33;

/// How a stretch ends: its last sign inside, or the one right after it.
fn ending(survey: &Survey, inner: &str, next: Option<&Token>) -> u8 {
    match inner.chars().next_back() {
        Some(',') => 10,
        Some('.') => 20,
        Some('?' | '!') => 21,
        Some('…' | '—' | '–' | '-') => 15,
        _ => match code(survey, next) {
            40 => 11,
            60 => 19,
            42 | 44 => 14,
            _ => 5,
        },
    }
}

/// How many words a stretch has, up to a limit, and how many of them begin with a capital.
fn words(inner: &str) -> (u32, u32) {
    let (mut words, mut capitals, mut inside) = (0, 0, false);
    for byte in inner.bytes().take(1200) {
        let letter = byte.is_ascii_alphanumeric() || byte >= 0x80 || byte == b'\'';
        if letter && !inside {
            words += 1;
            capitals += u32::from(byte.is_ascii_uppercase());
        }
        inside = letter || byte == b'-';
    }
    (words, capitals)
}

/// What is known of a quoted stretch by itself; `number` is its place among those of the article.
pub(in crate::quote) fn quote_features(survey: &Survey, number: usize) -> [u8; OF_QUOTE] {
    let Some(&quote) = survey.quotes.get(number) else { return [0; OF_QUOTE] };
    let Some(stretch) = survey.stretches.get(quote.stretch) else { return [0; OF_QUOTE] };
    let paragraph = survey.paragraph(quote.paragraph);
    let token = |at: Option<usize>| at.and_then(|at| survey.token_in(&paragraph, at));
    let inner = stretch.inner.of(survey.text);
    let after = after_quote(survey, &quote);
    let (previous, previous2) =
        (token(quote.token.checked_sub(1)), token(quote.token.checked_sub(2)));
    let next = token(Some(after));
    // The sign between a quotation and its verb says no more than how it ends.
    let verb = if next.is_some_and(|it| it.kind == TokenKind::Comma) { after + 1 } else { after };
    let (verb, verb2) = (token(Some(verb)), token(Some(verb + 1)));
    let first = inner.chars().find(|c| c.is_alphanumeric());
    let (words, capitals) = words(inner);
    let [start, here, end] = [paragraph.from, quote.token, paragraph.to].map(|at| survey.tally(at));
    let beyond = survey.tally(after);
    let neighbour = |number: Option<usize>| {
        let other = number.and_then(|number| survey.quotes.get(number));
        other.filter(|other| other.paragraph == quote.paragraph)
    };
    let earlier = neighbour(number.checked_sub(1));
    let later = neighbour(Some(number + 1));
    let at_earlier = earlier.map(|it| survey.tally(it.token + 1));
    let at_later = later.map(|it| survey.tally(it.token));
    let left_open = number
        .checked_sub(1)
        .and_then(|number| survey.quotes.get(number))
        .filter(|it| it.paragraph < quote.paragraph)
        .and_then(|it| survey.stretches.get(it.stretch))
        .is_some_and(|it| !it.closed);
    let cue_words = end.cues - start.cues;
    [
        paragraph.kind as u8,
        steps(words),
        u8::from(first.is_some_and(char::is_lowercase)),
        ending(survey, inner, next),
        u8::from(stretch.closed),
        code(survey, previous),
        strength(survey, previous).cue,
        code(survey, next),
        strength(survey, verb).cue,
        steps(here.words - start.words),
        steps(end.words - here.words),
        small(here.quotes - start.quotes),
        small(end.quotes - start.quotes),
        steps(here.words - here.begun.max(start.words)),
        at_earlier.map_or(MOST, |it| steps(here.words - it.words)),
        at_later.map_or(MOST, |it| steps(it.words - beyond.words)),
        u8::from(left_open),
        first_word(survey, inner).within_quote,
        strength(survey, previous).before_quote,
        strength(survey, verb).after_quote,
        strength(survey, previous2).cue,
        strength(survey, verb2).cue,
        small(cue_words),
        small((capitals * 60).checked_div(words).unwrap_or_default()),
        code(survey, verb2),
        code(survey, previous2),
        at_earlier.map_or(MOST, |it| small(here.cues - it.cues)),
        at_earlier.map_or(MOST, |it| small(here.stops - it.stops)),
        strength(survey, previous2).before_quote,
        strength(survey, previous).source,
        code(survey, verb),
        small(here.candidates - here.begun_candidates),
        small(here.joints - here.begun_joints),
    ]
}

/// The token after a quoted stretch and the end of the sentence inside it.
pub(in crate::quote) fn after_quote(survey: &Survey, quote: &Quote) -> usize {
    let end = survey.tokens.all.get(quote.token).map_or(0, |token| token.end);
    let inside = survey.tokens.all.get(quote.token + 1).is_some_and(|next| next.start < end);
    quote.token + 1 + usize::from(inside)
}

/// What was counted of the first word of a stretch.
fn first_word(survey: &Survey, inner: &str) -> Strength {
    let word = inner.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (_, hash) = scan(word);
    survey.lexicon.entry(survey.lexicon.find(hash)).strength
}
