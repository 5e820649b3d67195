//! The text of a record that is like most others, read in one go.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::field::{Field, Name};

/// The text of a line, escapes resolved; none where there is anything about the line that has to be
/// looked at: it is not well formed, it has several texts or ids, or one that is no string.
pub(super) fn ordinary(line: &str) -> Option<String> {
    let mut json = serde_json::Deserializer::from_str(line);
    let text = Ordinary.deserialize(&mut json).ok()?;
    json.end().ok().map(|()| text)
}

struct Ordinary;

impl<'de> DeserializeSeed<'de> for Ordinary {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Ordinary {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a text")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
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
