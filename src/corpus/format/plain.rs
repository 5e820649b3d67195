//! Plain text: everything in the file is canonical text.

use crate::corpus::{Article, Decoded};

pub(super) fn article(name: &str, decoded: Decoded) -> Article {
    let Decoded { text, encoding, replaced } = decoded;
    let mut article = Article::from_text(name, text, encoding);
    article.replaced = replaced;
    article
}
