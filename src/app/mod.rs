//! The state machine: an action changes the model and yields effects; outcomes come back as events.
//! No input, output, clock or terminal here: time and randomness arrive with each event.

mod action;
mod anchoring;
mod binding;
mod card;
mod effect;
mod event;
mod field;
mod help;
mod journey;
mod launch;
mod library;
mod model;
mod motion;
mod notebook;
mod object;
mod order;
mod overlay;
mod page;
mod place;
mod reading;
mod screen;
mod search;
mod sidebar;
mod speaker;
mod status;
mod survey;
mod update;
pub(crate) mod wording;

pub use action::Action;
pub use anchoring::{Anchoring, Sought};
pub use binding::{Bound, CONTEXTS, DEFAULT_KEYS, bound_in, default_keymap, keymap_with};
pub use card::{Card, CardRow, CardRowKind, Certainty, Subject, Voice};
pub use effect::{Effect, ExportFormat, Outcome};
pub use event::{Event, Moment, Pointer, PointerKind};
pub use field::Field;
pub use help::{Help, HelpRow};
pub use launch::{ColorChoice, Launch};
pub use library::{Entry, Found, Library};
pub use model::{Awaiting, Input, Model, View};
pub use notebook::{Notebook, Unsaved};
pub use order::Sort;
pub use overlay::{
    Choice, Item, MetadataField, NoteEditor, Overlay, Picker, Prompt, Question, TagEditor,
};
pub use page::{Page, PageRow, RowKind, indent};
pub use place::{KeptChange, KeptHistory, Place, Places};
pub use reading::{Placed, Reading, Selection};
pub use screen::{LEAST_COLUMNS, LEAST_ROWS, Pane, Screen};
pub use search::{Findings, Hit, HitGroup, HitRow, LibrarySearch, Progress};
pub use sidebar::{Sidebar, Tab};
pub use status::{Gravity, Message};
pub use survey::{Remembered, Stage, Step, Surveyed, Work};
