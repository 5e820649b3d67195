//! What is wrong, in full: a panel above the last row for what does not fit on it.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::{Gravity, Model};
use crate::config::Role;
use crate::text::{Span, clean, width, wrap};

/// Rows of the panel at most.
const MOST: usize = 6;

/// What is wrong, if anything is and it takes more than a row of `cells` cells to say: in what look.
pub(super) fn long(model: &Model, cells: u16) -> Option<(String, Role)> {
    let (words, role) = wrong(model)?;
    (width(&words) > usize::from(cells)).then_some((words, role))
}

/// What is wrong: what could not be saved, or else the message that warns.
pub(super) fn wrong(model: &Model) -> Option<(String, Role)> {
    let failed = model.notebook.unsaved.values().find_map(|unsaved| unsaved.problem.as_deref());
    if let Some(problem) = failed {
        return Some((format!("NOT SAVED: {}", clean(problem)), Role::Error));
    }
    let message = model.status.message.as_ref()?;
    (message.gravity == Gravity::Error).then(|| (clean(&message.text).into_owned(), Role::Warning))
}

/// Draws the panel, if it is needed.
pub(super) fn draw(canvas: &mut Canvas<'_>, status: Rect) {
    let inner = Rect { x: status.x + 1, width: status.width.saturating_sub(2), ..status };
    let Some((words, role)) = long(canvas.model, inner.width) else { return };
    let rows = wrap(&words, Span::new(0, words.len()), usize::from(inner.width));
    let shown = rows.len().min(MOST).min(usize::from(status.y.saturating_sub(1)));
    let height = u16::try_from(shown).unwrap_or(0);
    let top = status.y - height;
    canvas.clear(Rect { y: top, height, ..status }, Role::Popup);
    let style = canvas.style(role);
    let inner = Rect { y: top, height, ..inner };
    for (row, y) in rows.into_iter().take(shown).zip(top..) {
        canvas.line(inner, y).put(row.of(&words).trim_end(), style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Places;
    use crate::config::Config;

    #[test]
    fn only_what_does_not_fit_on_a_row_needs_the_panel() {
        let (mut model, _) = Model::new(Config::default(), 80, 24, Places::default());
        let now = jiff::Timestamp::UNIX_EPOCH;
        assert_eq!(long(&model, 20), None);
        model.status.say(now, "a message that warns of nothing at all");
        assert_eq!(long(&model, 20), None);
        model.status.warn(now, "too long for a narrow row");
        assert_eq!(long(&model, 78), None);
        assert!(long(&model, 20).is_some());
    }
}
