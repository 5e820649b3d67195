//! Articles: decoding, blocks, parts and metadata; one file for each format.

mod article;
mod block;
mod correct;
mod decode;
mod digest;
mod format;
mod name;
mod outline;
mod sample;

pub use article::{Article, ArticleId, Metadata, Part};
pub use block::{Block, BlockKind};
pub use correct::Corrected;
pub use decode::{DecodeError, Decoded, decode, encoding_named};
pub use digest::{Digest, PartDigest};
pub use format::{
    Format, ReadError, RecordError, RecordHead, format_of, record, record_head, record_id,
    record_text,
};
pub use name::{day_in_name, stem};
pub use outline::day;
pub use sample::sample;
