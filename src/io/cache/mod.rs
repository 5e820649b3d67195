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
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::UNIX_EPOCH;

use encoding_rs::Encoding;
use rusqlite::ErrorCode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use self::file::File;
use self::shelf::{Bound, Shelf};
use super::record::holds_records;
use super::watch::Stamp;
use super::{Library, path};
use crate::app::fingerprint;
use crate::corpus::Digest;
use crate::quote::voice::Tallies;

/// So many chunks are read before they are taken.
const AHEAD: usize = 16;

/// What was derived from a file of the library, or from a record of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The article's name.
    pub name: Arc<str>,
    /// The file as it was before it was read.
    pub stamp: Stamp,
    /// Where the record begins in the file, and how long it is, in bytes; none where the file is the
    /// article.
    pub record: Option<(u64, u64)>,
    /// What is known of the article.
    pub digest: Arc<Digest>,
    /// Who speaks in it, once that was judged.
    pub judged: Option<Judged>,
}

/// What the program makes of an article's quotations, before what a person decided on them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// How many quotations it has, whoever speaks.
    pub quotations: u32,
    /// Who speaks, and how much.
    pub voices: Tallies,
}

/// What was kept of an article, but for who speaks in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recalled {
    /// The article's name.
    #[serde(deserialize_with = "shared::name")]
    pub name: Arc<str>,
    /// The file as it was before it was read.
    pub stamp: Stamp,
    /// Where the record begins in the file, and how long it is, in bytes.
    pub record: Option<(u64, u64)>,
    /// What is known of the article.
    #[serde(deserialize_with = "shared::digest")]
    pub digest: Arc<Digest>,
    /// How many quotations it has, once that was judged.
    pub quotations: Option<u32>,
}

/// Who speaks in an article. That is kept apart, since a list of articles needs none of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voiced {
    /// The article's name.
    #[serde(deserialize_with = "shared::name")]
    pub name: Arc<str>,
    /// The [`fingerprint`] of the text in which they speak.
    pub text: u64,
    /// Who speaks, and how much.
    pub voices: Tallies,
}

/// Reading what is shared with all who want it, each in one allocation.
mod shared {
    use std::fmt;
    use std::sync::Arc;

    use serde::de::{Deserialize as _, Deserializer, Error, Visitor};

    use crate::corpus::Digest;

    pub(super) fn name<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
        struct Name;

        impl Visitor<'_> for Name {
            type Value = Arc<str>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
                Ok(name.into())
            }
        }

        from.deserialize_str(Name)
    }

    pub(super) fn digest<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<Digest>, D::Error> {
        Digest::deserialize(from).map(Arc::new)
    }
}

/// What has lines in a section of its own.
trait Named: Serialize + DeserializeOwned {
    /// What the section is called.
    const SECTION: &'static str;

    /// The article's name.
    fn name(&self) -> &str;
}

