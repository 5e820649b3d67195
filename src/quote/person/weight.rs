//! What each [`Sign`](super::pronoun::Sign) counts: learnt from labelled articles, as part of the model.

use std::fmt;

use super::pronoun::{ALL, SIGNS, Signs};

/// The weights of the signs.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::quote) struct Weights {
    /// By sign, in hundredths: where no word of telling stands beside the pronoun, and where one does.
    of: [[i16; 2]; SIGNS],
}

impl Default for Weights {
    fn default() -> Self {
        Self { of: [[0; 2]; SIGNS] }
    }
}

impl Weights {
    /// Those that `weight` gives for each sign, without and with a word of telling.
    pub(in crate::quote) fn new(weight: impl Fn(usize, usize) -> f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "weights are small")]
        let hundredths = |weight: f64| (weight * 100.0).round() as i16;
        let of = std::array::from_fn(|sign| [0, 1].map(|told| hundredths(weight(sign, told))));
        Self { of }
    }

    /// The sum of the weights of `signs`, for a pronoun that stands beside a word of telling or not.
    pub(super) fn score(&self, signs: Signs, tells: bool) -> i32 {
        let weights = signs.iter().filter_map(|sign| self.of.get(sign));
        weights.map(|&[plain, told]| i32::from(if tells { told } else { plain })).sum()
    }

    /// Takes in a line as [`fmt`](fmt::Display::fmt) writes them, if it is one.
    pub(in crate::quote) fn read(&mut self, line: &str) -> Option<()> {
        let mut fields = line.split(' ');
        let name = fields.next()?;
        let sign = ALL.iter().position(|sign| format!("{sign:?}") == name)?;
        let mut number = || fields.next()?.parse().ok();
        *self.of.get_mut(sign)? = [number()?, number()?];
        Some(())
    }
}

impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ALL.iter()
            .zip(&self.of)
            .try_for_each(|(sign, [plain, told])| writeln!(f, "{sign:?} {plain} {told}"))
    }
}
