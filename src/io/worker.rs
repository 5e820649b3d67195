//! Workers: threads that take requests one after the other. Each starts with the first of them, so that
//! nothing is in the way of the first page that it does not need.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::answer::Answers;

/// A thread that takes requests.
#[derive(Debug)]
pub(super) struct Worker<T> {
    requests: Sender<T>,
    /// What it will do, until it has begun.
    idle: Option<Idle<T>>,
}

/// What a worker does.
type Work<T> = Box<dyn FnOnce(&Receiver<T>) + Send>;

/// A worker that has not begun.
struct Idle<T> {
    name: &'static str,
    answers: Answers,
    requests: Receiver<T>,
    work: Work<T>,
}

impl<T: Send + 'static> Worker<T> {
    /// A worker called `name`, which will do `work` on what it is sent.
    pub(super) fn new(
        name: &'static str,
        answers: &Answers,
        work: impl FnOnce(&Receiver<T>) + Send + 'static,
    ) -> Self {
        let (sender, requests) = channel();
        let (answers, work) = (answers.clone(), Box::new(work));
        Self { requests: sender, idle: Some(Idle { name, answers, requests, work }) }
    }

    /// Sends it a request. One that has fallen has said so itself.
    ///
    /// # Errors
    /// It has not begun, and the system has no thread to give.
    pub(super) fn send(&mut self, request: T) -> io::Result<()> {
        if let Some(Idle { name, answers, requests, work }) = self.idle.take() {
            answers.spawn(name, move || work(&requests))?;
        }
        let _ = self.requests.send(request);
        Ok(())
    }
}

impl<T> fmt::Debug for Idle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A worker whose requests are numbered, and of which only the newest counts.
#[derive(Debug)]
pub(super) struct Latest<T> {
    worker: Worker<T>,
    newest: Arc<AtomicU64>,
}

impl<T: Send + 'static> Latest<T> {
    /// A worker called `name`, which will do `work` on what it is sent, and can look at the number of the
    /// request that counts.
    pub(super) fn new(
        name: &'static str,
        answers: &Answers,
        work: impl FnOnce(Arc<AtomicU64>, &Receiver<T>) + Send + 'static,
    ) -> Self {
        let newest = Arc::new(AtomicU64::new(0));
        let looks = Arc::clone(&newest);
        Self { worker: Worker::new(name, answers, move |requests| work(looks, requests)), newest }
    }

    /// Sends it the request that counts from now on.
    ///
    /// # Errors
    /// As [`Worker::send`].
    pub(super) fn send(&mut self, generation: u64, request: T) -> io::Result<()> {
        self.count(generation);
        self.worker.send(request)
    }

    /// Has no request count but that of this number.
    pub(super) fn count(&self, generation: u64) {
        self.newest.store(generation, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_begins_with_its_first_request() {
        let answers = Answers::new(|_| true);
        let (sender, done) = channel();
        let mut worker = Worker::new("adder", &answers, move |requests: &Receiver<u32>| {
            let _ = sender.send(0);
            for request in requests {
                let _ = sender.send(request + 1);
            }
        });
        assert!(worker.idle.is_some() && done.try_recv().is_err());
        worker.send(1).unwrap();
        worker.send(2).unwrap();
        drop(worker);
        assert_eq!(done.iter().collect::<Vec<_>>(), [0, 2, 3]);
    }

    #[test]
    fn only_the_newest_request_counts() {
        let answers = Answers::new(|_| true);
        let (sender, done) = channel();
        let (go, gate) = channel();
        let mut worker = Latest::new("picker", &answers, move |newest, requests| {
            let _: Result<(), _> = gate.recv();
            for request in requests {
                if newest.load(Ordering::Relaxed) == request {
                    let _ = sender.send(request);
                }
            }
        });
        for generation in 1..=3 {
            worker.send(generation, generation).unwrap();
        }
        go.send(()).unwrap();
        assert_eq!(done.recv().unwrap(), 3);
        worker.send(4, 4).unwrap();
        assert_eq!(done.recv().unwrap(), 4);
        drop(worker);
        assert!(done.recv().is_err());
    }
}
