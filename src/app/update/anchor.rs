//! Annotations whose words have changed or are gone: shown as such, and put right by a person.

use std::sync::Arc;

use uuid::Uuid;

use super::Turn;
use super::annotate::{placed, trimmed};
use crate::app::card::{marked, shortened, state};
use crate::app::long::Standing;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::picker::{Choice, Item, Picker};
use crate::app::reading::{Placed, Reading};
use crate::app::screen::Pane;
use crate::app::wording::counted;
use crate::app::{Action, Ask, Effect, Sought};
use crate::corpus::ArticleId;
use crate::note::{Annotation, Kind, Placement, Status, Target};
use crate::text::Span;

impl Model {
    /// Works out where the annotations of the open article stand.
    pub(super) fn place_marks(&mut self, article: ArticleId, turn: &mut Turn) {
        let Some(reading) = self.reading.as_mut().filter(|reading| reading.id == article) else {
            return;
        };
        let all = self.notebook.of(article);
        let sought = all.filter_map(|it| reading.seek(it)).collect();
        self.seek(sought, turn);
        self.show_marks(article);
    }

    /// Works out where one annotation of the open article stands that was changed.
    pub(super) fn place_mark(&mut self, article: ArticleId, id: Uuid, turn: &mut Turn) {
        let Some(reading) = self.reading.as_mut().filter(|reading| reading.id == article) else {
            return;
        };
        let live = self.notebook.get(article, id).filter(|annotation| annotation.is_live());
        let sought = live.and_then(|it| reading.seek(it));
        let mark = live.and_then(|annotation| placed(reading, annotation));
        reading.placed.retain(|placed| placed.id != id);
        reading.placed.extend(mark);
        reading.placed.sort_by_key(Placed::order);
        self.seek(sought.into_iter().collect(), turn);
        self.attribute_marks(article);
    }

    /// Shows where all annotations of the open article stand, as far as that is known.
    fn show_marks(&mut self, article: ArticleId) {
        let Some(reading) = &mut self.reading else { return };
        reading.placed = self
            .notebook
            .of(article)
            .filter_map(|annotation| placed(reading, annotation))
            .collect();
        reading.placed.sort_by_key(Placed::order);
        self.attribute_marks(article);
    }

    /// Has targets looked for in the background.
    fn seek(&self, sought: Vec<Sought>, turn: &mut Turn) {
        let Some(reading) = self.reading.as_ref().filter(|_| !sought.is_empty()) else { return };
        if let Some(long) = &reading.long {
            let (generation, ask) = (long.generation, Ask::Anchor(sought));
            turn.ask(Effect::Long { article: reading.id, generation, ask });
            return;
        }
        let text = Arc::clone(&reading.article.text);
        turn.ask(Effect::Anchor { article: reading.id, text, sought });
    }

    /// Takes in where targets were found, unless another text is open by now.
    pub(super) fn take_anchored(
        &mut self,
        article: ArticleId,
        text: &Arc<str>,
        found: Vec<(Sought, Placement)>,
        turn: &mut Turn,
    ) {
        let Some(reading) = self.open_reading(article) else { return };
        if !Arc::ptr_eq(text, &reading.article.text) {
            return;
        }
        let all = found.len();
        for (sought, placement) in found {
            reading.anchoring.take(&sought, placement);
        }
        let aim = reading.anchoring.aim.take();
        self.show_marks(article);
        if all > 1 || aim.is_none() {
            self.tell_unsettled(article, turn);
        }
        if let Some(id) = aim {
            self.go_to_annotation(article, id, turn);
        }
    }

    /// Takes in where targets were found in a long text.
    pub(super) fn take_anchored_far(
        &mut self,
        article: ArticleId,
        found: Vec<(Sought, Option<(usize, usize)>)>,
        turn: &mut Turn,
    ) {
        let Some(reading) = &mut self.reading else { return };
        let Some(long) = &mut reading.long else { return };
        let (mut moved, mut orphans) = (0, 0);
        for ((id, target), place) in found {
            let standing = place.map(|(start, end)| Standing { start, end, status: Status::Moved });
            moved += usize::from(standing.is_some());
            orphans += usize::from(standing.is_none());
            long.sought.remove(&id);
            long.stands.insert(id, (target, standing));
        }
        let aim = reading.anchoring.aim.take();
        self.place_marks(article, turn);
        let message = format!(
            "the text has changed: {} moved, the words of {orphans} were not found",
            counted(moved, "annotation")
        );
        self.status.say(turn.now, message);
        if let Some(id) = aim {
            self.go_to_annotation(article, id, turn);
        }
    }

