//! The calls by which files of ours are read and changed, each in one place.
//!
//! What is promised of saving has to hold whichever of these calls fails, and wherever between them
//! the program or the machine stops. Tests make each of them fail, in turn; see [`fault`].

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::atomic::Access;

#[cfg(test)]
pub(super) mod fault;

/// One call.
#[derive(Clone, Copy)]
#[cfg_attr(not(test), expect(dead_code, reason = "tests look at it"))]
pub(super) enum Call<'a> {
    Read(&'a Path),
    Create(&'a Path),
    Write(&'a Path, &'a [u8]),
    Truncate(&'a Path, u64),
    Sync(&'a Path),
    Rename(&'a Path, &'a Path),
    Exchange(&'a Path, &'a Path),
    Link(&'a Path, &'a Path),
    Remove(&'a Path),
    MakeFolder(&'a Path),
    SyncFolder(&'a Path),
}

/// Makes a call; tests may fail it.
#[cfg(not(test))]
fn call<T>(_call: Call<'_>, made: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    made()
}

#[cfg(test)]
use fault::call;

/// Reads a whole file.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    call(Call::Read(path), || fs::read(path))
}

/// Makes a file that is not there yet.
pub(super) fn create(path: &Path, access: Access) -> io::Result<File> {
    call(Call::Create(path), || new_file(access).open(path))
}

/// Writes all of `bytes`. Where this fails a part may have been written.
pub(super) fn write(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    #[cfg(test)]
    let bytes = fault::shortened(bytes, |part| file.write_all(part))?;
    call(Call::Write(path, bytes), || file.write_all(bytes))
}

/// Cuts a file off after so many bytes.
pub(super) fn truncate(file: &File, path: &Path, length: u64) -> io::Result<()> {
    call(Call::Truncate(path, length), || file.set_len(length))
}

/// Makes what was written to a file durable.
pub(super) fn sync(file: &File, path: &Path) -> io::Result<()> {
    // Tests of this crate never cut the power in earnest, and there are thousands of saves in them.
    call(Call::Sync(path), || if cfg!(test) { Ok(()) } else { file.sync_all() })
}

/// Gives a file another name, over what is there.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    call(Call::Rename(from, to), || fs::rename(from, to))
}

/// Exchanges two files in one step; whether the system can.
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<bool> {
    #[cfg(test)]
    if !fault::can_exchange() {
        return Ok(false);
    }
    call(Call::Exchange(a, b), || exchanged(a, b))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchanged(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchanged(_a: &Path, _b: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Gives a file a second name, where nothing has that yet.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    call(Call::Link(from, to), || fs::hard_link(from, to))
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    call(Call::Remove(path), || fs::remove_file(path))
}

/// Makes a folder.
pub(super) fn make_folder(path: &Path, access: Access) -> io::Result<()> {
    call(Call::MakeFolder(path), || folder_builder(access).create(path))
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    call(Call::SyncFolder(folder), || if cfg!(test) { Ok(()) } else { synced_folder(folder) })
}

#[cfg(unix)]
fn synced_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened; the file system keeps its own order.
#[cfg(not(unix))]
fn synced_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn new_file(access: Access) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if access == Access::Private {
        options.mode(0o600);
    }
    options
}

#[cfg(not(unix))]
fn new_file(_access: Access) -> OpenOptions {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_not_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "theirs").unwrap();
        let error = create(&path, Access::Private).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_private_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (file, inner) = (folder.path().join("file"), folder.path().join("folder"));
        create(&file, Access::Private).unwrap();
        make_folder(&inner, Access::Private).unwrap();
        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(&inner)), (0o600, 0o700));
    }
}
