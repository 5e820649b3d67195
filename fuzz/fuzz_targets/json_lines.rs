//! Any bytes as a line of a file of articles: an article or an error, and the same however it is asked.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::corpus::{encoding_named, record, record_head, record_id, record_text};
use pullquote::search::{Manner, Pattern, Sieve};

fuzz_target!(|input: (bool, &str, &[u8])| {
    let (latin, words, line) = input;
    let named = encoding_named("windows-1252").filter(|_| latin);
    let head = record_head(line, named);
    let text = record_text(line, named);
    match record("a.jsonl#1", line, named) {
        Ok(article) => {
            assert!(!article.text.contains('\r') && !article.text.contains('\0'));
            assert!(!article.text.trim().is_empty());
            assert_eq!(text.as_deref(), Ok(&*article.text));
            let head = head.unwrap_or_else(|error| panic!("{error}"));
            // What stands in no field may be guessed from the text, and is no less than that.
            for (said, known) in [
                (head.metadata.title, article.metadata.title),
                (head.metadata.outlet, article.metadata.outlet),
                (head.metadata.byline, article.metadata.byline),
            ] {
                assert!(said.is_none() || said == known);
            }
            assert_eq!(record_id(line, named), head.id);
        }
        Err(error) => {
            assert_eq!(text, Err(error.clone()));
            assert!(!error.to_string().contains('\n'));
        }
    }
    // Whatever holds the words is let through.
    let Ok(text) = record_text(line, None) else { return };
    let pattern = Pattern::for_library(words, Manner::default());
    let Some(pattern) = pattern.ok().filter(|_| !words.trim().is_empty()) else { return };
    if pattern.is_in(&text) {
        assert!(pattern.sieve().as_ref().is_none_or(|sieve: &Sieve| sieve.lets_through(line)));
    }
});
