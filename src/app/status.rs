//! What the last row says.

use jiff::{SignedDuration, Timestamp};

/// How long a message stays.
const SHOWN_FOR: SignedDuration = SignedDuration::from_secs(6);

/// How grave a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravity {
    /// Something happened.
    Note,
    /// Something is wrong.
    Error,
}

/// A message on the last row: it goes away with time or the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its words: untrusted text.
    pub text: String,
    /// How grave it is.
    pub gravity: Gravity,
    /// When it goes away.
    pub until: Timestamp,
}

/// What the last row says besides where you are.
#[derive(Debug, Default)]
pub struct StatusLine {
    /// The message shown.
    pub message: Option<Message>,
}

impl StatusLine {
    /// Says something.
    pub fn say(&mut self, now: Timestamp, text: impl Into<String>) {
        self.show(now, text.into(), Gravity::Note);
    }

    /// Says that something is wrong.
    pub fn warn(&mut self, now: Timestamp, text: impl Into<String>) {
        self.show(now, text.into(), Gravity::Error);
    }

    fn show(&mut self, now: Timestamp, text: String, gravity: Gravity) {
        let until = now.checked_add(SHOWN_FOR).unwrap_or(now);
        self.message = Some(Message { text, gravity, until });
    }

    /// Lets a message go whose time has come.
    pub fn expire(&mut self, now: Timestamp) {
        if self.message.as_ref().is_some_and(|message| message.until <= now) {
            self.message = None;
        }
    }
}
