//! Where a command's product goes: standard output, or a file that is whole or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::definition::Output;
use super::guard::Guard;
use super::message::Failure;
use crate::io::{Problem, path};

/// Bytes that are written in one go, where nobody sees them at once.
const BLOCK: usize = 64 * 1024;

/// A place to write to. A new file appears under its name only when [`Sink::finish`] is called.
pub(super) struct Sink {
    writer: Writer,
    /// How messages name it.
    place: String,
    /// Whether a person sees it at once.
    is_terminal: bool,
}

enum Writer {
    /// Standard output, a device or a pipe: what is written is gone.
    Stream(Box<dyn Write>),
    /// A file in the making, and what it becomes.
    New { file: BufWriter<NamedTempFile>, target: PathBuf, force: bool },
}

impl Sink {
    /// Opens standard output, or the file that was asked for instead.
    ///
    /// # Errors
    /// Where there is a file of that name already and it is not to be replaced, or where none can be
    /// made.
    pub(super) fn open(output: &Output) -> Result<Self, Failure> {
        let Some(target) = output.file.as_deref().filter(|file| file.as_os_str() != "-") else {
            return Ok(Self::stream(io::stdout().lock(), "standard output".to_owned()));
        };
        let place = path::spelled(target);
        let opened = match fs::metadata(target) {
            Ok(found) if found.is_dir() => {
                return Err(Problem::new(place, "is a folder; name a file").into());
            }
            Ok(found) if !found.is_file() => direct(target, place.clone()),
            Ok(_) if !output.force => return Err(taken(place).into()),
            _ => new(target, output.force).map(|writer| {
                let place = place.clone();
                Self { writer, place, is_terminal: false }
            }),
        };
        opened.map_err(|error| unwritable(&place, &error).into())
    }

    fn stream(to: impl Write + IsTerminal + 'static, place: String) -> Self {
        let is_terminal = to.is_terminal();
        let to = BufWriter::with_capacity(BLOCK, to);
        let to: Box<dyn Write> = if is_terminal { Box::new(Guard::new(to)) } else { Box::new(to) };
        Self { writer: Writer::Stream(to), place, is_terminal }
    }

    /// Whether a person sees it at once. What is written is sanitised then.
    pub(super) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Writes out what is left, and gives a new file its name.
    ///
    /// # Errors
    /// Where it cannot be written, or where another file took the name in the meantime.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        let Writer::New { file, target, force } = self.writer else {
            return Ok(());
        };
        let place = self.place;
        let wrong = |error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => taken(place.clone()),
            _ => unwritable(&place, &error),
        };
        let file = file.into_inner().map_err(|error| wrong(error.into_error()))?;
        file.as_file().sync_all().map_err(wrong)?;
        let kept = if force { file.persist(&target) } else { file.persist_noclobber(&target) };
        kept.map(drop).map_err(|error| wrong(error.error).into())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.writer {
            Writer::Stream(to) => to.write(bytes),
            Writer::New { file, .. } => file.write(bytes),
        };
        written.map_err(|error| named(&self.place, &error))
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = match &mut self.writer {
            Writer::Stream(to) => to.flush(),
            Writer::New { file, .. } => file.flush(),
        };
        flushed.map_err(|error| named(&self.place, &error))
    }
}

/// Opens what is there and no file.
fn direct(target: &Path, place: String) -> io::Result<Sink> {
    let file: File = OpenOptions::new().write(true).open(target)?;
    Ok(Sink::stream(file, place))
}

/// Begins a file beside the place where it shall stand, so that naming it is one step.
fn new(target: &Path, force: bool) -> io::Result<Writer> {
    // Through a link, it is the file that the link points at that is replaced.
    let target = fs::canonicalize(target).or_else(|_| std::path::absolute(target))?;
    let folder = target.parent().unwrap_or(&target);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".pullquote-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the user's mask leaves of it, as for any file that a program makes.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = BufWriter::new(builder.tempfile_in(folder)?);
    Ok(Writer::New { file, target, force })
}

/// The same error with the place in it; its kind is kept, for a closed pipe is no error.
fn named(place: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), unwritable(place, error))
}

fn unwritable(place: &str, error: &io::Error) -> Problem {
    Problem::new(place, format!("cannot be written: {error}"))
}

fn taken(place: String) -> Problem {
    Problem::new(place, "is there already; name another file, or replace it with --force")
}
