//! What touches the world outside: the disk, the standard streams, the editor, and the threads that
//! do so in the background. What is wrong out there is a value that names the place and says what to do.

mod answer;
pub mod atomic;
pub mod clipboard;
mod disk;
pub mod editor;
mod export;
mod library;
pub mod load;
mod loader;
pub mod path;
pub mod place;
pub mod preference;
mod problem;
mod reader;
mod runner;
mod shelf;
pub mod store;
pub mod walk;
mod writer;

pub use answer::{Answer, Answers};
pub use library::{Library, PIPED, SAMPLE};
pub use problem::Problem;
pub use runner::Runner;
