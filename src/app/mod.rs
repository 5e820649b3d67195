//! The reader's state, as far as it needs no terminal, no clock and no files.

mod launch;

pub use launch::{ColorChoice, Launch};
