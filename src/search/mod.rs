//! Searching: patterns over a text, filters and rankings over lists.

mod filter;
mod pattern;

pub use filter::{Filter, rank};
pub use pattern::Pattern;
