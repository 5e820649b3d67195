//! The guard before a terminal: what is written comes out so that no terminal obeys it.

use std::io::{self, Write};

use crate::text::clean_lines;

/// A writer that sanitises what goes through it, line by line.
pub(super) struct Guard<W> {
    to: W,
    /// The line that is not yet ended.
    line: Vec<u8>,
}

impl<W: Write> Guard<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, line: Vec::new() }
    }

    fn release(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(clean_lines(&String::from_utf8_lossy(bytes)).as_bytes())
    }
}

impl<W: Write> Write for Guard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let end = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let (whole, rest) = bytes.split_at_checked(end).unwrap_or((bytes, &[]));
        if !whole.is_empty() {
            let mut lines = std::mem::take(&mut self.line);
            lines.extend_from_slice(whole);
            self.release(&lines)?;
        }
        self.line.extend_from_slice(rest);
        Ok(bytes.len())
    }

    /// Lets out a line that was not ended too: nothing is to follow.
    fn flush(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        self.release(&line)?;
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_command_a_terminal_is_shown_however_it_is_cut_up() {
        let text = "a \u{1b}[31mréd\n\u{9b}b\u{202e}\nc";
        for size in 1..text.len() {
            let mut out = Vec::new();
            let mut guard = Guard::new(&mut out);
            for piece in text.as_bytes().chunks(size) {
                guard.write_all(piece).unwrap();
            }
            guard.flush().unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), clean_lines(text));
        }
    }
}
