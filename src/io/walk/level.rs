//! Levels: the folders that a walk is in, one below the other.

use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType, ReadDir};
use std::io;
use std::path::{Path, PathBuf};

/// So many names of a folder may come before the others, for who cannot wait for all; then eight times
/// as many, up to the most that are held at a time.
const PIECE: usize = 512;
const LARGEST: usize = 32_768;

/// What was met in a folder: a link is not looked through.
#[derive(Debug)]
struct Met {
    /// The first bytes of the name, as a number that sorts like them: the names lie far apart in memory.
    first: u64,
    name: OsString,
    kind: io::Result<FileType>,
}

impl Met {
    fn new(name: OsString, kind: io::Result<FileType>) -> Self {
        let mut first = [0; 8];
        for (to, from) in first.iter_mut().zip(name.as_encoded_bytes()) {
            *to = *from;
        }
        Self { first: u64::from_be_bytes(first), name, kind }
    }
}

/// What is left of a folder.
#[derive(Debug)]
pub(super) struct Level {
    /// The folder, relative to the root.
    folder: PathBuf,
    entries: std::vec::IntoIter<Met>,
    /// What was not yet looked at, and how much of it is taken next.
    rest: Option<(ReadDir, usize)>,
}

impl Level {
    /// The folder at this path, which is relative to `root`, in the order of the names. Where that takes
    /// long and is `urgent`, some come before the others.
    pub(super) fn open(root: &Path, folder: PathBuf, urgent: bool) -> io::Result<Self> {
        let mut rest = fs::read_dir(root.join(&folder))?;
        let entries = sorted(rest.by_ref().take(if urgent { PIECE } else { usize::MAX }));
        let rest = urgent.then_some((rest, PIECE));
        Ok(Self { folder, entries, rest })
    }

    /// The folder, relative to the root.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The next name, and what has it.
    pub(super) fn next(&mut self) -> Option<(OsString, io::Result<FileType>)> {
        if let Some((rest, piece)) = self.rest.as_mut().filter(|_| self.entries.len() == 0) {
            *piece = (*piece * 8).min(LARGEST);
            self.entries = sorted(rest.by_ref().take(*piece));
        }
        // A piece may hold nothing but what is hidden.
        let met = self.entries.next().or_else(|| self.next_piece())?;
        Some((met.name, met.kind))
    }
}

impl Level {
    /// The first name of the next piece that has any.
    fn next_piece(&mut self) -> Option<Met> {
        loop {
            let (rest, _) = self.rest.as_mut()?;
            let first = rest.next()?;
            self.entries = sorted(std::iter::once(first).chain(rest.by_ref().take(PIECE)));
            if let Some(met) = self.entries.next() {
                return Some(met);
            }
        }
    }
}

/// What is in a folder and not hidden, by name. What cannot be looked at has the folder's own name.
fn sorted(entries: impl Iterator<Item = io::Result<fs::DirEntry>>) -> std::vec::IntoIter<Met> {
    let met = |entry: io::Result<fs::DirEntry>| match entry {
        Ok(entry) => Met::new(entry.file_name(), entry.file_type()),
        Err(error) => Met::new(OsString::new(), Err(error)),
    };
    let mut entries: Vec<Met> = entries.map(met).filter(|met| !hidden(&met.name)).collect();
    entries.sort_unstable_by(|a, b| a.first.cmp(&b.first).then_with(|| a.name.cmp(&b.name)));
    entries.into_iter()
}

/// Whether the name is that of a hidden file or folder.
pub(super) fn hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_names_come_before_all_are_known() {
        let folder = tempfile::tempdir().unwrap();
        for at in 0..PIECE + 100 {
            fs::write(folder.path().join(format!("{at:04}")), "").unwrap();
        }
        let all = |urgent| {
            let mut level = Level::open(folder.path(), PathBuf::new(), urgent).unwrap();
            let first = level.entries.len();
            (first, std::iter::from_fn(|| level.next()).map(|(name, _)| name).collect::<Vec<_>>())
        };
        let (first, plain) = all(false);
        assert!(first == PIECE + 100 && plain.is_sorted());
        let (first, mut urgent) = all(true);
        assert_eq!(first, PIECE);
        assert!(urgent[..PIECE].is_sorted() && urgent[PIECE..].is_sorted());
        assert!(!urgent.is_sorted() || urgent == plain);
        urgent.sort();
        assert_eq!(urgent, plain);
    }
}
