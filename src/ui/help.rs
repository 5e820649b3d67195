//! Help: the keys that work here, made from the key map.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::popup::{Frame, draw as draw_popup};
use crate::app::{Bound, HelpRow};
use crate::config::Role;
use crate::text::width;

/// Cells of the keys in a column.
const KEYS: usize = 12;
/// Cells of a piece of a query.
const QUERY: usize = 25;

/// Draws the help, so many rows scrolled away above.
pub(super) fn draw(canvas: &mut Canvas<'_>, top: usize) {
    let help = canvas.model.help();
    let (top, all) = (top.min(help.last_top()), help.rows.len());
    let end = (top + help.height()).min(all);
    let shown = format!("{}–{end} of {all}", top + 1);
    let aside = if help.last_top() > 0 { shown.as_str() } else { "" };
    let inner = draw_popup(canvas, help.area, &Frame { title: "Keys", aside, foot: "" });
    for (row, at) in help.rows.iter().skip(top).zip(inner.rows()) {
        draw_row(canvas, row, at, inner.width / help.columns.max(1));
    }
}

fn draw_row(canvas: &mut Canvas<'_>, row: &HelpRow, at: Rect, column: u16) {
    match row {
        HelpRow::Blank => {}
        HelpRow::Heading(title) => {
            let heading = canvas.style(Role::Heading);
            canvas.line(at, at.y).put(title, heading);
        }
        HelpRow::Query(written, finds) => {
            let (accent, text) = (canvas.style(Role::Accent), canvas.style(Role::Text));
            let gap = QUERY.saturating_sub(width(written)).max(1);
            canvas.line(at, at.y).put(written, accent).skip(gap).put(finds, text);
        }
        HelpRow::Bindings(bindings) => {
            for (bound, nth) in bindings.iter().zip(0..) {
                let x = at.x.saturating_add(column * nth);
                let area = Rect { x, width: column.saturating_sub(1), ..at }.intersection(at);
                draw_binding(canvas, bound, area);
            }
        }
    }
}

fn draw_binding(canvas: &mut Canvas<'_>, bound: &Bound, area: Rect) {
    let (accent, text) = (canvas.style(Role::Accent), canvas.style(Role::Text));
    let keys = keys_of(bound);
    let mut line = canvas.line(area, area.y);
    line.put(&keys, accent);
    line.skip(KEYS.saturating_sub(width(&keys)).max(1)).put(bound.action.help(), text);
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
