//! Writing a whole file so that it is either as it was or as it should be, whatever happens.
//!
//! The bytes go to a temporary file beside the target; it is synced, takes the target's name in one
//! step, and the folder is synced. Where the system can exchange two files in one step, `replace`
//! keeps what was there, so that nothing is lost of what somebody else wrote in the meantime.

use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::disk;

/// Who may read what is new. What exists keeps its own permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its owner alone (mode 0600, folders 0700, where there are modes).
    Private,
    /// Whoever the system's defaults allow.
    Shared,
}

/// What temporary files begin with: a dot, so that nothing takes one for a file of the store.
pub const TEMPORARY_PREFIX: &str = ".pullquote-";
/// What temporary files end with.
pub const TEMPORARY_SUFFIX: &str = ".tmp";

/// Writes `bytes` as the file at `path`, over what is there. Symbolic links are followed.
///
/// # Errors
///
/// Nothing could be written, and the file is as it was; or, the one exception, the folder could not
/// be synced: then the file may be either.
pub fn write(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    let target = follow(path)?;
    let kept = permissions(&target)?;
    let temporary = Temporary::filled(&target, "", bytes, access, kept)?;
    disk::rename(&temporary.path, &target)?;
    temporary.forget();
    disk::sync_folder(folder_of(&target))
}

/// Writes `bytes` as a new file at `path`. `mark` is put into the temporary file's name.
///
/// # Errors
///
/// As [`write()`]; and [`io::ErrorKind::AlreadyExists`] where something is there, which is left alone.
pub fn create_new(path: &Path, mark: &str, bytes: &[u8], access: Access) -> io::Result<()> {
    let temporary = Temporary::filled(path, mark, bytes, access, None)?;
    // A hard link, unlike a rename, never replaces what is there; not every file system has them.
    match disk::link(&temporary.path, path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        Err(_) if fs::symlink_metadata(path).is_ok() => {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Err(_) => {
            disk::rename(&temporary.path, path)?;
            temporary.forget();
        }
    }
    disk::sync_folder(folder_of(path))
}

/// What was in a file when other bytes took its place. Where it was kept it stays until it is
/// discarded: it may be the only place that holds what somebody else wrote.
#[derive(Debug)]
pub(super) struct Displaced {
    /// Where it is, if it was kept.
    kept: Option<PathBuf>,
    /// Where it was.
    target: PathBuf,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

/// Writes `bytes` as the file at `path`, which must be there, and returns what it held at that very
/// moment; where the system cannot exchange files, what it held just before. `mark` is put into the
/// temporary file's name. Symbolic links are followed.
///
/// # Errors
///
/// As [`write()`]. The folder being synced is not the last step, so that what was displaced may stay
/// beside the file.
pub(super) fn replace(
    path: &Path,
    mark: &str,
    bytes: &[u8],
    access: Access,
) -> io::Result<Displaced> {
    let target = follow(path)?;
    let modes = permissions(&target)?;
    let temporary = Temporary::filled(&target, mark, bytes, access, modes)?;
    if disk::exchange(&temporary.path, &target)? {
        let kept = temporary.forget();
        disk::sync_folder(folder_of(&target))?;
        let bytes = disk::read(&kept)?;
        return Ok(Displaced { kept: Some(kept), target, bytes });
    }
    let displaced = disk::read(&target)?;
    disk::rename(&temporary.path, &target)?;
    temporary.forget();
    disk::sync_folder(folder_of(&target))?;
    Ok(Displaced { kept: None, target, bytes: displaced })
}

impl Displaced {
    /// Reads it again: whoever was writing to it may have gone on.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn read_again(&mut self) -> io::Result<()> {
        if let Some(kept) = &self.kept {
            self.bytes = disk::read(kept)?;
        }
        Ok(())
    }

    /// Puts it back in its place. `ours`, which took that, is removed; anything else that is there by
    /// now stays beside it.
    ///
    /// # Errors
    /// Nothing, or not all of it, could be done.
    pub(super) fn put_back(self, ours: &[u8]) -> io::Result<()> {
        let Some(kept) = self.kept else {
            return write(&self.target, &self.bytes, Access::Private);
        };
        disk::exchange(&kept, &self.target)?;
        disk::sync_folder(folder_of(&self.target))?;
        if disk::read(&kept)? == ours { disk::remove(&kept) } else { Ok(()) }
    }

    /// Removes it: what it says is elsewhere. Whether it is still what was read; if not, somebody has
    /// gone on writing, and it stays.
    pub(super) fn discard(self) -> bool {
        let Some(kept) = self.kept else { return true };
        if disk::read(&kept).is_ok_and(|bytes| bytes != self.bytes) {
            return false;
        }
        // One that stays is merged, to no effect, when the program starts.
        let _ = disk::remove(&kept);
        true
    }
}

/// Makes a folder and those above it that are missing, and syncs where each was made.
///
/// # Errors
///
/// One could not be made or synced.
pub fn create_folders(path: &Path, access: Access) -> io::Result<()> {
    let missing: Vec<&Path> = path
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        .collect();
    for folder in missing.into_iter().rev() {
        match disk::make_folder(folder, access) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => disk::sync_folder(folder_of(folder))?,
        }
    }
    Ok(())
}

/// A temporary file, removed when it is dropped.
struct Temporary {
    path: PathBuf,
}

