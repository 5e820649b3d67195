//! Plain text: everything in the file is canonical text.

use crate::corpus::{Article, Decoded};

pub(super) fn article(name: &str, decoded: Decoded) -> Article {
    let Decoded { text, encoding, replaced } = decoded;
    Article { replaced, ..Article::from_text(name, text, encoding) }
}
