//! Bytes in memory, Unicode scalar values outside: the map between the two.

use super::{Offset, Span};

/// One checkpoint for so many bytes.
const STRIDE: usize = 1024;

/// A sparse index of a text that converts offsets between bytes and Unicode scalar values.
///
/// It is built in one pass and holds one number for each 1,024 bytes.
#[derive(Debug, Clone, Default)]
pub struct ScalarIndex {
    /// For each multiple of [`STRIDE`]: how many scalar values start before it.
    before: Vec<usize>,
    /// The length of the text in scalar values.
    len: usize,
}

/// Whether a byte begins a scalar value in UTF-8.
#[must_use]
pub const fn begins_scalar(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// How many scalar values begin in some bytes of UTF-8.
#[must_use]
pub fn scalars(bytes: &[u8]) -> usize {
    // In a number as small as they are, many bytes are counted at once.
    let few =
        |bytes: &[u8]| bytes.iter().fold(0, |sum: u8, &byte| sum + u8::from(begins_scalar(byte)));
    bytes.chunks(usize::from(u8::MAX)).map(|bytes| usize::from(few(bytes))).sum()
}

impl ScalarIndex {
    /// Indexes `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut len = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            before.push(len);
            len += scalars(chunk);
        }
        Self { before, len }
    }

    /// How many scalar values a text has, without an index of it.
    #[must_use]
    pub fn count(text: &str) -> usize {
        scalars(text.as_bytes())
    }

    /// The length of the text, in scalar values.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether the text is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many scalar values of `text` (the text indexed) stand before `offset`.
    #[must_use]
    pub fn scalar(&self, text: &str, offset: Offset) -> usize {
        let byte = offset.get().min(text.len());
        let checkpoint = byte / STRIDE;
        let Some(before) = self.before.get(checkpoint) else {
            return self.len;
        };
        let rest = text.as_bytes().get(checkpoint * STRIDE..byte);
        before + rest.map_or(0, scalars)
    }

    /// The position in `text` (the text indexed) with `scalar` scalar values before it; the end of
    /// the text where it has no more than that.
    #[must_use]
    pub fn offset(&self, text: &str, scalar: usize) -> Offset {
        if scalar >= self.len {
            return Offset(text.len());
        }
        let checkpoint = self.before.partition_point(|&before| before <= scalar).saturating_sub(1);
        let base = checkpoint * STRIDE;
        let skip = scalar - self.before.get(checkpoint).copied().unwrap_or(0);
        let rest = text.as_bytes().get(base..).unwrap_or_default();
        let inside = rest
            .iter()
            .enumerate()
            .filter(|&(_, &byte)| begins_scalar(byte))
            .nth(skip)
            .map_or(rest.len(), |(at, _)| at);
        Offset(base + inside)
    }

    /// A span of bytes as `(start, end)` in scalar values.
    #[must_use]
    pub fn scalars(&self, text: &str, span: Span) -> (usize, usize) {
        (self.scalar(text, span.start), self.scalar(text, span.end))
    }

    /// A stretch given in scalar values, as a span of bytes.
    #[must_use]
    pub fn span(&self, text: &str, start: usize, end: usize) -> Span {
        Span::between(self.offset(text, start), self.offset(text, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_to_scalars_and_back_is_the_identity(text in "(\\PC|\n){0,1500}") {
            let index = ScalarIndex::new(&text);
            prop_assert_eq!(index.len(), text.chars().count());
            for (scalar, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.scalar(&text, Offset(byte)), scalar);
                prop_assert_eq!(index.offset(&text, scalar), Offset(byte));
            }
            prop_assert_eq!(index.scalar(&text, Offset(text.len())), index.len());
            prop_assert_eq!(index.offset(&text, index.len()), Offset(text.len()));
        }
    }
}
