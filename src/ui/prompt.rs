//! One line being asked for, and questions: both on the last row.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hint::{cells, fitting, hints};
use super::popup::draw_field;
use crate::app::{ExportFormat, MetadataField, Prompt, Question};
use crate::config::Role;
use crate::text::width;

/// Draws a prompt in place of the last row.
pub(super) fn draw(canvas: &mut Canvas<'_>, prompt: &Prompt) {
    let row = start(canvas);
    let accent = canvas.style(Role::Accent);
    let label = label(prompt.question);
    canvas.line(row, row.y).put(label, accent);
    let taken = u16::try_from(width(label)).unwrap_or(0);
    let room = row.width.saturating_sub(taken);
    let field = Rect { x: row.x + taken.min(row.width), width: room, ..row };
    let aside = aside(canvas, prompt);
    let typed = width(prompt.field.text()) + 2;
    let rest = usize::from(room).saturating_sub(typed + width(&aside));
    let end = draw_hints(canvas, field, rest);
    if usize::from(room) > typed + width(&aside) {
        let dim = canvas.style(Role::Dim);
        canvas.line(Rect { width: field.width - end, ..field }, row.y).put_right(&aside, dim);
    }
    draw_field(canvas, field, &prompt.field);
}

/// Draws a question in place of the last row.
pub(super) fn draw_question(canvas: &mut Canvas<'_>, question: &str) {
    let row = start(canvas);
    let (warning, room) = (canvas.style(Role::Warning), usize::from(row.width));
    let end = draw_hints(canvas, row, room);
    canvas.line(Rect { width: row.width - end, ..row }, row.y).put(question, warning);
}

/// Empties the last row; the cells of it that are written on.
fn start(canvas: &mut Canvas<'_>) -> Rect {
    let status = canvas.model.view.screen.status;
    canvas.clear(status, Role::Text);
    canvas.hide_cursor();
    Rect { x: status.x + 1, width: status.width.saturating_sub(2), ..status }
}

/// Draws those hints at the right that fit in so many cells; the cells that they take.
fn draw_hints(canvas: &mut Canvas<'_>, area: Rect, room: usize) -> u16 {
    let hints = fitting(hints(canvas.model), room);
    let taken = cells(&hints);
    if taken > room {
        return 0;
    }
    let taken = u16::try_from(taken).unwrap_or(0).min(area.width);
    let (accent, dim) = (canvas.style(Role::Accent), canvas.style(Role::Dim));
    let mut line = canvas.line(Rect { x: area.right() - taken, width: taken, ..area }, area.y);
    for hint in &hints {
        line.skip(2);
        hint.put(&mut line, accent, dim);
    }
    taken
}

const fn label(question: Question) -> &'static str {
    match question {
        Question::Search => "/",
        Question::Filter => "Filter: ",
        Question::Cards => "Filter the sidebar: ",
        Question::Correct(_, MetadataField::Title) => "Title: ",
        Question::Correct(_, MetadataField::Outlet) => "Outlet: ",
        Question::Correct(_, MetadataField::Byline) => "Byline: ",
        Question::Correct(_, MetadataField::Date) => "Date (2026-02-11): ",
        Question::ExportPath(ExportFormat::Toml) => "Export as TOML to: ",
        Question::ExportPath(ExportFormat::Markdown) => "Export as Markdown to: ",
    }
}

/// What the half-typed answer has found.
fn aside(canvas: &Canvas<'_>, prompt: &Prompt) -> String {
    let model = canvas.model;
    if prompt.field.is_empty() {
        return String::new();
    }
    match prompt.question {
        Question::Search => model.reading.as_ref().map_or_else(String::new, |reading| {
            let matches = &reading.found.matches;
            let nth = matches.partition_point(|found| found.start <= reading.cursor);
            match matches.len() {
                0 => "not found".to_owned(),
                all => format!("{nth} of {all}"),
            }
        }),
        Question::Filter => {
            format!("{} of {}", model.library.shown.len(), model.library.len())
        }
        Question::Cards => model.sidebar.cards.len().to_string(),
        Question::Correct(..) | Question::ExportPath(_) => String::new(),
    }
}
