//! Where a person has been: jumps and marks.

use std::collections::BTreeMap;

use super::window::Landmark;
use crate::corpus::ArticleId;

/// A place in an article.
pub(super) type Spot = (ArticleId, Landmark);

/// Jumps that are remembered; the oldest are forgotten.
const REMEMBERED: usize = 200;

/// The jump list and the marks.
#[derive(Debug, Default)]
pub struct Journey {
    behind: Vec<Spot>,
    ahead: Vec<Spot>,
    /// Marks: small letters in their article, capitals for the library.
    pub marks: BTreeMap<(Option<ArticleId>, char), Spot>,
}

impl Journey {
    /// Remembers where a jump starts.
    pub fn leave(&mut self, from: Spot) {
        self.ahead.clear();
        if self.behind.last() != Some(&from) {
            self.behind.push(from);
        }
        if self.behind.len() > REMEMBERED {
            self.behind.remove(0);
        }
    }

    /// Where the last jump started, leaving `here`.
    pub fn back(&mut self, here: Spot) -> Option<Spot> {
        step(&mut self.behind, &mut self.ahead, here)
    }

    /// Where going back was from, leaving `here`.
    pub fn forward(&mut self, here: Spot) -> Option<Spot> {
        step(&mut self.ahead, &mut self.behind, here)
    }

    /// The key of a mark: capitals reach across articles.
    #[must_use]
    pub fn mark_key(article: ArticleId, letter: char) -> (Option<ArticleId>, char) {
        ((!letter.is_uppercase()).then_some(article), letter)
    }
}

fn step(from: &mut Vec<Spot>, to: &mut Vec<Spot>, here: Spot) -> Option<Spot> {
    let spot = loop {
        match from.pop()? {
            spot if spot == here => {}
            spot => break spot,
        }
    };
    to.push(here);
    Some(spot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_and_forward_returns_to_the_same_places() {
        let spot = |offset| (ArticleId(0), Landmark(offset));
        let mut journey = Journey::default();
        journey.leave(spot(1));
        journey.leave(spot(2));
        assert_eq!(journey.back(spot(3)), Some(spot(2)));
        assert_eq!(journey.back(spot(2)), Some(spot(1)));
        assert_eq!(journey.back(spot(1)), None);
        assert_eq!(journey.forward(spot(1)), Some(spot(2)));
        assert_eq!(journey.forward(spot(2)), Some(spot(3)));
        assert_eq!(journey.forward(spot(3)), None);
    }
}
