//! The painter: frames, the title and the clipboard, one after the other.

use std::io;
use std::sync::mpsc::SyncSender;
use std::time::Duration;

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate, SetTitle};
use ratatui::layout::Rect;

use super::press::Press;
use super::session::Message;
use super::sheet::{Moved, Sheet};
use crate::app::{Model, PageRow};
use crate::config::Theme;
use crate::corpus::ArticleId;
use crate::text::{clean, fit};
use crate::ui;

/// The longest title, in cells.
const TITLE: usize = 100;

/// Families of terminals that give what they empty the ground in force.
const FILLING: [&str; 7] = ["xterm", "alacritty", "foot", "konsole", "linux", "rxvt", "vte"];

/// What paints.
#[derive(Debug)]
pub(super) struct Painter {
    sheet: Sheet,
    theme: Theme,
    title: String,
    page: Page,
    press: Press,
}

/// The text as it was last drawn.
#[derive(Debug, Default)]
struct Page {
    article: Option<ArticleId>,
    area: Rect,
    rows: Vec<PageRow>,
}

impl Painter {
    /// A painter on a terminal of which nothing is known. It sends to `messages` when it can draw again,
    /// and when the terminal is gone.
    pub(super) fn new(theme: Theme, messages: SyncSender<Message>) -> Self {
        let sheet = Sheet::new(std::env::var("TERM").is_ok_and(|name| fills(&name)));
        let (page, press) = (Page::default(), Press::new(messages));
        Self { sheet, theme, title: String::new(), page, press }
    }

    /// Whether the last frame is on the terminal. If not, word will be sent when it is.
    pub(super) fn is_free(&self) -> bool {
        self.press.is_free()
    }

    /// Waits so long at most until all that was sent is on the terminal; whether it is by then.
    pub(super) fn is_done_within(&self, patience: Duration) -> bool {
        self.press.is_done_within(patience)
    }

    /// Waits until all that was sent is on the terminal.
    pub(super) fn finish(self) {
        self.press.finish();
    }

    /// Has the next frame drawn from nothing, and the title set again.
    pub(super) fn forget(&mut self) {
        self.sheet.forget();
        self.title.clear();
    }

    /// Draws the model as it stands. Nothing is sent where nothing changed.
    pub(super) fn draw(&mut self, model: &Model) -> io::Result<()> {
        // The area is the model's, never one that the terminal has taken in the meantime.
        let area = model.view.screen.area;
        let cursor = ui::draw(model, &self.theme, self.sheet.cells(area));
        let changes = self.sheet.turn(cursor, self.page.turn(model));
        let title = title(model);
        if changes.is_empty() && title == self.title {
            return Ok(());
        }
        let mut frame = Vec::with_capacity(changes.len() + 64);
        // Terminals that know of no such thing pass over it. To ask first would take them as long as
        // to draw, and the answer could be taken for keys.
        queue!(frame, BeginSynchronizedUpdate)?;
        frame.extend_from_slice(changes.as_bytes());
        if title != self.title {
            queue!(frame, SetTitle(&title))?;
            self.title = title;
        }
        queue!(frame, EndSynchronizedUpdate)?;
        self.press.print(frame)
    }

    /// Sends a control sequence of ours between two frames.
    pub(super) fn send(&mut self, sequence: &str) -> io::Result<()> {
        self.press.print(sequence.as_bytes().to_vec())
    }
}

impl Page {
    /// Takes in what is drawn now, and tells how it has moved.
    fn turn(&mut self, model: &Model) -> Option<Moved> {
        let (article, area) = (model.reading.as_ref().map(|it| it.id), model.page_area());
        let rows = model.reading.as_ref().map_or(&[][..], |it| &it.rows);
        let same = self.article == article && self.area == area;
        let by = if same { moved(&self.rows, rows) } else { None };
        (self.article, self.area) = (article, area);
        self.rows.clear();
        self.rows.extend_from_slice(rows);
        Some(Moved { top: area.top(), bottom: area.bottom(), by: by? })
    }
}

/// Whether a terminal by that name is known to give what it empties the ground in force (`bce` in
/// terminfo). Screen and others that take the plain ground must be sent each cell.
fn fills(name: &str) -> bool {
    let family = |known: &&str| {
        name.strip_prefix(*known).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    name != "xterm-kitty" && FILLING.iter().any(family)
}

/// How far up rows have moved, where some are still there.
fn moved(before: &[PageRow], now: &[PageRow]) -> Option<i16> {
    let place = |rows: &[PageRow], of: Option<&PageRow>| {
        rows.iter().position(|row| Some(row) == of).and_then(|at| i16::try_from(at).ok())
    };
    place(before, now.first()).or_else(|| place(now, before.first()).map(|down| -down))
}

/// What the window is called.
fn title(model: &Model) -> String {
    let open = model.reading.as_ref().and_then(|reading| model.library.entry(reading.id));
    match open {
        Some(entry) => format!("{} – pullquote", fit(&clean(entry.title()), TITLE)),
        None => "pullquote".to_owned(),
    }
}
