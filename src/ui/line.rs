//! A row of cells, written from its left and from its right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{Glyph, Span, fit, glyphs, width};

/// A row of cells being written. Nothing is written outside it, and what does not fit is cut.
pub(super) struct Line<'b> {
    buffer: &'b mut Buffer,
    row: u16,
    at: u16,
    end: u16,
}

impl<'b> Line<'b> {
    /// The cells of `area` in a row of the terminal; none where they do not meet.
    pub(super) fn new(buffer: &'b mut Buffer, area: Rect, row: u16) -> Self {
        let area = area.intersection(buffer.area);
        let inside = (area.top()..area.bottom()).contains(&row);
        let end = if inside { area.right() } else { area.left() };
        Self { buffer, row, at: area.left(), end }
    }

    /// How many cells are left.
    pub(super) fn room(&self) -> usize {
        usize::from(self.end.saturating_sub(self.at))
    }

    /// The column of the next cell.
    pub(super) const fn at(&self) -> u16 {
        self.at
    }

    /// Leaves cells as they are.
    pub(super) fn skip(&mut self, cells: usize) -> &mut Self {
        let cells = u16::try_from(cells.min(self.room())).unwrap_or(0);
        self.at += cells;
        self
    }

    /// Writes untrusted text at the left, cut with `…` where it is too long.
    pub(super) fn put(&mut self, text: &str, style: Style) -> &mut Self {
        let shown = fit(text, self.room());
        for glyph in glyphs(&shown, Span::new(0, shown.len())) {
            self.put_glyph(&glyph, style);
        }
        self
    }

    /// Writes untrusted text at the right, and leaves a cell between it and what comes before.
    pub(super) fn put_right(&mut self, text: &str, style: Style) -> &mut Self {
        self.put_end(text, style).skip_end(1)
    }

    /// Leaves cells at the right as they are.
    pub(super) fn skip_end(&mut self, cells: u16) -> &mut Self {
        self.end = self.end.saturating_sub(cells).max(self.at);
        self
    }

    /// Writes untrusted text at the right.
    pub(super) fn put_end(&mut self, text: &str, style: Style) -> &mut Self {
        let cells = u16::try_from(width(text).min(self.room())).unwrap_or(0);
        let start = self.end - cells;
        let before = std::mem::replace(&mut self.at, start);
        self.put(text, style);
        self.at = before;
        self.end = start;
        self
    }

    /// Fills what is left with a sign that takes one cell.
    pub(super) fn fill(&mut self, sign: &str, style: Style) {
        while self.room() > 0 {
            self.put(sign, style);
        }
    }

    /// Writes a glyph; where it does not fit, the row is at its end.
    pub(super) fn put_glyph(&mut self, glyph: &Glyph<'_>, style: Style) {
        if glyph.width > self.room() {
            self.at = self.end;
            return;
        }
        // Letters that stand for something unseen, and tabs, are as many cells as they have
        // characters; a wide letter is one cell with empty ones behind it.
        if glyph.symbol.chars().count() == glyph.width {
            let mut bytes = [0; 4];
            for letter in glyph.symbol.chars() {
                self.put_cell(letter.encode_utf8(&mut bytes), style);
            }
            return;
        }
        for cell in 0..glyph.width {
            self.put_cell(if cell == 0 { &glyph.symbol } else { " " }, style);
        }
    }

    fn put_cell(&mut self, symbol: &str, style: Style) {
        if let Some(cell) = self.buffer.cell_mut((self.at, self.row)) {
            cell.set_symbol(symbol).set_style(style);
        }
        self.at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(width: u16, write: impl Fn(&mut Line<'_>)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        let area = buffer.area;
        write(&mut Line::new(&mut buffer, area, 0));
        buffer.content.iter().map(|cell| cell.symbol()).collect()
    }

    #[test]
    fn what_stands_at_the_right_is_kept_and_what_stands_at_the_left_is_cut() {
        let style = Style::default();
        let both = |line: &mut Line<'_>| {
            line.put_right("1 of 26", style).put("twice a day", style);
        };
        assert_eq!(written(20, both), "twice a day  1 of 26");
        assert_eq!(written(16, both), "twice a… 1 of 26");
        assert_eq!(written(7, both), "1 of 26");
        assert_eq!(written(3, both), "1 …");
    }

    #[test]
    fn what_could_act_on_a_terminal_takes_the_cells_that_it_is_shown_in() {
        let style = Style::default();
        assert_eq!(written(8, |line| drop(line.put("\u{9b}2J漢", style))), "<9B>2J漢 ");
        assert_eq!(written(7, |line| drop(line.put("\u{9b}2J漢", style))), "<9B>2J…");
        assert_eq!(written(6, |line| line.fill("─", style)), "──────");
    }

    #[test]
    fn a_row_outside_the_terminal_has_no_room() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 2));
        let mut line = Line::new(&mut buffer, Rect::new(2, 0, 40, 40), 2);
        assert_eq!(line.put("abc", Style::default()).room(), 0);
        let line = Line::new(&mut buffer, Rect::new(2, 0, 40, 40), 1);
        assert_eq!((line.at(), line.room()), (2, 2));
    }
}
