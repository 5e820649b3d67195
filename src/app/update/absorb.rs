//! Outcomes: what came of effects.

use std::sync::Arc;

use jiff::Timestamp;

use super::Turn;
use crate::app::Outcome;
use crate::app::journey::Journey;
use crate::app::model::{Aim, Model, Opening};
use crate::app::place::{Place, Places};
use crate::app::reading::Reading;
use crate::app::wording::counted;
use crate::corpus::ArticleId;
use crate::quote::Quotation;
use crate::text::Offset;

impl Model {
    pub(super) fn absorb(&mut self, outcome: Outcome, turn: &mut Turn) {
        match outcome {
            Outcome::Opened { article, generation, text, quotations, names } => {
                if self.expects(article, generation) {
                    let reading = Reading::new(article, text, quotations, names, self.measure());
                    self.take_article(article, reading, turn);
                }
            }
            Outcome::Judging { .. } => self.status.say(turn.now, "looking for quotations…"),
            Outcome::Judged { article, generation, quotations, names } => {
                self.take_judged(article, generation, (quotations, names), turn);
            }
            Outcome::NotOpened { article, generation, problem } => {
                if self.expects(article, generation) {
                    self.opening_arrived();
                    self.status.warn(turn.now, problem);
                }
            }
            Outcome::Sought(findings) => self.library.search.take(findings, turn.now),
            Outcome::Anchored { article, text, found } => {
                self.take_anchored(article, &text, found, turn);
            }
            Outcome::Saved { ticket } => {
                self.notebook.unsaved.remove(&ticket);
            }
            Outcome::NotSaved { ticket, problem } => self.wait_and_retry(ticket, problem, turn),
            Outcome::Edited(edited) => self.take_edited(edited, turn),
            Outcome::Copied(letters) => {
                self.status.say(turn.now, format!("copied {}", counted(letters, "character")));
            }
            Outcome::Exported { path, annotations } => {
                let message =
                    format!("wrote {} to {}", counted(annotations, "annotation"), path.display());
                self.status.say(turn.now, message);
            }
            Outcome::ExportExists { format, path, articles } => {
                self.ask_overwrite(format, path, articles, turn);
            }
            Outcome::Failed(problem) | Outcome::NotExported(problem) => {
                self.status.warn(turn.now, problem);
            }
            outcome => self.absorb_survey(outcome, turn),
        }
    }

    fn expects(&self, article: ArticleId, generation: u64) -> bool {
        self.opening.is_some_and(|opening| {
            opening.article == article && opening.generation == generation && !opening.arrived
        })
    }

    const fn opening_arrived(&mut self) {
        if let Some(opening) = &mut self.opening {
            opening.arrived = true;
        }
    }

    /// Puts an article that has come on the screen.
    fn take_article(&mut self, article: ArticleId, mut reading: Reading, turn: &mut Turn) {
        let Some(Opening { aim, focus, .. }) = self.opening else { return };
        self.opening_arrived();
        if self.library.changed.remove(&article) {
            self.status.say(turn.now, "read again");
        }
        reading.height = usize::from(self.page_area().height);
        if let Some(place) = self.place_of(article).cloned() {
            restore(&mut reading, &place);
            for (&letter, &scalar) in &place.marks {
                let at = reading.article.scalars.offset(reading.text(), scalar);
                let key = Journey::mark_key(article, letter);
                self.journey.marks.entry(key).or_insert((article, at));
            }
        }
        // A search being typed ends in the article that is there by then.
        if let Some(before) = self.reading.as_ref().filter(|_| !self.is_typing()) {
            reading.found = before.found.over(reading.text());
        }
        if let Some(damage) = reading.article.damage() {
            self.status.warn(turn.now, damage);
        }
        self.reading = Some(reading);
        self.view.focus = focus;
        self.place_marks(article, turn);
        match aim {
            Aim::Place => {}
            Aim::At(at) => {
                if let Some(reading) = &mut self.reading {
                    reading.go_to(at);
                }
            }
            Aim::Hit(at) => self.show_hit(at),
            Aim::Annotation(id) => self.go_to_annotation(article, id, turn),
            Aim::Mark(letter) => {
                let spot = self.journey.marks.get(&Journey::mark_key(article, letter)).copied();
                if let Some(spot) = spot {
                    self.go_to_spot(spot, turn);
                }
            }
        }
    }

