//! The survey of the library: what was found, read and judged in the background.

use std::collections::HashSet;

use super::Turn;
use crate::app::library::Found;
use crate::app::model::{Aim, Model};
use crate::app::screen::Pane;
use crate::app::survey::{MANY, Remembered, Stage, Surveyed, Work};
use crate::app::wording::counted;
use crate::app::{Action, Effect, Outcome};
use crate::corpus::ArticleId;
use crate::search::Query;

impl Model {
    /// Takes in what the survey has come to.
    pub(super) fn absorb_survey(&mut self, outcome: Outcome, turn: &mut Turn) {
        match outcome {
            Outcome::Found(found) => self.take_found(found, turn),
            Outcome::Listed => self.end_listing(turn),
            Outcome::Remembered(remembered) => self.take_remembered(remembered, turn),
            Outcome::Surveyed(surveyed) => self.take_surveyed(surveyed, turn),
            Outcome::Unreadable { article, problem } => {
                self.library.withdraw(article);
                self.library.admit(&[article]);
                self.take_problem(problem, turn);
            }
            Outcome::Withdrawn(articles) => {
                for &article in &articles {
                    self.library.withdraw(article);
                }
                self.library.admit(&articles);
            }
            Outcome::Working(step) => {
                self.library.work = Some(Work::next(self.library.work, step, turn.now));
            }
            Outcome::Worked => self.library.work = None,
            Outcome::Walked => self.end_walk(turn),
            outcome => self.absorb_change(outcome, turn),
        }
    }

    /// Takes in articles that were found; opens the one that was open last time as soon as it is
    /// there, or else the first of the list, where nobody is to wait until all are known.
    fn take_found(&mut self, found: Vec<Found>, turn: &mut Turn) {
        let mut reopened = None;
        if self.library.walked {
            let count = counted(found.len(), "new article");
            self.status.say(turn.now, count);
        }
        let new: Vec<ArticleId> = found.iter().map(|found| found.entry.id).collect();
        // Of most articles nothing is known, and that is to cost next to nothing.
        let known: HashSet<&str> = self.places.known.keys().map(|(_, name)| &**name).collect();
        for Found { mut entry, annotations } in found {
            if known.contains(&*entry.name) {
                let key = entry.place_key();
                if let Some(place) = self.places.known.get(&key) {
                    entry.furthest = place.furthest;
                    entry.read = place.read;
                }
                if self.places.open.as_ref() == Some(&key) {
                    reopened = Some(entry.id);
                }
            }
            if !annotations.is_empty() {
                self.notebook.load(entry.id, annotations);
            }
            self.library.add(entry);
        }
        self.library.admit(&new);
        self.search_further(&new, turn);
        if let Some(article) = reopened.filter(|_| self.opening.is_none()) {
            self.open(article, Aim::Place, Pane::Text, turn);
        } else if self.places.open.is_none() && self.library.len() >= MANY {
            self.open_first(turn);
        }
    }

    /// Opens the first article of the list if none is open or on its way.
    fn open_first(&mut self, turn: &mut Turn) {
        if self.reading.is_none()
            && self.opening.is_none()
            && let Some(&first) = self.library.shown.first()
        {
            self.open(first, Aim::Place, Pane::Text, turn);
        }
    }

    fn end_listing(&mut self, turn: &mut Turn) {
        self.library.listed = true;
        self.open_first(turn);
    }

    /// Takes in what the store has on articles. What a person has done to them meanwhile stays.
    fn take_remembered(&mut self, remembered: Vec<Remembered>, turn: &mut Turn) {
        let mut corrected_some = Vec::new();
        for Remembered { article, annotations, corrected } in remembered {
            self.notebook.load(article, annotations);
            if self.reading.as_ref().is_some_and(|reading| reading.id == article) {
                self.place_marks(article, turn);
            }
            if self.put_right(article, corrected) {
                corrected_some.push(article);
            }
        }
        if !corrected_some.is_empty() {
            self.library.admit(&corrected_some);
        }
        if self.library.listed {
            self.take_up_history();
        }
    }

    /// Takes in what articles are, and how many quotations they hold.
    fn take_surveyed(&mut self, surveyed: Surveyed, turn: &mut Turn) {
        let Surveyed { described, judged } = surveyed;
        for &(article, quotations) in &judged {
            if let Some(entry) = self.library.entry_mut(article) {
                entry.quotations = Some(quotations);
            }
        }
        let articles: Vec<ArticleId> = described.iter().map(|(article, _)| *article).collect();
        for (article, digest) in described {
            if let Some(entry) = self.library.entry_mut(article) {
                entry.digest = Some(digest);
            }
        }
        if !articles.is_empty() {
            self.library.admit(&articles);
            self.search_described(&articles, turn);
        }
    }

    /// Searches in articles of which it is known only now whether the filters let them through.
    fn search_described(&mut self, articles: &[ArticleId], turn: &mut Turn) {
        let search = &self.library.search;
        let query = Query::parse(search.field.text(), search.manner);
        if query.is_ok_and(|query| query.asks_metadata()) {
            self.search_further(articles, turn);
        }
    }

    fn end_walk(&mut self, turn: &mut Turn) {
        (self.library.listed, self.library.walked) = (true, true);
        self.take_up_history();
        self.open_first(turn);
        if self.library.is_empty() && self.library.problems.is_empty() {
            self.status.warn(turn.now, "there are no articles here (.txt or .jsonl files)");
        }
        match self.library.problems.as_slice() {
            [] => {}
            [problem] => self.status.warn(turn.now, problem.clone()),
            [first, rest @ ..] => {
                let keys = self.keys_for(Action::Problems).unwrap_or_default();
                let message = format!("{first} (and {} more; {keys} lists them)", rest.len());
                self.status.warn(turn.now, message);
            }
        }
    }

    /// Has what is on screen read before the rest.
    pub(super) fn prefer_shown(&mut self, turn: &mut Turn) {
        if self.library.work.is_none() || self.view.screen.list.is_none() {
            return;
        }
        let items = usize::from(self.items_area().height / self.view.screen.item_rows());
        let shown = self.library.shown.iter().skip(self.library.top).take(items).copied();
        let unknown = |article: &ArticleId| {
            let entry = self.library.entry(*article);
            entry.is_some_and(|entry| entry.digest.is_none() || entry.quotations.is_none())
        };
        let unknown: Vec<ArticleId> = shown.filter(unknown).collect();
        if unknown.iter().any(|article| !self.library.preferred.contains(article)) {
            self.library.preferred.clone_from(&unknown);
            turn.ask(Effect::Prefer(unknown));
        }
    }

    /// Reads no more of the library; what is known of it by then stays.
    pub(super) fn stop_work(&mut self, work: Work, turn: &mut Turn) {
        self.library.work = None;
        turn.ask(Effect::StopWork);
        let done = match work.step.stage {
            Stage::Listing => "found",
            Stage::Describing => "read",
            Stage::Judging => "analysed",
        };
        let of = work.step.all.map(|all| format!(" of {all}")).unwrap_or_default();
        let message = format!("stopped: {}{of} articles were {done}", work.step.done);
        self.status.say(turn.now, message);
    }
}
