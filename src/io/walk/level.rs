//! Levels: the folders that a walk is in, one below the other.

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, FileType, ReadDir};
use std::io;
use std::path::{Path, PathBuf};

use crate::text::Span;

/// So many names of a folder may come before the others, for who cannot wait for all; then eight times
/// as many, up to the most that are held at a time.
const PIECE: usize = 512;
const LARGEST: usize = 32_768;

/// What was met in a folder: a link is not looked through.
#[derive(Debug)]
struct Met {
    /// The first bytes of the name, as a number that sorts like them: the name itself lies elsewhere.
    first: u64,
    name: Name,
    kind: io::Result<FileType>,
}

/// A name in a folder.
#[derive(Debug)]
enum Name {
    /// Where it stands among the others.
    Plain(Span),
    /// One that is not UTF-8.
    Odd(Box<OsStr>),
}

/// Things that were met in a folder, in order, with their names in one piece of memory: there may be very
/// many.
#[derive(Debug, Default)]
struct Batch {
    names: String,
    met: std::vec::IntoIter<Met>,
}

impl Batch {
    /// What there is and is not hidden, by name. What cannot be looked at has the folder's own name.
    fn sorted(entries: impl Iterator<Item = io::Result<DirEntry>>) -> Self {
        let (mut names, mut met) = (String::new(), Vec::new());
        for entry in entries {
            let (name, kind) = match entry {
                Ok(entry) => (entry.file_name(), entry.file_type()),
                Err(error) => (OsString::new(), Err(error)),
            };
            if hidden(&name) {
                continue;
            }
            let first = first_bytes(&name);
            let name = match name.to_str() {
                Some(name) => {
                    let start = names.len();
                    names.push_str(name);
                    Name::Plain(Span::new(start, names.len()))
                }
                None => Name::Odd(name.into_boxed_os_str()),
            };
            met.push(Met { first, name, kind });
        }
        met.sort_unstable_by(|a, b| {
            a.first.cmp(&b.first).then_with(|| a.name.of(&names).cmp(b.name.of(&names)))
        });
        Self { names, met: met.into_iter() }
    }

    /// Adds the next name to the path of the folder; what has it.
    fn next(&mut self, path: &mut PathBuf) -> Option<io::Result<FileType>> {
        let Met { name, kind, .. } = self.met.next()?;
        path.push(name.of(&self.names));
        Some(kind)
    }
}

impl Name {
    fn of<'a>(&'a self, names: &'a str) -> &'a OsStr {
        match self {
            Self::Plain(span) => OsStr::new(span.of(names)),
            Self::Odd(name) => name,
        }
    }
}

/// The first bytes of a name, as a number that sorts like them.
fn first_bytes(name: &OsStr) -> u64 {
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(name.as_encoded_bytes()) {
        *to = *from;
    }
    u64::from_be_bytes(first)
}

/// What is left of a folder.
#[derive(Debug)]
pub(super) struct Level {
    /// The folder, relative to the root.
    folder: PathBuf,
    batch: Batch,
    /// What was not yet looked at, and how much of it is taken next.
    rest: Option<(ReadDir, usize)>,
}

impl Level {
    /// The folder at this path, which is relative to `root`, in the order of the names. Where that takes
    /// long and is `urgent`, some come before the others.
    pub(super) fn open(root: &Path, folder: PathBuf, urgent: bool) -> io::Result<Self> {
        let mut rest = fs::read_dir(root.join(&folder))?;
        let batch = Batch::sorted(rest.by_ref().take(if urgent { PIECE } else { usize::MAX }));
        let rest = urgent.then_some((rest, PIECE));
        Ok(Self { folder, batch, rest })
    }

    /// Makes `path` the next one in the folder, relative to the root; what is there.
    pub(super) fn next(&mut self, path: &mut PathBuf) -> Option<io::Result<FileType>> {
        path.clear();
        path.push(&self.folder);
        if let Some((rest, piece)) = self.rest.as_mut().filter(|_| self.batch.met.len() == 0) {
            *piece = (*piece * 8).min(LARGEST);
            self.batch = Batch::sorted(rest.by_ref().take(*piece));
        }
        // A piece may hold nothing but what is hidden.
        self.batch.next(path).or_else(|| self.next_piece(path))
    }

    /// The same for the first name of the next piece that has any.
    fn next_piece(&mut self, path: &mut PathBuf) -> Option<io::Result<FileType>> {
        loop {
            let (rest, _) = self.rest.as_mut()?;
            let first = rest.next()?;
            self.batch = Batch::sorted(std::iter::once(first).chain(rest.by_ref().take(PIECE)));
            if let Some(met) = self.batch.next(path) {
                return Some(met);
            }
        }
    }
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
            let (first, mut path) = (level.batch.met.len(), PathBuf::new());
            let mut names = Vec::new();
            while level.next(&mut path).is_some() {
                names.push(path.clone());
            }
            (first, names)
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
