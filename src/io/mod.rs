//! What touches the world outside: the disk, the standard streams, the editor, and the threads that
//! do so in the background. What is wrong out there is a value that names the place and says what to do.

mod analysis;
mod anchor;
mod answer;
mod arrival;
pub mod atomic;
pub mod attribution;
pub mod cache;
pub mod clipboard;
mod desk;
mod disk;
pub mod editor;
mod export;
mod library;
pub mod load;
mod loader;
pub mod long;
mod next;
mod pace;
pub mod parallel;
pub mod path;
pub mod place;
pub mod preference;
mod problem;
mod reader;
pub mod record;
mod refresh;
mod runner;
mod searcher;
pub mod seek;
mod shelf;
pub mod shield;
pub mod standing;
pub mod store;
mod survey;
mod voice;
pub mod walk;
mod watch;
mod worker;
mod writer;

#[cfg(test)]
pub(crate) use analysis::seam::{KERB, STONE};
pub use analysis::unread;
pub use answer::{Answer, Answers};
pub use library::{Library, PIPED, SAMPLE};
pub use problem::Problem;
pub use runner::{Runner, Sequel};
pub use shelf::Origin;
pub use watch::Stamp;
