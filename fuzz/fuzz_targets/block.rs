//! Any text divides into blocks that stand in it, in order and apart, on grapheme boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::corpus::Article;
use pullquote::text::{Offset, is_grapheme_boundary};

fuzz_target!(|input: (&str, &str)| {
    let (name, text) = input;
    let article = Article::from_text(name, text.to_owned(), "UTF-8");
    assert_eq!(&*article.text, text);
    let mut free = Offset::ZERO;
    for block in &article.blocks {
        assert!(block.span.start >= free && block.span.start < block.span.end, "{block:?}");
        assert!(block.span.end.get() <= text.len());
        assert!(is_grapheme_boundary(text, block.span.start), "{block:?}");
        assert!(is_grapheme_boundary(text, block.span.end), "{block:?}");
        assert!(block.part == 0 || block.part < article.parts.len(), "{block:?}");
        free = block.span.end;
    }
    let again = Article::from_text(name, text.to_owned(), "UTF-8");
    assert_eq!(again.blocks, article.blocks);
});
