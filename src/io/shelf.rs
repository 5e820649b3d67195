//! The shelf: where each article of the library is read from, in the order in which they were found.

mod names;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use encoding_rs::Encoding;

use super::Problem;
use super::analysis;
use super::library::{PIPED, SAMPLE};
use super::load::load;
use super::long;
use super::store::ArticleRef;
use super::walk::{Record, Source};
use super::watch::Stamp;
use crate::corpus::{Article, ArticleId, Digest};
use names::Names;

/// How the encoding of the sample is called.
const UTF_8: &str = "UTF-8";

/// What an article is read from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A file.
    File(Source),
    /// An article of the sample: its name and text.
    Sample(&'static str, &'static str),
    /// An article that cannot be read twice.
    Held(Arc<Article>),
}

impl Origin {
    /// Reads the article; of a long text the start.
    pub(super) fn read(
        &self,
        encoding: Option<&'static Encoding>,
    ) -> Result<Arc<Article>, Problem> {
        match self {
            Self::File(source) => {
                let read = || match long::head(source, encoding) {
                    Some(head) => head,
                    None => load(source, encoding),
                };
                analysis::read(&source.path(), read).map(Arc::new)
            }
            Self::Sample(name, text) => {
                Ok(Arc::new(Article::from_text(name, (*text).to_owned(), UTF_8)))
            }
            Self::Held(article) => Ok(Arc::clone(article)),
        }
    }

    /// The folder that its name counts from.
    #[must_use]
    pub(super) fn root(&self) -> Cow<'_, Arc<Path>> {
        match self {
            Self::File(source) => Cow::Borrowed(source.root()),
            Self::Sample(..) => Cow::Owned(Path::new(SAMPLE).into()),
            Self::Held(article) => {
                let hash: String = article.text_sha256().chars().take(12).collect();
                Cow::Owned(Path::new(&format!("{PIPED}{hash}")).into())
            }
        }
    }

    /// Its name.
    #[must_use]
    pub(super) fn name(&self) -> &str {
        match self {
            Self::File(source) => &source.name,
            Self::Sample(name, _) => name,
            Self::Held(article) => &article.name,
        }
    }

    /// Its name, shared with all who want it.
    #[must_use]
    pub(super) fn shared_name(&self) -> Arc<str> {
        match self {
            Self::File(source) => Arc::clone(&source.name),
            Self::Sample(..) | Self::Held(_) => self.name().into(),
        }
    }

    /// Whether it has this name under this root.
    fn is_called(&self, root: &Path, name: &str) -> bool {
        // Most often there is but one root.
        let own: &Path = &self.root();
        self.name() == name && (std::ptr::eq(own, root) || own == root)
    }

    /// Where in its file it lies, where that holds several articles.
    pub(super) const fn record(&self) -> Option<Record> {
        match self {
            Self::File(source) => source.record,
            Self::Sample(..) | Self::Held(_) => None,
        }
    }

    /// The stamp of the file that it lies in, as that is now.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        self.file().and_then(|file| Stamp::of(&file))
    }

    /// The file that it lies in, where it does in one.
    #[must_use]
    pub(super) fn file(&self) -> Option<PathBuf> {
        match self {
            Self::File(source) if !source.is_stdin() => Some(source.path()),
            _ => None,
        }
    }
}

/// An article's place on the shelf.
#[derive(Debug)]
struct Slot {
    origin: Origin,
    /// What is known of it, once it was read.
    digest: Option<Arc<Digest>>,
}

/// All places, and the way to them.
#[derive(Debug, Default)]
struct Slots {
    all: Vec<Slot>,
    /// The articles by root and name.
    by_name: Names,
    /// The files of the store that hold their annotations, where these are known.
    stored: BTreeMap<ArticleId, PathBuf>,
}

/// What texts are sorted by: the first eight bytes of their hash.
pub(super) fn beginning(hash: &[u8; 32]) -> u64 {
    hash.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

/// The shelf, shared by the threads that read and write.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf {
    slots: Arc<Mutex<Slots>>,
    /// The article that was read last.
    open: Arc<Mutex<Option<ArticleId>>>,
}

impl Slots {
    fn slot(&self, at: u32) -> Option<&Slot> {
        self.all.get(usize::try_from(at).ok()?)
    }

