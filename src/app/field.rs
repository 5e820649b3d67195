//! A field that text is typed into: one line for prompts, several for notes.

use crate::config::{Code, Key};
use crate::text::{Offset, next_grapheme, next_word_start, prev_grapheme, prev_word_start};

/// Text being typed, with a cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    cursor: Offset,
}

impl Field {
    /// A field that holds `text`, with the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let cursor = Offset(text.len());
        Self { text, cursor }
    }

    /// What has been typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the next character goes, in bytes of the text.
    #[must_use]
    pub const fn cursor(&self) -> Offset {
        self.cursor
    }

    /// Whether nothing has been typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Empties it.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes a key as an editor of lines does; whether the text changed.
    pub fn press(&mut self, key: Key) -> bool {
        let before = self.text.len();
        let held = |letter| key == Key::new(Code::Char(letter)).ctrl();
        let alt = |letter| key == Key::new(Code::Char(letter)).alt();
        match key.code() {
            _ if held('a') => self.home(),
            _ if held('e') => self.end(),
            _ if held('w') => self.delete_word(),
            _ if held('u') => self.delete_to_start(),
            _ if held('k') => self.delete_to_end(),
            _ if held('b') => self.left(),
            _ if held('f') => self.right(),
            _ if alt('b') || key == Key::new(Code::Left).ctrl() => self.word_left(),
            _ if alt('f') || key == Key::new(Code::Right).ctrl() => self.word_right(),
            _ if key == Key::new(Code::Backspace).alt() => self.delete_word(),
            Code::Backspace => self.backspace(),
            Code::Delete => self.delete(),
            Code::Left => self.left(),
            Code::Right => self.right(),
            Code::Home => self.home(),
            Code::End => self.end(),
            _ => {
                if let Some(letter) = key.typed() {
                    self.insert(letter.encode_utf8(&mut [0; 4]));
                }
            }
        }
        before != self.text.len()
    }

    /// Types `text` at the cursor.
    pub fn insert(&mut self, text: &str) {
        self.text.insert_str(self.cursor.get(), text);
        self.cursor = self.cursor + text.len();
    }

    /// Takes the text from the cursor to `other` away.
    fn cut(&mut self, other: Offset) {
        let start = self.cursor.min(other);
        let end = self.cursor.max(other);
        self.text.replace_range(start.get()..end.get(), "");
        self.cursor = start;
    }

    /// Takes the grapheme before the cursor away.
    pub fn backspace(&mut self) {
        self.cut(prev_grapheme(&self.text, self.cursor));
    }

    /// Takes the grapheme under the cursor away.
    pub fn delete(&mut self) {
        self.cut(next_grapheme(&self.text, self.cursor));
    }

    /// Takes the word before the cursor away.
    pub fn delete_word(&mut self) {
        self.cut(prev_word_start(&self.text, self.cursor));
    }

    /// Takes everything from the start of the line to the cursor away.
    pub fn delete_to_start(&mut self) {
        self.cut(self.line_start());
    }

    /// Takes everything from the cursor to the end of the line away.
    pub fn delete_to_end(&mut self) {
        self.cut(self.line_end());
    }

    /// A grapheme left.
    pub fn left(&mut self) {
        self.cursor = prev_grapheme(&self.text, self.cursor);
    }

    /// A grapheme right.
    pub fn right(&mut self) {
        self.cursor = next_grapheme(&self.text, self.cursor);
    }

    /// A word left.
    pub fn word_left(&mut self) {
        self.cursor = prev_word_start(&self.text, self.cursor);
    }

    /// A word right.
    pub fn word_right(&mut self) {
        self.cursor = next_word_start(&self.text, self.cursor);
    }

    /// To the start of the line.
    pub fn home(&mut self) {
        self.cursor = self.line_start();
    }

    /// To the end of the line.
    pub fn end(&mut self) {
        self.cursor = self.line_end();
    }

    /// A line up, as far from its start as now where it is long enough.
    pub fn up(&mut self) {
        let start = self.line_start();
        if start > Offset::ZERO {
            let column = self.graphemes_from(start);
            self.cursor = Offset(start.get() - 1);
            self.cursor = self.line_start();
            self.step_right(column);
        }
    }

    /// A line down, as far from its start as now where it is long enough.
    pub fn down(&mut self) {
        let end = self.line_end();
        if end.get() < self.text.len() {
            let column = self.graphemes_from(self.line_start());
            self.cursor = end + 1;
            self.step_right(column);
        }
    }

    fn line_start(&self) -> Offset {
        let before = self.text.get(..self.cursor.get()).unwrap_or_default();
        Offset(before.rfind('\n').map_or(0, |at| at + 1))
    }

    fn line_end(&self) -> Offset {
        let after = self.text.get(self.cursor.get()..).unwrap_or_default();
        after.find('\n').map_or(Offset(self.text.len()), |at| self.cursor + at)
    }

    fn graphemes_from(&self, mut at: Offset) -> usize {
        let mut steps = 0;
        while at < self.cursor {
            at = next_grapheme(&self.text, at);
            steps += 1;
        }
        steps
    }

    fn step_right(&mut self, steps: usize) {
        let end = self.line_end();
        for _ in 0..steps {
            if self.cursor < end {
                self.right();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_and_taking_away_keep_the_cursor_on_graphemes() {
        let mut field = Field::new("naïve 👩‍👩‍👧 café");
        field.delete_word();
        assert_eq!(field.text(), "naïve 👩‍👩‍👧 ");
        field.left();
        field.backspace();
        assert_eq!(field.text(), "naïve  ");
        field.insert("x\ny");
        assert_eq!(field.text(), "naïve x\ny ");
    }

    #[test]
    fn up_and_down_keep_the_column_where_the_line_is_long_enough() {
        let mut field = Field::new("first line\nab\nthird line");
        field.up();
        assert_eq!(field.cursor(), Offset(13));
        field.up();
        assert_eq!(field.cursor(), Offset(2));
        field.down();
        field.down();
        field.end();
        assert_eq!(field.cursor(), Offset(field.text().len()));
    }
}
