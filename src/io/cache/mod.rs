//! The cache: what was derived from the files of a library, so that opening it again need not derive it.
//!
//! It is disposable. Whatever goes wrong with it costs no more than time: a broken file is thrown away
//! and begun anew, and where nothing can be kept nothing is. `file` opens the database and notices that
//! it is broken, `shelf` keeps roots and chunks in it, within a bound, and `chunk` is how articles are
//! written.

mod chunk;
mod file;
mod shelf;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use encoding_rs::Encoding;
use rusqlite::ErrorCode;
use serde::{Deserialize, Serialize};

use self::file::File;
use self::shelf::{Bound, Shelf};
use super::path;
use super::watch::Stamp;
use crate::corpus::Digest;
use crate::quote::voice::Tallies;

/// What was derived from a file of the library, or from a record of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The article's name.
    pub name: String,
    /// The file as it was before it was read.
    pub stamp: Stamp,
    /// Where the record begins in the file, and how long it is, in bytes; none where the file is the
    /// article.
    pub record: Option<(u64, u64)>,
    /// What is known of the article.
    pub digest: Digest,
    /// Who speaks in it, once that was judged.
    pub judged: Option<Judged>,
}

/// What the program makes of an article's quotations, before what a person decided on them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// How many quotations it has, whoever speaks.
    pub quotations: u32,
    /// Who speaks, and how much.
    pub voices: Tallies,
}

/// A handle on the cache. Its file is opened when something is first asked of it.
///
/// A library's roots are kept apart, and so is what other builds of the program derived, or the same with
/// another encoding asked for.
#[derive(Debug, Clone)]
pub struct Cache {
    inner: Option<Arc<Inner>>,
}

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    /// The build of the program, and the encoding that was asked for.
    maker: String,
    bound: Bound,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    Closed,
    Open(File),
    /// Nothing can be kept.
    Barred,
}

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    #[error(transparent)]
    Disk(#[from] std::io::Error),
    #[error("what it holds is not what was written")]
    Damage,
}

impl Fault {
    /// Whether the file is broken, rather than busy, full or out of reach.
    fn is_damage(&self) -> bool {
        match self {
            Self::Damage => true,
            Self::Disk(_) => false,
            // A table that is not there is an unknown error, and a value of the wrong type one without a code.
            Self::Database(error) => error.sqlite_error_code().is_none_or(|code| {
                use ErrorCode::{DatabaseCorrupt, NotADatabase, Unknown};
                matches!(code, DatabaseCorrupt | NotADatabase | Unknown)
            }),
        }
    }
}

impl Cache {
    /// The cache in a folder, which is made where it is missing. `encoding` is the one that was asked for.
    #[must_use]
    pub fn open(folder: &Path, encoding: Option<&'static Encoding>) -> Self {
        let encoding = encoding.map_or("", Encoding::name);
        Self::made_by(folder, format!("{} {encoding}", build()), Bound::default())
    }

    fn made_by(folder: &Path, maker: String, bound: Bound) -> Self {
        let (folder, state) = (folder.to_owned(), Mutex::new(State::Closed));
        Self { inner: Some(Arc::new(Inner { folder, maker, bound, state })) }
    }

    /// A cache that keeps nothing.
    #[must_use]
    pub const fn nowhere() -> Self {
        Self { inner: None }
    }

    /// Hands on all that is kept of a root, in the order of the names, some hundreds at a time.
    ///
    /// Where the file turns out to be broken in the midst of this, what comes after is missing. `take`
    /// must not use the cache.
    pub fn recall(&self, root: &Path, mut take: impl FnMut(Vec<Kept>)) {
        self.attempt(|shelf| shelf.recall(&path::spelled(root), &mut take));
    }

    /// Keeps articles of a root, in place of what is kept under their names. Meant for batches of some
    /// hundreds or thousands.
    pub fn keep(&self, root: &Path, kept: &[Kept]) {
        if !kept.is_empty() {
            self.attempt(|shelf| shelf.keep(&path::spelled(root), kept));
        }
    }

    /// Forgets articles of a root by name.
    pub fn forget(&self, root: &Path, names: &[&str]) {
        if !names.is_empty() {
            self.attempt(|shelf| shelf.forget(&path::spelled(root), names));
        }
    }

    /// Puts a root in order, so that it is recalled fastest: worth it when no more is to be kept of it
    /// for a while.
    pub fn settle(&self, root: &Path) {
        self.attempt(|shelf| shelf.settle(&path::spelled(root)));
    }

    /// Does something with the database, opening it first. Nothing is done where it cannot be opened.
    fn attempt(&self, act: impl FnOnce(&mut Shelf<'_>) -> Result<(), Fault>) {
        let Some(inner) = &self.inner else { return };
        let mut state = inner.state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Closed) {
            *state = File::open(&inner.folder).map_or(State::Barred, State::Open);
        }
        let State::Open(file) = &mut *state else { return };
        let mut tables = Shelf::new(file.connection(), &inner.maker, inner.bound);
        // What is busy or full now may not be so the next time.
        if act(&mut tables).is_err_and(|fault| fault.is_damage()) {
            let State::Open(file) = std::mem::replace(&mut *state, State::Closed) else { return };
            *state = file.rebuild().map_or(State::Barred, State::Open);
        }
    }
}

/// What tells this build of the program, the models in it included, from others.
fn build() -> String {
    let metadata = std::env::current_exe().and_then(std::fs::metadata).ok();
    let length = metadata.as_ref().map(std::fs::Metadata::len).unwrap_or_default();
    let made = metadata.and_then(|it| it.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    let made = made.unwrap_or_default().as_nanos();
    format!("{} {length} {made}", env!("CARGO_PKG_VERSION"))
}
