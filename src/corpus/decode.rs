//! From bytes to canonical text.
//!
//! A byte-order mark decides; else the encoding that was asked for; else strict UTF-8; else a
//! detected legacy encoding. The mark is dropped, CR LF and CR become LF, and nothing else changes.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use thiserror::Error;

/// How many bytes before the first that is no UTF-8 the detector sees.
const BEFORE: usize = 4 * 1024;
/// How many bytes from there on it sees: enough for its statistics, and quick on a huge file.
const AFTER: usize = 256 * 1024;
/// How many bytes tell UTF-16 from the rest.
const PROBE: usize = 4 * 1024;

/// Canonical text, and what it was decoded from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The canonical text.
    pub text: String,
    /// The encoding, by its WHATWG name.
    pub encoding: &'static str,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// There is nothing in it but white space, or nothing at all.
    #[error("is empty: there is nothing to read in it")]
    Empty,
    /// It holds NUL bytes or many control characters.
    #[error("is a binary file, not text: convert it to text, or leave it out")]
    Binary,
    /// It is not what its mark, or the person, said it is.
    #[error("is not valid {0}: name its encoding with --encoding, or save it again as UTF-8")]
    Malformed(&'static str),
}

/// The encoding that a WHATWG label names ("latin1", "windows-1252", "utf-8", …), in any case.
#[must_use]
pub fn encoding_named(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes())
}

/// Decodes `bytes` into canonical text; `encoding` stands in for detection, a byte-order mark
/// decides over both.
///
/// # Errors
///
/// Where the bytes hold no text, are binary, or are malformed in the encoding that was settled on.
pub fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Decoded, DecodeError> {
    let (text, encoding) = match (Encoding::for_bom(bytes), encoding) {
        (Some((marked, mark)), _) => strict(bytes.get(mark..).unwrap_or_default(), marked)?,
        (None, Some(named)) => strict(bytes, named)?,
        (None, None) => detected(bytes)?,
    };
    if is_binary(&text) {
        return Err(DecodeError::Binary);
    }
    if text.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    Ok(Decoded { text: unix_lines(text), encoding: encoding.name() })
}

type Text<'b> = (Cow<'b, str>, &'static Encoding);

fn strict<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Result<Text<'b>, DecodeError> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(|text| (text, encoding))
        .ok_or(DecodeError::Malformed(encoding.name()))
}

fn detected(bytes: &[u8]) -> Result<Text<'_>, DecodeError> {
    if let Some(wide) = utf_16_without_mark(bytes) {
        return strict(bytes, wide);
    }
    if bytes.contains(&0) {
        return Err(DecodeError::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), UTF_8)),
        Err(error) => legacy(bytes, error.valid_up_to()),
    }
}

/// Decodes bytes of which the one at `odd` is no UTF-8.
fn legacy(bytes: &[u8], odd: usize) -> Result<Text<'_>, DecodeError> {
    if many_controls(bytes.iter().map(|&byte| char::from(byte)), bytes.len(), 100) {
        return Err(DecodeError::Binary);
    }
    let start = odd.saturating_sub(BEFORE);
    let end = odd.saturating_add(AFTER).min(bytes.len());
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(start..end).unwrap_or_default(), end == bytes.len());
    strict(bytes, detector.guess(None, Utf8Detection::Deny))
}

/// Text in UTF-16 is even in length, and in most scripts every second byte of it is mostly NUL (a
/// space is, in all of them); no other text holds a NUL.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let probe = bytes.get(..PROBE).unwrap_or(bytes);
    if !bytes.len().is_multiple_of(2) || !probe.contains(&0) {
        return None;
    }
    let (mut high, mut low) = (0, 0);
    for pair in probe.chunks_exact(2) {
        high += usize::from(pair.first() == Some(&0));
        low += usize::from(pair.last() == Some(&0));
    }
    let enough = probe.len() / 2 * 2 / 5;
    match (high, low) {
        (0, low) if low > enough => Some(UTF_16LE),
        (high, 0) if high > enough => Some(UTF_16BE),
        _ => None,
    }
}

fn is_binary(text: &str) -> bool {
    text.contains('\0') || many_controls(text.chars(), text.len(), 20)
}

/// Whether more than one character in `share` is a control that no text is set with. Terminal
/// escapes and bells do occur in captured text; the sanitiser deals with them.
fn many_controls(chars: impl Iterator<Item = char>, len: usize, share: usize) -> bool {
    let odd = |c: &char| matches!(c, '\u{1}'..='\u{6}' | '\u{E}'..='\u{1A}' | '\u{1C}'..='\u{1F}' | '\u{7F}');
    let count = chars.filter(odd).count();
    count > 2 && count > len / share
}

