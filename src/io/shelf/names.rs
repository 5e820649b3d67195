//! The way from an article's name to its place.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

/// A place, and what its name hashes to: the names themselves lie far apart in memory, and are looked at
/// only where the hash is that of the name that is looked for.
#[derive(Debug, Clone, Copy)]
struct Known {
    hash: u32,
    at: u32,
}

impl Known {
    /// The hash as the table wants it, which takes bits from both of its ends.
    const fn spread(hash: u32) -> u64 {
        (hash as u64) << 32 | hash as u64
    }
}

/// The places by the names of what is there. It holds no names: who asks says what is where.
#[derive(Debug, Default)]
pub(super) struct Names {
    table: HashTable<Known>,
    hasher: DefaultHashBuilder,
}

impl Names {
    fn hash(&self, name: &str) -> u32 {
        let [.., a, b, c, d] = self.hasher.hash_one(name).to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    /// The place of this name that is the one that is looked for.
    pub(super) fn find(&self, name: &str, is: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = self.hash(name);
        let known = |known: &Known| known.hash == hash && is(known.at);
        self.table.find(Known::spread(hash), known).map(|known| known.at)
    }

    /// Makes a place known by a name.
    pub(super) fn insert(&mut self, name: &str, at: u32) {
        let hash = self.hash(name);
        let hash_of = |known: &Known| Known::spread(known.hash);
        self.table.insert_unique(Known::spread(hash), Known { hash, at }, hash_of);
    }

    /// A place is not known by this name any more.
    pub(super) fn remove(&mut self, name: &str, at: u32) {
        let hash = self.hash(name);
        if let Ok(entry) = self.table.find_entry(Known::spread(hash), |known| known.at == at) {
            entry.remove();
        }
    }
}
