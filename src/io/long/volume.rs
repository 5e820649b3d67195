//! A long text by its file.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use encoding_rs::Encoding;

use crate::corpus::piece::{self, Piece};
use crate::corpus::{DecodeError, encoding_of_head};
use crate::io::Problem;
use crate::io::load::open;

/// How many bytes tell the encoding until all have been read.
const HEAD: usize = 64 * 1024;

/// How many pieces those read at a time who look through a whole text.
pub(super) const PIECES: u64 = 32;

/// How large the pieces and windows of a long text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// From one mark to the next, in bytes of the file: an even number, and twice as far as the end of
    /// a line is looked for at least.
    pub piece: usize,
    /// How much text a window holds, in bytes.
    pub window: usize,
    /// How many blocks it holds at most, but for those of its first three pieces.
    pub blocks: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { piece: 32 * 1024, window: 384 * 1024, blocks: 12_000 }
    }
}

/// A long text by its file: open for as long as this lives, whatever becomes of its name.
#[derive(Debug)]
pub struct Volume {
    file: File,
    pub(super) path: PathBuf,
    /// The article's name.
    pub(super) name: String,
    /// What problems call it.
    pub(super) place: String,
    /// The bytes of the file when it was opened, and when it was last written to by then.
    length: u64,
    written: Option<SystemTime>,
    /// The encoding, as far as it is known.
    pub(super) encoding: &'static Encoding,
    /// The bytes of the mark that the file begins with.
    pub(super) mark: u64,
    pub(super) sizes: Sizes,
    /// Whether the person has named the encoding.
    pub(super) named: bool,
}

/// Why a volume tells no more.
fn changed() -> io::Error {
    io::Error::other("was changed on the disk while it was read; read it again")
}

impl Volume {
    /// Opens the text in a file, called `name`; `encoding` stands in for detection.
    ///
    /// # Errors
    /// Where the file cannot be read or begins with what is no text; the problem calls it `place`.
    pub fn open(
        path: &Path,
        (name, place): (&str, &str),
        encoding: Option<&'static Encoding>,
        sizes: Sizes,
    ) -> Result<Self, Problem> {
        let unreadable = |error| Problem::unreadable(place, &error);
        let file = open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        let mut volume = Self {
            file,
            path: path.to_owned(),
            name: name.to_owned(),
            place: place.to_owned(),
            length: metadata.len(),
            written: metadata.modified().ok(),
            encoding: encoding_rs::UTF_8,
            mark: 0,
            sizes,
            named: encoding.is_some(),
        };
        let head = volume.bytes(0, HEAD).map_err(unreadable)?;
        let unread = |error: DecodeError| Problem::new(place, error.to_string());
        let (encoding, mark) = encoding_of_head(&head, encoding).map_err(unread)?;
        (volume.encoding, volume.mark) = (encoding, mark as u64);
        Ok(volume)
    }

    /// The same text in another encoding.
    pub(super) fn decoded_from(&self, encoding: &'static Encoding) -> io::Result<Self> {
        Ok(Self {
            file: self.file.try_clone()?,
            path: self.path.clone(),
            name: self.name.clone(),
            place: self.place.clone(),
            encoding,
            ..*self
        })
    }

    /// What problems call it.
    pub(in crate::io) fn place(&self) -> &str {
        &self.place
    }

    /// The bytes of the file.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// How many pieces the text has.
    #[must_use]
    pub fn count(&self) -> u64 {
        (self.length - self.mark).div_ceil(self.sizes.piece as u64).max(1)
    }

    /// Whether the file is as it was when it was opened.
    ///
    /// # Errors
    /// It is not, or the system does not tell.
    pub(super) fn check(&self) -> io::Result<()> {
        let now = self.file.metadata()?;
        let same = now.len() == self.length && now.modified().ok() == self.written;
        if same { Ok(()) } else { Err(changed()) }
    }

