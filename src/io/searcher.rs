//! The searcher: the newest query over the articles on the shelf, and the others not at all.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use encoding_rs::Encoding;

use super::Problem;
use super::answer::Answers;
use super::pace::Pace;
use super::parallel::{Yield, in_order};
use super::seek::{Buffer, Own, Seeker, Sought};
use super::shelf::{Origin, Shelf};
use super::shield::{FAULT, shielded};
use crate::app::{Findings, Hit, HitGroup, Outcome};
use crate::corpus::ArticleId;
use crate::note::Annotation;
use crate::search::{Manner, Query, QueryError, excerpt};
use crate::text::{Offset, Span};

/// Hits that are kept of one article; the others are counted.
const OF_ONE: usize = 100;
/// Hits that are kept of all articles.
const OF_ALL: usize = 5_000;
/// Scalar values of a line that are kept.
const LINE: usize = 200;
/// The first findings are sent after so long at the latest, each further ones after twice as long.
const FIRST: Duration = Duration::from_millis(20);
/// No findings are kept back for longer.
const LONGEST: Duration = Duration::from_millis(320);
/// The most articles in one lot of findings.
const MOST: usize = 256;
/// Hits that are counted before it is looked whether they are still wanted.
const BETWEEN: usize = 1_024;

/// A query over some articles.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) generation: u64,
    pub(super) typed: String,
    pub(super) manner: Manner,
    /// Where to look, in this order.
    pub(super) articles: Vec<ArticleId>,
    /// What a person decided on quotations.
    pub(super) decided: Vec<(ArticleId, Annotation)>,
}

/// What searches.
#[derive(Debug)]
pub(super) struct Searcher {
    pub(super) shelf: Shelf,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) answers: Answers,
    /// The generation that counts.
    pub(super) newest: Arc<AtomicU64>,
}

/// The request is out of date, or nobody listens.
struct Unwanted;

/// What was found and not yet sent.
struct Batch {
    findings: Findings,
    pace: Pace,
    /// Hits that were kept of the articles so far.
    kept: usize,
}

impl Searcher {
    /// Searches for what is asked until nobody asks or listens.
    pub(super) fn run(&self, requests: &Receiver<Request>) {
        // What is kept is bounded for all parts of a search together.
        let (mut generation, mut kept) = (0, 0);
        while let Ok(request) = requests.recv() {
            if request.generation != generation {
                (generation, kept) = (request.generation, 0);
            }
            if self.counts(generation) {
                kept = self.search(&request, kept);
            }
        }
    }

    /// Whether a generation is the one that counts.
    fn counts(&self, generation: u64) -> bool {
        self.newest.load(Ordering::Relaxed) == generation
    }

    /// Sends what is found; how many hits are kept by then.
    fn search(&self, request: &Request, kept: usize) -> usize {
        let mut batch = Batch::new(request.generation, kept);
        // Who does not want it any more needs no last word.
        if let Err(error) = self.try_search(request, &mut batch) {
            batch.findings.problem = error.map(|error| error.to_string());
        }
        if self.counts(request.generation) {
            batch.findings.ended = true;
            let _ = self.send(&mut batch);
        }
        batch.kept
    }

    fn try_search(&self, request: &Request, batch: &mut Batch) -> Result<(), Option<QueryError>> {
        let query = Query::parse(&request.typed, request.manner).map_err(Some)?;
        let seeker = Seeker::new(&query, self.encoding).map_err(Some)?.among_admitted();
        let mut decided: BTreeMap<ArticleId, Vec<Annotation>> = BTreeMap::new();
        for (article, annotation) in &request.decided {
            decided.entry(*article).or_default().push(annotation.clone());
        }
        let full = AtomicBool::new(batch.kept >= OF_ALL);
        let generation = request.generation;
        let work = |own: &mut Own<_>, article: ArticleId, to: &mut Yield<Vec<Option<HitGroup>>>| {
            if !self.counts(generation) {
                return false;
            }
            let known = || decided.get(&article).cloned().unwrap_or_default();
            let keep = if full.load(Ordering::Relaxed) { 0 } else { OF_ONE };
            let still = || self.counts(generation);
            let (own, buffer) = own;
            let own = own.get_or_insert_with(|| seeker.clone());
            // What cannot be read was told of when the library was walked.
            let looked = shielded(|| self.look(own, article, buffer, known, keep, &still));
            let looked = looked.inspect_err(|said| self.tell_fault(article, said));
            to.put(looked.unwrap_or(Ok(None)).unwrap_or_default())
        };
        in_order(request.articles.iter().copied(), work, |group| {
            batch.take(group);
            full.store(batch.kept >= OF_ALL, Ordering::Relaxed);
            let sent = if batch.is_due() { self.send(batch) } else { Ok(()) };
            let wanted = sent.is_ok() && self.counts(generation);
            if wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(Unwanted) }
        })
        .map_err(|Unwanted| None)
    }

    /// Looks into one article.
    fn look(
        &self,
        seeker: &Seeker<'_>,
        article: ArticleId,
        buffer: &mut Buffer,
        known: impl FnOnce() -> Vec<Annotation>,
        keep: usize,
        wanted: &impl Fn() -> bool,
    ) -> Result<Option<HitGroup>, Problem> {
        let Some(origin) = self.shelf.origin(article) else { return Ok(None) };
        let sought = seeker.look(&origin, buffer, |_| Ok(Some(known())))?;
        Ok(sought.map(|sought| group(article, &sought, keep, wanted)).filter(|it| it.count > 0))
    }

    /// Says that we fell over an article; nothing is found in it.
    fn tell_fault(&self, article: ArticleId, said: &str) {
        let origin = self.shelf.origin(article);
        let name = origin.as_ref().map(Origin::name).unwrap_or_default();
        let problem = Problem::new(name, format!("could not be searched: {FAULT} ({said})"));
        self.answers.give(Outcome::Problem(problem.to_string()));
    }

    fn send(&self, batch: &mut Batch) -> Result<(), Unwanted> {
        let heard = self.answers.give(Outcome::Sought(batch.next()));
        heard.then_some(()).ok_or(Unwanted)
    }
}

