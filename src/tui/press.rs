//! The press: what writes frames to the terminal.
//!
//! What the terminal takes in at once is written at once; to hand that to another thread would take as long
//! again. The rest is left to a thread of its own: a terminal that was stopped, or whose other side does not
//! read, holds up that thread and nobody else.

use std::io::{self, Write as _};
#[cfg(unix)]
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

#[cfg(unix)]
use rustix::fs::{Mode, OFlags};

use super::guard;
use super::session::Message;

/// How long to wait before looking again whether all is written.
const PAUSE: Duration = Duration::from_millis(1);

/// What writes to the terminal at once, and the thread that does so otherwise.
#[derive(Debug)]
pub(super) struct Press {
    tap: Tap,
    queue: Arc<Queue>,
    messages: SyncSender<Message>,
    /// The thread, once there was something for it to do.
    printer: Option<Printer>,
}

/// A thread that writes, and where it is sent what.
#[derive(Debug)]
struct Printer {
    frames: Sender<Vec<u8>>,
    thread: JoinHandle<()>,
}

/// What was handed over to be written, and is not yet.
#[derive(Debug, Default)]
struct Queue {
    /// How many frames.
    waiting: AtomicUsize,
    /// Whether somebody is to be told when there are none.
    awaited: AtomicBool,
}

impl Press {
    /// A press that sends to `messages` when all is written, if that was asked for, and when the terminal
    /// is gone.
    pub(super) fn new(messages: SyncSender<Message>) -> Self {
        Self { tap: Tap::open(), queue: Arc::default(), messages, printer: None }
    }

    /// Has `bytes` written behind all that was to be written before.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub(super) fn print(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        if thread::panicking() { Ok(()) } else { self.pass(bytes, Tap::write) }
    }

    /// Has `at_once` write what it can, if nothing waits to be written before that, and the thread the rest.
    fn pass(
        &mut self,
        mut bytes: Vec<u8>,
        at_once: impl FnOnce(&Tap, &[u8]) -> usize,
    ) -> io::Result<()> {
        if self.has_written_all() {
            let written = at_once(&self.tap, &bytes).min(bytes.len());
            bytes.drain(..written);
        }
        if bytes.is_empty() {
            return Ok(());
        }
        let printer = match &self.printer {
            Some(printer) => printer,
            None => self.printer.insert(Printer::start(&self.queue, self.messages.clone())?),
        };
        self.queue.waiting.fetch_add(1, Ordering::SeqCst);
        // Where nobody writes any more, it has been said why.
        let _ = printer.frames.send(bytes);
        Ok(())
    }

    fn has_written_all(&self) -> bool {
        self.queue.waiting.load(Ordering::SeqCst) == 0
    }

    /// Whether all is written. If not, word will be sent when it is.
    pub(super) fn is_free(&self) -> bool {
        let Queue { waiting, awaited } = &*self.queue;
        // Asked for before it is looked at: whoever writes the last looks after that.
        awaited.store(true, Ordering::SeqCst);
        let free = waiting.load(Ordering::SeqCst) == 0;
        if free {
            awaited.store(false, Ordering::SeqCst);
        }
        free
    }

    /// Waits so long at most until all is written; whether it is by then.
    pub(super) fn is_done_within(&self, patience: Duration) -> bool {
        let start = Instant::now();
        while !self.has_written_all() {
            let ended = self.printer.as_ref().is_none_or(|printer| printer.thread.is_finished());
            if start.elapsed() >= patience || ended {
                return false;
            }
            thread::sleep(PAUSE);
        }
        true
    }

    /// Waits until all is written.
    pub(super) fn finish(self) {
        let Some(Printer { frames, thread }) = self.printer else { return };
        drop(frames);
        // One that fell has said so itself.
        let _ = thread.join();
    }
}

impl Printer {
    fn start(queue: &Arc<Queue>, messages: SyncSender<Message>) -> io::Result<Self> {
        let (frames, to_write) = channel();
        let queue = Arc::clone(queue);
        let print = move || print(&to_write, &queue, &messages);
        let thread = thread::Builder::new().name("painter".to_owned()).spawn(print)?;
        Ok(Self { frames, thread })
    }
}

/// A way to the terminal that never has anybody wait. It is another description of the same terminal:
/// one that others share, as standard output is, is not ours to change.
#[derive(Debug)]
struct Tap {
    #[cfg(unix)]
    terminal: Option<OwnedFd>,
}

#[cfg(unix)]
impl Tap {
    /// Opens the terminal that standard output is, if it can be found by its name.
    fn open() -> Self {
        let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let name = rustix::termios::ttyname(io::stdout(), Vec::new());
        let terminal = name.and_then(|name| rustix::fs::open(name, flags, Mode::empty()));
        Self { terminal: terminal.ok() }
    }

    /// Writes what the terminal takes in at once; how many bytes that was.
    fn write(&self, bytes: &[u8]) -> usize {
        let Some(terminal) = &self.terminal else { return 0 };
        let written = guard::while_ours(|| rustix::io::write(terminal, bytes));
        // What is wrong with it is found again by whoever writes the rest.
        written.and_then(Result::ok).unwrap_or(0)
    }
}

#[cfg(not(unix))]
impl Tap {
    const fn open() -> Self {
        Self {}
    }

    #[allow(clippy::unused_self, reason = "there is nothing to write to")]
    const fn write(&self, _bytes: &[u8]) -> usize {
        0
    }
}

/// Writes what comes, until nothing more can come or the terminal is gone. Whoever is told no longer
/// listens if he is leaving.
fn print(frames: &Receiver<Vec<u8>>, queue: &Queue, messages: &SyncSender<Message>) {
    for frame in frames {
        if let Err(error) = write(&frame) {
            let _ = messages.send(Message::Lost(error));
            return;
        }
        let left = queue.waiting.fetch_sub(1, Ordering::SeqCst) - 1;
        if left == 0 && queue.awaited.swap(false, Ordering::SeqCst) {
            let _ = messages.send(Message::Painted);
        }
    }
}

fn write(frame: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if !guard::is_ours() {
        // It was given back by now, and half a frame is not for the shell's screen.
        return Ok(());
    }
    out.write_all(frame)?;
    out.flush()
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn nothing_overtakes_what_waits() {
        let (frames, left) = channel();
        let (messages, _heard) = sync_channel(1);
        let printer = Some(Printer { frames, thread: thread::spawn(|| {}) });
        let tap = Tap { terminal: None };
        let mut press = Press { tap, queue: Arc::default(), messages, printer };
        press.pass(b"whole".to_vec(), |_, bytes| bytes.len()).unwrap();
        assert!(press.is_free() && left.try_recv().is_err());
        press.pass(b"half of it".to_vec(), |_, _| 4).unwrap();
        assert!(!press.is_free());
        press.pass(b" and more".to_vec(), |_, _| panic!("it goes before the rest")).unwrap();
        let all: Vec<_> = left.try_iter().collect();
        assert_eq!(all, [b" of it".to_vec(), b" and more".to_vec()]);
        assert!(!press.is_done_within(Duration::ZERO));
    }
}