    fn find(&self, root: &Path, name: &str) -> Option<ArticleId> {
        let is = |at| self.slot(at).is_some_and(|slot| slot.origin.is_called(root, name));
        self.by_name.find(name, is).map(ArticleId)
    }

    /// Makes an article known by its name. There are few roots: that tells articles apart well enough.
    fn enter(&mut self, at: u32) {
        let Self { all, by_name, .. } = self;
        if let Some(slot) = usize::try_from(at).ok().and_then(|at| all.get(at)) {
            by_name.insert(slot.origin.name(), at);
        }
    }

    fn leave(&mut self, at: u32) {
        let Self { all, by_name, .. } = self;
        if let Some(slot) = usize::try_from(at).ok().and_then(|at| all.get(at)) {
            by_name.remove(slot.origin.name(), at);
        }
    }
}

impl Shelf {
    fn slots(&self) -> MutexGuard<'_, Slots> {
        // Whoever fell while holding it has left it whole: it is only ever pushed to and written over.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, id: ArticleId, take: impl FnOnce(&mut Slot) -> T) -> Option<T> {
        self.slots().all.get_mut(usize::try_from(id.0).ok()?).map(take)
    }

    /// Puts an article beside the last; `None` where it is on the shelf already.
    pub(super) fn add(&self, origin: Origin, digest: Option<Arc<Digest>>) -> Option<ArticleId> {
        let mut slots = self.slots();
        if slots.find(&origin.root(), origin.name()).is_some() {
            return None;
        }
        let at = u32::try_from(slots.all.len()).ok()?;
        slots.all.push(Slot { origin, digest });
        slots.enter(at);
        Some(ArticleId(at))
    }

    /// Where an article is read from.
    pub(super) fn origin(&self, id: ArticleId) -> Option<Origin> {
        self.with(id, |slot| slot.origin.clone())
    }

    /// How many articles there are.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.slots().all.len()).unwrap_or(u32::MAX)
    }

    /// What is known of an article, once it was read.
    pub(super) fn digest(&self, id: ArticleId) -> Option<Arc<Digest>> {
        self.with(id, |slot| slot.digest.clone()).flatten()
    }

    /// Says what is known of an article, where nothing is yet.
    pub(super) fn learn(&self, id: ArticleId, digest: &Arc<Digest>) {
        self.with(id, |slot| {
            if slot.digest.as_ref().is_none_or(|known| known.is_provisional()) {
                slot.digest = Some(Arc::clone(digest));
            }
        });
    }

    /// Says what is known of an article.
    fn describe(&self, id: ArticleId, digest: Arc<Digest>) {
        self.with(id, |slot| slot.digest = Some(digest));
    }

    /// What the store is to know of an article; it is read for that where it was not yet.
    pub(super) fn article(
        &self,
        id: ArticleId,
        encoding: Option<&'static Encoding>,
    ) -> Option<ArticleRef> {
        if let Some(known) = self.known(id) {
            return Some(known);
        }
        let digest = Arc::new(self.peek(id, encoding).ok()?.digest());
        self.with(id, |slot| slot.digest.get_or_insert(digest).clone());
        self.known(id)
    }

    /// What the store is to know of an article, where that was read.
    pub(super) fn known(&self, id: ArticleId) -> Option<ArticleRef> {
        self.with(id, |slot| {
            let digest = slot.digest.as_ref().filter(|digest| !digest.is_provisional())?;
            Some(ArticleRef::new(&slot.origin.root(), slot.origin.name(), digest))
        })
        .flatten()
    }

    /// Says which file of the store holds the annotations of an article.
    pub(super) fn store_in(&self, id: ArticleId, file: &Path) {
        self.slots().stored.insert(id, file.to_owned());
    }

    /// Which file of the store holds the annotations of an article, where that is known.
    pub(super) fn file_of(&self, id: ArticleId) -> Option<PathBuf> {
        self.slots().stored.get(&id).cloned()
    }

    /// The article whose annotations this file of the store holds.
    pub(super) fn stored_in(&self, file: &Path) -> Option<ArticleId> {
        let slots = self.slots();
        slots.stored.iter().find(|(_, stored)| *stored == file).map(|(&id, _)| id)
    }

    /// The article at a place: root and path in one.
    pub(super) fn at(&self, location: &Path) -> Option<ArticleId> {
        self.find(|slot| {
            let rest = location.strip_prefix(&*slot.origin.root());
            rest.is_ok_and(|rest| rest == Path::new(slot.origin.name()))
        })
    }

    /// The article of this name under a root.
    pub(super) fn named(&self, root: &Path, name: &str) -> Option<ArticleId> {
        self.slots().find(root, name)
    }

    fn find(&self, is: impl Fn(&Slot) -> bool) -> Option<ArticleId> {
        let at = self.slots().all.iter().position(is)?;
        u32::try_from(at).ok().map(ArticleId)
    }

    /// Puts an article that was moved where it is now.
    pub(super) fn rehome(&self, id: ArticleId, origin: Origin, digest: Arc<Digest>) {
        let mut slots = self.slots();
        slots.leave(id.0);
        if let Some(slot) = usize::try_from(id.0).ok().and_then(|at| slots.all.get_mut(at)) {
            (slot.origin, slot.digest) = (origin, Some(digest));
            slots.enter(id.0);
        }
    }

    /// All articles whose whole text is known, by the [beginning] of its hash.
    pub(super) fn texts(&self) -> Vec<(u64, ArticleId)> {
        let slots = self.slots();
        let all = (0..).map(ArticleId).zip(&slots.all);
        let known = all.filter_map(|(article, slot)| Some((article, slot.digest.as_ref()?)));
        let whole = known.filter(|(_, digest)| !digest.is_provisional());
        whole.map(|(article, digest)| (beginning(&digest.sha256), article)).collect()
    }

    /// The articles of a file that holds several.
    pub(super) fn records_in(&self, file: &Path) -> Vec<ArticleId> {
        let slots = self.slots();
        let all = (0..).map(ArticleId).zip(&slots.all);
        let inside = all.filter(|(_, slot)| {
            slot.origin.record().is_some() && slot.origin.file().as_deref() == Some(file)
        });
        inside.map(|(article, _)| article).collect()
    }

    /// Says where an article is read from now, which is called as it was.
    pub(super) fn relocate(&self, id: ArticleId, origin: Origin) {
        self.with(id, |slot| slot.origin = origin);
    }

    /// The article that was read last, and its file, where it has one.
    pub(super) fn open_file(&self) -> Option<(ArticleId, PathBuf)> {
        let open = (*self.open.lock().unwrap_or_else(PoisonError::into_inner))?;
        Some((open, self.with(open, |slot| slot.origin.file()).flatten()?))
    }

    /// Reads an article again, for this once.
    pub(super) fn peek(
        &self,
        id: ArticleId,
        encoding: Option<&'static Encoding>,
    ) -> Result<Arc<Article>, Problem> {
        let nowhere = || Problem::new("article", "is no longer in the library; open it again");
        self.origin(id).ok_or_else(nowhere)?.read(encoding)
    }

    /// Says that an article is the one on the screen from now on.
    pub(super) fn opened(&self, id: ArticleId) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(id);
    }

    /// Says what the whole text of a long article is: its hash, and its length in scalar values.
    pub(super) fn knows_text(&self, id: ArticleId, sha256: [u8; 32], chars: u64) {
        let chars = usize::try_from(chars).unwrap_or(usize::MAX);
        let start = || self.peek(id, None).ok().map(|start| Arc::new(start.digest()));
        if let Some(known) = self.digest(id).or_else(start) {
            let mut whole = (*known).clone();
            (whole.sha256, whole.chars) = (sha256, chars);
            self.describe(id, Arc::new(whole));
        }
    }

    /// Reads an article to be shown.
    pub(super) fn read(
        &self,
        id: ArticleId,
        encoding: Option<&'static Encoding>,
    ) -> Result<Arc<Article>, Problem> {
        self.opened(id);
        self.peek(id, encoding)
    }

    /// From now on the store is told of the text as it is in this article; what is known of it then,
    /// where that is new.
    pub(super) fn reread(
        &self,
        id: ArticleId,
        sha256: [u8; 32],
        digest: impl FnOnce() -> Arc<Digest>,
    ) -> Option<Arc<Digest>> {
        if self.digest(id).is_some_and(|known| known.sha256 == sha256) {
            return None;
        }
        let digest = digest();
        self.describe(id, Arc::clone(&digest));
        Some(digest)
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.slots().all.is_empty()
    }
}