    /// So many bytes from `at` on, or as many as there are.
    pub(super) fn bytes(&self, at: u64, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; most];
        let filled = self.fill(at, &mut bytes)?;
        bytes.truncate(filled);
        Ok(bytes)
    }

    /// Fills a buffer with what stands from `at` on; how many bytes there are.
    fn fill(&self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match read_at(&self.file, rest, at + filled as u64) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    /// How far behind a mark the text may be cut, in bytes.
    fn reach(&self) -> usize {
        piece::REACH.min(self.sizes.piece / 2)
    }

    /// The mark before a piece, in bytes of the file.
    fn mark_of(&self, number: u64) -> u64 {
        self.mark.saturating_add(number.saturating_mul(self.sizes.piece as u64)).min(self.length)
    }

    /// The byte at which a piece begins; behind the last piece, that at which the text ends.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn start_of(&self, number: u64) -> io::Result<u64> {
        if number == 0 || number >= self.count() {
            return Ok(self.mark_of(number));
        }
        let mark = self.mark_of(number);
        let near = self.bytes(mark, self.reach())?;
        Ok(mark + piece::cut(&near, self.encoding) as u64)
    }

    /// The piece that holds a byte of the file: its number.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn piece_at(&self, byte: u64) -> io::Result<u64> {
        let behind = byte.min(self.length).saturating_sub(self.mark) / self.sizes.piece as u64;
        let number = behind.min(self.count() - 1);
        Ok(if self.start_of(number)? > byte { number.saturating_sub(1) } else { number })
    }

    /// A piece, and the byte at which it begins and ends.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn piece(&self, number: u64) -> io::Result<(Piece, [u64; 2])> {
        let (bytes, ends) = self.stretch(number, 1)?;
        let [start, end] = [ends.first(), ends.last()].map(|end| end.copied().unwrap_or(0));
        Ok((Piece::new(&bytes, self.encoding, number == 0), [start, end]))
    }

    /// The bytes of some pieces that follow each other, and the bytes of the file at which each begins
    /// and the last ends.
    pub(super) fn stretch(&self, number: u64, pieces: u64) -> io::Result<(Vec<u8>, Vec<u64>)> {
        let mut bytes = Vec::new();
        let ends = self.stretch_into(number, pieces, 0, &mut bytes)?;
        Ok((bytes, ends))
    }

    /// As [`stretch`](Self::stretch), into a buffer that is used again and again, with so many bytes more
    /// from behind the last piece.
    pub(super) fn stretch_into(
        &self,
        number: u64,
        pieces: u64,
        more: usize,
        buffer: &mut Vec<u8>,
    ) -> io::Result<Vec<u64>> {
        let start = self.start_of(number)?;
        let last = number.saturating_add(pieces).min(self.count());
        let behind = (self.reach() + more) as u64;
        let far = self.mark_of(last).saturating_add(behind).min(self.length);
        let most = usize::try_from(far.saturating_sub(start)).unwrap_or(usize::MAX);
        buffer.resize(most, 0);
        let filled = self.fill(start, buffer)?;
        buffer.truncate(filled);
        let ends: Vec<u64> = std::iter::once(start)
            .chain((number + 1..=last).map(|number| self.end_in(buffer, start, number)))
            .collect();
        let end = ends.last().map_or(0, |end| end - start).saturating_add(more as u64);
        buffer.truncate(usize::try_from(end).unwrap_or(usize::MAX));
        Ok(ends)
    }

    /// As [`start_of`](Self::start_of), from bytes that are at hand, of which the first is that at `at`.
    fn end_in(&self, bytes: &[u8], at: u64, number: u64) -> u64 {
        let there = at + bytes.len() as u64;
        let mark = self.mark_of(number);
        if number >= self.count() {
            return mark.min(there);
        }
        let from = usize::try_from(mark.saturating_sub(at)).unwrap_or(usize::MAX);
        let near = bytes.get(from..).unwrap_or_default();
        let near = near.get(..self.reach()).unwrap_or(near);
        (mark + piece::cut(near, self.encoding) as u64).min(there)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}
