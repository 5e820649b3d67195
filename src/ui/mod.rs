//! Drawing: the model in, cells out; nothing here changes anything.
//!
//! Each pane and each popup has a file of its own. What comes from an article, a file's name or a note
//! reaches a cell only as the glyphs that [`text`](crate::text) makes of it, and never leaves the
//! rectangle it was given. The model has laid the rows out already, so that a drawing costs what the
//! screen shows and not what the article holds.

mod alert;
mod canvas;
mod continuation;
mod help;
mod hint;
mod layer;
mod line;
mod list;
mod masthead;
mod note;
mod notice;
mod page;
mod picker;
mod popup;
mod prompt;
mod search;
mod sidebar;
mod status;
mod strip;
mod tag;
mod voice;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::{LEAST_COLUMNS, LEAST_ROWS, Model, Overlay};
use crate::config::{Role, Theme};
use canvas::Canvas;

/// Draws the whole screen, over whatever the cells hold.
///
/// Returns where the terminal's own cursor is to be: where the next key acts. Where there is no such
/// place it is to be hidden.
pub fn draw(model: &Model, theme: &Theme, cells: &mut Buffer) -> Option<Position> {
    let mut canvas = Canvas::new(model, theme, cells);
    canvas.clear(canvas.area(), Role::Text);
    if model.view.screen.is_too_small() || !fits(model.view.screen.area, canvas.area()) {
        draw_too_small(&mut canvas);
    } else {
        draw_panes(&mut canvas);
        draw_overlay(&mut canvas);
    }
    canvas.cursor()
}

/// Whether the screen that the model knows is not larger than the terminal: for a moment after a
/// resize it may be.
const fn fits(screen: Rect, terminal: Rect) -> bool {
    screen.width <= terminal.width && screen.height <= terminal.height
}

fn draw_too_small(canvas: &mut Canvas<'_>) {
    let area = canvas.area();
    let text = format!("pullquote needs {LEAST_COLUMNS}×{LEAST_ROWS} cells");
    let width = u16::try_from(crate::text::width(&text)).unwrap_or(0).min(area.width);
    let left = Rect { x: area.x + (area.width - width) / 2, width, ..area };
    let style = canvas.style(Role::Warning);
    canvas.line(left, area.y + area.height / 2).put(&text, style);
}

fn draw_panes(canvas: &mut Canvas<'_>) {
    let screen = canvas.model.view.screen;
    if let Some(area) = screen.list {
        list::draw(canvas, area);
        canvas.rule_down(area.right(), area);
    }
    if let Some(area) = screen.text {
        masthead::draw(canvas, area);
        page::draw(canvas, area);
    }
    if let Some(area) = screen.sidebar {
        sidebar::draw(canvas, area);
        if let Some(left) = area.x.checked_sub(1) {
            canvas.rule_down(left, area);
        }
    }
    if let Some(area) = screen.strip {
        strip::draw(canvas, area);
    }
    status::draw(canvas, screen.status);
    alert::draw(canvas, screen.status);
    continuation::draw(canvas);
}

fn draw_overlay(canvas: &mut Canvas<'_>) {
    match &canvas.model.overlay {
        None => {}
        Some(Overlay::Note(editor)) => note::draw(canvas, editor),
        Some(Overlay::Tags(editor)) => tag::draw(canvas, editor),
        Some(Overlay::Prompt(prompt)) => prompt::draw(canvas, prompt),
        Some(Overlay::Picker(picker)) => picker::draw(canvas, picker),
        Some(Overlay::Search) => search::draw(canvas),
        Some(Overlay::Voices) => voice::draw(canvas),
        Some(Overlay::Help { top }) => help::draw(canvas, *top),
        Some(Overlay::Confirm { question, .. }) => prompt::draw_question(canvas, question),
    }
}
