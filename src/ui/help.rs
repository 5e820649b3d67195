//! Help: the keys that work here, made from the key map.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::popup::{Frame, draw as draw_popup};
use crate::app::{Bound, CONTEXTS, bound_in};
use crate::config::Role;
use crate::text::width;

/// Cells of a column at least.
const COLUMN: u16 = 38;
/// Cells of the keys in it.
const KEYS: usize = 12;
/// Cells of the panel where there is room.
const WIDTH: u16 = 128;

/// A row of the help.
enum HelpRow<'a> {
    Blank,
    Heading(&'static str),
    Bindings(Vec<&'a Bound>),
}

/// Draws the help, so many rows scrolled away above.
pub(super) fn draw(canvas: &mut Canvas<'_>, top: usize) {
    let screen = canvas.model.view.screen.area;
    let width = WIDTH.min(screen.width.saturating_sub(2));
    let height = screen.height.saturating_sub(1);
    let area = Rect { x: screen.x + (screen.width - width) / 2, width, height, ..screen };
    let columns = (width.saturating_sub(4) / COLUMN).max(1);
    let contexts = contexts(canvas);
    let bound: Vec<(&'static str, Vec<Bound>)> = contexts
        .into_iter()
        .map(|(name, title)| (title, bound_in(&canvas.model.keymap, name)))
        .collect();
    let rows = rows(&bound, usize::from(columns));
    let fit = usize::from(height.saturating_sub(2));
    let top = top.min(rows.len().saturating_sub(fit));
    let shown = format!("{}–{} of {}", top + 1, (top + fit).min(rows.len()), rows.len());
    let aside = if rows.len() > fit { shown.as_str() } else { "" };
    let frame = Frame { title: "Keys", aside, foot: "" };
    let inner = draw_popup(canvas, area, &frame);
    for (row, at) in rows.iter().skip(top).zip(inner.rows()) {
        draw_row(canvas, row, at, inner.width / columns);
    }
}

/// Name and title of every context: those whose keys work now, the innermost first, then the others.
fn contexts(canvas: &Canvas<'_>) -> Vec<(&'static str, &'static str)> {
    let here = canvas.model.contexts();
    let titled = |name: &&str| CONTEXTS.iter().find(|(own, _)| own == name).copied();
    let others = CONTEXTS.iter().filter(|(name, _)| !here.contains(name)).copied();
    here.iter().filter_map(titled).chain(others).collect()
}

fn rows<'a>(bound: &'a [(&'static str, Vec<Bound>)], columns: usize) -> Vec<HelpRow<'a>> {
    let mut rows = Vec::new();
    for (title, bindings) in bound.iter().filter(|(_, bindings)| !bindings.is_empty()) {
        if !rows.is_empty() {
            rows.push(HelpRow::Blank);
        }
        rows.push(HelpRow::Heading(title));
        let high = bindings.len().div_ceil(columns);
        for row in 0..high {
            rows.push(HelpRow::Bindings(bindings.iter().skip(row).step_by(high).collect()));
        }
    }
    rows
}

fn draw_row(canvas: &mut Canvas<'_>, row: &HelpRow<'_>, at: Rect, column: u16) {
    let (heading, accent, text) =
        (canvas.style(Role::Heading), canvas.style(Role::Accent), canvas.style(Role::Text));
    match row {
        HelpRow::Blank => {}
        HelpRow::Heading(title) => {
            canvas.line(at, at.y).put(title, heading);
        }
        HelpRow::Bindings(bindings) => {
            for (bound, nth) in bindings.iter().zip(0..) {
                let x = at.x + column * nth;
                let area = Rect { x, width: column.saturating_sub(1), ..at }.intersection(at);
                let keys = keys_of(bound);
                let mut line = canvas.line(area, at.y);
                line.put(&keys, accent);
                line.skip(KEYS.saturating_sub(width(&keys)).max(1)).put(bound.action.help(), text);
            }
        }
    }
}

/// As many of the keys as stand in their column, and the first in any case.
fn keys_of(bound: &Bound) -> String {
    let mut keys = String::new();
    for key in &bound.keys {
        if !keys.is_empty() && width(&keys) + 1 + width(key) >= KEYS {
            break;
        }
        if !keys.is_empty() {
            keys.push(' ');
        }
        keys.push_str(key);
    }
    keys
}
