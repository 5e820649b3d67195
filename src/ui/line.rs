//! A row of cells, written from its left and from its right.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth as _};
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
        if glyph.symbol.len() == 1 {
            self.put_cell(&glyph.symbol, style, CellDiffOption::None);
        } else if glyph.width > 0 && glyph.symbol.chars().nth(1).is_none() {
            self.put_symbol(&glyph.symbol, glyph.width, style);
        } else {
            for (letter, cells) in glyph.letters() {
                self.put_symbol(letter, cells, style);
            }
        }
        free_cell(self.buffer, self.at, self.row);
    }

    /// Writes a symbol and sets how many cells it takes, about which ratatui may be of another mind.
    /// Nothing may be sent for those behind the first: a terminal would set it behind the symbol.
    fn put_symbol(&mut self, symbol: &str, cells: usize, style: Style) {
        let cells = u16::try_from(cells).unwrap_or(u16::MAX);
        let width = NonZeroU16::new(cells).filter(|_| symbol.cell_width() != 1 || cells != 1);
        let first = width.map_or(CellDiffOption::None, CellDiffOption::ForcedWidth);
        self.put_cell(symbol, style, first);
        for _ in 1..cells {
            self.put_cell(" ", style, CellDiffOption::Skip);
        }
    }

    fn put_cell(&mut self, symbol: &str, style: Style, sent: CellDiffOption) {
        if let Some(cell) = self.buffer.cell_mut((self.at, self.row)) {
            cell.set_symbol(symbol).set_style(style).set_diff_option(sent);
        }
        self.at += 1;
    }
}

/// Gives a cell back to the terminal whose wide letter was written over.
pub(super) fn free_cell(buffer: &mut Buffer, column: u16, row: u16) {
    let cell = buffer.cell_mut((column, row));
    if let Some(cell) = cell.filter(|cell| cell.diff_option == CellDiffOption::Skip) {
        cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Cell;

    fn written(width: u16, write: impl Fn(&mut Line<'_>)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        let area = buffer.area;
        write(&mut Line::new(&mut buffer, area, 0));
        buffer.content.iter().map(Cell::symbol).collect()
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
        let put = |line: &mut Line<'_>| {
            line.put("\u{9b}2J漢", style);
        };
        assert_eq!(written(8, put), "<9B>2J漢 ");
        assert_eq!(written(7, put), "<9B>2J…");
        assert_eq!(written(6, |line| line.fill("─", style)), "──────");
    }

    #[test]
    fn a_frame_is_sent_in_the_cells_that_it_was_drawn_in() {
        let area = Rect::new(0, 0, 8, 1);
        let frames = [
            "漢字仮名",
            "ab漢cde",
            "ｶﾞｶﾞabcd",
            "❤\u{fe0f}ab漢cd",
            "a",
            "x❤\u{fe0f}yz",
            "👩\u{200d}👧a",
        ];
        for (before, after) in frames.iter().flat_map(|a| frames.iter().map(move |b| (*a, *b))) {
            let drawn = |text: &str| {
                let mut buffer = Buffer::empty(area);
                Line::new(&mut buffer, area, 0).put(text, Style::default());
                buffer
            };
            let (old, new) = (drawn(before), drawn(after));
            let mut at = 0;
            let mut sent = [false; 8];
            for (column, _, cell) in old.diff(&new) {
                assert!(usize::from(column) >= at, "{before:?} to {after:?}: at {column}");
                let cells = match cell.diff_option {
                    CellDiffOption::ForcedWidth(cells) => cells.get(),
                    _ => 1,
                };
                at = usize::from(column + cells);
                sent[usize::from(column)..at].fill(true);
            }
            for (column, sent) in sent.iter().enumerate() {
                let same = old.content[column] == new.content[column];
                assert!(*sent || same, "{before:?} to {after:?}: not at {column}");
            }
        }
    }

    #[test]
    fn what_is_written_over_half_a_wide_letter_leaves_nothing_of_it() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        let area = buffer.area;
        Line::new(&mut buffer, area, 0).put("漢字", Style::default());
        Line::new(&mut buffer, area, 0).put("a", Style::default());
        assert_eq!(buffer.content[1].diff_option, CellDiffOption::None);
        assert_eq!(buffer.content[3].diff_option, CellDiffOption::Skip);
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
