//! An export, from whoever wrote it: an article or an error for each; what was read is exported so
//! that it is read again.
#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use pullquote::corpus::Corrected;
use pullquote::export::toml::{read, write};
use pullquote::note::Record;
use pullquote::note::file::same;

fuzz_target!(|text: &str| {
    let Ok(items) = read(text) else { return };
    let records: Vec<Record> = items.into_iter().filter_map(Result::ok).collect();
    let kept: Vec<&Record> = records
        .iter()
        .filter(|it| it.live().next().is_some() || it.subject.corrected != Corrected::default())
        .collect();
    let mut out = Vec::new();
    write(&mut out, &records, Timestamp::UNIX_EPOCH).expect("a vector takes everything");
    let out = String::from_utf8(out).expect("an export is text");
    let again = read(&out).expect("what was exported is read");
    assert_eq!(again.len(), kept.len());
    for (again, kept) in again.into_iter().zip(kept) {
        let again = again.expect("what was exported is read");
        let live = Record { annotations: kept.live().cloned().collect(), ..kept.clone() };
        assert!(same(&again, &live), "{out}");
    }
});
