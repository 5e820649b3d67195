//! Settings, key map and themes: TOML text in, typed values out, and every problem of a file at once
//! with its line. Nothing here reads a file, the environment or the terminal.

mod color;
mod context;
mod depth;
mod document;
mod key;
mod keymap;
mod palette;
mod problem;
mod resolution;
mod role;
mod sequence;
mod theme;

pub use context::Binding;
pub use depth::{ColorDepth, Terminal};
pub use key::{Code, Key, KeyError};
pub use keymap::Keymap;
pub use problem::Problem;
pub use resolution::{Continuation, Resolution};
pub use role::{HIGHLIGHTS, Role};
pub use sequence::Keys;
pub use theme::{Background, Theme};
