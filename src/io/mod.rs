//! What touches the world outside: the disk and the standard streams, and later threads, clipboard
//! and editor. What is wrong out there is a value that names the place and says what to do.

pub mod atomic;
pub mod load;
pub mod path;
mod problem;
pub mod store;
pub mod walk;

pub use problem::Problem;
