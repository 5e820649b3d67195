//! The painter: frames, the title and the clipboard, one after the other through one writer.
//!
//! A thread of its own writes them: a terminal that was stopped, or whose other side does not read, holds
//! up that thread and nobody else.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate, SetTitle};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::guard;
use super::session::Message;
use crate::app::Model;
use crate::config::Theme;
use crate::text::{clean, fit};
use crate::ui;

/// How long to wait before looking again whether all is written.
const PAUSE: Duration = Duration::from_millis(1);
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
    press: Press,
}

impl Painter {
    /// A painter on a terminal of so many cells. It sends to `messages` when it can draw again, and when
    /// the terminal is gone.
    pub(super) fn new(
        theme: Theme,
        columns: u16,
        rows: u16,
        messages: SyncSender<Message>,
    ) -> io::Result<Self> {
        let area = Rect::new(0, 0, columns, rows);
        let (press, sheets) = Press::start(messages)?;
        let sheet = Sheet { bytes: Vec::new(), sheets, queue: Arc::clone(&press.queue) };
        let backend = CrosstermBackend::new(sheet);
        // The area is the model's, never one that the terminal has taken in the meantime.
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let terminal = Terminal::with_options(backend, options)?;
        Ok(Self { terminal, theme, area, stale: true, title: String::new(), press })
    }

    /// Whether the last frame is on the terminal. If not, word will be sent when it is.
    pub(super) fn is_free(&self) -> bool {
        let queue = &self.press.queue;
        // Asked for before it is looked at: whoever writes the last looks after that.
        queue.awaited.store(true, Ordering::SeqCst);
        let free = queue.waiting.load(Ordering::SeqCst) == 0;
        if free {
            queue.awaited.store(false, Ordering::SeqCst);
        }
        free
    }

    /// Waits so long at most until all that was sent is on the terminal; whether it is by then.
    pub(super) fn is_done_within(&self, patience: Duration) -> bool {
        let start = Instant::now();
        while self.press.queue.waiting.load(Ordering::SeqCst) > 0 {
            if start.elapsed() >= patience || self.press.thread.is_finished() {
                return false;
            }
            thread::sleep(PAUSE);
        }
        true
    }

    /// Waits until all that was sent is on the terminal.
    pub(super) fn finish(self) {
        let Self { terminal, press, .. } = self;
        // With it goes the last that could send more.
        drop(terminal);
        // One that fell has said so itself.
        let _ = press.thread.join();
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

/// What was handed over to be written, and is not yet.
#[derive(Debug, Default)]
struct Queue {
    /// How many sheets.
    waiting: AtomicUsize,
    /// Whether somebody is to be told when there are none.
    awaited: AtomicBool,
}

/// The thread that writes to the terminal.
#[derive(Debug)]
struct Press {
    queue: Arc<Queue>,
    thread: JoinHandle<()>,
}

impl Press {
    /// Starts it; it ends when nobody is left who could send it anything.
    fn start(messages: SyncSender<Message>) -> io::Result<(Self, Sender<Vec<u8>>)> {
        let (sheets, to_write) = channel();
        let queue = Arc::new(Queue::default());
        let own = Arc::clone(&queue);
        let print = move || print(&to_write, &own, &messages);
        let thread = thread::Builder::new().name("painter".to_owned()).spawn(print)?;
        Ok((Self { queue, thread }, sheets))
    }
}

/// Writes what comes, until nothing more can come or the terminal is gone. Whoever is told no longer
/// listens if he is leaving.
fn print(sheets: &Receiver<Vec<u8>>, queue: &Queue, messages: &SyncSender<Message>) {
    for sheet in sheets {
        if let Err(error) = write(&sheet) {
            let _ = messages.send(Message::Lost(error));
            return;
        }
        let left = queue.waiting.fetch_sub(1, Ordering::SeqCst) - 1;
        if left == 0 && queue.awaited.swap(false, Ordering::SeqCst) {
            let _ = messages.send(Message::Painted);
        }
    }
}

fn write(sheet: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if !guard::is_ours() {
        // It was given back by now, and half a frame is not for the shell's screen.
        return Ok(());
    }
    out.write_all(sheet)?;
    out.flush()
}

/// Collects a frame: what is written in one go does not tear.
#[derive(Debug)]
struct Sheet {
    bytes: Vec<u8>,
    sheets: Sender<Vec<u8>>,
    queue: Arc<Queue>,
}

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.bytes);
        if !bytes.is_empty() && !thread::panicking() {
            self.queue.waiting.fetch_add(1, Ordering::SeqCst);
            // Where nobody writes any more, it has been said why.
            let _ = self.sheets.send(bytes);
        }
        Ok(())
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
