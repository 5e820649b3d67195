//! The reader of articles: the newest request first, and those that came before it not at all.
//!
//! No article waits for another: one which takes long holds nobody up who has asked for another by then, as
//! there is a further thread for that. A thread that has read its article waits for the next one, since to
//! begin a thread takes as long as to read an article. What comes late, the model drops. Where the article
//! is a long text, its thread serves it until another article is wanted.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use encoding_rs::Encoding;

use super::Problem;
use super::analysis::{Analysis, analyse};
use super::answer::Answers;
use super::long::{Ahead, Call, LONG, Server, Sizes, Teller, Volume, Windows, length};
use super::shelf::{Origin, Shelf};
use super::walk::Source;
use super::watch::Stamp;
use crate::app::{Around, Ask, Outcome, Surveyed, Told};
use crate::corpus::{Article, ArticleId};

/// The most articles that are being read at a time: each of them may hold a large text.
const MOST: usize = 3;
/// Of a text of more bytes it is said that it takes a while to find out who speaks in it; none is read in case
/// somebody opens it.
pub(super) const LARGE: usize = 512 * 1024;
/// Of a large text so many bytes of its file are shown before the rest was read.
const START: usize = 48 * 1024;

/// What is asked of the reader.
#[derive(Debug)]
pub(super) enum Wish {
    /// An article.
    Article(Request),
    /// Something of the long text that was opened by this request.
    Long(u64, Ask),
}

/// An article that is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    pub(super) article: ArticleId,
    pub(super) generation: u64,
    /// Where it is on the screen already, with its file as that was when it was read.
    pub(super) shown: Option<Shown>,
}

/// The stamp of what is shown of an article before it was asked whether that is still so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown(pub(super) Option<Stamp>);

/// What reads one article after the other.
#[derive(Debug, Clone)]
struct Reader {
    shelf: Shelf,
    encoding: Option<&'static Encoding>,
    answers: Answers,
    /// What was read before anybody asked.
    ahead: Ahead,
    /// The request that counts.
    newest: Arc<AtomicU64>,
}

/// Nobody listens any more, or another article is wanted by now.
struct Unwanted;

/// What a thread is given to do.
struct Task {
    request: Request,
    calls: (Sender<Call>, Receiver<Call>),
    /// Where it gets the next task, to be given back when this one is done.
    hand: Sender<Task>,
}

/// Reads what is asked for until nobody asks.
pub(super) fn run(
    wishes: &Receiver<Wish>,
    (shelf, ahead): (Shelf, Ahead),
    encoding: Option<&'static Encoding>,
    answers: Answers,
) {
    let newest = Arc::new(AtomicU64::new(0));
    let reader = Reader { shelf, encoding, answers, ahead, newest };
    let (free, freed) = channel();
    let mut idle = Vec::new();
    let mut busy = 0;
    let mut serving: Option<(u64, Sender<Call>)> = None;
    while let Ok(wish) = wishes.recv() {
        let known = idle.len();
        idle.extend(freed.try_iter());
        busy -= idle.len() - known;
        if busy >= MOST && matches!(wish, Wish::Article(_)) {
            // Whoever serves a long text ends when nobody can call any more.
            serving = None;
            let hand = freed.recv().ok();
            busy -= usize::from(hand.is_some());
            idle.extend(hand);
        }
        let mut begun = None;
        for wish in std::iter::once(wish).chain(wishes.try_iter()) {
            match wish {
                Wish::Article(request) => {
                    let (calls, called) = channel();
                    serving = Some((request.generation, calls.clone()));
                    begun = Some((request, (calls, called)));
                }
                Wish::Long(generation, ask) => {
                    let served = serving.as_ref().filter(|(known, _)| *known == generation);
                    // One that has ended was no long text after all.
                    let _ = served.map(|(_, calls)| calls.send(Call::Ask(ask)));
                }
            }
        }
        let Some((request, calls)) = begun else { continue };
        reader.newest.store(request.generation, Ordering::SeqCst);
        match idle.pop().map_or_else(|| reader.employ(&free), Ok) {
            Ok(hand) => {
                let task = Task { request, calls, hand: hand.clone() };
                // A thread that waits takes what comes.
                busy += usize::from(hand.send(task).is_ok());
            }
            Err(error) => {
                let problem = Problem::new("article", format!("cannot be read: {error}"));
                reader.answers.give(Outcome::Failed(problem.to_string()));
            }
        }
    }
}

