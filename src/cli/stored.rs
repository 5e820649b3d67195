//! What the store holds for some paths, or all of it, as it stands in the articles now.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::definition::Options;
use super::library::Library;
use super::message::{Failure, Messages, Verdict};
use crate::corpus::Article;
use crate::io::path::{self, Places};
use crate::io::record::{Index, holds_records, index};
use crate::io::standing::standing;
use crate::io::store::{ArticleRef, Entry, Loaded, Store, Texts};
use crate::io::walk::{Manner, Source, Walk};
use crate::note::Record;

/// The records of some articles.
pub(super) struct Stored {
    /// The records with the names of their articles: those of the library in its order, then those
    /// whose article is not there any more.
    pub(super) records: Vec<(String, Record)>,
    /// Whether there was anything to read.
    pub(super) verdict: Verdict,
}

impl Stored {
    /// Reads what is stored for the articles under `paths`; all that is stored where there are none,
    /// in the data folder and in a `.pullquote/` in or above the working folder. Says what cannot be
    /// read. Every annotation is put where its words stand now; nothing is written.
    pub(super) fn read(
        paths: Vec<PathBuf>,
        options: &Options,
        messages: &mut Messages<impl Write>,
    ) -> Result<Self, Failure> {
        let places = Places::find(options.data_dir.as_deref(), options.config.as_deref())?;
        let all = paths.is_empty() && !options.sample;
        let asked: Vec<PathBuf> = paths.iter().filter_map(|path| whole(path)).collect();
        let roots = if all { std::env::current_dir().into_iter().collect() } else { asked.clone() };
        let library = Library::new(paths, options)?;
        let mut loaded = Store::open(&places.data, &places.state).load_all(&roots);
        let mut stored = Self { records: Vec::new(), verdict: Verdict::Done };
        if !all {
            stored.verdict = library.each(messages, |root, article, _| {
                stored.records.extend(taken(&mut loaded, root, &article, &places.data));
                Ok(())
            })?;
        }
        for problem in loaded.problems() {
            messages.mention(problem);
        }
        let broken = !loaded.problems().is_empty();
        let rest =
            loaded.rest().filter(|entry| all || asked.iter().any(|path| entry.is_under(path)));
        let mut left = Left { library: &library, data: &places.data, indexes: HashMap::new() };
        stored.records.extend(rest.map(|entry| left.take(entry)));
        stored.verdict = match stored.verdict {
            _ if !stored.records.is_empty() => Verdict::Done,
            Verdict::Done if broken => Verdict::Unread,
            verdict => verdict,
        };
        Ok(stored)
    }
}

/// The record of an article of the library. Where it cannot be read, that is among the problems.
fn taken(
    loaded: &mut Loaded,
    root: &Path,
    article: &Article,
    data: &Path,
) -> Option<(String, Record)> {
    let entry =
        loaded.take(&ArticleRef::new(root, &article.name, &article.digest())).ok().flatten()?;
    let texts = Texts::beside(&entry.file, data);
    Some((article.name.clone(), standing(entry.record, article, &texts)))
}

/// The records that no article has taken. Their files may be there all the same, where nobody asked
/// for them by path.
struct Left<'l> {
    library: &'l Library,
    data: &'l Path,
    /// What is in the files that hold several articles.
    indexes: HashMap<PathBuf, Index>,
}

impl Left<'_> {
    fn take(&mut self, entry: Entry) -> (String, Record) {
        let texts = Texts::beside(&entry.file, self.data);
        let name = entry.record.subject.path.clone();
        let location = entry.location.filter(|it| it.is_absolute() && !it.is_dir());
        let source = location.and_then(|location| self.source(location));
        match source.and_then(|source| self.library.read(&source).ok()) {
            Some(article) => (name, standing(entry.record, &article, &texts)),
            None => (name, entry.record),
        }
    }

    /// Where the article of that location is read from, if it is still there.
    fn source(&mut self, location: PathBuf) -> Option<Source> {
        let source = Walk::new([location], Manner::default()).next()?.ok()?;
        if source.key().is_none() {
            return (!holds_records(source.relative())).then_some(source);
        }
        let file = self.indexes.entry(source.path());
        let file = file.or_insert_with(|| index(&source.whole_file(), self.library.encoding()));
        file.get(&source.name).cloned()
    }
}

/// A path that was given as the store would have it, whether or not something is there still.
fn whole(path: &Path) -> Option<PathBuf> {
    let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok()?;
    Some(PathBuf::from(path::spelled(&whole)))
}
