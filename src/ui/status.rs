//! The last row: what has happened or where one is, and what the next keys are.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hint::{cells, fitting, hints};
use super::wording::{DOT, counted};
use crate::app::{Awaiting, Gravity, Model, Notebook, Reading};
use crate::config::{Keys, Role};
use crate::text::{clean, width};

/// Words of a selection that are counted; whoever selects more need not know how many.
const COUNTED: usize = 100_000;
/// Scalar values of a selection that are quoted.
const QUOTED: usize = 200;

/// Draws the last row.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let row = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let ground = canvas.style(Role::Status);
    let pieces = left(canvas.model);
    let taken: usize = pieces.iter().map(|(words, _)| width(words)).sum();
    let pending = pending(canvas.model);
    let room = usize::from(row.width).saturating_sub(width(&pending) + 1);
    let hints = if canvas.model.input.pressed.is_empty() {
        fitting(hints(canvas.model), room.saturating_sub(taken))
    } else {
        Vec::new()
    };
    let (accent, styles) = (canvas.style(Role::Accent), styles(canvas, &pieces));
    let mut line = canvas.line(row, row.y);
    if !pending.is_empty() {
        line.put_right(&pending, accent);
    }
    let left = line.room().saturating_sub(cells(&hints));
    let end = line.at() + u16::try_from(left).unwrap_or(0);
    let mut start = canvas.line(Rect { width: end - row.x, ..row }, row.y);
    for ((words, _), style) in pieces.iter().zip(styles) {
        start.put(words, ground.patch(style));
    }
    let mut line = canvas.line(Rect { x: end, width: row.right() - end, ..row }, row.y);
    for hint in &hints {
        line.skip(2);
        hint.put(&mut line, accent, ground);
    }
}

fn styles(canvas: &Canvas<'_>, pieces: &[(String, Role)]) -> Vec<ratatui::style::Style> {
    pieces.iter().map(|(_, role)| canvas.style(*role)).collect()
}

/// Keys that wait for the next one.
fn pending(model: &Model) -> String {
    let count = model.input.count.map(|count| count.to_string()).unwrap_or_default();
    let pressed = &model.input.pressed;
    if pressed.is_empty() { count } else { format!("{count}{}…", Keys::new(pressed)) }
}

/// What stands at the left, in pieces: what failed, a message, what is awaited, what is selected, or
/// where one is.
fn left(model: &Model) -> Vec<(String, Role)> {
    let failed = model.notebook.unsaved.values().find_map(|unsaved| unsaved.problem.as_deref());
    if let Some(problem) = failed {
        return vec![(format!("NOT SAVED: {problem}"), Role::Error)];
    }
    if let Some(message) = &model.status.message {
        let role = match message.gravity {
            Gravity::Note => Role::Message,
            Gravity::Error => Role::Warning,
        };
        return vec![(clean(&message.text).into_owned(), role)];
    }
    if let Some(awaiting) = model.input.awaiting {
        return vec![(asked(awaiting).to_owned(), Role::Message)];
    }
    let saved = saved(&model.notebook);
    let Some(reading) = &model.reading else { return vec![(saved.to_owned(), Role::Status)] };
    if let Some(selected) = selected(reading) {
        return vec![(selected, Role::Message)];
    }
    let dot = if saved.is_empty() { "" } else { DOT };
    vec![(format!("{saved}{dot}{}", place(reading)), Role::Status)]
}

const fn asked(awaiting: Awaiting) -> &'static str {
    match awaiting {
        Awaiting::Find { till: false } => "to which character?",
        Awaiting::Find { till: true } => "to just before which character?",
        Awaiting::SetMark => "which letter for the mark?",
        Awaiting::GoToMark => "to the mark of which letter?",
    }
}

/// Whether what was changed in this run is safe.
fn saved(notebook: &Notebook) -> &'static str {
    match (notebook.unsaved.is_empty(), notebook.last_ticket) {
        (false, _) => "saving…",
        (true, 0) => "",
        (true, _) => "saved",
    }
}

/// How many words are selected, and which.
fn selected(reading: &Reading) -> Option<String> {
    let words = reading.selected()?.of(reading.text());
    let count = words.split_whitespace().take(COUNTED + 1).count();
    let count =
        if count > COUNTED { format!("over {COUNTED} words") } else { counted(count, "word") };
    let start: String = words.chars().take(QUOTED).collect();
    Some(format!("{count} selected: “{}”", clean(start.trim())))
}

/// How far the screen reaches into the text, and which paragraph the cursor is in.
fn place(reading: &Reading) -> String {
    let percent = format!("{} %", reading.percent());
    match reading.paragraph() {
        Some((nth, of)) => format!("{percent}  ¶ {nth} of {of}"),
        None => percent,
    }
}
