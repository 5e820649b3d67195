//! The course of a search: what is looked into, and what comes of it, in order.

use std::convert::Infallible;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use encoding_rs::Encoding;

use super::hit::{HitRow, Hits, Lister};
use super::library::Library;
use super::row::Format;
use crate::corpus;
use crate::io::parallel::{Batch, USUAL, Yield};
use crate::io::record::{STRETCH, Sifted, Spot, Stretch, Trail, holds_records, list, stretches};
use crate::io::seek::Sought;
use crate::io::walk::Source;
use crate::io::{Origin, Problem};
use crate::text::Span;

/// What is looked into in one go.
pub(super) enum Thing {
    /// An article.
    Article(Origin),
    /// Some lines of a file that holds an article in each.
    Lines(Arc<Source>, Stretch),
}

impl Thing {
    /// How much work it is to look into it; more where articles are judged than where words are sought.
    pub(super) fn weight(&self, judged: bool) -> usize {
        match self {
            Self::Article(_) if judged => USUAL,
            Self::Article(_) => 1,
            Self::Lines(..) => STRETCH,
        }
    }
}

/// What a thread has found, in order.
#[derive(Default)]
pub(super) struct Product {
    /// What there was beside hits, and how many of these were before it.
    events: Vec<(usize, Event)>,
    hits: Hits,
    /// The ids of articles whose names nobody knows yet, one behind the other.
    ids: String,
    /// The ids, hashed, that were passed.
    passed: Vec<u64>,
}

/// What there is beside hits.
enum Event {
    /// The hits that follow are in the article of that name.
    Article(Arc<str>),
    /// The same, of an article of a file whose name nobody knows yet: a [`Spot`] in it.
    Spot { file: Arc<Source>, nth: usize, at: u64, id: Option<Span>, passed: Range<usize> },
    /// So many lines of a file, and these ids, are done with.
    Passed(Arc<Source>, usize, Range<usize>),
    /// A line of a file is no article.
    Bad(Arc<Source>, usize, String),
    /// Something that could not be read.
    Problem(Problem),
}

impl Batch for Product {
    fn weight(&self) -> usize {
        self.hits.count() + self.events.len()
    }

    fn clear(&mut self) {
        self.events.clear();
        self.hits.clear();
        self.ids.clear();
        self.passed.clear();
    }
}

/// What is found.
pub(super) enum Found<'a> {
    /// A hit.
    Hit(HitRow<'a>),
    /// Something that could not be read.
    Problem(Problem),
}

/// What follows a search in order.
pub(super) struct Course {
    encoding: Option<&'static Encoding>,
    /// The article that the hits are in.
    article: Arc<str>,
    trail: Option<Trail>,
    /// What remains to be told of the files before.
    problems: Vec<Problem>,
}

impl Course {
    pub(super) fn new(encoding: Option<&'static Encoding>) -> Self {
        Self { encoding, article: Arc::default(), trail: None, problems: Vec::new() }
    }

    /// What is found by what was put. Goes on as long as nothing goes wrong in `take`.
    ///
    /// # Errors
    /// What `take` fails with.
    pub(super) fn follow<E>(
        &mut self,
        product: &mut Product,
        mut take: impl FnMut(Found<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let Product { events, hits, ids, passed } = product;
        let end = (hits.count(), None);
        let mut done = 0;
        for (upto, event) in events.drain(..).map(|(at, event)| (at, Some(event))).chain([end]) {
            let rows = hits.rows(done..upto, &self.article);
            rows.map(Found::Hit).try_for_each(&mut take)?;
            done = upto;
            if let Some(problem) = event.and_then(|event| self.pass(event, ids, passed)) {
                take(Found::Problem(problem))?;
            }
        }
        Ok(())
    }

    /// Goes on to what comes next; what is to be told of it.
    fn pass(&mut self, event: Event, ids: &str, passed: &[u64]) -> Option<Problem> {
        let some = |range| passed.get::<Range<usize>>(range).unwrap_or_default();
        match event {
            Event::Article(name) => self.article = name,
            Event::Spot { file, nth, at, id, passed } => {
                let spot = Spot { nth, at, id: id.map(|id| id.of(ids)), passed: some(passed) };
                self.article = self.trail(&file).name(spot);
            }
            Event::Passed(file, lines, passed) => self.trail(&file).pass(lines, some(passed)),
            Event::Bad(file, nth, what) => return self.trail(&file).bad(nth, what),
            Event::Problem(problem) => return Some(problem),
        }
        None
    }

    fn trail(&mut self, file: &Arc<Source>) -> &mut Trail {
        let trail = match self.trail.take() {
            Some(trail) if trail.is_through(file) => trail,
            before => {
                self.problems.extend(before.and_then(|before| before.last()));
                Trail::new(Arc::clone(file), self.encoding)
            }
        };
        self.trail.insert(trail)
    }

    /// What remains to be told at the end.
    pub(super) fn end(mut self) -> Vec<Problem> {
        self.problems.extend(self.trail.and_then(|trail| trail.last()));
        self.problems
    }
}

/// Where a thread puts what it finds, for a list in a format.
pub(super) struct Scribe<'y> {
    pub(super) to: &'y mut Yield<Product>,
    pub(super) format: Format,
}

