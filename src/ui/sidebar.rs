//! The quote sidebar: the cards of the open article.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::notice;
use crate::app::{Action, Card, CardRow, CardRowKind, Certainty, Model, Pane, Subject, Tab};
use crate::config::Role;
use crate::text::clean;

/// Cells left of the words of a card: the sign of the current one, and that of its colour.
const INSET: usize = 2;

/// Draws the sidebar: its title row and the cards from the top one on.
pub(super) fn draw(canvas: &mut Canvas<'_>, pane: Rect) {
    draw_head(canvas, pane);
    let body = canvas.model.cards_area();
    let sidebar = &canvas.model.sidebar;
    if sidebar.cards.is_empty() {
        draw_empty(canvas, body);
        return;
    }
    let mut y = body.y;
    let mut whole = sidebar.top;
    for (index, card) in sidebar.cards.iter().enumerate().skip(sidebar.top) {
        if y >= body.bottom() {
            break;
        }
        let rows = sidebar.rows(index, usize::from(body.width));
        let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(body.bottom() - y);
        let current = index == sidebar.selected && is_meant(canvas.model, card);
        draw_card(canvas, card, &rows, current, Rect { y, height, ..body });
        // The space below a card may hang over the end; a first row there gives way to the last one.
        let begun = y + 1 < body.bottom();
        let ended = usize::from(height) + 1 >= rows.len();
        y += height;
        whole += usize::from(begun || (ended && index + 1 == sidebar.cards.len()));
    }
    draw_rest(canvas, body, sidebar.cards.len().saturating_sub(whole));
}

/// How many there are, the ones shown brighter, and what they are filtered by.
fn draw_head(canvas: &mut Canvas<'_>, pane: Rect) {
    let sidebar = &canvas.model.sidebar;
    let (title, dim) = (canvas.title(Pane::Sidebar), canvas.style(Role::Dim));
    let of = |tab| if sidebar.tab == Tab::All || sidebar.tab == tab { title } else { dim };
    let filter = sidebar.filter.text();
    let (quotations, notes) = (of(Tab::Quotations), of(Tab::Notes));
    let mut line = canvas.line(pane, pane.y);
    line.skip(1).put(&format!("Quotations {}", sidebar.quotations), quotations);
    line.put(" · ", dim).put(&format!("Notes {}", sidebar.annotations), notes);
    if !filter.is_empty() {
        line.put(&format!(" · /{filter}"), dim);
    }
}

/// Whether the current card is one that a person has come to: the model makes the first on screen current
/// where the cursor is in none.
pub(super) fn is_meant(model: &Model, card: &Card) -> bool {
    let cursor = model.reading.as_ref().map(|reading| reading.cursor);
    let inside = card.span.zip(cursor).is_some_and(|(span, cursor)| span.contains(cursor));
    inside || model.view.focus == Pane::Sidebar
}

fn draw_card(canvas: &mut Canvas<'_>, card: &Card, rows: &[CardRow], current: bool, area: Rect) {
    let focused = canvas.model.view.focus == Pane::Sidebar;
    for (row, at) in rows.iter().zip(area.rows()) {
        if row.kind == CardRowKind::Space {
            continue;
        }
        if current {
            let sign = canvas.style(if focused { Role::Accent } else { Role::Dim });
            canvas.line(at, at.y).put("▌", sign);
        }
        if let Subject::Annotation(_) = card.subject {
            let sign = canvas.sign(card.color);
            canvas.line(at, at.y).skip(1).put("▍", sign);
        }
        draw_words(canvas, card, row, at);
        if current && focused {
            canvas.select(at);
        }
    }
}

fn draw_words(canvas: &mut Canvas<'_>, card: &Card, row: &CardRow, at: Rect) {
    let (dim, tag) = (canvas.style(Role::Dim), canvas.style(Role::Tag));
    let role = match (row.kind, card.subject) {
        (CardRowKind::Words, Subject::Quotation(_)) if card.is_quotation() => Role::Quote,
        (CardRowKind::Words, _) => Role::Dim,
        (CardRowKind::Now, _) => Role::Warning,
        _ => Role::Text,
    };
    let style = canvas.style(role);
    let speaker = speaker_style(canvas, card);
    let mut line = canvas.line(at, at.y);
    line.skip(INSET);
    if row.kind == CardRowKind::Speaker {
        line.put_right(&row.aside, dim);
        line.put(&row.text, speaker);
        return;
    }
    if row.kind != CardRowKind::Sign {
        line.put(&row.text, style);
        return;
    }
    let tags: Vec<String> = card.tags.iter().map(|tag| clean(tag).into_owned()).collect();
    let tags = tags.join(" · ");
    let kind = row.text.strip_suffix(tags.as_str()).unwrap_or(&row.text);
    line.put(kind, dim).put(&tags, tag);
}

/// The look of the speaker's name: in the speaker's colour, strong where it is sure.
pub(super) fn speaker_style(canvas: &Canvas<'_>, card: &Card) -> Style {
    let Some(voice) = &card.voice else { return canvas.style(Role::Text) };
    let color = voice.color.map_or_else(Style::default, |color| canvas.speaker(color));
    if voice.speaker.is_none() {
        return canvas.style(Role::Dim);
    }
    let style = canvas.style(Role::Text).patch(color);
    if voice.certainty == Certainty::Doubtful { style.italic() } else { style.bold() }
}

/// How many cards remain below.
fn draw_rest(canvas: &mut Canvas<'_>, body: Rect, rest: usize) {
    let last = Rect { y: body.bottom().saturating_sub(1), height: 1, ..body };
    if rest == 0 || body.is_empty() {
        return;
    }
    canvas.clear(last, Role::Text);
    let dim = canvas.style(Role::Dim);
    canvas.line(last, last.y).skip(INSET).put(&format!("⋯ {rest} more"), dim);
}

fn draw_empty(canvas: &mut Canvas<'_>, body: Rect) {
    let model = canvas.model;
    if model.reading.is_none() {
        return;
    }
    let area = Rect { x: body.x + 2, width: body.width.saturating_sub(3), ..body };
    let key = |action: Action, contexts: &[&str]| {
        model.keymap.keys_for(action.name(), contexts).map(ToString::to_string).unwrap_or_default()
    };
    let select = key(Action::SelectSentence, &["text", "everywhere"]);
    let note = key(Action::Note, &["text", "everywhere"]);
    let [what, next] = match (model.sidebar.filter.text(), model.sidebar.tab) {
        ("", Tab::Quotations | Tab::Speakers | Tab::All) => [
            "No quotations in this article.".to_owned(),
            format!("In the text, {select} selects a sentence, {note} writes a note."),
        ],
        ("", Tab::Notes) => [
            "No notes yet.".to_owned(),
            format!("In the text, {select} selects a sentence, {note} writes a note."),
        ],
        (typed, _) => [
            format!("Nothing here matches “{typed}”."),
            format!("{} shows all.", key(Action::Escape, &["sidebar", "everywhere"])),
        ],
    };
    notice::draw(canvas, area, [&what, &next]);
}
