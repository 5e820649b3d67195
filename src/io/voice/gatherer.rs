//! The gatherer: who speaks in the articles of the library.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::ledger::Ledger;
use super::listener::Listener;
use super::{Enough, by_article, pace};
use crate::app::{Attended, Gathered, Outcome, fingerprint};
use crate::corpus::ArticleId;
use crate::io::attribution::judged;
use crate::io::cache::{Cache, Judged, Voiced};
use crate::io::parallel::{Yield, in_order};
use crate::io::survey::give_way;
use crate::note::Annotation;
use crate::quote::voice::{Speaking, Tallies, voices};

/// So many articles are listened to rather than looked up in the cache.
const FEW: usize = 32;

/// A wish for the voices of some articles.
#[derive(Debug)]
pub(in crate::io) struct Gathering {
    pub(in crate::io) generation: u64,
    pub(in crate::io) articles: Vec<Attended>,
    /// What a person decided on quotations.
    pub(in crate::io) decided: Vec<(ArticleId, Annotation)>,
}

/// What gathers voices.
#[derive(Debug)]
pub(in crate::io) struct Gatherer {
    pub(in crate::io) listener: Listener,
    pub(in crate::io) ledger: Ledger,
    pub(in crate::io) cache: Cache,
    /// The roots of the library.
    pub(in crate::io) roots: Vec<PathBuf>,
}

/// A thread that others go before.
struct Humble;

impl Default for Humble {
    fn default() -> Self {
        give_way();
        Self
    }
}

impl Gatherer {
    /// Gathers the voices of what is asked for until nobody asks or listens.
    pub(in crate::io) fn run(&self, asked: &Receiver<Gathering>) {
        give_way();
        while let Ok(gathering) = asked.recv() {
            if self.listener.counts(gathering.generation) {
                // Who does not want it any more needs no last word.
                let _ = self.gather(&gathering);
            }
        }
    }

    /// Takes what the cache knows into the ledger: what an earlier run has found out, and the survey.
    pub(super) fn recall(&self) {
        let articles = &self.listener.shelf;
        for root in &self.roots {
            self.cache.recall_voices(root, |some| {
                for Voiced { name, text, voices } in some {
                    if let Some(article) = articles.named(root, &name) {
                        self.ledger.enter_old(article, text, voices);
                    }
                }
            });
        }
    }

    pub(super) fn gather(&self, gathering: &Gathering) -> Result<(), Enough> {
        let Gathering { generation, articles, decided } = gathering;
        let decided = by_article(decided);
        let mut known = self.ledger.read(articles);
        if known.iter().filter(|it| it.is_none()).count() > FEW {
            self.recall();
            known = self.ledger.read(articles);
        }
        for (known, it) in known.iter_mut().zip(articles) {
            if decided.contains_key(&it.article) {
                *known = None;
            }
        }
        let missing: Vec<usize> =
            known.iter().enumerate().filter(|(_, it)| it.is_none()).map(|(at, _)| at).collect();
        let mut heard = articles.len() - missing.len();
        let (mut new, mut pace) = (Vec::new(), pace());
        let counts = || self.listener.counts(*generation);
        let work = |_: &mut Humble, at: usize, to: &mut Yield<Vec<(usize, Heard)>>| {
            let listened = articles.get(at).map(|it| self.listen(it, &decided));
            counts() && to.put((at, listened.unwrap_or_default()))
        };
        let done = in_order(missing.into_iter(), work, |(at, it)| {
            heard += 1;
            if let (Some(text), Some(of)) = (it.text, articles.get(at)) {
                new.push((of.article, text, it.tallies.clone()));
            }
            if let Some(known) = known.get_mut(at) {
                *known = Some(it.tallies);
            }
            if !counts() {
                return ControlFlow::Break(Enough);
            }
            if pace.is_due() {
                if self.tell(gathering, &known, heard, false).is_err() {
                    return ControlFlow::Break(Enough);
                }
                pace.restart();
            }
            ControlFlow::Continue(())
        });
        self.keep(new);
        done?;
        if counts() { self.tell(gathering, &known, heard, true) } else { Err(Enough) }
    }

    /// Who speaks in an article; nobody where it cannot be read, which was told when the library was
    /// walked.
    fn listen(&self, it: &Attended, decided: &BTreeMap<ArticleId, Vec<Annotation>>) -> Heard {
        let own = decided.get(&it.article).map(Vec::as_slice).unwrap_or_default();
        // Another thread may have listened to it meanwhile.
        let known = self.ledger.read(std::slice::from_ref(it)).pop().flatten();
        if let Some(tallies) = known.filter(|_| own.is_empty()) {
            return Heard { tallies, text: None };
        }
        let listener = &self.listener;
        let Ok(read) = listener.shelf.peek(it.article, listener.encoding) else {
            return Heard::default();
        };
        let Ok(Judged { voices: tallies, .. }) = judged(&read, own) else {
            return Heard::default();
        };
        if !own.is_empty() {
            return Heard { tallies, text: None };
        }
        let text = fingerprint(&read.sha256());
        self.ledger.enter(it.article, text, tallies.clone());
        Heard { tallies, text: Some(text) }
    }

    /// Keeps what was found for the next run.
    pub(super) fn keep(&self, new: Vec<(ArticleId, u64, Tallies)>) {
        let mut by_root: BTreeMap<PathBuf, Vec<Voiced>> = BTreeMap::new();
        for (article, text, voices) in new {
            let Some(origin) = self.listener.shelf.origin(article) else { continue };
            let root = origin.root().to_path_buf();
            if self.roots.contains(&root) {
                let name = origin.shared_name();
                by_root.entry(root).or_default().push(Voiced { name, text, voices });
            }
        }
        for (root, voiced) in by_root {
            self.cache.keep_voices(&root, &voiced);
        }
    }

    fn tell(
        &self,
        gathering: &Gathering,
        known: &[Option<Tallies>],
        heard: usize,
        ended: bool,
    ) -> Result<(), Enough> {
        let nobody = Tallies::default();
        let speaking = gathering.articles.iter().zip(known).map(|(it, known)| Speaking {
            tallies: known.as_ref().unwrap_or(&nobody),
            outlet: it.outlet.as_deref(),
            published: it.published,
        });
        let voices = Arc::new(voices(speaking));
        let gathered = Gathered { generation: gathering.generation, voices, heard, ended };
        self.listener.answers.give(Outcome::Gathered(gathered)).then_some(()).ok_or(Enough)
    }
}

/// Who speaks in an article, and in which text where that is worth keeping.
#[derive(Debug, Default)]
struct Heard {
    tallies: Tallies,
    text: Option<u64>,
}
