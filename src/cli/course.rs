//! The course of a search: what is looked into, and what comes of it, in order.

use std::convert::Infallible;
use std::ops::ControlFlow;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::library::Library;
use super::search::{HitRow, put_hits};
use crate::corpus;
use crate::io::parallel::Yield;
use crate::io::record::{Sifted, Spot, Stretch, Trail, holds_records, list, stretches};
use crate::io::walk::Source;
use crate::io::{Origin, Problem};

/// What is looked into in one go.
pub(super) enum Thing {
    /// An article.
    Article(Origin),
    /// Some lines of a file that holds an article in each.
    Lines(Arc<Source>, Stretch),
}

/// What a thread puts.
pub(super) enum Product {
    /// The hits that follow are in the article of that name.
    Article(Arc<str>),
    /// The same, of an article of a file whose name nobody knows yet.
    Spot(Arc<Source>, Spot),
    /// A hit.
    Hit(HitRow),
    /// So many lines of a file, and the ids in them, are done with.
    Passed(Arc<Source>, usize, Vec<u64>),
    /// A line of a file is no article.
    Bad(Arc<Source>, usize, String),
    /// Something that could not be read.
    Problem(Problem),
}

/// What is found.
pub(super) enum Found {
    /// A hit.
    Hit(HitRow),
    /// Something that could not be read.
    Problem(Problem),
}

/// What follows a search in order.
pub(super) struct Course {
    encoding: Option<&'static Encoding>,
    /// The article that the hits are in.
    article: Arc<str>,
    trail: Option<Trail>,
}

impl Course {
    pub(super) fn new(encoding: Option<&'static Encoding>) -> Self {
        Self { encoding, article: Arc::default(), trail: None }
    }

    /// Puts what was found in some lines of a file; whether more is wanted.
    pub(super) fn note(file: &Arc<Source>, sifted: Sifted<'_>, to: &mut Yield<Product>) -> bool {
        let file = Arc::clone(file);
        match sifted {
            Sifted::Found(spot, sought) => {
                to.put(Product::Spot(file, spot)) && put_hits(&sought, to)
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
            Product::Hit(mut row) => {
                row.article = Arc::clone(&self.article);
                return Some(Found::Hit(row));
            }
            Product::Passed(file, lines, ids) => self.trail(&file).pass(lines, ids),
            Product::Bad(file, nth, what) => {
                return Some(Found::Problem(self.trail(&file).bad(nth, what)));
            }
            Product::Problem(problem) => return Some(Found::Problem(problem)),
        }
        None
    }

    fn trail(&mut self, file: &Arc<Source>) -> &mut Trail {
        let known = self.trail.take().filter(|trail| trail.is_through(file));
        let trail = known.unwrap_or_else(|| Trail::new(Arc::clone(file), self.encoding));
        self.trail.insert(trail)
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

/// What there is to look into in a file.
fn unfolded(
    source: Result<Source, Problem>,
    by_name: bool,
    encoding: Option<&'static Encoding>,
) -> Box<dyn Iterator<Item = Result<Thing, Problem>> + Send> {
    let article = |source| Thing::Article(Origin::File(source));
    match source {
        Ok(file) if !holds_records(&file.path()) => Box::new(std::iter::once(Ok(article(file)))),
        Ok(file) if by_name || file.key().is_some() => {
            let listed = listed(&file, encoding).into_iter();
            Box::new(listed.map(move |source| source.map(article)))
        }
        Ok(file) => match stretches(&file) {
            Ok(stretches) => {
                let file = Arc::new(file);
                Box::new(stretches.map(move |it| Ok(Thing::Lines(Arc::clone(&file), it))))
            }
            Err(problem) => Box::new(std::iter::once(Err(problem))),
        },
        Err(problem) => Box::new(std::iter::once(Err(problem))),
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
