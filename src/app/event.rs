//! What comes in.

use jiff::Timestamp;
use uuid::Uuid;

use super::Outcome;
use crate::config::Key;

/// The time and the randomness that come with every event, so that the state machine needs neither.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Now.
    pub now: Timestamp,
    /// An identity that nothing has yet.
    pub fresh: Uuid,
}

/// Something that happened outside.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Pointer(Pointer),
    /// The terminal has a new size, in cells.
    Resize {
        /// Cells in a row.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// The time that [`Model::deadline`](super::Model::deadline) asked for has come.
    Tick,
    /// The reader is to end, whatever the person is doing: a signal said so, or the terminal is gone.
    End,
    /// An effect came to something.
    Outcome(Outcome),
}

/// What the mouse did, and at which cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointer {
    /// What it did.
    pub kind: PointerKind,
    /// Cells from the left edge.
    pub column: u16,
    /// Rows from the top edge.
    pub row: u16,
}

/// What the mouse can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointerKind {
    /// The first button went down.
    Press,
    /// It moved with the button down.
    Drag,
    /// The button went up.
    Release,
    /// The wheel turned towards the end of the text.
    WheelDown,
    /// The wheel turned towards its start.
    WheelUp,
}
