//! Outcomes: what came of effects.

use std::sync::Arc;

use jiff::Timestamp;

use super::Turn;
use crate::app::Landmark;
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
                    self.foresee(article, turn);
                    if self.input.deferred.is_some() {
                        self.take_up(turn);
                    }
                }
            }
            Outcome::Long { article, generation, told } => {
                self.take_told(article, generation, *told, turn);
            }
            Outcome::Judging { .. } => self.status.say(turn.now, "looking for quotations…"),
            Outcome::Judged { article, generation, quotations, names } => {
                self.take_judged(article, generation, (quotations, names), turn);
            }
            Outcome::Outdated { article, generation } => {
                if self.opening.is_some_and(|it| it.generation == generation) {
                    self.take_outdated(article, turn);
                }
            }
            Outcome::NotOpened { article, generation, problem } => {
                if self.expects(article, generation) {
                    self.opening_arrived();
                    self.status.warn(turn.now, problem);
                    self.drop_partial();
                }
            }
            Outcome::Sought(findings) => self.library.search.take(findings, turn.now),
            Outcome::Gathered(gathered) => self.take_gathered(gathered, turn),
            Outcome::Heard(findings) => self.take_heard(findings, turn),
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
            outcome => {
                self.library.voices.stale |= outcome.changes_voices();
                self.absorb_survey(outcome, turn);
                self.voices_changed(turn);
            }
        }
    }

    pub(super) fn expects(&self, article: ArticleId, generation: u64) -> bool {
        self.opening.is_some_and(|opening| {
            opening.article == article && opening.generation == generation && !opening.arrived
        })
    }

    pub(super) const fn opening_arrived(&mut self) {
        if let Some(opening) = &mut self.opening {
            opening.arrived = true;
        }
    }

    /// Puts an article that has come on the screen.
    pub(super) fn take_article(
        &mut self,
        article: ArticleId,
        mut reading: Reading,
        turn: &mut Turn,
    ) {
        let Some(Opening { aim, focus, .. }) = self.opening else { return };
        self.opening_arrived();
        if self.library.changed.remove(&article) {
            self.status.say(turn.now, "read again");
        }
        reading.height = usize::from(self.page_area().height);
        let start = self.reading.take_if(|reading| reading.partial && reading.id == article);
        // A search being typed ends in the article that is there by then.
        if let Some(before) = start.as_ref().or(self.reading.as_ref()).filter(|_| !self.is_typing())
        {
            reading.found = reading.found_here(&before.found);
        }
        let place = self.place_of(article).cloned().filter(|it| it.long == reading.long.is_some());
        if let Some(place) = place {
            self.take_marks(article, &reading, &place);
            if start.is_none() {
                restore(&mut reading, &place);
            }
        }
        if let Some(start) = start {
            reading.go_on_from(&start);
        }
        if let Some(damage) = reading.article.damage() {
            self.status.warn(turn.now, damage);
        }
        self.reading = Some(reading);
        self.view.focus = focus;
        self.place_marks(article, turn);
        match aim {
            Aim::Place => {}
            Aim::At(at) => self.go_far(at, turn),
            Aim::Hit(at) => self.show_hit(at, turn),
            Aim::Annotation(id) => self.go_to_annotation(article, id, turn),
            Aim::Mark(letter) => {
                let spot = self.journey.marks.get(&Journey::mark_key(article, letter)).copied();
                if let Some(spot) = spot {
                    self.go_to_spot(spot, turn);
                }
            }
        }
    }

    /// Takes the marks that an earlier run set in an article.
    fn take_marks(&mut self, article: ArticleId, reading: &Reading, place: &Place) {
        for (&letter, &number) in &place.marks {
            let key = Journey::mark_key(article, letter);
            let at = position(reading, number);
            self.journey.marks.entry(key).or_insert((article, at));
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
    pub(super) fn place_of(&self, article: ArticleId) -> Option<&Place> {
        self.places.known.get(&self.library.entry(article)?.place_key())
    }

    /// Remembers that places are to be kept.
    pub(super) fn places_changed(&mut self, now: Timestamp) {
        self.places.changed.get_or_insert(now);
    }

    /// Takes what is on screen for read; coming to the end of the report makes the article read, and
    /// staying there does not undo that a person has called it unread.
    pub(super) fn read_on(&mut self) {
        let Some(reading) = self.reading.as_ref().filter(|reading| !reading.partial) else {
            return;
        };
        let bottom = reading.bottom_offset();
        let report = reading.article.parts.first().map(|part| part.span.end);
        let end = report.unwrap_or(Offset(reading.text().len()));
        let scalars = &reading.article.scalars;
        let (furthest, total) = match &reading.long {
            None => (scalars.scalar(reading.text(), bottom), scalars.scalar(reading.text(), end)),
            Some(_) => (reading.percent(), 100),
        };
        if let Some(entry) = self.library.entry_mut(reading.id) {
            let reached = furthest.min(total);
            entry.read |= reached == total && (reached > entry.furthest || total == 0);
            entry.furthest = entry.furthest.max(reached);
            entry.report_chars = total;
        }
    }

    /// Writes down where a person is in the open article.
    pub(super) fn note_place(&mut self) {
        let Some(reading) = self.reading.as_ref().filter(|reading| !reading.partial) else {
            return;
        };
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
        let searches = &self.library.search.saved.list;
        Places { history, ..self.places.snapshot(self.library.sort, searches) }
    }
}

/// Writes down where the cursor, the screen and the marks are.
fn write_place(place: &mut Place, reading: &Reading, journey: &Journey) {
    let number = |at: Landmark| match &reading.long {
        None => reading.article.scalars.scalar(reading.text(), reading.nearest(at)),
        Some(_) => usize::try_from(at.0).unwrap_or(usize::MAX),
    };
    place.long = reading.long.is_some();
    place.cursor = number(reading.landmark(reading.cursor));
    place.top = number(reading.landmark(reading.top_offset()));
    let marks = journey.marks.iter().filter(|(_, spot)| spot.0 == reading.id);
    place.marks = marks.map(|(&(_, letter), spot)| (letter, number(spot.1))).collect();
}

/// The position that a place keeps as this number.
fn position(reading: &Reading, number: usize) -> Landmark {
    match &reading.long {
        None => reading.landmark(reading.article.scalars.offset(reading.text(), number)),
        Some(_) => Landmark(number as u64),
    }
}

fn restore(reading: &mut Reading, place: &Place) {
    let offset = |number| reading.nearest(position(reading, number));
    let (cursor, top) = (offset(place.cursor), offset(place.top));
    let cursor = crate::text::floor_grapheme(reading.text(), cursor);
    reading.cursor = reading.page.settle(cursor);
    reading.top = reading.page.locate(top);
    if place.top == 0 {
        reading.top = crate::app::page::Position::default();
    }
}
