//! Exports, one file for each format, all written to an `impl Write`.
//!
//! An export holds what is live; tombstones stay in the store.

mod escape;
pub mod markdown;
pub mod toml;
