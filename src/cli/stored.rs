//! What the store holds for some paths, or all of it, as it stands in the articles now.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::definition::Options;
use super::library::Library;
use super::message::{Failure, Messages, Verdict};
use crate::corpus::Article;
use crate::io::path::{self, Places};
use crate::io::store::{ArticleRef, Entry, Loaded, Store};
use crate::io::walk::Source;
use crate::note::{Record, Status, Target, anchor};

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
                stored.records.extend(taken(&mut loaded, root, &article));
                Ok(())
            })?;
        }
        for problem in loaded.problems() {
            messages.mention(problem);
        }
        let broken = !loaded.problems().is_empty();
        let rest =
            loaded.rest().filter(|entry| all || asked.iter().any(|path| entry.is_under(path)));
        stored.records.extend(rest.map(|entry| left(entry, &library)));
        stored.verdict = match stored.verdict {
            _ if !stored.records.is_empty() => Verdict::Done,
            Verdict::Done if broken => Verdict::Unread,
            verdict => verdict,
        };
        Ok(stored)
    }
}

/// The record of an article of the library. Where it cannot be read, that is among the problems.
fn taken(loaded: &mut Loaded, root: &Path, article: &Article) -> Option<(String, Record)> {
    let entry =
        loaded.take(&ArticleRef::new(root, &article.name, &article.digest())).ok().flatten()?;
    Some((article.name.clone(), anchored(entry.record, article)))
}

/// A record that no article has taken. Its file may be there all the same, where nobody asked for
/// it by path.
fn left(entry: Entry, library: &Library) -> (String, Record) {
    let name = entry.record.subject.path.clone();
    let file = entry.location.filter(|location| location.is_absolute() && location.is_file());
    let article = file.and_then(|path| {
        let root = path.parent()?.to_owned();
        let place = path::spelled(&path);
        library.read(&Source { root, path, name: name.clone(), place }).ok()
    });
    match article {
        Some(article) => (name, anchored(entry.record, &article)),
        None => (name, entry.record),
    }
}

/// The record with every annotation where its words stand in the article, or an orphan.
fn anchored(mut record: Record, article: &Article) -> Record {
    for annotation in &mut record.annotations {
        if let Some(target) = &mut annotation.target {
            settle(target, article);
        }
    }
    record
}

fn settle(target: &mut Target, article: &Article) {
    let placement = anchor::place(target, &article.text, &article.scalars);
    target.status = placement.status;
    match placement.span {
        Some(span) => (target.start, target.end) = article.scalars.scalars(&article.text, span),
        None => target.status = Status::Orphan,
    }
}

/// A path that was given as the store would have it, whether or not something is there still.
fn whole(path: &Path) -> Option<PathBuf> {
    let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok()?;
    Some(PathBuf::from(path::spelled(&whole)))
}
