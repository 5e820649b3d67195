//! The row above the last where the sidebar is not shown: the quotation or note at the cursor.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::sidebar::{is_meant, speaker_style};
use crate::app::Subject;
use crate::app::wording::dotted;
use crate::config::Role;
use crate::text::clean;

/// Scalar values of a text that are looked at.
const LONGEST: usize = 600;

/// Draws the current card on one row.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let sidebar = &canvas.model.sidebar;
    let Some(card) = sidebar.current() else { return };
    let quote = if is_meant(canvas.model, card) { Role::Quote } else { Role::Dim };
    let (dim, quote, text) =
        (canvas.style(Role::Dim), canvas.style(quote), canvas.style(Role::Text));
    let sign = canvas.sign(card.color);
    let nth = format!("{} of {}", sidebar.selected + 1, sidebar.cards.len());
    let cue = card.voice.as_ref().map(|voice| clean(start(&voice.cue)).into_owned());
    let place = dotted([cue, Some(nth)]);
    let (speaker, name) = (speaker_style(canvas, card), card.signed_speaker());
    let row = Rect { width: area.width.saturating_sub(1), ..area };
    let mut line = canvas.line(row, area.y);
    line.put_right(&place, dim);
    if let Subject::Annotation(_) = card.subject {
        line.put("▍", sign);
    } else {
        line.skip(1);
    }
    if let Some(name) = name {
        line.put(start(&name), speaker).skip(2);
    }
    if !card.note.is_empty() {
        line.put(start(&card.note), text).skip(2);
    }
    if !card.words.is_empty() && line.room() > 3 {
        line.put(&card.marked_words(), quote);
    }
}

/// As much of a text as could ever stand on a row: a quotation may be as long as an article.
fn start(text: &str) -> &str {
    text.char_indices().nth(LONGEST).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
