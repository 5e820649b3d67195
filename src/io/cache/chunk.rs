//! Chunks: some hundreds of articles in one run of bytes, as the database holds them.

use serde::{Deserialize, Serialize};

use super::{Fault, Kept};

/// How many articles a chunk holds at most.
pub(super) const LENGTH: usize = 512;

/// What a chunk says of a name.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum Line<K, N> {
    /// This is kept under it.
    Kept(K),
    /// Nothing is kept under it any more.
    Gone(N),
}

/// A line to be written.
pub(super) type Written<'a> = Line<&'a Kept, &'a str>;
/// A line that was read.
pub(super) type Read = Line<Kept, String>;

impl Written<'_> {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Kept(kept) => &kept.name,
            Self::Gone(name) => name,
        }
    }
}

impl Read {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Kept(kept) => &kept.name,
            Self::Gone(name) => name,
        }
    }

    pub(super) fn kept(self) -> Option<Kept> {
        match self {
            Self::Kept(kept) => Some(kept),
            Self::Gone(_) => None,
        }
    }
}

/// The bytes of lines, and their checksum: the database notices when its own structure is broken, but
/// not when the bytes in it are.
pub(super) fn encode(lines: &[Written<'_>]) -> Result<(Vec<u8>, u32), Fault> {
    let bytes = postcard::to_stdvec(lines).map_err(|_| Fault::Damage)?;
    let sum = crc32fast::hash(&bytes);
    Ok((bytes, sum))
}

/// The lines of bytes with that checksum.
pub(super) fn decode(bytes: &[u8], sum: u32) -> Result<Vec<Read>, Fault> {
    if crc32fast::hash(bytes) != sum {
        return Err(Fault::Damage);
    }
    postcard::from_bytes(bytes).map_err(|_| Fault::Damage)
}
