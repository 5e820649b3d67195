//! The painter: frames, the title and the clipboard, one after the other through one writer.

use std::io::{self, Write};
use std::thread;

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate, SetTitle};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::guard;
use crate::app::Model;
use crate::config::Theme;
use crate::text::{clean, fit};
use crate::ui;

/// The longest title, in cells.
const TITLE: usize = 100;

/// What paints.
#[derive(Debug)]
pub(super) struct Painter {
    terminal: Terminal<CrosstermBackend<Sheet>>,
    theme: Theme,
    area: Rect,
    /// Whether what is on the screen is not what was last drawn.
    stale: bool,
    title: String,
}

impl Painter {
    /// A painter on a terminal of so many cells.
    pub(super) fn new(theme: Theme, columns: u16, rows: u16) -> io::Result<Self> {
        let area = Rect::new(0, 0, columns, rows);
        let backend = CrosstermBackend::new(Sheet::default());
        // The area is the model's, never one that the terminal has taken in the meantime.
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let terminal = Terminal::with_options(backend, options)?;
        Ok(Self { terminal, theme, area, stale: true, title: String::new() })
    }

    /// Has the next frame drawn from nothing, and the title set again.
    pub(super) fn forget(&mut self) {
        self.stale = true;
        self.title.clear();
    }

    /// Draws the model as it stands.
    pub(super) fn draw(&mut self, model: &Model) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let area = model.view.screen.area;
        if self.stale || self.area != area {
            self.terminal.resize(area)?;
            (self.area, self.stale) = (area, false);
        }
        let theme = &self.theme;
        self.terminal.draw(|frame| ui::draw(model, theme, frame))?;
        let title = title(model);
        if title != self.title {
            queue!(self.terminal.backend_mut(), SetTitle(&title))?;
            self.title = title;
        }
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Write::flush(self.terminal.backend_mut())
    }

    /// Sends a control sequence of ours between two frames.
    pub(super) fn send(&mut self, sequence: &str) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(sequence.as_bytes())?;
        Write::flush(out)
    }
}

/// Collects a frame: what is written in one go does not tear.
#[derive(Debug, Default)]
struct Sheet(Vec<u8>);

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.0);
        let mut out = io::stdout().lock();
        if thread::panicking() || !guard::is_ours() {
            // It was given back by now, and half a frame is not for the shell's screen.
            return Ok(());
        }
        out.write_all(&bytes)?;
        out.flush()
    }
}

/// What the window is called.
fn title(model: &Model) -> String {
    let open = model.reading.as_ref().and_then(|reading| model.library.entry(reading.id));
    match open {
        Some(entry) => format!("{} – pullquote", fit(&clean(entry.title()), TITLE)),
        None => "pullquote".to_owned(),
    }
}
