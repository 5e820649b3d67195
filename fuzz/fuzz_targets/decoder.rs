//! Bytes of any encoding: canonical text or an error, and text decodes to itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::corpus::{decode, encoding_named};

const LABELS: [&str; 12] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "iso-8859-2",
    "iso-8859-7",
    "shift_jis",
    "gb18030",
    "koi8-r",
    "iso-2022-jp",
];

fuzz_target!(|input: (u8, &[u8])| {
    let (choice, bytes) = input;
    let named = LABELS.get(usize::from(choice)).and_then(|label| encoding_named(label));
    let Ok(decoded) = decode(bytes, named) else { return };
    assert!(!decoded.text.contains('\r'));
    assert!(!decoded.text.trim().is_empty());
    assert!(encoding_named(decoded.encoding).is_some());
    let plain = std::str::from_utf8(bytes);
    if let (Ok(plain), None) = (plain, named)
        && decoded.encoding == "UTF-8"
    {
        let plain = plain.strip_prefix('\u{feff}').unwrap_or(plain);
        assert_eq!(decoded.text, plain.replace("\r\n", "\n").replace('\r', "\n"));
    }
    // What was decoded once is text for good; only a mark at its start would be taken for one again.
    if !decoded.text.starts_with('\u{feff}') {
        let utf_8 = encoding_named("utf-8");
        let again =
            decode(decoded.text.as_bytes(), utf_8).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(again.text, decoded.text);
    }
});
