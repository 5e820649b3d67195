//! Pieces of a long text: what is decoded, looked at and kept by itself.
//!
//! A long text is never held as a whole. Marks stand at every so many bytes of its file; behind each, the
//! text is cut, at the end of a line where one is near. Where that is depends on nothing but the bytes
//! behind the mark, so that a piece is the same from wherever it is reached, and all pieces together
//! are the canonical text.

use encoding_rs::{Encoding, GB18030, GBK, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::decode::canonical;
use super::outline::outline_piece;
use super::{Block, Metadata};
use crate::text::{Offset, begins_scalar, is_grapheme_boundary, next_grapheme};

/// How far behind a mark the end of a line is looked for, in bytes.
pub const REACH: usize = 8 * 1024;
/// How far behind a mark white space or the end of a letter is looked for, in bytes.
const NEAR: usize = 1024;

/// A piece of a long text.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// Its canonical text.
    pub text: String,
    /// Its blocks; positions count from its own start.
    pub blocks: Vec<Block>,
    /// How many U+FFFD of it stand for bytes that are nothing in its encoding.
    pub replaced: usize,
    /// What the head of the text says of it, where it holds that.
    pub metadata: Metadata,
}

impl Piece {
    /// The piece that these bytes of the file are; whether it `opens` the text.
    #[must_use]
    pub fn new(bytes: &[u8], encoding: &'static Encoding, opens: bool) -> Self {
        let (text, replaced) = letters(bytes, encoding);
        let (blocks, metadata) = outline_piece(&text, opens);
        Self { text, blocks, replaced, metadata }
    }
}

/// The canonical text of a piece, and how many U+FFFD of it stand for bytes that are nothing.
#[must_use]
pub fn letters(bytes: &[u8], encoding: &'static Encoding) -> (String, usize) {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let replaced = if damaged { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    (canonical(text), replaced)
}

/// How far behind a mark the text is cut, in bytes; `near` is what stands there, as much of it as may
/// be looked at. The mark stands at an even number of bytes from the start of the text.
#[must_use]
pub fn cut(near: &[u8], encoding: &'static Encoding) -> usize {
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    let line = if wide { wide_line_end(near, encoding) } else { line_end(near) };
    line.unwrap_or_else(|| {
        let near = near.get(..NEAR).unwrap_or(near);
        match encoding {
            _ if wide => wide_letter_end(near, encoding),
            _ if encoding == UTF_8 => letter_end(near),
            _ => legacy_letter_end(near, encoding),
        }
    })
}

/// The end of the first line: a line feed's or, where there is none, that of a return by itself.
fn line_end(near: &[u8]) -> Option<usize> {
    let feed = memchr::memchr(b'\n', near);
    let mut pairs = near.iter().zip(near.iter().skip(1));
    let lone = || pairs.position(|(&a, &b)| a == b'\r' && b != b'\n');
    feed.or_else(lone).map(|at| at + 1)
}

fn wide_line_end(near: &[u8], encoding: &'static Encoding) -> Option<usize> {
    let units: Vec<u16> = units(near, encoding).collect();
    let feed = units.iter().position(|&unit| unit == 0x0A);
    let mut pairs = units.iter().zip(units.iter().skip(1));
    let lone = || pairs.position(|(&a, &b)| a == 0x0D && b != 0x0A);
    feed.or_else(lone).map(|at| 2 * (at + 1))
}

fn units(bytes: &[u8], encoding: &'static Encoding) -> impl Iterator<Item = u16> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let low_first = encoding == UTF_16LE;
    pairs.iter().map(
        move |&pair| {
            if low_first { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
        },
    )
}

/// Behind the first space of a line without end, or the first letter.
fn letter_end(near: &[u8]) -> usize {
    // A letter has at most three bytes after its first.
    let rest = near.iter().take(3).take_while(|&&byte| !begins_scalar(byte)).count();
    let bytes = near.get(rest..).unwrap_or_default();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => bytes
            .get(..error.valid_up_to())
            .map_or("", |valid| std::str::from_utf8(valid).unwrap_or_default()),
    };
    let mut spaces = text.match_indices(' ').map(|(at, _)| Offset(at + 1));
    let space = spaces.find(|&at| is_grapheme_boundary(text, at));
    let letter = || Some(next_grapheme(text, Offset::ZERO)).filter(|at| at.get() < text.len());
    rest + space.or_else(letter).map_or(0, Offset::get)
}

/// The same in UTF-16, where a space has no byte of its own.
fn wide_letter_end(near: &[u8], encoding: &'static Encoding) -> usize {
    let space = units(near, encoding).position(|unit| unit == 0x20);
    let low = units(near, encoding).next().is_some_and(|unit| (0xDC00..0xE000).contains(&unit));
    space.map_or(2 * usize::from(low), |at| 2 * (at + 1))
}

