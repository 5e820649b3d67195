//! A list to pick from, filtered as you type.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::notice;
use super::popup::{Frame, draw as draw_popup, draw_field};
use crate::app::{Choice, Item, Picker};
use crate::config::Role;
use crate::text::{fit, width};

/// Cells and rows of the panel where there is room.
const SIZE: (u16, u16) = (104, 40);
/// Rows of a panel with next to nothing in it.
const LEAST: u16 = 8;

/// Draws the panel in the middle of the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, picker: &Picker) {
    let inner = draw_panel(canvas, picker);
    let query = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
    let accent = canvas.style(Role::Accent);
    let rule = canvas.style(Role::Rule);
    canvas.line(inner, inner.y).put("›", accent);
    canvas.line(inner, inner.y + 1).fill("─", rule);
    let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    draw_items(canvas, picker, body);
    draw_field(canvas, query.intersection(inner), &picker.field);
}

fn draw_panel(canvas: &mut Canvas<'_>, picker: &Picker) -> Rect {
    let screen = canvas.model.view.screen.area;
    let width = SIZE.0.min(screen.width.saturating_sub(4));
    let items = u16::try_from(picker.items.len()).unwrap_or(u16::MAX);
    let wanted = items.saturating_mul(rows_each(picker)).saturating_add(4).max(LEAST);
    let height = wanted.min(SIZE.1).min(screen.height.saturating_sub(3));
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 3,
        width,
        height,
    };
    let count = format!("{} of {}", picker.matching.len(), picker.items.len());
    draw_popup(canvas, area, &Frame { title: picker.title, aside: &count, foot: "" })
}

/// Rows of an item: what says much of itself has a second one for what else helps to know it.
fn rows_each(picker: &Picker) -> u16 {
    match picker.items.first().map(|item| item.choice) {
        Some(
            Choice::Article(_) | Choice::Annotation(..) | Choice::Reanchor(_) | Choice::Nothing,
        ) => 2,
        Some(Choice::Action(_) | Choice::Export(_) | Choice::Speaker(_)) | None => 1,
    }
}

fn draw_items(canvas: &mut Canvas<'_>, picker: &Picker, body: Rect) {
    if picker.matching.is_empty() {
        let what = if picker.items.is_empty() { "Nothing here yet." } else { "Nothing matches." };
        notice::draw(canvas, Rect { x: body.x + 2, ..body }.intersection(body), [what, ""]);
        return;
    }
    let rows = rows_each(picker);
    let shown = usize::from((body.height / rows).max(1));
    let last_top = picker.matching.len().saturating_sub(shown);
    let top = picker.selected.saturating_sub(shown / 2).min(last_top);
    let mut y = body.y;
    for (index, &at) in picker.matching.iter().enumerate().skip(top).take(shown) {
        let area = Rect { y, height: rows, ..body }.intersection(body);
        if let Some(item) = picker.items.get(at) {
            draw_item(canvas, item, index == picker.selected, area);
        }
        y += rows;
    }
}

fn draw_item(canvas: &mut Canvas<'_>, item: &Item, selected: bool, area: Rect) {
    let (accent, text, dim) =
        (canvas.style(Role::Accent), canvas.style(Role::Text), canvas.style(Role::Dim));
    let sign = canvas.sign(item.color);
    let mut line = canvas.line(area, area.y);
    line.put(if selected { "▌" } else { " " }, accent);
    line.put(if item.color.is_some() { "▍" } else { " " }, sign);
    if area.height == 1 {
        // What is short is not shortened for the sake of what is long.
        let spare = line.room().saturating_sub(width(&item.label) + 3);
        let detail = fit(&item.detail, spare.max(line.room() / 3)).into_owned();
        line.put_right(&format!("{detail} "), dim).put(&item.label, text);
    } else {
        line.put(&item.label, text);
        canvas.line(area, area.y + 1).skip(4).put(&item.detail, dim);
    }
    if selected {
        canvas.select(area);
    }
}