fn unix_lines(text: Cow<'_, str>) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;
    use proptest::prelude::*;

    fn text(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes, None).unwrap();
        (decoded.text, decoded.encoding)
    }

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf_8_is_taken_as_it_stands() {
        let odd = " \u{301}e\u{301}\u{200B} “Nobody”\tsaid \n\n";
        assert_eq!(text(odd.as_bytes()), (odd.to_owned(), "UTF-8"));
    }

    #[test]
    fn marks_decide_and_are_dropped() {
        assert_eq!(text("\u{FEFF}Ferry".as_bytes()), ("Ferry".into(), "UTF-8"));
        assert_eq!(text("\u{FEFF}\u{FEFF}F".as_bytes()), ("\u{FEFF}F".into(), "UTF-8"));
        let little = wide("\u{FEFF}Ferry", u16::to_le_bytes);
        assert_eq!(text(&little), ("Ferry".into(), "UTF-16LE"));
        let big = wide("\u{FEFF}Ferry", u16::to_be_bytes);
        assert_eq!(decode(&big, Some(WINDOWS_1252)).unwrap().encoding, "UTF-16BE");
    }

    #[test]
    fn utf_16_without_a_mark_is_seen() {
        let story = "The ferry to Skellan sailed again – “at last”.\n";
        assert_eq!(text(&wide(story, u16::to_le_bytes)), (story.into(), "UTF-16LE"));
        assert_eq!(text(&wide(story, u16::to_be_bytes)), (story.into(), "UTF-16BE"));
    }

    #[test]
    fn legacy_encodings_are_detected_or_named() {
        let story = "“Nobody went hungry,” said the harbour master – café and all.\n";
        let (bytes, _, _) = WINDOWS_1252.encode(story);
        assert_eq!(text(&bytes), (story.into(), "windows-1252"));
        let cyrillic = "Паром снова вышел в море, сообщил капитан порта.\n".repeat(3);
        let koi = encoding_named("koi8-r").unwrap();
        let (bytes, _, _) = koi.encode(&cyrillic);
        assert_eq!(decode(&bytes, Some(koi)).unwrap().text, cyrillic);
        let japanese = "フェリーは水曜日に再び出航した、と港長は語った。\n".repeat(3);
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(&japanese);
        assert_eq!(text(&bytes), (japanese, "Shift_JIS"));
    }

    #[test]
    fn line_ends_become_one_kind() {
        assert_eq!(text(b"a\r\nb\rc\n\r\n\rd").0, "a\nb\nc\n\n\nd");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"", None), Err(DecodeError::Empty));
        assert_eq!(decode(b"\xEF\xBB\xBF \r\n", None), Err(DecodeError::Empty));
        assert_eq!(decode(b"\x7FELF\x02\x01\x01\x00\x00", None), Err(DecodeError::Binary));
        assert_eq!(decode(b"text with one \0 in it", None), Err(DecodeError::Binary));
        let noise: Vec<u8> = (1..=255).cycle().take(4_000).collect();
        assert_eq!(decode(&noise, None), Err(DecodeError::Binary));
        assert_eq!(decode(b"\xEF\xBB\xBFab\xFF", None), Err(DecodeError::Malformed("UTF-8")));
        assert_eq!(decode(b"ab\xFF", Some(UTF_8)), Err(DecodeError::Malformed("UTF-8")));
    }

    #[test]
    fn escapes_in_a_text_do_not_make_it_binary() {
        assert!(decode(b"\x1b[31mred\x1b[0m\x07\x08 alert\n", None).is_ok());
    }

    #[test]
    fn errors_say_what_to_do() {
        let said = DecodeError::Malformed("UTF-8").to_string();
        assert_eq!(
            said,
            "is not valid UTF-8: name its encoding with --encoding, or save it again as UTF-8"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_give_text_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(decoded) = decode(&bytes, None) {
                prop_assert!(!decoded.text.contains('\r'));
            }
        }

        #[test]
        fn any_text_without_controls_comes_back(text in "[^\\p{Cc}]{0,20}x(\\PC|\n){0,100}") {
            prop_assume!(!text.starts_with('\u{FEFF}'));
            let decoded = decode(text.as_bytes(), None).unwrap();
            prop_assert_eq!(decoded.text, text);
        }
    }
}
