//! Gradient boosting of oblivious trees over small numbers, by histograms.
//!
//! Second-order boosting as in `XGBoost` (Chen & Guestrin 2016), the whole level of a tree split by the
//! question that gains most over all of its nodes. Nothing is random but what the seed says, and sums
//! are always taken in the same order: the same rows give the same trees.

use std::ops::Range;
use std::thread;

use super::super::feature::MOST;
use super::super::forest::{DEPTH, Forest, Question, Tree};

/// How many values a feature can have.
const BINS: usize = MOST as usize + 1;

/// Rows to learn from.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The features, a column each.
    pub(super) columns: Vec<Vec<u8>>,
    /// Whether each row is a right one.
    pub(super) right: Vec<bool>,
    /// Which rows compete; where there are none, each row stands for itself.
    pub(super) groups: Vec<Range<usize>>,
}

impl Rows {
    /// Adds a row.
    pub(super) fn push(&mut self, row: &[u8], right: bool) {
        self.columns.resize(row.len(), Vec::new());
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.push(*value);
        }
        self.right.push(right);
    }
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings {
    /// How many trees.
    pub(super) trees: usize,
    /// How many questions each.
    pub(super) depth: usize,
    /// How much of what a tree would put right it does.
    pub(super) rate: f32,
    /// How strongly leaves are drawn to nothing.
    pub(super) ridge: f32,
    /// Of how many groups or rows in 100 a tree learns.
    pub(super) sample: u64,
    /// Of how many features in 100 a tree may ask.
    pub(super) features: u64,
}

/// Learns trees.
pub(super) fn boost(rows: &Rows, settings: Settings) -> Forest {
    let mut scores = vec![0.0_f32; rows.right.len()];
    let mut forest = Forest::default();
    let groups: Vec<Range<usize>> = if rows.groups.is_empty() {
        (0..rows.right.len()).map(|at| at..at + 1).collect()
    } else {
        rows.groups.clone()
    };
    for round in 0..settings.trees {
        let slopes = slopes(rows, &groups, &scores, round as u64, settings.sample);
        let (tree, leaves) = grow(rows, &slopes, settings, round as u64);
        if tree.questions.is_empty() {
            break;
        }
        for (score, leaf) in scores.iter_mut().zip(&leaves) {
            *score += f32::from(tree.leaves.get(usize::from(*leaf)).copied().unwrap_or_default())
                / 1000.0;
        }
        forest.trees.push(tree);
    }
    forest
}

