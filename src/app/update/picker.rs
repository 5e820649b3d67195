//! Lists to pick from: the palette, the articles, all annotations.

use ratatui::layout::Position;

use super::Turn;
use crate::app::card::marked;
use crate::app::model::{Aim, Model};
use crate::app::overlay::Overlay;
use crate::app::picker::{Choice, Item, Picker};
use crate::app::screen::Pane;
use crate::app::{Action, Pointer};
use crate::config::{Code, Key};
use crate::corpus::ArticleId;
use crate::note::Annotation;

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
        let picker = Picker::of_articles("Articles", self.library.shown.clone());
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
        let held = |letter| key == Key::new(Code::Char(letter)).ctrl();
        match key.code() {
            Code::Esc => self.overlay = None,
            _ if held('c') => self.overlay = None,
            Code::Enter => {
                // What is shown may not yet be what is typed.
                if !picker.take_best() {
                    self.pick_selected(turn);
                }
            }
            Code::Up => picker.choose(1, false),
            _ if held('p') || held('k') => picker.choose(1, false),
            Code::Down => picker.choose(1, true),
            _ if held('n') || held('j') => picker.choose(1, true),
            Code::PageUp => picker.choose(PAGE, false),
            Code::PageDown => picker.choose(PAGE, true),
            _ => {
                if picker.field.press(key) {
                    picker.narrow(&self.library);
                }
            }
        }
    }

    /// Goes on with a ranking that was too much for one key.
    pub(super) fn rank_on(&mut self, turn: &mut Turn) {
        if let Some(Overlay::Picker(picker)) = &mut self.overlay
            && picker.rank_on(&self.library)
        {
            self.pick_selected(turn);
        }
    }

    /// Takes the item under the mouse.
    pub(super) fn click_picker(&mut self, pointer: Pointer, turn: &mut Turn) {
        let Some(Overlay::Picker(picker)) = &mut self.overlay else { return };
        let layout = picker.layout(self.view.screen.area);
        if !layout.items.contains(Position { x: pointer.column, y: pointer.row }) {
            return;
        }
        let row = usize::from((pointer.row - layout.items.y) / layout.rows);
        if row < layout.shown && layout.top + row < picker.matching.len() {
            picker.selected = layout.top + row;
            self.pick_selected(turn);
        }
    }

    fn pick_selected(&mut self, turn: &mut Turn) {
        let Some(Overlay::Picker(picker)) = self.overlay.take() else { return };
        let chosen = picker.chosen(&self.library);
        match chosen.as_ref().map(|item| item.choice) {
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
        if let Some(start) = reading.stands_at(id) {
            self.go_to_scalar(start, turn);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Event, Moment, Places};
    use crate::config::Config;
    use jiff::Timestamp;

    fn send(model: &mut Model, event: Event) {
        let moment = Moment { now: Timestamp::UNIX_EPOCH, fresh: uuid::Uuid::nil() };
        let _ = model.update(event, moment);
    }

    fn press(model: &mut Model, key: &str) {
        send(model, Event::Key(key.parse().unwrap()));
    }

    /// A reader with a list that is too long to be ranked with one key.
    fn listing() -> Model {
        let (mut model, _) = Model::new(Config::default(), 80, 24, Places::default());
        let items = (0..9_000).map(|at| Item::named(format!("item {at}"), Choice::Nothing));
        model.overlay = Some(Overlay::Picker(Picker::new("Items", items.collect(), true)));
        model
    }

    fn matching(model: &Model) -> Option<usize> {
        let Some(Overlay::Picker(picker)) = &model.overlay else { return None };
        Some(picker.matching.len())
    }

    #[test]
    fn a_long_ranking_goes_on_between_the_keys() {
        let mut model = listing();
        press(&mut model, "9");
        assert_eq!(matching(&model), Some(9_000));
        let mut ticks = 0;
        while model.deadline() == Some(Timestamp::MIN) {
            send(&mut model, Event::Tick);
            ticks += 1;
        }
        assert_eq!(ticks, 4);
        assert_eq!(
            matching(&model),
            Some((0..9_000).filter(|at| at.to_string().contains('9')).count())
        );
        press(&mut model, "Enter");
        assert!(model.overlay.is_none());
    }

    #[test]
    fn an_enter_that_comes_too_early_takes_the_best_later() {
        let mut model = listing();
        press(&mut model, "9");
        press(&mut model, "Enter");
        assert!(model.overlay.is_some());
        while model.deadline() == Some(Timestamp::MIN) {
            send(&mut model, Event::Tick);
        }
        assert!(model.overlay.is_none());
    }
}