    /// Takes in who speaks in the article that was opened with this request.
    fn take_judged(
        &mut self,
        article: ArticleId,
        generation: u64,
        judged: (Arc<[Quotation]>, Arc<[String]>),
        turn: &mut Turn,
    ) {
        if self.opening.is_some_and(|opening| opening.generation != generation) {
            return;
        }
        if let Some(reading) = self.reading.as_mut().filter(|reading| reading.id == article) {
            (reading.judged, reading.names) = judged;
            self.place_marks(article, turn);
        }
    }

    /// Where a person was in an article, in this run or the last.
    fn place_of(&self, article: ArticleId) -> Option<&Place> {
        self.places.known.get(&self.library.entry(article)?.place_key())
    }

    /// Remembers that places are to be kept.
    pub(super) fn places_changed(&mut self, now: Timestamp) {
        self.places.changed.get_or_insert(now);
    }

    /// Takes what is on screen for read; coming to the end of the report makes the article read, and
    /// staying there does not undo that a person has called it unread.
    pub(super) fn read_on(&mut self) {
        let Some(reading) = &self.reading else { return };
        let bottom = reading.bottom_offset();
        let report = reading.article.parts.first().map(|part| part.span.end);
        let end = report.unwrap_or(Offset(reading.text().len()));
        let scalars = &reading.article.scalars;
        let furthest = scalars.scalar(reading.text(), bottom);
        let total = scalars.scalar(reading.text(), end);
        if let Some(entry) = self.library.entry_mut(reading.id) {
            let reached = furthest.min(total);
            entry.read |= reached == total && (reached > entry.furthest || total == 0);
            entry.furthest = entry.furthest.max(reached);
            entry.report_chars = total;
        }
    }

    /// Writes down where a person is in the open article.
    pub(super) fn note_place(&mut self) {
        let Some(reading) = &self.reading else { return };
        let Some(entry) = self.library.entry(reading.id) else { return };
        let key = entry.place_key();
        let place = self.places.known.entry(key.clone()).or_default();
        place.furthest = entry.furthest;
        place.read = entry.read;
        write_place(place, reading, &self.journey);
        self.places.open = Some(key);
    }

    /// Where a person is now, in all articles, as the disk keeps it.
    pub(super) fn places_now(&mut self) -> Places {
        self.note_place();
        let history = self.history_to_keep();
        Places { history, ..self.places.snapshot(self.library.sort) }
    }
}

/// Writes down where the cursor, the screen and the marks are.
fn write_place(place: &mut Place, reading: &Reading, journey: &Journey) {
    let scalar = |at| reading.article.scalars.scalar(reading.text(), at);
    place.cursor = scalar(reading.cursor);
    place.top = scalar(reading.top_offset());
    let marks = journey.marks.iter().filter(|(_, spot)| spot.0 == reading.id);
    place.marks = marks.map(|(&(_, letter), spot)| (letter, scalar(spot.1))).collect();
}

fn restore(reading: &mut Reading, place: &Place) {
    let text = Arc::clone(&reading.article.text);
    let offset = |scalar| reading.article.scalars.offset(&text, scalar);
    let (cursor, top) = (offset(place.cursor), offset(place.top));
    let cursor = crate::text::floor_grapheme(&text, cursor);
    reading.cursor = reading.page.settle(cursor);
    reading.top = reading.page.locate(top);
    if place.top == 0 {
        reading.top = crate::app::page::Position::default();
    }
}
