//! How often words report, speak and introduce words, counted in labelled articles.

use std::collections::BTreeMap;

use super::super::lexicon::{Lexicon, Share, Strength, WHOLE};
use super::super::spelling::{hash, scan};
use super::super::survey::Survey;
use super::super::token::{Token, TokenKind};
use super::super::word_list::WordList;
use super::truth::Truth;

/// What a word did, and how often it could have: cue, source, after, before, behind and within a
/// quotation, small letter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    did: [u32; 7],
    could: [u32; 7],
}

/// The counts of words.
pub(super) type Counts = BTreeMap<String, Count>;

/// How far a share is drawn to the usual one: as if so many more had been counted.
const PRIOR: f64 = 3.0;

/// The usual shares.
const USUAL: [f64; 7] = [0.001, 0.05, 0.015, 0.85, 0.85, 0.85, 0.26];

/// Words that were met less often than this are left out.
const RARE: u32 = 4;

/// Counts the words of one article.
pub(super) fn count(survey: &Survey, truth: &Truth) -> Counts {
    let mut counts = Counts::new();
    for paragraph in &survey.tokens.paragraphs {
        let mut previous: Option<&Token> = None;
        for at in paragraph.from..paragraph.to {
            let Some(token) = survey.tokens.all.get(at) else { break };
            if token.kind == TokenKind::Word {
                let span = token.span();
                let after = previous.is_some_and(|it| truth.ends_source(it.span()));
                let lower = !token.capital;
                let did = [truth.is_cue(span), truth.is_source(span), after];
                let count = counts.entry(folded(span.of(survey.text))).or_default();
                for (slot, did) in [0, 1, 2, 6].into_iter().zip(did.into_iter().chain([lower])) {
                    add(count, slot, did);
                }
            }
            previous = Some(token);
        }
    }
    for (number, quote) in survey.quotes.iter().enumerate() {
        let (Some(right), Some(stretch)) =
            (truth.is_quotation(number), survey.stretches.get(quote.stretch))
        else {
            continue;
        };
        let beyond = super::super::feature::after_quote(survey, quote);
        let comma = survey.tokens.all.get(beyond).is_some_and(|it| it.kind == TokenKind::Comma);
        let paragraph = survey.paragraph(quote.paragraph);
        let places = [quote.token.checked_sub(1), Some(beyond + usize::from(comma))];
        for (slot, at) in [3, 4].into_iter().zip(places) {
            let token = at.and_then(|at| survey.token_in(&paragraph, at));
            if let Some(token) = token.filter(|it| it.kind == TokenKind::Word) {
                let word = folded(token.span().of(survey.text));
                add(counts.entry(word).or_default(), slot, right);
            }
        }
        let inner = stretch.inner.of(survey.text);
        let inner = inner.trim_start_matches(|c: char| !c.is_alphanumeric());
        let (len, _) = scan(inner);
        let word = folded(inner.get(..len).unwrap_or_default());
        add(counts.entry(word).or_default(), 5, right);
    }
    counts.remove("");
    counts
}

/// A word as the lexicon knows it.
fn folded(word: &str) -> String {
    word.replace('’', "'").to_ascii_lowercase()
}

fn add(count: &mut Count, slot: usize, did: bool) {
    if let (Some(done), Some(could)) = (count.did.get_mut(slot), count.could.get_mut(slot)) {
        *done += u32::from(did);
        *could += 1;
    }
}

/// Adds the counts of `more`.
pub(super) fn gather(all: &mut Counts, more: &Counts) {
    for (word, more) in more {
        let count = all.entry(word.clone()).or_default();
        for (to, from) in count.did.iter_mut().zip(more.did) {
            *to += from;
        }
        for (to, from) in count.could.iter_mut().zip(more.could) {
            *to += from;
        }
    }
}

impl Count {
    /// What is left of it without `less`.
    fn without(self, less: Self) -> Self {
        let mut rest = self;
        for (to, from) in rest.did.iter_mut().zip(less.did) {
            *to = to.saturating_sub(from);
        }
        for (to, from) in rest.could.iter_mut().zip(less.could) {
            *to = to.saturating_sub(from);
        }
        rest
    }

    fn strength(self) -> Strength {
        let mut shares: [Share; 7] = [0; 7];
        let counted = self.did.into_iter().zip(self.could).zip(USUAL);
        for (share, ((did, could), usual)) in shares.iter_mut().zip(counted) {
            let part = (f64::from(did) + PRIOR * usual) / (f64::from(could) + PRIOR);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is 0 to 63"
            )]
            let whole = (part.sqrt() * f64::from(WHOLE)).round() as Share;
            *share = whole;
        }
        Strength::from_shares(shares)
    }

    /// Whether it was met often enough to be kept.
    fn is_common(self) -> bool {
        let [cue, source, ..] = self.did;
        let [could, _, _, before, behind, within, _] = self.could;
        could >= 30 || cue >= 2 || source + before + behind + within >= RARE
    }
}

/// The words that were met often enough.
pub(super) fn word_list(counts: &Counts) -> WordList {
    let mut list = WordList::default();
    for (word, count) in counts.iter().filter(|(_, count)| count.is_common()) {
        list.push(word, count.strength());
    }
    list
}

/// The lexicon as if it had been counted without one article.
pub(super) fn without(lexicon: &Lexicon, all: &Counts, article: &Counts) -> Lexicon {
    let mut lexicon = lexicon.clone();
    for (word, count) in article {
        let Some(total) = all.get(word).filter(|it| it.is_common()) else { continue };
        lexicon.set(hash(word), total.without(*count).strength());
    }
    lexicon
}