/// The same in an encoding with letters of one byte, or of several: a byte below 0x80 ends a letter in
/// all of them but GB18030, where a digit may stand inside one.
fn legacy_letter_end(near: &[u8], encoding: &'static Encoding) -> usize {
    if encoding == ISO_2022_JP || encoding.is_single_byte() {
        return memchr::memchr(b' ', near).map_or(0, |at| at + 1);
    }
    let digits = encoding == GB18030 || encoding == GBK;
    let ends = |byte: &u8| *byte < 0x80 && !(digits && byte.is_ascii_digit());
    let space = memchr::memchr(b' ', near);
    let end = space.or_else(|| near.iter().position(ends)).map(|at| at + 1);
    end.unwrap_or_else(|| least_damaged(near, encoding))
}

/// Where reading goes wrong least, where nothing tells at which byte a letter begins.
fn least_damaged(near: &[u8], encoding: &'static Encoding) -> usize {
    let damage = |&skip: &usize| letters(near.get(skip..).unwrap_or_default(), encoding).1;
    (0..near.len().min(4)).min_by_key(damage).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_JP, SHIFT_JIS, WINDOWS_1252};
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::decode;

    /// The pieces of a file with marks every `stride` bytes.
    fn pieces(bytes: &[u8], encoding: &'static Encoding, stride: usize) -> Vec<Piece> {
        let marks = (stride..bytes.len()).step_by(stride);
        let at = |mark: usize| {
            let end = (mark + stride / 2).min(bytes.len());
            mark + cut(&bytes[mark..end], encoding)
        };
        let mut cuts: Vec<usize> = std::iter::once(0).chain(marks.map(at)).collect();
        cuts.push(bytes.len());
        assert!(cuts.is_sorted());
        cuts.windows(2)
            .map(|ends| Piece::new(&bytes[ends[0]..ends[1]], encoding, ends[0] == 0))
            .collect()
    }

    fn joined(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
        match encoding {
            _ if encoding == UTF_16LE => wide(u16::to_le_bytes),
            _ if encoding == UTF_16BE => wide(u16::to_be_bytes),
            _ => encoding.encode(text).0.into_owned(),
        }
    }

    #[test]
    fn lines_stay_whole() {
        let text = "A line of words.\r\nAnother one.\r\n\r\nAnd a third one\n".repeat(40);
        for piece in pieces(text.as_bytes(), UTF_8, 256) {
            assert!(piece.text.ends_with('\n') && !piece.text.contains('\r'));
        }
        let returns = text.replace("\r\n", "\r").replace('\n', "\r");
        for piece in pieces(returns.as_bytes(), UTF_8, 256) {
            assert!(piece.text.ends_with('\n'));
        }
    }

    #[test]
    fn only_the_first_piece_has_a_head() {
        let page = "Ferry link restored\nThe Northern Ledger\nBy Ines Marlow\n11 Feb 2026\n\n\
            The ferry sailed again on Monday, and nobody went hungry, the harbour master said.\n";
        let pieces = pieces(page.repeat(8).as_bytes(), UTF_8, page.len() * 2);
        let titled = |piece: &Piece| piece.metadata.title.is_some();
        assert!(titled(&pieces[0]) && !pieces[1..].iter().any(titled));
    }

    proptest! {
        #[test]
        fn pieces_are_the_canonical_text(
            text in "([a-z é“船🇬🇧\u{301}]{0,40}(\r\n|\r|\n| |x){1,2}){0,30}",
            stride in 16_usize..120,
            which in 0_usize..3,
        ) {
            let stride = stride * 2;
            let encoding = [UTF_8, UTF_16LE, UTF_16BE][which];
            let bytes = encoded(&text, encoding);
            let found = joined(&pieces(&bytes, encoding, stride));
            prop_assert_eq!(found, text.replace("\r\n", "\n").replace('\r', "\n"));
        }

        #[test]
        fn pieces_of_legacy_text_are_the_canonical_text(
            text in "([a-z]{0,9}[船が出た]{0,9}[ ,\n]){0,60}", stride in 60_usize..200, which in 0_usize..3,
        ) {
            let encoding = [SHIFT_JIS, EUC_JP, GB18030][which];
            let bytes = encoded(&text, encoding);
            prop_assert_eq!(joined(&pieces(&bytes, encoding, stride)), text);
        }

        #[test]
        fn any_bytes_have_pieces(bytes in prop::collection::vec(any::<u8>(), 0..600), stride in 8_usize..90) {
            for encoding in [UTF_8, UTF_16BE, SHIFT_JIS, WINDOWS_1252, ISO_2022_JP] {
                let text = joined(&pieces(&bytes, encoding, stride * 2));
                if encoding == UTF_8 || encoding == WINDOWS_1252 {
                    let (whole, _) = letters(&bytes, encoding);
                    prop_assert_eq!(&text, &whole);
                }
                let _ = decode(&bytes, Some(encoding));
            }
        }
    }
}
