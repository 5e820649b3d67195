//! Undo and redo, without limit within a run.

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
            (Some(after), Some(current)) => Some(after.after(current, now)),
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
}

impl<K> Default for History<K> {
    fn default() -> Self {
        Self { done: Vec::new(), undone: Vec::new() }
    }
}

impl<K: Clone> History<K> {
    /// Notes a change that was made. What had been undone can no longer be redone.
    pub fn push(&mut self, change: Change<K>) {
        self.undone.clear();
        self.done.push(change);
    }

    /// Takes the last change back: the change to make for that. `None` where nothing is left.
    ///
    /// Only the content in its `after` counts, see [`Change::revision`].
    pub fn undo(&mut self) -> Option<Change<K>> {
        let change = self.done.pop()?;
        self.undone.push(change.clone());
        Some(change.inverse())
    }

    /// Makes the change again that was last taken back. `None` where there is none.
    pub fn redo(&mut self) -> Option<Change<K>> {
        let change = self.undone.pop()?;
        self.done.push(change.clone());
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
