//! The listener: what one voice says.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Receiver;

use encoding_rs::Encoding;

use super::{Enough, by_article, pace};
use crate::app::{Findings, HitGroup, Outcome};
use crate::corpus::ArticleId;
use crate::io::answer::Answers;
use crate::io::attribution::attributed;
use crate::io::parallel::{Yield, in_order};
use crate::io::searcher::hit;
use crate::io::shelf::Shelf;
use crate::note::Annotation;
use crate::quote::voice::spoken_name;

/// Quotations that are kept of one article; the others are counted.
const OF_ONE: usize = 100;
/// Quotations that are kept of a voice. No further article is read.
const OF_ALL: usize = 5_000;

/// A wish for what one voice says in some articles.
#[derive(Debug)]
pub(in crate::io) struct Hearing {
    pub(in crate::io) generation: u64,
    pub(in crate::io) articles: Vec<ArticleId>,
    /// The names that the articles have for it.
    pub(in crate::io) names: Vec<String>,
    /// What a person decided on quotations.
    pub(in crate::io) decided: Vec<(ArticleId, Annotation)>,
}

/// What listens to articles.
#[derive(Debug)]
pub(in crate::io) struct Listener {
    pub(in crate::io) shelf: Shelf,
    pub(in crate::io) encoding: Option<&'static Encoding>,
    pub(in crate::io) answers: Answers,
    /// The generation that counts.
    pub(in crate::io) newest: Arc<AtomicU64>,
}

impl Listener {
    pub(super) fn counts(&self, generation: u64) -> bool {
        self.newest.load(Ordering::Relaxed) == generation
    }

    /// Finds what the voices say that are asked for until nobody asks or listens.
    pub(in crate::io) fn hear_all(&self, asked: &Receiver<Hearing>) {
        while let Ok(hearing) = asked.recv() {
            if self.counts(hearing.generation) {
                self.hear(&hearing);
            }
        }
    }

    pub(super) fn hear(&self, hearing: &Hearing) {
        let generation = hearing.generation;
        let decided = by_article(&hearing.decided);
        let names: HashSet<&str> = hearing.names.iter().map(String::as_str).collect();
        let mut findings = Findings { generation, ..Findings::default() };
        let (mut kept, mut pace) = (0, pace());
        let work = |(): &mut (), article: ArticleId, to: &mut Yield<Vec<Option<HitGroup>>>| {
            self.counts(generation) && to.put(self.said(article, &names, &decided))
        };
        let heard = in_order(hearing.articles.iter().copied(), work, |group: Option<HitGroup>| {
            findings.searched += 1;
            kept += group.as_ref().map_or(0, |group| group.hits.len());
            findings.groups.extend(group);
            if kept >= OF_ALL || !self.counts(generation) {
                return ControlFlow::Break(Enough);
            }
            if pace.is_due() {
                let next = Findings { generation, ..Findings::default() };
                let part = std::mem::replace(&mut findings, next);
                if !self.answers.give(Outcome::Heard(part)) {
                    return ControlFlow::Break(Enough);
                }
                pace.restart();
            }
            ControlFlow::Continue(())
        });
        // Who does not want it any more needs no last word; and what was found is enough.
        let (Ok(()) | Err(Enough)) = heard;
        if self.counts(generation) {
            self.answers.give(Outcome::Heard(Findings { ended: true, ..findings }));
        }
    }

    /// What those of these names say in an article.
    fn said(
        &self,
        article: ArticleId,
        names: &HashSet<&str>,
        decided: &BTreeMap<ArticleId, Vec<Annotation>>,
    ) -> Option<HitGroup> {
        let read = self.shelf.peek(article, self.encoding).ok()?;
        let own = decided.get(&article).map(Vec::as_slice).unwrap_or_default();
        let attributed = attributed(&read, own).ok()?;
        let theirs = attributed.iter().filter(|it| {
            let speaker = it.quotation.speaker.as_deref();
            it.is_quotation() && speaker.is_some_and(|it| names.contains(spoken_name(it).as_str()))
        });
        let spans: Vec<_> = theirs.map(|it| it.quotation.inner).collect();
        let hits = spans.iter().take(OF_ONE).map(|&span| hit(&read.text, span)).collect();
        (!spans.is_empty()).then_some(HitGroup { article, hits, count: spans.len() })
    }
}
