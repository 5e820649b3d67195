//! `search`: where words stand, in which articles.

use std::collections::HashSet;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::course::{Course, Found, Product, Scribe, Thing, things};
use super::definition::{self, Options};
use super::finding::Findings;
use super::library::Library;
use super::message::{Failure, Messages, Verdict};
use crate::corpus::Article;
use crate::io::parallel::{Yield, in_order_by};
use crate::io::path::Places;
use crate::io::place::Keeper;
use crate::io::record::{Sifted, sift};
use crate::io::seek::{Buffer, Known, Own, Seeker};
use crate::io::store::{ArticleRef, Loaded, Store};
use crate::io::walk::SAMPLE;
use crate::io::{Origin, Problem, shield};
use crate::search::{Manner, Query, QueryError};

pub(super) fn run(
    search: definition::Search,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let manner = Manner { word: search.word, expression: search.regex };
    let query = Query::parse(&search.query, manner).map_err(|error| wrong(&error))?;
    if query.is_empty() {
        return Err(Problem::new("QUERY", "name words to look for, or a filter").into());
    }
    let library = Library::new(search.listed.paths, options)?;
    let seeker = Seeker::new(&query, library.encoding()).map_err(|error| wrong(&error))?;
    let store = Memory::open(&query, &library, options)?;
    let format = search.listed.format;
    let mut findings = Findings::open(format, &search.listed.output)?;
    let (mut found, read) = (false, AtomicBool::new(false));
    let work = |own: &mut Own<_>, thing: Result<Thing, Problem>, to: &mut Yield<Product>| {
        let (own, buffer) = own;
        let own = own.get_or_insert_with(|| seeker.clone());
        let mut scribe = Scribe { to, format };
        let looked = thing.and_then(|thing| look(own, &store, &thing, buffer, &mut scribe));
        match looked {
            Ok(more) => {
                read.store(true, Ordering::Relaxed);
                more
            }
            Err(problem) => scribe.problem(problem),
        }
    };
    let mut course = Course::new(library.encoding());
    let judged = seeker.wants_article();
    let things = things(&library, judged);
    let weigh = |thing: &Result<Thing, _>| thing.as_ref().map_or(1, |thing| thing.weight(judged));
    in_order_by(things, weigh, work, |product| {
        let taken = course.follow(product, |it| match it {
            Found::Problem(problem) => {
                messages.mention(&problem);
                Ok(())
            }
            Found::Hit(row) => {
                found = true;
                findings.put(&row)
            }
        });
        taken.map_or_else(ControlFlow::Break, ControlFlow::Continue)
    })?;
    for problem in course.end().into_iter().chain(store.problems()) {
        messages.mention(&problem);
    }
    if !found && !read.into_inner() {
        return Ok(Verdict::Unread);
    }
    findings.finish()?;
    Ok(if found { Verdict::Done } else { Verdict::Nothing })
}

fn wrong(error: &QueryError) -> Problem {
    Problem::new("QUERY", error.to_string())
}

/// Looks into one thing; whether more is wanted.
fn look(
    seeker: &Seeker<'_>,
    memory: &Memory<'_>,
    thing: &Thing,
    buffer: &mut Buffer,
    scribe: &mut Scribe<'_>,
) -> Result<bool, Problem> {
    let origin = match thing {
        Thing::Article(origin) => origin,
        Thing::Lines(file, stretch) => {
            let put = |sifted: Sifted<'_>| scribe.sifted(file, sifted);
            return shield::over(&file.place(), || {
                Ok(sift(seeker, file, *stretch, &mut buffer.reel, put))
            });
        }
    };
    let root: &Path = match origin {
        Origin::File(source) => source.root(),
        Origin::Sample(..) => Path::new(SAMPLE),
        Origin::Held(_) => Path::new(""),
    };
    let name = || match origin {
        Origin::File(source) => Arc::clone(&source.name),
        Origin::Sample(name, _) => (*name).into(),
        Origin::Held(article) => article.name.as_str().into(),
    };
    let place = || match origin {
        Origin::File(source) => source.place(),
        Origin::Sample(..) | Origin::Held(_) => name().to_string(),
    };
    shield::over_one(place, || {
        let sought = seeker.look(origin, buffer, |article| Ok(memory.known(root, article)))?;
        let Some(sought) = sought else { return Ok(true) };
        Ok(scribe.found(name(), &sought))
    })
}

