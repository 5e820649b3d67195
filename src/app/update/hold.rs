//! What has to wait for text to be read: actions, and the keys pressed since.

use super::Turn;
use super::long::shown;
use crate::app::long::{Long, Then};
use crate::app::model::Model;
use crate::app::reading::Reading;
use crate::app::{Action, Wait};
use crate::config::{Code, Key};

impl Model {
    /// Goes on with what had to wait for text to be read.
    pub(super) fn take_up(&mut self, turn: &mut Turn) {
        self.settle();
        self.keep_up(turn);
        if let Some((action, count)) = self.input.deferred.take() {
            self.perform(action, count, turn);
            self.settle();
            self.keep_up(turn);
        }
        let mut held = std::mem::take(&mut self.input.held).into_iter();
        while let Some(key) = held.next() {
            self.press(key, turn);
            self.settle();
            self.keep_up(turn);
            if self.is_waiting() {
                // What comes later waits behind what was held anew.
                self.input.held.extend(held);
                return;
            }
        }
    }

    /// Whether keys have to wait for text to be read.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        let far = |reading: &Reading| {
            let edge = || {
                let long = reading.long.as_ref()?;
                let (start, end) = shown(reading);
                Some(long.then.is_some() && long.window.is_at_edge(start, end))
            };
            reading.long.as_ref().is_some_and(Long::is_jumping) || edge().unwrap_or(false)
        };
        self.input.deferred.is_some() || self.reading.as_ref().is_some_and(far)
    }

    /// Holds a key back while text is waited for; whether it is held, or has let go of those held.
    pub(super) fn holds(&mut self, key: Key, turn: &mut Turn) -> bool {
        if self.overlay.is_some() || !self.is_waiting() {
            return false;
        }
        if key == Key::new(Code::Char('c')).ctrl() {
            self.input.let_go();
            if let Some(long) = self.reading.as_mut().and_then(|reading| reading.long.as_mut()) {
                long.then = long.then.map(|_| Then::Stay);
                long.hunt.wait = Wait::Not;
            }
            self.cease(turn);
            self.status.say(turn.now, "stopped");
            return true;
        }
        self.input.held.push(key);
        true
    }

    /// Has an action wait for the rest of the text; whether it does.
    pub(super) fn defers(&mut self, action: Action, count: Option<usize>) -> bool {
        let Some(reading) = self.reading.as_ref().filter(|reading| reading.partial) else {
            return false;
        };
        let (_, end) = shown(reading);
        let clear = end.get() < reading.text().len() / 2 && count.is_none();
        if clear && (is_paging(action) || is_step(action)) {
            return false;
        }
        self.input.deferred = Some((action, count));
        true
    }
}

const fn is_paging(action: Action) -> bool {
    use Action as A;
    matches!(action, A::PageDown | A::PageUp | A::HalfPageDown | A::HalfPageUp)
}

/// Whether it moves the cursor by little.
const fn is_step(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::Down
            | A::Up
            | A::Left
            | A::Right
            | A::WordNext
            | A::WordPrevious
            | A::WordEnd
            | A::RowStart
            | A::RowFirst
            | A::RowEnd
            | A::ParagraphNext
            | A::ParagraphPrevious
            | A::SentenceNext
            | A::SentencePrevious
    )
}
