//! Annotating: highlights, deletion, undo, copying; and how changes reach the store.

use std::sync::Arc;

use super::Turn;
use crate::app::model::{Model, RETRY_DELAY, later};
use crate::app::notebook::{Notebook, Unsaved};
use crate::app::reading::{Placed, Reading};
use crate::app::speaker::colors;
use crate::app::{Action, Effect};
use crate::corpus::{ArticleId, Corrected};
use crate::note::{Annotation, Color, Kind, lay_over};
use crate::text::Span;

impl Model {
    /// Highlights the selection, or recolours the annotation under the cursor.
    pub(super) fn highlight(&mut self, color: Color, turn: &mut Turn) {
        self.input.last_color = color;
        if let Some((article, mut annotation)) = self.new_from_selection(turn) {
            annotation.color = Some(color);
            let id = annotation.id;
            self.store_change(article, annotation, turn);
            self.drop_selection();
            self.mean_annotation(id);
        } else if let Some((article, annotation)) = self.annotation_here() {
            let mut revised = annotation.revised(turn.now);
            revised.color = Some(color);
            self.store_change(article, revised, turn);
        } else {
            self.ask_for_words(turn);
        }
    }

    /// Says how to come to words that can be annotated.
    pub(super) fn ask_for_words(&mut self, turn: &mut Turn) {
        let select = self.keys_for(Action::SelectCharacters).unwrap_or_default();
        let sentence = self.keys_for(Action::SelectSentence).unwrap_or_default();
        let message = format!("select words first: {select} characters, {sentence} the sentence");
        self.status.say(turn.now, message);
    }

    pub(super) fn drop_selection(&mut self) {
        if let Some(reading) = &mut self.reading
            && reading.selection.take().is_some()
        {
            reading.nth_here = 0;
        }
    }

    /// A new highlight on the selection, not yet kept.
    pub(super) fn new_from_selection(&self, turn: &Turn) -> Option<(ArticleId, Annotation)> {
        let reading = self.reading.as_ref()?;
        let span = reading.selected()?;
        self.new_on(span, turn)
    }

    /// A new highlight on a stretch of the open article, not yet kept.
    pub(super) fn new_on(&self, span: Span, turn: &Turn) -> Option<(ArticleId, Annotation)> {
        let reading = self.reading.as_ref()?;
        let span = trimmed(reading.text(), span);
        let target = reading.target(span)?;
        let mut annotation = Annotation::new(turn.fresh, Kind::Highlight, turn.now, Some(target));
        annotation.color = Some(self.input.last_color);
        (!span.is_empty()).then_some((reading.id, annotation))
    }

    /// The annotation that is meant under the cursor.
    pub(super) fn annotation_here(&self) -> Option<(ArticleId, Annotation)> {
        let reading = self.reading.as_ref()?;
        let placed = reading.current()?;
        self.notebook.get(reading.id, placed.id).map(|annotation| (reading.id, annotation.clone()))
    }

    pub(super) fn delete_annotation(&mut self, turn: &mut Turn) {
        match self.annotation_here() {
            Some((article, annotation)) => self.delete(article, &annotation, turn),
            None => self.status.say(turn.now, "no annotation under the cursor"),
        }
    }

    pub(super) fn delete(&mut self, article: ArticleId, annotation: &Annotation, turn: &mut Turn) {
        self.store_change(article, annotation.deleted(turn.now), turn);
        let undo = self.keys_for(Action::Undo).unwrap_or_default();
        self.status.say(turn.now, format!("deleted; {undo} brings it back"));
    }

    /// Steps to the next of the annotations under the cursor.
    pub(super) fn next_annotation_here(&mut self, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        let count = reading.placed_here().len();
        if count == 0 {
            self.status.say(turn.now, "no annotation under the cursor");
            return;
        }
        reading.nth_here = (reading.nth_here + 1) % count;
        let nth = reading.nth_here + 1;
        self.status.say(turn.now, format!("annotation {nth} of {count} here"));
    }

    /// Changes an annotation: in memory, in the history and in the store.
    pub(super) fn store_change(
        &mut self,
        article: ArticleId,
        annotation: Annotation,
        turn: &mut Turn,
    ) {
        let id = annotation.id;
        self.notebook.change(article, annotation.clone());
        self.save(article, vec![annotation], None, turn);
        self.place_mark(article, id, turn);
    }

    /// Changes an annotation in memory and in the store, and leaves the history to the caller.
    pub(super) fn put(&mut self, article: ArticleId, annotation: Annotation, turn: &mut Turn) {
        let id = annotation.id;
        self.notebook.put(article, annotation.clone());
        self.save(article, vec![annotation], None, turn);
        self.place_mark(article, id, turn);
    }

    /// Sends changes to the store.
    pub(super) fn save(
        &mut self,
        article: ArticleId,
        annotations: Vec<Annotation>,
        corrected: Option<Corrected>,
        turn: &mut Turn,
    ) {
        self.keep_text(article, &annotations, turn);
        self.library.voices.stale = true;
        let unsaved = Unsaved { article, annotations, corrected, problem: None, since: turn.now };
        let ticket = self.notebook.expect(unsaved.clone());
        let Unsaved { annotations, corrected, .. } = unsaved;
        turn.ask(Effect::Save { ticket, article, annotations, corrected });
    }

