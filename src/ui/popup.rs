//! The frame of a popup, a one-line field, and the place of a popup that belongs to words.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::{Field, RowKind};
use crate::config::Role;
use crate::text::{Span, clean, glyphs, width};

/// What stands in the frame of a popup.
pub(super) struct Frame<'a> {
    /// In its upper edge, at the left.
    pub(super) title: &'a str,
    /// In its upper edge, at the right: untrusted text.
    pub(super) aside: &'a str,
    /// In its lower edge.
    pub(super) foot: &'a str,
}

/// Where a panel lies that takes the screen as far as `widest` cells go.
pub(super) fn panel(screen: Rect, widest: u16) -> Rect {
    let width = widest.min(screen.width.saturating_sub(4));
    let x = screen.x + (screen.width - width) / 2;
    Rect { x, y: screen.y + 1, width, height: screen.height.saturating_sub(3) }
}

/// Draws the ground and the frame of a popup; what is inside.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, frame: &Frame<'_>) -> Rect {
    let area = area.intersection(canvas.area());
    canvas.clear(area, Role::Popup);
    canvas.hide_cursor();
    let Some(last) = area.bottom().checked_sub(1) else { return Rect::default() };
    draw_edge(canvas, area, area.y, ("┌", "┐"), frame.title, frame.aside);
    draw_edge(canvas, area, last, ("└", "┘"), "", frame.foot);
    let inner = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    let rule = canvas.style(Role::Rule);
    for y in inner.rows().map(|row| row.y) {
        canvas.line(area, y).put_right("│", rule).put("│", rule);
    }
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }.intersection(area)
}

fn draw_edge(
    canvas: &mut Canvas<'_>,
    area: Rect,
    row: u16,
    corners: (&str, &str),
    left: &str,
    right: &str,
) {
    let (rule, accent, dim) =
        (canvas.style(Role::Rule), canvas.style(Role::Focus), canvas.style(Role::Dim));
    let mut line = canvas.line(area, row);
    line.put(corners.0, rule);
    let spaced = |text: &str| format!(" {} ", clean(text));
    let end = usize::from(!left.is_empty()) * width(&spaced(left));
    if !left.is_empty() {
        line.put(&spaced(left), accent);
    }
    line.fill("─", rule);
    let mut line = canvas.line(area, row);
    line.skip(end + 2);
    line.put_end(corners.1, rule);
    if !right.is_empty() {
        let room = line.room();
        if room > 6 {
            let shown = crate::text::fit(right, room.saturating_sub(3)).into_owned();
            line.put_end("─", rule).put_end(&spaced(&shown), dim);
        }
    }
}

/// Draws a field of one line, cut at its left so that its cursor is seen, and puts the terminal's cursor
/// there.
pub(super) fn draw_field(canvas: &mut Canvas<'_>, area: Rect, field: &Field) {
    let style = canvas.style(Role::Input);
    let at = Span::new(0, field.cursor().get());
    let before = clean(at.of(field.text())).into_owned();
    let after = clean(field.text().get(at.end.get()..).unwrap_or_default()).into_owned();
    let room = usize::from(area.width).saturating_sub(1);
    let mut hidden = width(&before).saturating_sub(room);
    let mut line = canvas.line(area, area.y);
    for glyph in glyphs(&before, Span::new(0, before.len())) {
        if hidden > 0 {
            hidden = hidden.saturating_sub(glyph.width);
        } else {
            line.put_glyph(&glyph, style);
        }
    }
    let cursor = line.at();
    line.put(&after, style);
    canvas.set_cursor(cursor, area.y);
}

/// Where a popup of that size stands that belongs to words of the open article: over the sidebar where
/// there is one, else below the words, above them, or at the end of the page, whichever covers
/// none of them.
pub(super) fn beside(canvas: &Canvas<'_>, words: Option<Span>, size: (u16, u16)) -> Rect {
    let screen = canvas.model.view.screen;
    let page = canvas.model.page_area();
    let (top, bottom) = rows_of(canvas, words).unwrap_or((page.y, page.y));
    let (width, height) = (size.0.min(screen.area.width), size.1.min(screen.status.y));
    let lowest = screen.status.y.saturating_sub(height);
    if let Some(sidebar) = screen.sidebar.filter(|sidebar| sidebar.width >= 30) {
        return Rect { y: top.min(lowest), height, ..sidebar };
    }
    let x = page.right().saturating_sub(width).max(screen.area.x);
    let y = if bottom < lowest { bottom + 1 } else { top.checked_sub(height).unwrap_or(lowest) };
    Rect { x, y, width, height }
}

/// The first and the last row of the screen that show some of these words.
fn rows_of(canvas: &Canvas<'_>, words: Option<Span>) -> Option<(u16, u16)> {
    let (words, reading) = (words?, canvas.model.reading.as_ref()?);
    let page = canvas.model.page_area();
    let rows = reading.rows.iter().zip(page.top()..page.bottom());
    let mut shown = rows
        .filter(|(row, _)| matches!(row.kind, RowKind::Text(_)) && row.span.overlaps(words))
        .map(|(_, y)| y);
    let first = shown.next()?;
    Some((first, shown.next_back().unwrap_or(first)))
}
