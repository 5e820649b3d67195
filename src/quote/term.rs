//! Set terms in marks, which are nobody's words: "the “coalition of the willing”".
//!
//! A few small words behind an article or an owner, where nothing reports, and which the article uses
//! elsewhere as well, are a term; so are the same words in marks elsewhere in it.

use std::collections::HashSet;

use super::feature::after_quote;
use super::lexicon::Class;
use super::spelling::{hash, scan};
use super::survey::{Quote, Survey};
use super::token::{Token, TokenKind};

/// The fewest and the most words of a term.
const WORDS: [usize; 2] = [2, 5];

/// A word that is a cue in a third of all cases reports (as [`Share`](super::lexicon::Share)).
const REPORTS: u8 = 37;

/// How far a word that reports is looked for, in tokens.
const REACH: usize = 40;

/// Of each quotation of the survey, whether it is a term. Takes time linear in the text.
pub(super) fn terms(survey: &Survey) -> Vec<bool> {
    let words: Vec<Option<u64>> = survey.quotes.iter().map(|it| term(survey, it)).collect();
    let free = survey.quotes.iter().zip(&words).filter(|(quote, _)| !is_reported(survey, quote));
    let free: HashSet<u64> = free.filter_map(|(_, words)| *words).collect();
    if free.is_empty() {
        return vec![false; words.len()];
    }
    let used = used_again(survey.text, &free);
    words.into_iter().map(|it| it.is_some_and(|it| used.contains(&it))).collect()
}

/// The words of a quotation as a number, if they look like a term.
fn term(survey: &Survey, quote: &Quote) -> Option<u64> {
    let stretch = survey.stretches.get(quote.stretch)?;
    let paragraph = survey.paragraph(quote.paragraph);
    let before = survey.token_in(&paragraph, quote.token.checked_sub(1)?)?;
    let definite = match before.kind {
        TokenKind::Possessive => true,
        TokenKind::Word => {
            let word = before.span().of(survey.text);
            let determiner = survey.lexicon.entry(before.entry).class == Class::Determiner;
            determiner && !matches!(word, "a" | "A" | "an" | "An")
        }
        _ => false,
    };
    let inner = stretch.inner.of(survey.text);
    let small = |c: char| c.is_lowercase() || matches!(c, ' ' | '-' | '’' | '\'');
    if !definite || !inner.chars().all(small) {
        return None;
    }
    let hashes: Vec<u32> = inner.split(' ').map(hash).collect();
    let [fewest, most] = WORDS;
    (fewest..=most).contains(&hashes.len()).then(|| key(&hashes))
}

/// One number for words.
fn key(hashes: &[u32]) -> u64 {
    hashes.iter().fold(0, |key, &hash| {
        (key ^ u64::from(hash)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
    })
}

/// Whether something reports a quotation: a word in the sentence before it or right behind it, or
/// ", X said" further on.
pub(super) fn is_reported(survey: &Survey, quote: &Quote) -> bool {
    let paragraph = survey.paragraph(quote.paragraph);
    let token = |at: usize| survey.token_in(&paragraph, at).filter(|it| it.kind != TokenKind::Stop);
    let reports = |token: &Token| {
        let entry = survey.lexicon.entry(token.entry);
        entry.is_cue() && entry.strength.cue >= REPORTS || entry.class == Class::According
    };
    let mut before = (1..=REACH).map_while(|back| token(quote.token.checked_sub(back)?));
    let behind = after_quote(survey, quote);
    let comma = token(behind).is_some_and(|it| it.kind == TokenKind::Comma);
    let verb = token(behind + usize::from(comma));
    let mut after = (behind..behind + REACH).map_while(|at| Some((at, token(at)?)));
    let speaks = |at: usize| {
        let index = survey.candidates.partition_point(|it| it.from < at);
        let candidate = survey.candidates.get(index).filter(|it| it.from == at);
        candidate.and_then(|it| token(it.to)).is_some_and(reports)
    };
    before.any(reports)
        || verb.is_some_and(reports)
        || after.any(|(at, it)| it.kind == TokenKind::Comma && speaks(at + 1))
}

/// Those of `terms` whose words stand more than once in the text.
fn used_again(text: &str, terms: &HashSet<u64>) -> HashSet<u64> {
    let [fewest, most] = WORDS;
    let (mut once, mut again) = (HashSet::new(), HashSet::new());
    let mut last: Vec<u32> = Vec::with_capacity(most + 1);
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (gap, word) = rest.split_at_checked(start).unwrap_or((rest, ""));
        if !matches!(gap, " " | "\u{a0}") {
            last.clear();
        }
        let (len, hash) = scan(word);
        last.push(hash);
        if last.len() > most {
            last.remove(0);
        }
        for count in fewest..=last.len() {
            let key = key(last.get(last.len() - count..).unwrap_or_default());
            if terms.contains(&key) && !once.insert(key) {
                again.insert(key);
            }
        }
        rest = word.get(len.max(1)..).unwrap_or_default();
    }
    again
}
