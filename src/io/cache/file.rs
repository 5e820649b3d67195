//! The file of the cache: a database that several instances share.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::Fault;
use crate::io::atomic::{self, Access};
use crate::io::disk;
use crate::io::watch::Stamp;

/// The file's name. The number is that of the form its tables and chunks have.
const NAME: &str = "derived-1.sqlite";
/// What the database puts beside it.
const BESIDE: [&str; 2] = ["-wal", "-shm"];
/// What one instance at a time holds that opens the file or throws it away. It is never removed.
const LOCK: &str = "derived.lock";

/// How long another instance may hold the lock, or be writing.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long to wait before trying again.
const PAUSE: Duration = Duration::from_millis(2);

/// Pages are large, since chunks are. Another instance reads while one writes; what was written last may be
/// lost with the power, but not the file.
const PREPARE: &str = "
    PRAGMA page_size = 16384;
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA journal_size_limit = 8388608;
    PRAGMA foreign_keys = ON;
    CREATE TABLE IF NOT EXISTS root (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL,
        maker TEXT NOT NULL,
        section TEXT NOT NULL,
        used INTEGER NOT NULL,
        lines INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0,
        settled INTEGER NOT NULL DEFAULT 0,
        UNIQUE (path, maker, section)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS chunk (
        id INTEGER PRIMARY KEY,
        root INTEGER NOT NULL REFERENCES root (id) ON DELETE CASCADE,
        first TEXT NOT NULL,
        last TEXT NOT NULL,
        sum INTEGER NOT NULL,
        lines BLOB NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS chunk_of_root ON chunk (root, first);
";

/// An open file.
#[derive(Debug)]
pub(super) struct File {
    connection: Connection,
    folder: PathBuf,
    /// Which file it is: another instance may have begun it anew since.
    stamp: Option<u64>,
}

impl File {
    /// Opens the file in a folder, and makes either where it is missing. A broken one is begun anew.
    pub(super) fn open(folder: &Path) -> Result<Self, Fault> {
        atomic::create_folders(folder, Access::Private)?;
        let _lock = lock(folder)?;
        match Self::connect(folder) {
            Err(fault) if fault.is_damage() => {
                remove(folder)?;
                Self::connect(folder)
            }
            opened => opened,
        }
    }

    /// Throws the file away, unless another instance has done so since it was opened, and opens what is
    /// there then.
    pub(super) fn rebuild(self) -> Result<Self, Fault> {
        let Self { connection, folder, stamp } = self;
        // Whatever it says: the file is given up.
        let _ = connection.close();
        let lock = lock(&folder)?;
        if Stamp::identity_of(&folder.join(NAME)) == stamp {
            remove(&folder)?;
        }
        drop(lock);
        Self::open(&folder)
    }

    pub(super) const fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Moves what was written last out of the log; where others read or write, it is left to them.
    pub(super) fn rest(&self) {
        let _ = self.connection.busy_timeout(Duration::ZERO);
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        let _ = self.connection.busy_timeout(PATIENCE);
    }

    fn connect(folder: &Path) -> Result<Self, Fault> {
        let path = folder.join(NAME);
        if !path.exists() {
            // Made by the database it would be for all to read. What it puts beside takes after it.
            drop(disk::create(&path, Access::Private)?);
        }
        let connection = Connection::open(&path)?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch(PREPARE)?;
        let stamp = Stamp::identity_of(&path);
        Ok(Self { connection, folder: folder.to_owned(), stamp })
    }
}

/// Takes the lock, which is held until the file is dropped.
fn lock(folder: &Path) -> Result<fs::File, Fault> {
    let path = folder.join(LOCK);
    let file = OpenOptions::new().create(true).write(true).truncate(false).open(path)?;
    let began = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(fs::TryLockError::WouldBlock) if began.elapsed() < PATIENCE => thread::sleep(PAUSE),
            Err(error) => return Err(Fault::Disk(error.into())),
        }
    }
}

/// Removes the file and what the database has put beside it; these first, or they would be taken for
/// those of the next file.
fn remove(folder: &Path) -> Result<(), Fault> {
    for beside in BESIDE.into_iter().chain([""]) {
        let path = folder.join(format!("{NAME}{beside}"));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
