//! Lists to pick from: the palette, the articles, all annotations.

use super::Turn;
use crate::app::Action;
use crate::app::card::marked;
use crate::app::field::Field;
use crate::app::model::{Aim, Model};
use crate::app::overlay::{Choice, Item, Overlay, Picker};
use crate::app::screen::Pane;
use crate::config::{Code, Key};
use crate::corpus::ArticleId;
use crate::note::Annotation;
use crate::search::{Filter, rank};

/// Items that page keys move by.
const PAGE: usize = 10;

impl Model {
    pub(super) fn open_palette(&mut self) {
        let items = Action::ALL.iter().filter_map(|&action| self.palette_item(action)).collect();
        self.overlay = Some(Overlay::Picker(Picker::new("Commands", items, true)));
    }

    /// An action that has a key here, or that needs none.
    fn palette_item(&self, action: Action) -> Option<Item> {
        let keys = self.keys_for(action);
        let offered = keys.is_some() || action.needs_no_key();
        offered.then(|| Item {
            choice: Choice::Action(action),
            label: action.help().to_owned(),
            detail: keys.unwrap_or_default(),
            color: None,
            typed: false,
        })
    }

    pub(super) fn open_article_picker(&mut self, turn: &mut Turn) {
        if self.library.is_empty() {
            self.status.say(turn.now, "no articles yet");
            return;
        }
        let items = self.library.shown.iter().filter_map(|&article| {
            let entry = self.library.entry(article)?;
            Some(Item {
                choice: Choice::Article(article),
                label: entry.title().to_owned(),
                detail: format!("{} · {}", entry.outlet().unwrap_or_default(), entry.name),
                color: None,
                typed: false,
            })
        });
        let picker = Picker::new("Articles", items.collect(), true);
        self.overlay = Some(Overlay::Picker(picker));
    }

    /// Lists what could not be read: what is wrong, and where.
    pub(super) fn open_problems(&mut self, turn: &mut Turn) {
        if self.library.problems.is_empty() {
            self.status.say(turn.now, "everything could be read");
            return;
        }
        let items = self.library.problems.iter().map(|problem| {
            let (place, what) = problem.split_once(": ").unwrap_or(("", problem));
            Item {
                choice: Choice::Nothing,
                label: what.to_owned(),
                detail: place.to_owned(),
                color: None,
                typed: false,
            }
        });
        let picker = Picker::new("Could not be read", items.collect(), false);
        self.overlay = Some(Overlay::Picker(picker));
    }

    pub(super) fn open_annotation_picker(&mut self, turn: &mut Turn) {
        let mut all: Vec<(ArticleId, &Annotation)> = self.notebook.all().collect();
        if all.is_empty() {
            let highlight = self.keymap.keys_for(Action::HighlightLast.name(), &["text"]);
            let keys = highlight.map(ToString::to_string).unwrap_or_default();
            self.status.say(turn.now, format!("no annotations yet; select words and press {keys}"));
            return;
        }
        let order = self.library.ranks();
        all.sort_by_key(|(article, annotation)| {
            let start = annotation.target.as_ref().map(|target| target.start);
            (order.get(article).copied().unwrap_or(usize::MAX), start, annotation.id)
        });
        let items =
            all.into_iter().filter_map(|(article, note)| self.annotation_item(article, note));
        let picker = Picker::new("Annotations", items.collect(), false);
        self.overlay = Some(Overlay::Picker(picker));
    }

    pub(super) fn annotation_item(
        &self,
        article: ArticleId,
        annotation: &Annotation,
    ) -> Option<Item> {
        let words = annotation.target.as_ref().map(|target| marked(&target.exact));
        let note = Some(annotation.note.replace('\n', " ")).filter(|note| !note.is_empty());
        let label: Vec<String> = note.into_iter().chain(words).collect();
        let color = annotation.color.map(|color| color.name().to_owned());
        let tags = annotation.tags.iter().map(|tag| format!("#{tag}"));
        let title = self.library.entry(article)?.title().to_owned();
        let state = self.state_of(article, annotation);
        let detail: Vec<String> =
            state.into_iter().chain(color).chain(tags).chain([title]).collect();
        Some(Item {
            choice: Choice::Annotation(article, annotation.id),
            label: label.join(" – "),
            detail: detail.join(" · "),
            color: annotation.color,
            typed: false,
        })
    }

    /// A key for the list.
    pub(super) fn press_picker(&mut self, key: Key, turn: &mut Turn) {
        let Some(Overlay::Picker(picker)) = &mut self.overlay else { return };
        let last = picker.matching.len().saturating_sub(1);
        let held = |letter| key == Key::new(Code::Char(letter)).ctrl();
        match key.code() {
            Code::Esc => self.overlay = None,
            _ if held('c') => self.overlay = None,
            Code::Enter => self.pick_selected(turn),
            Code::Up => picker.selected = picker.selected.saturating_sub(1),
            _ if held('p') || held('k') => picker.selected = picker.selected.saturating_sub(1),
            Code::Down => picker.selected = (picker.selected + 1).min(last),
            _ if held('n') || held('j') => picker.selected = (picker.selected + 1).min(last),
            Code::PageUp => picker.selected = picker.selected.saturating_sub(PAGE),
            Code::PageDown => picker.selected = (picker.selected + PAGE).min(last),
            _ => {
                if picker.field.press(key) {
                    picker.narrow();
                }
            }
        }
    }

