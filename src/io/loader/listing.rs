//! Listing: from the paths that were given to the names of all articles. No file is opened for that, but
//! where there are so few that this makes no difference, and those that hold many articles.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Load, Unheard};
use crate::app::{Entry, Found, MANY, Outcome, Stage};
use crate::corpus::{self, ArticleId, Digest};
use crate::io::cache::Recalled;
use crate::io::record;
use crate::io::shelf::Origin;
use crate::io::walk::{Record, Root, Source, Walk};
use crate::io::watch::Stamp;

/// So many files, and no more bytes of them, are read before they are listed.
const SMALL: (usize, u64) = (32, 256 * 1024);

/// How long the others may wait for the article that is shown first, and how often it is looked whether it
/// is being read.
const PATIENCE: Duration = Duration::from_millis(8);
const PAUSE: Duration = Duration::from_micros(200);

/// A file of several articles, as the cache knows it.
struct Volume {
    root: Arc<Root>,
    /// The file under its root, as its articles share it.
    shared: Arc<Path>,
    /// The file as of when its articles are known.
    stamp: Stamp,
    articles: Vec<ArticleId>,
}

/// Files of several articles each, by their paths.
type Volumes = HashMap<PathBuf, Volume>;

impl Load {
    /// Puts all names on the shelf and sends them: first what the cache knows, then what is there.
    pub(super) fn list(&mut self, first: Option<(String, String)>) -> Result<(), Unheard> {
        if self.loader.library.is_sample() {
            for &(name, text) in corpus::sample() {
                let origin = Origin::Sample(name, text);
                if let Ok(article) = origin.read(None) {
                    self.enter_read(origin, Arc::new(article.digest()))?;
                }
            }
            return self.send();
        }
        let first = first.and_then(|(root, name)| self.look_for(&root, &name));
        if let Some((source, digest)) = first {
            self.enter(Origin::File(source), digest)?;
            self.send()?;
            self.let_it_be_read();
        }
        let volumes = self.recall()?;
        self.walk(&volumes)?;
        self.send()?;
        self.drop_gone()
    }

    /// Waits for a little until the article that was sent is being read: to list the others takes all cores.
    fn let_it_be_read(&self) {
        let began = Instant::now();
        while self.loader.shelf.open_file().is_none() && began.elapsed() < PATIENCE {
            thread::sleep(PAUSE);
        }
    }

    /// Looks for an article by root and name: a file, or one of a file of several that the cache knows as it
    /// is; and what is known of it.
    fn look_for(&self, root: &str, name: &str) -> Option<(Source, Option<Arc<Digest>>)> {
        let library = &self.loader.library;
        if let Some(source) = library.source(root, name) {
            return Some((source, None));
        }
        let (root, _) = library.roots_to_keep().into_iter().find(|(own, only)| {
            let only = only.as_ref();
            **own.path() == *Path::new(root) && only.is_none_or(|it| name.starts_with(it))
        })?;
        let Recalled { name, stamp, record, digest, .. } =
            self.loader.cache.find(root.path(), name)?;
        let (at, len) = record?;
        let source = Source::recalled(&root, name, Record { at, len }, None)?;
        (Stamp::of(&source.path()) == Some(stamp)).then_some((source, Some(digest)))
    }

    /// Lists what the cache knows.
    fn recall(&mut self) -> Result<Volumes, Unheard> {
        let mut volumes: Vec<Volume> = Vec::new();
        for (root, only) in self.loader.library.roots_to_keep() {
            let (cache, mut heard) = (self.loader.cache.clone(), Ok(()));
            cache.recall(&root.path().to_owned(), |kept| {
                let kept = kept.into_iter().filter(|kept| {
                    only.as_ref().is_none_or(|only| kept.name.starts_with(only.as_str()))
                });
                if heard.is_ok() {
                    heard = self.take_kept(&root, kept, &mut volumes);
                }
            });
            heard?;
            self.keeping.push(Arc::clone(root.path()));
        }
        self.send()?;
        if self.marks.len() >= MANY && self.marks.iter().any(|mark| mark.described) {
            self.give(Outcome::Listed)?;
        }
        let file = |volume: &Volume| volume.root.path().join(&volume.shared);
        Ok(volumes.into_iter().map(|volume| (file(&volume), volume)).collect())
    }

