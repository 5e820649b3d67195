//! Input: one thread waits for the terminal, and reads only when it was told to go on.
//!
//! It waits to be told so that, while an editor has the terminal, nobody takes its keys. Another waits
//! for the terminal to vanish: reading from one that is gone would end at once, again and again.

use std::io;
#[cfg(unix)]
use std::os::fd::AsFd as _;
use std::sync::mpsc::{Sender, SyncSender, channel};
use std::thread;
use std::time::Duration;

use crossterm::event::{self, MouseButton, MouseEventKind};

use super::session::Message;
use crate::app::{Event, Pointer, PointerKind};
use crate::config::Key;

/// The most events that are handed over at a time.
const MOST: usize = 256;

/// The thread that reads keys.
#[derive(Debug)]
pub(super) struct Input {
    messages: SyncSender<Message>,
    /// Where it is told to go on, once it was started.
    go: Option<Sender<()>>,
}

impl Input {
    /// Input that is sent to `messages`. Nothing is read before it is told to [go on](Self::go_on).
    pub(super) const fn new(messages: SyncSender<Message>) -> Self {
        Self { messages, go: None }
    }

    /// Has it read on.
    ///
    /// # Errors
    /// The system has no thread to give, the first time.
    pub(super) fn go_on(&mut self) -> io::Result<()> {
        let go = match &self.go {
            Some(go) => go,
            None => self.go.insert(start(self.messages.clone())?),
        };
        // Where it is gone, it has said why.
        let _ = go.send(());
        Ok(())
    }
}

fn start(messages: SyncSender<Message>) -> io::Result<Sender<()>> {
    let (go, told) = channel();
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        if let Err(error) = await_end(messages.clone()) {
            // Whoever no longer listens is leaving.
            let _ = messages.send(Message::Lost(error));
        }
        while told.recv().is_ok() {
            let message = read().map_or_else(Message::Lost, Message::Input);
            if messages.send(message).is_err() {
                return;
            }
        }
    })?;
    Ok(go)
}

/// Has it said when the terminal is gone.
#[cfg(unix)]
fn await_end(messages: SyncSender<Message>) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    use std::io::IsTerminal as _;
    let terminal = if io::stdin().is_terminal() {
        io::stdin().as_fd().try_clone_to_owned()?
    } else {
        std::fs::File::open("/dev/tty")?.into()
    };
    let wait = move || {
        // Nothing is asked for: it is told unasked that the other side is gone.
        let mut ends = [PollFd::new(&terminal, PollFlags::empty())];
        while poll(&mut ends, None).is_err_and(|error| error == rustix::io::Errno::INTR) {}
        let gone = ends.iter().any(|end| end.revents().contains(PollFlags::HUP));
        if gone {
            let error = io::Error::new(io::ErrorKind::BrokenPipe, "it is gone");
            // Whoever no longer listens is leaving.
            let _ = messages.send(Message::Lost(error));
        }
    };
    thread::Builder::new().name("terminal".to_owned()).spawn(wait).map(drop)
}

#[cfg(not(unix))]
fn await_end(_messages: SyncSender<Message>) -> io::Result<()> {
    Ok(())
}

/// Waits for an event that means something, and takes those that came with it.
fn read() -> io::Result<Vec<Event>> {
    loop {
        let mut events: Vec<Event> = event_of(event::read()?).into_iter().collect();
        while events.len() < MOST && event::poll(Duration::ZERO)? {
            events.extend(event_of(event::read()?));
        }
        if !events.is_empty() {
            return Ok(events);
        }
    }
}

fn event_of(event: event::Event) -> Option<Event> {
    match event {
        event::Event::Key(key) => Key::try_from(key).ok().map(Event::Key),
        event::Event::Paste(text) => Some(Event::Paste(text)),
        event::Event::Mouse(mouse) => pointer_of(mouse).map(Event::Pointer),
        event::Event::Resize(columns, rows) => Some(Event::Resize { columns, rows }),
        event::Event::FocusGained | event::Event::FocusLost => None,
    }
}

fn pointer_of(mouse: event::MouseEvent) -> Option<Pointer> {
    let kind = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => PointerKind::Press,
        MouseEventKind::Drag(MouseButton::Left) => PointerKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => PointerKind::Release,
        MouseEventKind::ScrollDown => PointerKind::WheelDown,
        MouseEventKind::ScrollUp => PointerKind::WheelUp,
        _ => return None,
    };
    Some(Pointer { kind, column: mouse.column, row: mouse.row })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent};

    #[test]
    fn releases_and_foreign_buttons_mean_nothing() {
        let press = KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE);
        assert!(matches!(event_of(event::Event::Key(press)), Some(Event::Key(_))));
        let release = KeyEvent { kind: KeyEventKind::Release, ..press };
        assert!(event_of(event::Event::Key(release)).is_none());
        assert!(event_of(event::Event::FocusLost).is_none());
        let mouse = |kind| MouseEvent { kind, column: 3, row: 4, modifiers: KeyModifiers::NONE };
        assert_eq!(pointer_of(mouse(MouseEventKind::Moved)), None);
        assert_eq!(pointer_of(mouse(MouseEventKind::Down(MouseButton::Right))), None);
        let wheel = Pointer { kind: PointerKind::WheelUp, column: 3, row: 4 };
        assert_eq!(pointer_of(mouse(MouseEventKind::ScrollUp)), Some(wheel));
    }
}
