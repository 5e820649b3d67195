//! The course of a search: what is looked into, and what comes of it, in order.

use std::convert::Infallible;
use std::ops::ControlFlow;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::hit::{Hits, hand_on};
use super::library::Library;
use super::row::Format;
use crate::corpus;
use crate::io::parallel::{MOST, USUAL, Yield};
use crate::io::record::{Sifted, Spot, Stretch, Trail, holds_records, list, stretches};
use crate::io::seek::Sought;
use crate::io::walk::Source;
use crate::io::{Origin, Problem};

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
            Self::Lines(..) => MOST,
        }
    }
}

/// What a thread puts.
pub(super) enum Product {
    /// The hits that follow are in the article of that name.
    Article(Arc<str>),
    /// The same, of an article of a file whose name nobody knows yet.
    Spot(Arc<Source>, Spot),
    /// Hits.
    Hits(Hits),
    /// So many lines of a file, and the ids in them, are done with.
    Passed(Arc<Source>, usize, Vec<u64>),
    /// A line of a file is no article.
    Bad(Arc<Source>, usize, String),
    /// Something that could not be read.
    Problem(Problem),
}

/// What is found.
pub(super) enum Found {
    /// Hits in the article that the course is at.
    Hits(Hits),
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

    /// Puts what was found in some lines of a file; whether more is wanted.
    pub(super) fn note(
        file: &Arc<Source>,
        sifted: Sifted<'_>,
        format: Format,
        to: &mut Yield<Product>,
    ) -> bool {
        let file = Arc::clone(file);
        match sifted {
            Sifted::Found(spot, sought) => {
                to.put(Product::Spot(file, spot)) && put_hits(&sought, format, to)
            }
            Sifted::Bad(nth, what) => to.put(Product::Bad(file, nth, what)),
            Sifted::End(lines, passed) => to.put(Product::Passed(file, lines, passed)),
            Sifted::Unreadable(error) => {
                to.put(Product::Problem(Problem::unreadable(file.place(), &error)))
            }
        }
    }

    /// What is found by what was put.
    pub(super) fn follow(&mut self, product: Product) -> Option<Found> {
        match product {
            Product::Article(name) => self.article = name,
            Product::Spot(file, spot) => self.article = self.trail(&file).name(spot),
            Product::Hits(hits) => return Some(Found::Hits(hits)),
            Product::Passed(file, lines, ids) => self.trail(&file).pass(lines, ids),
            Product::Bad(file, nth, what) => {
                return self.trail(&file).bad(nth, what).map(Found::Problem);
            }
            Product::Problem(problem) => return Some(Found::Problem(problem)),
        }
        None
    }

    /// What the article is called that was found last.
    pub(super) fn article(&self) -> &str {
        &self.article
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

/// Puts the hits in an article; whether more is wanted.
pub(super) fn put_hits(sought: &Sought<'_>, format: Format, to: &mut Yield<Product>) -> bool {
    hand_on(sought, format, |hits| {
        let weight = hits.count();
        to.put_heavy(Product::Hits(hits), weight)
    })
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
