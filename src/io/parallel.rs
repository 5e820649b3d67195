//! Work on many things at once whose product comes in the order of the things.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The most that one thread takes at once: so many things, or as many as weigh that.
pub const MOST: usize = 256;
/// What a thing weighs of which nothing is known.
pub const USUAL: usize = 4;
/// Lots that are begun, for each thread, before the first of them is taken in.
const AHEAD: usize = 8;
/// Batches that a lot may have waiting to be taken in: more than most lots make, for a thread that waits
/// for its turn does nothing else.
const WAITING: usize = 8;
/// Products in a batch, or what they weigh: each wakes whoever takes them in.
const BATCH: usize = 1024;

/// Where a worker puts what it makes.
#[derive(Debug)]
pub struct Yield<R> {
    batch: Vec<R>,
    weight: usize,
    to: SyncSender<Vec<R>>,
}

impl<R> Yield<R> {
    /// Puts something; whether more is wanted. Waits where what is made is not taken in so fast.
    pub fn put(&mut self, product: R) -> bool {
        self.put_heavy(product, 1)
    }

    /// The same for one that takes as much room as so many others.
    pub fn put_heavy(&mut self, product: R, weight: usize) -> bool {
        self.batch.push(product);
        self.weight += weight;
        self.weight < BATCH || self.flush()
    }

    fn flush(&mut self) -> bool {
        self.weight = 0;
        self.batch.is_empty() || self.to.send(std::mem::take(&mut self.batch)).is_ok()
    }
}

/// Some things to work on, and where what comes of them goes.
struct Lot<T, R> {
    things: Vec<T>,
    to: SyncSender<Vec<R>>,
}

