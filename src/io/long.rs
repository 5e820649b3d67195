//! Long texts: read piece by piece through a descriptor that stays open.
//!
//! A volume is such a text by its file; what is asked of it is answered from the disk, and nothing
//! but the pieces of the open window is kept.

mod ahead;
mod anchor;
mod search;
mod seek;
mod server;
mod survey;
mod volume;
mod window;

pub use ahead::Ahead;
pub use anchor::places;
use encoding_rs::Encoding;
pub use seek::{Seeker, Sight};

use super::Problem;
use super::record::holds_records;
use super::walk::Source;
use crate::app::Around;
use crate::corpus::Article;

/// A file of more bytes holds a long text, which the reader never reads as a whole.
pub(super) const LONG: u64 = 4 * 1024 * 1024;

/// The length of the file of an article, in bytes, where that is of more than `least` and holds but the
/// one.
pub(super) fn length(source: &Source, least: u64) -> Option<u64> {
    let one = source.record.is_none() && !source.is_stdin();
    let file = one.then(|| source.path()).filter(|file| !holds_records(file))?;
    let metadata = std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file)?;
    Some(metadata.len()).filter(|&length| length > least)
}

/// The start of the article of `source` where that is a long text.
pub(super) fn head(
    source: &Source,
    encoding: Option<&'static Encoding>,
) -> Option<Result<Article, Problem>> {
    length(source, LONG)?;
    let place = source.place();
    let volume = Volume::open(&source.path(), (&source.name, &place), encoding, Sizes::default());
    Some(volume.and_then(|volume| {
        let glimpse = Windows::over(std::sync::Arc::new(volume)).glimpse(Around::Start);
        glimpse.map(|(start, _)| start).map_err(|error| Problem::unreadable(place, &error))
    }))
}

pub(super) use server::{Call, Server, Teller};
pub use survey::{Found, Progress, survey};
pub use volume::{Sizes, Volume};
pub use window::Windows;

#[cfg(test)]
mod tests;
