//! Loading: from a file to an article, one at a time.

mod feed;

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::Encoding;

use super::Problem;
use super::record;
use super::walk::Source;
use crate::corpus::{Article, Format};

pub(super) use feed::Feed;

/// The most bytes that a file may have: no article comes near, and a file that grows while it is
/// read ends there.
pub const LIMIT: u64 = 64 * 1024 * 1024;

/// Reads the article of `source`; `encoding` stands in for detection. No more than [`LIMIT`] bytes
/// are ever held of it.
///
/// # Errors
/// Where the file cannot be read, is too large, or holds no text; the problem says which and what
/// to do.
pub fn load(source: &Source, encoding: Option<&'static Encoding>) -> Result<Article, Problem> {
    if record::holds_records(source.relative()) {
        return record::load(source, encoding);
    }
    let unreadable = |error| Problem::unreadable(source.place(), &error);
    let bytes = if source.is_stdin() {
        bounded(io::stdin().lock(), LIMIT)
    } else {
        open(&source.path()).and_then(whole)
    };
    let bytes = bytes.map_err(unreadable)?.ok_or_else(|| too_large(&source.place()))?;
    #[cfg(test)]
    super::analysis::seam::step(&bytes);
    // A file that was named is taken for an article whatever it is called.
    Article::read(&source.name, &bytes, Format::Plain, encoding)
        .map_err(|error| Problem::new(source.place(), error.to_string()))
}

/// What is to be said of bytes of an article's file that are nothing in the encoding it was read in.
#[must_use]
pub fn damage(place: &str, article: &Article) -> Option<Problem> {
    article.damage().map(|what| Problem::new(place, what))
}

/// Reads a file of text that is no article; `place` is what problems call it.
///
/// # Errors
/// Where it cannot be read, is too large, or is no UTF-8.
pub(super) fn read_text(path: &Path, place: &str) -> Result<String, Problem> {
    let bytes = open(path).and_then(whole).map_err(|error| Problem::unreadable(place, &error))?;
    let bytes = bytes.ok_or_else(|| too_large(place))?;
    String::from_utf8(bytes).map_err(|_| Problem::new(place, "is not UTF-8; save it again as that"))
}

fn too_large(place: &str) -> Problem {
    Problem::new(place, format!("is larger than {} MB; split it, or leave it out", LIMIT >> 20))
}

/// Opens a file for reading, and only a file: what was one when the walk came by may have become a
/// pipe since, and opening that must not wait for somebody to write.
pub(super) fn open(path: &Path) -> io::Result<File> {
    open_sized(path).map(|(file, _)| file)
}

/// As [`open`], with the length of the file in bytes, where it tells that.
pub(super) fn open_sized(path: &Path) -> io::Result<(File, u64)> {
    open_any(path).and_then(sized)
}

/// Opens whatever is at a path, without waiting for anybody.
fn open_any(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    options.open(path)
}

/// What was opened, if it is a file, and its length in bytes.
fn sized(file: File) -> io::Result<(File, u64)> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a file any more"));
    }
    Ok((file, metadata.len()))
}

/// All of a file, or `None` where that is more than [`LIMIT`]: then nothing is read of it.
fn whole(file: File) -> io::Result<Option<Vec<u8>>> {
    if file.metadata()?.len() > LIMIT { Ok(None) } else { bounded(file, LIMIT) }
}

/// All bytes, or `None` where they are more than `most`: then no more than one beyond that is read.
fn bounded(from: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let length = from.take(most + 1).read_to_end(&mut bytes)?;
    Ok((length as u64 <= most).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use std::io::Seek as _;

    use super::*;

    fn source(path: &Path) -> Source {
        Source::of_file(path.parent().unwrap(), Path::new(path.file_name().unwrap()))
    }

    #[test]
    fn a_file_becomes_an_article() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, b"A t\xEAte\r\nA line.\r\n").unwrap();
        let latin = crate::corpus::encoding_named("latin1");
        let article = load(&source(&path), latin).unwrap();
        assert_eq!(&*article.text, "A tête\nA line.\n");
        assert_eq!(article.name, "a.txt");
    }

    #[test]
    fn a_stream_without_a_length_is_read_as_far_as_its_bytes_may_be_held() {
        let stream = |length: usize| io::Cursor::new(vec![b'x'; length]);
        assert_eq!(bounded(stream(1_000), 1_000).unwrap().unwrap().len(), 1_000);
        let mut longer = stream(5_000);
        assert_eq!(bounded(&mut longer, 1_000).unwrap(), None);
        assert_eq!(longer.position(), 1_001);
        assert_eq!(bounded(io::repeat(b'x'), 1_000).unwrap(), None);
    }

    #[test]
    fn what_is_too_large_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        File::create(&path).unwrap().set_len(LIMIT + 1).unwrap();
        let file = open(&path).unwrap();
        assert_eq!(whole(file.try_clone().unwrap()).unwrap(), None);
        assert_eq!((&file).stream_position().unwrap(), 0, "it was read before it was refused");
        let problem = load(&source(&path), None).unwrap_err();
        let said = format!("{}: is larger than 64 MB; split it, or leave it out", path.display());
        assert_eq!(problem.to_string(), said);
    }

    #[test]
    fn what_is_no_text_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, [0, 159, 146, 150, 0, 1, 0]).unwrap();
        assert!(load(&source(&path), None).unwrap_err().what.contains("binary"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_place_of_the_file_does_not_hold_us_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        assert!(load(&source(&path), None).unwrap_err().what.contains("not a file"));
    }
}
