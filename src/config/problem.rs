//! What is wrong with a file that a person wrote.

use std::fmt;

/// One thing that is wrong with a configuration or theme file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was named to the parser.
    pub source: String,
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong, and after a semicolon what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.source, self.line, self.message)
    }
}
