//! Answers: what comes of work in the background, on its way back.

use std::fmt;
use std::sync::Arc;
use std::thread;

use crate::app::Outcome;

/// What a thread in the background has to say.
#[derive(Debug)]
pub enum Answer {
    /// An effect came to something.
    Outcome(Outcome),
    /// The thread is no more, by a fault of ours.
    Fallen,
}

/// Where answers go. Whoever listens may have gone; then there is no more work to do.
#[derive(Clone)]
pub struct Answers(Arc<dyn Fn(Answer) -> bool + Send + Sync>);

impl Answers {
    /// Answers to `listener`, which says whether it still listens.
    pub fn new(listener: impl Fn(Answer) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(listener))
    }

    /// Gives an answer; whether it was heard.
    pub(super) fn give(&self, outcome: Outcome) -> bool {
        (self.0)(Answer::Outcome(outcome))
    }

    /// A thread called `name` that says so when it falls.
    pub(super) fn spawn<T: Send + 'static>(
        &self,
        name: &str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> std::io::Result<thread::JoinHandle<T>> {
        let watch = Watch(self.clone());
        thread::Builder::new().name(name.to_owned()).spawn(move || {
            let _watch = watch;
            work()
        })
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answers")
    }
}

/// Says that its thread fell.
struct Watch(Answers);

impl Drop for Watch {
    fn drop(&mut self) {
        if thread::panicking() {
            (self.0.0)(Answer::Fallen);
        }
    }
}
