//! A list to pick from, filtered as you type.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::notice;
use super::popup::{Frame, draw as draw_popup, draw_field};
use crate::app::{Item, Picker, PickerLayout};
use crate::config::Role;
use crate::text::{fit, width};

/// Draws the panel in the middle of the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, picker: &Picker) {
    let layout = picker.layout(canvas.model.view.screen.area);
    let inner = draw_panel(canvas, picker, &layout);
    let query = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
    let accent = canvas.style(Role::Accent);
    let rule = canvas.style(Role::Rule);
    canvas.line(inner, inner.y).put("›", accent);
    canvas.line(inner, inner.y + 1).fill("─", rule);
    draw_items(canvas, picker, &layout, layout.items.intersection(inner));
    draw_field(canvas, query.intersection(inner), &picker.field);
}

fn draw_panel(canvas: &mut Canvas<'_>, picker: &Picker, layout: &PickerLayout) -> Rect {
    let count = format!("{} of {}", picker.matching.len(), picker.len());
    draw_popup(canvas, layout.panel, &Frame { title: picker.title, aside: &count, foot: "" })
}

fn draw_items(canvas: &mut Canvas<'_>, picker: &Picker, layout: &PickerLayout, body: Rect) {
    if picker.matching.is_empty() {
        let what = if picker.is_empty() { "Nothing here yet." } else { "Nothing matches." };
        notice::draw(canvas, Rect { x: body.x + 2, ..body }.intersection(body), [what, ""]);
        return;
    }
    let library = &canvas.model.library;
    let mut y = body.y;
    for (index, &at) in picker.matching.iter().enumerate().skip(layout.top).take(layout.shown) {
        let area = Rect { y, height: layout.rows, ..body }.intersection(body);
        if let Some(item) = picker.item(at, library) {
            draw_item(canvas, &item, index == picker.selected, area);
        }
        y += layout.rows;
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
