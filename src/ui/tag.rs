//! The tags of an annotation being edited.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::note::words_of;
use super::popup::{Frame, beside, draw as draw_popup, draw_field};
use crate::app::TagEditor;
use crate::config::Role;
use crate::text::{Span, clean, wrap};

/// Cells of the panel where there is room.
const WIDTH: u16 = 44;

/// Draws the tags that are there, the one being typed, and those in use that would complete it.
pub(super) fn draw(canvas: &mut Canvas<'_>, editor: &TagEditor) {
    let words = words_of(canvas, editor.article, &editor.annotation);
    let present = clean(&editor.annotation.tags.join(" · ")).into_owned();
    let width = usize::from(beside(canvas, words, (WIDTH, 3)).width.saturating_sub(4));
    let rows = match present.as_str() {
        "" => Vec::new(),
        tags => wrap(tags, Span::new(0, tags.len()), width),
    };
    let height = rows.len() + 1 + editor.completions.len();
    let height = u16::try_from(height).unwrap_or(u16::MAX).saturating_add(2);
    let area = beside(canvas, words, (WIDTH, height));
    let frame = Frame { title: "Tags", aside: "", foot: "Enter adds · ↓ chooses · Esc closes" };
    let inner = draw_popup(canvas, area, &frame);
    let tag = canvas.style(Role::Tag);
    for (row, at) in rows.iter().zip(inner.rows()) {
        canvas.line(at, at.y).put(row.of(&present).trim_end(), tag);
    }
    let typed = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(inner.height.saturating_sub(1));
    draw_typed(canvas, editor, Rect { y: inner.y + typed, height: inner.height - typed, ..inner });
}

fn draw_typed(canvas: &mut Canvas<'_>, editor: &TagEditor, area: Rect) {
    let (accent, dim) = (canvas.style(Role::Accent), canvas.style(Role::Dim));
    canvas.line(area, area.y).put("#", accent);
    for ((index, tag), at) in editor.completions.iter().enumerate().zip(area.rows().skip(1)) {
        canvas.line(at, at.y).skip(1).put(tag, dim);
        if editor.selected == Some(index) {
            canvas.line(at, at.y).put("▌", accent);
            canvas.select(at);
        }
    }
    let field = Rect { x: area.x + 1, width: area.width.saturating_sub(1), height: 1, ..area };
    draw_field(canvas, field.intersection(area), &editor.field);
}
