//! The pace at which what comes of a long piece of work is sent.

use std::time::{Duration, Instant};

/// When the next part is due: the first soon, so that there is something to see, and each further one after
/// twice as long, since each is work for whoever takes it in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    began: Instant,
    patience: Duration,
    longest: Duration,
}

impl Pace {
    /// The first part is due after `first`, and no part is kept back for longer than `longest`.
    pub(super) fn new(first: Duration, longest: Duration) -> Self {
        Self { began: Instant::now(), patience: first, longest }
    }

    /// Whether it has been so long that what there is is to be sent.
    pub(super) fn is_due(&self) -> bool {
        self.began.elapsed() >= self.patience
    }

    /// Begins with the next part.
    pub(super) fn restart(&mut self) {
        self.began = Instant::now();
        self.patience = (self.patience * 2).min(self.longest);
    }
}
