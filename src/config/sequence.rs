//! Keys pressed one after another: `ga`, `]q`, `d d`, `Ctrl-w v`.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use super::{Code, Key, KeyError};

/// The longest sequence that can be bound, in keys.
const LONGEST: usize = 8;

/// One or more keys, pressed one after another.
///
/// It is written as words with spaces between them. A word is one key where [`Key`] can read it so;
/// else, if it has exactly two characters, it is those two keys; anything longer is an error, so that
/// a misspelt name is never taken for a row of keys. `ga` and `g a` are the same, `Up` is the arrow,
/// `U p` are two keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keys(Vec<Key>);

impl Keys {
    /// The sequence of `keys`.
    #[must_use]
    pub fn new(keys: &[Key]) -> Self {
        Self(keys.to_vec())
    }
}

impl Deref for Keys {
    type Target = [Key];

    fn deref(&self) -> &[Key] {
        &self.0
    }
}

impl Borrow<[Key]> for Keys {
    fn borrow(&self) -> &[Key] {
        &self.0
    }
}

impl FromStr for Keys {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut keys = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            read_word(word, &mut keys)?;
            if keys.len() > LONGEST {
                return Err(KeyError::TooLong(LONGEST));
            }
        }
        if keys.is_empty() { Err(KeyError::Empty) } else { Ok(Self(keys)) }
    }
}

fn read_word(word: &str, keys: &mut Vec<Key>) -> Result<(), KeyError> {
    let mut chars = word.chars();
    match (word.parse(), chars.next(), chars.next(), chars.next()) {
        (Ok(key), ..) => keys.push(key),
        (Err(_), Some(first), Some(second), None) => {
            keys.extend([first, second].map(|c| Key::new(Code::Char(c))));
        }
        (Err(error), ..) => return Err(error),
    }
    Ok(())
}

impl fmt::Display for Keys {
    /// As it is read; two plain characters stand together unless that would be a key's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [first, second] = self.0.as_slice() {
            let joined = format!("{first}{second}");
            if joined.chars().count() == 2 && joined.parse::<Key>().is_err() {
                return f.write_str(&joined);
            }
        }
        for (index, key) in self.0.iter().enumerate() {
            write!(f, "{}{key}", if index == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::tests::any_key;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sequences_are_read_and_shown() {
        let table = [
            ("ga", 2, "ga"),
            ("g a", 2, "ga"),
            ("]q", 2, "]q"),
            ("  d   d ", 2, "dd"),
            ("Up", 1, "Up"),
            ("U p", 2, "U p"),
            ("F 5", 2, "F 5"),
            ("S-", 2, "S-"),
            ("Ctrl-w v", 2, "Ctrl-w v"),
            ("gg G", 3, "g g G"),
            ("g Space", 2, "g Space"),
            ("'", 1, "'"),
        ];
        for (written, keys, shown) in table {
            let sequence: Keys = written.parse().unwrap();
            assert_eq!((sequence.len(), sequence.to_string().as_str()), (keys, shown), "{written}");
        }
    }

    #[test]
    fn a_misspelt_name_is_no_row_of_keys() {
        for wrong in ["Cltr-p", "C-p", "gga", "<C-w>", "PgDown", "", "  ", "a b c d e f g h i"] {
            assert!(wrong.parse::<Keys>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(keys in prop::collection::vec(any_key(), 1..=LONGEST)) {
            let keys = Keys(keys);
            prop_assert_eq!(keys.to_string().parse::<Keys>(), Ok(keys));
        }
    }
}
