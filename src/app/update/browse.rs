//! The list and the sidebar: moving in them, filtering, sorting, acting on what is chosen.

use super::Turn;
use crate::app::card::{Card, Subject};
use crate::app::model::Model;
use crate::app::screen::Pane;
use crate::app::sidebar::Tab;
use crate::app::{Action, Effect};
use crate::corpus::ArticleId;
use crate::note::{Annotation, Kind, Verdict};

impl Model {
    /// The article that an action on articles means: the one that the list's cursor is on where the
    /// list has the keys, else the open one.
    pub(super) fn article_meant(&self) -> Option<ArticleId> {
        match self.view.focus {
            Pane::List => self.library.selected,
            _ => self.reading.as_ref().map(|reading| reading.id),
        }
    }

    pub(super) fn move_in_list(&mut self, action: Action, count: Option<usize>) {
        let rows = self.items_area().height / self.view.screen.item_rows();
        let page = usize::from(rows.max(2)) - 1;
        let here = self.library.selected_index();
        let last = self.library.shown.len().saturating_sub(1);
        let index = moved(action, here, last, page, count);
        self.library.selected = self.library.shown.get(index).copied();
    }

    pub(super) fn filter_list(&mut self, typed: &str) {
        self.library.filter = crate::app::field::Field::new(typed);
        self.library.arrange();
    }

    pub(super) fn sort_next(&mut self, turn: &mut Turn) {
        self.library.sort = self.library.sort.next();
        self.library.arrange();
        self.places_changed(turn.now);
        self.status.say(turn.now, format!("sorted: {}", self.library.sort.name()));
    }

    pub(super) fn toggle_read(&mut self, turn: &mut Turn) {
        let picked: Vec<ArticleId> = match (self.view.focus, self.library.picked.is_empty()) {
            (Pane::List, false) => self.library.picked.iter().copied().collect(),
            _ => self.article_meant().into_iter().collect(),
        };
        let is_read = |&id: &ArticleId| self.library.entry(id).is_some_and(|entry| entry.read);
        let all_read = picked.iter().all(is_read);
        for article in picked {
            if let Some(entry) = self.library.entry_mut(article) {
                entry.read = !all_read;
                let (key, furthest) = (entry.place_key(), entry.furthest);
                let place = self.places.known.entry(key).or_default();
                (place.read, place.furthest) = (!all_read, furthest);
            }
        }
        self.places_changed(turn.now);
    }

    pub(super) fn pick(&mut self) {
        if let Some(article) = self.library.selected
            && !self.library.picked.remove(&article)
        {
            self.library.picked.insert(article);
        }
        self.move_in_list(Action::Down, None);
    }

    pub(super) fn move_in_cards(&mut self, action: Action, count: Option<usize>) {
        let page = self.view.screen.sidebar.map_or(1, |pane| usize::from(pane.height / 6).max(1));
        let last = self.sidebar.cards.len().saturating_sub(1);
        self.sidebar.selected = moved(action, self.sidebar.selected, last, page, count);
        self.follow_card();
    }

    /// Shows in the text what the current card stands for.
    fn follow_card(&mut self) {
        let span = self.sidebar.current().and_then(|card| card.span);
        if let (Some(span), Some(reading)) = (span, &mut self.reading) {
            reading.go_to(span.start);
        }
    }

    pub(super) fn jump_to_card(&mut self, turn: &mut Turn) {
        self.leave();
        match self.sidebar.current().map(|card| card.span) {
            Some(Some(_)) => {
                self.follow_card();
                self.view.focus = Pane::Text;
            }
            Some(None) => self.tell_why_nowhere(turn),
            None => self.status.say(turn.now, "no card to go to"),
        }
    }

    /// Says why the current card leads nowhere.
    fn tell_why_nowhere(&mut self, turn: &mut Turn) {
        let gone = self.card_annotation().is_some_and(|(_, it)| it.target.is_some());
        let why =
            if gone { "its words were not found" } else { "this note has no place in the text" };
        self.status.say(turn.now, why);
    }

    pub(super) fn change_tab(&mut self, forward: bool) {
        self.sidebar.tab = self.sidebar.tab.next(forward);
        self.refill_sidebar();
    }

