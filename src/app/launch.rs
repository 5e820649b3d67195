//! What the reader was started with.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColorChoice {
    /// Where the terminal has it and `NO_COLOR` does not forbid it.
    #[default]
    Auto,
    /// In any case.
    Always,
    /// In no case.
    Never,
}

/// What the reader was started with: the command line, as values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Launch {
    /// The files and folders to open; empty for the last library opened.
    pub paths: Vec<PathBuf>,
    /// Whether to open the embedded sample and nothing else.
    pub sample: bool,
    /// Whether one article comes from standard input, and keys from the controlling terminal.
    pub stdin: bool,
    /// The folder to keep annotations, state and cache in, where one was named.
    pub data_dir: Option<PathBuf>,
    /// The file of settings, where one was named.
    pub config: Option<PathBuf>,
    /// The theme, where one was named.
    pub theme: Option<String>,
    /// When to use colour.
    pub color: ColorChoice,
    /// The encoding to decode every file in, where one was named.
    pub encoding: Option<String>,
    /// Whether links that lead out of a folder are followed.
    pub follow_links: bool,
}
