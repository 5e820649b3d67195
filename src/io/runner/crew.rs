//! The crew: the workers that begin with their first request, and what each needs.

use std::path::Path;

use encoding_rs::Encoding;

use crate::corpus::ArticleId;
use crate::io::anchor::{Anchorer, Anchoring};
use crate::io::answer::Answers;
use crate::io::cache::Cache;
use crate::io::library::Library;
use crate::io::long::Ahead;
use crate::io::next::Next;
use crate::io::reader::{self, Wish};
use crate::io::searcher::{Request, Searcher};
use crate::io::shelf::Shelf;
use crate::io::voice::{Gatherer, Gathering, Hearing, Ledger, Listener};
use crate::io::worker::{Latest, Worker};

/// What reads articles.
pub(super) fn reader(
    (shelf, ahead): (&Shelf, Ahead),
    encoding: Option<&'static Encoding>,
    answers: &Answers,
) -> Worker<Wish> {
    let (shelf, answering) = (shelf.clone(), answers.clone());
    Worker::new("reader", answers, move |wishes| {
        reader::run(wishes, (shelf, ahead), encoding, answering);
    })
}

/// What reads an article in case it is opened next.
pub(super) fn foreseer(
    shelf: &Shelf,
    next: Next,
    encoding: Option<&'static Encoding>,
    answers: &Answers,
) -> Worker<ArticleId> {
    let shelf = shelf.clone();
    Worker::new("foreseer", answers, move |asked| next.run(&shelf, encoding, asked))
}

/// What looks for the words of annotations.
pub(super) fn anchorer(
    shelf: &Shelf,
    encoding: Option<&'static Encoding>,
    answers: &Answers,
    data: &Path,
) -> Worker<Anchoring> {
    let (data, shelf) = (data.to_owned(), shelf.clone());
    let anchorer = Anchorer { data, shelf, encoding, answers: answers.clone() };
    Worker::new("anchorer", answers, move |anchorings| anchorer.run(anchorings))
}

/// What searches the library.
pub(super) fn searcher(
    shelf: &Shelf,
    encoding: Option<&'static Encoding>,
    answers: &Answers,
) -> Latest<Request> {
    let (shelf, answering) = (shelf.clone(), answers.clone());
    Latest::new("searcher", answers, move |newest, requests| {
        Searcher { shelf, encoding, answers: answering, newest }.run(requests);
    })
}

/// What finds out who speaks in the library.
pub(super) fn gatherer(
    shelf: &Shelf,
    library: &Library,
    answers: &Answers,
    cache: &Cache,
) -> Latest<Gathering> {
    let (shelf, encoding, answering) = (shelf.clone(), library.encoding, answers.clone());
    let (library, cache) = (library.clone(), cache.clone());
    Latest::new("gatherer", answers, move |newest, gatherings| {
        let roots = library.roots_to_keep();
        let roots = roots.iter().map(|(root, _)| root.path().to_path_buf()).collect();
        let listener = Listener { shelf, encoding, answers: answering, newest };
        Gatherer { listener, ledger: Ledger::default(), cache, roots }.run(gatherings);
    })
}

/// What finds what one voice says.
pub(super) fn hearer(
    shelf: &Shelf,
    encoding: Option<&'static Encoding>,
    answers: &Answers,
) -> Latest<Hearing> {
    let (shelf, answering) = (shelf.clone(), answers.clone());
    Latest::new("hearer", answers, move |newest, hearings| {
        Listener { shelf, encoding, answers: answering, newest }.hear_all(hearings);
    })
}
