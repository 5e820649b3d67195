//! Undo and redo, without limit within a run.

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
    /// Only the content in its `after` counts; it is put in force as the next revision of what is
    /// there by then, see [`Annotation::after`].
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
