//! Articles: decoding, blocks, parts and metadata; one file for each format.

mod article;
mod block;
mod correct;
mod decode;
mod digest;
mod format;
mod name;
mod outline;
pub mod piece;
mod sample;

pub use article::{Article, ArticleId, Metadata, Part};
pub use block::{Block, BlockKind};
pub use correct::Corrected;
pub use decode::{
    DecodeError, Decoded, controls, decode, encoding_named, encoding_of_head, is_plain,
    legacy_encoding,
};
pub use digest::{Digest, PartDigest, hexadecimal};
pub use format::{
    Format, ReadError, RecordError, RecordHead, format_of, record, record_head, record_id,
    record_text,
};
pub use name::{day_in_name, stem};
pub use outline::day;
pub use sample::sample;
