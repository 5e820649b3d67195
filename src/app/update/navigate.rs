//! Moving in the text.

use super::Turn;
use crate::app::model::Model;
use crate::app::reading::{Search, Selection};
use crate::app::{Action, Landmark, Looking};
use crate::config::Align;
use crate::search::Pattern;
use crate::text::{Offset, word_at};

/// Cells by which the measure grows and shrinks.
const MEASURE_STEP: u16 = 4;
/// The measures that can be set, in cells.
const MEASURES: std::ops::RangeInclusive<u16> = 24..=160;

impl Model {
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
}
