//! The article list.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::notice;
use crate::app::wording::{DOT, counted, day, dotted, dotted_within, minutes, working};
use crate::app::{Action, Entry, Library, Pane};
use crate::config::Role;
use crate::text::{Span, clean, fit, width, wrap};

/// Cells left of the titles: the sign of the cursor, and space.
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
    let library = &canvas.model.library;
    let mut line = canvas.line(pane, pane.y);
    line.skip(1).put("Articles", title).skip(2);
    let facts = head(library, line.room());
    line.put(&facts, dim);
}

fn head(library: &Library, room: usize) -> String {
    let (shown, all) = (library.shown.len(), library.len());
    let filter = library.filter.text();
    let count = if shown == all { all.to_string() } else { format!("{shown} of {all}") };
    let facts = [
        Some(count),
        working(library),
        (!filter.is_empty()).then(|| format!("/{filter}")),
        Some(library.sort.name().to_owned()),
    ];
    dotted_within(room, facts)
}

fn draw_item(canvas: &mut Canvas<'_>, entry: &Entry, area: Rect) {
    let model = canvas.model;
    let here = model.library.selected == Some(entry.id);
    let focused = model.view.focus == Pane::List;
    // The blank row below an item belongs to none.
    let words = if area.height > 2 { Rect { height: area.height - 1, ..area } } else { area };
    let sign = canvas.style(if focused { Role::Accent } else { Role::Dim });
    for row in words.rows().filter(|_| here) {
        canvas.line(row, row.y).put("▌", sign);
    }
    let dim = canvas.style(Role::Dim);
    let short = area.height <= 2;
    let below = area.y + draw_title(canvas, entry, area);
    let room = usize::from(area.width).saturating_sub(INSET + 1);
    let gone = model.library.gone.contains_key(&entry.id).then(|| "not on the disk".to_owned());
    let aside = gone.clone().or_else(|| percent(entry)).filter(|_| short);
    let first = published(entry, room, aside);
    canvas.line(area, below).skip(INSET).put(&first, dim);
    if !short {
        let counts = counts(entry, model.notebook.of(entry.id).count(), gone);
        canvas.line(area, below + 1).skip(INSET).put(&counts, dim);
    }
    if here && focused {
        canvas.select(words);
    }
}

/// Draws the title, on two rows where the item has them; how many it took.
fn draw_title(canvas: &mut Canvas<'_>, entry: &Entry, area: Rect) -> u16 {
    let open = canvas.model.reading.as_ref().is_some_and(|reading| reading.id == entry.id);
    let style = canvas.style(if open { Role::Title } else { Role::Text });
    let picked = canvas.model.library.picked.contains(&entry.id);
    let (accent, unread) = (canvas.style(Role::Accent), canvas.style(Role::Unread));
    let mut line = canvas.line(area, area.y);
    line.skip(INSET).put_end(if entry.read { "  " } else { "● " }, unread);
    line.put_right(if picked { "✓ " } else { "" }, accent);
    let title = entry.title();
    let title = clean(title);
    let room = line.room();
    if area.height < 5 || width(&title) <= room {
        line.put(&title, style);
        return 1;
    }
    let first = wrap(&title, Span::new(0, title.len()), room).first().copied().unwrap_or_default();
    line.put(first.of(&title).trim_end(), style);
    let rest = Span::new(first.end.get(), title.len()).of(&title);
    let area = Rect { width: area.width.saturating_sub(1), ..area };
    canvas.line(area, area.y + 1).skip(INSET).put(rest, style);
    2
}

/// By whom and when it was published, and how long it is: the outlet is shortened before the rest.
fn published(entry: &Entry, room: usize, aside: Option<String>) -> String {
    let day = entry.published().map(day);
    let outlet = clean(entry.outlet().unwrap_or_default()).into_owned();
    let kept = room.saturating_sub(day.as_deref().map_or(0, |day| width(day) + width(DOT)));
    let outlet = fit(&outlet, kept).into_owned();
    let length = entry.words().map(minutes);
    dotted_within(room, [Some(outlet), day, aside, length])
}

/// What there is in it, and how far it has been read.
fn counts(entry: &Entry, notes: usize, gone: Option<String>) -> String {
    let quotations = entry.quotations.and_then(|number| usize::try_from(number).ok());
    let quotations = quotations.filter(|&number| number > 0);
    dotted([
        gone,
        quotations.map(|number| counted(number, "quotation")),
        (notes > 0).then(|| counted(notes, "note")),
        percent(entry),
    ])
}

fn percent(entry: &Entry) -> Option<String> {
    let percent = entry.percent_read();
    (percent > 0).then(|| format!("{percent} %"))
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