impl Temporary {
    fn filled(
        target: &Path,
        mark: &str,
        bytes: &[u8],
        access: Access,
        kept: Option<Permissions>,
    ) -> io::Result<Self> {
        let unique = Uuid::now_v7().simple();
        let name = format!("{TEMPORARY_PREFIX}{mark}{unique}{TEMPORARY_SUFFIX}");
        let temporary = Self { path: target.with_file_name(name) };
        fill(&temporary.path, bytes, access, kept)?;
        Ok(temporary)
    }

    /// It is temporary no more; its path.
    fn forget(mut self) -> PathBuf {
        std::mem::take(&mut self.path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            // It may never have been made; and nothing more can be done about one that stays.
            let _ = disk::remove(&self.path);
        }
    }
}

/// Makes a new file with `bytes` and syncs it.
fn fill(path: &Path, bytes: &[u8], access: Access, kept: Option<Permissions>) -> io::Result<()> {
    let mut file = disk::create(path, access)?;
    if let Some(permissions) = kept {
        file.set_permissions(permissions)?;
    }
    disk::write(&mut file, path, bytes)?;
    disk::sync(&file, path)
}

/// The permissions of the file that is there, if one is.
fn permissions(target: &Path) -> io::Result<Option<Permissions>> {
    match fs::metadata(target) {
        Ok(metadata) if metadata.is_file() => Ok(Some(metadata.permissions())),
        Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where a path leads once symbolic links are followed, whether or not a file is there.
fn follow(path: &Path) -> io::Result<PathBuf> {
    // As many links as Linux follows.
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "its symbolic links never end"))
}

/// The folder that holds `path`.
pub(super) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_written_and_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        write(&path, b"one", Access::Private).unwrap();
        write(&path, b"two", Access::Private).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["a.toml"]);
    }

    #[test]
    fn a_new_file_never_replaces_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        create_new(&path, "", b"one", Access::Shared).unwrap();
        let error = create_new(&path, "", b"two", Access::Shared).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(names(folder.path()), ["a.toml"]);
    }

    #[test]
    fn a_folder_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        fs::create_dir(&path).unwrap();
        assert!(write(&path, b"one", Access::Private).is_err());
        assert_eq!(names(folder.path()), ["a.toml"]);
    }

    #[test]
    fn what_somebody_else_wrote_in_between_is_kept_until_it_is_discarded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        write(&path, b"one", Access::Private).unwrap();
        let displaced = replace(&path, "", b"two", Access::Private).unwrap();
        assert_eq!(displaced.bytes, b"one");
        assert!(displaced.discard());
        assert_eq!(names(folder.path()), ["a.toml"]);
        let displaced = replace(&path, "", b"three", Access::Private).unwrap();
        displaced.put_back(b"three").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["a.toml"]);
    }

    #[test]
    fn what_is_beside_the_file_when_something_is_put_back_stays_unless_it_is_ours() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        write(&path, b"one", Access::Private).unwrap();
        let displaced = replace(&path, "", b"two", Access::Private).unwrap();
        fs::write(&path, b"theirs").unwrap();
        displaced.put_back(b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        let [beside, _] = &names(folder.path())[..] else { panic!("theirs is kept") };
        assert_eq!(fs::read(folder.path().join(beside)).unwrap(), b"theirs");
    }

    #[test]
    fn what_somebody_goes_on_writing_is_not_discarded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        write(&path, b"one", Access::Private).unwrap();
        let displaced = replace(&path, "", b"two", Access::Private).unwrap();
        let kept = displaced.kept.clone().unwrap();
        fs::write(&kept, b"one and more").unwrap();
        assert!(!displaced.discard());
        assert_eq!(fs::read(&kept).unwrap(), b"one and more");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        assert!(write(&path, b"one", Access::Private).is_err());
        assert!(!fs::metadata(&path).unwrap().is_file());
        assert_eq!(names(folder.path()), ["a.toml"]);
    }

    /// Both ways of writing a file, and what a loss of power after them leaves.
    #[test]
    fn what_was_written_is_durable_when_that_was_said() {
        use crate::io::disk::fault::{Fault, Faults, without_exchange};
        let _without = without_exchange();
        for seed in 1..=8 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("deep/er/a.toml");
            let faults = Faults::start(folder.path(), Fault::None, 0);
            create_folders(folder_of(&path), Access::Private).unwrap();
            write(&path, b"one", Access::Private).unwrap();
            faults.lose_power(seed);
            assert_eq!(fs::read(&path).unwrap(), b"one");
            let faults = Faults::start(folder.path(), Fault::None, 0);
            assert_eq!(replace(&path, "", b"two", Access::Private).unwrap().bytes, b"one");
            faults.lose_power(seed);
            assert_eq!(fs::read(&path).unwrap(), b"two");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_modes_kept() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real.toml");
        let link = folder.path().join("link.toml");
        write(&real, b"one", Access::Private).unwrap();
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&real, Permissions::from_mode(0o640)).unwrap();
        symlink("real.toml", &link).unwrap();
        write(&link, b"two", Access::Private).unwrap();
        assert_eq!(fs::read(&real).unwrap(), b"two");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_in_a_circle_are_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link.toml");
        std::os::unix::fs::symlink("link.toml", &link).unwrap();
        assert!(write(&link, b"one", Access::Private).is_err());
    }
}