/// What is known of articles beside their files.
struct Memory<'q> {
    query: &'q Query,
    /// The store; absent where nothing in it matters.
    stored: Option<Mutex<Loaded>>,
    /// Root and name of the articles that were read.
    read: HashSet<(String, String)>,
}

impl<'q> Memory<'q> {
    /// Reads what the filters of the query need.
    fn open(query: &'q Query, library: &Library, options: &Options) -> Result<Self, Problem> {
        let stored = query.asks_metadata() || query.asks_annotations() || query.asks_speaker();
        let mut memory = Self { query, stored: None, read: HashSet::new() };
        if !stored && !query.asks_read() {
            return Ok(memory);
        }
        let places = Places::find(options.data_dir.as_deref(), options.config.as_deref())?;
        if stored {
            let loaded = Store::open(&places.data, &places.state).load_all(&[]);
            memory.stored = Some(Mutex::new(loaded));
        }
        if query.asks_read() {
            let known = Keeper::new(&places.state, &library.opened()).load().0.articles;
            let read = known.into_iter().filter(|place| place.read);
            memory.read = read.map(|place| (place.root, place.name)).collect();
        }
        Ok(memory)
    }

    /// The annotations of an article; none where a filter leaves it out.
    fn known(&self, root: &Path, article: &Article) -> Known {
        let record = self.stored.as_ref().and_then(|stored| {
            let of = ArticleRef::new(root, &article.name, &article.digest());
            let mut stored = stored.lock().unwrap_or_else(PoisonError::into_inner);
            // What cannot be used is told at the end.
            stored.take(&of).ok().flatten().map(|entry| entry.record)
        });
        let record = record.unwrap_or_default();
        let metadata = article.metadata.corrected(&record.subject.corrected);
        let live: Vec<_> = record.live().collect();
        let key = (root.to_string_lossy().into_owned(), article.name.clone());
        let wanted = self.query.admits_metadata(&metadata)
            && self.query.admits_annotations(&live)
            && self.query.admits_read(self.read.contains(&key));
        wanted.then(|| live.into_iter().cloned().collect())
    }

    /// What in the store could not be used.
    fn problems(self) -> Vec<Problem> {
        let Some(stored) = self.stored else { return Vec::new() };
        stored.into_inner().unwrap_or_else(PoisonError::into_inner).problems().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser as _;

    use super::super::definition::{Command, CommandLine};
    use super::*;
    use crate::io::STONE;

    #[test]
    fn an_article_that_we_fall_over_is_a_line_and_the_others_are_searched() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        fs::create_dir(path("articles")).unwrap();
        for (name, more) in [("articles/a.txt", STONE), ("articles/b.txt", "")] {
            let text = format!("Title\n\n“It lay there,” said Ann Lee {more}.\n");
            fs::write(path(name), text).unwrap();
        }
        let line = format!("{{\"text\":\"“It lay there,” said Ann Lee {STONE}.\"}}\n");
        fs::write(path("articles/c.jsonl"), line).unwrap();
        let (data, found) = (path("data"), path("found"));
        let arguments = [
            "pullquote",
            "--data-dir",
            &data,
            "search",
            "speaker:lee",
            &path("articles"),
            "-o",
            &found,
        ];
        let line = CommandLine::try_parse_from(arguments).unwrap();
        let Some(Command::Search(search)) = line.command else { panic!("it is a search") };
        let mut said = Vec::new();
        let verdict =
            run(search, &line.reader.options, &mut Messages::new(&mut said, false, false));
        assert!(matches!(verdict, Ok(Verdict::Done)));
        let said = String::from_utf8(said).unwrap();
        for name in ["a.txt", "c.jsonl"] {
            assert!(said.contains(&format!("{name}: is left out: a fault of ours")), "{said}");
        }
        assert_eq!(said.lines().count(), 2, "{said}");
        let found = fs::read_to_string(found).unwrap();
        assert!(found.starts_with("b.txt:3:") && !found.contains("a.txt"), "{found}");
    }
}
