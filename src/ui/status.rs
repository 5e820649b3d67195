//! The last row: what has happened or where one is, and what the next keys are.

use ratatui::layout::Rect;

use super::alert;
use super::canvas::Canvas;
use super::hint::{cells, fitting, hints};
use crate::app::wording::{counted, dotted, working};
use crate::app::{Awaiting, Model, Overlay, Reading};
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
    let pieces = left(canvas.model, row.width);
    let mut taken: usize = pieces.iter().map(|(words, _)| width(words)).sum();
    if pieces.iter().any(|(_, role)| *role == Role::Selection) {
        // The words are seen in the text; the keys that act on them are not.
        taken = taken.min(usize::from(row.width / 2));
    }
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
fn left(model: &Model, cells: u16) -> Vec<(String, Role)> {
    if let Some(wrong) = alert::wrong(model) {
        // What does not fit here stands in full in the panel above.
        let fits = alert::long(model, cells).is_none();
        return if fits { vec![wrong] } else { vec![(saved(model).to_owned(), Role::Status)] };
    }
    if let Some(awaiting) = model.input.awaiting {
        return vec![(asked(awaiting).to_owned(), Role::Message)];
    }
    if let Some(message) = &model.status.message {
        return vec![(clean(&message.text).into_owned(), Role::Message)];
    }
    let saved = Some(saved(model).to_owned());
    let Some(reading) = &model.reading else { return vec![(dotted([saved]), Role::Status)] };
    // Of a note on it, whether that is saved is of more weight.
    let writing = matches!(&model.overlay, Some(Overlay::Note(_)));
    if let Some((count, words)) = selected(reading).filter(|_| !writing) {
        return vec![(format!("{count} selected "), Role::Message), (words, Role::Selection)];
    }
    vec![(dotted([saved, Some(place(model, reading))]), Role::Status)]
}

const fn asked(awaiting: Awaiting) -> &'static str {
    match awaiting {
        Awaiting::Find { till: false } => "to which character?",
        Awaiting::Find { till: true } => "to just before which character?",
        Awaiting::SetMark => "which letter for the mark?",
        Awaiting::GoToMark => "to the mark of which letter?",
    }
}

/// Whether what was changed in this run is safe, the words of a note being typed included.
fn saved(model: &Model) -> &'static str {
    let typed = matches!(&model.overlay, Some(Overlay::Note(note)) if note.changed.is_some());
    match (typed || !model.notebook.unsaved.is_empty(), model.notebook.last_ticket) {
        (true, _) => "saving…",
        (false, 0) => "",
        (false, _) => "saved",
    }
}

/// How many words are selected, and which.
fn selected(reading: &Reading) -> Option<(String, String)> {
    let words = reading.selected()?.of(reading.text());
    let count = words.split_whitespace().take(COUNTED + 1).count();
    let count =
        if count > COUNTED { format!("over {COUNTED} words") } else { counted(count, "word") };
    let start: String = words.chars().take(QUOTED).collect();
    Some((count, clean(start.trim()).into_owned()))
}

/// How far the screen reaches into the text, where the title row does not say it, and which paragraph
/// the cursor is in.
fn place(model: &Model, reading: &Reading) -> String {
    let alone = model.view.screen.text_alone();
    let percent = (!alone).then(|| format!("{} %", reading.percent()));
    let paragraph = reading.paragraph().map(|(nth, of)| format!("¶ {nth} of {of}"));
    // Where the list is on screen, it tells that.
    let working = model.view.screen.list.is_none().then(|| working(&model.library)).flatten();
    let known: Vec<String> = [percent, paragraph, working].into_iter().flatten().collect();
    known.join("  ")
}
