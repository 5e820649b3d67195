//! Searching the library: typing, choosing, and going from hit to hit.

use super::Turn;
use crate::app::library::Entry;
use crate::app::model::{Aim, Model};
use crate::app::overlay::Overlay;
use crate::app::reading::Search;
use crate::app::screen::Pane;
use crate::app::search::Progress;
use crate::app::{Action, Effect};
use crate::config::{Code, Key};
use crate::corpus::ArticleId;
use crate::note::Annotation;
use crate::search::Query;
use crate::text::Offset;

/// Hits that page keys move by.
const PAGE: usize = 10;

impl Model {
    /// Opens the search over the library, where it was left.
    pub(super) fn ask_library_search(&mut self) {
        self.overlay = Some(Overlay::Search);
    }

    /// A key for the search over the library.
    pub(super) fn press_search(&mut self, key: Key, turn: &mut Turn) {
        let held = |letter| key == Key::new(Code::Char(letter)).ctrl();
        let alt = |letter| key == Key::new(Code::Char(letter)).alt();
        match key.code() {
            Code::Esc => self.leave_library_search(turn),
            _ if held('c') && self.library.search.is_running() => self.cancel_search(turn),
            _ if held('c') => self.leave_library_search(turn),
            Code::Enter => self.open_chosen_hit(turn),
            Code::Up => self.choose_hit(1, false),
            _ if held('p') || held('k') => self.choose_hit(1, false),
            Code::Down => self.choose_hit(1, true),
            _ if held('n') || held('j') => self.choose_hit(1, true),
            Code::PageUp => self.choose_hit(PAGE, false),
            Code::PageDown => self.choose_hit(PAGE, true),
            Code::Tab => self.choose_article(key != Key::new(Code::Tab).shift()),
            _ if alt('w') => {
                self.library.search.manner.word ^= true;
                self.search_library(turn);
            }
            _ if alt('r') => {
                self.library.search.manner.expression ^= true;
                self.search_library(turn);
            }
            _ => {
                if self.library.search.field.press(key) {
                    self.search_library(turn);
                }
            }
        }
    }

    /// Moves the choice among the hits.
    pub(super) fn choose_hit(&mut self, by: usize, down: bool) {
        let search = &mut self.library.search;
        let last = search.kept().saturating_sub(1);
        let to = if down {
            search.selected.saturating_add(by)
        } else {
            search.selected.saturating_sub(by)
        };
        search.selected = to.min(last);
    }

    fn choose_article(&mut self, forward: bool) {
        self.library.search.selected = self.library.search.neighbour(forward);
    }

    /// Searches for what is typed now; what was being searched for is given up.
    pub(super) fn search_library(&mut self, turn: &mut Turn) {
        let search = &mut self.library.search;
        search.problem = None;
        match Query::parse(search.field.text(), search.manner) {
            Ok(query) => {
                let articles = self.wanted(&query);
                self.begin_search(&query, articles, turn);
            }
            Err(error) => {
                // It may be half typed: what was found before it stays.
                self.give_up_search(turn);
                self.library.search.problem = Some(error.to_string());
            }
        }
    }

    fn begin_search(&mut self, query: &Query, articles: Vec<ArticleId>, turn: &mut Turn) {
        let search = &mut self.library.search;
        search.generation += 1;
        search.progress = Progress { since: Some(turn.now), ..Progress::default() };
        if query.is_empty() || articles.is_empty() {
            let generation = search.generation;
            search.forget();
            turn.ask(Effect::CancelSearch { generation });
            return;
        }
        search.stale = true;
        search.selected = 0;
        self.ask_search_in(query, articles, turn);
    }

    /// Asks for a search in these articles, as a part of the one that counts.
    fn ask_search_in(&mut self, query: &Query, articles: Vec<ArticleId>, turn: &mut Turn) {
        let decided = |(_, it): &(ArticleId, &Annotation)| it.quotation.is_some();
        let decided = self.notebook.all().filter(|_| query.asks_speaker()).filter(decided);
        let decided = decided.map(|(article, it)| (article, it.clone())).collect();
        let search = &mut self.library.search;
        search.progress.of += articles.len();
        search.progress.running += 1;
        turn.ask(Effect::Search {
            generation: search.generation,
            typed: search.field.text().to_owned(),
            manner: search.manner,
            articles,
            decided,
        });
    }

