//! Drawing: the model, as it stands, on a frame.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::Model;
use crate::config::{Role, Theme};
use crate::text::clean;

/// Draws the reader.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let style = theme.style(Role::Text);
    let area = frame.area();
    frame.buffer_mut().set_style(area, style);
    let page = model.page_area();
    if let Some(reading) = &model.reading {
        for (y, row) in (page.y..).zip(&reading.rows) {
            let line = clean(row.span.of(reading.text())).into_owned();
            let at = Rect { y, height: 1, ..page }.intersection(area);
            frame.render_widget(Line::raw(line), at);
        }
    }
    let message = model.status.message.as_ref().map_or("", |message| message.text.as_str());
    frame.render_widget(Line::raw(clean(message).into_owned()), model.view.screen.status);
}
