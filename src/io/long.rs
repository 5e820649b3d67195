//! Long texts: read piece by piece through a descriptor that stays open.
//!
//! A volume is such a text by its file; what is asked of it is answered from the disk, and nothing
//! but the pieces of the open window is kept.

mod anchor;
mod search;
mod seek;
mod server;
mod survey;
mod volume;
mod window;

pub use anchor::places;
pub use seek::Seeker;
pub(super) use server::{Call, Server, Teller};
pub use survey::{Found, Progress, survey};
pub use volume::{Sizes, Volume};
pub use window::Windows;
