//! One context of the key map: what it binds, what it unbinds, and how a second file changes that.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::{Key, Keys};

/// A sequence of keys that is bound in a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// What is pressed.
    pub keys: Keys,
    /// The name of the action it means.
    pub action: String,
    /// The file it was written in.
    pub source: Arc<str>,
    /// The line of that file, counted from 1.
    pub line: u32,
    /// Its place among the bindings of its context, in the order in which they were written.
    pub(super) order: usize,
}

/// What a context binds and unbinds.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    pub(super) name: String,
    pub(super) source: Arc<str>,
    pub(super) line: u32,
    pub(super) bound: BTreeMap<Keys, Binding>,
    /// With the line on which each was unbound.
    pub(super) unbound: BTreeMap<Keys, u32>,
}

impl Context {
    /// A context that binds nothing yet, from that line of that file.
    pub(super) fn new(name: &str, source: &str, line: u32) -> Self {
        Self { name: name.to_owned(), source: source.into(), line, ..Self::default() }
    }

    /// The bindings that begin with `start` and go on after it.
    pub(super) fn longer<'a>(&'a self, start: &[Key]) -> impl Iterator<Item = &'a Binding> {
        self.bound
            .range::<[Key], _>((Bound::Excluded(start), Bound::Unbounded))
            .map(|(_, binding)| binding)
            .take_while(move |binding| binding.keys.starts_with(start))
    }

    /// The bindings in the order in which they were written.
    pub(super) fn in_order(&self) -> Vec<&Binding> {
        let mut bindings: Vec<_> = self.bound.values().collect();
        bindings.sort_by_key(|binding| binding.order);
        bindings
    }

    /// The line on which exactly these keys are bound or unbound.
    pub(super) fn line_of(&self, keys: &[Key]) -> Option<u32> {
        let bound = self.bound.get(keys).map(|binding| binding.line);
        bound.or_else(|| self.unbound.get(keys).copied())
    }

    /// Binds keys that were not.
    pub(super) fn bind(&mut self, keys: Keys, action: &str, line: u32) {
        let (action, source, order) = (action.to_owned(), self.source.clone(), self.bound.len());
        self.bound.insert(keys.clone(), Binding { keys, action, source, line, order });
    }

    /// Unbinds keys, also for the contexts around this one.
    pub(super) fn unbind(&mut self, keys: Keys, line: u32) {
        self.unbound.insert(keys, line);
    }

    /// Forgets what `keys` begin.
    fn clear_from(&mut self, keys: &[Key]) {
        self.bound.remove(keys);
        let longer: Vec<Keys> = self.longer(keys).map(|binding| binding.keys.clone()).collect();
        for keys in longer {
            self.bound.remove(&keys);
        }
    }

    /// Makes way for a new binding: forgets what it begins, and what would fire before it.
    fn clear_for(&mut self, keys: &[Key]) {
        self.clear_from(keys);
        self.unbound.remove(keys);
        for start in starts(keys) {
            self.bound.remove(start);
            self.unbound.remove(start);
        }
    }

    /// Lays another file's context of the same name over this one.
    pub(super) fn overlay(&mut self, other: Self) {
        for keys in other.unbound.keys() {
            self.clear_from(keys);
        }
        for keys in other.bound.keys() {
            self.clear_for(keys);
        }
        let first = self.bound.values().map(|binding| binding.order + 1).max().unwrap_or(0);
        for (keys, binding) in other.bound {
            self.bound.insert(keys, Binding { order: first + binding.order, ..binding });
        }
        self.unbound.extend(other.unbound);
    }
}

/// The proper starts of a sequence, the shortest first, without the empty one.
pub(super) fn starts(keys: &[Key]) -> impl Iterator<Item = &[Key]> {
    (1..keys.len()).filter_map(|len| keys.get(..len))
}