    /// Lists what the cache knows of some articles; those of one file follow each other.
    fn take_kept(
        &mut self,
        root: &Arc<Root>,
        kept: impl Iterator<Item = Recalled>,
        volumes: &mut Vec<Volume>,
    ) -> Result<(), Unheard> {
        for Recalled { name, stamp, record, digest, quotations } in kept {
            let source = match record {
                None => Some(Source::plain(root, Arc::clone(&name))),
                Some((at, len)) => {
                    let before = volumes.last().filter(|volume| Arc::ptr_eq(&volume.root, root));
                    let before = before.map(|volume| &volume.shared);
                    Source::recalled(root, Arc::clone(&name), Record { at, len }, before)
                }
            };
            let Some(source) = source else { continue };
            let shared = source.record.is_some().then(|| source.shared());
            let origin = Origin::File(source);
            let id = self.enter_known(origin, Some(Arc::clone(&digest)), quotations)?;
            let id = id.or_else(|| self.learn_late(root, &name, digest, quotations));
            let Some(id) = id else { continue };
            let mark = self.mark(id);
            (mark.described, mark.judged) = (true, quotations.is_some());
            let Some(shared) = shared else {
                self.census.enter(id, Some(stamp), None);
                continue;
            };
            let is_own = |volume: &&mut Volume| Arc::ptr_eq(&volume.shared, &shared);
            if let Some(volume) = volumes.last_mut().filter(is_own) {
                volume.articles.push(id);
            } else {
                let (root, articles) = (Arc::clone(root), vec![id]);
                volumes.push(Volume { root, shared, stamp, articles });
            }
        }
        Ok(())
    }

    /// Takes in what is known of an article that was looked for before all others.
    fn learn_late(
        &mut self,
        root: &Root,
        name: &str,
        digest: Arc<Digest>,
        quotations: Option<u32>,
    ) -> Option<ArticleId> {
        let id = self.loader.shelf.named(root.path(), name)?;
        self.loader.shelf.learn(id, &digest);
        self.batch.surveyed.described.push((id, digest));
        self.batch.surveyed.judged.extend(quotations.map(|quotations| (id, quotations)));
        Some(id)
    }

    fn walk(&mut self, volumes: &Volumes) -> Result<(), Unheard> {
        let library = &self.loader.library;
        let mut walk = Walk::new(library.paths.iter().cloned(), library.manner).urgently();
        let mut few = Some(Vec::new());
        for source in walk.by_ref() {
            match source {
                Ok(source) if source.is_stdin() => self.take_stdin(source)?,
                Ok(source)
                    if source.key().is_none() && record::holds_records(source.relative()) =>
                {
                    self.take_volume(&source, volumes)?;
                }
                Ok(source) => match &mut few {
                    Some(few) if few.len() < SMALL.0 => few.push(source),
                    _ => {
                        for source in few.take().into_iter().flatten().chain([source]) {
                            self.enter(Origin::File(source), None)?;
                        }
                    }
                },
                Err(problem) if problem.remark => {}
                Err(problem) => {
                    self.census.tell(&problem);
                    self.report(&problem)?;
                }
            }
        }
        self.folders = walk.folders().to_vec();
        let few = few.unwrap_or_default();
        // A file that was named alone is opened whatever it is.
        let read = are_small(&few) && (few.len() > 1 || !self.loader.shelf.is_empty());
        for source in few {
            if read {
                self.read_now(source)?;
            } else {
                self.enter(Origin::File(source), None)?;
            }
        }
        Ok(())
    }

    /// Lists the articles of a file that holds several.
    fn take_volume(&mut self, source: &Source, volumes: &Volumes) -> Result<(), Unheard> {
        let file = source.path();
        let stamp = Stamp::of(&file);
        self.census.enter_volume(&file, stamp);
        if let Some(known) = volumes.get(&file)
            && stamp == Some(known.stamp)
        {
            for &article in &known.articles {
                self.mark(article).walked = true;
            }
            return Ok(());
        }
        let encoding = self.loader.library.encoding;
        record::list(source, encoding, |listed| {
            let taken = match listed {
                Ok(listed) => self.take_record(listed),
                Err(problem) => {
                    self.census.tell(&problem);
                    self.report(&problem)
                }
            };
            taken.map_or_else(ControlFlow::Break, ControlFlow::Continue)
        })
    }

