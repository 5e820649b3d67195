//! Quotations: text and blocks in, quoted stretches out.
//!
//! `mark` knows what a mark is, `neighbour` which way it faces, and `apostrophe` what only looks like
//! one; with these `reader` reads the marks of a block. `pair` finds which belong together, `run` which
//! quotations go on in the next paragraph, and `clause` where a stretch ends whose mark was left out;
//! `stretch` puts it together, and `lookup` finds a stretch by its place. `person` knows who the people
//! of an article are.

mod apostrophe;
mod clause;
mod lookup;
mod mark;
mod neighbour;
mod pair;
mod person;
mod reader;
mod run;
mod stretch;

#[cfg(test)]
mod tests;

pub use lookup::{next_stretch, previous_stretch, stretch_at};
pub use person::{People, people, people_among};
pub use stretch::{Stretch, stretches};
