//! The rows on screen, and the cursor among them.

use super::Reading;
use crate::app::page::{PageRow, Position};
use crate::text::{Col, Offset, column, floor_grapheme, offset_at};

impl Reading {
    /// Gives the page a measure of `width` cells and `height` rows, and keeps the place.
    pub fn fit(&mut self, width: usize, height: usize) {
        let top = self.top_offset();
        if width != self.page.width() {
            self.page.set_width(width);
            self.top = self.page.locate(top);
        }
        self.height = height;
    }

    /// Works out the rows on screen, so that the cursor is among them with a few rows around it.
    pub fn show_cursor(&mut self) {
        let here = self.page.locate(self.cursor);
        let margin = self.margin();
        let low = self.page.forward(self.top, margin);
        if here < low && self.top != Position::default() {
            self.top = self.page.backward(here, margin);
        }
        let deepest = self.page.backward(here, self.height.saturating_sub(1 + margin));
        self.top = self.top.max(deepest);
        self.show();
    }

    /// Rows that are kept between the cursor and the edges of the screen.
    fn margin(&self) -> usize {
        (self.height / 6).min(3)
    }

    /// Works out the rows on screen from the top row on; no empty rows at the end of the page where
    /// there are some above.
    pub fn show(&mut self) {
        let end = self.page.end();
        let last_top = self.page.backward(end, self.height.saturating_sub(1));
        self.top = self.top.min(last_top);
        self.rows = self.page.window(self.top, self.height);
    }

    /// Puts `at` into the upper third of the screen if it is not on it, and the cursor on it.
    pub fn go_to(&mut self, at: Offset) {
        if self.page.reveal(at) {
            self.top = self.page.locate(at);
        }
        self.put_cursor(self.page.settle(floor_grapheme(self.text(), at)));
        let here = self.page.locate(self.cursor);
        let bottom = self.page.forward(self.top, self.height.saturating_sub(1));
        if here < self.top || here > bottom {
            self.top = self.page.backward(here, self.height / 3);
        }
        self.show_cursor();
    }

    /// Puts the cursor somewhere else: from there on, its column is kept and the innermost annotation
    /// is meant.
    pub(in crate::app) fn put_cursor(&mut self, at: Offset) {
        self.cursor = at;
        self.goal = None;
        self.nth_here = 0;
    }

    /// Scrolls by rows; the cursor stays on screen.
    pub fn scroll(&mut self, rows: usize, down: bool) {
        self.top = if down {
            self.page.forward(self.top, rows)
        } else {
            self.page.backward(self.top, rows)
        };
        self.show();
        self.pull_cursor();
    }

    /// Brings the cursor back among the rows on screen, clear of their edges.
    pub(in crate::app) fn pull_cursor(&mut self) {
        let here = self.page.locate(self.cursor);
        let (first, last) = self.clear_rows();
        let low = self.page.forward(self.top, first);
        let high = self.page.forward(self.top, last);
        let rows = self.rows.get(first..=last.min(self.rows.len().saturating_sub(1)));
        let mut stops = rows.unwrap_or_default().iter().filter(|row| row.holds_cursor());
        let stop = if here < low {
            stops.next()
        } else if here > high {
            stops.next_back()
        } else {
            return;
        };
        if let Some(row) = stop.copied() {
            let column = self.goal_column();
            self.cursor = self.at_column(row, column);
        }
    }

    /// The first and last row on screen that are clear of its edges; the ends of the text need no
    /// margin.
    fn clear_rows(&mut self) -> (usize, usize) {
        let bottom = self.height.saturating_sub(1);
        let at_start = self.top == Position::default();
        let at_end = self.page.forward(self.top, bottom) == self.page.end();
        let margin = self.margin();
        let first = if at_start { 0 } else { margin };
        let last = if at_end { bottom } else { bottom.saturating_sub(margin) };
        (first, last.max(first))
    }

    /// The start of the first words on screen.
    #[must_use]
    pub fn top_offset(&self) -> Offset {
        self.rows.first().map_or(self.cursor, |row| row.span.start)
    }

    /// The end of the last words on screen.
    #[must_use]
    pub fn bottom_offset(&self) -> Offset {
        self.rows.last().map_or(self.cursor, |row| row.span.end)
    }

    /// The row that the cursor is on.
    pub fn cursor_row(&mut self) -> Option<PageRow> {
        let here = self.page.locate(self.cursor);
        self.page.row(here)
    }

    /// The column that moving up and down tries to keep: where the cursor is, unless it has come
    /// from such a movement.
    pub fn goal_column(&mut self) -> Col {
        let row = self.cursor_row();
        let here = row.map_or(Col(0), |row| column(&self.article.text, row.span, self.cursor));
        *self.goal.get_or_insert(here)
    }

    /// The offset at a column of a row.
    #[must_use]
    pub fn at_column(&self, row: PageRow, column: Col) -> Offset {
        let at = offset_at(self.text(), row.span, column);
        self.page.settle_back(at).max(row.span.start)
    }

    /// How much of the text lies before the end of the screen, in per cent of its bytes.
    #[must_use]
    pub fn percent(&self) -> usize {
        let end = self.article.blocks.last().map_or(Offset::ZERO, |block| block.span.end);
        if let Some(long) = &self.long {
            let bottom = self.bottom_offset();
            let at_end = long.window.is_last() && bottom >= end;
            let (before, all) = (long.window.file_byte(bottom), long.window.length().max(1));
            return if at_end { 100 } else { usize::try_from(before * 100 / all).unwrap_or(100) };
        }
        match end.get() {
            0 => 100,
            length => (self.bottom_offset().get() * 100 / length).min(100),
        }
    }
}
