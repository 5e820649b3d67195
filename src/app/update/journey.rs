//! Jumps and marks: going back to where one was.

use super::Turn;
use crate::app::journey::{Journey, Spot};
use crate::app::model::{Aim, Model};
use crate::app::screen::Pane;
use crate::corpus::ArticleId;

impl Model {
    /// Where the cursor is.
    pub(super) fn spot(&self) -> Option<Spot> {
        self.reading.as_ref().map(|reading| (reading.id, reading.landmark(reading.cursor)))
    }

    /// Remembers the place that a jump starts from.
    pub(super) fn leave(&mut self) {
        if let Some(spot) = self.spot() {
            self.journey.leave(spot);
        }
    }

    pub(super) fn set_mark(&mut self, letter: char, turn: &mut Turn) {
        if let Some(spot) = self.spot() {
            if letter.is_uppercase() {
                // It stood in another article, perhaps, and the disk still knows it there.
                for place in self.places.known.values_mut() {
                    place.marks.remove(&letter);
                }
            }
            self.journey.marks.insert(Journey::mark_key(spot.0, letter), spot);
            self.places_changed(turn.now);
            self.status.say(turn.now, format!("mark {letter} is set"));
        }
    }

    pub(super) fn go_to_mark(&mut self, letter: char, turn: &mut Turn) {
        let here = self.reading.as_ref().map_or(ArticleId(u32::MAX), |reading| reading.id);
        match self.journey.marks.get(&Journey::mark_key(here, letter)).copied() {
            Some(spot) => {
                self.leave();
                self.go_to_spot(spot, turn);
            }
            None => match self.marked_before(letter) {
                Some(article) => {
                    self.leave();
                    self.open(article, Aim::Mark(letter), Pane::Text, turn);
                }
                None => self.status.say(turn.now, format!("there is no mark {letter}")),
            },
        }
    }

    /// The article in which an earlier run set a mark that reaches across articles.
    fn marked_before(&self, letter: char) -> Option<ArticleId> {
        let known = self.places.known.iter().filter(|_| letter.is_uppercase());
        let mut marked = known.filter(|(_, place)| place.marks.contains_key(&letter));
        let entries = &self.library.entries;
        let marked = marked.find_map(|(key, _)| entries.iter().find(|it| it.place_key() == *key));
        marked.map(|entry| entry.id)
    }

    pub(super) fn jump_back(&mut self, turn: &mut Turn) {
        match self.spot().and_then(|here| self.journey.back(here)) {
            Some(spot) => self.go_to_spot(spot, turn),
            None => self.status.say(turn.now, "nowhere to go back to"),
        }
    }

    pub(super) fn jump_forward(&mut self, turn: &mut Turn) {
        match self.spot().and_then(|here| self.journey.forward(here)) {
            Some(spot) => self.go_to_spot(spot, turn),
            None => self.status.say(turn.now, "nowhere to go forward to"),
        }
    }

    pub(super) fn go_to_spot(&mut self, (article, at): Spot, turn: &mut Turn) {
        self.view.focus = Pane::Text;
        match self.open_reading(article) {
            Some(_) => self.go_far(at, turn),
            None => self.open(article, Aim::At(at), Pane::Text, turn),
        }
    }
}
