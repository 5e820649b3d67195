//! The keys that matter here, in a few words each.

use super::line::Line;
use crate::app::{Action, Model, Overlay, Pane, RowKind, Subject};
use crate::config::Keys;
use crate::note::Status;
use crate::text::width;

/// Cells between two hints.
const GAP: usize = 2;

/// A key and what it does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint {
    pub(super) keys: String,
    pub(super) does: &'static str,
}

impl Hint {
    /// Its width in cells, the gap before it included.
    fn cells(&self) -> usize {
        GAP + width(&self.keys) + 1 + width(self.does)
    }

    pub(super) fn put(
        &self,
        line: &mut Line<'_>,
        key: ratatui::style::Style,
        does: ratatui::style::Style,
    ) {
        line.put(&self.keys, key).put(" ", does).put(self.does, does);
    }
}

/// The hints for what has the keys, the most wanted first, and the last one always to be shown.
pub(super) fn hints(model: &Model) -> Vec<Hint> {
    match &model.overlay {
        None => pane_hints(model),
        // These say in their own frame what their keys are.
        Some(Overlay::Note(_) | Overlay::Tags(_)) => Vec::new(),
        Some(Overlay::Prompt(_)) => fixed(&[("Enter", "takes it"), ("Esc", "leaves it")]),
        Some(Overlay::Picker(_)) => {
            fixed(&[("↑ ↓", "choose"), ("Enter", "takes it"), ("Esc", "closes")])
        }
        Some(Overlay::Search) if chooses_saved(model) => fixed(&[
            ("↑ ↓", "choose"),
            ("Enter", "runs it"),
            ("Alt-d", "deletes it"),
            ("Esc", "closes"),
        ]),
        Some(Overlay::Search) => fixed(&[
            ("↑ ↓", "choose"),
            ("Enter", "goes there"),
            ("Tab", "next article"),
            ("Esc", "closes"),
        ]),
        Some(Overlay::Voices) if model.library.voices.filtering => {
            fixed(&[("Enter", "takes it"), ("Esc", "shows all")])
        }
        Some(Overlay::Voices) if model.library.voices.open.is_some() => fixed(&[
            ("j k", "choose"),
            ("Enter", "goes there"),
            ("Tab", "next article"),
            ("Esc", "back"),
        ]),
        Some(Overlay::Voices) => fixed(&[
            ("j k", "choose"),
            ("Enter", "what it says"),
            ("/", "filter"),
            ("Esc", "closes"),
        ]),
        Some(Overlay::Help { .. }) => {
            fixed(&[("j k", "scroll"), ("Space", "a page on"), ("Esc", "closes")])
        }
        Some(Overlay::Confirm { .. }) => fixed(&[("y", "yes"), ("n", "no")]),
    }
}

/// Whether there is a saved search to choose.
fn chooses_saved(model: &Model) -> bool {
    let search = &model.library.search;
    search.is_blank() && !search.saved.list.is_empty()
}

/// Those of the hints that fit in so many cells: the last one and, before it, as many as there is
/// room for.
pub(super) fn fitting(mut hints: Vec<Hint>, cells: usize) -> Vec<Hint> {
    let Some(last) = hints.pop() else { return hints };
    let mut left = cells.saturating_sub(last.cells());
    let mut shown = Vec::new();
    for hint in hints {
        if hint.cells() > left {
            break;
        }
        left -= hint.cells();
        shown.push(hint);
    }
    shown.push(last);
    shown
}

/// The cells that hints take, gaps included.
pub(super) fn cells(hints: &[Hint]) -> usize {
    hints.iter().map(Hint::cells).sum()
}

