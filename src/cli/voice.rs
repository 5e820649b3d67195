//! `voices`: who speaks in a library.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use serde::Serialize;

use super::course::{Thing, things};
use super::definition::{Listed, Options};
use super::library::Library;
use super::message::{Failure, Messages, Verdict};
use super::row::{Row, Rows};
use crate::corpus::{Article, Digest};
use crate::io::attribution::judged;
use crate::io::cache::{Cache, Kept, Recalled};
use crate::io::parallel::{Yield, in_order};
use crate::io::path::Places;
use crate::io::store::{ArticleRef, Loaded, Store};
use crate::io::walk::Source;
use crate::io::{Origin, Problem, SAMPLE, Stamp};
use crate::note::{Annotation, Record};
use crate::quote::voice::{Speaking, Tallies, Voice, voices};

/// How many articles are kept in the cache at once.
const BATCH: usize = 4_096;
/// How the encoding of the sample is called.
const UTF_8: &str = "UTF-8";

/// A voice.
#[derive(Debug, Serialize)]
struct VoiceRow<'a> {
    voice: &'a str,
    aliases: &'a [String],
    quotations: u64,
    words: u64,
    articles: u32,
    outlets: u32,
    first: Option<Date>,
    last: Option<Date>,
}

impl<'a> From<&'a Voice> for VoiceRow<'a> {
    fn from(voice: &'a Voice) -> Self {
        Self {
            voice: &voice.name,
            aliases: &voice.aliases,
            quotations: voice.quotations,
            words: voice.words,
            articles: voice.articles,
            outlets: voice.outlets,
            first: voice.first,
            last: voice.last,
        }
    }
}

impl Row for VoiceRow<'_> {
    const NAME: &'static str = "voice";
    const FIELDS: &'static [&'static str] =
        &["voice", "aliases", "quotations", "words", "articles", "outlets", "first", "last"];

    fn columns(&self) -> Vec<String> {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        vec![
            self.voice.to_owned(),
            self.quotations.to_string(),
            self.words.to_string(),
            self.articles.to_string(),
            self.outlets.to_string(),
            day(self.first),
            day(self.last),
            self.aliases.join(", "),
        ]
    }
}

pub(super) fn run(
    listed: Listed,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let library = Library::new(listed.paths, options)?;
    let mut rows = Rows::open::<VoiceRow<'_>>(listed.format, &listed.output)?;
    let census = Census::open(&library, options);
    let (mut heard, mut new) = (Vec::new(), New::default());
    let work = |(): &mut (), thing: Result<Thing, Problem>, to: &mut Yield<Vec<_>>| match thing {
        Ok(Thing::Article(origin)) => to.put(Some(census.listen(&origin))),
        // All articles were asked for by name.
        Ok(Thing::Lines(..)) => to.put(None),
        Err(problem) => to.put(Some(Err(problem))),
    };
    in_order(things(&library, true), work, |product| {
        match product {
            Some(Ok((article, fresh))) => {
                heard.push(article);
                new.add(fresh, &census.cache);
            }
            Some(Err(problem)) => messages.mention(&problem),
            None => {}
        }
        ControlFlow::<Failure>::Continue(())
    })?;
    new.keep(&census.cache);
    for problem in census.problems() {
        messages.mention(&problem);
    }
    if heard.is_empty() {
        return Ok(Verdict::Unread);
    }
    let speaking = heard.iter().map(|it| Speaking {
        tallies: &it.tallies,
        outlet: it.outlet.as_deref(),
        published: it.published,
    });
    for voice in voices(speaking).all() {
        rows.put(&VoiceRow::from(voice))?;
    }
    super::finished(Verdict::Done, rows)
}

/// An article that was listened to.
struct Heard {
    tallies: Tallies,
    outlet: Option<String>,
    published: Option<Date>,
}

/// What was derived anew of an article, and the root that its name counts from.
type Fresh = Option<(Arc<Path>, Kept)>;

/// What was derived anew and is not in the cache yet.
#[derive(Default)]
struct New {
    waiting: BTreeMap<Arc<Path>, Vec<Kept>>,
    number: usize,
    roots: Vec<Arc<Path>>,
}

impl New {
    fn add(&mut self, fresh: Fresh, cache: &Cache) {
        let Some((root, kept)) = fresh else { return };
        if !self.roots.contains(&root) {
            self.roots.push(Arc::clone(&root));
        }
        self.waiting.entry(root).or_default().push(kept);
        self.number += 1;
        if self.number >= BATCH {
            self.flush(cache);
        }
    }

    fn flush(&mut self, cache: &Cache) {
        self.number = 0;
        for (root, kept) in std::mem::take(&mut self.waiting) {
            cache.keep(&root, &kept);
        }
    }

    /// Keeps the rest.
    fn keep(mut self, cache: &Cache) {
        self.flush(cache);
        for root in self.roots {
            cache.settle(&root);
        }
    }
}

/// What an earlier run derived of an article.
struct Old {
    known: Recalled,
    tallies: Tallies,
}

/// The articles of a root that an earlier run has listened to, by their names.
type Memory = HashMap<Arc<str>, Old>;