/// The first hits of an article, and how many there are.
fn group(
    article: ArticleId,
    sought: &Sought<'_>,
    keep: usize,
    wanted: &impl Fn() -> bool,
) -> HitGroup {
    let mut found = HitGroup { article, hits: Vec::new(), count: 0 };
    for span in sought.hits() {
        if found.hits.len() < keep {
            found.hits.push(hit(sought.text(), span));
        }
        found.count += 1;
        if found.count.is_multiple_of(BETWEEN) && !wanted() {
            break;
        }
    }
    found
}

/// A stretch of a text in its line.
pub(super) fn hit(text: &str, span: Span) -> Hit {
    let around = excerpt(text, span, LINE);
    let inside = |at: Offset| at.min(around.end) - around.start;
    let mark = Span::new(inside(span.start), inside(span.end));
    Hit { span, line: around.of(text).to_owned(), mark }
}

impl Batch {
    fn new(generation: u64, kept: usize) -> Self {
        let findings = Findings { generation, ..Findings::default() };
        Self { findings, pace: Pace::new(FIRST, LONGEST), kept }
    }

    /// Takes in what was found in an article; once enough hits are kept, only how many there are.
    fn take(&mut self, group: Option<HitGroup>) {
        self.findings.searched += 1;
        let Some(mut group) = group else { return };
        group.hits.truncate(OF_ALL.saturating_sub(self.kept));
        self.kept += group.hits.len();
        self.findings.groups.push(group);
    }

    fn is_due(&self) -> bool {
        self.findings.groups.len() >= MOST || self.pace.is_due()
    }

    /// Takes all out.
    fn next(&mut self) -> Findings {
        self.pace.restart();
        let next = Findings { generation: self.findings.generation, ..Findings::default() };
        std::mem::replace(&mut self.findings, next)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::io::{Answer, Answers};

    #[test]
    fn a_search_that_is_given_up_says_no_more() {
        let shelf = Shelf::default();
        let text = "Ferry\n\nThe ferry sailed.\n";
        let article = shelf.add(Origin::Sample("a.txt", text), None).unwrap();
        // Whoever listens takes nothing in before the gate opens.
        let (said, hears) = channel();
        let (open, gate) = channel::<()>();
        let gate = Mutex::new(gate);
        let answers = Answers::new(move |answer| {
            let _ = said.send(answer);
            let _ = gate.lock().unwrap().recv();
            true
        });
        let newest = Arc::new(AtomicU64::new(1));
        let searcher = Searcher { shelf, encoding: None, answers, newest: Arc::clone(&newest) };
        let request = |generation, times| Request {
            generation,
            typed: "ferry".to_owned(),
            manner: Manner::default(),
            articles: vec![article; times],
            decided: Vec::new(),
        };
        let (requests, to_search) = channel();
        requests.send(request(1, 100_000)).unwrap();
        requests.send(request(2, 1)).unwrap();
        let thread = std::thread::spawn(move || searcher.run(&to_search));
        let next = || match hears.recv().unwrap() {
            Answer::Outcome(Outcome::Sought(findings)) => findings,
            other => panic!("{other:?}"),
        };
        let first = next();
        assert_eq!((first.generation, first.ended), (1, false));
        newest.store(2, Ordering::Relaxed);
        drop(open);
        // Where that takes its time, what is found is sent before the last word.
        let (mut looked, mut count, mut ended) = (0, 0, false);
        while !ended {
            let more = next();
            assert_eq!(more.generation, 2);
            (looked, ended) = (looked + more.searched, more.ended);
            count += more.groups.iter().map(|group| group.count).sum::<usize>();
        }
        assert_eq!((looked, count), (1, 2));
        drop(requests);
        thread.join().unwrap();
    }
}
