//! A file of the store, from whoever wrote it: a record or an error with its line; what was read is
//! written so that it is read again, and the file that was there is kept where it says the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::note::file::{fresh, parse, same, update};

fuzz_target!(|input: (&str, &str)| {
    let (text, other) = input;
    let record = match parse(text) {
        Ok(record) => record,
        Err(error) => {
            assert!(error.line() >= 1 && error.line() <= text.lines().count() + 1);
            let _ = error.reason();
            return;
        }
    };
    let written = fresh(&record);
    assert!(same(&parse(&written).expect("what was written is read"), &record), "{written}");
    let updated = update(text, &record).expect("what was parsed is updated");
    assert!(same(&parse(&updated).expect("what was updated is read"), &record), "{updated}");
    if let Ok(other) = parse(other) {
        let updated = update(text, &other).expect("what was parsed is updated");
        assert!(same(&parse(&updated).expect("what was updated is read"), &other), "{updated}");
    }
});
