//! Searching: patterns over a text, queries over a library, filters and rankings over lists.

mod days;
mod excerpt;
mod expression;
mod filter;
mod loose;
mod pattern;
mod query;
mod raw;
mod sieve;

pub use excerpt::excerpt;
pub use filter::{Filter, Ranker};
pub use pattern::{Manner, Pattern, PatternError};
pub use query::{GRAMMAR, Query, QueryError};
pub use raw::text_with;
pub use sieve::Sieve;