impl Scribe<'_> {
    /// Puts what was found in an article; whether more is wanted.
    pub(super) fn found(&mut self, article: Arc<str>, sought: &Sought<'_>) -> bool {
        self.put(Event::Article(article)) && self.hits(sought)
    }

    /// Puts what was found in some lines of a file; whether more is wanted.
    pub(super) fn sifted(&mut self, file: &Arc<Source>, sifted: Sifted<'_>) -> bool {
        let file = Arc::clone(file);
        match sifted {
            Sifted::Found(spot, sought) => {
                let ids = &mut self.to.batch.ids;
                let start = ids.len();
                ids.push_str(spot.id.unwrap_or_default());
                let id = spot.id.map(|_| Span::new(start, ids.len()));
                let passed = self.keep(spot.passed);
                let Spot { nth, at, .. } = spot;
                self.put(Event::Spot { file, nth, at, id, passed }) && self.hits(&sought)
            }
            Sifted::Bad(nth, what) => self.put(Event::Bad(file, nth, what)),
            Sifted::End(lines, passed) => {
                let passed = self.keep(passed);
                self.put(Event::Passed(file, lines, passed))
            }
            Sifted::Unreadable(error) => self.problem(Problem::unreadable(file.place(), &error)),
        }
    }

    /// Puts what is to be told; whether more is wanted.
    pub(super) fn problem(&mut self, problem: Problem) -> bool {
        self.put(Event::Problem(problem))
    }

    /// Keeps some ids; which they are.
    fn keep(&mut self, ids: &[u64]) -> Range<usize> {
        let passed = &mut self.to.batch.passed;
        let start = passed.len();
        passed.extend_from_slice(ids);
        start..passed.len()
    }

    fn put(&mut self, event: Event) -> bool {
        let Product { events, hits, .. } = &mut self.to.batch;
        events.push((hits.count(), event));
        self.to.pass()
    }

    fn hits(&mut self, sought: &Sought<'_>) -> bool {
        let mut lister = Lister::new(sought.text(), self.format);
        sought.hits().all(|hit| {
            lister.list(hit, &mut self.to.batch.hits);
            self.to.pass()
        })
    }
}

/// What there is to look into in a library. Where articles have to be known by name, those of a file that
/// holds many are listed first.
pub(super) fn things(
    library: &Library,
    by_name: bool,
) -> impl Iterator<Item = Result<Thing, Problem>> + Send {
    let sample = if library.has_sample() { corpus::sample() } else { &[] };
    let sample = sample.iter().map(|&(name, text)| Ok(Thing::Article(Origin::Sample(name, text))));
    let encoding = library.encoding();
    sample.chain(library.walk().flat_map(move |source| unfolded(source, by_name, encoding)))
}

/// What there is to look into in one file.
enum Unfolded {
    /// It is an article.
    One(Option<Result<Thing, Problem>>),
    /// It holds many.
    Many(Box<dyn Iterator<Item = Result<Thing, Problem>> + Send>),
}

impl Iterator for Unfolded {
    type Item = Result<Thing, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::One(thing) => thing.take(),
            Self::Many(things) => things.next(),
        }
    }
}

/// Finds out what there is to look into in a file.
fn unfolded(
    source: Result<Source, Problem>,
    by_name: bool,
    encoding: Option<&'static Encoding>,
) -> Unfolded {
    let article = |source| Thing::Article(Origin::File(source));
    match source {
        Ok(file) if !holds_records(file.relative()) => Unfolded::One(Some(Ok(article(file)))),
        Ok(file) if by_name || file.key().is_some() => {
            let listed = listed(&file, encoding).into_iter();
            Unfolded::Many(Box::new(listed.map(move |source| source.map(article))))
        }
        Ok(file) => match stretches(&file) {
            Ok(stretches) => {
                let file = Arc::new(file);
                let things = stretches.map(move |it| Ok(Thing::Lines(Arc::clone(&file), it)));
                Unfolded::Many(Box::new(things))
            }
            Err(problem) => Unfolded::One(Some(Err(problem))),
        },
        Err(problem) => Unfolded::One(Some(Err(problem))),
    }
}

fn listed(file: &Source, encoding: Option<&'static Encoding>) -> Vec<Result<Source, Problem>> {
    let mut all = Vec::new();
    let done: Result<(), Infallible> = list(file, encoding, |listed| {
        all.push(listed.map(|listed| listed.source));
        ControlFlow::Continue(())
    });
    done.map_or_else(|never| match never {}, |()| all)
}
