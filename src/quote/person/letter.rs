//! Letters and words as the naming sees them: what a byte is, and one number for a word.
//!
//! A word is known by a 64-bit number, an FNV-1a hash of its letters without case and accents, so that
//! nothing is allocated to compare words. A second number, of its skeleton, is the same for the
//! spellings of one name that came out of another script (Zelensky, Zelenskyy, Zelenskiy).

/// The number of a word.
pub(super) type Key = u64;

const BASIS: Key = 0xcbf2_9ce4_8422_2325;
const PRIME: Key = 0x0000_0100_0000_01b3;

/// What a byte of UTF-8 may be part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Byte {
    /// A small ASCII letter.
    Small,
    /// A capital ASCII letter.
    Capital,
    /// An ASCII digit.
    Digit,
    /// White space.
    Space,
    /// Part of a character outside ASCII.
    Wide,
    /// A sign.
    Sign,
}

/// What `byte` is.
pub(super) const fn look(byte: u8) -> Byte {
    match byte {
        b'a'..=b'z' => Byte::Small,
        b'A'..=b'Z' => Byte::Capital,
        b'0'..=b'9' => Byte::Digit,
        b' ' | b'\t' | b'\n' | b'\r' => Byte::Space,
        0x80.. => Byte::Wide,
        _ => Byte::Sign,
    }
}

/// The two numbers of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Keys {
    /// Of its letters.
    pub(super) whole: Key,
    /// Of its skeleton.
    pub(super) bare: Key,
    /// Its first letter, small.
    pub(super) letter: u8,
}

/// Puts the keys of a word together, letter by letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling {
    whole: Key,
    bare: Key,
    last: u8,
    first: u8,
    letters: u8,
}

impl Spelling {
    pub(super) const fn new() -> Self {
        Self { whole: BASIS, bare: BASIS, last: 0, first: 0, letters: 0 }
    }

    /// Takes the next letter, small and without its accent.
    pub(super) const fn take(&mut self, letter: u8) {
        self.whole = mix(self.whole, letter);
        if self.letters == 0 {
            self.first = letter;
        }
        self.letters = self.letters.saturating_add(1);
        let sound = match letter {
            b'y' | b'j' if self.letters > 2 => b'i',
            other => other,
        };
        if sound != self.last {
            self.bare = mix(self.bare, sound);
            self.last = sound;
        }
    }

    /// Takes a letter outside ASCII: as the letter that it is without its accent, else by its bytes.
    pub(super) fn take_wide(&mut self, c: char) {
        for small in c.to_lowercase() {
            match plain(small) {
                Some(letter) => self.take(letter),
                None if small.is_alphanumeric() => {
                    let mut buffer = [0; 4];
                    small.encode_utf8(&mut buffer).bytes().for_each(|byte| self.take(byte));
                }
                None => {}
            }
        }
    }

    /// Short words have too few letters for two spellings to be told from two names.
    pub(super) const fn keys(self) -> Keys {
        let bare = if self.letters < 5 { self.whole } else { self.bare };
        Keys { whole: self.whole, bare, letter: self.first }
    }
}

const fn mix(key: Key, byte: u8) -> Key {
    (key ^ byte as Key).wrapping_mul(PRIME)
}

/// Two keys in their order as one.
pub(super) const fn pair(first: Key, second: Key) -> Key {
    (first.rotate_left(23) ^ second).wrapping_mul(PRIME)
}

/// The keys of a word: its letters and digits; apostrophes, hyphens and full stops do not count.
pub(super) fn keys(word: &str) -> Keys {
    let mut spelling = Spelling::new();
    for c in word.chars() {
        match c {
            'a'..='z' | '0'..='9' => spelling.take(c as u8),
            'A'..='Z' => spelling.take(c.to_ascii_lowercase() as u8),
            _ if c.is_ascii() => {}
            _ => spelling.take_wide(c),
        }
    }
    spelling.keys()
}

/// The number of a word's letters.
pub(super) fn key(word: &str) -> Key {
    keys(word).whole
}

/// The ASCII letter under an accent.
const fn plain(c: char) -> Option<u8> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'æ' => b'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => b'c',
        'ď' | 'đ' | 'ð' => b'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => b'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => b'g',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => b'i',
        'ķ' => b'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => b'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => b'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'œ' => b'o',
        'ŕ' | 'ŗ' | 'ř' => b'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => b's',
        'ţ' | 'ť' | 'ŧ' | 'ț' => b't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => b'u',
        'ŵ' => b'w',
        'ý' | 'ÿ' | 'ŷ' => b'y',
        'ź' | 'ż' | 'ž' => b'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_have_one_key() {
        for (one, other) in
            [("Müller", "MULLER"), ("O’Neill", "O'neill"), ("J.D.", "JD"), ("Işık", "isik")]
        {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
        for (one, other) in
            [("Zelensky", "Zelenskyy"), ("Zelenskiy", "Zelenskyj"), ("Connelly", "Connely")]
        {
            assert_eq!(keys(one).bare, keys(other).bare, "{one} {other}");
            assert_ne!(key(one), key(other), "{one} {other}");
        }
        for (one, other) in [("Lee", "Le"), ("Gary", "Gari"), ("Trump", "Tramp")] {
            assert_ne!(keys(one).bare, keys(other).bare, "{one} {other}");
        }
    }
}
