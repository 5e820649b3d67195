//! The title row of the text pane.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::wording::{DOT, counted, day, dotted, dotted_within, minutes};
use crate::app::{Entry, Model, Pane, Reading, RowKind};
use crate::config::Role;
use crate::corpus::{Article, BlockKind};
use crate::text::width;

/// Draws what is known of the open article: where the text stands alone, its title once that has
/// left the screen, and where in it one is.
pub(super) fn draw(canvas: &mut Canvas<'_>, pane: Rect) {
    let Some(reading) = &canvas.model.reading else { return };
    let Some(entry) = canvas.model.library.entry(reading.id) else { return };
    let alone = canvas.model.view.screen.text_alone();
    let aligned = canvas.model.page_area().x.saturating_sub(pane.x);
    let inset = if alone { aligned.min(1) } else { aligned };
    let row = Rect { x: pane.x + inset, width: pane.width.saturating_sub(inset + 1), ..pane };
    let place = if alone { position(canvas.model, reading) } else { String::new() };
    let dim = canvas.style(Role::Dim);
    let mut line = canvas.line(row, row.y);
    if alone {
        line.put_right(&place, dim).skip_end(1);
    }
    let width = u16::try_from(line.room()).unwrap_or(0);
    draw_left(canvas, reading, entry, Rect { width, ..row }, alone);
}

/// The outlet, or the title where it is not on screen, then what else is known.
fn draw_left(canvas: &mut Canvas<'_>, reading: &Reading, entry: &Entry, row: Rect, alone: bool) {
    let (title, dim) = (canvas.title(Pane::Text), canvas.style(Role::Dim));
    let shows_title = reading.rows.iter().any(|row| {
        row.kind == RowKind::Text(BlockKind::Title)
            && reading.block_at(row.span.start).is_some_and(|block| block.part == 0)
    });
    let metadata = entry.metadata();
    let head = metadata.outlet.filter(|_| shows_title || !alone);
    let outlet_leads = head.is_some();
    let state = state(canvas.model, entry);
    let mut line = canvas.line(row, row.y);
    line.put(head.as_deref().unwrap_or_else(|| entry.title()), title);
    if alone && !outlet_leads {
        return;
    }
    let quotations = reading.quotations.iter().filter(|it| it.is_quotation()).count();
    let facts = [
        state,
        metadata.byline,
        metadata.published.map(day),
        encoding(reading),
        entry.words().map(minutes),
        (quotations > 0).then(|| counted(quotations, "quotation")),
    ];
    let facts = dotted_within(line.room().saturating_sub(width(DOT)), facts);
    line.put(DOT, dim).put(&facts, dim);
}

/// What is not as it should be of the article's file and its notes.
fn state(model: &Model, entry: &Entry) -> Option<String> {
    let gone = model.library.gone.contains_key(&entry.id);
    let changed = model.library.changed.contains(&entry.id);
    let unusable = model.notebook.unusable.contains_key(&entry.id);
    let said = dotted([
        gone.then(|| "not on the disk".to_owned()),
        changed.then(|| "changed on the disk".to_owned()),
        unusable.then(|| "notes read-only".to_owned()),
    ]);
    (!said.is_empty()).then_some(said)
}

/// What the text was decoded from, where that is not what nearly all texts are.
fn encoding(reading: &Reading) -> Option<String> {
    let Article { encoding, replaced, .. } = &*reading.article;
    match replaced {
        0 => (*encoding != "UTF-8").then(|| (*encoding).to_owned()),
        _ => Some(format!("{encoding}, {replaced} \u{FFFD}")),
    }
}

/// Which article of the list it is, and how far the screen reaches into it.
fn position(model: &Model, reading: &Reading) -> String {
    let shown = &model.library.shown;
    let rank = model.library.index_of(Some(reading.id));
    let rank = rank.filter(|_| shown.len() > 1).map(|rank| format!("{}/{}", rank + 1, shown.len()));
    dotted([rank, Some(format!("{} %", reading.percent()))])
}
