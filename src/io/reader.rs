//! The reader of articles: the newest request first, and those that came before it not at all.
//!
//! Each article is read on a thread of its own, so that one which takes long holds nobody up who has
//! asked for another by then. What comes late, the model drops.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};

use encoding_rs::Encoding;

use super::Problem;
use super::analysis::{Analysis, analyse};
use super::answer::Answers;
use super::shelf::Shelf;
use crate::app::{Outcome, Surveyed};
use crate::corpus::{Article, ArticleId};

/// The most articles that are being read at a time: each of them may hold a large text.
const MOST: usize = 3;
/// Of a text of more bytes it is said that it takes a while to find out who speaks in it.
const LARGE: usize = 512 * 1024;

/// An article that is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    pub(super) article: ArticleId,
    pub(super) generation: u64,
}

/// What reads one article after the other.
#[derive(Debug)]
struct Reader {
    shelf: Shelf,
    encoding: Option<&'static Encoding>,
    answers: Answers,
    /// The request that counts.
    newest: Arc<AtomicU64>,
}

/// Nobody listens any more, or another article is wanted by now.
struct Unwanted;

/// Reads what is asked for until nobody asks.
pub(super) fn run(
    requests: &Receiver<Request>,
    shelf: &Shelf,
    encoding: Option<&'static Encoding>,
    answers: &Answers,
) {
    let newest = Arc::new(AtomicU64::new(0));
    let (free, freed) = channel::<()>();
    let mut busy = 0;
    while let Ok(request) = requests.recv() {
        busy -= freed.try_iter().count();
        if busy >= MOST && freed.recv().is_ok() {
            busy -= 1;
        }
        let request = requests.try_iter().last().unwrap_or(request);
        newest.store(request.generation, Ordering::SeqCst);
        let (shelf, answering) = (shelf.clone(), answers.clone());
        let reader = Reader { shelf, encoding, answers: answering, newest: Arc::clone(&newest) };
        let done = free.clone();
        let started = answers.spawn("reading", move || {
            // Whoever is no longer wanted just ends.
            let _ = reader.read(request);
            let _ = done.send(());
        });
        match started {
            Ok(_) => busy += 1,
            Err(error) => {
                let problem = Problem::new("article", format!("cannot be read: {error}"));
                answers.give(Outcome::Failed(problem.to_string()));
            }
        }
    }
}

impl Reader {
    fn read(&self, request: Request) -> Result<(), Unwanted> {
        let Request { article, generation } = request;
        match self.shelf.read(article, self.encoding) {
            Ok(text) => {
                self.opened(request, &text, Analysis::default())?;
                if let Some(digest) = self.shelf.reread(article, &text) {
                    let described = vec![(article, digest)];
                    let surveyed = Surveyed { described, judged: Vec::new() };
                    self.give(request, Outcome::Surveyed(surveyed))?;
                }
                if text.text.len() > LARGE {
                    self.give(request, Outcome::Judging { article })?;
                }
                let Analysis { quotations, names, .. } = self.analysed(request, &text)?;
                self.give(request, Outcome::Judged { article, generation, quotations, names })
            }
            Err(problem) => {
                let problem = problem.to_string();
                self.give(request, Outcome::NotOpened { article, generation, problem })
            }
        }
    }

    /// Who said what; nobody anything where we fall over it, and that is said.
    fn analysed(&self, request: Request, text: &Article) -> Result<Analysis, Unwanted> {
        self.is_wanted(request)?;
        match analyse(text) {
            Ok(mut analysis) => {
                if let Some(unread) = analysis.unread.take() {
                    self.give(request, Outcome::Problem(unread.to_string()))?;
                }
                Ok(analysis)
            }
            Err(problem) => {
                self.give(request, Outcome::Problem(problem.to_string()))?;
                Ok(Analysis::default())
            }
        }
    }

    fn opened(
        &self,
        request: Request,
        text: &Arc<Article>,
        analysis: Analysis,
    ) -> Result<(), Unwanted> {
        let (Request { article, generation }, text) = (request, Arc::clone(text));
        let Analysis { quotations, names, .. } = analysis;
        self.give(request, Outcome::Opened { article, generation, text, quotations, names })
    }

    fn give(&self, request: Request, outcome: Outcome) -> Result<(), Unwanted> {
        self.is_wanted(request)?;
        self.answers.give(outcome).then_some(()).ok_or(Unwanted)
    }

    fn is_wanted(&self, request: Request) -> Result<(), Unwanted> {
        let newest = self.newest.load(Ordering::SeqCst);
        (newest == request.generation).then_some(()).ok_or(Unwanted)
    }
}