impl Named for Recalled {
    const SECTION: &'static str = "articles";

    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Voiced {
    const SECTION: &'static str = "voices";

    fn name(&self) -> &str {
        &self.name
    }
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

    /// Opens its file already, on a thread of its own, where that will be waited for: the article that is
    /// shown first is looked for in it if it is one of a file of many.
    pub fn open_ahead(&self, library: &Library) {
        let cache = self.clone();
        if library.paths.iter().any(|path| holds_records(path)) {
            let open = move || cache.attempt(Recalled::SECTION, |_| Ok(()));
            // Without a thread it is opened when something is asked of it.
            let _ = thread::Builder::new().name("ahead".to_owned()).spawn(open);
        }
    }

    /// What is kept of one of a root's articles.
    #[must_use]
    pub fn find(&self, root: &Path, name: &str) -> Option<Recalled> {
        let find = |shelf: &mut Shelf<'_>| shelf.find(&path::spelled(root), name);
        self.attempt(Recalled::SECTION, find).flatten()
    }

    /// Hands on all that is kept of a root's articles, in the order of the names, some hundreds at a time.
    ///
    /// Where the file turns out to be broken in the midst of this, what comes after is missing. `take`
    /// must not use the cache. What comes next is read meanwhile.
    pub fn recall(&self, root: &Path, take: impl FnMut(Vec<Recalled>)) {
        thread::scope(|scope| {
            let (sender, some) = sync_channel(AHEAD);
            let read = move || {
                self.attempt(Recalled::SECTION, |shelf| {
                    // Whoever takes them takes them all.
                    let mut send = |lines| drop(sender.send(lines));
                    shelf.recall(&path::spelled(root), &mut send)
                })
            };
            // Without a thread it is all derived again.
            let _ = thread::Builder::new().name("cache".to_owned()).spawn_scoped(scope, read);
            some.iter().for_each(take);
        });
    }

    /// Hands on who speaks in a root's articles, likewise.
    pub fn recall_voices(&self, root: &Path, mut take: impl FnMut(Vec<Voiced>)) {
        self.attempt(Voiced::SECTION, |shelf| shelf.recall(&path::spelled(root), &mut take));
    }

    /// Keeps articles of a root, in place of what is kept under their names. Meant for batches of some
    /// hundreds or thousands.
    pub fn keep(&self, root: &Path, kept: &[Kept]) {
        let articles = kept.iter().map(|it| Recalled {
            name: Arc::clone(&it.name),
            stamp: it.stamp,
            record: it.record,
            digest: Arc::clone(&it.digest),
            quotations: it.judged.as_ref().map(|judged| judged.quotations),
        });
        let voices = kept.iter().filter_map(|it| {
            let text = fingerprint(&it.digest.sha256);
            let voices = it.judged.as_ref()?.voices.clone();
            Some(Voiced { name: Arc::clone(&it.name), text, voices })
        });
        // Who speaks in articles that there was no room for must not push others out.
        if self.put(root, &articles.collect::<Vec<_>>()) {
            self.keep_voices(root, &voices.collect::<Vec<_>>());
        }
    }

    /// Keeps who speaks in articles, whatever else is kept of these.
    pub fn keep_voices(&self, root: &Path, voiced: &[Voiced]) {
        self.put(root, voiced);
    }

    /// Whether it was kept.
    fn put<L: Named>(&self, root: &Path, lines: &[L]) -> bool {
        let put = |shelf: &mut Shelf<'_>| shelf.keep(&path::spelled(root), lines);
        !lines.is_empty() && self.attempt(L::SECTION, put).unwrap_or(false)
    }

    /// Forgets articles of a root by name.
    pub fn forget(&self, root: &Path, names: &[&str]) {
        if !names.is_empty() {
            let root = path::spelled(root);
            self.attempt(Recalled::SECTION, |shelf| shelf.forget::<Recalled>(&root, names));
            self.attempt(Voiced::SECTION, |shelf| shelf.forget::<Voiced>(&root, names));
        }
    }

    /// Puts a root in order, so that it is recalled fastest: worth it when no more is to be kept of it
    /// for a while.
    pub fn settle(&self, root: &Path) {
        let root = path::spelled(root);
        self.attempt(Recalled::SECTION, |shelf| shelf.settle::<Recalled>(&root));
        self.attempt(Voiced::SECTION, |shelf| shelf.settle::<Voiced>(&root));
    }

    /// Brings what was written last into the file itself, if that is open: whoever opens it next would have
    /// to go through it first.
    pub fn rest(&self) {
        let Some(inner) = &self.inner else { return };
        let mut state = inner.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let State::Open(file) = &mut *state {
            file.rest();
        }
    }

    /// Does something with the database, opening it first; nothing where it cannot be opened.
    fn attempt<T>(
        &self,
        section: &str,
        act: impl FnOnce(&mut Shelf<'_>) -> Result<T, Fault>,
    ) -> Option<T> {
        let inner = self.inner.as_ref()?;
        let mut state = inner.state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Closed) {
            *state = File::open(&inner.folder).map_or(State::Barred, State::Open);
        }
        let State::Open(file) = &mut *state else { return None };
        let mut tables = Shelf::new(file.connection(), (&inner.maker, section), inner.bound);
        match act(&mut tables) {
            Ok(done) => return Some(done),
            Err(fault) if fault.is_damage() => {}
            // What is busy or full now may not be so the next time.
            Err(_) => return None,
        }
        if let State::Open(file) = std::mem::replace(&mut *state, State::Closed) {
            *state = file.rebuild().map_or(State::Barred, State::Open);
        }
        None
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
