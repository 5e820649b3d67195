//! An annotation's words are found where they were; in another text they are found as they were, or
//! it is said that they are not.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::note::Status;
use pullquote::note::anchor::{place, target};
use pullquote::text::{ScalarIndex, Span, floor_grapheme, is_grapheme_boundary};

fuzz_target!(|input: (u16, u16, u16, u16, &str, &str)| {
    let (start, end, cut, back, text, inserted) = input;
    let at =
        |n: u16| floor_grapheme(text, pullquote::text::Offset(usize::from(n) % (text.len() + 1)));
    let span = Span::between(at(start), at(end));
    let scalars = ScalarIndex::new(text);
    let made = target(text, &scalars, span);
    let placed = place(&made, text, &scalars);
    if made.exact.is_empty() {
        return;
    }
    let here = placed.span.expect("the words are where they were");
    assert_eq!((here.of(text), placed.status), (made.exact.as_str(), Status::Anchored));
    assert_eq!(here.start, floor_grapheme(text, span.start));

    let cut = Span::between(at(cut), at(back));
    let before = Span::new(0, cut.start.get()).of(text);
    let after = Span::new(cut.end.get(), text.len()).of(text);
    let edited = [before, inserted, after].concat();
    let placed = place(&made, &edited, &ScalarIndex::new(&edited));
    match placed.span {
        None => assert_eq!(placed.status, Status::Orphan),
        Some(span) => {
            assert!(is_grapheme_boundary(&edited, span.start));
            assert!(is_grapheme_boundary(&edited, span.end));
            if placed.status == Status::Anchored {
                assert_eq!(span.of(&edited), made.exact);
            }
        }
    }
});
