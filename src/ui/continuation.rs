//! What can follow the keys pressed so far: a panel above the last row.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::Action;
use crate::config::{HIGHLIGHTS, Keys, Resolution, Role};
use crate::text::width;

/// Cells between two columns.
const GAP: usize = 3;

/// A way to go on: its keys and the action they lead to.
type Way = (String, Action);

/// Draws the panel, if keys are waiting for the next one.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let model = canvas.model;
    if model.input.pressed.is_empty() {
        return;
    }
    let Resolution::Prefix(next) = model.keymap.resolve(model.contexts(), &model.input.pressed)
    else {
        return;
    };
    let ways: Vec<Way> = next
        .iter()
        .filter_map(|next| Some((Keys::new(next.keys).to_string(), Action::named(next.action)?)))
        .collect();
    draw_ways(canvas, &ways);
    canvas.hide_cursor();
}

fn draw_ways(canvas: &mut Canvas<'_>, ways: &[Way]) {
    let screen = canvas.model.view.screen;
    let keys = ways.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
    let widest = ways.iter().map(|(_, action)| width(action.help())).max().unwrap_or(0);
    let column = keys + 1 + widest + GAP;
    let room = usize::from(screen.area.width.saturating_sub(2));
    let columns = (room / column.max(1)).clamp(1, ways.len().max(1));
    let rows = u16::try_from(ways.len().div_ceil(columns)).unwrap_or(u16::MAX);
    let height = rows.min(screen.status.y.saturating_sub(2));
    let top = screen.status.y.saturating_sub(height + 1);
    let panel = Rect { y: top, height: height + 1, ..screen.area };
    canvas.clear(panel, Role::Popup);
    let rule = canvas.style(Role::Rule);
    canvas.line(panel, top).fill("─", rule);
    for (index, way) in ways.iter().enumerate() {
        let (left, down) = (index / usize::from(rows.max(1)), index % usize::from(rows.max(1)));
        let cells = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        if cells(down) < height {
            let x = panel.x + 1 + cells(left * column);
            let area = Rect { x, width: cells(column - 1), ..panel }.intersection(panel);
            draw_way(canvas, way, keys, area, top + 1 + cells(down));
        }
    }
}

fn draw_way(canvas: &mut Canvas<'_>, (keys, action): &Way, column: usize, area: Rect, row: u16) {
    let (accent, text) = (canvas.style(Role::Accent), canvas.style(Role::Text));
    let color = action.name().strip_prefix("highlight-");
    let does = match color.filter(|color| HIGHLIGHTS.contains(color)) {
        Some(color) => canvas.highlight(color.parse().ok()),
        None => text,
    };
    let mut line = canvas.line(area, row);
    line.put(keys, accent).skip(column + 1 - width(keys)).put(action.help(), does);
}
