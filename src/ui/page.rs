//! The text pane: the rows of the article, what lies over them, and the signs in their margin.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::layer::Layers;
use super::notice;
use crate::app::wording::{DOT, counted, dotted};
use crate::app::{Action, PageRow, Pane, Placed, Reading, RowKind, indent};
use crate::config::Role;
use crate::corpus::BlockKind;
use crate::note::Status;
use crate::text::{Span, clean, column, glyphs};

/// Draws the rows of the open article, or what to do where none is open.
pub(super) fn draw(canvas: &mut Canvas<'_>, pane: Rect) {
    let sheet = canvas.model.page_area();
    let Some(reading) = &canvas.model.reading else {
        draw_nothing_open(canvas, sheet);
        return;
    };
    if reading.rows.is_empty() {
        let next = canvas.model.keys_for(Action::ArticleNext).unwrap_or_default();
        notice::draw(canvas, sheet, ["This article is empty.", &format!("{next} goes on.")]);
        return;
    }
    let placed = on_screen(reading);
    for (row, y) in reading.rows.iter().zip(sheet.top()..sheet.bottom()) {
        let at = Rect { y, height: 1, ..sheet };
        draw_row(canvas, reading, *row, &placed, at);
        draw_signs(canvas, pane, *row, &placed, at);
    }
    if canvas.model.view.focus == Pane::Text {
        place_cursor(canvas, reading, sheet);
    }
}

/// The annotations that reach into the rows on screen, the outer before the inner.
fn on_screen(reading: &Reading) -> Vec<Placed> {
    let shown = Span { start: reading.top_offset(), end: reading.bottom_offset() };
    let before_end = reading.placed.partition_point(|placed| placed.span.start < shown.end);
    let placed = reading.placed.iter().take(before_end);
    placed.filter(|placed| placed.span.end > shown.start).copied().collect()
}

const fn role(kind: BlockKind) -> Role {
    match kind {
        BlockKind::Title => Role::Title,
        BlockKind::Dek => Role::Dek,
        BlockKind::Outlet | BlockKind::Byline | BlockKind::Dateline => Role::Dim,
        BlockKind::Heading => Role::Heading,
        BlockKind::Caption | BlockKind::Credit => Role::Caption,
        BlockKind::Chrome => Role::Chrome,
        BlockKind::Paragraph => Role::Text,
    }
}

fn draw_row(
    canvas: &mut Canvas<'_>,
    reading: &Reading,
    row: PageRow,
    placed: &[Placed],
    area: Rect,
) {
    match row.kind {
        RowKind::Blank => {}
        RowKind::Text(kind) => draw_words(canvas, reading, row.span, kind, placed, area),
        RowKind::Fold(blocks) => draw_fold(canvas, blocks, area),
        RowKind::Part(part) => draw_part(canvas, reading, part, area),
    }
}

fn draw_words(
    canvas: &mut Canvas<'_>,
    reading: &Reading,
    span: Span,
    kind: BlockKind,
    placed: &[Placed],
    area: Rect,
) {
    let base = canvas.style(role(kind));
    let layers = Layers::over(span, reading, placed, canvas);
    let rule = canvas.style(Role::Rule);
    let mut line = canvas.line(area, area.y);
    let indent = usize::from(indent(kind));
    if indent > 0 {
        line.put("▏", rule).skip(indent - 1);
    }
    // The white space at a row's end may hang over its edge, and shows nothing.
    let words = span.of(reading.text()).trim_end().len();
    for glyph in glyphs(reading.text(), Span { end: span.start + words, ..span }) {
        line.put_glyph(&glyph, layers.style(base, glyph.span.start));
    }
}

fn draw_fold(canvas: &mut Canvas<'_>, blocks: usize, area: Rect) {
    let keys = canvas.model.keymap.keys_for(Action::ToggleFurniture.name(), &["text"]);
    let opens = keys.map_or_else(String::new, |keys| format!(" ({keys} opens)"));
    let style = canvas.style(Role::Chrome);
    let words = format!("⋯ {} of page furniture{opens}", counted(blocks, "line"));
    canvas.line(area, area.y).put(&words, style);
}