    /// Searches also in articles that were found only now.
    pub(super) fn search_further(&mut self, articles: &[ArticleId], turn: &mut Turn) {
        let search = &self.library.search;
        if search.field.is_empty() || search.progress.cancelled {
            return;
        }
        let Ok(query) = Query::parse(search.field.text(), search.manner) else { return };
        let further = self.admitted(&query, articles.iter().copied());
        if !query.is_empty() && !further.is_empty() {
            self.ask_search_in(&query, further, turn);
        }
    }

    /// The articles to look in: those of the list in its order, then those that it does not show.
    fn wanted(&self, query: &Query) -> Vec<ArticleId> {
        let mut shown = self.admitted(query, self.library.shown.iter().copied());
        if self.library.shown.len() < self.library.len() {
            let ranks = self.library.ranks();
            let hidden = self.library.entries.iter().filter(|entry| !entry.unreadable);
            let hidden = hidden.map(|entry| entry.id);
            let hidden = hidden.filter(|article| !ranks.contains_key(article));
            shown.extend(self.admitted(query, hidden));
        }
        shown
    }

    /// Those of the articles that the filters let through which need no text.
    fn admitted(&self, query: &Query, articles: impl Iterator<Item = ArticleId>) -> Vec<ArticleId> {
        let entry = |&article: &ArticleId| self.library.entry(article);
        articles.filter(|article| entry(article).is_some_and(|it| self.admits(query, it))).collect()
    }

    fn admits(&self, query: &Query, entry: &Entry) -> bool {
        if !query.admits_read(entry.read) {
            return false;
        }
        if query.asks_annotations() {
            let annotations: Vec<&Annotation> = self.notebook.of(entry.id).collect();
            if !query.admits_annotations(&annotations) {
                return false;
            }
        }
        !query.asks_metadata() || query.admits_metadata(&entry.metadata())
    }

    fn leave_library_search(&mut self, turn: &mut Turn) {
        self.overlay = None;
        if self.library.search.is_running() {
            self.cancel_search(turn);
        }
    }

    /// Gives up what is being searched for, and says so; what was found stays.
    pub(super) fn cancel_search(&mut self, turn: &mut Turn) {
        self.give_up_search(turn);
        self.library.search.progress.cancelled = true;
        self.status.say(turn.now, "the search is cancelled");
    }

    fn give_up_search(&mut self, turn: &mut Turn) {
        let search = &mut self.library.search;
        search.generation += 1;
        search.progress.running = 0;
        turn.ask(Effect::CancelSearch { generation: search.generation });
    }

    fn open_chosen_hit(&mut self, turn: &mut Turn) {
        if self.library.search.hit(self.library.search.selected).is_none() {
            self.status.say(turn.now, "nothing is found to go to");
            return;
        }
        self.overlay = None;
        self.go_to_chosen_hit(turn);
    }

    /// Goes to the hit after the chosen one, or to the one before.
    pub(super) fn step_hit(&mut self, action: Action, count: Option<usize>, turn: &mut Turn) {
        let search = &self.library.search;
        let kept = search.kept();
        if kept == 0 {
            let keys = self.keys_for(Action::SearchLibrary).unwrap_or_default();
            self.status
                .say(turn.now, format!("no hits to step through; {keys} searches the library"));
            return;
        }
        let before = search.selected;
        self.choose_hit(count.unwrap_or(1), action == Action::HitNext);
        if self.library.search.selected == before {
            self.status.say(turn.now, "no further hit that way");
        } else {
            self.go_to_chosen_hit(turn);
        }
    }

    fn go_to_chosen_hit(&mut self, turn: &mut Turn) {
        let search = &self.library.search;
        let Some((article, hit)) = search.hit(search.selected) else { return };
        let at = hit.span.start;
        let message = format!("hit {} of {}", search.selected + 1, search.count);
        self.leave();
        self.status.say(turn.now, message);
        if self.open_reading(article).is_some() {
            self.view.focus = Pane::Text;
            self.show_hit(at);
        } else {
            self.open(article, Aim::Hit(at), Pane::Text, turn);
        }
    }

    /// Shows a hit in the open article, and all that the words of the search match there.
    pub(super) fn show_hit(&mut self, at: Offset) {
        let search = &self.library.search;
        let query = Query::parse(search.field.text(), search.manner).ok();
        let words = query.as_ref().map(|query| query.words().to_owned()).unwrap_or_default();
        let pattern = query.and_then(|query| query.pattern().ok().flatten());
        let Some(reading) = &mut self.reading else { return };
        if pattern.is_some() {
            reading.found =
                Search { typed: words, pattern, matches: Vec::new() }.over(reading.text());
        }
        reading.go_to(at);
    }
}
