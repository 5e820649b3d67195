//! What touches the world outside: the disk, and later threads, clipboard and editor.

pub mod atomic;
pub mod store;
