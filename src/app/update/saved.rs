//! Saving searches over the library, and running them again.

use super::Turn;
use crate::app::field::Field;
use crate::app::model::Model;
use crate::app::saved::SavedSearch;
use crate::config::{Code, Key};
use crate::search::Query;

/// Saved searches that page keys move by.
const PAGE: usize = 10;

impl Model {
    /// A key for the saved searches: those to save one, and, with nothing typed, those to choose one.
    /// Whether it was for them.
    pub(super) fn press_saved(&mut self, key: Key, turn: &mut Turn) -> bool {
        let held = |letter| key == Key::new(Code::Char(letter)).ctrl();
        let alt = |letter| key == Key::new(Code::Char(letter)).alt();
        if alt('s') {
            self.save_search(turn);
            return true;
        }
        let search = &mut self.library.search;
        if !search.is_blank() || search.saved.list.is_empty() {
            return false;
        }
        let saved = &mut search.saved;
        match key.code() {
            Code::Enter => self.run_saved(turn),
            Code::Up => saved.choose(1, false),
            _ if held('p') || held('k') => saved.choose(1, false),
            Code::Down => saved.choose(1, true),
            _ if held('n') || held('j') => saved.choose(1, true),
            Code::PageUp => saved.choose(PAGE, false),
            Code::PageDown => saved.choose(PAGE, true),
            Code::Delete => self.delete_saved(turn),
            _ if alt('d') => self.delete_saved(turn),
            _ => return false,
        }
        true
    }

    /// Saves what is typed, or deletes it where it was saved before.
    fn save_search(&mut self, turn: &mut Turn) {
        let search = &mut self.library.search;
        if search.is_blank() {
            self.status.say(turn.now, "type a search to save it");
            return;
        }
        if Query::parse(search.field.text(), search.manner).is_err() {
            self.status.warn(turn.now, "not saved: it cannot be run as it is");
            return;
        }
        let own = SavedSearch::of(search.field.text(), search.manner);
        let said = if search.saved.list.contains(&own) {
            search.saved.delete(&own);
            "the search is no longer saved"
        } else if search.saved.save(own) {
            "the search is saved"
        } else {
            "not saved: there are too many; delete one first"
        };
        self.status.say(turn.now, said);
        self.places_changed(turn.now);
    }

    fn delete_saved(&mut self, turn: &mut Turn) {
        let saved = &mut self.library.search.saved;
        let Some(own) = saved.chosen().cloned() else { return };
        saved.delete(&own);
        self.status.say(turn.now, format!("“{}” is no longer saved", own.query));
        self.places_changed(turn.now);
    }

    fn run_saved(&mut self, turn: &mut Turn) {
        let search = &mut self.library.search;
        let Some(own) = search.saved.chosen().cloned() else { return };
        search.manner = own.manner();
        search.field = Field::new(own.query);
        self.search_library(turn);
    }
}
