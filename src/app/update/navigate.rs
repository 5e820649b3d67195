//! Moving: in the text, between articles, along jumps and marks.

use super::Turn;
use crate::app::journey::{Journey, Spot};
use crate::app::model::{Aim, Model, Opening};
use crate::app::reading::{Reading, Search, Selection};
use crate::app::screen::Pane;
use crate::app::{Action, Ask, Effect, Landmark, Looking};
use crate::config::Align;
use crate::corpus::ArticleId;
use crate::search::Pattern;
use crate::text::{Offset, word_at};

/// Cells by which the measure grows and shrinks.
const MEASURE_STEP: u16 = 4;
/// The measures that can be set, in cells.
const MEASURES: std::ops::RangeInclusive<u16> = 24..=160;

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

    /// Moves the cursor by a motion.
    pub(super) fn travel(&mut self, action: Action, count: Option<usize>, turn: &mut Turn) {
        if matches!(action, Action::Top | Action::Bottom) {
            self.leave();
        }
        if self.travel_far(action, count, turn) {
            return;
        }
        let Some(reading) = &mut self.reading else { return };
        match reading.motion(action, count) {
            Some(to) => {
                reading.cursor = to;
                reading.nth_here = 0;
            }
            None => {
                self.status.say(turn.now, format!("{} means nothing in the text", action.name()));
            }
        }
    }

    /// Moves by pages or half pages.
    pub(super) fn page(&mut self, action: Action, count: Option<usize>, turn: &mut Turn) {
        if self.page_far(action, count, turn) {
            return;
        }
        let Some(reading) = &mut self.reading else { return };
        let (rows, down) = reading.rows_of_page(action);
        let rows = rows.saturating_mul(count.unwrap_or(1));
        let before = reading.top;
        reading.scroll(rows, down);
        if reading.top == before {
            // The first or last screen: the cursor goes on to the end.
            let edge = if down { Offset(reading.text().len()) } else { Offset::ZERO };
            reading.put_cursor(reading.page.settle(edge));
        }
    }

    pub(super) fn find(
        &mut self,
        letter: char,
        till: bool,
        forward: bool,
        count: Option<usize>,
        turn: &mut Turn,
    ) {
        let Some(reading) = &mut self.reading else { return };
        match reading.find_char(letter, till, forward, count.unwrap_or(1)) {
            Some(at) => reading.put_cursor(reading.page.settle(at)),
            None => self.status.say(turn.now, format!("no {letter} in this paragraph that way")),
        }
    }

    pub(super) fn find_again(&mut self, forward: bool, count: Option<usize>, turn: &mut Turn) {
        match self.input.last_find {
            Some((letter, till)) => self.find(letter, till, forward, count, turn),
            None => self.status.say(turn.now, "no character was looked for yet"),
        }
    }

    /// Searches for what was typed, from where the search began.
    pub(super) fn search(&mut self, typed: &str, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        let here = reading.landmark(reading.cursor);
        let origin = reading.before_search.as_ref().map_or(here, |&(origin, _)| origin);
        let pattern = Pattern::new(typed);
        let found = Search { typed: typed.to_owned(), pattern, ..Search::default() };
        reading.found = reading.found_here(&found);
        if reading.long.is_some() {
            self.search_far(origin, turn);
            return;
        }
        let origin = reading.nearest(origin);
        let next = reading.found.matches.iter().find(|found| found.start >= origin);
        let to = next.or(reading.found.matches.first()).map(|found| found.start);
        reading.go_to(to.unwrap_or(origin));
    }

    pub(super) fn search_word(&mut self, turn: &mut Turn) {
        self.leave();
        let Some(reading) = &mut self.reading else { return };
        let span = word_at(reading.text(), reading.cursor);
        let word = span.of(reading.text()).to_owned();
        let Some(pattern) =
            Pattern::word(&word).filter(|_| word.chars().any(char::is_alphanumeric))
        else {
            self.status.say(turn.now, "the cursor is on no word");
            return;
        };
        let pattern = Some(pattern);
        let found = Search { typed: word, looking: Looking::Word, pattern, matches: Vec::new() };
        reading.found = reading.found_here(&found);
        self.next_match(true, None, turn);
    }

    pub(super) fn next_match(&mut self, forward: bool, count: Option<usize>, turn: &mut Turn) {
        self.leave();
        let Some(reading) = &mut self.reading else { return };
        let found = &reading.found;
        if found.typed.is_empty() {
            self.status.say(turn.now, "nothing is searched for; / searches");
            return;
        }
        if reading.long.is_some() {
            self.next_far(forward, count.unwrap_or(1), turn);
            return;
        }
        let total = found.matches.len();
        if total == 0 {
            self.status.say(turn.now, format!("no “{}” in this article", found.typed));
            return;
        }
        let steps = count.unwrap_or(1);
        let cursor = reading.cursor;
        let after = found.matches.partition_point(|found| found.start <= cursor);
        let before = found.matches.partition_point(|found| found.start < cursor);
        let (index, wrapped) = if forward {
            ((after + steps - 1) % total, after + steps > total)
        } else {
            let back = (before + total * steps - steps) % total;
            (back, before < steps)
        };
        let to = found.matches.get(index).map(|found| found.start);
        let typed = found.typed.clone();
        if let Some(at) = to {
            reading.go_to(at);
        }
        let around = if wrapped { " · around the end" } else { "" };
        self.status.say(turn.now, format!("“{typed}” {} of {total}{around}", index + 1));
    }

    pub(super) fn next_quotation(&mut self, action: Action, count: Option<usize>, turn: &mut Turn) {
        let Some(reading) = &self.reading else { return };
        let mut at = reading.cursor;
        let forward = action == Action::QuotationNext;
        for _ in 0..count.unwrap_or(1) {
            match reading.next_quotation(at, forward) {
                Some(next) => at = next,
                None => break,
            }
        }
        self.step_to(at, "quotation", turn);
    }

    pub(super) fn next_annotation(
        &mut self,
        action: Action,
        count: Option<usize>,
        turn: &mut Turn,
    ) {
        if self.next_annotation_far(action, count, turn) {
            return;
        }
        let Some(reading) = &self.reading else { return };
        let noted = matches!(action, Action::NoteNext | Action::NotePrevious);
        let starts: Vec<Offset> = reading
            .placed
            .iter()
            .filter(|placed| !noted || placed.noted)
            .map(|placed| placed.span.start)
            .collect();
        let forward = matches!(action, Action::HighlightNext | Action::NoteNext);
        let mut at = reading.cursor;
        for _ in 0..count.unwrap_or(1) {
            let next = if forward {
                Some(starts.partition_point(|&start| start <= at))
            } else {
                starts.partition_point(|&start| start < at).checked_sub(1)
            };
            match next.and_then(|next| starts.get(next)) {
                Some(&start) => at = start,
                None => break,
            }
        }
        self.step_to(at, if noted { "note" } else { "highlight" }, turn);
    }

    /// Goes to a stretch found by stepping, or says that there is none that way.
    fn step_to(&mut self, at: Offset, what: &str, turn: &mut Turn) {
        match &mut self.reading {
            Some(reading) if reading.cursor == at => {
                self.status.say(turn.now, format!("no further {what} that way"));
            }
            Some(reading) => reading.go_to(at),
            None => {}
        }
    }

    /// Opens the page furniture under the cursor, or else the first on screen.
    pub(super) fn toggle_furniture(&mut self, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        let top = reading.top_offset();
        let starts = reading.rows.iter().filter(|row| row.is_furniture()).map(|row| row.span.start);
        let candidates: Vec<Offset> = std::iter::once(reading.cursor).chain(starts).collect();
        let toggled = candidates.into_iter().any(|at| reading.page.toggle(at));
        if toggled {
            reading.cursor = reading.page.settle(reading.cursor);
            reading.top = reading.page.locate(top);
        } else if reading.page.folds() {
            self.status.say(turn.now, "no page furniture on this screen");
        } else {
            self.status.say(turn.now, "page furniture is not folded in a text of this size");
        }
    }

    /// Opens the page furniture that the cursor is on, if it is folded.
    pub(super) fn open_fold_here(&mut self) {
        if let Some(reading) = &mut self.reading {
            let top = reading.top_offset();
            if reading.page.reveal(reading.cursor) {
                reading.top = reading.page.locate(top);
            }
        }
    }

    pub(super) fn toggle_selection(&mut self, paragraphs: bool) {
        let Some(reading) = &mut self.reading else { return };
        reading.selection = match reading.selection {
            Some(selection) if selection.paragraphs == paragraphs => None,
            Some(selection) => Some(Selection { paragraphs, ..selection }),
            None => Some(Selection { anchor: reading.landmark(reading.cursor), paragraphs }),
        };
    }

    pub(super) fn select_object(&mut self, action: Action, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        match reading.object(action) {
            Some(span) => reading.select(span),
            None => self.status.say(turn.now, "the cursor is in no quotation"),
        }
    }

    pub(super) fn other_end(&mut self, turn: &mut Turn) {
        if let Some(reading) = &mut self.reading
            && let Some(selection) = &mut reading.selection
        {
            let here = match &reading.long {
                Some(long) => long.window.landmark(reading.cursor),
                None => Landmark(reading.cursor.get() as u64),
            };
            let other = std::mem::replace(&mut selection.anchor, here);
            self.land(other, turn);
        }
    }

    pub(super) fn set_measure(&mut self, action: Action, turn: &mut Turn) {
        let measure = self.settings.measure;
        match action {
            Action::MeasureWider => self.settings.measure = measure.saturating_add(MEASURE_STEP),
            Action::MeasureNarrower => self.settings.measure = measure.saturating_sub(MEASURE_STEP),
            _ => {
                self.settings.align = match self.settings.align {
                    Align::Center => Align::Left,
                    Align::Left => Align::Center,
                };
            }
        }
        self.settings.measure = self.settings.measure.clamp(*MEASURES.start(), *MEASURES.end());
        self.status.say(turn.now, format!("a measure of {} cells", self.settings.measure));
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
