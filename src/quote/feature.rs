//! What a candidate, a quotation and the way between them look like, in small numbers.

use super::candidate::Candidate;
use super::lexicon::{Class, Strength};
use super::survey::{Quote, Survey, Tally};
use super::token::{Paragraph, Token, TokenKind};

/// The most that a feature can be.
pub(super) const MOST: u8 = 63;

/// How many features a candidate has by itself.
pub(super) const OF_CANDIDATE: usize = 35;
/// How many features a quoted stretch has by itself.
pub(super) const OF_QUOTE: usize = 33;
/// How many features the way between them has.
pub(super) const OF_PAIR: usize = 20;

/// How far a cue is looked for after a candidate, in tokens.
const REACH: usize = 16;

/// A number as a feature holds it.
pub(super) fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(MOST).min(MOST)
}

/// A count of words: exact while small, in ever larger steps beyond.
fn steps(number: u32) -> u8 {
    match number {
        0..=24 => small(number),
        25..=64 => small(24 + (number - 24) / 4),
        65..=224 => small(34 + (number - 64) / 16),
        _ => small(44 + (number - 224) / 128).min(60),
    }
}

/// What a token is, as a number: the class of a word, or the kind of a sign.
fn code(survey: &Survey, token: Option<&Token>) -> u8 {
    let Some(token) = token else { return MOST };
    match token.kind {
        TokenKind::Word
            if token.capital && survey.lexicon.entry(token.entry).class == Class::Open =>
        {
            30
        }
        TokenKind::Word => survey.lexicon.entry(token.entry).class as u8,
        TokenKind::Number => 31,
        TokenKind::Possessive => 32,
        TokenKind::Comma => 40,
        TokenKind::Colon => 42,
        TokenKind::Break => 44,
        TokenKind::Sign => 36,
        TokenKind::Quote => 50,
        TokenKind::Stop => 60,
    }
}

/// What was counted of a token; nothing where there is none.
fn strength(survey: &Survey, token: Option<&Token>) -> Strength {
    match token {
        Some(token) if matches!(token.kind, TokenKind::Word | TokenKind::Number) => {
            survey.strength(token)
        }
        Some(_) | None => Strength::from_shares([0; 7]),
    }
}

/// A cue beside a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    /// Its token.
    pub(super) token: usize,
    /// How often the word is one.
    pub(super) share: u8,
}

/// What is known of a candidate by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    /// Its features.
    pub(super) features: [u8; OF_CANDIDATE],
    /// The first cue after it in its sentence.
    pub(super) after: Option<Cue>,
    /// The cue right before it.
    pub(super) before: Option<Cue>,
}

/// The first cue within reach after a candidate, and the strongest.
fn cues_after(survey: &Survey, paragraph: &Paragraph, to: usize) -> (Option<Cue>, u8) {
    let (mut first, mut strongest) = (None, 0);
    for at in to..to + REACH {
        let Some(token) = survey.token_in(paragraph, at) else { break };
        if matches!(token.kind, TokenKind::Stop | TokenKind::Quote) {
            break;
        }
        let entry = survey.lexicon.entry(token.entry);
        let share = if entry.is_cue() { entry.strength.cue } else { 0 };
        strongest = share.max(strongest);
        if share > 0 && token.kind == TokenKind::Word && first.is_none() {
            first = Some(Cue { token: at, share });
        }
    }
    (first, strongest)
}

/// The nearest cue within four tokens before a candidate, with no sign between.
fn cue_before(survey: &Survey, paragraph: &Paragraph, from: usize) -> Option<Cue> {
    for at in (from.saturating_sub(4)..from).rev() {
        let token = survey.token_in(paragraph, at)?;
        if !matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Possessive) {
            return None;
        }
        let entry = survey.lexicon.entry(token.entry);
        if entry.is_cue() || entry.class == Class::According {
            return Some(Cue { token: at, share: entry.strength.cue });
        }
    }
    None
}

