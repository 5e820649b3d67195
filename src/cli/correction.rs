//! What people have put right about articles, laid over what was guessed.

use std::path::Path;

use super::definition::Options;
use crate::corpus::Article;
use crate::io::Problem;
use crate::io::path::Places;
use crate::io::store::{ArticleRef, Loaded, Store};

/// The corrections in the store.
pub(super) struct Corrections {
    /// Absent where there is no place for a store.
    stored: Option<Loaded>,
}

impl Corrections {
    /// Reads the store; that of a `.pullquote/` is read with the first article that lives under it.
    pub(super) fn read(options: &Options) -> Self {
        let places = Places::find(options.data_dir.as_deref(), options.config.as_deref()).ok();
        let stored = places.map(|it| Store::open(&it.data, &it.state).load_all(&[]));
        Self { stored }
    }

    /// Lays what was put right about an article over its metadata.
    ///
    /// # Errors
    /// Where its file in the store cannot be used; the article is as it was.
    pub(super) fn lay_over(&mut self, article: &mut Article, root: &Path) -> Result<(), Problem> {
        let Some(stored) = &mut self.stored else { return Ok(()) };
        if let Some(entry) =
            stored.take(&ArticleRef::new(root, &article.name, &article.digest()))?
        {
            article.metadata = article.metadata.corrected(&entry.record.subject.corrected);
        }
        Ok(())
    }
}
