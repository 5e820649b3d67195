//! Signals, as messages.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use super::session::Message;

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// To end; the signal's number.
    End(u8),
    /// To take the terminal again.
    Continue,
}

/// Whether the terminal is lent to an editor: what is typed for it to hear is not for us.
#[derive(Debug, Clone, Default)]
pub(super) struct Lent(Arc<AtomicBool>);

impl Lent {
    /// Says whether it is.
    pub(super) fn set(&self, lent: bool) {
        self.0.store(lent, Ordering::SeqCst);
    }

    #[cfg(unix)]
    fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Sends to `messages` what signals ask for.
#[cfg(unix)]
pub(super) fn start(messages: SyncSender<Message>, lent: Lent) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let all = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let signal = match signal {
                SIGINT | SIGQUIT | SIGCONT if lent.is_set() => continue,
                SIGCONT => Signal::Continue,
                number => Signal::End(u8::try_from(number).unwrap_or_default()),
            };
            if messages.send(Message::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn start(_messages: SyncSender<Message>, _lent: Lent) -> io::Result<()> {
    Ok(())
}

/// Stops the process until it is continued.
///
/// SIGTSTP keeps its default action, so that an editor that stops its whole group stops us with it, and
/// so that the system ignores it where no shell could continue us.
pub(super) fn stop() {
    #[cfg(unix)]
    {
        // Where it cannot be stopped, it goes on.
        let _ = signal_hook::low_level::raise(signal_hook::consts::SIGTSTP);
    }
}
