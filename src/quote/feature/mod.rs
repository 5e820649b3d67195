//! What a candidate, a quotation and the way between them look like, in small numbers.

mod candidate;
mod pair;
mod quote;

use super::lexicon::{Class, Strength};
use super::survey::Survey;
use super::token::{Token, TokenKind};
pub(super) use candidate::{Cue, Facts, OF_CANDIDATE, facts};
pub(super) use pair::{OF_PAIR, pair_features};
pub(super) use quote::{OF_QUOTE, after_quote, quote_features};

/// The most that a feature can be.
pub(super) const MOST: u8 = 63;

/// A row of so many features: its parts, one after the other.
pub(super) fn row<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    let mut row = [0; N];
    for (to, from) in row.iter_mut().zip(parts.iter().copied().flatten()) {
        *to = *from;
    }
    row
}

/// A number as a feature holds it.
pub(super) fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(MOST).min(MOST)
}

/// A count of words: exact while small, in ever larger steps beyond.
pub(super) fn steps(number: u32) -> u8 {
    match number {
        0..=24 => small(number),
        25..=64 => small(24 + (number - 24) / 4),
        65..=224 => small(34 + (number - 64) / 16),
        _ => small(44 + (number - 224) / 128).min(60),
    }
}

/// What a token is, as a number: the class of a word, or the kind of a sign.
pub(super) fn code(survey: &Survey, token: Option<&Token>) -> u8 {
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
pub(super) fn strength(survey: &Survey, token: Option<&Token>) -> Strength {
    match token {
        Some(token) if matches!(token.kind, TokenKind::Word | TokenKind::Number) => {
            survey.strength(token)
        }
        Some(_) | None => Strength::from_shares([0; 7]),
    }
}
