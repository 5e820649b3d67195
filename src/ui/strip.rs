//! The row above the last where the sidebar is not shown: the quotation or note at the cursor.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::Subject;
use crate::config::Role;
use crate::text::clean;

/// Draws the current card on one row.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let sidebar = &canvas.model.sidebar;
    let Some(card) = sidebar.current() else { return };
    let (dim, quote, text) =
        (canvas.style(Role::Dim), canvas.style(Role::Quote), canvas.style(Role::Text));
    let sign = canvas.sign(card.color);
    let place = format!("{} of {}", sidebar.selected + 1, sidebar.cards.len());
    let row = Rect { width: area.width.saturating_sub(1), ..area };
    let mut line = canvas.line(row, area.y);
    line.put_right(&place, dim);
    if let Subject::Annotation(_) = card.subject {
        line.put("▍", sign);
    } else {
        line.skip(1);
    }
    if !card.note.is_empty() {
        line.put(&clean(&card.note), text);
        line.skip(2);
    }
    if !card.words.is_empty() && line.room() > 3 {
        line.put(&format!("“{}”", clean(&card.words)), quote);
    }
}
