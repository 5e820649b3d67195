//! A program in a terminal of its own: keys in, the times of what comes out, and what it costs.

use std::fs;
use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

/// The terminal that everything is measured on.
const COLUMNS: u16 = 120;
pub(crate) const ROWS: u16 = 40;
/// A frame is over when nothing came for so long.
const QUIET: Duration = Duration::from_millis(30);
/// The longest that anything is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a program has used so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Used {
    /// Time on the processor, in ms.
    pub(crate) cpu: f64,
    /// How often one of its threads was woken.
    pub(crate) switches: u64,
    /// Memory that is no file's, in MB.
    pub(crate) anonymous: f64,
}

/// What a key led to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    /// Until the last byte of it, in ms.
    pub(crate) last: f64,
    /// How many bytes it took.
    pub(crate) bytes: usize,
}

/// A program in a terminal.
pub(crate) struct Pty {
    started: Instant,
    chunks: Receiver<(Instant, Vec<u8>)>,
    screen: Parser,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
}

impl Pty {
    /// Starts a program.
    pub(crate) fn start(program: &Path, arguments: &[&str], columns: Option<u16>) -> Self {
        let columns = columns.unwrap_or(COLUMNS);
        let size = PtySize { rows: ROWS, cols: columns, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        let mut output = pair.master.try_clone_reader().unwrap();
        let (sender, chunks) = channel();
        thread::spawn(move || {
            let mut bytes = vec![0; 65_536];
            while let Ok(length @ 1..) = output.read(&mut bytes) {
                let chunk = bytes.get(..length).unwrap_or_default().to_vec();
                if sender.send((Instant::now(), chunk)).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let cells = |count| NonZeroU16::new(count).unwrap();
        let screen = Parser::new(cells(ROWS), cells(columns), 0);
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        Self { started, chunks, screen, keys, child, _master: pair.master }
    }

    /// Milliseconds since it was started.
    pub(crate) fn age(&self, at: Instant) -> f64 {
        at.duration_since(self.started).as_secs_f64() * 1e3
    }

    /// Takes in what comes within a time; when it came.
    fn take(&mut self, within: Duration) -> Option<(Instant, usize)> {
        match self.chunks.recv_timeout(within) {
            Ok((at, bytes)) => {
                self.screen.process(&bytes);
                Some((at, bytes.len()))
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Waits until the screen is as it should be; when it came to be so, or now if it is so already.
    pub(crate) fn until(&mut self, is: impl Fn(&str) -> bool) -> Option<Instant> {
        let end = Instant::now() + PATIENCE;
        let mut at = Instant::now();
        while at < end {
            if is(&self.rows()) {
                return Some(at);
            }
            at = self.take(QUIET).map_or_else(Instant::now, |(at, _)| at);
        }
        None
    }

    /// What the screen shows, row by row, whichever of them are wrapped.
    fn rows(&self) -> String {
        let screen = self.screen.screen();
        let (_, columns) = screen.size();
        screen.rows(0, columns.get()).collect::<Vec<_>>().join("\n")
    }

    /// Waits until nothing comes any more.
    pub(crate) fn settle(&mut self, quiet: Duration) {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end && self.take(quiet).is_some() {}
    }

    /// Sends keys; when that began, for the program may have answered before it is over.
    pub(crate) fn send(&mut self, keys: &str) -> Instant {
        let sent = Instant::now();
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        sent
    }

    /// Sends a key and waits for the frame that comes of it, if one does.
    pub(crate) fn press(&mut self, key: &str) -> Option<Frame> {
        let sent = self.send(key);
        let since = |at: Instant| at.saturating_duration_since(sent).as_secs_f64() * 1e3;
        let (first, mut bytes) = self.take(QUIET * 10)?;
        let mut last = first;
        while let Some((at, more)) = self.take(QUIET) {
            last = at;
            bytes += more;
        }
        Some(Frame { last: since(last), bytes })
    }

    /// Sends a key and waits for the first byte that comes of it, in ms.
    pub(crate) fn tap(&mut self, key: &str) -> Option<f64> {
        while self.take(Duration::ZERO).is_some() {}
        let sent = self.send(key);
        let (first, _) = self.take(QUIET * 10)?;
        Some(first.saturating_duration_since(sent).as_secs_f64() * 1e3)
    }

    /// Holds a key down; how long after the last of it the screen comes to rest, in ms.
    pub(crate) fn hold(&mut self, key: &str, count: u32, rate: u32) -> f64 {
        let start = Instant::now();
        let mut sent = start;
        let mut last = start;
        for nth in 0..count {
            let due = start + Duration::from_secs(1) * nth / rate;
            while let Some(left) = due.checked_duration_since(Instant::now()) {
                last = self.take(left).map_or(last, |(at, _)| at);
            }
            sent = self.send(key);
        }
        while let Some((at, _)) = self.take(QUIET) {
            last = at;
        }
        last.saturating_duration_since(sent).as_secs_f64() * 1e3
    }

    /// How many bytes come while nothing is done.
    pub(crate) fn listen(&mut self, time: Duration) -> usize {
        let end = Instant::now() + time;
        let mut bytes = 0;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            bytes += self.take(left).map_or(0, |(_, bytes)| bytes);
        }
        bytes
    }

    /// What it has used so far, where the system tells (Linux).
    pub(crate) fn used(&self) -> Option<Used> {
        let process = format!("/proc/{}", self.child.process_id()?);
        let mut used = Used { cpu: 0.0, switches: 0, anonymous: 0.0 };
        for task in fs::read_dir(format!("{process}/task")).ok()?.flatten() {
            let stat = fs::read_to_string(task.path().join("schedstat")).ok()?;
            let nanoseconds: f64 = stat.split(' ').next()?.parse().ok()?;
            used.cpu += nanoseconds / 1e6;
            let status = fs::read_to_string(task.path().join("status")).ok()?;
            let lines = status.lines().filter(|line| line.contains("ctxt_switches"));
            used.switches += lines.filter_map(number).sum::<u64>();
        }
        let status = fs::read_to_string(format!("{process}/status")).ok()?;
        let kilobytes = status.lines().find(|line| line.starts_with("RssAnon")).and_then(number)?;
        used.anonymous = f64::from(u32::try_from(kilobytes).ok()?) / 1024.0;
        Some(used)
    }

    /// Waits until it no longer works in the background; when it ended that.
    pub(crate) fn rest(&mut self) -> Instant {
        let start = Instant::now();
        let mut ended = start;
        let mut before = self.used().map_or(0.0, |used| used.cpu);
        while ended.elapsed() < Duration::from_millis(800) && start.elapsed() < PATIENCE * 5 {
            self.listen(Duration::from_millis(100));
            let now = self.used().map_or(before, |used| used.cpu);
            // A tenth of one of ten milliseconds is the noise of looking.
            if now - before > 1.0 {
                ended = Instant::now();
            }
            before = now;
        }
        ended
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The number in a line of a status file.
fn number(line: &str) -> Option<u64> {
    line.split_whitespace().find_map(|word| word.parse().ok())
}