    pub(super) fn filter_cards(&mut self, typed: &str) {
        self.sidebar.filter = crate::app::field::Field::new(typed);
        self.refill_sidebar();
    }

    pub(super) fn show_all_cards(&mut self) {
        self.sidebar.tab = Tab::All;
        self.filter_cards("");
    }

    fn refill_sidebar(&mut self) {
        if let Some(reading) = &self.reading {
            self.sidebar.fill(reading, self.notebook.of(reading.id));
        }
    }

    /// Keeps the quotation of the current card as an annotation; on an annotation, writes its note.
    pub(super) fn keep_card(&mut self, turn: &mut Turn) {
        match self.sidebar.current().cloned() {
            Some(Card { subject: Subject::Quotation(index), span: Some(span), .. }) => {
                let Some((article, mut annotation)) = self.new_on(span, turn) else { return };
                if self.is_kept(article, &annotation) {
                    self.status.say(turn.now, "kept already");
                    return;
                }
                annotation.kind = Kind::Quotation;
                annotation.quotation = self.kept(index, Verdict::Confirmed, annotation.id);
                self.store_change(article, annotation, turn);
                self.status.say(turn.now, "kept");
            }
            Some(_) => self.act_on_current_card(Action::Note, turn),
            None => self.status.say(turn.now, "no quotation to keep"),
        }
    }

    /// Whether a quotation is kept already: the tab of quotations shows those too.
    fn is_kept(&self, article: ArticleId, quotation: &Annotation) -> bool {
        let place = |it: &Annotation| it.target.as_ref().map(|target| (target.start, target.end));
        let kept = |it: &Annotation| it.kind == Kind::Quotation && place(it) == place(quotation);
        self.notebook.of(article).any(kept)
    }

    /// The annotation of the current card.
    pub(super) fn card_annotation(&self) -> Option<(ArticleId, Annotation)> {
        let reading = self.reading.as_ref()?;
        let Subject::Annotation(id) = self.sidebar.current()?.subject else { return None };
        self.notebook.get(reading.id, id).map(|annotation| (reading.id, annotation.clone()))
    }

    /// Does to the current card what an action does to the annotation under the cursor.
    pub(super) fn act_on_current_card(&mut self, action: Action, turn: &mut Turn) {
        if matches!(action, Action::Copy | Action::CopyCitation)
            && let Some(words) = self.sidebar.current().map(|card| card.words.clone())
        {
            if words.is_empty() {
                self.status.say(turn.now, "there are no words to copy");
                return;
            }
            self.copy_words(words, action == Action::CopyCitation, turn);
            return;
        }
        let Some((article, annotation)) = self.card_annotation() else {
            let keep = self.keys_for(Action::Keep).unwrap_or_default();
            self.status.say(turn.now, format!("not an annotation yet; {keep} keeps it as one"));
            return;
        };
        match action {
            Action::Delete => self.delete(article, &annotation, turn),
            Action::Tags => self.open_tags(article, annotation),
            Action::Note => self.edit_note(article, annotation, false),
            Action::NoteInEditor => {
                turn.ask(Effect::Edit(annotation.note.clone()));
                self.edit_note(article, annotation, false);
            }
            _ => {
                let last = self.input.last_color;
                let color = super::act::color_of(action, last).unwrap_or(last);
                self.input.last_color = color;
                let mut revised = annotation.revised(turn.now);
                revised.color = Some(color);
                self.store_change(article, revised, turn);
            }
        }
    }
}

/// Where an index moves to among `0..=last`.
fn moved(action: Action, here: usize, last: usize, page: usize, count: Option<usize>) -> usize {
    let times = count.unwrap_or(1);
    let half = page.div_ceil(2);
    let to = match action {
        Action::Down => here.saturating_add(times),
        Action::Up => here.saturating_sub(times),
        Action::HalfPageDown => here.saturating_add(half * times),
        Action::HalfPageUp => here.saturating_sub(half * times),
        Action::PageDown => here.saturating_add(page * times),
        Action::PageUp => here.saturating_sub(page * times),
        Action::Top => count.map_or(0, |number| number.saturating_sub(1)),
        Action::Bottom => count.map_or(last, |number| number.saturating_sub(1)),
        _ => here,
    };
    to.min(last)
}
