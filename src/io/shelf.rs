//! The shelf: where each article of the library is read from, in the order in which they were found.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use encoding_rs::Encoding;

use super::Problem;
use super::analysis;
use super::load::load;
use super::store::ArticleRef;
use super::walk::Source;
use crate::corpus::{Article, ArticleId, Digest};

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
    /// Reads the article.
    pub(super) fn read(
        &self,
        encoding: Option<&'static Encoding>,
    ) -> Result<Arc<Article>, Problem> {
        match self {
            Self::File(source) => {
                analysis::read(&source.path(), || load(source, encoding)).map(Arc::new)
            }
            Self::Sample(name, text) => {
                Ok(Arc::new(Article::from_text(name, (*text).to_owned(), UTF_8)))
            }
            Self::Held(article) => Ok(Arc::clone(article)),
        }
    }
}

/// An article's place on the shelf.
#[derive(Debug)]
struct Slot {
    origin: Origin,
    article: ArticleRef,
    /// The file of the store that holds its annotations, where that is known.
    stored: Option<PathBuf>,
}

/// The shelf, shared by the threads that read and write.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf {
    slots: Arc<Mutex<Vec<Slot>>>,
    /// The article that was read last.
    open: Arc<Mutex<Option<ArticleId>>>,
}

impl Shelf {
    fn slots(&self) -> MutexGuard<'_, Vec<Slot>> {
        // Whoever fell while holding it has left it whole: it is only ever pushed to and written over.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, id: ArticleId, take: impl FnOnce(&mut Slot) -> T) -> Option<T> {
        self.slots().get_mut(id.0 as usize).map(take)
    }

    /// Puts an article beside the last.
    pub(super) fn add(&self, origin: Origin, article: ArticleRef) -> ArticleId {
        let mut slots = self.slots();
        let id = ArticleId(u32::try_from(slots.len()).unwrap_or(u32::MAX));
        slots.push(Slot { origin, article, stored: None });
        id
    }

    /// Where an article is read from.
    pub(super) fn origin(&self, id: ArticleId) -> Option<Origin> {
        self.with(id, |slot| slot.origin.clone())
    }

    /// What the store is to know of an article.
    pub(super) fn article(&self, id: ArticleId) -> Option<ArticleRef> {
        self.with(id, |slot| slot.article.clone())
    }

    /// Says which file of the store holds the annotations of an article.
    pub(super) fn store_in(&self, id: ArticleId, file: PathBuf) {
        self.with(id, |slot| slot.stored = Some(file));
    }

    /// Which file of the store holds the annotations of an article, where that is known.
    pub(super) fn file_of(&self, id: ArticleId) -> Option<PathBuf> {
        self.with(id, |slot| slot.stored.clone()).flatten()
    }

    /// The article whose annotations this file of the store holds.
    pub(super) fn stored_in(&self, file: &Path) -> Option<ArticleId> {
        self.find(|slot| slot.stored.as_deref() == Some(file))
    }

    /// The article at a place: root and path in one.
    pub(super) fn at(&self, location: &Path) -> Option<ArticleId> {
        self.find(|slot| slot.article.location() == location)
    }

    fn find(&self, is: impl Fn(&Slot) -> bool) -> Option<ArticleId> {
        let at = self.slots().iter().position(is)?;
        u32::try_from(at).ok().map(ArticleId)
    }

    /// Puts an article that was moved where it is now.
    pub(super) fn rehome(&self, id: ArticleId, origin: Origin, article: ArticleRef) {
        self.with(id, |slot| (slot.origin, slot.article) = (origin, article));
    }

    /// The file of the article that was read last, where it has one.
    pub(super) fn open_file(&self) -> Option<PathBuf> {
        let open = (*self.open.lock().unwrap_or_else(PoisonError::into_inner))?;
        self.with(open, |slot| match &slot.origin {
            Origin::File(source) if !source.is_stdin() => Some(source.path()),
            _ => None,
        })
        .flatten()
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

    /// Says what the whole text of an article is: its hash, and its length in scalar values.
    pub(super) fn knows_text(&self, id: ArticleId, sha256: &str, chars: u64) {
        self.with(id, |slot| {
            sha256.clone_into(&mut slot.article.text_sha256);
            slot.article.text_chars = usize::try_from(chars).unwrap_or(usize::MAX);
        });
    }

    /// Reads an article again. From then on the store is told of the text as it is now.
    pub(super) fn read(
        &self,
        id: ArticleId,
        encoding: Option<&'static Encoding>,
    ) -> Result<Arc<Article>, Problem> {
        self.opened(id);
        let article = self.peek(id, encoding)?;
        let Some(known) = self.article(id) else { return Ok(article) };
        let digest = article.digest();
        if digest.text_sha256() != known.text_sha256 {
            let now = reference(&known.root, &known.path, &digest);
            self.with(id, |slot| slot.article = now);
        }
        Ok(article)
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.slots().is_empty()
    }
}

/// An article as the store knows it.
pub(super) fn reference(root: &Path, name: &str, digest: &Digest) -> ArticleRef {
    ArticleRef::new(root, name, digest)
}
