//! The lock that one save at a time holds.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::StoreError;
use crate::io::atomic::{self, Access};

/// How long to wait before trying again.
const PAUSE: Duration = Duration::from_millis(2);

/// Takes the lock in `state`, which is held until the file is dropped. Another instance may hold it
/// for as long as `patience`.
///
/// The lock file is never removed: an instance that holds the lock on a removed file would not keep
/// out one that makes it anew.
pub(super) fn take(state: &Path, patience: Duration) -> Result<File, StoreError> {
    atomic::create_folders(state, Access::Private)
        .map_err(StoreError::io(state, "make the state folder"))?;
    let path = state.join("store.lock");
    let file = OpenOptions::new().create(true).write(true).truncate(false).open(&path);
    let file = file.map_err(StoreError::io(&path, "open the lock file"))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked(path)),
            // Some network file systems have no locks; the save itself is no less atomic for that.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(file);
            }
            Err(TryLockError::Error(error)) => {
                return Err(StoreError::io(&path, "lock the store")(error));
            }
        }
    }
}