/// Works on `things` with as many threads as there are cores, each with a `B` of its own to reuse, and
/// hands what they make to `take` on this thread, in the order of the things, until it breaks.
///
/// The things are drawn on a thread of their own. What waits to be taken in is bounded, however much is
/// made of one thing.
///
/// # Errors
/// What `take` breaks with.
pub fn in_order<T, R, B, E>(
    things: impl Iterator<Item = T> + Send,
    work: impl Fn(&mut B, T, &mut Yield<R>) -> bool + Sync,
    take: impl FnMut(R) -> ControlFlow<E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
    B: Default,
{
    in_order_by(things, |_| USUAL, work, take)
}

/// The same for things of which some are more work than others: `weigh` tells how much, [`MOST`] being
/// enough for one thread at once.
///
/// # Errors
/// What `take` breaks with.
pub fn in_order_by<T, R, B, E>(
    things: impl Iterator<Item = T> + Send,
    weigh: impl Fn(&T) -> usize + Send,
    work: impl Fn(&mut B, T, &mut Yield<R>) -> bool + Sync,
    mut take: impl FnMut(R) -> ControlFlow<E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
    B: Default,
{
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    // A lot waits here for a worker, its product there for its turn.
    let (lots, to_work) = sync_channel::<Lot<T, R>>(workers);
    let (turns, in_turn) = sync_channel::<Receiver<Vec<R>>>(AHEAD * workers);
    // The workers alone hold it: should they all fall, nobody waits for them.
    let to_work = Arc::new(Mutex::new(to_work));
    let work = &work;
    thread::scope(move |scope| {
        scope.spawn(move || deal(things, weigh, &lots, &turns));
        for _ in 0..workers {
            let to_work = Arc::clone(&to_work);
            scope.spawn(move || {
                let mut own = B::default();
                while let Some(lot) = next(&to_work) {
                    labour(&mut own, lot, work);
                }
            });
        }
        drop(to_work);
        for product in in_turn.iter().flatten().flatten() {
            if let ControlFlow::Break(broken) = take(product) {
                return Err(broken);
            }
        }
        Ok(())
    })
}

/// Deals the things out in lots: small ones first, so that something comes of them soon.
fn deal<T, R>(
    mut things: impl Iterator<Item = T>,
    weigh: impl Fn(&T) -> usize,
    lots: &SyncSender<Lot<T, R>>,
    turns: &SyncSender<Receiver<Vec<R>>>,
) {
    let mut most = 1;
    while let Some(first) = things.next() {
        let mut weight = weigh(&first);
        let mut lot = vec![first];
        while weight < most
            && let Some(next) = things.next()
        {
            weight += weigh(&next);
            lot.push(next);
        }
        let (to, turn) = sync_channel(WAITING);
        if turns.send(turn).is_err() || lots.send(Lot { things: lot, to }).is_err() {
            return;
        }
        most = (most * 2).min(MOST);
    }
}

/// The next lot: the first of those that wait, so that the one in turn is always being worked on.
fn next<L>(waiting: &Mutex<Receiver<L>>) -> Option<L> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn labour<T, R, B>(own: &mut B, lot: Lot<T, R>, work: &impl Fn(&mut B, T, &mut Yield<R>) -> bool) {
    let mut product = Yield { batch: Vec::new(), weight: 0, to: lot.to };
    for thing in lot.things {
        if !work(own, thing, &mut product) {
            return;
        }
    }
    product.flush();
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// What comes of making each number so many times over as it says.
    fn made(numbers: &[usize]) -> Vec<usize> {
        let mut taken = Vec::new();
        let work =
            |(): &mut (), number: usize, to: &mut Yield<usize>| (0..number).all(|_| to.put(number));
        let done: Result<(), Infallible> = in_order(numbers.iter().copied(), work, |number| {
            taken.push(number);
            ControlFlow::Continue(())
        });
        assert!(done.is_ok());
        taken
    }

    #[test]
    fn the_product_comes_in_the_order_of_the_things() {
        // Some make nothing, and one far more than may wait.
        let numbers: Vec<usize> =
            (0..3_000).map(|at| if at == 700 { 5_000 } else { at * 7 % 4 }).collect();
        let expected: Vec<usize> =
            numbers.iter().flat_map(|&number| std::iter::repeat_n(number, number)).collect();
        assert_eq!(made(&numbers), expected);
        assert_eq!(made(&[]), [0; 0]);
    }

    /// How far something has run ahead of what was taken, at the most.
    #[derive(Default)]
    struct Lead {
        done: AtomicUsize,
        taken: AtomicUsize,
        most: AtomicUsize,
    }

    impl Lead {
        fn step(&self) {
            let done = self.done.fetch_add(1, Ordering::SeqCst) + 1;
            let lead = done.saturating_sub(self.taken.load(Ordering::SeqCst));
            self.most.fetch_max(lead, Ordering::SeqCst);
        }

        /// Takes slowly.
        fn take(&self) {
            self.taken.fetch_add(1, Ordering::SeqCst);
            thread::yield_now();
        }
    }

    fn workers() -> usize {
        thread::available_parallelism().unwrap().get()
    }

    #[test]
    fn no_more_is_drawn_than_may_wait_and_nothing_goes_on_when_enough_was_taken() {
        let drawn = Lead::default();
        let things = (0..usize::MAX).inspect(|_| drawn.step());
        let work = |(): &mut (), thing: usize, to: &mut Yield<usize>| to.put(thing);
        let broken = in_order(things, work, |thing| {
            drawn.take();
            if thing == 60_000 { ControlFlow::Break(thing) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(broken, Err(60_000));
        let lots = (AHEAD + 2) * workers() + 3;
        assert!(drawn.most.into_inner() <= lots * MOST);
    }

    #[test]
    fn what_is_much_work_is_dealt_alone() {
        let (lots, to_work) = sync_channel::<Lot<usize, ()>>(1_000);
        let (turns, _in_turn) = sync_channel(1_000);
        let things = (0..1_200).chain([5_000, 5_001, 5_002]).chain(0..70);
        deal(things, |&thing| if thing < 5_000 { 1 } else { MOST }, &lots, &turns);
        drop(lots);
        let dealt: Vec<Vec<usize>> = to_work.iter().map(|lot| lot.things).collect();
        assert_eq!(dealt.iter().map(Vec::len).max(), Some(MOST));
        assert_eq!(dealt[..4].iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 4, 8]);
        for heavy in [5_001, 5_002] {
            assert!(dealt.contains(&vec![heavy]), "{dealt:?}");
        }
        assert_eq!(dealt.concat().len(), 1_273);
    }

    /// How far the work on some things, each product of which weighs so much, runs ahead.
    fn lead(weight: usize) -> usize {
        let made = Lead::default();
        let work = |(): &mut (), thing: usize, to: &mut Yield<usize>| {
            (0..30_000).all(|_| {
                made.step();
                to.put_heavy(thing, weight)
            })
        };
        let all: Result<(), Infallible> = in_order_by(
            0..3,
            |_| 1,
            work,
            |_| {
                made.take();
                ControlFlow::Continue(())
            },
        );
        assert!(all.is_ok());
        made.most.into_inner()
    }

    #[test]
    fn what_one_thing_makes_does_not_pile_up() {
        // Of the lots of one thing and of two: what waits, what is being taken in, and what is being made.
        assert!(lead(1) <= 2 * (WAITING + 3) * BATCH);
        assert!(lead(BATCH / 4) <= 2 * (WAITING + 3) * 4);
    }
}
