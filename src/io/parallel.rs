//! Work on many things at once whose product comes in the order of the things.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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

/// What a worker makes until it is taken in; then the memory of it is used again, for what one thread
/// asks for and another gives back costs both.
pub trait Batch: Default + Send {
    /// How much there is in it, in products.
    fn weight(&self) -> usize;

    /// Empties it.
    fn clear(&mut self);
}

impl<R: Send> Batch for Vec<R> {
    fn weight(&self) -> usize {
        self.len()
    }

    fn clear(&mut self) {
        self.clear();
    }
}

/// Batches that were taken in.
type Used<B> = Arc<Mutex<Vec<B>>>;

/// Where a worker puts what it makes.
#[derive(Debug)]
pub struct Yield<B> {
    /// What was made last.
    pub batch: B,
    to: SyncSender<B>,
    used: Used<B>,
}

impl<R: Send> Yield<Vec<R>> {
    /// Puts something; whether more is wanted. Waits where what is made is not taken in so fast.
    pub fn put(&mut self, product: R) -> bool {
        self.batch.push(product);
        self.pass()
    }
}

impl<B: Batch> Yield<B> {
    /// Hands the batch on where there is enough in it; whether more is wanted. Waits where what is made is
    /// not taken in so fast.
    pub fn pass(&mut self) -> bool {
        self.batch.weight() < BATCH || self.flush()
    }

    fn flush(&mut self) -> bool {
        if self.batch.weight() == 0 {
            return true;
        }
        let next = locked(&self.used).pop().unwrap_or_default();
        self.to.send(std::mem::replace(&mut self.batch, next)).is_ok()
    }
}

/// Some things to work on, and where what comes of them goes.
struct Lot<T, B> {
    things: Vec<T>,
    to: SyncSender<B>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Works on `things` with as many threads as there are cores, each with an `O` of its own to reuse, and
/// hands what they make to `take` on this thread, in the order of the things, until it breaks.
///
/// The things are drawn on a thread of their own. What waits to be taken in is bounded, however much is
/// made of one thing.
///
/// # Errors
/// What `take` breaks with.
pub fn in_order<T, R, O, E>(
    things: impl Iterator<Item = T> + Send,
    work: impl Fn(&mut O, T, &mut Yield<Vec<R>>) -> bool + Sync,
    mut take: impl FnMut(R) -> ControlFlow<E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
    O: Default,
{
    let take_all = |batch: &mut Vec<R>| batch.drain(..).try_for_each(&mut take);
    in_order_by(things, |_| USUAL, work, take_all)
}

/// The same for things of which some are more work than others: `weigh` tells how much, [`MOST`] being
/// enough for one thread at once. What comes of them is taken in by batches.
///
/// # Errors
/// What `take` breaks with.
pub fn in_order_by<T, B, O, E>(
    things: impl Iterator<Item = T> + Send,
    weigh: impl Fn(&T) -> usize + Send,
    work: impl Fn(&mut O, T, &mut Yield<B>) -> bool + Sync,
    mut take: impl FnMut(&mut B) -> ControlFlow<E>,
) -> Result<(), E>
where
    T: Send,
    B: Batch,
    O: Default,
{
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    // A lot waits here for a worker, its product there for its turn.
    let (lots, to_work) = sync_channel::<Lot<T, B>>(workers);
    let (turns, in_turn) = sync_channel::<Receiver<B>>(AHEAD * workers);
    // The workers alone hold it: should they all fall, nobody waits for them.
    let to_work = Arc::new(Mutex::new(to_work));
    let used = Used::default();
    let work = &work;
    thread::scope(move |scope| {
        scope.spawn(move || deal(things, weigh, &lots, &turns));
        for _ in 0..workers {
            let (to_work, used) = (Arc::clone(&to_work), Arc::clone(&used));
            scope.spawn(move || {
                let (mut own, mut batch) = (O::default(), B::default());
                while let Some(Lot { things, to }) = next(&to_work) {
                    let mut product = Yield { batch, to, used: Arc::clone(&used) };
                    if things.into_iter().all(|thing| work(&mut own, thing, &mut product)) {
                        product.flush();
                    }
                    batch = product.batch;
                    batch.clear();
                }
            });
        }
        drop(to_work);
        for mut batch in in_turn.iter().flatten() {
            if let ControlFlow::Break(broken) = take(&mut batch) {
                return Err(broken);
            }
            batch.clear();
            locked(&used).push(batch);
        }
        Ok(())
    })
}

/// Deals the things out in lots: small ones first, so that something comes of them soon.
fn deal<T, B>(
    mut things: impl Iterator<Item = T>,
    weigh: impl Fn(&T) -> usize,
    lots: &SyncSender<Lot<T, B>>,
    turns: &SyncSender<Receiver<B>>,
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
    locked(waiting).recv().ok()
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// What comes of making each number so many times over as it says.
    fn made(numbers: &[usize]) -> Vec<usize> {
        let mut taken = Vec::new();
        let work = |(): &mut (), number: usize, to: &mut Yield<Vec<usize>>| {
            (0..number).all(|_| to.put(number))
        };
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
        let work = |(): &mut (), thing: usize, to: &mut Yield<Vec<usize>>| to.put(thing);
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

    /// How far the work on some things runs ahead, put into a batch of this kind.
    fn lead<B: Batch>(put: impl Fn(&mut B, usize) + Sync, count: impl Fn(&B) -> usize) -> usize {
        let made = Lead::default();
        let work = |(): &mut (), thing: usize, to: &mut Yield<B>| {
            (0..30_000).all(|_| {
                made.step();
                put(&mut to.batch, thing);
                to.pass()
            })
        };
        let all: Result<(), Infallible> = in_order_by(
            0..3,
            |_| 1,
            work,
            |batch| {
                (0..count(batch)).for_each(|_| made.take());
                ControlFlow::Continue(())
            },
        );
        assert!(all.is_ok());
        made.most.into_inner()
    }

    #[test]
    fn what_one_thing_makes_does_not_pile_up() {
        // Of the lots of one thing and of two: what waits, what is being taken in, and what is being made.
        assert!(lead(Vec::push, Vec::len) <= 2 * (WAITING + 3) * BATCH);
        let heavy = lead(|batch: &mut Grown, thing| batch.0.push(thing), |batch| batch.0.len());
        assert!(heavy <= 2 * (WAITING + 3) * 4);
    }

    /// What remembers how large it has grown.
    #[derive(Default)]
    struct Grown(Vec<usize>, usize);

    impl Batch for Grown {
        fn weight(&self) -> usize {
            self.0.len() * BATCH / 4
        }

        fn clear(&mut self) {
            (self.0, self.1) = (Vec::new(), self.1 + 1);
        }
    }

    #[test]
    fn a_batch_is_handed_on_once_it_weighs_enough_and_used_again() {
        let (mut most, mut all, mut used) = (0, Vec::new(), 0);
        let work = |(): &mut (), thing: usize, to: &mut Yield<Grown>| {
            (0..thing % 9).all(|_| {
                to.batch.0.push(thing);
                to.pass()
            })
        };
        let done: Result<(), Infallible> = in_order_by(
            0..900,
            |_| 1,
            work,
            |batch: &mut Grown| {
                (most, used) = (most.max(batch.0.len()), used.max(batch.1));
                all.append(&mut batch.0);
                ControlFlow::Continue(())
            },
        );
        assert!(done.is_ok());
        let expected: Vec<usize> =
            (0..900).flat_map(|thing| std::iter::repeat_n(thing, thing % 9)).collect();
        assert_eq!((all, most), (expected, 4));
        assert!(used > 2, "{used}");
    }
}