/// What listens to articles, and what it knows before.
struct Census<'l> {
    library: &'l Library,
    /// The store; absent where there is no place for one.
    stored: Option<Mutex<Loaded>>,
    cache: Cache,
    memories: Mutex<BTreeMap<PathBuf, Arc<OnceLock<Memory>>>>,
}

impl<'l> Census<'l> {
    fn open(library: &'l Library, options: &Options) -> Self {
        let places = Places::find(options.data_dir.as_deref(), options.config.as_deref()).ok();
        let stored = places.as_ref().map(|it| Store::open(&it.data, &it.state).load_all(&[]));
        let cache = places.map(|it| Cache::open(&it.cache, library.encoding()));
        Self {
            library,
            stored: stored.map(Mutex::new),
            cache: cache.unwrap_or_else(Cache::nowhere),
            memories: Mutex::default(),
        }
    }

    /// Who speaks in an article, and what of that is new.
    fn listen(&self, origin: &Origin) -> Result<(Heard, Fresh), Problem> {
        match origin {
            Origin::File(source) if !source.is_stdin() => self.listen_to_file(source),
            Origin::File(source) => self.listen_to(source.root(), &self.library.read(source)?),
            Origin::Held(article) => self.listen_to(Path::new(""), article),
            Origin::Sample(name, text) => {
                let article = Article::from_text(name, (*text).to_owned(), UTF_8);
                self.listen_to(Path::new(SAMPLE), &article)
            }
        }
    }

    /// As [`Census::listen`], for what is not kept.
    fn listen_to(&self, root: &Path, article: &Article) -> Result<(Heard, Fresh), Problem> {
        let record = self.record(root, &article.name, &article.digest());
        Ok((listened(article, &record)?, None))
    }

    fn listen_to_file(&self, source: &Source) -> Result<(Heard, Fresh), Problem> {
        let memory = self.memory(source.root());
        // Read after this, it may be newer than its stamp, which does no harm, but never older.
        let stamp = Stamp::of(&source.path());
        let record_of = source.record.map(|record| (record.at, record.len));
        let old = memory.get().and_then(|memory| memory.get(&*source.name));
        let old = old.filter(|old| Some(old.known.stamp) == stamp && old.known.record == record_of);
        if let Some(Old { known, tallies }) = old {
            // The store gives what it holds of an article once.
            let record = self.record(source.root(), &source.name, &known.digest);
            if decided(&record).is_empty() {
                return Ok((heard(tallies.clone(), &known.digest, &record), None));
            }
            return Ok((listened(&self.library.read(source)?, &record)?, None));
        }
        let article = self.library.read(source)?;
        let digest = Arc::new(article.digest());
        let record = self.record(source.root(), &article.name, &digest);
        if !decided(&record).is_empty() {
            return Ok((listened(&article, &record)?, None));
        }
        let judged = judged(&article, &[])?;
        let heard = heard(judged.voices.clone(), &digest, &record);
        let name = article.name.as_str().into();
        let fresh = stamp.map(|stamp| {
            let judged = Some(judged);
            (Arc::clone(source.root()), Kept { name, stamp, record: record_of, digest, judged })
        });
        Ok((heard, fresh))
    }

    /// What is stored of an article; what cannot be used is told at the end.
    fn record(&self, root: &Path, name: &str, digest: &Digest) -> Record {
        let Some(stored) = &self.stored else { return Record::default() };
        let of = ArticleRef::new(root, name, digest);
        let mut stored = stored.lock().unwrap_or_else(PoisonError::into_inner);
        stored.take(&of).ok().flatten().map(|entry| entry.record).unwrap_or_default()
    }

    /// What an earlier run knew of a root.
    fn memory(&self, root: &Path) -> Arc<OnceLock<Memory>> {
        let memory = {
            let mut memories = self.memories.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(memories.entry(root.to_owned()).or_default())
        };
        memory.get_or_init(|| self.recall(root));
        memory
    }

    fn recall(&self, root: &Path) -> Memory {
        let mut voices = HashMap::new();
        self.cache.recall_voices(root, |some| {
            voices.extend(some.into_iter().map(|it| (it.name, (it.text, it.voices))));
        });
        let mut memory = Memory::new();
        self.cache.recall(root, |some| {
            memory.extend(some.into_iter().filter_map(|known| {
                let (name, (text, tallies)) = voices.remove_entry(&*known.name)?;
                let same = text == crate::app::fingerprint(&known.digest.sha256);
                same.then_some((name, Old { known, tallies }))
            }));
        });
        memory
    }

    /// What in the store could not be used.
    fn problems(self) -> Vec<Problem> {
        let Some(stored) = self.stored else { return Vec::new() };
        stored.into_inner().unwrap_or_else(PoisonError::into_inner).problems().to_vec()
    }
}

/// What a person decided on quotations.
fn decided(record: &Record) -> Vec<Annotation> {
    record.live().filter(|it| it.quotation.is_some()).cloned().collect()
}

/// An article by what a person has put right.
fn heard(tallies: Tallies, digest: &Digest, record: &Record) -> Heard {
    let known = digest.metadata().corrected(&record.subject.corrected);
    Heard { tallies, outlet: known.outlet, published: known.published }
}

/// An article listened to anew.
fn listened(article: &Article, record: &Record) -> Result<Heard, Problem> {
    let voices = judged(article, &decided(record))?.voices;
    Ok(heard(voices, &article.digest(), record))
}
