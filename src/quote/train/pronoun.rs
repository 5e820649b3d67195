//! Whom pronouns stand for: a logistic ranking, learnt from the names of those whom labels tie a
//! speaking pronoun to.
//!
//! What an earlier pronoun was taken for is a sign for a later one, so that the articles are read anew
//! with the weights of each round. The names come from automatic coreference chains, which err: what the
//! weights of a round find all but impossible is left out of the next.

use super::super::person::{SIGNS, Signs, Weights};
use super::super::score::names_right;
use super::Lesson;

/// How often the articles are read.
const ROUNDS: usize = 10;

/// How often the examples are gone through in a round.
const TURNS: usize = 40;

/// How far a step goes, before it is divided by what the weight has moved (Adagrad).
const RATE: f64 = 0.1;

/// What draws the weights to nothing.
const RIDGE: f64 = 0.003;

/// An example whose right people have less than this is left out.
const LEAST: f64 = 0.3;

/// A pronoun: for each who may be meant, the numbers of the weights that count, and whether they are.
type Example = Vec<(Vec<usize>, bool)>;

/// By number: the signs where no word of telling stands beside the pronoun, then where one does.
type Sums = [f64; 2 * SIGNS];

/// Learns the weights of the signs.
pub(super) fn learn(lessons: &[Lesson], progress: &mut dyn FnMut(&str)) -> Weights {
    let mut weights = Weights::default();
    let mut sums: Option<Sums> = None;
    for _ in 0..ROUNDS {
        let mut examples = examples(lessons, &weights);
        progress(&tell(&examples, &sums.unwrap_or([0.0; 2 * SIGNS])));
        if let Some(sums) = sums {
            examples.retain(|it| right(it, &sums) > LEAST);
        }
        let mut fitted = fit(&examples);
        // Half of the way only, so that the rounds come to rest.
        if let Some(before) = sums {
            fitted.iter_mut().zip(before).for_each(|(new, old)| *new = f64::midpoint(*new, old));
        }
        weights =
            Weights::new(|sign, told| fitted.get(told * SIGNS + sign).copied().unwrap_or_default());
        sums = Some(fitted);
    }
    weights
}

/// How many of the examples the weights get right.
fn tell(examples: &[Example], sums: &Sums) -> String {
    let best = |example: &&Example| {
        let score = |(signs, _): &(Vec<usize>, bool)| score(signs, sums);
        // The nearest of equals.
        let best = example.iter().rev().max_by(|a, b| score(a).total_cmp(&score(b)));
        best.is_some_and(|(_, right)| *right)
    };
    let right = examples.iter().filter(best).count();
    format!("{right} of {} pronouns are right", examples.len())
}

/// The pronouns that are labelled as speakers, if one of those who may be meant is right.
fn examples(lessons: &[Lesson], weights: &Weights) -> Vec<Example> {
    let mut examples = Vec::new();
    for lesson in lessons {
        let people = lesson.people(weights);
        for (number, gold) in lesson.article.gold.iter().enumerate() {
            let Some(mention) = lesson.truth.source(number) else { continue };
            let Some((tells, weighed)) = people.weighed(mention) else { continue };
            let numbers = |signs: Signs| {
                signs.iter().map(|sign| sign + SIGNS * usize::from(tells)).collect::<Vec<_>>()
            };
            let example: Example = weighed
                .into_iter()
                .map(|(name, signs)| (numbers(signs), names_right(gold, &name)))
                .collect();
            if example.iter().any(|(_, right)| *right) {
                examples.push(example);
            }
        }
    }
    examples
}

fn score(signs: &[usize], sums: &Sums) -> f64 {
    signs.iter().filter_map(|sign| sums.get(*sign)).sum()
}

/// How probable each who may be meant is.
fn shares(example: &Example, sums: &Sums) -> Vec<f64> {
    let scores: Vec<f64> = example.iter().map(|(signs, _)| score(signs, sums)).collect();
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
    let all: f64 = odds.iter().sum();
    odds.iter().map(|odds| odds / all).collect()
}

/// How probable those who are right are together.
fn right(example: &Example, sums: &Sums) -> f64 {
    let shares = shares(example, sums);
    example.iter().zip(shares).filter(|((_, right), _)| *right).map(|(_, share)| share).sum()
}

/// Fits the weights by steps against the slope of each example in turn.
fn fit(examples: &[Example]) -> Sums {
    let mut sums = [0.0; 2 * SIGNS];
    let mut moved = [1e-6; 2 * SIGNS];
    for _ in 0..TURNS {
        for example in examples {
            let shares = shares(example, &sums);
            let all = right(example, &sums);
            let mut slope = [0.0; 2 * SIGNS];
            for ((signs, right), share) in example.iter().zip(shares) {
                let wanted = if *right { share / all } else { 0.0 };
                for sign in signs {
                    if let Some(slope) = slope.get_mut(*sign) {
                        *slope += share - wanted;
                    }
                }
            }
            for ((sum, moved), slope) in sums.iter_mut().zip(&mut moved).zip(slope) {
                if slope != 0.0 {
                    let slope = slope + RIDGE * *sum;
                    *moved += slope * slope;
                    *sum -= RATE * slope / moved.sqrt();
                }
            }
        }
    }
    sums
}
