//! The mouse: a click puts the cursor, a drag selects, the wheel scrolls what is under it.

use ratatui::layout::Rect;

use super::Turn;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::page::indent;
use crate::app::reading::Selection;
use crate::app::screen::Pane;
use crate::app::{Action, Pointer, PointerKind};
use crate::text::{Col, Offset};

/// Rows that a notch of the wheel scrolls.
const NOTCH: usize = 3;

impl Model {
    pub(super) fn point(&mut self, pointer: Pointer, turn: &mut Turn) {
        if self.overlay.is_some() {
            self.point_overlay(pointer, turn);
            return;
        }
        let Some(pane) = self.view.screen.pane_at(pointer.column, pointer.row) else { return };
        match (pointer.kind, pane) {
            (PointerKind::WheelDown | PointerKind::WheelUp, _) => {
                self.wheel(pane, pointer.kind == PointerKind::WheelDown);
            }
            (PointerKind::Press, Pane::List) => self.click_list(pointer, turn),
            (PointerKind::Press, Pane::Sidebar) => self.click_sidebar(pointer),
            (PointerKind::Press, Pane::Text) => self.click_text(pointer, turn),
            (PointerKind::Drag, Pane::Text) => self.drag_text(pointer),
            (PointerKind::Drag | PointerKind::Release, _) => {}
        }
    }

    fn point_overlay(&mut self, pointer: Pointer, turn: &mut Turn) {
        if let (Some(Overlay::Search), PointerKind::WheelDown | PointerKind::WheelUp) =
            (&self.overlay, pointer.kind)
        {
            self.choose_hit(1, pointer.kind == PointerKind::WheelDown);
        }
        if let (Some(Overlay::Voices), PointerKind::WheelDown | PointerKind::WheelUp) =
            (&self.overlay, pointer.kind)
        {
            self.wheel_voices(pointer.kind == PointerKind::WheelDown);
        }
        if let Some(Overlay::Picker(picker)) = &mut self.overlay {
            match pointer.kind {
                PointerKind::WheelDown => picker.choose(1, true),
                PointerKind::WheelUp => picker.choose(1, false),
                PointerKind::Press => self.click_picker(pointer, turn),
                PointerKind::Drag | PointerKind::Release => {}
            }
        }
    }

    fn wheel(&mut self, pane: Pane, down: bool) {
        let action = if down { Action::Down } else { Action::Up };
        match pane {
            Pane::List => self.move_in_list(action, None),
            Pane::Sidebar => {
                self.view.focus = Pane::Sidebar;
                self.move_in_cards(action, None);
            }
            Pane::Text => {
                if let Some(reading) = &mut self.reading {
                    reading.scroll(NOTCH, down);
                }
            }
        }
    }

    fn click_list(&mut self, pointer: Pointer, turn: &mut Turn) {
        self.view.focus = Pane::List;
        let Some(row) = pointer.row.checked_sub(self.items_area().y) else { return };
        let index = self.library.top + usize::from(row / self.view.screen.item_rows());
        if let Some(&article) = self.library.shown.get(index) {
            self.library.selected = Some(article);
            self.open_selected(turn);
        }
    }

    fn click_sidebar(&mut self, pointer: Pointer) {
        let cards = self.cards_area();
        let Some(mut row) = pointer.row.checked_sub(cards.y).map(usize::from) else { return };
        self.view.focus = Pane::Sidebar;
        let width = usize::from(cards.width);
        for index in self.sidebar.top..self.sidebar.cards.len() {
            let rows = self.sidebar.rows(index, width).len();
            if row < rows {
                self.sidebar.selected = index;
                self.move_in_cards(Action::Jump, None);
                return;
            }
            row -= rows;
        }
    }

    fn click_text(&mut self, pointer: Pointer, turn: &mut Turn) {
        self.view.focus = Pane::Text;
        let page = self.page_area();
        let at = self.offset_under(pointer, page);
        let Some((at, reading)) = at.zip(self.reading.as_mut()) else { return };
        reading.selection = None;
        reading.put_cursor(reading.page.settle(at));
        if reading.page.fold_at(at).is_some() {
            self.toggle_furniture(turn);
        }
    }

    fn drag_text(&mut self, pointer: Pointer) {
        let page = self.page_area();
        let at = self.offset_under(pointer, page);
        let Some((at, reading)) = at.zip(self.reading.as_mut()) else { return };
        let anchor = reading.landmark(reading.cursor);
        reading.selection.get_or_insert(Selection { anchor, paragraphs: false });
        reading.put_cursor(at);
    }

    /// The place in the text under the mouse.
    fn offset_under(&self, pointer: Pointer, page: Rect) -> Option<Offset> {
        let reading = self.reading.as_ref()?;
        let row = reading.rows.get(usize::from(pointer.row.checked_sub(page.y)?)).copied()?;
        let crate::app::page::RowKind::Text(kind) = row.kind else {
            return row.holds_cursor().then_some(row.span.start);
        };
        let column = pointer.column.saturating_sub(page.x + indent(kind));
        Some(reading.at_column(row, Col(usize::from(column))))
    }
}
