//! Annotations: what a person adds to an article, how it is tied to the text, and how it is kept.

pub mod anchor;
mod annotation;
#[cfg(test)]
pub(crate) mod arbitrary;
mod attribution;
pub mod file;
mod history;
mod lineage;
pub mod merge;
mod record;
mod revision;
pub mod tag;
mod word;

pub use anchor::Placement;
pub use annotation::{Annotation, Color, Kept, Kind, Status, Target, Verdict};
pub use attribution::{Attributed, lay_over};
pub use file::FileError;
pub use history::{Change, History};
pub use lineage::Lineage;
pub use record::{Record, Subject};
pub use revision::sha256;
pub use word::UnknownWord;