    /// Says how many annotations of the open article a person should look at.
    fn tell_unsettled(&mut self, article: ArticleId, turn: &mut Turn) {
        let Some(reading) = &self.reading else { return };
        let (moved, orphans) = reading.anchoring.unsettled(self.notebook.of(article));
        let told = match (moved, orphans) {
            (0, 0) => return,
            (moved, 0) => format!("{} moved to changed words", counted(moved, "annotation")),
            (0, orphans) => {
                format!("the words of {} were not found", counted(orphans, "annotation"))
            }
            (moved, orphans) => format!(
                "{} moved to changed words, the words of {orphans} were not found",
                counted(moved, "annotation")
            ),
        };
        self.status.say(turn.now, format!("the text has changed: {told}; see the sidebar"));
    }

    /// The annotation that an action on anchors means: that of the card where the sidebar has the
    /// keys, else the one under the cursor.
    fn annotation_meant(&self) -> Option<(ArticleId, Annotation)> {
        match self.view.focus {
            Pane::Sidebar => self.card_annotation(),
            Pane::Text | Pane::List => self.annotation_here(),
        }
    }

    /// Takes the words that an annotation has moved to, or is guessed to be on, for its own.
    pub(super) fn confirm(&mut self, turn: &mut Turn) {
        let Some((_, annotation)) = self.annotation_meant() else {
            self.status.say(turn.now, "no annotation here");
            return;
        };
        let placement =
            self.reading.as_ref().and_then(|reading| reading.anchoring.placement(&annotation));
        match placement {
            Some(Placement { status: Status::Moved, span: Some(span), .. }) => {
                self.put_on(&annotation, span, "confirmed", turn);
            }
            Some(Placement { status: Status::Orphan, guess: Some(guess), .. }) => {
                self.put_on(&annotation, guess, "accepted", turn);
            }
            Some(Placement { status: Status::Orphan, .. }) => {
                let keys = self.keys_for(Action::Reanchor).unwrap_or_default();
                let how = format!("nothing like its words was found; {keys} puts it on others");
                self.status.say(turn.now, how);
            }
            _ => {
                self.status.say(turn.now, "it stands on its own words; nothing is to be confirmed");
            }
        }
    }

    /// Puts an annotation on the words selected: the one chosen before, or one of a list. Without a
    /// selection, chooses the annotation and asks for words.
    pub(super) fn reanchor(&mut self, turn: &mut Turn) {
        let selected = self.reading.as_ref().and_then(Reading::selected);
        let keys = self.keymap.keys_for(Action::Reanchor.name(), &["text"]);
        let keys = keys.map(ToString::to_string).unwrap_or_default();
        match (self.view.focus, selected) {
            (Pane::Text, Some(span)) => self.reanchor_to(span, turn),
            _ => match self.annotation_meant() {
                Some((article, annotation)) => {
                    self.input.reanchoring = Some((article, annotation.id));
                    self.view.focus = Pane::Text;
                    let how = format!("now select its words, then {keys} puts it there");
                    self.status.say(turn.now, how);
                }
                None => self.status.say(
                    turn.now,
                    format!(
                        "select words, then {keys} puts an annotation there whose own are gone"
                    ),
                ),
            },
        }
    }

    fn reanchor_to(&mut self, span: Span, turn: &mut Turn) {
        let Some(article) = self.reading.as_ref().map(|reading| reading.id) else { return };
        let chosen = self.input.reanchoring.take().filter(|(of, _)| *of == article);
        let chosen = chosen.and_then(|(_, id)| self.notebook.get(article, id)).cloned();
        if let Some(annotation) = chosen.filter(Annotation::is_live) {
            self.put_on(&annotation, span, "it stands there now", turn);
            return;
        }
        let waiting = self.unsettled(article);
        let items = waiting.iter().filter_map(|it| {
            let item = self.annotation_item(article, it)?;
            Some(Item { choice: Choice::Reanchor(it.id), ..item })
        });
        let items: Vec<_> = items.collect();
        if items.is_empty() {
            self.status.say(turn.now, "all annotations stand on their own words");
            return;
        }
        self.overlay = Some(Overlay::Picker(Picker::new("Put which one here?", items, false)));
    }

