//! Writing a whole file so that it is either as it was or as it should be, whatever happens.
//!
//! The bytes go to a temporary file beside the target; it is synced, takes the target's name in one
//! step, and the folder is synced. Only plain `std` calls are used.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use uuid::Uuid;

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
    let temporary = Temporary::filled(&target, bytes, access, kept)?;
    fs::rename(&temporary.path, &target)?;
    temporary.forget();
    sync_folder(&target)
}

/// Writes `bytes` as a new file at `path`.
///
/// # Errors
///
/// As [`write()`]; and [`io::ErrorKind::AlreadyExists`] where something is there, which is left alone.
pub fn create_new(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    let temporary = Temporary::filled(path, bytes, access, None)?;
    // A hard link, unlike a rename, never replaces what is there; not every file system has them.
    match fs::hard_link(&temporary.path, path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        Err(_) if fs::symlink_metadata(path).is_ok() => {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Err(_) => {
            fs::rename(&temporary.path, path)?;
            temporary.forget();
        }
    }
    sync_folder(path)
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
        match folder_builder(access).create(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => sync_folder(folder)?,
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
        bytes: &[u8],
        access: Access,
        kept: Option<Permissions>,
    ) -> io::Result<Self> {
        let name = format!("{TEMPORARY_PREFIX}{}{TEMPORARY_SUFFIX}", Uuid::now_v7().simple());
        let temporary = Self { path: target.with_file_name(name) };
        fill(&temporary.path, bytes, access, kept)?;
        Ok(temporary)
    }

    /// It has taken the target's name, so that nothing is left to remove.
    fn forget(mut self) {
        self.path = PathBuf::new();
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            // It may never have been made; and nothing more can be done about one that stays.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Makes a new file with `bytes` and syncs it.
fn fill(path: &Path, bytes: &[u8], access: Access, kept: Option<Permissions>) -> io::Result<()> {
    let mut file = open_options(access).open(path)?;
    if let Some(permissions) = kept {
        file.set_permissions(permissions)?;
    }
    file.write_all(bytes)?;
    file.sync_all()
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

#[cfg(unix)]
fn open_options(access: Access) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if access == Access::Private {
        options.mode(0o600);
    }
    options
}

#[cfg(not(unix))]
fn open_options(_access: Access) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    options
}

#[cfg(unix)]
fn folder_builder(access: Access) -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = DirBuilder::new();
    if access == Access::Private {
        builder.mode(0o700);
    }
    builder
}

#[cfg(not(unix))]
fn folder_builder(_access: Access) -> DirBuilder {
    DirBuilder::new()
}

/// Syncs the folder that holds `path`, so that its name there is durable.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Elsewhere a folder cannot be opened; the file system keeps its own order.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
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
        create_new(&path, b"one", Access::Shared).unwrap();
        let error = create_new(&path, b"two", Access::Shared).unwrap_err();
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