impl Reader {
    /// Starts a thread that reads article after article, and says to `free` when it can have the next.
    fn employ(&self, free: &Sender<Sender<Task>>) -> io::Result<Sender<Task>> {
        let (hand, tasks) = channel();
        let (reader, free) = (self.clone(), free.clone());
        self.answers.spawn("reading", move || {
            for Task { request, calls, hand } in tasks {
                // Whoever is no longer wanted just ends.
                let _ = reader.read(request, calls);
                if free.send(hand).is_err() {
                    return;
                }
            }
        })?;
        Ok(hand)
    }

    fn read(
        &self,
        request: Request,
        calls: (Sender<Call>, Receiver<Call>),
    ) -> Result<(), Unwanted> {
        let Request { article, generation, shown } = request;
        if let Some(Shown(stamp)) = shown {
            self.shelf.opened(article);
            let now = self.shelf.origin(article).and_then(|it| it.stamp());
            let outdated = (now != stamp).then_some(Outcome::Outdated { article, generation });
            return outdated.map_or(Ok(()), |it| self.give(request, it));
        }
        if let Some((source, length)) = self.large(request.article) {
            let place = source.place();
            let names = (&*source.name, place.as_str());
            let sizes = Sizes::default();
            if length > LONG {
                let file = source.path();
                let open = || Volume::open(&file, names, self.encoding, sizes);
                let over = |volume| Windows::over(Arc::new(volume));
                let windows = self.ahead.take(&file).map_or_else(|| open().map(over), Ok);
                return self.serve(request, windows, calls);
            }
            let sizes = Sizes { piece: START, ..sizes };
            if let Ok(volume) = Volume::open(&source.path(), names, self.encoding, sizes)
                && let Ok((text, _)) = Windows::over(Arc::new(volume)).glimpse(Around::Start)
            {
                let told = Box::new(Told::Begun(Arc::new(text)));
                self.give(request, Outcome::Long { article, generation, told })?;
            }
        }
        drop(calls);
        match self.shelf.read(article, self.encoding) {
            Ok(text) => {
                self.opened(request, &text, Analysis::default())?;
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

    /// The file of an article that is large, and its length in bytes.
    fn large(&self, article: ArticleId) -> Option<(Source, u64)> {
        let Some(Origin::File(source)) = self.shelf.origin(article) else { return None };
        let length = length(&source, LARGE as u64)?;
        Some((source, length))
    }

    /// Serves a long text until another article is wanted.
    fn serve(
        &self,
        request: Request,
        windows: Result<Windows, Problem>,
        (calls, called): (Sender<Call>, Receiver<Call>),
    ) -> Result<(), Unwanted> {
        let Request { article, generation, .. } = request;
        self.shelf.opened(article);
        let (answers, newest) = (self.answers.clone(), Arc::clone(&self.newest));
        let teller = Teller { article, generation, answers, newest };
        let server = windows.and_then(|windows| {
            let place = windows.volume().place().to_owned();
            let unreadable = |error| Problem::unreadable(place, &error);
            Server::begin(windows, teller, &self.shelf, (calls, &called)).map_err(unreadable)
        });
        match server {
            Ok(server) => {
                server.serve(&called);
                Ok(())
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
        let (Request { article, generation, .. }, text) = (request, Arc::clone(text));
        let Analysis { quotations, names, .. } = analysis;
        let reread = self.shelf.reread(article, text.sha256(), || Arc::new(text.digest()));
        self.give(request, Outcome::Opened { article, generation, text, quotations, names })?;
        let Some(digest) = reread else { return Ok(()) };
        let surveyed = Surveyed { described: vec![(article, digest)], judged: Vec::new() };
        self.give(request, Outcome::Surveyed(surveyed))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Answer;
    use crate::io::shelf::Origin;

    #[test]
    fn of_what_is_no_longer_wanted_nothing_is_said() {
        let (shelf, (sender, heard)) = (Shelf::default(), channel());
        let text = "Ferry\n\n“We sailed,” said Ann Holt.\n";
        let article = shelf.add(Origin::Sample("a.txt", text), None).unwrap();
        let answers = Answers::new(move |answer| sender.send(answer).is_ok());
        let newest = Arc::new(AtomicU64::new(2));
        let reader = Reader { shelf, encoding: None, answers, ahead: Ahead::default(), newest };
        let wanted = |article, generation| Request { article, generation, shown: None };
        assert!(reader.read(wanted(article, 1), channel()).is_err());
        assert!(reader.read(wanted(ArticleId(9), 1), channel()).is_err());
        assert!(heard.try_recv().is_err());
        assert!(reader.read(wanted(article, 2), channel()).is_ok());
        assert!(matches!(heard.try_recv(), Ok(Answer::Outcome(Outcome::Opened { .. }))));
    }
}
