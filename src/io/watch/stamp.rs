//! Stamps: what tells whether a file is still the one that was read.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// When a file was last changed, its length in bytes, and which file it is: as long as all stay, so
/// does what comes of reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Bytes", into = "Bytes")]
pub struct Stamp {
    /// Nanoseconds since 1970; 0 where the system does not tell.
    changed: i64,
    length: u64,
    identity: u64,
    /// When something about it was last changed, who may read it included, in the same way.
    status: i64,
}

impl Stamp {
    /// The stamp of what is at `path`, links followed; `None` where that is no file.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok().filter(Metadata::is_file)?;
        Some(Self {
            changed: metadata.modified().map_or(0, nanoseconds),
            length: metadata.len(),
            identity: identity(&metadata),
            status: status(&metadata),
        })
    }

    /// What tells the file or folder at `path` from another that takes its name; `None` where nothing is.
    pub(in crate::io) fn identity_of(path: &Path) -> Option<u64> {
        fs::metadata(path).ok().map(|metadata| identity(&metadata))
    }
}

/// A stamp as the cache holds it: to read one run of bytes is quicker than to read four numbers.
type Bytes = serde_bytes::ByteArray<32>;

impl From<Stamp> for Bytes {
    fn from(stamp: Stamp) -> Self {
        let Stamp { changed, length, identity, status } = stamp;
        let mut all = [0; 32];
        let numbers = [
            changed.to_le_bytes(),
            length.to_le_bytes(),
            identity.to_le_bytes(),
            status.to_le_bytes(),
        ];
        for (place, number) in all.as_chunks_mut().0.iter_mut().zip(numbers) {
            *place = number;
        }
        Self::new(all)
    }
}

impl From<Bytes> for Stamp {
    fn from(bytes: Bytes) -> Self {
        let mut numbers = bytes.as_chunks().0.iter().copied();
        let mut next = || numbers.next().unwrap_or_default();
        Self {
            changed: i64::from_le_bytes(next()),
            length: u64::from_le_bytes(next()),
            identity: u64::from_le_bytes(next()),
            status: i64::from_le_bytes(next()),
        }
    }
}

fn nanoseconds(at: SystemTime) -> i64 {
    let clamped = |nanoseconds: u128| i64::try_from(nanoseconds).unwrap_or(i64::MAX);
    match at.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => clamped(since.as_nanos()),
        Err(before) => -clamped(before.duration().as_nanos()),
    }
}

#[cfg(unix)]
fn status(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt as _;
    metadata.ctime().wrapping_mul(1_000_000_000).wrapping_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
const fn status(_: &Metadata) -> i64 {
    0
}

/// What tells a file or folder from another that has taken its name.
#[cfg(unix)]
pub(super) fn identity(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    metadata.ino()
}

#[cfg(not(unix))]
pub(super) fn identity(metadata: &Metadata) -> u64 {
    let since = |at: SystemTime| at.duration_since(SystemTime::UNIX_EPOCH).ok();
    let age = metadata.created().ok().and_then(since).unwrap_or_default();
    u64::try_from(age.as_nanos()).unwrap_or_default()
}
