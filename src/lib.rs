//! pullquote: a terminal reader and annotator for collections of news articles.
//!
//! The crate is a library and a thin binary. Its layers, lowest first, know nothing of what stands
//! above or beside them:
//!
//! ```text
//! text ◄ config, corpus ◄ quote ◄ note ◄ search, export ◄ app ◄ ui, io ◄ tui, cli ◄ main
//! ```
//!
//! `docs/architecture.md` tells the whole of it; `tests/layers.rs` holds the arrows.
#![cfg_attr(
    test,
    allow(clippy::string_slice, reason = "a test that slices badly fails, as it should")
)]

pub mod app;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod export;
pub mod io;
pub mod note;
pub mod quote;
pub mod search;
pub mod text;
pub mod tui;
pub mod ui;
