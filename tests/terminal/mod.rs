//! A terminal to run the program in, with a screen to read and keys to press.
#![allow(dead_code, reason = "no test needs all of it")]
#![allow(clippy::unwrap_used, reason = "a terminal that breaks fails its test")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use vt100::{Callbacks, Parser, Screen};

/// How long a test waits for what must come. It comes much sooner, but on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(10);

/// What a program tells its terminal beside what it shows.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) title: String,
    /// What was put on the clipboard, as it was sent: in base64.
    pub(crate) clipboard: Vec<String>,
}

impl Callbacks for Told {
    fn set_window_title(&mut self, _: &mut Screen, title: &[u8]) {
        self.title = String::from_utf8(title.to_vec()).unwrap();
    }

    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], data: &[u8]) {
        self.clipboard.push(String::from_utf8(data.to_vec()).unwrap());
    }
}

/// A terminal with a program running in it.
pub(crate) struct Terminal {
    parser: Arc<Mutex<Parser<Told>>>,
    /// All that was sent to it.
    sent: Arc<Mutex<Vec<u8>>>,
    /// Whether no more will be.
    ended: Arc<AtomicBool>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// What takes in all that the program writes.
    shown: Option<JoinHandle<()>>,
    /// Whether it takes in nothing for now.
    stopped: Arc<AtomicBool>,
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

impl Terminal {
    /// Starts a program with the folder and the environment of `program`, on so many cells.
    pub(crate) fn start(program: &Command, columns: u16, rows: u16) -> Self {
        let size = PtySize { rows, cols: columns, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(builder(program)).unwrap();
        drop(pair.slave);
        let parser = Parser::new_with_callbacks(cells(rows), cells(columns), 0, Told::default());
        let parser = Arc::new(Mutex::new(parser));
        let mut output = pair.master.try_clone_reader().unwrap();
        let screen = Arc::clone(&parser);
        let sent = Arc::<Mutex<Vec<u8>>>::default();
        let ended = Arc::<AtomicBool>::default();
        let stopped = Arc::new(AtomicBool::new(false));
        let (record, end, stop) = (Arc::clone(&sent), Arc::clone(&ended), Arc::clone(&stopped));
        let shown = thread::spawn(move || {
            let (mut bytes, mut frames) = ([0; 4096], Frames::default());
            // The end of a terminal is an error on Linux.
            while let Ok(length @ 1..) = output.read(&mut bytes) {
                let bytes = bytes.get(..length).unwrap();
                record.lock().unwrap().extend_from_slice(bytes);
                let whole = frames.take(bytes);
                screen.lock().unwrap().process(&whole);
                while stop.load(Ordering::SeqCst) {
                    thread::sleep(PAUSE);
                }
            }
            screen.lock().unwrap().process(&frames.0);
            end.store(true, Ordering::SeqCst);
        });
        let keys = pair.master.take_writer().unwrap();
        let master = pair.master;
        Self { parser, sent, ended, master, keys, child, shown: Some(shown), stopped }
    }

    /// Sends bytes at once.
    pub(crate) fn send(&mut self, bytes: &str) {
        self.keys.write_all(bytes.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Presses keys one after the other. An escape stands alone, or it would begin a sequence.
    pub(crate) fn press(&mut self, keys: &[&str]) {
        for key in keys {
            self.send(key);
            thread::sleep(Duration::from_millis(60));
        }
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.lock().unwrap().set_size(cells(rows), cells(columns));
        self.master.resize(PtySize { rows, cols: columns, ..PtySize::default() }).unwrap();
    }

    /// All that was sent to it so far.
    pub(crate) fn sent(&self) -> Vec<u8> {
        self.sent.lock().unwrap().clone()
    }

    /// All that was sent to it until the program ended and nobody could send any more.
    pub(crate) fn all(&self) -> Vec<u8> {
        wait(|| self.ended.load(Ordering::SeqCst), || "the terminal is closed".to_owned());
        self.sent()
    }

    /// What `look` finds on the screen now.
    pub(crate) fn look<T>(&self, look: impl Fn(&Screen, &Told) -> T) -> T {
        let parser = self.parser.lock().unwrap();
        look(parser.screen(), parser.callbacks())
    }

    pub(crate) fn contents(&self) -> String {
        self.look(|screen, _| screen.contents())
    }

    /// Waits until the screen shows `text`.
    pub(crate) fn shows(&self, text: &str) {
        self.until(&format!("{text:?} is shown"), |screen, _| screen.contents().contains(text));
    }

    /// Waits until the screen is as it should be.
    pub(crate) fn until(&self, what: &str, is: impl Fn(&Screen, &Told) -> bool) {
        wait(|| self.look(&is), || format!("{what}; but the screen shows:\n{}", self.contents()));
    }

    /// Has it take in nothing of what the program writes, as if it were stopped, or go on with that.
    pub(crate) fn stop(&self, stopped: bool) {
        self.stopped.store(stopped, Ordering::SeqCst);
    }

    /// The number of the program's process.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, name: &str) {
        let process = self.process().to_string();
        let status = Command::new("kill").args(["-s", name, &process]).status().unwrap();
        assert!(status.success());
    }

    /// How long the program has used the processor, in ticks of a hundredth of a second; nought where
    /// the system does not tell.
    pub(crate) fn cpu(&self) -> u64 {
        let process = self.child.process_id().unwrap();
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { return 0 };
        // What the program is called comes second, and may hold anything but this.
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        fields.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
    }

    /// Waits for the end of the program.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "it does not end:\n{}", self.contents());
            thread::sleep(PAUSE);
        }
    }

    /// Waits for the end of the program, and until all that it wrote is on the screen.
    pub(crate) fn ended_and_shown(&mut self) -> ExitStatus {
        let status = self.ended();
        if let Some(shown) = self.shown.take() {
            shown.join().unwrap();
        }
        status
    }

    /// Waits until the terminal is as a program should leave it.
    pub(crate) fn is_given_back(&self) {
        self.until("the terminal is given back", |screen, _| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        let modes = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        assert!(modes.contains("ECHO |") && modes.contains("ICANON"), "{modes}");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves nothing running.
        let _ = self.child.kill();
    }
}

/// Output of which a frame is shown whole or not at all, as terminals do that know synchronized updates
/// (DEC private mode 2026): half of one would say what never was.
#[derive(Default)]
struct Frames(Vec<u8>);

impl Frames {
    /// What can be shown now that this came too.
    fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.0.extend_from_slice(bytes);
        let last = |sequence: &[u8]| {
            let mut windows = self.0.windows(sequence.len());
            windows.rposition(|window| window == sequence)
        };
        let whole = match (last(b"\x1b[?2026h"), last(b"\x1b[?2026l")) {
            (Some(begun), ended) if ended.is_none_or(|ended| ended < begun) => begun,
            _ => self.0.len(),
        };
        self.0.drain(..whole).collect()
    }
}

/// Waits until something is so.
pub(crate) fn wait(mut is: impl FnMut() -> bool, otherwise: impl Fn() -> String) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < PATIENCE, "waited in vain until {}", otherwise());
        thread::sleep(PAUSE);
    }
}

fn builder(program: &Command) -> CommandBuilder {
    let mut builder = CommandBuilder::new(program.get_program());
    builder.args(program.get_args());
    builder.cwd(program.get_current_dir().unwrap());
    for name in ["TMUX", "STY", "NO_COLOR", "VISUAL", "EDITOR"] {
        builder.env_remove(name);
    }
    builder.env("TERM", "xterm-256color");
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => builder.env(name, value),
            None => builder.env_remove(name),
        }
    }
    builder
}
