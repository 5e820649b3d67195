//! Searching a long text: the match that is wanted first, then how many there are.

use std::sync::mpsc::{Receiver, TryRecvError};

use super::anchor::places;
use super::seek::Seeker;
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
        loop {
            let ask = if hunt.as_ref().is_some_and(Hunt::counts_on) {
                match asks.try_recv() {
                    Ok(ask) => Some(ask),
                    Err(TryRecvError::Empty) => None,
                    Err(TryRecvError::Disconnected) => return,
                }
            } else {
                match asks.recv() {
                    Ok(ask) => Some(ask),
                    Err(_) => return,
                }
            };
            let heard = match ask {
                Some(Ask::Find { serial, words, from, forward, nth }) => {
                    hunt = self.hunt(hunt, serial, words);
                    self.find(hunt.as_ref(), serial, (from, forward), nth)
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
        (from, forward): (Landmark, bool),
        nth: usize,
    ) -> bool {
        let found = hunt.map(|hunt| hunt.seeker.nth(from, forward, nth));
        let (at, wrapped) = match found {
            Some(Ok(Some((at, wrapped)))) => (Some(at), wrapped),
            Some(Ok(None)) | None => (None, false),
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