    fn take_record(&mut self, listed: record::Listed) -> Result<(), Unheard> {
        let record::Listed { source, metadata } = listed;
        let (root, name) = (Arc::clone(source.root()), Arc::clone(&source.name));
        let digest = Arc::new(Digest::provisional(&metadata, &name));
        let origin = Origin::File(source);
        if self.enter(origin.clone(), Some(digest))?.is_none()
            && let Some(known) = self.loader.shelf.named(&root, &name)
        {
            // It may lie elsewhere in the file now, and be another.
            self.loader.shelf.relocate(known, origin);
            let mark = self.mark(known);
            (mark.described, mark.judged, mark.walked) = (false, false, true);
        }
        Ok(())
    }

    /// Puts an article on the shelf; its id, where it was not there yet.
    fn enter(
        &mut self,
        origin: Origin,
        digest: Option<Arc<Digest>>,
    ) -> Result<Option<ArticleId>, Unheard> {
        let (root, name) = (origin.root().into_owned(), origin.shared_name());
        let id = self.enter_known(origin, digest, None)?;
        let known = id.or_else(|| self.loader.shelf.named(&root, &name));
        if let Some(known) = known {
            self.mark(known).walked = true;
        }
        Ok(id)
    }

    fn enter_known(
        &mut self,
        origin: Origin,
        digest: Option<Arc<Digest>>,
        quotations: Option<u32>,
    ) -> Result<Option<ArticleId>, Unheard> {
        let (root, name) = (origin.root().into_owned(), origin.shared_name());
        let Some(id) = self.loader.shelf.add(origin, digest.clone()) else { return Ok(None) };
        let entry = Entry { digest, quotations, ..Entry::named(id, root, name) };
        self.batch.found.push(Found { entry, annotations: Vec::new() });
        if self.batch.is_full() {
            self.send()?;
            self.working(Stage::Listing, self.loader.shelf.len(), None)?;
        }
        Ok(Some(id))
    }

    /// Puts an article on the shelf that was read.
    fn enter_read(
        &mut self,
        origin: Origin,
        digest: Arc<Digest>,
    ) -> Result<Option<ArticleId>, Unheard> {
        let id = self.enter(origin, Some(digest))?;
        if let Some(id) = id {
            self.mark(id).described = true;
        }
        Ok(id)
    }

    /// Reads a file of the library before it is listed.
    fn read_now(&mut self, source: Source) -> Result<(), Unheard> {
        if let Some(known) = self.loader.shelf.named(source.root(), &source.name) {
            self.mark(known).walked = true;
            return Ok(());
        }
        let (file, origin) = (source.path(), Origin::File(source));
        // Read after this, it may be newer than its stamp, which does no harm, but never older.
        let stamp = Stamp::of(&file);
        match origin.read(self.loader.library.encoding) {
            Ok(article) => {
                let digest = Arc::new(article.digest());
                if let Some(id) = self.enter_read(origin, digest)? {
                    self.census.enter(id, stamp, None);
                }
                Ok(())
            }
            Err(problem) => {
                self.census.enter_stranger(&file, stamp, &problem);
                self.report(&problem)
            }
        }
    }

    fn take_stdin(&mut self, source: Source) -> Result<(), Unheard> {
        match Origin::File(source).read(self.loader.library.encoding) {
            Ok(article) => {
                let digest = Arc::new(article.digest());
                self.enter_read(Origin::Held(article), digest).map(drop)
            }
            Err(problem) => self.report(&problem),
        }
    }

    /// Takes off the list what the cache knew and is not there any more.
    fn drop_gone(&mut self) -> Result<(), Unheard> {
        let gone = (0..).map(ArticleId).zip(&self.marks).filter(|(_, mark)| !mark.walked);
        let gone: Vec<ArticleId> = gone.map(|(article, _)| article).collect();
        let mut by_root: BTreeMap<Arc<Path>, Vec<Arc<str>>> = BTreeMap::new();
        for &article in &gone {
            self.census.forget(article);
            let mark = self.mark(article);
            (mark.described, mark.judged) = (true, true);
            if let Some(origin) = self.loader.shelf.origin(article) {
                by_root.entry(origin.root().into_owned()).or_default().push(origin.shared_name());
            }
        }
        for (root, names) in by_root {
            let names: Vec<&str> = names.iter().map(|name| &**name).collect();
            self.loader.cache.forget(&root, &names);
        }
        if gone.is_empty() { Ok(()) } else { self.give(Outcome::Withdrawn(gone)) }
    }
}

/// Whether these files have so few bytes that reading them takes no time.
fn are_small(sources: &[Source]) -> bool {
    let lengths = sources.iter().map(|source| fs::metadata(source.path()).map_or(0, |it| it.len()));
    lengths.sum::<u64>() <= SMALL.1
}
