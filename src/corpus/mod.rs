//! Articles: decoding, blocks, parts and metadata; one file for each format.

mod article;
mod block;
mod correct;

pub use article::{Article, ArticleId, Metadata, Part};
pub use block::{Block, BlockKind};
pub use correct::Corrected;
