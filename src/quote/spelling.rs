//! Where a word ends, and the number that it is known by.

const OFFSET: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// One step of the FNV-1a hash, in which capitals of ASCII count as small letters.
const fn fold(hash: u32, byte: u8) -> u32 {
    (hash ^ byte.to_ascii_lowercase() as u32).wrapping_mul(PRIME)
}

/// The hash of a word, as tokens hold it.
pub(super) fn hash(word: &str) -> u32 {
    word.replace('’', "'").bytes().fold(OFFSET, fold)
}

/// The length in bytes of the word that `tail` begins with, and its hash. A possessive `'s` at its end
/// is no part of it.
pub(super) fn scan(tail: &str) -> (usize, u32) {
    let bytes = tail.as_bytes();
    let (mut at, mut hash) = (0, OFFSET);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            hash = fold(hash, byte);
            at += 1;
            continue;
        }
        let Some(len) = inside(tail, at) else { break };
        for &byte in bytes.get(at..at + len).unwrap_or_default() {
            hash = fold(hash, byte);
        }
        at += len;
        if byte == 0xE2 {
            // The curly apostrophe counts as the straight one.
            hash =
                bytes.get(..at - len).unwrap_or_default().iter().fold(OFFSET, |h, &b| fold(h, b));
            hash = fold(hash, b'\'');
        }
    }
    (at, hash)
}

/// The length in bytes of what stands at byte `at` of `tail` if the word goes on with it.
fn inside(tail: &str, at: usize) -> Option<usize> {
    let mut rest = tail.get(at..)?.chars();
    let c = rest.next()?;
    let next = rest.next();
    let after = rest.next();
    let joins = next.is_some_and(char::is_alphanumeric);
    let goes_on = match c {
        '\'' | '’' => {
            let s = matches!(next, Some('s' | 'S')) && !after.is_some_and(char::is_alphanumeric);
            joins && !s
        }
        '-' | '\u{2010}' | '\u{2011}' | '&' => joins,
        '.' | ',' if next.is_some_and(|c| c.is_ascii_digit()) => {
            tail.as_bytes().get(at.wrapping_sub(1)).is_some_and(u8::is_ascii_digit)
        }
        '.' => is_dotted(tail.as_bytes(), at),
        c => c.is_alphanumeric() || is_joiner(c),
    };
    goes_on.then(|| c.len_utf8())
}

/// Whether a character is part of the letter before it.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{AD}')
}

/// Whether the full stop at `at` is one of `U.S.` or `D-Ohio` kind: a single letter on both sides, or
/// one before it that has another such stop before it.
fn is_dotted(bytes: &[u8], at: usize) -> bool {
    let letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphabetic);
    let single = |at: usize| letter(bytes.get(at)) && !letter(bytes.get(at + 1));
    if at == 0 || !letter(bytes.get(at - 1)) {
        return false;
    }
    let lone = at == 1 || bytes.get(at - 2) == Some(&b'.');
    lone && (single(at + 1) && bytes.get(at + 2) == Some(&b'.') || at > 2)
}
