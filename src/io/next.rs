//! The next article: it is read, and it is found out who speaks in it, while a person still reads the one
//! before, so that it is there at once. Whether its file is still as it was is looked at when it is shown.

use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};

use encoding_rs::Encoding;

use super::analysis::{Analysis, analyse};
use super::long::length;
use super::reader::LARGE;
use super::shelf::{Origin, Shelf};
use super::survey::give_way;
use super::watch::Stamp;
use crate::corpus::{Article, ArticleId, Digest};

/// An article that may be opened next.
#[derive(Debug)]
pub(super) struct Ready {
    article: ArticleId,
    /// Its file as it was before it was read.
    pub(super) stamp: Option<Stamp>,
    pub(super) text: Arc<Article>,
    pub(super) digest: Arc<Digest>,
    pub(super) analysis: Analysis,
}

/// What was made ready, if anything was.
#[derive(Debug, Clone, Default)]
pub(super) struct Next(Arc<Mutex<Option<Ready>>>);

impl Next {
    /// Makes ready what is asked for until nobody asks; of several articles the last.
    pub(super) fn run(
        &self,
        on: &Shelf,
        encoding: Option<&'static Encoding>,
        asked: &Receiver<ArticleId>,
    ) {
        give_way();
        while let Ok(article) = asked.recv() {
            let article = asked.try_iter().last().unwrap_or(article);
            let ready = on.origin(article).and_then(|it| prepare(article, &it, encoding));
            drop(self.replace(ready));
        }
    }

    /// Takes the article that was made ready, if it is this one. Waits for nothing.
    pub(super) fn take(&self, article: ArticleId) -> Option<Ready> {
        self.replace(None).filter(|ready| ready.article == article)
    }

    /// Puts what was made ready in place of what was before, which is returned.
    pub(super) fn replace(&self, ready: Option<Ready>) -> Option<Ready> {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), ready)
    }
}

/// None where it is large or cannot be read: then those say so who read it when it is opened.
fn prepare(
    article: ArticleId,
    origin: &Origin,
    encoding: Option<&'static Encoding>,
) -> Option<Ready> {
    if let Origin::File(source) = origin
        && length(source, LARGE as u64).is_some()
    {
        return None;
    }
    let stamp = origin.stamp();
    let text = origin.read(encoding).ok()?;
    let analysis = analyse(&text).ok()?;
    let digest = Arc::new(text.digest());
    Some(Ready { article, stamp, text, digest, analysis })
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::io::walk::{Manner, Walk};

    fn shelf_on(folder: &Path) -> Shelf {
        let shelf = Shelf::default();
        for source in Walk::new([folder.to_path_buf()], Manner::default()) {
            shelf.add(Origin::File(source.unwrap()), None).unwrap();
        }
        shelf
    }

    /// What is ready after these were asked for.
    fn after(shelf: &Shelf, asked: &[u32]) -> Next {
        let (next, (sender, requests)) = (Next::default(), channel());
        for &article in asked {
            sender.send(ArticleId(article)).unwrap();
        }
        drop(sender);
        // It gives way for good, and the thread of a test must not.
        std::thread::scope(|scope| {
            let run = scope.spawn(|| {
                let requests = requests;
                next.run(shelf, None, &requests);
            });
            run.join().unwrap();
        });
        next
    }

    #[test]
    fn what_was_asked_for_last_is_ready_once() {
        let folder = tempfile::tempdir().unwrap();
        let text = "Ferry\n\n“We sailed,” said Ann Holt.\n";
        for name in ["a.txt", "b.txt"] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let shelf = shelf_on(folder.path());
        let next = after(&shelf, &[0, 1]);
        let ready = next.take(ArticleId(1)).unwrap();
        assert_eq!((&*ready.text.text, ready.analysis.quotations.len()), (text, 1));
        assert_eq!(ready.stamp, Stamp::of(&folder.path().join("b.txt")));
        assert!(next.take(ArticleId(1)).is_none(), "it is there once");
        assert!(after(&shelf, &[0]).take(ArticleId(1)).is_none(), "it is another");
    }

    #[test]
    fn what_is_large_or_unreadable_is_left_to_those_who_open_it() {
        let folder = tempfile::tempdir().unwrap();
        let line = "The ferry to Skellan sailed again on Wednesday.\n\n";
        std::fs::write(folder.path().join("a.txt"), line.repeat(12_000)).unwrap();
        std::fs::write(folder.path().join("b.txt"), [0, 1, 2]).unwrap();
        let shelf = shelf_on(folder.path());
        for article in [0, 1] {
            assert!(after(&shelf, &[article]).take(ArticleId(article)).is_none());
        }
    }
}