/// A number that looks random, always the same for the same two.
fn scramble(a: u64, b: u64) -> u64 {
    let mut z =
        a.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(b.wrapping_mul(0xD1B5_4A32_D192_ED03));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The first and second derivative of the loss at each row; nothing where it is not in the sample.
fn slopes(
    rows: &Rows,
    groups: &[Range<usize>],
    scores: &[f32],
    round: u64,
    sample: u64,
) -> Vec<[f32; 2]> {
    let mut out = vec![[0.0; 2]; scores.len()];
    for (number, group) in groups.iter().enumerate() {
        if scramble(round, number as u64) % 100 >= sample {
            continue;
        }
        let (Some(scores), Some(right), Some(out)) =
            (scores.get(group.clone()), rows.right.get(group.clone()), out.get_mut(group.clone()))
        else {
            continue;
        };
        if rows.groups.is_empty() {
            for ((score, right), out) in scores.iter().zip(right).zip(out) {
                let share = 1.0 / (1.0 + (-score).exp());
                *out = [share - f32::from(u8::from(*right)), (share * (1.0 - share)).max(1e-4)];
            }
        } else {
            compete(scores, right, out);
        }
    }
    out
}

/// The derivatives of -ln of the share that the right rows have among all.
fn compete(scores: &[f32], right: &[bool], out: &mut [[f32; 2]]) {
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    let weights = || scores.iter().map(|score| (score - best).exp());
    let all: f32 = weights().sum();
    let good: f32 = weights().zip(right).map(|(it, &right)| if right { it } else { 0.0 }).sum();
    for ((weight, &right), out) in weights().zip(right).zip(out) {
        let share = weight / all;
        let of_right = if right { weight / good.max(1e-9) } else { 0.0 };
        *out = [share - of_right, (share * (1.0 - share)).max(1e-4)];
    }
}

/// Grows a tree; gives the leaf of each row too.
fn grow(rows: &Rows, slopes: &[[f32; 2]], settings: Settings, round: u64) -> (Tree, Vec<u8>) {
    let mut leaves = vec![0_u8; slopes.len()];
    let mut questions: Vec<Question> = Vec::new();
    for bit in 0..settings.depth.min(DEPTH) {
        let asked: Vec<usize> = (0..rows.columns.len())
            .filter(|&it| scramble(round ^ 0x5EED, it as u64) % 100 < settings.features)
            .collect();
        let Some(question) = best_question(rows, slopes, &leaves, 1 << bit, &asked, settings.ridge)
        else {
            break;
        };
        if let Some(column) = rows.columns.get(usize::from(question.feature)) {
            for (leaf, value) in leaves.iter_mut().zip(column) {
                *leaf |= u8::from(*value > question.threshold) << bit;
            }
        }
        questions.push(question);
    }
    let mut sums = vec![[0.0_f64; 2]; 1 << questions.len()];
    for (leaf, [g, h]) in leaves.iter().zip(slopes) {
        if let Some([first, second]) = sums.get_mut(usize::from(*leaf)) {
            *first += f64::from(*g);
            *second += f64::from(*h);
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is clamped")]
    let values: Vec<i16> = sums
        .iter()
        .map(|[g, h]| -g / (h + f64::from(settings.ridge)) * f64::from(settings.rate))
        .map(|value| (value * 1000.0).round().clamp(-30000.0, 30000.0) as i16)
        .collect();
    (Tree::new(questions, &values), leaves)
}

/// The question that gains most, asked of every leaf at once.
fn best_question(
    rows: &Rows,
    slopes: &[[f32; 2]],
    leaves: &[u8],
    count: usize,
    asked: &[usize],
    ridge: f32,
) -> Option<Question> {
    let half = asked.len().div_ceil(2).max(1);
    let search = |features: &[usize]| {
        let mut best: Option<(f64, Question)> = None;
        for &feature in features {
            let Some(column) = rows.columns.get(feature) else { continue };
            let Some((gain, threshold)) = best_threshold(column, slopes, leaves, count, ridge)
            else {
                continue;
            };
            if best.is_none_or(|(most, _)| gain > most) {
                let feature = u8::try_from(feature).unwrap_or(u8::MAX);
                best = Some((gain, Question { feature, threshold }));
            }
        }
        best
    };
    let found: Vec<Option<(f64, Question)>> = thread::scope(|scope| {
        let work: Vec<_> =
            asked.chunks(half).map(|part| scope.spawn(move || search(part))).collect();
        work.into_iter().map(|it| it.join().ok().flatten()).collect()
    });
    let mut best: Option<(f64, Question)> = None;
    for (gain, question) in found.into_iter().flatten() {
        if best.is_none_or(|(most, _)| gain > most) {
            best = Some((gain, question));
        }
    }
    best.map(|(_, question)| question)
}

/// The number for one feature that gains most.
fn best_threshold(
    column: &[u8],
    slopes: &[[f32; 2]],
    leaves: &[u8],
    count: usize,
    ridge: f32,
) -> Option<(f64, u8)> {
    let mut sums = vec![[0.0_f32; 2]; count * BINS];
    for ((value, [g, h]), leaf) in column.iter().zip(slopes).zip(leaves) {
        let bin = usize::from(*leaf) * BINS + usize::from(*value);
        if let Some([first, second]) = sums.get_mut(bin) {
            *first += g;
            *second += h;
        }
    }
    let ridge = f64::from(ridge);
    let mut gains = [0.0_f64; BINS];
    for leaf in sums.chunks(BINS) {
        let all = leaf
            .iter()
            .fold([0.0_f64; 2], |[g, h], it| [g + f64::from(it[0]), h + f64::from(it[1])]);
        let worth = |[g, h]: [f64; 2]| g * g / (h + ridge);
        let mut low = [0.0_f64; 2];
        for (gain, [g, h]) in gains.iter_mut().zip(leaf) {
            low = [low[0] + f64::from(*g), low[1] + f64::from(*h)];
            *gain += worth(low) + worth([all[0] - low[0], all[1] - low[1]]) - worth(all);
        }
    }
    let mut best = None;
    for (threshold, &gain) in gains.iter().enumerate().take(BINS - 1) {
        if gain > best.map_or(1e-6, |(most, _)| most) {
            best = Some((gain, u8::try_from(threshold).unwrap_or(MOST)));
        }
    }
    best
}
