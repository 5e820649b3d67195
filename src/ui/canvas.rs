//! What every pane draws with: the model, the theme, the cells, and the place of the cursor.

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::line::{Line, free_cell};
use crate::app::{Model, Pane};
use crate::config::{Role, Theme};
use crate::text::width;

/// The strongest part of a sign's colour, of 255.
const VIVID: u16 = 190;

/// The cells of the terminal, and what is drawn on them.
pub(super) struct Canvas<'a> {
    pub(super) model: &'a Model,
    theme: &'a Theme,
    buffer: &'a mut Buffer,
    cursor: Option<Position>,
}

impl<'a> Canvas<'a> {
    pub(super) const fn new(model: &'a Model, theme: &'a Theme, buffer: &'a mut Buffer) -> Self {
        Self { model, theme, buffer, cursor: None }
    }

    /// All of the terminal.
    pub(super) const fn area(&self) -> Rect {
        self.buffer.area
    }

    /// The look of a role, to be laid over what is there: plain text leaves the ground as it is.
    pub(super) fn style(&self, role: Role) -> Style {
        let style = self.theme.style(role);
        if role == Role::Text { Style { bg: None, ..style } } else { style }
    }

    /// The look of a highlight; underlined where it has no colour.
    pub(super) fn highlight(&self, color: Option<crate::note::Color>) -> Style {
        match color {
            Some(color) => self.theme.highlight(color.name()),
            None => Style::default().underlined(),
        }
    }

    /// The look of a speaker, by the number of the speaker's colour.
    pub(super) fn speaker(&self, color: usize) -> Style {
        self.theme.speaker(color)
    }

    /// The look of a thin sign in the colour of a highlight: that of its ground.
    pub(super) fn sign(&self, color: Option<crate::note::Color>) -> Style {
        let look = self.highlight(color);
        match look.bg {
            Some(ground) if ground != Color::Reset => Style::default().fg(vivid(ground)),
            _ => self.style(Role::Mark),
        }
    }

    /// The look of a pane's title.
    pub(super) fn title(&self, pane: Pane) -> Style {
        let focused = self.model.view.focus == pane && !self.model.is_typing();
        self.style(if focused { Role::Focus } else { Role::Unfocused })
    }

    /// The cells of `area` in a row of the terminal.
    pub(super) fn line(&mut self, area: Rect, row: u16) -> Line<'_> {
        Line::new(self.buffer, area, row)
    }

    /// Makes what is drawn the chosen one of a list: words that are plain text take on its look, others
    /// only its ground.
    pub(super) fn select(&mut self, area: Rect) {
        let (text, look) = (self.theme.style(Role::Text), self.theme.style(Role::Selected));
        let reversed = look.add_modifier.contains(Modifier::REVERSED);
        for at in area.intersection(self.area()).positions() {
            let Some(cell) = self.buffer.cell_mut(at) else { continue };
            if reversed {
                // On a ground turned round, other colours and faint letters are lost.
                cell.modifier.remove(Modifier::DIM);
                cell.set_style(text.patch(look));
            } else if text.fg.is_none_or(|plain| cell.fg == plain) {
                cell.set_style(look);
            } else {
                cell.set_style(Style { bg: look.bg, ..Style::default() });
            }
        }
    }

    /// Empties cells and gives them the look of a role on the text's ground.
    pub(super) fn clear(&mut self, area: Rect, role: Role) {
        let area = area.intersection(self.area());
        let mut empty = Cell::EMPTY;
        empty.set_style(self.theme.style(Role::Text).patch(self.theme.style(role)));
        for row in area.rows() {
            self.cut_wide(row);
            free_cell(self.buffer, row.right(), row.y);
            self.cells_mut(row).fill(empty.clone());
        }
    }

    /// The cells of a row that lies on the terminal.
    fn cells_mut(&mut self, row: Rect) -> &mut [Cell] {
        let Rect { x, y, width, .. } = self.area();
        let start = usize::from(row.y - y) * usize::from(width) + usize::from(row.x - x);
        self.buffer.content.get_mut(start..start + usize::from(row.width)).unwrap_or_default()
    }

    /// Takes a wide letter away that would reach from the left into what is being emptied.
    fn cut_wide(&mut self, row: Rect) {
        let before = row.x.checked_sub(1).and_then(|x| self.buffer.cell_mut((x, row.y)));
        if let Some(cell) = before.filter(|cell| width(cell.symbol()) > 1) {
            cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
        }
    }

    /// A thin rule from the top to the bottom of a pane.
    pub(super) fn rule_down(&mut self, column: u16, pane: Rect) {
        let style = self.style(Role::Rule);
        for row in pane.rows() {
            self.line(Rect { x: column, width: 1, ..row }, row.y).put("│", style);
        }
    }

    /// Puts the terminal's cursor on a cell; the last call holds.
    pub(super) const fn set_cursor(&mut self, column: u16, row: u16) {
        self.cursor = Some(Position::new(column, row));
    }

    /// Takes the terminal's cursor away.
    pub(super) const fn hide_cursor(&mut self) {
        self.cursor = None;
    }

    /// Where the terminal's cursor is, if it is on the terminal.
    pub(super) fn cursor(&self) -> Option<Position> {
        self.cursor.filter(|&at| self.area().contains(at))
    }
}

/// The same hue at a lightness that is seen on dark and on light ground: what is good below letters is
/// too near the ground around it for a sign of its own.
fn vivid(color: Color) -> Color {
    let Color::Rgb(red, green, blue) = color else { return color };
    let most = u16::from(red.max(green).max(blue)).max(1);
    let scaled = |part: u8| u8::try_from(u16::from(part) * VIVID / most).unwrap_or(u8::MAX);
    Color::Rgb(scaled(red), scaled(green), scaled(blue))
}
