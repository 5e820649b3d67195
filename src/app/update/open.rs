//! Opening articles.

use super::Turn;
use crate::app::model::{Aim, Model, Opening};
use crate::app::reading::Reading;
use crate::app::screen::Pane;
use crate::app::{Ask, Effect};
use crate::corpus::ArticleId;

impl Model {
    /// The open article, if it is this one.
    pub(super) fn open_reading(&mut self, article: ArticleId) -> Option<&mut Reading> {
        self.reading.as_mut().filter(|reading| reading.id == article)
    }

    /// Asks for an article.
    pub(super) fn open(&mut self, article: ArticleId, aim: Aim, focus: Pane, turn: &mut Turn) {
        self.note_place();
        let generation = self.opening.map_or(0, |opening| opening.generation) + 1;
        let around = self.first_window(article, aim);
        let serial = u64::from(around.is_some());
        self.opening = Some(Opening { article, generation, aim, focus, arrived: false, serial });
        self.library.selected = Some(article);
        self.input.let_go();
        turn.ask(Effect::Read { article, generation });
        if let Some(around) = around {
            turn.ask(Effect::Long { article, generation, ask: Ask::Window { serial, around } });
        }
    }

    /// Has the article read that is likely to be opened after this one.
    pub(super) fn foresee(&self, after: ArticleId, turn: &mut Turn) {
        let next = self.library.neighbour(Some(after), 1, !self.library.backward);
        if let Some(article) = next.filter(|&it| it != after) {
            turn.ask(Effect::Foresee(article));
        }
    }

    pub(super) fn open_selected(&mut self, turn: &mut Turn) {
        match self.library.selected {
            Some(article) if self.reading.as_ref().is_some_and(|reading| reading.id == article) => {
                self.view.focus = Pane::Text;
            }
            Some(article) => {
                self.leave();
                self.open(article, Aim::Place, Pane::Text, turn);
            }
            None => self.status.say(turn.now, "the list is empty"),
        }
    }

    /// Opens the next or previous article of the list.
    pub(super) fn open_neighbour(&mut self, count: Option<usize>, forward: bool, turn: &mut Turn) {
        let from = self.reading.as_ref().map(|reading| reading.id).or(self.library.selected);
        match self.library.neighbour(from, count.unwrap_or(1), forward) {
            Some(article) => {
                self.library.backward = !forward;
                self.leave();
                self.open(article, Aim::Place, self.view.focus, turn);
            }
            None => self.status.say(turn.now, "no further article that way"),
        }
    }
}