    /// The annotations of the open article whose words have changed or were not found.
    fn unsettled(&self, article: ArticleId) -> Vec<Annotation> {
        let Some(reading) = &self.reading else { return Vec::new() };
        let is_unsettled = |it: &&Annotation| {
            let placement = reading.anchoring.placement(it);
            placement.is_some_and(|it| it.status != Status::Anchored)
        };
        self.notebook.of(article).filter(is_unsettled).cloned().collect()
    }

    /// Puts the annotation chosen from a list on the words selected.
    pub(super) fn reanchor_chosen(&mut self, id: Uuid, turn: &mut Turn) {
        let Some(reading) = &self.reading else { return };
        let annotation = self.notebook.get(reading.id, id).cloned();
        if let Some((annotation, span)) = annotation.zip(reading.selected()) {
            self.put_on(&annotation, span, "it stands there now", turn);
        }
    }

    /// Puts an annotation on other words of the open article.
    fn put_on(&mut self, annotation: &Annotation, span: Span, done: &str, turn: &mut Turn) {
        let Some(reading) = &self.reading else { return };
        let span = trimmed(reading.text(), span);
        if span.is_empty() {
            self.ask_for_words(turn);
            return;
        }
        let (article, id) = (reading.id, annotation.id);
        let Some(made) = reading.target(span) else { return };
        let extra = annotation.target.as_ref().map(|old| old.extra.clone()).unwrap_or_default();
        let mut revised = annotation.revised(turn.now);
        revised.target = Some(Target { extra, ..made });
        self.store_change(article, revised, turn);
        self.drop_selection();
        self.mean_annotation(id);
        let undo = self.keys_for(Action::Undo).unwrap_or_default();
        self.status.say(turn.now, format!("{done}; {undo} takes that back"));
    }

    /// Makes an annotation whose words are gone a note on the article; the words are kept in it.
    pub(super) fn make_article_note(&mut self, turn: &mut Turn) {
        let Some((article, annotation)) = self.annotation_meant() else {
            self.status.say(turn.now, "no annotation here");
            return;
        };
        let Some(target) = &annotation.target else {
            self.status.say(turn.now, "it is a note on the article");
            return;
        };
        let words = marked(target.exact.trim());
        let mut revised = annotation.revised(turn.now);
        revised.note = match annotation.note.as_str() {
            "" => words,
            note => format!("{words}\n\n{note}"),
        };
        (revised.kind, revised.target, revised.quotation) = (Kind::Note, None, None);
        self.store_change(article, revised, turn);
        let undo = self.keys_for(Action::Undo).unwrap_or_default();
        self.status.say(turn.now, format!("a note on the article now; {undo} takes that back"));
    }

    /// Whether an annotation of the open article is still being looked for.
    pub(super) fn is_sought(&self, article: ArticleId, id: Uuid) -> bool {
        let annotation = self.notebook.get(article, id).filter(|it| it.target.is_some());
        let reading = self.reading.as_ref().filter(|reading| reading.id == article);
        annotation
            .zip(reading)
            .is_some_and(|(it, reading)| reading.anchoring.placement(it).is_none())
    }

    /// What is to be said of how well an annotation's anchor holds, if anything.
    pub(super) fn state_of(&self, article: ArticleId, annotation: &Annotation) -> Option<String> {
        let target = annotation.target.as_ref()?;
        let reading = self.reading.as_ref().filter(|reading| reading.id == article);
        let placement = reading.and_then(|reading| reading.anchoring.placement(annotation));
        let Some((reading, placement)) = reading.zip(placement) else {
            return state(target.status).map(str::to_owned);
        };
        let said = state(placement.status)?;
        let guess = placement.guess.map(|span| shortened(reading.text(), span));
        Some(guess.map_or_else(|| said.to_owned(), |guess| format!("{said}, perhaps {guess}")))
    }
}
