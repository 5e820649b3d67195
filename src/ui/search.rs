//! The search over the library: what is typed, and what was found by then.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::notice;
use super::popup::{Frame, draw as draw_popup, draw_field, panel};
use crate::app::wording::{counted, day, dotted};
use crate::app::{Hit, HitGroup, HitRow, LibrarySearch};
use crate::config::Role;
use crate::search::GRAMMAR;
use crate::text::{Span, clean, fit, glyphs, width};

/// Cells of the panel where there is room.
const WIDTH: u16 = 120;
/// Rows of it that are no list: the frame, what is typed, the rule.
const TAKEN: u16 = 4;
/// Rows that it takes to say what can be written.
#[expect(clippy::cast_possible_truncation, reason = "there are a dozen of them")]
const GRAMMAR_ROWS: u16 = GRAMMAR.len() as u16 + 1;
/// Rows of saved searches that are shown on the smallest screen.
const LEAST: u16 = 3;
/// Cells left of a hit.
const INSET: usize = 3;

/// Draws the panel over the panes.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let search = &canvas.model.library.search;
    let area = panel(canvas.model.view.screen.area, WIDTH);
    let (count, manner) = (summary(search), manner(search));
    let frame = Frame { title: "Search the library", aside: &count, foot: &manner };
    let inner = draw_popup(canvas, area, &frame);
    let (accent, rule) = (canvas.style(Role::Accent), canvas.style(Role::Rule));
    canvas.line(inner, inner.y).put("›", accent);
    canvas.line(inner, inner.y + 1).fill("─", rule);
    let body = Rect { y: inner.y + 2, height: area.height.saturating_sub(TAKEN), ..inner };
    draw_body(canvas, search, body.intersection(inner));
    let query = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
    draw_field(canvas, query.intersection(inner), &search.field);
}

/// How much was found, and how far the search has come where that takes time.
fn summary(search: &LibrarySearch) -> String {
    let progress = search.progress;
    if search.field.is_empty() {
        return String::new();
    }
    let found = (search.count > 0).then(|| {
        let articles = counted(search.groups.len(), "article");
        let first = if search.kept() < search.count { "the first are shown" } else { "" };
        let all = format!("{} in {articles}", counted(search.count, "hit"));
        dotted([Some(all), Some(first.to_owned())])
    });
    let searched = format!("{} of {} searched", progress.searched, progress.of);
    let way = match (search.is_running(), progress.cancelled) {
        (true, _) => progress.slow.then_some(searched),
        (false, true) => Some(format!("cancelled: {searched}")),
        (false, false) => None,
    };
    dotted([found, way])
}

/// What can be made of the words, and what is.
fn manner(search: &LibrarySearch) -> String {
    let sign = |on: bool| if on { " ✓" } else { "" };
    let (word, expression) = (sign(search.manner.word), sign(search.manner.expression));
    let saved = sign(search.saved.holds(search.field.text(), search.manner));
    dotted([
        Some(format!("Alt-w whole words{word}")),
        Some(format!("Alt-r expression{expression}")),
        (!search.is_blank()).then(|| format!("Alt-s save{saved}")),
    ])
}

fn draw_body(canvas: &mut Canvas<'_>, search: &LibrarySearch, body: Rect) {
    if search.is_blank() {
        let below = draw_saved(canvas, search, body);
        draw_grammar(canvas, below);
        return;
    }
    let mut list = body;
    if let Some(problem) = &search.problem {
        let warning = canvas.style(Role::Warning);
        canvas.line(body, body.y).put(problem, warning);
        list = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    } else if search.count == 0 {
        let what = if search.is_running() { "Searching…" } else { "Nothing is found." };
        notice::draw(canvas, Rect { x: body.x + 2, ..body }.intersection(body), [what, ""]);
        return;
    }
    for (row, area) in search.window(usize::from(list.height)).into_iter().zip(list.rows()) {
        draw_row(canvas, row, area);
    }
}

