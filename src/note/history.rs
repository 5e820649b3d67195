//! Undo and redo: without limit within a run, and the last changes of the runs before.

use jiff::Timestamp;

use super::Annotation;

/// One change to one annotation. What is absent before was made; what is absent after was deleted.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<K> {
    /// The article it belongs to.
    pub article: K,
    /// The annotation before.
    pub before: Option<Annotation>,
    /// The annotation after.
    pub after: Option<Annotation>,
}

impl<K> Change<K> {
    /// Whether what it starts from is still in force: nobody has changed the annotation elsewhere.
    /// Where its words stand does not count, since an article may change by itself.
    #[must_use]
    pub fn follows(&self, current: Option<&Annotation>) -> bool {
        let live = |it: &&Annotation| it.is_live();
        match (self.before.as_ref().filter(live), current.filter(live)) {
            (Some(before), Some(current)) => before.says_the_same_as(current),
            (None, None) => true,
            _ => false,
        }
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { article: self.article, before: self.after, after: self.before }
    }

    /// What to put in the store so that `after` is in force, whatever revision `current` has
    /// reached there by now; `None` where nothing is to be done.
    #[must_use]
    pub fn revision(&self, current: Option<&Annotation>, now: Timestamp) -> Option<Annotation> {
        match (&self.after, current) {
            (Some(after), Some(current)) => {
                let mut next = after.after(current, now);
                let same_place = self.before.as_ref().is_some_and(|it| it.target == after.target);
                if same_place && current.is_live() {
                    // The article may have changed since, and the words been found elsewhere.
                    next.target.clone_from(&current.target);
                }
                Some(next)
            }
            (Some(after), None) => Some(after.clone()),
            (None, Some(current)) => Some(current.deleted(now)),
            (None, None) => None,
        }
    }
}

/// The changes of a run, and those that were taken back.
#[derive(Debug, Clone)]
pub struct History<K> {
    done: Vec<Change<K>>,
    undone: Vec<Change<K>>,
    /// How often it was changed.
    version: u64,
}

impl<K> Default for History<K> {
    fn default() -> Self {
        Self { done: Vec::new(), undone: Vec::new(), version: 0 }
    }
}

impl<K: Clone> History<K> {
    /// Notes a change that was made. What had been undone can no longer be redone.
    pub fn push(&mut self, change: Change<K>) {
        self.undone.clear();
        self.done.push(change);
        self.version += 1;
    }

    /// How often it was changed: where that is as it was, so is the history.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// The changes that can be taken back, and those that can be made again, the next to be so last.
    #[must_use]
    pub fn changes(&self) -> (&[Change<K>], &[Change<K>]) {
        (&self.done, &self.undone)
    }

    /// Takes in what earlier runs have left. Once something has been done in this one, nothing can be
    /// redone of those.
    pub fn continue_from(&mut self, mut done: Vec<Change<K>>, undone: Vec<Change<K>>) {
        if self.done.is_empty() && self.undone.is_empty() {
            self.undone = undone;
        }
        done.append(&mut self.done);
        self.done = done;
    }

    /// Forgets the change that was taken back last: it could not be.
    pub fn drop_undone(&mut self) {
        self.undone.pop();
    }

    /// Forgets the change that was made again last: it could not be.
    pub fn drop_redone(&mut self) {
        self.done.pop();
    }

    /// Takes the last change back: the change to make for that. `None` where nothing is left.
    ///
    /// Only the content in its `after` counts, see [`Change::revision`].
    pub fn undo(&mut self) -> Option<Change<K>> {
        let change = self.done.pop()?;
        self.undone.push(change.clone());
        self.version += 1;
        Some(change.inverse())
    }

    /// Makes the change again that was last taken back. `None` where there is none.
    pub fn redo(&mut self) -> Option<Change<K>> {
        let change = self.undone.pop()?;
        self.done.push(change.clone());
        self.version += 1;
        Some(change)
    }

