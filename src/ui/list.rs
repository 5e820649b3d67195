//! The article list.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::line::Line;
use super::notice;
use super::wording::{counted, day, dotted, minutes};
use crate::app::{Action, Entry, Library, Pane};
use crate::config::Role;
use crate::corpus::ArticleId;
use crate::text::{clean, fit, width};

/// Cells left of the titles: the sign of the cursor, and that of what is picked.
const INSET: usize = 2;

/// Draws the list: its title row, its articles, and at its end what could not be read.
pub(super) fn draw(canvas: &mut Canvas<'_>, pane: Rect) {
    draw_head(canvas, pane);
    let library = &canvas.model.library;
    let items = canvas.model.items_area();
    let rows = canvas.model.view.screen.item_rows();
    let mut y = items.y;
    for &article in library.shown.iter().skip(library.top) {
        if y.saturating_add(rows) > items.bottom() {
            break;
        }
        let area = Rect { y, height: rows, ..items };
        if let Some(entry) = library.entry(article) {
            draw_item(canvas, entry, area);
        }
        y += rows;
    }
    if library.shown.is_empty() {
        draw_empty(canvas, items);
    }
    draw_problems(canvas, pane, y);
}

fn draw_head(canvas: &mut Canvas<'_>, pane: Rect) {
    let (title, dim) = (canvas.title(Pane::List), canvas.style(Role::Dim));
    let facts = head(&canvas.model.library);
    canvas.line(pane, pane.y).skip(1).put("Articles", title).skip(2).put(&facts, dim);
}

fn head(library: &Library) -> String {
    let (shown, all) = (library.shown.len(), library.entries.len());
    let filter = library.filter.text();
    let count = if shown == all { all.to_string() } else { format!("{shown} of {all}") };
    dotted([
        Some(count),
        (!library.walked).then(|| "reading…".to_owned()),
        (!filter.is_empty()).then(|| format!("/{filter}")),
        Some(library.sort.name().to_owned()),
    ])
}

fn draw_item(canvas: &mut Canvas<'_>, entry: &Entry, area: Rect) {
    let model = canvas.model;
    let here = model.library.selected == Some(entry.id);
    let focused = model.view.focus == Pane::List;
    // The blank row below an item belongs to none.
    let words = Rect { height: area.height.min(3), ..area };
    if here && focused {
        canvas.tint(words, Role::Selected);
    }
    let sign = canvas.style(if focused { Role::Accent } else { Role::Dim });
    for row in words.rows().filter(|_| here) {
        canvas.line(row, row.y).put("▌", sign);
    }
    if model.library.picked.contains(&entry.id) {
        let accent = canvas.style(Role::Accent);
        canvas.line(area, area.y).skip(1).put("✓", accent);
    }
    draw_title(canvas, entry, area);
    let dim = canvas.style(Role::Dim);
    let lines = if area.height > 2 { facts(entry, notes(canvas, entry.id)) } else { Vec::new() };
    for (line, y) in lines.iter().zip(area.y + 1..area.bottom()) {
        canvas.line(area, y).skip(INSET).put(line, dim);
    }
    if area.height <= 2 {
        let mut line = canvas.line(area, area.y + 1);
        line.skip(INSET);
        put_facts(&mut line, entry, dim);
    }
}

fn draw_title(canvas: &mut Canvas<'_>, entry: &Entry, area: Rect) {
    let open = canvas.model.reading.as_ref().is_some_and(|reading| reading.id == entry.id);
    let style = canvas.style(if open { Role::Title } else { Role::Text });
    let unread = canvas.style(Role::Unread);
    let mut line = canvas.line(area, area.y);
    line.skip(INSET).put_right(if entry.read { " " } else { "● " }, unread);
    line.put(&entry.title(), style);
}

fn notes(canvas: &Canvas<'_>, article: ArticleId) -> usize {
    canvas.model.notebook.of(article).count()
}

/// What stands under a title where there is room for two rows.
fn facts(entry: &Entry, notes: usize) -> Vec<String> {
    let first = [
        entry.outlet().map(str::to_owned),
        entry.published().map(day),
        Some(minutes(entry.digest.words)),
    ];
    let second = [
        (entry.stretches > 0).then(|| counted(entry.stretches, "quotation")),
        (notes > 0).then(|| counted(notes, "note")),
        percent(entry),
    ];
    vec![dotted(first), dotted(second)]
}

fn percent(entry: &Entry) -> Option<String> {
    let percent = entry.percent_read();
    (percent > 0).then(|| format!("{percent} %"))
}

/// What stands under a title where there is one row: the outlet is shortened, not the rest.
fn put_facts(line: &mut Line<'_>, entry: &Entry, style: ratatui::style::Style) {
    let rest =
        dotted([entry.published().map(day), Some(minutes(entry.digest.words)), percent(entry)]);
    let outlet = clean(entry.outlet().unwrap_or_default()).into_owned();
    let room = line.room().saturating_sub(width(&rest) + 4);
    let outlet = fit(&outlet, room).into_owned();
    line.put(&dotted([Some(outlet), Some(rest)]), style);
}

fn draw_empty(canvas: &mut Canvas<'_>, items: Rect) {
    let library = &canvas.model.library;
    let area = Rect { x: items.x + 2, width: items.width.saturating_sub(3), ..items };
    if library.filter.is_empty() {
        if library.walked {
            notice::draw(canvas, area, ["No articles.", "Open a folder of .txt files."]);
        }
        return;
    }
    let first = format!("No article matches “{}”.", library.filter.text());
    let escape = canvas.model.keys_for(Action::Escape).unwrap_or_default();
    notice::draw(canvas, area, [&first, &format!("{escape} shows all of them.")]);
}

/// What could not be read: a line each below the last article where there is room, and how many at
/// the end of the pane.
fn draw_problems(canvas: &mut Canvas<'_>, pane: Rect, from: u16) {
    let problems = &canvas.model.library.problems;
    let Some(last) = pane.bottom().checked_sub(1).filter(|_| !problems.is_empty()) else { return };
    let (warning, dim) = (canvas.style(Role::Warning), canvas.style(Role::Dim));
    for (problem, y) in problems.iter().zip(from..last) {
        canvas.line(pane, y).skip(INSET).put(problem, dim);
    }
    let words = format!("{} could not be read", counted(problems.len(), "file"));
    canvas.line(pane, last).skip(INSET).put(&words, warning);
}
