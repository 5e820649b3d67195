//! From bytes to canonical text.
//!
//! A byte-order mark decides; else the encoding that was asked for; else strict UTF-8; else a
//! detected legacy encoding. The mark is dropped, CR LF and CR become LF, and nothing else changes.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, KOI8_R, KOI8_U, UTF_8, UTF_16BE, UTF_16LE};
use thiserror::Error;

/// How many bytes before the first that is no UTF-8 the detector sees.
const BEFORE: usize = 4 * 1024;
/// How many bytes from there on it sees: enough for its statistics, and quick on a huge file.
const AFTER: usize = 256 * 1024;
/// How many bytes tell UTF-16 from the rest.
const PROBE: usize = 4 * 1024;
/// How many bytes are looked at in one go for control characters.
const STRIDE: usize = 256;
/// UTF-8 with so many sound characters beyond ASCII for each damaged one is UTF-8 that was damaged: no
/// other encoding looks like that.
const SOUND: usize = 10;

/// Canonical text, and what it was decoded from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The canonical text.
    pub text: String,
    /// The encoding, by its WHATWG name.
    pub encoding: &'static str,
    /// How many U+FFFD stand for bytes that are nothing in that encoding; those that the bytes spell
    /// out count too where any had to be put in.
    pub replaced: usize,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// There is nothing in it but white space, or nothing at all.
    #[error("is empty: there is nothing to read in it")]
    Empty,
    /// It holds NUL bytes or many control characters.
    #[error("is a binary file, not text: convert it to text, leave it out, or name its encoding")]
    Binary,
}

/// The encoding that a WHATWG label names ("latin1", "windows-1252", "utf-8", …), in any case.
#[must_use]
pub fn encoding_named(label: &str) -> Option<&'static Encoding> {
    // Some labels stand for "never decode this"; they are no encodings to read in.
    Encoding::for_label_no_replacement(label.as_bytes())
}

/// Decodes `bytes` into canonical text; `encoding` stands in for detection, a byte-order mark
/// decides over both. What is nothing in the encoding that was settled on becomes U+FFFD, and is
/// counted.
///
/// # Errors
///
/// Where the bytes hold no text, or are binary.
pub fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Decoded, DecodeError> {
    let (encoding, mark) = encoding_of(bytes, encoding)?;
    let bytes = bytes.get(mark..).unwrap_or_default();
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    // What was decoded once is text for good: it is the canonical text that is judged.
    let text = canonical(text);
    if is_binary(&text) {
        return Err(DecodeError::Binary);
    }
    if text.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    let replaced = if damaged { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    Ok(Decoded { text, encoding: encoding.name(), replaced })
}

/// The encoding of `bytes`, and how many of them are its mark.
fn encoding_of(
    bytes: &[u8],
    named: Option<&'static Encoding>,
) -> Result<(&'static Encoding, usize), DecodeError> {
    match (Encoding::for_bom(bytes), named) {
        (Some((marked, mark)), _) => Ok((marked, mark)),
        (None, Some(named)) => Ok((named, 0)),
        (None, None) => Ok((detected(bytes)?, 0)),
    }
}

/// What `head`, with which a long text begins, says of its encoding, and how many bytes of it are a
/// mark. What comes later may show that it is another.
///
/// # Errors
///
/// Where it is binary.
pub fn encoding_of_head(
    head: &[u8],
    named: Option<&'static Encoding>,
) -> Result<(&'static Encoding, usize), DecodeError> {
    // No more than four bytes at its end may be a piece of a letter.
    let whole = std::str::from_utf8(head).map_or_else(|error| error.valid_up_to(), str::len);
    let cut = if head.len() - whole < 4 { whole } else { head.len() / 4 * 4 };
    let head = head.get(..cut).unwrap_or(head);
    let (encoding, mark) = encoding_of(head, named)?;
    let letters = head.get(mark..).unwrap_or_default();
    let (text, _) = encoding.decode_without_bom_handling(letters);
    if is_binary(&text) { Err(DecodeError::Binary) } else { Ok((encoding, mark)) }
}

/// The encoding of bytes in the midst of a text that are no UTF-8 at `odd`, as far as these tell.
#[must_use]
pub fn legacy_encoding(bytes: &[u8], odd: usize) -> Option<&'static Encoding> {
    legacy(bytes, odd).ok()
}

