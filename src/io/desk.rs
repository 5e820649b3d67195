//! The desk: where the threads that read the whole library take their next articles from.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::corpus::ArticleId;

/// The most articles that a thread takes at once.
const MOST: usize = 16;
/// How long after a key nothing is handed out that can wait: longer than it takes a key that is held down to
/// come again.
const LULL: Duration = Duration::from_millis(50);

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
    lull: Arc<Lull>,
}

/// Until when what can wait does: whoever sets it waits for nobody.
#[derive(Debug)]
struct Lull {
    since: Instant,
    /// Milliseconds from then on.
    until: AtomicU64,
}

impl Lull {
    fn left(&self) -> Duration {
        let until = Duration::from_millis(self.until.load(Ordering::Relaxed));
        until.saturating_sub(self.since.elapsed())
    }
}

impl Default for Lull {
    fn default() -> Self {
        Self { since: Instant::now(), until: AtomicU64::new(0) }
    }
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

    /// Has nothing handed out for a moment but what is preferred: keys are coming, which are not to wait for
    /// a core.
    pub(super) fn hush(&self) {
        let until = (self.lull.since.elapsed() + LULL).as_millis();
        self.lull.until.store(u64::try_from(until).unwrap_or(u64::MAX), Ordering::Relaxed);
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
                let wait = self.lull.left();
                if !wait.is_zero() {
                    let woken = self.pile.1.wait_timeout(pile, wait);
                    pile = woken.unwrap_or_else(PoisonError::into_inner).0;
                    continue;
                }
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
    fn what_can_wait_does_while_keys_come() {
        let desk = Desk::default();
        desk.begin(Task::Judge, vec![ArticleId(0), ArticleId(1)]);
        desk.hush();
        let start = Instant::now();
        desk.prefer(vec![ArticleId(1)]);
        assert_eq!(desk.take(), Some((Task::Both, vec![ArticleId(1)], 0)));
        assert_eq!(desk.take(), Some((Task::Judge, vec![ArticleId(0)], 2)));
        assert!(start.elapsed() > LULL / 2);
    }

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
