//! Any text gives quotations that stand in it, in order and apart, on grapheme boundaries, with the
//! people that its mentions name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::corpus::Article;
use pullquote::quote::{people, quotations, stretches};
use pullquote::text::{Offset, Span, is_grapheme_boundary};

fuzz_target!(|text: &str| {
    let article = Article::from_text("a.txt", text.to_owned(), "UTF-8");
    let stretches = stretches(text, &article.blocks);
    let mut free = Offset::ZERO;
    for stretch in &stretches {
        check_pair(text, stretch.inner, stretch.outer, free);
        assert!(stretch.block < article.blocks.len());
        free = stretch.outer.end;
    }
    let found = quotations(text, &article.blocks);
    let mut free = Offset::ZERO;
    for quotation in &found {
        check_pair(text, quotation.inner, quotation.outer, free);
        assert!((0.0..=1.0).contains(&quotation.confidence), "{quotation:?}");
        for span in quotation.mention.into_iter().chain(quotation.cue) {
            check(text, span);
        }
        free = quotation.outer.end;
    }
    for name in people(text, &article.blocks).names() {
        assert!(!name.trim().is_empty());
    }
    assert_eq!(quotations(text, &article.blocks), found);
});

fn check(text: &str, span: Span) {
    assert!(span.start < span.end && span.end.get() <= text.len(), "{span:?}");
    assert!(is_grapheme_boundary(text, span.start), "{span:?}");
    assert!(is_grapheme_boundary(text, span.end), "{span:?}");
}

fn check_pair(text: &str, inner: Span, outer: Span, free: Offset) {
    check(text, inner);
    check(text, outer);
    assert!(outer.start >= free, "{outer:?} after {free:?}");
    assert!(outer.start <= inner.start && inner.end <= outer.end, "{inner:?} in {outer:?}");
}