fn detected(bytes: &[u8]) -> Result<&'static Encoding, DecodeError> {
    if let Some(wide) = utf_16_without_mark(bytes) {
        return Ok(wide);
    }
    if bytes.contains(&0) {
        return Err(DecodeError::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok(UTF_8),
        Err(error) => legacy(bytes, error.valid_up_to()),
    }
}

/// The encoding of bytes of which the one at `odd` is no UTF-8.
fn legacy(bytes: &[u8], odd: usize) -> Result<&'static Encoding, DecodeError> {
    if many_controls(bytes, 100) {
        return Err(DecodeError::Binary);
    }
    let start = odd.saturating_sub(BEFORE);
    let end = odd.saturating_add(AFTER).min(bytes.len());
    let looked_at = bytes.get(start..end).unwrap_or_default();
    if is_damaged_utf_8(looked_at) {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(looked_at, end == bytes.len());
    Ok(match detector.guess(None, Utf8Detection::Deny) {
        guess if guess == KOI8_U && !has_ukrainian(looked_at) => KOI8_R,
        // One decoder reads both; this is the name of the wider.
        guess if guess == GBK => GB18030,
        guess => guess,
    })
}

/// Whether there is a byte that is a letter in KOI8-U and a piece of a frame in KOI8-R; all others of
/// the letters are the same.
fn has_ukrainian(bytes: &[u8]) -> bool {
    let own = |byte: &u8| matches!(byte & !0x10, 0xA4 | 0xA6 | 0xA7 | 0xAD | 0xAE);
    bytes.iter().any(own)
}

fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (sound, damaged) = bytes.utf8_chunks().fold((0, 0), |(sound, damaged), chunk| {
        let wide = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (sound + wide, damaged + usize::from(!chunk.invalid().is_empty()))
    });
    sound >= SOUND * damaged
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

/// Whether a text holds what no text does: NUL, or many control characters.
pub(super) fn is_binary(text: &str) -> bool {
    let bytes = text.as_bytes();
    !is_plain(bytes) && (bytes.contains(&0) || many_controls(bytes, 20))
}

/// Whether more than one character in `share` is a control that no text is set with. Terminal
/// escapes and bells do occur in captured text; the sanitiser deals with them.
fn many_controls(bytes: &[u8], share: usize) -> bool {
    let count = controls(bytes);
    count > 2 && count > bytes.len() / share
}

/// How many control characters there are that no text is set with, beside NUL.
///
/// In every encoding that this is asked of, one byte stands for each of these.
#[must_use]
pub fn controls(bytes: &[u8]) -> usize {
    let odd = |byte: &&u8| matches!(byte, 0x01..=0x06 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let strides = bytes.chunks(STRIDE).filter(|stride| !is_plain(stride));
    strides.map(|stride| stride.iter().filter(odd).count()).sum()
}

/// Whether tab and line feed are the only control characters of ASCII that there are.
#[must_use]
pub fn is_plain(bytes: &[u8]) -> bool {
    let control = |byte: u8| matches!(byte, 0..=0x08 | 0x0B..=0x1F | 0x7F);
    // Without a way out of the inner loop, and with nothing counted, it looks at many bytes at once.
    let any = |stride: &[u8]| stride.iter().fold(false, |any, &byte| any | control(byte));
    !bytes.chunks(STRIDE).any(any)
}

/// The text with LF for every line end.
pub(super) fn canonical(text: Cow<'_, str>) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests;