/// The saved searches; what is left below them.
fn draw_saved(canvas: &mut Canvas<'_>, search: &LibrarySearch, body: Rect) -> Rect {
    // What can be written is seen too, where there is room.
    let room = body.height.saturating_sub(GRAMMAR_ROWS).max(LEAST).min(body.height);
    let shown = search.saved.window(usize::from(room));
    let styles = [Role::Accent, Role::Text, Role::Dim].map(|role| canvas.style(role));
    let [accent, text, dim] = styles;
    let mut taken = 0;
    for ((saved, chosen), area) in shown.into_iter().zip(body.rows()) {
        let manner = dotted([
            saved.word.then(|| "whole words".to_owned()),
            saved.expression.then(|| "expression".to_owned()),
        ]);
        let mut line = canvas.line(area, area.y);
        line.put(if chosen { "▌" } else { " " }, accent).skip(1);
        line.put_right(&clean(&manner), dim).put(&clean(&saved.query), text);
        if chosen {
            canvas.select(area);
        }
        taken += 1;
    }
    Rect { y: body.y + taken, height: body.height - taken, ..body }
}

/// What can be written, and what it finds.
fn draw_grammar(canvas: &mut Canvas<'_>, body: Rect) {
    let (accent, dim) = (canvas.style(Role::Accent), canvas.style(Role::Dim));
    let wide = GRAMMAR.iter().map(|(written, _)| width(written)).max().unwrap_or_default();
    for ((written, finds), area) in GRAMMAR.iter().zip(body.rows().skip(1)) {
        let mut line = canvas.line(area, area.y);
        line.skip(2).put(written, accent);
        line.skip(wide + 2 - width(written)).put(finds, dim);
    }
}

/// Draws a row of the list.
pub(super) fn draw_row(canvas: &mut Canvas<'_>, row: HitRow<'_>, area: Rect) {
    match row {
        HitRow::Article(group) => draw_article(canvas, group, area),
        HitRow::Hit(hit, chosen) => draw_hit(canvas, hit, chosen, area),
        HitRow::More(count) => {
            let dim = canvas.style(Role::Dim);
            let more = format!("⋯ {count} more in this article");
            canvas.line(area, area.y).skip(INSET).put(&more, dim);
        }
    }
}

/// An article: its title, and by whom and when it was published.
fn draw_article(canvas: &mut Canvas<'_>, group: &HitGroup, area: Rect) {
    let Some(entry) = canvas.model.library.entry(group.article) else { return };
    let (title, dim) = (canvas.style(Role::Heading), canvas.style(Role::Dim));
    let count = (group.count > 1).then(|| group.count.to_string());
    let outlet = clean(entry.outlet().unwrap_or_default()).into_owned();
    let outlet = fit(&outlet, usize::from(area.width / 3)).into_owned();
    let facts = dotted([Some(outlet), entry.published().map(day), count]);
    canvas.line(area, area.y).put_right(&facts, dim).put(entry.title(), title);
}

/// A hit in its line, which is cut at its left so that the hit is seen.
fn draw_hit(canvas: &mut Canvas<'_>, hit: &Hit, chosen: bool, area: Rect) {
    let (accent, text, found) =
        (canvas.style(Role::Accent), canvas.style(Role::Text), canvas.style(Role::Match));
    let mut line = canvas.line(area, area.y);
    line.put(if chosen { "▌" } else { " " }, accent).skip(INSET - 1);
    let before = Span::between(Span::default().start, hit.mark.start).of(&hit.line);
    let after = hit.line.get(hit.mark.end.get()..).unwrap_or_default();
    let words = clean(hit.mark.of(&hit.line));
    let room = line.room();
    let lead = room.saturating_sub(width(&words).min(room / 2)) / 2;
    // What follows may need less than what is left for it.
    let lead = lead.max(room.saturating_sub(width(&words) + width(after)));
    line.put(&tail(before, lead), text).put(&words, found).put(after, text);
    if chosen {
        canvas.select(area);
    }
}

/// `text` on one line and in at most so many cells, cut at its left with `…` where it is too long.
fn tail(text: &str, cells: usize) -> String {
    let text = clean(text);
    let mut left = width(&text);
    if left <= cells {
        return text.into_owned();
    }
    let shown = glyphs(&text, Span::new(0, text.len())).skip_while(|glyph| {
        let hidden = left >= cells;
        left = left.saturating_sub(glyph.width);
        hidden
    });
    let shown: String = shown.map(|glyph| glyph.symbol).collect();
    if cells == 0 { String::new() } else { format!("…{shown}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_at_its_left() {
        assert_eq!(tail("harbour", 7), "harbour");
        assert_eq!(tail("harbour", 4), "…our");
        assert_eq!(tail("漢字仮名", 5), "…仮名");
        assert_eq!(tail("漢字仮名", 4), "…名");
        assert_eq!(tail("harbour", 1), "…");
        assert_eq!(tail("harbour", 0), "");
    }
}