fn fixed(keys: &[(&str, &'static str)]) -> Vec<Hint> {
    keys.iter().map(|&(keys, does)| Hint { keys: keys.to_owned(), does }).collect()
}

fn pane_hints(model: &Model) -> Vec<Hint> {
    let wanted = match model.view.focus {
        Pane::List => list_actions(),
        Pane::Sidebar => card_actions(model),
        Pane::Text => text_actions(model),
    };
    let help = [(Action::Help, "help")];
    wanted.into_iter().chain(help).filter_map(|(action, does)| hint(model, action, does)).collect()
}

/// An action and what to call it.
type Wanted = (Action, &'static str);

fn list_actions() -> Vec<Wanted> {
    vec![
        (Action::Open, "open"),
        (Action::Filter, "filter"),
        (Action::SortBy, "sort"),
        (Action::ToggleRead, "read"),
        (Action::Pick, "pick"),
        (Action::ListAnnotations, "all annotations"),
    ]
}

fn card_actions(model: &Model) -> Vec<Wanted> {
    let card = model.sidebar.current();
    let here = match card.map(|card| card.subject) {
        Some(Subject::Annotation(_)) if card.is_some_and(|it| it.status != Status::Anchored) => {
            let guessed = card.is_some_and(|card| !card.now.is_empty());
            let confirm = guessed.then_some((Action::Confirm, "accept"));
            let others = [
                (Action::Reanchor, "other words"),
                (Action::MakeArticleNote, "note on the article"),
                (Action::Delete, "delete"),
            ];
            confirm.into_iter().chain(others).collect()
        }
        Some(Subject::Annotation(_)) => {
            vec![(Action::Keep, "note"), (Action::Tags, "tags"), (Action::Delete, "delete")]
        }
        Some(Subject::Quotation(_)) => vec![
            (Action::Keep, "keep"),
            (Action::CorrectSpeaker, "speaker"),
            (Action::RejectQuotation, "no quotation"),
            (Action::Copy, "copy"),
        ],
        None => Vec::new(),
    };
    let all = [(Action::FilterCards, "filter"), (Action::TabNext, "tab")];
    std::iter::once((Action::Jump, "go there")).chain(here).chain(all).collect()
}

fn text_actions(model: &Model) -> Vec<Wanted> {
    let Some(reading) = &model.reading else {
        return vec![(Action::PanePrevious, "list"), (Action::Palette, "commands")];
    };
    if reading.selection.is_some() {
        return vec![
            (Action::HighlightLast, "highlight"),
            (Action::Note, "note"),
            (Action::Tags, "tags"),
            (Action::Copy, "copy"),
            (Action::OtherEnd, "other end"),
            (Action::Escape, "lets go"),
        ];
    }
    let cursor = reading.cursor;
    let on_fold = |row: &crate::app::PageRow| {
        matches!(row.kind, RowKind::Fold(_)) && row.span.contains(cursor)
    };
    let moved = reading.current().is_some_and(|placed| placed.status == Status::Moved);
    if moved {
        return vec![
            (Action::Confirm, "accept these words"),
            (Action::Reanchor, "other words"),
            (Action::Note, "note"),
            (Action::Delete, "delete"),
        ];
    }
    if reading.current().is_some() {
        return vec![
            (Action::Note, "note"),
            (Action::Tags, "tags"),
            (Action::HighlightLast, "colour"),
            (Action::Delete, "delete"),
            (Action::NoteNext, "next note"),
        ];
    }
    let fold = reading.rows.iter().any(on_fold).then_some((Action::ToggleFurniture, "open"));
    let hidden = model.view.screen.sidebar.is_none().then_some((Action::PaneNext, "quotations"));
    let usual = [
        (Action::QuotationNext, "next quotation"),
        (Action::SelectCharacters, "select"),
        (Action::HighlightLast, "highlight"),
        (Action::Note, "note"),
        (Action::Search, "search"),
    ];
    fold.into_iter().chain(hidden).chain(usual).collect()
}

fn hint(model: &Model, action: Action, does: &'static str) -> Option<Hint> {
    let contexts = model.contexts();
    let keys = model.keymap.keys_for(action.name(), contexts)?;
    // A colour follows: the key that all the colours begin with says it.
    let yellow = model.keymap.keys_for(Action::HighlightYellow.name(), contexts);
    let shared = yellow.and_then(|yellow| Some((yellow.first()?, keys.first()?)));
    let keys = match shared {
        Some((a, b)) if action == Action::HighlightLast && a == b => Keys::new(&[*a]).to_string(),
        _ => keys.to_string(),
    };
    Some(Hint { keys, does })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_hint_stays_and_the_first_ones_come_before_the_later() {
        let all = fixed(&[("a", "note"), ("gt", "tags"), ("?", "help")]);
        let shown = |cells| {
            let fitting = fitting(all.clone(), cells);
            fitting.iter().map(|hint| hint.does).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(cells(&all), 8 + 9 + 8);
        assert_eq!(shown(25), "note tags help");
        assert_eq!(shown(24), "note help");
        assert_eq!(shown(3), "help");
    }
}
