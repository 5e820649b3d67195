//! A note being written.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::popup::{Frame, beside, draw as draw_popup};
use crate::app::{Field, NoteEditor};
use crate::config::Role;
use crate::corpus::ArticleId;
use crate::note::Annotation;
use crate::text::{Offset, Span, column, glyphs, wrap};

/// Cells of a note's row where there is room.
const WIDTH: u16 = 52;
/// Rows of the text that are shown at least and at most, where there is room.
const ROWS: (usize, usize) = (3, 12);

/// Draws the editor beside the words that the note is on.
pub(super) fn draw(canvas: &mut Canvas<'_>, editor: &NoteEditor) {
    let words = words_of(canvas, editor.article, &editor.annotation);
    let width = (WIDTH + 4).min(canvas.area().width);
    let place = |rows: usize| {
        let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
        beside(canvas, words, (width, height))
    };
    let inner = usize::from(place(1).width.saturating_sub(4)).max(1);
    let shown = Rows::around_cursor(&editor.field, inner, ROWS.1);
    let area = place(shown.spans.len().clamp(ROWS.0, ROWS.1));
    let tags = editor.annotation.tags.join(" · ");
    let title = if editor.annotation.target.is_some() { "Note" } else { "Note on the article" };
    let frame = Frame { title, aside: &tags, foot: "Esc keeps · Ctrl-c as it was" };
    let inner = draw_popup(canvas, area, &frame);
    draw_rows(canvas, &editor.field, &shown, inner);
}

/// The words of the open article that an annotation is on.
pub(super) fn words_of(
    canvas: &Canvas<'_>,
    article: ArticleId,
    annotation: &Annotation,
) -> Option<Span> {
    let reading = canvas.model.reading.as_ref().filter(|reading| reading.id == article)?;
    let target = annotation.target.as_ref()?;
    let placed = reading.placed.iter().find(|placed| placed.id == annotation.id);
    let scalars = &reading.article.scalars;
    let kept = || {
        let at = |scalar| scalars.offset(reading.text(), scalar);
        Span::between(at(target.start), at(target.end))
    };
    Some(placed.map_or_else(kept, |placed| placed.span))
}

/// The rows of a note around its cursor.
struct Rows {
    spans: Vec<Span>,
    /// The row that the cursor is on: an index into `spans`.
    cursor: usize,
}

impl Rows {
    /// Wraps as many lines of the note on either side of the cursor as could be seen.
    fn around_cursor(field: &Field, width: usize, lines: usize) -> Self {
        let text = field.text();
        let (before, after) = text.split_at_checked(field.cursor().get()).unwrap_or((text, ""));
        let start = before.rmatch_indices('\n').nth(lines).map_or(0, |(at, _)| at + 1);
        let end = after.match_indices('\n').nth(lines).map_or(after.len(), |(at, _)| at);
        let span = Span { start: Offset(start), end: Offset(before.len() + end) };
        let spans = wrap(text, span, width);
        let cursor = spans.iter().rposition(|row| row.start <= field.cursor()).unwrap_or(0);
        Self { spans, cursor }
    }
}

fn draw_rows(canvas: &mut Canvas<'_>, field: &Field, rows: &Rows, inner: Rect) {
    let style = canvas.style(Role::Input);
    let height = usize::from(inner.height).max(1);
    let last_top = rows.spans.len().saturating_sub(height);
    let top = (rows.cursor + 1).saturating_sub(height).max(rows.cursor.saturating_sub(height / 2));
    let top = top.min(last_top);
    for ((index, row), at) in rows.spans.iter().enumerate().skip(top).zip(inner.rows()) {
        let mut line = canvas.line(at, at.y);
        for glyph in glyphs(field.text(), *row) {
            line.put_glyph(&glyph, style);
        }
        if index == rows.cursor {
            let cells = u16::try_from(column(field.text(), *row, field.cursor()).0).unwrap_or(0);
            // White space may hang over the end of a row.
            canvas.set_cursor(at.x.saturating_add(cells.min(at.width)), at.y);
        }
    }
}