    fn pick_selected(&mut self, turn: &mut Turn) {
        let Some(Overlay::Picker(picker)) = self.overlay.take() else { return };
        let chosen = picker.matching.get(picker.selected).and_then(|&at| picker.items.get(at));
        match chosen.map(|item| item.choice) {
            Some(Choice::Action(action)) => self.perform(action, None, turn),
            Some(Choice::Article(article)) => {
                self.leave();
                self.open(article, Aim::Place, Pane::Text, turn);
            }
            Some(Choice::Annotation(article, id)) => {
                self.leave();
                self.go_to_annotation(article, id, turn);
            }
            Some(Choice::Speaker(quotation)) => {
                let name = chosen.map_or_else(String::new, |item| item.label.clone());
                self.correct_speaker(quotation, name, turn);
            }
            Some(Choice::Reanchor(id)) => self.reanchor_chosen(id, turn),
            Some(Choice::Export(format)) => self.ask_export_path(format),
            Some(Choice::Nothing) | None => {}
        }
    }

    /// Goes to an annotation, opening its article if need be.
    pub(super) fn go_to_annotation(&mut self, article: ArticleId, id: uuid::Uuid, turn: &mut Turn) {
        let Some(reading) = self.open_reading(article) else {
            self.open(article, Aim::Annotation(id), Pane::Text, turn);
            return;
        };
        let span = reading.placed.iter().find(|placed| placed.id == id).map(|placed| placed.span);
        if let Some(span) = span {
            reading.go_to(span.start);
            self.view.focus = Pane::Text;
            self.mean_annotation(id);
            return;
        }
        if self.is_sought(article, id) {
            if let Some(reading) = &mut self.reading {
                reading.anchoring.aim = Some(id);
            }
            return;
        }
        let on_article = self.notebook.get(article, id).is_some_and(|note| note.target.is_none());
        let why =
            if on_article { "a note on the whole article" } else { "its words were not found" };
        self.status.say(turn.now, format!("{why}: see the sidebar"));
        self.view.focus = Pane::Sidebar;
        if !self.sidebar.select(id) {
            self.show_all_cards();
            self.sidebar.select(id);
        }
    }

    /// Makes an annotation the one that is meant among those under the cursor.
    pub(super) fn mean_annotation(&mut self, id: uuid::Uuid) {
        if let Some(reading) = &mut self.reading {
            let here = reading.placed_here();
            reading.nth_here = here.iter().position(|placed| placed.id == id).unwrap_or(0);
        }
    }
}

impl Action {
    /// Whether the palette offers it even where no key leads to it.
    const fn needs_no_key(self) -> bool {
        matches!(
            self,
            Self::Export
                | Self::CorrectTitle
                | Self::CorrectOutlet
                | Self::CorrectByline
                | Self::CorrectDate
                | Self::ToggleAlign
                | Self::ArticleNote
        )
    }
}

impl Item {
    /// A name.
    fn named(label: String, choice: Choice) -> Self {
        Self { choice, label, detail: String::new(), color: None, typed: false }
    }
}

impl Picker {
    /// A list of all `items`; `fuzzy` where letters may be left out, else whole words are looked for.
    pub(super) fn new(title: &'static str, items: Vec<Item>, fuzzy: bool) -> Self {
        let matching = (0..items.len()).collect();
        Self { title, field: Field::default(), items, matching, selected: 0, fuzzy, free: None }
    }

    /// A list of names, or any other that is typed.
    pub(super) fn of_names(title: &'static str, names: &[String], choice: Choice) -> Self {
        let item = |name: &String| Item::named(name.clone(), choice);
        Self { free: Some(choice), ..Self::new(title, names.iter().map(item).collect(), true) }
    }

    /// Narrows the list to what is typed; what is typed itself stands last, where it may be taken.
    pub(super) fn narrow(&mut self) {
        let Some(choice) = self.free else { return self.narrow_known() };
        self.items.retain(|item| !item.typed);
        self.narrow_known();
        let typed = self.field.text().trim();
        if !typed.is_empty() && !self.items.iter().any(|item| item.label == typed) {
            let item = Item { typed: true, ..Item::named(typed.to_owned(), choice) };
            self.matching.push(self.items.len());
            self.items.push(item);
        }
    }

    fn narrow_known(&mut self) {
        self.selected = 0;
        let typed = self.field.text();
        if self.fuzzy {
            let texts: Vec<String> =
                self.items.iter().map(|item| format!("{} {}", item.label, item.detail)).collect();
            self.matching = rank(typed, texts.iter().map(String::as_str));
            return;
        }
        let filter = Filter::new(typed);
        let through =
            |item: &Item| filter.lets_through([item.label.as_str(), item.detail.as_str()]);
        self.matching = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| through(item))
            .map(|(at, _)| at)
            .collect();
    }
}
