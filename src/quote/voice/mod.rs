//! Voices: who speaks in a library. `tally` counts the speakers of one article.

mod tally;

pub use tally::{Tallies, Tally};
