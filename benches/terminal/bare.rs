//! The unit of all times: the least that a program of this kind can be, a screen of text that scrolls.

use std::io::{self, stdout};

use crossterm::event::{Event, KeyCode, read};
use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::backend::CrosstermBackend;
use ratatui::text::Line;
use ratatui::{Frame, Terminal};

/// Rows of the text.
const ROWS: usize = 5_000;

/// Shows rows of text until `q`; `j` goes a row on, a space a page.
pub(crate) fn run() -> io::Result<()> {
    let rows: Vec<String> = (0..ROWS)
        .map(|row| format!("{row:05} READY {}", "the quick brown fox jumps over ".repeat(3)))
        .collect();
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
    let mut top = 0;
    loop {
        terminal.draw(|frame| draw(frame, &rows, top))?;
        if let Event::Key(key) = read()? {
            match key.code {
                KeyCode::Char('q') => break,
                KeyCode::Char(' ') => top += 39,
                _ => top += 1,
            }
        }
    }
    execute!(stdout(), LeaveAlternateScreen)?;
    disable_raw_mode()
}

fn draw(frame: &mut Frame<'_>, rows: &[String], top: usize) {
    for area in frame.area().rows() {
        let row = rows.get((top + usize::from(area.y)) % ROWS);
        frame.render_widget(Line::raw(row.map_or("", String::as_str)), area);
    }
}
