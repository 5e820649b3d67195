//! The desk: where the threads that read the whole library take their next articles from.

use std::collections::HashSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::corpus::ArticleId;

/// The most articles that a thread takes at once.
const MOST: usize = 16;

/// What is to be done to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Find out what it is.
    Describe,
    /// Find out who speaks in it.
    Judge,
    /// Both, since a person looks at it.
    Both,
}

/// What lies on the desk.
#[derive(Debug, Default)]
struct Pile {
    /// What comes before all else.
    preferred: Vec<ArticleId>,
    /// What was taken so; it is not taken again.
    taken: HashSet<ArticleId>,
    /// What is to be done to all articles, and to which of them it was not yet.
    stage: Option<Task>,
    left: std::vec::IntoIter<ArticleId>,
    cleared: bool,
}

/// A desk that threads share.
#[derive(Debug, Clone, Default)]
pub(super) struct Desk {
    pile: Arc<(Mutex<Pile>, Condvar)>,
}

impl Desk {
    fn pile(&self) -> MutexGuard<'_, Pile> {
        self.pile.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts articles before all others.
    pub(super) fn prefer(&self, articles: Vec<ArticleId>) {
        let mut pile = self.pile();
        pile.preferred = articles.into_iter().filter(|it| !pile.taken.contains(it)).collect();
        pile.preferred.reverse();
        self.pile.1.notify_all();
    }

    /// Puts articles on it. Those that somebody looked at meanwhile are handed out, but not to have
    /// this done to them again.
    pub(super) fn begin(&self, stage: Task, articles: Vec<ArticleId>) {
        let mut pile = self.pile();
        (pile.stage, pile.left) = (Some(stage), articles.into_iter());
        self.pile.1.notify_all();
    }

    /// Hands out nothing more.
    pub(super) fn clear(&self) {
        self.pile().cleared = true;
        self.pile.1.notify_all();
    }

    /// Whether nothing more is handed out.
    pub(super) fn is_cleared(&self) -> bool {
        self.pile().cleared
    }

    /// Waits for articles: what is to be done, to which, and how many of all these were on the pile.
    /// `None` where there is nothing more.
    pub(super) fn take(&self) -> Option<(Task, Vec<ArticleId>, usize)> {
        let mut pile = self.pile();
        loop {
            if pile.cleared {
                return None;
            }
            if let Some(article) = pile.preferred.pop() {
                if pile.taken.insert(article) {
                    return Some((Task::Both, vec![article], 0));
                }
                continue;
            }
            if let Some(stage) = pile.stage.filter(|_| pile.left.len() > 0) {
                let mut lot: Vec<ArticleId> = pile.left.by_ref().take(MOST).collect();
                let number = lot.len();
                lot.retain(|article| !pile.taken.contains(article));
                return Some((stage, lot, number));
            }
            pile = self.pile.1.wait(pile).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_preferred_comes_first_and_once() {
        let desk = Desk::default();
        desk.begin(Task::Describe, (0..20).map(ArticleId).collect());
        desk.prefer(vec![ArticleId(19), ArticleId(3)]);
        assert_eq!(desk.take(), Some((Task::Both, vec![ArticleId(19)], 0)));
        desk.prefer(vec![ArticleId(19), ArticleId(4)]);
        assert_eq!(desk.take(), Some((Task::Both, vec![ArticleId(4)], 0)));
        let (stage, lot, number) = desk.take().unwrap();
        assert_eq!((stage, lot.len(), number), (Task::Describe, 15, 16));
        assert_eq!(desk.take(), Some((Task::Describe, (16..19).map(ArticleId).collect(), 4)));
        let waiting = desk.clone();
        let taker = std::thread::spawn(move || waiting.take());
        desk.clear();
        assert_eq!(taker.join().unwrap(), None);
    }
}
