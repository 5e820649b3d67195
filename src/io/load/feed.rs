//! Reading the bytes of one file after the other.

use std::fs::File;
use std::io::{self, Read as _};
#[cfg(unix)]
use std::os::fd::OwnedFd;
#[cfg(unix)]
use std::path::Path;
#[cfg(unix)]
use std::sync::Arc;

use super::{LIMIT, bounded, open_any, sized, too_large};
use crate::io::Problem;
use crate::io::walk::Source;

/// Bytes by which a buffer is larger than what it has to hold.
const BLOCK: usize = 16 * 1024;

/// What reads one file after the other, each as a whole: most often they are in one folder, which is not
/// looked for anew.
#[derive(Debug, Default)]
pub(in crate::io) struct Feed {
    /// It grows to the largest file, and is never emptied in between.
    bytes: Vec<u8>,
    #[cfg(unix)]
    folder: Option<Folder>,
}

impl Feed {
    /// Gives back what was read into, where that has grown beyond so many bytes.
    pub(in crate::io) fn tidy(&mut self, most: usize) {
        if self.bytes.len() > most {
            self.bytes = Vec::new();
        }
    }

    /// The bytes of `source`.
    ///
    /// # Errors
    /// Where the file cannot be read, or is too large.
    pub(in crate::io) fn read(&mut self, source: &Source) -> Result<&[u8], Problem> {
        let unreadable = |error| Problem::unreadable(source.place(), &error);
        if source.is_stdin() {
            let bytes = bounded(io::stdin().lock(), LIMIT).map_err(unreadable)?;
            self.bytes = bytes.ok_or_else(|| too_large(&source.place()))?;
            return Ok(&self.bytes);
        }
        let filled = self.open(source).and_then(|file| fill(file, &mut self.bytes));
        let filled = filled.map_err(unreadable)?.ok_or_else(|| too_large(&source.place()))?;
        Ok(self.bytes.get(..filled).unwrap_or_default())
    }

    #[cfg(unix)]
    fn open(&mut self, source: &Source) -> io::Result<File> {
        let root = source.root();
        let Some(folder) = self.folder.as_mut().filter(|it| Arc::ptr_eq(&it.root, root)) else {
            self.folder = Some(Folder { root: Arc::clone(root), open: None });
            return open_any(&source.path());
        };
        match folder.open() {
            Ok(folder) => open_in(folder, source.relative()),
            // Whoever may not list a folder may read files in it all the same.
            Err(_) => open_any(&source.path()),
        }
    }

    #[cfg(not(unix))]
    fn open(&mut self, source: &Source) -> io::Result<File> {
        open_any(&source.path())
    }
}

/// The folder that the last file counted from.
#[cfg(unix)]
#[derive(Debug)]
struct Folder {
    root: Arc<Path>,
    /// It, once there was a second file.
    open: Option<OwnedFd>,
}

#[cfg(unix)]
impl Folder {
    fn open(&mut self) -> io::Result<&OwnedFd> {
        use rustix::fs::{Mode, OFlags};

        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let open = || rustix::fs::open(&*self.root, flags, Mode::empty());
        let folder = self.open.take().map_or_else(|| rustix::io::retry_on_intr(open), Ok)?;
        Ok(self.open.insert(folder))
    }
}

/// As [`open_any`], from a folder on.
#[cfg(unix)]
fn open_in(folder: &OwnedFd, relative: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};

    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let open = || rustix::fs::openat(folder, relative, flags, Mode::empty());
    Ok(rustix::io::retry_on_intr(open)?.into())
}

/// Fills a buffer from its start with what a file holds; how many bytes these are, or `None` where
/// they are more than [`LIMIT`].
fn fill(file: File, buffer: &mut Vec<u8>) -> io::Result<Option<usize>> {
    let (mut file, length) = sized(file)?;
    let mut filled = 0;
    while filled as u64 <= LIMIT && length <= LIMIT {
        if buffer.len() < filled + BLOCK {
            let least = usize::try_from(length).unwrap_or(0).max(filled * 2);
            buffer.resize(least + BLOCK, 0);
        }
        let room = buffer.get_mut(filled..).unwrap_or_default();
        let wide = room.len();
        let read = match file.read(room) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        filled += read;
        // Less than there is room for is the last of a file that tells its length.
        let last = read < wide && length > 0 && filled as u64 >= length;
        if read == 0 || last {
            return Ok((filled as u64 <= LIMIT).then_some(filled));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::io::walk::{Manner, Walk};

    fn source(path: &Path) -> Source {
        Source::of_file(path.parent().unwrap(), Path::new(path.file_name().unwrap()))
    }

    /// The files in some folders, in the order of a walk.
    fn sources(folders: &[&Path]) -> Vec<Source> {
        let walk = Walk::new(folders.iter().map(|it| it.to_path_buf()), Manner::default());
        walk.map(Result::unwrap).collect()
    }

    #[test]
    fn files_of_several_folders_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
        for root in [&one, &other] {
            std::fs::create_dir_all(root.join("deep")).unwrap();
            for name in ["a.txt", "b.txt", "deep/c.txt"] {
                std::fs::write(root.join(name), root.join(name).to_str().unwrap()).unwrap();
            }
        }
        let mut feed = Feed::default();
        let sources = sources(&[&one, &other]);
        assert_eq!(sources.len(), 6);
        // One after the other, and then in turn.
        for source in sources.iter().chain(sources.iter().step_by(3)).chain(&sources) {
            let expected = source.path().into_os_string().into_encoded_bytes();
            assert_eq!(feed.read(source).unwrap(), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn files_are_read_in_a_folder_that_may_not_be_listed() {
        use std::fs::{Permissions, set_permissions};
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        let sources = sources(&[folder.path()]);
        set_permissions(folder.path(), Permissions::from_mode(0o311)).unwrap();
        let closed = std::fs::read_dir(folder.path()).is_err();
        let mut feed = Feed::default();
        let read: Vec<Vec<u8>> =
            sources.iter().map(|source| feed.read(source).unwrap().to_owned()).collect();
        set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        assert_eq!(read, [b"a.txt", b"b.txt"]);
        if !closed {
            eprintln!("skipped: this user may read everything");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_place_of_a_file_does_not_hold_us_up() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.txt", "b.txt", "c.txt"].map(|name| folder.path().join(name));
        for path in &paths {
            std::fs::write(path, "It lay there.").unwrap();
        }
        let sources = sources(&[folder.path()]);
        std::fs::remove_file(&paths[1]).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&paths[1]).status().unwrap().success());
        let mut feed = Feed::default();
        assert_eq!(feed.read(&sources[0]).unwrap(), b"It lay there.");
        assert!(feed.read(&sources[1]).unwrap_err().what.contains("not a file"));
        assert_eq!(feed.read(&sources[2]).unwrap(), b"It lay there.");
    }

    #[test]
    fn a_buffer_holds_one_file_after_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let mut feed = Feed::default();
        let source = source(&path);
        for length in [0, 3, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK, 2] {
            let bytes: Vec<u8> = (0..length).map(|at| b"abc"[at % 3]).collect();
            std::fs::write(&path, &bytes).unwrap();
            assert_eq!(feed.read(&source).unwrap(), bytes);
        }
        File::create(&path).unwrap().set_len(LIMIT + 1).unwrap();
        let problem = feed.read(&source).unwrap_err();
        assert!(problem.what.contains("larger than 64 MB"));
        // It tells no length, and is read to its end all the same.
        let status = Path::new("/proc/self/status");
        if status.exists() {
            assert!(feed.read(&self::source(status)).unwrap().ends_with(b"\n"));
        }
    }
}
