//! The model: all that the reader knows, and all that drawing reads.

use jiff::{SignedDuration, Timestamp};
use ratatui::layout::Rect;

use super::journey::Journey;
use super::library::Library;
use super::notebook::Notebook;
use super::overlay::Overlay;
use super::place::{PlaceKeeper, Places};
use super::reading::Reading;
use super::screen::{Pane, Screen, Shape, body};
use super::sidebar::Sidebar;
use super::status::StatusLine;
use super::{Action, Effect};
use crate::config::{Align, Config, Key, Keymap, Settings};
use crate::corpus::ArticleId;
use crate::note::Color;
use crate::text::Offset;

/// How long a note being typed may lie before it is sent to the disk.
pub(super) const DRAFT_DELAY: SignedDuration = SignedDuration::from_millis(400);
/// How long places may lie before they are sent to the disk.
const PLACES_DELAY: SignedDuration = SignedDuration::from_secs(5);
/// How long to wait before a failed save is tried again.
pub(super) const RETRY_DELAY: SignedDuration = SignedDuration::from_secs(5);

/// What the next character is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaiting {
    /// The character to find; whether to stop just before it.
    Find {
        /// Whether to stop just before it.
        till: bool,
    },
    /// The letter of a mark to set.
    SetMark,
    /// The letter of a mark to go to.
    GoToMark,
}

/// Keys on their way to an action.
#[derive(Debug, Default)]
pub struct Input {
    /// Keys pressed that are the beginning of a binding.
    pub pressed: Vec<Key>,
    /// The count typed before them.
    pub count: Option<usize>,
    /// What the next character is for.
    pub awaiting: Option<Awaiting>,
    /// The last character found and how.
    pub last_find: Option<(char, bool)>,
    /// The last colour highlighted in.
    pub last_color: Color,
    /// The annotation that is to be put on the words selected next.
    pub reanchoring: Option<(ArticleId, uuid::Uuid)>,
}

/// Where an article being opened is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// Where it was left, or its start.
    Place,
    /// At a byte of its text.
    At(Offset),
    /// At a hit of the search over the library, with its words shown.
    Hit(Offset),
    /// At an annotation.
    Annotation(uuid::Uuid),
    /// At a mark of an earlier run.
    Mark(char),
}

/// An article on its way.
#[derive(Debug, Clone, Copy)]
pub struct Opening {
    /// Which.
    pub article: ArticleId,
    /// The request that counts; others are stale.
    pub generation: u64,
    /// Where it is to be shown.
    pub aim: Aim,
    /// Which pane takes the keys then.
    pub focus: Pane,
    /// Whether it has come, or has failed to.
    pub arrived: bool,
}

/// Where the keys go and how the panes stand.
#[derive(Debug, Default)]
pub struct View {
    /// Where everything lies.
    pub screen: Screen,
    /// The pane that takes the keys.
    pub focus: Pane,
    /// Whether the text stands alone.
    pub zen: bool,
}

/// All that the reader knows.
#[derive(Debug)]
pub struct Model {
    /// The settings in force.
    pub settings: Settings,
    /// The key map in force.
    pub keymap: Keymap,
    /// Where the keys go and how the panes stand.
    pub view: View,
    /// The article list.
    pub library: Library,
    /// The open article.
    pub reading: Option<Reading>,
    /// The article on its way.
    pub opening: Option<Opening>,
    /// The annotations.
    pub notebook: Notebook,
    /// The quote sidebar.
    pub sidebar: Sidebar,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// Keys on their way to an action.
    pub input: Input,
    /// Jumps and marks.
    pub journey: Journey,
    /// What the last row says.
    pub status: StatusLine,
    /// Where a person was.
    pub places: PlaceKeeper,
}

impl Model {
    /// A reader with nothing in it yet, on a terminal of so many cells, and what it asks for first.
    #[must_use]
    pub fn new(config: Config, columns: u16, rows: u16, places: Places) -> (Self, Vec<Effect>) {
        let library = Library::sorted_by_name(&places.sort);
        let mut model = Self {
            input: Input {
                last_color: config.settings.highlight.parse().unwrap_or_default(),
                ..Input::default()
            },
            settings: config.settings,
            keymap: config.keymap,
            view: View::default(),
            library,
            reading: None,
            opening: None,
            notebook: Notebook::default(),
            sidebar: Sidebar::default(),
            overlay: None,
            journey: Journey::default(),
            status: StatusLine::default(),
            places: PlaceKeeper::restored(places),
        };
        model.resize(columns, rows);
        let first = model.places.open.clone();
        (model, vec![Effect::Walk { first }])
    }

    /// The widths that the settings give to the panes at the sides.
    pub(super) const fn shape(&self) -> Shape {
        Shape { list: self.settings.list_width, sidebar: self.settings.sidebar_width }
    }

    /// Where the rows of the text lie; where it is hidden, as they lie when it is shown again, so that
    /// its place is kept.
    #[must_use]
    pub fn page_area(&self) -> Rect {
        let View { screen, zen, .. } = self.view;
        let shown = || Screen::new(screen.area, Pane::Text, zen, self.shape());
        let screen = if screen.text.is_some() { screen } else { shown() };
        screen.page(self.settings.measure, self.settings.align == Align::Center)
    }

    /// Where the items of the article list lie: its pane below the title, and without the last row
    /// where that tells of files that could not be read.
    #[must_use]
    pub fn items_area(&self) -> Rect {
        let Some(pane) = self.view.screen.list else { return Rect::default() };
        let taken = u16::from(!self.library.problems.is_empty());
        let items = body(pane);
        Rect { height: items.height.saturating_sub(taken), ..items }
    }

    /// Where the cards of the sidebar lie: its pane below the title, but for a cell at the right.
    #[must_use]
    pub fn cards_area(&self) -> Rect {
        let Some(pane) = self.view.screen.sidebar else { return Rect::default() };
        Rect { width: pane.width.saturating_sub(1), ..body(pane) }
    }

    /// The measure that the text is set in, in cells.
    pub(super) fn measure(&self) -> usize {
        usize::from(self.page_area().width)
    }

    /// When a tick is wanted, if at all: the reader does nothing while it waits.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        let draft = match &self.overlay {
            Some(Overlay::Note(editor)) => editor.changed.map(|at| later(at, DRAFT_DELAY)),
            _ => None,
        };
        let message = self.status.message.as_ref().map(|message| message.until);
        let places = self.places.changed.map(|at| later(at, PLACES_DELAY));
        let retry = self.notebook.retry_at();
        let search = self.library.search.deadline();
        [draft, message, places, retry, search].into_iter().flatten().min()
    }

    /// The contexts whose bindings hold now, the innermost first.
    #[must_use]
    pub fn contexts(&self) -> &'static [&'static str] {
        let selecting = self.reading.as_ref().is_some_and(|reading| reading.selection.is_some());
        match self.view.focus {
            Pane::List => &["list", "everywhere"],
            Pane::Sidebar => &["sidebar", "everywhere"],
            Pane::Text if selecting => &["selecting", "text", "everywhere"],
            Pane::Text => &["text", "everywhere"],
        }
    }

    /// The keys for an action here, as a person reads them.
    #[must_use]
    pub fn keys_for(&self, action: Action) -> Option<String> {
        self.keymap.keys_for(action.name(), self.contexts()).map(ToString::to_string)
    }
}

/// `at` and so much later.
pub(super) fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}
