//! Searching a long text: those who read it find, and count.

use super::Turn;
use crate::app::model::Model;
use crate::app::reading::{Reading, Search};
use crate::app::{Around, Ask, Effect, Landmark, Then, Wait, Words};

impl Model {
    /// Searches a long text for what is typed, from where the search began.
    pub(super) fn search_far(&mut self, origin: Landmark, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        if reading.found.pattern.is_none() {
            self.cease(turn);
            self.go_far(origin, turn);
            return;
        }
        let here = reading.offset(origin);
        let near = here.and_then(|here| reading.found.matches.iter().find(|it| it.start >= here));
        if let Some(near) = near.copied() {
            reading.go_to(near.start);
        }
        self.ask_find((origin, true), 1, turn);
    }

    /// Goes from match to match in a long text.
    pub(super) fn next_far(&mut self, forward: bool, steps: usize, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        let (matches, cursor) = (&reading.found.matches, reading.cursor);
        let near = if forward {
            let after = matches.partition_point(|found| found.start <= cursor);
            matches.get(after + steps - 1)
        } else {
            let before = matches.partition_point(|found| found.start < cursor);
            before.checked_sub(steps).and_then(|at| matches.get(at))
        };
        let here = reading.landmark(cursor);
        if let Some(near) = near.copied() {
            reading.go_to(near.start);
            if let Some(long) = &mut reading.long {
                long.hunt.wrapped = false;
            }
            self.tell_nth(turn);
            return;
        }
        let from = if forward { Landmark(here.0.saturating_add(1)) } else { here };
        self.ask_find((from, forward), steps, turn);
        if let Some(long) = self.reading.as_mut().and_then(|reading| reading.long.as_mut()) {
            long.hunt.wait = Wait::WithKeys;
        }
    }

    fn ask_find(&mut self, (from, forward): (Landmark, bool), nth: usize, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        let Search { typed, looking, .. } = &reading.found;
        let words = Words { typed: typed.clone(), looking: *looking };
        let article = reading.id;
        let Some(long) = &mut reading.long else { return };
        let hunt = &mut long.hunt;
        if hunt.words.as_ref() != Some(&words) {
            (hunt.counts, hunt.ended) = (Vec::new(), false);
            hunt.words = Some(words.clone());
        }
        hunt.serial += 1;
        hunt.wait = Wait::Idly;
        let ask = Ask::Find { serial: hunt.serial, words, from, forward, nth };
        turn.ask(Effect::Long { article, generation: long.generation, ask });
    }

    /// Gives up searching a long text.
    pub(super) fn cease(&mut self, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        let Some(long) = &mut reading.long else { return };
        if long.hunt.words.take().is_none() {
            return;
        }
        long.hunt.serial += 1;
        long.hunt.wait = Wait::Not;
        let generation = long.generation;
        turn.ask(Effect::Long { article: reading.id, generation, ask: Ask::Cease });
    }

    /// Whether a long text is being searched.
    pub(super) fn is_hunting(&self) -> bool {
        let long = self.reading.as_ref().and_then(|reading| reading.long.as_ref());
        long.is_some_and(|long| long.hunt.words.is_some() && !long.hunt.ended)
    }

    /// Takes in where a match is.
    pub(super) fn take_match(&mut self, at: Option<Landmark>, wrapped: bool, turn: &mut Turn) {
        let typing = self.is_typing();
        let Some(reading) = &mut self.reading else { return };
        let origin = reading.before_search.as_ref().map(|&(origin, _)| origin);
        let Some(long) = &mut reading.long else { return };
        (long.hunt.wait, long.hunt.wrapped) = (Wait::Not, wrapped);
        if let Some(at) = at.or(origin) {
            match reading.offset(at) {
                // It may have been found in the window already.
                Some(here) if here == reading.cursor => {}
                Some(here) => reading.go_to(here),
                None => self.ask_window(Around::Landmark(at), Then::Match(at), turn),
            }
        }
        if !typing {
            self.tell_nth(turn);
        }
        if !self.is_waiting() {
            self.take_up(turn);
        }
    }

    /// Says which of how many matches the cursor is on, as far as they are counted.
    pub(super) fn tell_nth(&mut self, turn: &mut Turn) {
        if self.is_typing() || self.is_waiting() {
            return;
        }
        let Some(message) = self.reading.as_ref().and_then(Reading::match_told) else {
            return;
        };
        self.status.say(turn.now, message);
    }
}

impl Reading {
    /// Which of the matches in a long text the cursor is on or behind, as far as they are counted, and
    /// how many there are, if all are.
    #[must_use]
    pub fn nth_match(&self) -> Option<(Option<usize>, Option<usize>)> {
        let long = self.long.as_ref()?;
        let hunt = &long.hunt;
        let piece = long.window.laid_at(self.cursor)?;
        let number = usize::try_from(piece.number).ok()?;
        let sum = |counts: &[u32]| counts.iter().map(|&count| count as usize).sum::<usize>();
        let matches = &self.found.matches;
        let own = matches.partition_point(|found| found.start <= self.cursor)
            - matches.partition_point(|found| found.start < piece.start);
        let nth = hunt.counts.get(..number).map(|before| sum(before) + own);
        Some((nth, hunt.ended.then(|| sum(&hunt.counts))))
    }

    /// What is said of the match that the cursor is on.
    #[must_use]
    pub fn match_told(&self) -> Option<String> {
        let hunt = &self.long.as_ref()?.hunt;
        let typed = &hunt.words.as_ref()?.typed;
        let around = if hunt.wrapped { " · around the end" } else { "" };
        Some(match self.nth_match()? {
            (_, Some(0)) => format!("no “{typed}” in this article"),
            (Some(nth), Some(all)) => {
                format!("“{typed}” {nth} of {all}{around}")
            }
            _ if hunt.wait != Wait::Not => format!("“{typed}” · searching…"),
            _ => format!("“{typed}” · counting…{around}"),
        })
    }
}
