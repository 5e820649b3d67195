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
    /// To stop until continued, and to give the terminal back for that.
    Stop,
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

/// The signals that came, until somebody asks.
#[cfg(unix)]
pub(super) type Caught = signal_hook::iterator::Signals;
/// There are none here.
#[cfg(not(unix))]
pub(super) type Caught = ();

/// Catches signals from now on: none of them ends or stops the program by itself any more.
#[cfg(unix)]
pub(super) fn catch() -> io::Result<Caught> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    Caught::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])
}

#[cfg(not(unix))]
pub(super) fn catch() -> io::Result<Caught> {
    Ok(())
}

/// Sends to `messages` what signals ask for, those that have come before first.
#[cfg(unix)]
pub(super) fn start(
    mut caught: Caught,
    messages: SyncSender<Message>,
    lent: Lent,
) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGINT, SIGQUIT, SIGTSTP};
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in caught.forever() {
            let signal = match signal {
                SIGINT | SIGQUIT | SIGCONT if lent.is_set() => continue,
                // An editor stops its whole group, and us with it.
                SIGTSTP if lent.is_set() => {
                    stop();
                    continue;
                }
                SIGTSTP => Signal::Stop,
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
pub(super) fn start((): Caught, _messages: SyncSender<Message>, _lent: Lent) -> io::Result<()> {
    Ok(())
}

/// Stops the process until it is continued; where nobody could continue it, not at all.
pub(super) fn stop() {
    #[cfg(unix)]
    if can_be_continued() {
        // Where it cannot be stopped, it goes on.
        let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
    }
}

/// Whether somebody in our session is there to continue our process group: the first of our
/// ancestors outside the group, most often a shell. To stop a group without one is what the system
/// itself refuses (POSIX calls it orphaned). Where there is no `/proc` to tell, it is taken for granted.
#[cfg(unix)]
fn can_be_continued() -> bool {
    let Some(own) = Kinship::of("self") else { return true };
    let mut ancestor = Kinship::of(&own.parent);
    while let Some(it) = &ancestor {
        if it.session != own.session {
            return false;
        }
        if it.group != own.group {
            return true;
        }
        ancestor = Kinship::of(&it.parent);
    }
    false
}

/// Whom a process belongs to, as numbers in decimal.
#[cfg(unix)]
struct Kinship {
    parent: String,
    group: String,
    session: String,
}

#[cfg(unix)]
impl Kinship {
    /// That of a process, by its number; see proc(5).
    fn of(process: &str) -> Option<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // What it is called comes before, and may hold anything but this.
        let (_, fields) = stat.rsplit_once(") ")?;
        let mut fields = fields.split(' ').skip(1).map(str::to_owned);
        Some(Self { parent: fields.next()?, group: fields.next()?, session: fields.next()? })
    }
}
