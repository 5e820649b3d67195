//! Searching a long text: the match that is wanted first, then how many there are.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvError, TryRecvError};

use super::anchor::places;
use super::seek::{Seeker, Sight};
use super::server::{Current, Teller};
use crate::app::{Ask, Landmark, Outcome, Sought, Told, Words};

/// How many pieces are counted before it is asked whether something else is wanted.
const COUNTED: u64 = 128;

/// What searches one long text.
#[derive(Debug)]
pub(super) struct Searching {
    teller: Teller,
    volume: Current,
}

/// What was asked and is not done yet.
struct Asks<'a> {
    from: &'a Receiver<Ask>,
    waiting: VecDeque<Ask>,
}

impl Asks<'_> {
    /// What is to be done next; where that is nothing it waits, unless there is `other` work.
    fn next(&mut self, other: bool) -> Result<Option<Ask>, RecvError> {
        if let Some(ask) = self.waiting.pop_front() {
            return Ok(Some(ask));
        }
        if !other {
            return self.from.recv().map(Some);
        }
        match self.from.try_recv() {
            Ok(ask) => Ok(Some(ask)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(RecvError),
        }
    }

    /// Whether something else is to be searched for by now, or nothing.
    fn end_search(&mut self) -> bool {
        self.waiting.extend(self.from.try_iter());
        self.waiting.iter().any(|ask| matches!(ask, Ask::Find { .. } | Ask::Cease))
    }
}

/// A search: what is looked for, and how far its matches are counted.
struct Hunt {
    serial: u64,
    words: Words,
    seeker: Seeker,
    /// The next piece whose matches are to be counted.
    next: u64,
}

impl Hunt {
    /// Whether there are matches left to count.
    fn counts_on(&self) -> bool {
        self.next < self.seeker.count()
    }
}

impl Searching {
    pub(super) const fn new(teller: Teller, volume: Current) -> Self {
        Self { teller, volume }
    }

    /// Does what is asked until nobody asks; in between, matches are counted.
    pub(super) fn run(&self, asks: &Receiver<Ask>) {
        let mut hunt: Option<Hunt> = None;
        let mut asks = Asks { from: asks, waiting: VecDeque::new() };
        while let Ok(ask) = asks.next(hunt.as_ref().is_some_and(Hunt::counts_on)) {
            let heard = match ask {
                Some(Ask::Find { serial, words, from, forward, nth }) => {
                    hunt = self.hunt(hunt, serial, words);
                    self.find(hunt.as_ref(), serial, (from, forward, nth), &mut asks)
                }
                Some(Ask::Cease) => {
                    hunt = None;
                    true
                }
                Some(Ask::Anchor(sought)) => self.anchor(sought),
                Some(Ask::Window { .. }) => true,
                None => self.count(&mut hunt),
            };
            if !heard {
                return;
            }
        }
    }

    /// The search for these words: the one that is under way, if it is for the same.
    fn hunt(&self, known: Option<Hunt>, serial: u64, words: Words) -> Option<Hunt> {
        let volume = self.volume.get();
        let same = |hunt: &Hunt| hunt.words == words && hunt.seeker.is_in(&volume);
        if let Some(hunt) = known.filter(same) {
            return Some(Hunt { serial, ..hunt });
        }
        let seeker = Seeker::new(volume, words.pattern()?);
        Some(Hunt { serial, words, seeker, next: 0 })
    }

    fn find(
        &self,
        hunt: Option<&Hunt>,
        serial: u64,
        (from, forward, nth): (Landmark, bool, usize),
        asks: &mut Asks<'_>,
    ) -> bool {
        let found = hunt.map(|hunt| hunt.seeker.nth((from, forward), nth, || asks.end_search()));
        let (at, wrapped) = match found {
            // Whoever asked for it asks for something else now.
            Some(Ok(Sight::GivenUp)) => return true,
            Some(Ok(sight)) => sight.place(),
            None => (None, false),
            Some(Err(error)) => {
                let problem = format!("{}: {error}", self.volume.get().place);
                return self.teller.answers.give(Outcome::Failed(problem))
                    && self.teller.tell(Told::Match { serial, at: None, wrapped: false });
            }
        };
        self.teller.tell(Told::Match { serial, at, wrapped })
    }

    /// Counts the matches of some more pieces.
    fn count(&self, hunt: &mut Option<Hunt>) -> bool {
        let Some(Hunt { serial, seeker, next, .. }) = hunt else { return true };
        let (serial, first) = (*serial, *next);
        let last = (first + COUNTED).min(seeker.count());
        let counts = seeker.counts(first, last).unwrap_or_default();
        *next = last;
        let ended = last >= seeker.count();
        self.teller.tell(Told::Counted { serial, counts: (first, counts), ended })
    }

    /// Looks for the words of annotations that were made on another text.
    fn anchor(&self, sought: Vec<Sought>) -> bool {
        let places = places(&self.volume.get(), &sought);
        self.teller.tell(Told::Anchored(sought.into_iter().zip(places).collect()))
    }
}
