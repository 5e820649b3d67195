//! Keys: from what is pressed to the action that is meant.

use super::Turn;
use crate::app::Action;
use crate::app::model::{Awaiting, Model};
use crate::config::{Code, Key, Resolution};

/// Counts beyond this are of no use, and cost time.
const MOST: usize = 99_999;

impl Model {
    pub(super) fn press(&mut self, key: Key, turn: &mut Turn) {
        if self.holds(key, turn) {
            return;
        }
        if self.overlay.is_some() {
            self.press_overlay(key, turn);
        } else if let Some(awaiting) = self.input.awaiting.take() {
            self.take_character(awaiting, key, turn);
        } else if !self.take_digit(key) {
            self.resolve(key, turn);
        }
    }

    /// Takes a digit of a count; whether the key was one.
    fn take_digit(&mut self, key: Key) -> bool {
        let digit = key.typed().and_then(|letter| letter.to_digit(10));
        match digit.and_then(|digit| usize::try_from(digit).ok()) {
            Some(digit) if self.input.pressed.is_empty() => {
                if digit == 0 && self.input.count.is_none() {
                    return false;
                }
                let count = self.input.count.unwrap_or(0) * 10 + digit;
                self.input.count = Some(count.min(MOST));
                true
            }
            _ => false,
        }
    }

    fn resolve(&mut self, key: Key, turn: &mut Turn) {
        let lets_go = key.code() == Code::Esc || key == Key::new(Code::Char('c')).ctrl();
        if lets_go && self.drop_pending() {
            return;
        }
        self.input.pressed.push(key);
        let action = match self.keymap.resolve(self.contexts(), &self.input.pressed) {
            Resolution::Prefix(_) => return,
            Resolution::Action(name) => Action::named(name),
            Resolution::None => None,
        };
        let pressed = std::mem::take(&mut self.input.pressed);
        let count = self.input.count.take();
        let unseen = self.view.screen.is_too_small();
        match action {
            Some(action) if unseen && !action.works_unseen() => {}
            Some(action) => self.perform(action, count, turn),
            None => self.refuse_keys(&pressed, turn),
        }
    }

    /// Lets go of a count or of the beginning of a binding; whether there was one.
    fn drop_pending(&mut self) -> bool {
        let pending = !self.input.pressed.is_empty() || self.input.count.is_some();
        self.input.pressed.clear();
        self.input.count = None;
        pending
    }

    fn refuse_keys(&mut self, pressed: &[Key], turn: &mut Turn) {
        let keys: Vec<String> = pressed.iter().map(Key::to_string).collect();
        let keys = keys.join(" ");
        let help = self.keys_for(Action::Help).unwrap_or_default();
        self.status
            .say(turn.now, format!("{keys} is not bound here; {help} shows the keys that are"));
    }

    /// Takes the character that an action waits for.
    fn take_character(&mut self, awaiting: Awaiting, key: Key, turn: &mut Turn) {
        let count = self.input.count.take();
        match (key.typed(), awaiting) {
            (Some(letter), Awaiting::Find { till }) => {
                self.input.last_find = Some((letter, till));
                self.find(letter, till, true, count, turn);
            }
            (Some(letter), Awaiting::SetMark) if letter.is_alphabetic() => {
                self.set_mark(letter, turn);
            }
            (Some(letter), Awaiting::GoToMark) if letter.is_alphabetic() => {
                self.go_to_mark(letter, turn);
            }
            (Some(_), _) => self.status.say(turn.now, "a mark is a letter"),
            (None, _) => {}
        }
    }
}

impl Action {
    /// Whether it may be done where the terminal is too small to show what it does.
    const fn works_unseen(self) -> bool {
        matches!(self, Self::Quit | Self::Redraw | Self::Suspend)
    }
}
