//! How often words, pairs of words and stems report, begin a report and end one, counted in labelled
//! articles.

use std::collections::BTreeMap;

use super::super::hearsay::{Ending, Lists, fallback, is_named, stem, symbol};
use super::super::lexicon::{Share, WHOLE};
use super::super::survey::Survey;
use super::report::Report;

/// How often something did each of what it could, and how often it was met.
#[derive(Debug, Clone, Copy)]
struct Count<const N: usize> {
    did: [u32; N],
    met: u32,
}

impl<const N: usize> Default for Count<N> {
    fn default() -> Self {
        Self { did: [0; N], met: 0 }
    }
}

impl<const N: usize> Count<N> {
    fn add(&mut self, did: [bool; N]) {
        self.met += 1;
        for (to, did) in self.did.iter_mut().zip(did) {
            *to += u32::from(did);
        }
    }

    fn gather(&mut self, more: &Self) {
        self.met += more.met;
        for (to, from) in self.did.iter_mut().zip(more.did) {
            *to += from;
        }
    }

    /// The shares, drawn to the usual ones as if `prior` more had been met.
    fn shares(&self, usual: [f64; N], prior: f64) -> [Share; N] {
        let mut shares = [0; N];
        for (share, (did, usual)) in shares.iter_mut().zip(self.did.into_iter().zip(usual)) {
            let part = (f64::from(did) + prior * usual) / (f64::from(self.met) + prior);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is 0 to 63"
            )]
            let whole = (part.sqrt() * f64::from(WHOLE)).round() as Share;
            *share = whole;
        }
        shares
    }
}

/// What was counted.
#[derive(Debug, Default, Clone)]
pub(super) struct Counts {
    words: BTreeMap<String, (Count<5>, &'static str)>,
    pairs: BTreeMap<(String, String), Count<4>>,
    stems: BTreeMap<String, Count<2>>,
}

/// Counts one article.
pub(super) fn count(survey: &Survey, reports: &[Report]) -> Counts {
    let mut counts = Counts::default();
    let tokens = &survey.tokens.all;
    let mut roles = vec![[false; 5]; tokens.len() + 1];
    for report in reports {
        let follows = report.tokens.start > report.cue.unwrap_or(usize::MAX);
        let mut set = |at: usize, role: usize| {
            if let Some(slot) = roles.get_mut(at).and_then(|it| it.get_mut(role)) {
                *slot = true;
            }
        };
        if let Some(cue) = report.cue {
            set(cue, usize::from(!follows));
        }
        set(report.tokens.start, 2);
        set(report.tokens.end, 3);
        report.tokens.clone().for_each(|at| set(at, 4));
    }
    for paragraph in &survey.tokens.paragraphs {
        let mut previous: Option<(String, [bool; 5])> = None;
        let mut first = true;
        for at in paragraph.from..paragraph.to {
            let (Some(token), Some(role)) = (tokens.get(at), roles.get(at)) else { break };
            let word = token.span().of(survey.text).replace('’', "'").to_ascii_lowercase();
            let ending = Ending::of(token, token.span().of(survey.text));
            let text = symbol(token, is_named(survey, token, first), &word).to_owned();
            first = token.kind == super::super::token::TokenKind::Stop;
            let slot = counts.words.entry(text.clone()).or_default();
            slot.0.add(*role);
            slot.1 = ending.unknown();
            if text == word {
                counts.stems.entry(stem(&word).to_owned()).or_default().add([role[0], role[1]]);
            }
            let own = (text, *role);
            if let Some((before, was)) = previous.replace(own.clone()) {
                let pair = counts.pairs.entry((before, own.0)).or_default();
                pair.add([was[0] || was[1], role[0] || role[1], role[2], role[3]]);
            }
        }
    }
    counts
}

/// Adds the counts of `more`.
pub(super) fn gather(all: &mut Counts, more: &Counts) {
    for (word, (count, ending)) in &more.words {
        let slot = all.words.entry(word.clone()).or_default();
        slot.0.gather(count);
        slot.1 = ending;
    }
    for (pair, count) in &more.pairs {
        all.pairs.entry(pair.clone()).or_default().gather(count);
    }
    for (stem, count) in &more.stems {
        all.stems.entry(stem.clone()).or_default().gather(count);
    }
}

/// Words that were met less often than this stand for what is unknown.
const RARE: u32 = 4;
/// Pairs that were met less often are left out.
const RARE_PAIR: u32 = 4;
/// How far the share of a word is drawn to the usual one.
const PRIOR: f64 = 3.0;
/// How far that of a pair is drawn to that of its words.
const PRIOR_PAIR: f64 = 6.0;

/// The words, pairs and stems that were met often enough.
pub(super) fn lists(counts: &Counts) -> Lists {
    let mut unknown: BTreeMap<&str, Count<5>> = BTreeMap::new();
    for (count, ending) in counts.words.values().filter(|it| it.0.met < RARE) {
        unknown.entry(ending).or_default().gather(count);
    }
    let usual = |count: &Count<5>| count.did.map(|it| f64::from(it) / f64::from(count.met.max(1)));
    let mut lists = Lists::default();
    for (ending, count) in &unknown {
        lists.words.push(((*ending).to_owned(), count.shares([0.0; 5], 0.0)));
    }
    let mut shares: BTreeMap<&str, [Share; 5]> = BTreeMap::new();
    for (word, (count, ending)) in counts.words.iter().filter(|it| it.1.0.met >= RARE) {
        let usual = unknown.get(ending).map_or([0.01; 5], usual);
        let of = count.shares(usual, PRIOR);
        let known = unknown.get(ending).map(|it| it.shares([0.0; 5], 0.0));
        // What says no more than its ending need not be kept.
        let tells = known.is_none_or(|known| known.iter().zip(of).any(|(a, b)| a.abs_diff(b) >= 3));
        if tells {
            lists.words.push((word.clone(), of));
            shares.insert(word, of);
        }
    }
    let of = |word: &String| {
        let unknown = || {
            let ending = counts.words.get(word).map_or("?", |it| it.1);
            unknown.get(ending).map(|it| it.shares([0.0; 5], 0.0)).unwrap_or_default()
        };
        shares.get(word.as_str()).copied().unwrap_or_else(unknown)
    };
    for ((a, b), count) in counts.pairs.iter().filter(|it| it.1.met >= RARE_PAIR) {
        let back = fallback(of(a), of(b));
        let part = |share: Share| (f64::from(share) / f64::from(WHOLE)).powi(2);
        let own = count.shares(back.map(part), PRIOR_PAIR);
        if own.iter().zip(back).any(|(a, b)| a.abs_diff(b) >= 6) {
            lists.pairs.push((format!("{a} {b}"), own));
        }
    }
    let rare = |it: &&Count<2>| it.met < RARE;
    let mut usual = Count::<2>::default();
    counts.stems.values().filter(rare).for_each(|it| usual.gather(it));
    let unknown = usual.shares([0.0; 2], 0.0);
    lists.stems.push(("?".to_owned(), unknown));
    let part = usual.did.map(|it| f64::from(it) / f64::from(usual.met.max(1)));
    for (stem, count) in counts.stems.iter().filter(|it| !rare(&it.1)) {
        let of = count.shares(part, PRIOR);
        if of.iter().zip(unknown).any(|(a, b)| a.abs_diff(b) >= 3) {
            lists.stems.push((stem.clone(), of));
        }
    }
    lists
}
