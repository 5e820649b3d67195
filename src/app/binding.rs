//! The default key map, and what the user's own makes of it.

use super::Action;
use crate::config::{Keymap, Problem};

/// The contexts that keys are bound in, the outermost first.
pub const CONTEXTS: &[(&str, &str)] = &[
    ("everywhere", "Everywhere"),
    ("list", "Article list"),
    ("text", "Text"),
    ("selecting", "Selecting"),
    ("sidebar", "Sidebar"),
];

/// The default key map, as a configuration file would write it.
pub const DEFAULT_KEYS: &str = include_str!("keys.toml");

/// The default key map.
#[must_use]
pub fn default_keymap() -> Keymap {
    let (keymap, _) = Keymap::parse(DEFAULT_KEYS, "keys.toml");
    keymap
}

/// The default key map with the user's laid over it, and what is wrong with the user's.
#[must_use]
pub fn keymap_with(mut user: Keymap) -> (Keymap, Vec<Problem>) {
    let contexts: Vec<&str> = CONTEXTS.iter().map(|(name, _)| *name).collect();
    let problems = user.keep_known(&contexts, |name| Action::named(name).is_some());
    (default_keymap().overlay(user), problems)
}

/// An action and all keys that lead to it in one context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The keys, in the order of the map.
    pub keys: Vec<String>,
    /// What they lead to.
    pub action: Action,
}

/// What is bound in a context, an action once, in the order of the map.
#[must_use]
pub fn bound_in(keymap: &Keymap, context: &str) -> Vec<Bound> {
    let mut all: Vec<Bound> = Vec::new();
    for binding in keymap.bindings(context) {
        let Some(action) = Action::named(&binding.action) else { continue };
        let keys = binding.keys.to_string();
        match all.iter_mut().find(|bound| bound.action == action) {
            Some(bound) => bound.keys.push(keys),
            None => all.push(Bound { keys: vec![keys], action }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_binding_names_a_context_and_an_action() {
        let (mut keymap, problems) = Keymap::parse(DEFAULT_KEYS, "keys.toml");
        assert_eq!(problems, []);
        let contexts: Vec<&str> = CONTEXTS.iter().map(|(name, _)| *name).collect();
        assert_eq!(keymap.keep_known(&contexts, |name| Action::named(name).is_some()), []);
    }

    #[test]
    fn every_action_has_a_key() {
        let keymap = default_keymap();
        for action in Action::ALL {
            let bound =
                |(context, _): &(&str, _)| keymap.keys_for(action.name(), &[context]).is_some();
            assert!(CONTEXTS.iter().any(bound), "{} has no key", action.name());
        }
    }
}
