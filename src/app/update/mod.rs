//! Updating: an event changes the model and yields effects.

mod absorb;
mod act;
mod anchor;
mod annotate;
mod browse;
mod elsewhere;
mod export;
mod far;
mod history;
mod hold;
mod hunt;
mod journey;
mod key;
mod long;
mod navigate;
mod note;
mod open;
mod overlay;
mod picker;
mod pointer;
mod saved;
mod search;
mod speaker;
mod survey;
mod tag;
mod voice;

use jiff::Timestamp;
use ratatui::layout::Rect;
use uuid::Uuid;

use super::journey::Spot;
use super::model::Model;
use super::overlay::Overlay;
use super::reading::Reading;
use super::screen::{Pane, Screen};
use super::{Effect, Event, Moment};
use crate::text::Span;

/// One turn of the state machine: what came with the event, and what is asked for in answer.
pub(super) struct Turn {
    pub(super) now: Timestamp,
    pub(super) fresh: Uuid,
    pub(super) effects: Vec<Effect>,
}

impl Turn {
    pub(super) fn ask(&mut self, effect: Effect) {
        self.effects.push(effect);
    }
}

impl Model {
    /// Takes an event in; what is to be done outside.
    #[must_use]
    pub fn update(&mut self, event: Event, moment: Moment) -> Vec<Effect> {
        let mut turn = Turn { now: moment.now, fresh: moment.fresh, effects: Vec::new() };
        let before = self.seen();
        let version = self.notebook.history.version();
        match event {
            Event::Key(key) => self.press(key, &mut turn),
            Event::Paste(text) => self.paste(&text, &mut turn),
            Event::Pointer(pointer) => self.point(pointer, &mut turn),
            Event::Resize { columns, rows } => self.resize(columns, rows),
            Event::Tick => self.tick(&mut turn),
            Event::End => self.end(&mut turn),
            Event::Outcome(outcome) => self.absorb(outcome, &mut turn),
        }
        self.settle();
        self.keep_up(&mut turn);
        self.prefer_shown(&mut turn);
        if self.seen() != before {
            self.read_on();
            self.places_changed(turn.now);
        }
        if self.notebook.history.version() != version {
            self.places_changed(turn.now);
        }
        turn.effects
    }

    /// What of which article is on screen, and where the cursor is.
    fn seen(&self) -> Option<(Spot, Span)> {
        let shown =
            |reading: &Reading| Span::between(reading.top_offset(), reading.bottom_offset());
        self.spot().zip(self.reading.as_ref().map(shown))
    }

    /// Takes in a new size of the terminal.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.view.screen.area = Rect::new(0, 0, columns, rows);
        self.settle();
    }

    /// Does what is due.
    fn tick(&mut self, turn: &mut Turn) {
        self.status.expire(turn.now);
        self.library.search.progress.slow |= self.library.search.is_late(turn.now);
        self.rank_on(turn);
        self.keep_draft(turn);
        self.retry_saves(turn);
        if self.places.changed.take().is_some() {
            turn.ask(Effect::KeepPlaces(self.places_now()));
        }
    }

    /// Works out what is on screen, so that drawing only reads.
    pub(super) fn settle(&mut self) {
        let view = &self.view;
        let shape = self.shape();
        self.view.screen = Screen::new(view.screen.area, view.focus, view.zen, shape);
        let page = self.page_area();
        if let Some(reading) = &mut self.reading {
            reading.fit(usize::from(page.width), usize::from(page.height));
            reading.show_cursor();
        }
        self.settle_list();
        self.settle_sidebar();
    }

    fn settle_list(&mut self) {
        if self.view.screen.list.is_some() {
            let rows = self.items_area().height / self.view.screen.item_rows();
            self.library.show_selected(usize::from(rows.max(1)));
        }
    }

    fn settle_sidebar(&mut self) {
        let Some(reading) = &self.reading else { return };
        if self.view.focus != Pane::Sidebar {
            self.sidebar.keep_step(reading.cursor, reading.top_offset());
        }
        if self.view.screen.sidebar.is_some() {
            let Rect { width, height, .. } = self.cards_area();
            self.sidebar.show_selected(usize::from(width), usize::from(height));
        }
    }

    /// Whether something lies over the panes that types.
    #[must_use]
    pub const fn is_typing(&self) -> bool {
        matches!(
            self.overlay,
            Some(
                Overlay::Note(_)
                    | Overlay::Prompt(_)
                    | Overlay::Picker(_)
                    | Overlay::Search
                    | Overlay::Voices
                    | Overlay::Tags(_)
            )
        )
    }
}
