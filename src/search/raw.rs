//! Bytes that are canonical text as they stand.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::Pattern;
use crate::corpus::{DecodeError, controls, decode, is_plain};

/// Control characters that a text may hold in passing before it has to be judged.
const FEW: usize = 2;
/// The byte-order mark in UTF-8.
const MARK: &str = "\u{FEFF}";

/// Text found in a file, and the encoding it was decoded from, by its WHATWG name.
pub(super) type Found<'b> = (Cow<'b, str>, &'static str);

/// What can be told of bytes at a glance.
enum Glance<'b> {
    /// They are canonical text.
    Canonical(&'b str),
    /// They are, but for their line ends.
    LineEnds(&'b str),
    /// They have to be decoded.
    Unclear,
}

/// The canonical text of the bytes of a plain file, if `pattern` matches in it; with no pattern, in any
/// case. `encoding` stands in for detection.
///
/// What is UTF-8 is searched where it lies; only the rest is decoded.
///
/// # Errors
/// Where the bytes are no text: see [`decode`].
pub fn text_with<'b>(
    bytes: &'b [u8],
    encoding: Option<&'static Encoding>,
    pattern: Option<&Pattern>,
) -> Result<Option<Found<'b>>, DecodeError> {
    let wanted = |text: &str| pattern.is_none_or(|pattern| pattern.is_in(text));
    match glance(bytes, encoding) {
        Glance::Canonical(text) => {
            return Ok(wanted(text).then(|| (Cow::Borrowed(text), UTF_8.name())));
        }
        // Spaces in a pattern stand for any white space, and line ends are that either way.
        Glance::LineEnds(text)
            if !pattern.is_some_and(Pattern::sees_line_ends) && !wanted(text) =>
        {
            return Ok(None);
        }
        Glance::LineEnds(_) | Glance::Unclear => {}
    }
    let decoded = decode(bytes, encoding)?;
    Ok(wanted(&decoded.text).then_some((Cow::Owned(decoded.text), decoded.encoding)))
}

fn glance<'b>(bytes: &'b [u8], encoding: Option<&'static Encoding>) -> Glance<'b> {
    if encoding.is_some_and(|encoding| encoding != UTF_8) {
        return Glance::Unclear;
    }
    let Ok(text) = simdutf8::basic::from_utf8(bytes) else { return Glance::Unclear };
    if text.starts_with(MARK) || text.trim_start().is_empty() {
        return Glance::Unclear;
    }
    if is_plain(bytes) {
        return Glance::Canonical(text);
    }
    if bytes.contains(&0) || controls(bytes) > FEW {
        return Glance::Unclear;
    }
    if bytes.contains(&b'\r') {
        return Glance::LineEnds(text);
    }
    Glance::Canonical(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Manner;
    use proptest::prelude::*;

    fn pattern(words: &str, expression: bool) -> Pattern {
        Pattern::for_library(words, Manner { word: false, expression }).unwrap()
    }

    #[test]
    fn line_ends_are_no_part_of_what_is_found() {
        let crlf = b"One\r\ntwo\r\n";
        let (text, _) = text_with(crlf, None, Some(&pattern("one two", false))).unwrap().unwrap();
        assert_eq!(text, "One\ntwo\n");
        assert!(text_with(crlf, None, Some(&pattern(r"one\ntwo", true))).unwrap().is_some());
        assert!(text_with(crlf, None, Some(&pattern(r"e\r", true))).unwrap().is_none());
    }

    #[test]
    fn only_what_has_to_be_is_decoded() {
        let ferry = pattern("ferry", false);
        let borrowed = |bytes: &[u8]| {
            let found = text_with(bytes, None, Some(&ferry)).unwrap();
            found.map(|(text, encoding)| (matches!(text, Cow::Borrowed(_)), encoding))
        };
        assert_eq!(borrowed("The Férry".as_bytes()), Some((true, "UTF-8")));
        assert_eq!(borrowed(b"The F\xE9rry"), Some((false, "windows-1252")));
        assert_eq!(borrowed("\u{FEFF}ferry".as_bytes()), Some((false, "UTF-8")));
        let wide: Vec<u8> = "the ferry\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(borrowed(&wide), Some((false, "UTF-16LE")));
        assert_eq!(text_with(b"no\0text", None, Some(&ferry)), Err(DecodeError::Binary));
        assert_eq!(text_with(b" \n", None, Some(&ferry)), Err(DecodeError::Empty));
    }

    /// Bytes as files hold them: text, now and then with what makes it another encoding or none.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let odd = prop::sample::select(vec![
            &b"\r\n"[..],
            b"\r",
            b"\0",
            b"\xE9",
            b"\xEF\xBB\xBF",
            b"\xFF\xFE",
            b"\x01\x02\x03",
            b"\x1b[",
        ]);
        let piece = prop_oneof![
            6 => "[a-c é’\n]{0,12}".prop_map(String::into_bytes),
            1 => odd.prop_map(<[u8]>::to_vec),
        ];
        prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_is_taken_as_it_stands_is_what_decoding_gives(
            bytes in bytes(), words in "[a-c ’]{0,2}[a-c]", expression: bool,
        ) {
            let pattern = pattern(&words, expression);
            let whole = decode(&bytes, None);
            let found = text_with(&bytes, None, Some(&pattern));
            match (whole, found) {
                (Err(whole), Err(found)) => prop_assert_eq!(whole, found),
                // A text that is searched before it is judged has to be judged only where it is found.
                (Ok(decoded), Ok(found)) => {
                    let expected = pattern.is_in(&decoded.text).then_some(decoded.text);
                    prop_assert_eq!(found.map(|(text, _)| text.into_owned()), expected);
                }
                (whole, found) => prop_assert!(false, "{:?} and {:?}", whole, found),
            }
        }
    }
}
