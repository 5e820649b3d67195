//! Settings, key map and themes: TOML text in, typed values out, and every problem of a file at once
//! with its line. Nothing here reads a file, the environment or the terminal.

mod context;
mod document;
mod key;
mod keymap;
mod problem;
mod resolution;
mod sequence;

pub use context::Binding;
pub use key::{Code, Key, KeyError};
pub use keymap::Keymap;
pub use problem::Problem;
pub use resolution::{Continuation, Resolution};
pub use sequence::Keys;
