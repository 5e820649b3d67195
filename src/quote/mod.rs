//! Quotations: text and blocks in, quoted stretches out.
//!
//! `neighbour` tells what stands beside a mark, `apostrophe` what only looks like one, `mark` reads
//! the marks of a block, `pair` finds which belong together, `clause` where a stretch ends whose mark
//! was left out, `stretch` puts it together, and `lookup` finds a stretch by its place.

mod apostrophe;
mod boundary;
mod clause;
mod lookup;
mod mark;
mod neighbour;
mod pair;
mod stretch;

pub use lookup::{next_stretch, previous_stretch, stretch_at};
pub use stretch::{Stretch, stretches};
