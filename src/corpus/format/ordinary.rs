//! The text of a record that is like most others, read in one go.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::field::{Field, Name};

const DELETE: u8 = 0x7F;

/// The canonical text of a line; none where there is anything about the line that has to be looked at: it
/// is not well formed, it has several texts or ids, or one that is no string, or its text holds what few
/// texts do.
pub(super) fn ordinary(line: &str) -> Option<String> {
    let mut json = serde_json::Deserializer::from_str(line);
    let raw = Ordinary.deserialize(&mut json).ok()?.get();
    json.end().ok()?;
    let written = raw.strip_prefix('"')?.strip_suffix('"')?;
    resolved(written).filter(|text| !text.trim_start().is_empty())
}

/// What a string stands for that is well formed and has no escapes but those of most texts, and no control
/// characters but tab and line feed.
fn resolved(written: &str) -> Option<String> {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    // Of control characters, a delete alone may stand in a string as it is.
    while let Some(at) = memchr::memchr2(b'\\', DELETE, rest.as_bytes()) {
        let (plain, odd) = rest.split_at_checked(at)?;
        text.push_str(plain);
        let mut letters = odd.strip_prefix('\\')?.chars();
        text.push(match letters.next()? {
            'n' => '\n',
            't' => '\t',
            letter @ ('"' | '\\' | '/') => letter,
            _ => return None,
        });
        rest = letters.as_str();
    }
    text.push_str(rest);
    Some(text)
}

struct Ordinary;

impl<'de> DeserializeSeed<'de> for Ordinary {
    type Value = &'de RawValue;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<&'de RawValue, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Ordinary {
    type Value = &'de RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a text")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<&'de RawValue, A::Error> {
        let (mut text, mut id) = (None, false);
        let odd = || A::Error::custom("it is not ordinary");
        while let Some(Name(name)) = map.next_key()? {
            match name {
                Some((Field::Text, _)) if text.is_none() => text = Some(map.next_value()?),
                Some((Field::Id, _)) if !id && is_simple(map.next_value()?) => id = true,
                Some((Field::Text | Field::Id, _)) => return Err(odd()),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        text.ok_or_else(odd)
    }
}

/// Whether a value needs no resolving to know that it is well formed.
fn is_simple(value: &RawValue) -> bool {
    !value.get().contains('\\')
}