/// The head of a further report in the same text: a rule with its outlet and title.
fn draw_part(canvas: &mut Canvas<'_>, reading: &Reading, part: usize, area: Rect) {
    let (rule, dim) = (canvas.style(Role::Rule), canvas.style(Role::Dim));
    let part = reading.article.parts.get(part);
    let facts = part.map(|part| [part.outlet.clone(), part.title.clone()]);
    let words = clean(&dotted(facts.into_iter().flatten())).into_owned();
    let mut line = canvas.line(area, area.y);
    line.put("── ", rule);
    line.put(if words.is_empty() { "another article" } else { &words }, dim);
    line.put(" ", rule).fill("─", rule);
}

/// The signs left of a row: the colour of a highlight that starts there, an asterisk where it has a
/// note, a tilde where its words have changed.
fn draw_signs(canvas: &mut Canvas<'_>, pane: Rect, row: PageRow, placed: &[Placed], area: Rect) {
    let starting: Vec<&Placed> =
        placed.iter().filter(|placed| row.span.contains(placed.span.start)).collect();
    let Some(last) = starting.last() else { return };
    let noted = starting.iter().any(|placed| placed.noted);
    let moved = starting.iter().any(|placed| placed.status == Status::Moved);
    let mark = match (moved, noted) {
        (true, _) => Some(("~", canvas.style(Role::Warning))),
        (_, true) => Some(("*", canvas.style(Role::Mark))),
        _ => None,
    };
    let color = ("▍", canvas.sign(last.color));
    let margin = area.x.saturating_sub(pane.x);
    if margin >= 3 {
        put_sign(canvas, area, 2, color);
        if let Some(mark) = mark {
            put_sign(canvas, area, 3, mark);
        }
    } else if margin >= 1 {
        put_sign(canvas, area, 1, mark.unwrap_or(color));
    }
}

/// Puts a sign so many cells left of a row.
fn put_sign(canvas: &mut Canvas<'_>, row: Rect, left: u16, sign: (&str, Style)) {
    let cell = Rect { x: row.x.saturating_sub(left), width: 1, ..row };
    canvas.line(cell, row.y).put(sign.0, sign.1);
}

fn place_cursor(canvas: &mut Canvas<'_>, reading: &Reading, page: Rect) {
    let at = reading.cursor;
    let here = reading
        .rows
        .iter()
        .zip(page.top()..page.bottom())
        .rfind(|(row, _)| row.holds_cursor() && (row.span.contains(at) || row.span.end == at));
    let Some((row, y)) = here else { return };
    let cells = match row.kind {
        RowKind::Text(kind) => usize::from(indent(kind)) + column(reading.text(), row.span, at).0,
        _ => 0,
    };
    let cells = u16::try_from(cells).unwrap_or(u16::MAX);
    canvas.set_cursor(page.x.saturating_add(cells).min(page.right().saturating_sub(1)), y);
}

fn draw_nothing_open(canvas: &mut Canvas<'_>, page: Rect) {
    let model = canvas.model;
    let library = &model.library;
    let keys = |action| model.keys_for(action).unwrap_or_default();
    let opening = model.opening.is_some_and(|opening| !opening.arrived);
    if opening || (!library.listed && library.problems.is_empty()) {
        notice::draw(canvas, page, ["reading…", ""]);
    } else if library.is_empty() {
        let next = format!(
            "pullquote --sample opens some to look around in; {} quits.",
            keys(Action::Quit)
        );
        let what = "There are no articles here: name a folder of .txt files.";
        notice::draw(canvas, page, [what, &next]);
    } else {
        let next = format!(
            "{} goes to the list{DOT}{} finds one by its name",
            keys(Action::PanePrevious),
            keys(Action::GoToArticle)
        );
        notice::draw(canvas, page, ["No article is open.", &next]);
    }
}
