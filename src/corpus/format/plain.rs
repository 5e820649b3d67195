//! Plain text: everything in the file is canonical text.

use crate::corpus::{Article, Decoded};

pub(super) fn article(name: &str, decoded: Decoded) -> Article {
    Article::from_text(name, decoded.text, decoded.encoding)
}
