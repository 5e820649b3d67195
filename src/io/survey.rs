//! The survey: reads every article of the library in the background, on all cores and at the lowest
//! priority, so that no key ever waits for it.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::thread;

use encoding_rs::Encoding;

use super::Problem;
use super::analysis::judge;
use super::answer::Answers;
use super::cache::Judged;
use super::desk::{Desk, Task};
use super::loader::Word;
use super::shelf::{Origin, Shelf};
use super::watch::Stamp;
use crate::corpus::{ArticleId, Digest};

/// What an article is, and as of when that is known.
pub(super) type Description = (Option<Stamp>, Result<Arc<Digest>, Problem>);

/// What came of reading an article.
#[derive(Debug)]
pub(super) struct Product {
    pub(super) article: ArticleId,
    /// What it is, but where only its quotations were asked for.
    pub(super) described: Option<Description>,
    /// Who speaks in it, where that was asked for and it could be read.
    pub(super) judged: Option<Judged>,
}

/// What came of some articles.
#[derive(Debug)]
pub(super) struct Lot {
    pub(super) products: Vec<Product>,
    /// How many of all articles these were.
    pub(super) number: usize,
}

/// What the threads need.
#[derive(Debug, Clone)]
pub(super) struct Surveyor {
    pub(super) desk: Desk,
    pub(super) shelf: Shelf,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) to: SyncSender<Word>,
}

impl Surveyor {
    /// Starts as many threads as there are cores, or no more than `articles`; whether there is any.
    pub(super) fn start(&self, answers: &Answers, articles: usize) -> bool {
        let cores = || thread::available_parallelism().map_or(1, NonZero::get);
        // To count the cores takes longer than to read an article.
        let threads = if articles > 1 { cores().min(articles) } else { 1 };
        let started = (0..threads).map(|_| {
            let surveyor = self.clone();
            answers.spawn("surveyor", move || surveyor.run()).is_ok()
        });
        started.fold(false, |any, started| any | started)
    }

    fn run(&self) {
        give_way();
        while let Some((task, articles, number)) = self.desk.take() {
            let products = articles.into_iter().filter_map(|article| self.look(task, article));
            let lot = Lot { products: products.collect(), number };
            if self.to.send(Word::Lot(lot)).is_err() {
                return;
            }
        }
    }

    fn look(&self, task: Task, article: ArticleId) -> Option<Product> {
        if self.desk.is_cleared() {
            return None;
        }
        let origin = self.shelf.origin(article)?;
        match task {
            Task::Describe => Some(self.describe(article, &origin, false)),
            Task::Both => Some(self.describe(article, &origin, true)),
            Task::Judge => {
                let judged = origin.read(self.encoding).ok().map(|text| judge(&text));
                Some(Product { article, described: None, judged })
            }
        }
    }

    fn describe(&self, article: ArticleId, origin: &Origin, whole: bool) -> Product {
        // Read after this, it may be newer than its stamp, which does no harm, but never older.
        let stamp = origin.stamp();
        let read = origin.read(self.encoding);
        let text = read.as_ref().ok().filter(|_| whole);
        let judged = text.map(|text| judge(text));
        let digest = read.map(|text| Arc::new(text.digest()));
        Product { article, described: Some((stamp, digest)), judged }
    }
}

/// Lets all other threads go first.
pub(super) fn give_way() {
    #[cfg(target_os = "linux")]
    {
        // There, it is a thread that has a priority. Where it cannot be had, all goes on.
        let _ = rustix::process::setpriority_process(None, 19);
    }
}
