//! What an empty pane says: what is not there, and what to do next.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::config::Role;
use crate::text::{Span, clean, wrap};

/// Says two things in the upper third of an empty pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, lines: [&str; 2]) {
    let style = canvas.style(Role::Dim);
    let mut row = area.y + (area.height / 4).min(6);
    for line in lines {
        let line = clean(line);
        for span in wrap(&line, Span::new(0, line.len()), usize::from(area.width)) {
            canvas.line(area, row).put(span.of(&line).trim_end(), style);
            row += 1;
        }
    }
}
