//! The reader of articles: the newest request first, and the others not at all.

use std::sync::mpsc::Receiver;

use encoding_rs::Encoding;

use super::answer::Answers;
use super::shelf::Shelf;
use crate::app::Outcome;
use crate::corpus::ArticleId;
use crate::quote::{people, quotations};

/// An article that is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    pub(super) article: ArticleId,
    pub(super) generation: u64,
}

/// Reads what is asked for until nobody asks or listens.
pub(super) fn run(
    requests: &Receiver<Request>,
    shelf: &Shelf,
    encoding: Option<&'static Encoding>,
    answers: &Answers,
) {
    while let Ok(request) = requests.recv() {
        let newest = requests.try_iter().last().unwrap_or(request);
        if !answers.give(read(newest, shelf, encoding)) {
            return;
        }
    }
}

fn read(request: Request, shelf: &Shelf, encoding: Option<&'static Encoding>) -> Outcome {
    let Request { article, generation } = request;
    match shelf.read(article, encoding) {
        Ok(text) => {
            let quotations = quotations(&text.text, &text.blocks).into();
            let names = people(&text.text, &text.blocks).names().map(str::to_owned).collect();
            Outcome::Opened { article, generation, text, quotations, names }
        }
        Err(problem) => Outcome::NotOpened { article, generation, problem: problem.to_string() },
    }
}
