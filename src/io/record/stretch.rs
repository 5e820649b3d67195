//! Stretches of a file, each with the lines that start in it, to be looked through at the same time.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use crate::io::load::{LIMIT, open};

/// The bytes of a stretch.
const LENGTH: u64 = 256 * 1024;
/// A line that does not end in its stretch is read on by so many bytes, then by twice as many.
const FURTHER: usize = 64 * 1024;
/// A buffer that has grown beyond this is given back after use, in bytes.
const KEPT: usize = 4 << 20;
/// The byte-order mark in UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// From one byte of a file up to but without another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    start: u64,
    end: u64,
}

/// The stretches of a file of so many bytes.
pub(super) fn stretches(length: u64) -> impl Iterator<Item = Stretch> + Send + use<> {
    divided(length, LENGTH)
}

fn divided(length: u64, each: u64) -> impl Iterator<Item = Stretch> + Send + use<> {
    let starts = (0..length.div_ceil(each)).map(move |nth| nth * each);
    starts.map(move |start| Stretch { start, end: (start + each).min(length) })
}

/// A line of a file, without its line feed.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::io) struct Line<'b> {
    /// The byte of the file that it starts with.
    pub(in crate::io) at: u64,
    /// What it holds; `None` where that is more than [`LIMIT`].
    pub(in crate::io) bytes: Option<&'b [u8]>,
}

/// What reads stretches and lines, one after the other, into a buffer of its own.
#[derive(Debug, Default)]
pub struct Reel {
    handle: Option<(PathBuf, File)>,
    bytes: Vec<u8>,
}

impl Reel {
    /// The file of that path, opened once as long as no other is asked for, and the buffer.
    fn open(&mut self, path: &Path) -> io::Result<(&File, &mut Vec<u8>)> {
        let known = self.handle.take().filter(|(known, _)| known == path);
        let handle = match known {
            Some(handle) => handle,
            None => (path.to_owned(), open(path)?),
        };
        if self.bytes.len() > KEPT {
            self.bytes = Vec::new();
        }
        let (_, file) = self.handle.insert(handle);
        Ok((file, &mut self.bytes))
    }

    /// Reads the lines that start in a stretch of a file, and no more of it than they take.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(in crate::io) fn lines(&mut self, path: &Path, stretch: Stretch) -> io::Result<Lines<'_>> {
        let Stretch { start, end } = stretch;
        // The byte before tells whether a line starts with the first.
        let from = start.saturating_sub(1);
        let (file, bytes) = self.open(path)?;
        let filled = fill(file, from, end, bytes)?;
        let read = bytes.get(..filled).unwrap_or_default();
        let skipped = match start {
            0 if read.starts_with(MARK) => MARK.len(),
            0 => 0,
            _ => memchr::memchr(b'\n', read).map_or(read.len(), |feed| feed + 1),
        };
        let rest = read.get(skipped..).unwrap_or_default();
        Ok(Lines { rest, at: from + skipped as u64, end })
    }

    /// Reads the bytes from `at` on, so many; `None` where these are no whole line any more.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(in crate::io) fn line(
        &mut self,
        path: &Path,
        at: u64,
        length: u64,
    ) -> io::Result<Option<&[u8]>> {
        let Ok(length) = usize::try_from(length.min(LIMIT)) else { return Ok(None) };
        let before = usize::from(at > 0);
        let (file, bytes) = self.open(path)?;
        let from = at - before as u64;
        let filled = read_from(file, from, bytes, 0, before + length + 1)?;
        let read = bytes.get(..filled).unwrap_or_default();
        let (ahead, rest) = read.split_at_checked(before).unwrap_or((read, &[]));
        let starts = match ahead.last() {
            None => at == 0,
            Some(b'\n') => true,
            last => at == MARK.len() as u64 && last == MARK.last(),
        };
        let ends = matches!(rest.get(length), None | Some(b'\n'));
        Ok(rest.get(..length).filter(|_| starts && ends))
    }
}

/// The lines that start in a stretch.
#[derive(Debug)]
pub(in crate::io) struct Lines<'b> {
    rest: &'b [u8],
    /// The byte of the file that the rest starts with.
    at: u64,
    /// Lines that start here, or further on, are those of other stretches.
    end: u64,
}

impl<'b> Iterator for Lines<'b> {
    type Item = Line<'b>;

    fn next(&mut self) -> Option<Line<'b>> {
        if self.at >= self.end || self.rest.is_empty() {
            return None;
        }
        let all = self.rest;
        let length = memchr::memchr(b'\n', all).unwrap_or(all.len());
        let (line, rest) = all.split_at_checked(length).unwrap_or((all, &[]));
        let at = self.at;
        self.rest = rest.get(1..).unwrap_or_default();
        self.at += length as u64 + 1;
        Some(Line { at, bytes: Some(line).filter(|line| line.len() as u64 <= LIMIT) })
    }
}