    /// Whether a change is left to take back.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether a change is left to make again.
    #[must_use]
    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Kind;
    use proptest::prelude::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn noted(note: &str) -> Annotation {
        let annotation = Annotation::new(Uuid::from_u128(1), Kind::Note, NOW, None);
        Annotation { note: note.to_owned(), ..annotation }
    }

    #[test]
    fn a_change_is_taken_back_and_made_again() {
        let mut history = History::default();
        let change = Change { article: 1, before: None, after: Some(noted("a")) };
        history.push(change.clone());
        let back = history.undo().unwrap();
        assert_eq!((&back.before, &back.after), (&change.after, &change.before));
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo(), Some(change));
        assert_eq!(history.redo(), None);
    }

    #[test]
    fn a_new_change_ends_what_could_be_redone() {
        let mut history = History::default();
        history.push(Change { article: 1, before: None, after: Some(noted("a")) });
        history.undo();
        assert!(history.can_redo());
        history.push(Change { article: 1, before: None, after: Some(noted("b")) });
        assert!(!history.can_redo() && history.can_undo());
    }

    #[test]
    fn an_undone_deletion_wins_in_the_store() {
        let before = noted("a");
        let delete = Change { article: (), before: Some(before.clone()), after: None };
        let tombstone = delete.revision(Some(&before), NOW).unwrap();
        assert!(tombstone.note.is_empty() && !tombstone.is_live());
        let again = delete.inverse().revision(Some(&tombstone), NOW).unwrap();
        assert_eq!((again.rev, again.note.as_str()), (3, "a"));
        assert_eq!(again.base, Some(tombstone.content_hash()));
        assert_eq!(crate::note::merge::newer(&tombstone, &again), &again);
    }

    #[test]
    fn a_change_follows_what_it_starts_from_and_nothing_else() {
        let change = |before: Option<Annotation>| Change { article: (), before, after: None };
        let written = noted("a");
        let moved = Annotation { target: Some(crate::note::Target::default()), ..written.clone() };
        assert!(change(Some(written.clone())).follows(Some(&moved)));
        assert!(!change(Some(written.clone())).follows(Some(&noted("b"))));
        assert!(!change(Some(written.clone())).follows(None));
        assert!(!change(None).follows(Some(&written)));
        let gone = written.deleted(NOW);
        assert!(
            change(None).follows(Some(&gone)) && change(Some(gone.clone())).follows(Some(&gone))
        );
    }

    #[test]
    fn earlier_runs_come_before_this_one() {
        let change = |note| Change { article: (), before: None, after: Some(noted(note)) };
        let mut history = History::default();
        history.continue_from(vec![change("old")], vec![change("undone")]);
        assert!(history.can_redo());
        let mut history = History::default();
        history.push(change("new"));
        history.continue_from(vec![change("old")], vec![change("undone")]);
        assert!(!history.can_redo());
        assert_eq!(history.undo().unwrap().before.unwrap().note, "new");
        assert_eq!(history.undo().unwrap().before.unwrap().note, "old");
        history.drop_undone();
        assert_eq!(history.redo().unwrap().after.unwrap().note, "new");
    }

    proptest! {
        #[test]
        fn all_undone_is_the_start_and_all_redone_the_end(notes in proptest::collection::vec("[a-c]{0,3}", 0..40)) {
            let mut history = History::default();
            let mut state: Option<Annotation> = None;
            for note in &notes {
                let after = (!note.is_empty()).then(|| noted(note));
                history.push(Change { article: (), before: state, after: after.clone() });
                state = after;
            }
            let end = state.clone();
            while let Some(change) = history.undo() {
                prop_assert_eq!(&change.before, &state);
                state = change.after;
            }
            prop_assert_eq!(&state, &None);
            while let Some(change) = history.redo() {
                prop_assert_eq!(&change.before, &state);
                state = change.after;
            }
            prop_assert_eq!(state, end);
        }
    }
}