/// What is known of a candidate by itself.
pub(super) fn facts(survey: &Survey, candidate: &Candidate) -> Facts {
    let paragraph = survey.paragraph(candidate.paragraph);
    let token = |at: Option<usize>| at.and_then(|at| survey.token_in(&paragraph, at));
    let (from, to) = (candidate.from, candidate.to);
    let (previous, previous2) = (token(from.checked_sub(1)), token(from.checked_sub(2)));
    let (next, next2, next3) = (token(Some(to)), token(Some(to + 1)), token(Some(to + 2)));
    let head = strength(survey, token(Some(candidate.head)));
    let first = strength(survey, token(Some(from)));
    let (start, end) = (survey.tally(from), survey.tally(to));
    let (after, strongest) = cues_after(survey, &paragraph, to);
    let before = cue_before(survey, &paragraph, from);
    let at_cue = after.map_or(end, |cue| survey.tally(cue.token));
    let according = before.is_some_and(|cue| {
        token(Some(cue.token))
            .is_some_and(|it| survey.lexicon.entry(it.entry).class == Class::According)
    });
    let before_it = survey.tally(paragraph.from);
    let [of_next, of_next2] = [next, next2].map(|it| strength(survey, it));
    let [of_previous, of_previous2] = [previous, previous2].map(|it| strength(survey, it));
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let features = [
        candidate.kind as u8,
        small(count(to - from)),
        head.source,
        head.lower,
        steps(start.words - start.begun),
        code(survey, previous),
        of_previous.cue,
        of_previous2.cue,
        code(survey, next),
        of_next.cue,
        of_next2.cue,
        of_next.after,
        after.map_or(0, |cue| cue.share),
        after.map_or(MOST, |cue| small(count(cue.token - to))),
        after.map_or(MOST, |_| small(at_cue.commas - end.commas)),
        after.map_or(MOST, |_| small(at_cue.candidates - end.candidates)),
        strongest,
        before.map_or(0, |cue| cue.share),
        before.map_or(MOST, |cue| small(count(from - cue.token - 1))),
        u8::from(according),
        small(count(survey.frequency(candidate))),
        small(start.candidates.saturating_sub(before_it.candidates)),
        paragraph.kind as u8,
        of_previous.source,
        of_next.source,
        after.map_or(MOST, |cue| code(survey, token(Some(cue.token + 1)))),
        code(survey, next2),
        code(survey, previous2),
        code(survey, next3),
        first.source,
        small(count(candidate.head - from)),
        of_previous.after,
        after.map_or(MOST, |_| small(at_cue.breaks - end.breaks)),
        small(start.candidates - start.begun_candidates),
        small(start.joints - start.begun_joints),
    ];
    Facts { features, after, before }
}

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
pub(super) fn quote_features(survey: &Survey, number: usize) -> [u8; OF_QUOTE] {
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
pub(super) fn after_quote(survey: &Survey, quote: &Quote) -> usize {
    let end = survey.tokens.all.get(quote.token).map_or(0, |token| token.end);
    let inside = survey.tokens.all.get(quote.token + 1).is_some_and(|next| next.start < end);
    quote.token + 1 + usize::from(inside)
}

/// What was counted of the first word of a stretch.
fn first_word(survey: &Survey, inner: &str) -> Strength {
    let word = inner.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (_, hash) = super::spelling::scan(word);
    survey.lexicon.entry(survey.lexicon.find(hash)).strength
}

/// What lies between a candidate and a quoted stretch.
pub(super) fn pair_features(
    survey: &Survey,
    candidate: &Candidate,
    facts: &Facts,
    quote: &Quote,
) -> [u8; OF_PAIR] {
    let before = candidate.from < quote.token;
    let beyond = after_quote(survey, quote);
    let (near, far): (Tally, Tally) = if before {
        (survey.tally(candidate.to), survey.tally(quote.token))
    } else {
        (survey.tally(beyond), survey.tally(candidate.from))
    };
    let own = u32::from(!before);
    let gap = |count: fn(&Tally) -> u32| count(&far).saturating_sub(count(&near));
    let paragraphs = candidate.paragraph.abs_diff(quote.paragraph).min(30);
    let paragraphs = u32::try_from(paragraphs).unwrap_or(30);
    let words = gap(|it| it.words);
    let cue_gap = |cue: usize| {
        let at = survey.tally(cue);
        if cue < quote.token {
            survey.tally(quote.token).words.saturating_sub(at.words + 1)
        } else {
            at.words.saturating_sub(survey.tally(beyond).words)
        }
    };
    // What lies between a cue and the quotation, the cue itself left out.
    let between = |cue: usize, count: fn(&Tally) -> u32| {
        let (near, far) = if cue < quote.token { (cue + 1, quote.token) } else { (beyond, cue) };
        small(count(&survey.tally(far)).saturating_sub(count(&survey.tally(near))))
    };
    let stops = gap(|it| it.stops);
    let same = candidate.paragraph == quote.paragraph;
    let cue_beyond = facts.after.is_some_and(|cue| before && cue.token > quote.token);
    [
        small(if before { 31 - paragraphs } else { 32 + paragraphs }),
        steps(words),
        small(gap(|it| it.candidates)),
        small(gap(|it| it.quotes)),
        small(gap(|it| it.commas)),
        small(gap(|it| it.breaks) + gap(|it| it.colons)),
        small(stops),
        small(gap(|it| it.cues)),
        u8::from(same && stops == 0),
        facts.after.map_or(MOST, |cue| steps(cue_gap(cue.token))),
        facts.before.map_or(MOST, |cue| steps(cue_gap(cue.token))),
        u8::from(cue_beyond),
        small(gap(|it| it.colons)),
        if before { 31 - steps(words).min(31) } else { 32 + steps(words).min(31) },
        small(own * 32 + gap(|it| it.candidates).min(31)),
        small(gap(|it| it.thats)),
        small(gap(|it| it.joints)),
        facts.after.map_or(MOST, |cue| between(cue.token, |it| it.joints)),
        facts.after.map_or(MOST, |cue| between(cue.token, |it| it.cues)),
        facts.after.map_or(MOST, |cue| {
            let [at, here] = [cue.token, quote.token].map(|at| survey.tally(at).stops);
            small(at.abs_diff(here) + 20 * u32::from(cue.token > quote.token))
        }),
    ]
}
