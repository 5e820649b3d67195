//! Searches over the library that a person saved, to be run again.

use serde::{Deserialize, Serialize};

use crate::search::Manner;

/// The most searches that are kept of a library: more are no list to choose from.
const MOST: usize = 100;

/// A search that was saved. It is kept by library with the places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// The query, as it was typed.
    pub query: String,
    /// Whether only whole words are found.
    #[serde(default)]
    pub word: bool,
    /// Whether its words are a regular expression.
    #[serde(default)]
    pub expression: bool,
}

impl SavedSearch {
    /// What was typed, without the white space around it, and what was to be made of it.
    pub(super) fn of(typed: &str, manner: Manner) -> Self {
        let Manner { word, expression } = manner;
        Self { query: typed.trim().to_owned(), word, expression }
    }

    /// What is to be made of its words.
    #[must_use]
    pub const fn manner(&self) -> Manner {
        Manner { word: self.word, expression: self.expression }
    }
}

/// The saved searches of a library, and the one that is chosen.
#[derive(Debug, Default)]
pub struct SavedSearches {
    /// All of them, the newest first.
    pub list: Vec<SavedSearch>,
    /// The chosen one: an index into the list.
    pub selected: usize,
}

impl SavedSearches {
    /// Those that the last run kept.
    pub(super) fn restored(list: Vec<SavedSearch>) -> Self {
        Self { list, selected: 0 }
    }

    /// The chosen one, if there are any.
    #[must_use]
    pub fn chosen(&self) -> Option<&SavedSearch> {
        self.list.get(self.selected)
    }

    /// Whether a search is among them.
    #[must_use]
    pub fn holds(&self, typed: &str, manner: Manner) -> bool {
        self.list.contains(&SavedSearch::of(typed, manner))
    }

    /// Saves a search as the first; whether there was room for it.
    pub(super) fn save(&mut self, search: SavedSearch) -> bool {
        let room = self.list.len() < MOST;
        if room {
            self.list.insert(0, search);
            self.selected = 0;
        }
        room
    }

    /// Deletes a search.
    pub(super) fn delete(&mut self, search: &SavedSearch) {
        self.list.retain(|saved| saved != search);
        self.selected = self.selected.min(self.list.len().saturating_sub(1));
    }

    /// Moves the choice.
    pub(super) fn choose(&mut self, by: usize, down: bool) {
        let last = self.list.len().saturating_sub(1);
        let to =
            if down { self.selected.saturating_add(by) } else { self.selected.saturating_sub(by) };
        self.selected = to.min(last);
    }

    /// Those that a screen of so many rows shows, each with whether it is the chosen one.
    #[must_use]
    pub fn window(&self, height: usize) -> Vec<(&SavedSearch, bool)> {
        let top = (self.selected + 1).saturating_sub(height);
        let all = self.list.iter().enumerate().skip(top).take(height);
        all.map(|(at, saved)| (saved, at == self.selected)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(queries: &[&str]) -> SavedSearches {
        let mut saved = SavedSearches::default();
        for query in queries {
            assert!(saved.save(SavedSearch::of(query, Manner::default())));
        }
        saved
    }

    #[test]
    fn a_search_is_known_by_its_words_and_its_manner() {
        let saved = saved(&["ferry"]);
        assert!(saved.holds(" ferry ", Manner::default()));
        assert!(!saved.holds("ferry", Manner { word: true, expression: false }));
        assert!(!saved.holds("Ferry", Manner::default()));
    }

    #[test]
    fn the_choice_stays_in_the_list_and_on_screen() {
        let mut saved = saved(&["c", "b", "a"]);
        saved.choose(9, true);
        assert_eq!(saved.chosen().unwrap().query, "c");
        let shown: Vec<_> =
            saved.window(2).iter().map(|(it, chosen)| (&*it.query, *chosen)).collect();
        assert_eq!(shown, [("b", false), ("c", true)]);
        saved.delete(&SavedSearch::of("c", Manner::default()));
        assert_eq!(saved.chosen().unwrap().query, "b");
        saved.choose(5, false);
        assert_eq!(saved.chosen().unwrap().query, "a");
    }

    #[test]
    fn there_is_an_end_to_them() {
        let mut saved = SavedSearches::default();
        let search = |at: usize| SavedSearch::of(&at.to_string(), Manner::default());
        assert!((0..MOST).all(|at| saved.save(search(at))));
        assert!(!saved.save(search(MOST)));
        assert_eq!(saved.list.len(), MOST);
    }
}
