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
mod settings;
mod theme;

pub use context::Binding;
pub use depth::{ColorDepth, Terminal};
pub use key::{Code, Key, KeyError};
pub use keymap::Keymap;
pub use problem::Problem;
pub use resolution::{Continuation, Resolution};
pub use role::{HIGHLIGHTS, Role};
pub use sequence::Keys;
pub use settings::{Align, Settings};
pub use theme::{Background, Theme};

use document::Document;

/// What one configuration file says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The settings, with defaults where the file says nothing or something wrong.
    pub settings: Settings,
    /// The bindings of its `[keys.<context>]` tables, to be laid over the default key map.
    pub keymap: Keymap,
    /// All that is wrong with it, in the order of its lines.
    pub problems: Vec<Problem>,
}

impl Config {
    /// Reads a configuration file. `source` is what problems call the file; no error ends the reading:
    /// what is wrong is reported and left at its default.
    #[must_use]
    pub fn parse(toml: &str, source: &str) -> Self {
        let mut document = Document::parse(toml, source);
        let settings = Settings::read(&mut document);
        let keymap = Keymap::read(&mut document);
        Self { settings, keymap, problems: document.finish() }
    }
}
