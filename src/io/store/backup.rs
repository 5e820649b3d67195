//! Backups: a copy of each file as it was before its first change of the day, and what was set aside.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::home::Home;
use crate::io::atomic::{self, Access};
use crate::io::disk;

/// How many copies of a file are kept.
const KEPT: usize = 10;

/// Copies a file that is about to be changed, unless that was done today (in UTC). The change itself
/// loses nothing, so that it goes on where this cannot be done.
pub(super) fn before_change(home: &Home, path: &Path, text: &str) {
    let Some(stem) = path.file_stem() else { return };
    let day = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let copy = home.backups().join(format!("{}.{day}.toml", stem.to_string_lossy()));
    if copy.exists() || atomic::create_folders(&home.backups(), Access::Private).is_err() {
        return;
    }
    if atomic::create_new(&copy, "", text.as_bytes(), Access::Private).is_ok() {
        for old in of(home, path).into_iter().skip(KEPT) {
            let _ = disk::remove(&old);
        }
    }
}

/// The copies of a file, the newest first.
pub(super) fn of(home: &Home, path: &Path) -> Vec<PathBuf> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut copies: Vec<PathBuf> = all(home)
        .into_iter()
        .filter(|copy| original(copy).is_some_and(|name| name == *stem))
        .collect();
    copies.sort();
    copies.reverse();
    copies
}

/// All copies in a home.
pub(super) fn all(home: &Home) -> Vec<PathBuf> {
    let listed = fs::read_dir(home.backups()).into_iter().flatten().flatten();
    listed.map(|entry| entry.path()).filter(|path| original(path).is_some()).collect()
}

/// The name, without its ending, of the file that something is a copy of.
fn original(copy: &Path) -> Option<String> {
    let stem = copy.file_stem()?.to_str()?;
    let (name, day) = stem.rsplit_once('.')?;
    let is_copy = copy.extension()? == "toml" && day.parse::<jiff::civil::Date>().is_ok();
    is_copy.then(|| name.to_owned())
}

/// Puts a file with the copies, under its own name and, where that is taken, a number.
///
/// # Errors
/// It could not be moved, and is where it was.
pub(super) fn set_aside(home: &Home, path: &Path) -> io::Result<()> {
    let aside = free(home, path)?;
    disk::rename(path, &aside)?;
    disk::sync_folder(atomic::folder_of(&aside))?;
    disk::sync_folder(atomic::folder_of(path))
}

/// Puts what a file holds with the copies, in the same way.
///
/// # Errors
/// It could not be written.
pub(super) fn copy_aside(home: &Home, path: &Path, bytes: &[u8]) -> io::Result<()> {
    atomic::create_new(&free(home, path)?, "", bytes, Access::Private)
}

fn free(home: &Home, path: &Path) -> io::Result<PathBuf> {
    let folder = home.backups();
    atomic::create_folders(&folder, Access::Private)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.trim_start_matches('.').to_owned();
    let numbered = (1..=u16::MAX).map(|number| folder.join(format!("{name}.{number}")));
    let mut names = std::iter::once(folder.join(&name)).chain(numbered);
    let free = names.find(|path| fs::symlink_metadata(path).is_err());
    free.ok_or_else(|| io::ErrorKind::AlreadyExists.into())
}