    /// Has the text kept that annotations are made on, before the first of them is saved.
    fn keep_text(&mut self, article: ArticleId, annotations: &[Annotation], turn: &mut Turn) {
        // Of a long text none is kept.
        let open = |reading: &&mut Reading| reading.id == article && reading.long.is_none();
        let Some(reading) = self.reading.as_mut().filter(open) else { return };
        let mut made_on =
            annotations.iter().filter_map(|it| it.target.as_ref()?.text_sha256.as_ref());
        let hash = reading.article.text_sha256();
        if !reading.anchoring.text_kept && made_on.any(|it| *it == hash) {
            reading.anchoring.text_kept = true;
            turn.ask(Effect::KeepText { article, text: Arc::clone(&reading.article.text) });
        }
    }

    /// Sends again what the store refused, when its time has come.
    pub(super) fn retry_saves(&mut self, turn: &mut Turn) {
        if self.notebook.retry_at().is_some_and(|at| at <= turn.now) {
            turn.effects.extend(self.notebook.send_refused(turn.now));
        }
    }

    /// Lays what a person decided over the quotations, and makes the cards anew.
    pub(super) fn attribute_marks(&mut self, article: ArticleId) {
        let Some(reading) = &mut self.reading else { return };
        attribute(reading, &self.notebook);
        let all = self.notebook.of(article);
        self.sidebar.fill(reading, all.filter(|it| reading.shows(it)));
    }

    /// Copies the selection, or else the annotation or quotation under the cursor.
    pub(super) fn copy(&mut self, citing: bool, turn: &mut Turn) {
        let Some(reading) = &self.reading else { return };
        let stretch = || reading.object(Action::SelectQuotation);
        let span = reading.selected().or_else(|| Some(reading.current()?.span)).or_else(stretch);
        let whole = reading.selection.is_none_or(|it| reading.offset(it.anchor).is_some());
        if !whole {
            self.status.say(turn.now, "that is too much to copy from a text of this size");
            return;
        }
        let Some(span) = span.map(|span| trimmed(reading.text(), span)) else {
            self.ask_for_words(turn);
            return;
        };
        let words = span.of(reading.text()).to_owned();
        self.copy_words(words, citing, turn);
        self.drop_selection();
    }

    /// Copies words of the open article, with where they come from if `citing`.
    pub(super) fn copy_words(&mut self, words: String, citing: bool, turn: &mut Turn) {
        let article = self.reading.as_ref().map(|reading| reading.id);
        let entry = article.and_then(|article| self.library.entry(article));
        let text = match entry {
            Some(entry) if citing => format!("“{words}” — {}", entry.citation()),
            _ => words,
        };
        turn.ask(Effect::Copy(text));
    }

    pub(super) fn wait_and_retry(&mut self, ticket: u64, problem: String, turn: &mut Turn) {
        if let Some(unsaved) = self.notebook.unsaved.get_mut(&ticket) {
            self.status.warn(turn.now, format!("NOT SAVED: {problem}"));
            unsaved.problem = Some(problem);
            unsaved.since = turn.now;
        }
    }
}

/// Where an annotation stands in an article, if its words are known to be there.
pub(super) fn placed(reading: &Reading, annotation: &Annotation) -> Option<Placed> {
    let placement = reading.anchoring.placement(annotation)?;
    Some(Placed {
        span: placement.span?,
        id: annotation.id,
        color: annotation.color,
        noted: !annotation.note.is_empty(),
        status: placement.status,
    })
}

/// Lays what a person decided over the quotations of the open article.
fn attribute(reading: &mut Reading, notebook: &Notebook) {
    let annotation = |placed: &Placed| Some((placed.span, notebook.get(reading.id, placed.id)?));
    let decided: Vec<(Span, &Annotation)> = reading.placed.iter().filter_map(annotation).collect();
    reading.quotations = lay_over(&reading.judged, &decided);
    reading.colors = colors(&reading.quotations);
}

/// The stretch without white space at its ends.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span { start, end: (start + words.trim().len()).min(span.end) }
}

impl Notebook {
    /// Remembers what is on its way to the store; the ticket it travels with. What it goes before is
    /// forgotten: sent again after it, an older correction would take its place.
    fn expect(&mut self, mut unsaved: Unsaved) -> u64 {
        self.last_ticket += 1;
        self.unsaved.retain(|_, older| !older.give_way(&mut unsaved));
        self.unsaved.insert(self.last_ticket, unsaved);
        self.last_ticket
    }

    /// When refused saves are to be tried again, if there are any.
    #[must_use]
    pub fn retry_at(&self) -> Option<jiff::Timestamp> {
        let refused = self.unsaved.values().filter(|unsaved| unsaved.problem.is_some());
        refused.map(|unsaved| later(unsaved.since, RETRY_DELAY)).min()
    }

    /// What sends again all that the store refused.
    pub(super) fn send_refused(&mut self, now: jiff::Timestamp) -> Vec<Effect> {
        let refused = self.unsaved.iter_mut().filter(|(_, unsaved)| unsaved.problem.is_some());
        refused
            .map(|(&ticket, unsaved)| {
                unsaved.since = now;
                Effect::Save {
                    ticket,
                    article: unsaved.article,
                    annotations: unsaved.annotations.clone(),
                    corrected: unsaved.corrected.clone(),
                }
            })
            .collect()
    }
}
