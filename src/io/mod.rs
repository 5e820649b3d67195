//! The outside world: files, folders and standard streams. What it finds wrong is a value that
//! names the place and says what to do.

pub mod load;
pub mod path;
pub mod walk;

mod problem;

pub use problem::Problem;
