//! What pressed keys mean in a stack of contexts, the innermost first.

use super::Key;
use super::context::{Binding, Context, starts};

/// What pressed keys mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution<'a> {
    /// The action of this name.
    Action(&'a str),
    /// They start one or more bindings; these can follow, the innermost context's first.
    Prefix(Vec<Continuation<'a>>),
    /// Nothing.
    None,
}

/// How a sequence that has been started can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Continuation<'a> {
    /// The keys still to be pressed.
    pub keys: &'a [Key],
    /// The name of the action they lead to.
    pub action: &'a str,
}

/// What pressed keys are in a stack of contexts.
pub(super) enum Meaning<'a> {
    Whole(&'a Binding),
    Start,
    Nothing,
}

pub(super) fn meaning<'a>(stack: &[&'a Context], pressed: &[Key]) -> Meaning<'a> {
    for context in stack {
        if let Some(binding) = context.bound.get(pressed) {
            return Meaning::Whole(binding);
        }
        if context.unbound.contains_key(pressed) {
            return Meaning::Nothing;
        }
        if context.longer(pressed).next().is_some() {
            return Meaning::Start;
        }
    }
    Meaning::Nothing
}

/// Whether `binding` can be pressed to its end, its first `done` keys having been.
pub(super) fn reachable(stack: &[&Context], binding: &Binding, done: usize) -> bool {
    let mut starts = starts(&binding.keys).filter(|start| start.len() > done);
    starts.all(|start| matches!(meaning(stack, start), Meaning::Start))
        && matches!(meaning(stack, &binding.keys), Meaning::Whole(found) if std::ptr::eq(found, binding))
}

pub(super) fn continuations<'a>(stack: &[&'a Context], pressed: &[Key]) -> Vec<Continuation<'a>> {
    let mut found = Vec::new();
    for context in stack {
        let mut longer: Vec<&'a Binding> = context.longer(pressed).collect();
        longer.retain(|binding| reachable(stack, binding, pressed.len()));
        longer.sort_by_key(|binding| binding.order);
        found.extend(longer.into_iter().map(|binding| Continuation {
            keys: binding.keys.get(pressed.len()..).unwrap_or_default(),
            action: &binding.action,
        }));
    }
    found
}
