//! Voices: who speaks in a library. `tally` counts the speakers of one article, `register` finds which
//! of their names are of one person, and `roll` puts the voices together.

mod register;
mod roll;
mod tally;

pub use roll::{Speaking, Voice, Voices, voices};
pub use tally::{Tallies, Tally, spoken_name};
