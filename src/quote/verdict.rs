//! Whether a quoted stretch is a quotation, and of which kind.

use super::context::root;
use super::feature::{OF_CANDIDATE, OF_PAIR, OF_QUOTE};
use super::forest::{Batch, Forest, LANES};
use super::rank::{FIRST, Ranking, Scene};

/// How many features the ranking adds.
const OF_RANKING: usize = 4;

/// The features by which it is judged.
pub(super) const VERDICT: usize = FIRST + OF_RANKING;

const _: () = assert!(FIRST == OF_CANDIDATE + OF_QUOTE + OF_PAIR);

/// The features of the quotation of that number, with its best candidate.
pub(super) fn verdict_row(scene: &mut Scene, number: usize, ranking: &Ranking) -> [u8; VERDICT] {
    let mut row = [0; VERDICT];
    let best = ranking.best();
    let pair = match best {
        Some((index, _)) => scene.first_row(number, index),
        None => scene.lone_row(number),
    };
    let [top, second, ..] = ranking.scores;
    let shares = ranking.shares;
    let level = |score: i32| u8::try_from((score / 200 + 32).clamp(0, 63)).unwrap_or_default();
    let of_ranking = [root(shares[0]), root(shares[1]), level(top), level(second)];
    for (to, from) in row.iter_mut().zip(pair.into_iter().chain(of_ranking)) {
        *to = from;
    }
    row
}

/// How probable it is of each quotation that it is one, and that it is a direct one.
pub(super) fn verdicts(
    scene: &mut Scene,
    rankings: &[Ranking],
    quotation: &Forest,
    direct: &Forest,
) -> Vec<(f32, f32)> {
    let mut batch: Batch<VERDICT> = Batch::new();
    let mut out = Vec::with_capacity(rankings.len());
    let numbers: Vec<usize> = (0..rankings.len()).collect();
    for numbers in numbers.chunks(LANES) {
        for &number in numbers {
            let none = Ranking::default();
            let ranking = rankings.get(number).unwrap_or(&none);
            batch.push(&verdict_row(scene, number, ranking));
        }
        let scores = batch.scores(quotation).into_iter().zip(batch.scores(direct));
        out.extend(scores.take(numbers.len()).map(|(is, direct)| (share(is), share(direct))));
        batch.clear();
    }
    out
}

/// How probable what has that score is.
fn share(score: i32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "scores are small")]
    let score = score as f32 / 1000.0;
    1.0 / (1.0 + (-score).exp())
}