/// Reads a file from one byte up to but without another, and on to the end of the line that is begun
/// there, or until that is too long; how many bytes these are.
fn fill(file: &File, from: u64, end: u64, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let wanted = usize::try_from(end - from).unwrap_or(usize::MAX);
    let mut filled = read_from(file, from, bytes, 0, wanted)?;
    let read = bytes.get(..filled).unwrap_or_default();
    let feed = memchr::memrchr(b'\n', read);
    // Of a line that starts before the stretch, the rest is not wanted.
    if filled < wanted || feed.is_none() && from > 0 {
        return Ok(filled);
    }
    let start = feed.map_or(0, |feed| feed + 1);
    let mut further = FURTHER;
    while start < filled && (filled - start) as u64 <= LIMIT {
        let before = filled;
        filled = read_from(file, from, bytes, before, further)?;
        let more = bytes.get(before..filled).unwrap_or_default();
        if let Some(feed) = memchr::memchr(b'\n', more) {
            return Ok(before + feed + 1);
        }
        if filled < before + further {
            break;
        }
        further *= 2;
    }
    Ok(filled)
}

/// Reads so many bytes into the buffer behind those that fill it already, which came from byte `from`
/// of the file on; how many fill it then.
fn read_from(
    mut file: &File,
    from: u64,
    bytes: &mut Vec<u8>,
    filled: usize,
    wanted: usize,
) -> io::Result<usize> {
    let end = filled.saturating_add(wanted);
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    file.seek(SeekFrom::Start(from + filled as u64))?;
    let mut at = filled;
    while at < end {
        let room = bytes.get_mut(at..end).unwrap_or_default();
        match file.read(room) {
            Ok(0) => break,
            Ok(read) => at += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The lines of a file, looked through in stretches of so many bytes.
    fn lines(bytes: &[u8], each: u64) -> Vec<(u64, Vec<u8>)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, bytes).unwrap();
        let (mut reel, mut found) = (Reel::default(), Vec::new());
        for stretch in divided(bytes.len() as u64, each) {
            for line in reel.lines(&path, stretch).unwrap() {
                found.push((line.at, line.bytes.unwrap().to_vec()));
            }
        }
        for (at, line) in &found {
            let again = reel.line(&path, *at, line.len() as u64).unwrap();
            assert_eq!(again, Some(&line[..]));
            let shorter = (line.len() as u64).checked_sub(1);
            let shorter = shorter.and_then(|length| reel.line(&path, *at, length).unwrap());
            assert_eq!(shorter, None, "a part was taken for the whole");
            let inside = !line.is_empty();
            assert!(!inside || reel.line(&path, at + 1, line.len() as u64 - 1).unwrap().is_none());
        }
        found
    }

    /// The same, all at once.
    fn split(bytes: &[u8]) -> Vec<(u64, Vec<u8>)> {
        let marked = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let mut at = marked as u64;
        let all = bytes[marked..].split_inclusive(|&byte| byte == b'\n').map(|line| {
            let start = at;
            at += line.len() as u64;
            (start, line.strip_suffix(b"\n").unwrap_or(line).to_vec())
        });
        all.collect()
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_not_held() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let mut bytes = b"{}\n".to_vec();
        bytes.resize(usize::try_from(LIMIT + 2 * LENGTH).unwrap(), b'x');
        bytes.extend_from_slice(b"\n{}\n");
        std::fs::write(&path, &bytes).unwrap();
        let (mut reel, mut found) = (Reel::default(), Vec::new());
        for stretch in stretches(bytes.len() as u64) {
            for line in reel.lines(&path, stretch).unwrap() {
                found.push((line.at, line.bytes.map(<[u8]>::len)));
            }
        }
        let last = bytes.len() as u64 - 3;
        assert_eq!(found, [(0, Some(2)), (3, None), (last, Some(2))]);
        assert!(reel.bytes.len() <= KEPT, "{} bytes are still held", reel.bytes.len());
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_line() {
        let marked = b"\xEF\xBB\xBFab\ncd";
        assert_eq!(lines(marked, 4), [(3, b"ab".to_vec()), (6, b"cd".to_vec())]);
        assert_eq!(lines(MARK, 4), []);
    }

    proptest! {
        #[test]
        fn stretches_have_every_line_once(
            bytes in prop::collection::vec(prop::sample::select(&b"ab\n\n\r"[..]), 0..60), each in 1_u64..20,
        ) {
            prop_assert_eq!(lines(&bytes, each), split(&bytes));
        }
    }
}
