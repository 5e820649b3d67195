//! The guard of the terminal: it is given back as it was found on every way out.

use std::fmt;
use std::io::{self, Write as _};
use std::panic;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, execute};

use crate::io::shield;

/// Whether the terminal is ours. A panic hook has nothing else to go by.
static ENTERED: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();
/// Held by whoever does something with the terminal that takes no time.
static AT_WORK: Mutex<()> = Mutex::new(());

/// Holds the terminal in the modes that the reader needs, from when it [enters](Self::enter) until it is
/// dropped or somebody panics.
#[derive(Debug)]
pub struct Guard {
    mouse: bool,
}

impl Guard {
    /// A guard that holds nothing yet, and will report the `mouse` if that is wanted. When some thread panics
    /// that nobody catches, the terminal is given back, it is said what happened and that the journal is in
    /// `state`, and `fallen` is called.
    pub fn new(mouse: bool, state: &Path, fallen: impl Fn() + Send + Sync + 'static) -> Self {
        HOOK.call_once(|| {
            let state = state.to_owned();
            panic::set_hook(Box::new(move |what| {
                if shield::is_up() {
                    return;
                }
                // On the screen of its own, what is reported would be gone with it.
                leave();
                shield::report(what, Some(&state));
                fallen();
            }));
        });
        Self { mouse }
    }

    /// Takes the terminal: no echo, keys one at a time, and a screen of its own.
    ///
    /// # Errors
    /// The terminal refuses. It is then as it was.
    pub fn enter(&self) -> io::Result<()> {
        ENTERED.store(true, Ordering::SeqCst);
        let taken = enable_raw_mode().and_then(|()| self.set_modes());
        taken.inspect_err(|_| leave())
    }

    /// Whether the terminal is ours. It is not once some thread has panicked.
    #[must_use]
    pub fn holds(&self) -> bool {
        is_ours()
    }

    /// Gives the terminal back for a while.
    pub fn give_back(&self) {
        leave();
    }

    /// Gives a terminal back that takes in nothing: what can be done without writing to it.
    pub fn free() {
        // It may be gone.
        let _ = disable_raw_mode();
    }

    /// Takes the terminal again. Whoever had it may have left it in any mode.
    ///
    /// # Errors
    /// As [`Self::enter`].
    pub fn take_again(&self) -> io::Result<()> {
        leave();
        self.enter()
    }

    fn set_modes(&self) -> io::Result<()> {
        let mut out = io::stdout();
        // What takes more cells than was reckoned stays in its row.
        execute!(
            out,
            PUSH_TITLE,
            EnterAlternateScreen,
            DisableLineWrap,
            KEEP_CELLS,
            EnableBracketedPaste,
            PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES),
            Hide
        )?;
        if self.mouse { execute!(out, EnableMouse) } else { Ok(()) }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Whether the terminal is ours to write to.
pub(super) fn is_ours() -> bool {
    ENTERED.load(Ordering::SeqCst)
}

/// Does what takes no time, if the terminal is ours; it is not given back before that is done.
#[cfg(unix)]
pub(super) fn while_ours<T>(act: impl FnOnce() -> T) -> Option<T> {
    let _at_work = AT_WORK.lock().unwrap_or_else(PoisonError::into_inner);
    is_ours().then(act)
}

/// Gives the terminal back, unless that was done. It may be gone, so nothing is made of errors.
fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    drop(AT_WORK.lock().unwrap_or_else(PoisonError::into_inner));
    let mut out = io::stdout();
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        DisableMouseCapture,
        PopKeyboardEnhancementFlags,
        DisableBracketedPaste,
        Show,
        TURN_WORDS,
        EnableLineWrap,
        LeaveAlternateScreen,
        POP_TITLE
    );
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Reports buttons, the wheel, and movement with a button down. crossterm's own command asks for every
/// movement, each of which would wake us for nothing.
struct EnableMouse;

impl Command for EnableMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

/// A control sequence that is nothing to the console of Windows.
struct Sequence(&'static str);

/// Has the terminal remember its title (XTWINOPS 22).
const PUSH_TITLE: Sequence = Sequence("\x1b[22;2t");

/// Has the terminal take the title that it remembers (XTWINOPS 23).
const POP_TITLE: Sequence = Sequence("\x1b[23;2t");

/// Has the terminal leave every letter in the cell that it was sent for (ECMA-48, BDSM reset): one that
/// turns Hebrew or Arabic words round would turn the panes beside them round too.
const KEEP_CELLS: Sequence = Sequence("\x1b[8l");

/// Lets the terminal turn words round again, as it does for a shell (BDSM set).
const TURN_WORDS: Sequence = Sequence("\x1b[8h");

impl Command for Sequence {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str(self.0)
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        Ok(())
    }
}
