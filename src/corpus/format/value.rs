//! The values of a record's fields: words, and what stands for them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::text::{Offset, floor_grapheme};

/// The most bytes that words are taken to have, and an id.
const LONGEST: usize = 1_000;

/// An id: a string or a number.
pub(super) struct Id(pub(super) Option<String>);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(from)?.get();
        let id = match raw.as_bytes().first() {
            Some(b'"') => {
                let id: Cow<'_, str> = string(raw).map_err(D::Error::custom)?;
                Some(id.into_owned())
            }
            Some(b'-' | b'0'..=b'9') => Some(raw.to_owned()),
            _ => None,
        };
        Ok(Self(id))
    }
}

/// What a string stands for, as it stands in a line.
pub(super) fn string(raw: &str) -> serde_json::Result<Cow<'_, str>> {
    #[derive(Deserialize)]
    struct Unescaped<'a>(#[serde(borrow)] Cow<'a, str>);
    serde_json::from_str::<Unescaped<'_>>(raw).map(|unescaped| unescaped.0)
}

/// The words of a value: those of a string; of a list, all that it names; of an object, its name.
pub(super) struct Words(pub(super) Option<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // What is odd, or nested without end, says nothing; the article can be read all the same.
        let raw = <&RawValue>::deserialize(from)?.get();
        let said = serde_json::Deserializer::from_str(raw).deserialize_any(Said);
        Ok(Self(said.unwrap_or_default()))
    }
}

/// A part of a value. The parser has a bound on how deep they may go.
struct Part(Option<String>);

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Said).map(Self)
    }
}

struct Said;

impl<'de> Visitor<'de> for Said {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("words")
    }

    fn visit_str<E: Error>(self, words: &str) -> Result<Self::Value, E> {
        Ok(on_one_line(words))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut all = String::new();
        while let Some(Part(next)) = list.next_element()? {
            let Some(next) = next.filter(|next| all.len() + next.len() <= LONGEST) else {
                continue;
            };
            let gap = if all.is_empty() { "" } else { ", " };
            all.extend([gap, &next]);
        }
        Ok(Some(all).filter(|all| !all.is_empty()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut named = None;
        while let Some(name) = map.next_key::<Cow<'_, str>>()? {
            if name == "name" {
                named = map.next_value::<Part>()?.0.or(named);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(named)
    }
}

/// Words as a list shows them: on one line, and not without end; none where there are none.
fn on_one_line(words: &str) -> Option<String> {
    let words = words.trim();
    let mut short = Cow::Borrowed(words);
    if words.len() > LONGEST {
        let end = floor_grapheme(words, Offset(LONGEST));
        short = format!("{}…", words.get(..end.get()).unwrap_or_default()).into();
    }
    if short.contains(char::is_control) {
        let apart = short.split(|c: char| c.is_whitespace() || c.is_control());
        short = apart.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").into();
    }
    Some(short.into_owned()).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(value: &str) -> Option<String> {
        serde_json::from_str::<Words>(value).unwrap().0
    }

    #[test]
    fn words_are_had_from_whatever_names_them() {
        for (value, words) in [
            (r#"" Coast Wire ""#, "Coast Wire"),
            (r#"{"id": null, "name": "Coast Wire"}"#, "Coast Wire"),
            (r#"["Ines Marlow", {"name": "Jem Tolland"}, null]"#, "Ines Marlow, Jem Tolland"),
            (r#""Ferry\n\tsails""#, "Ferry sails"),
            ("20260304", "20260304"),
        ] {
            assert_eq!(said(value).as_deref(), Some(words), "{value}");
        }
        for value in ["null", "true", "[]", "{}", r#"" ""#, r#"{"name": null}"#] {
            assert_eq!(said(value), None, "{value}");
        }
    }

    #[test]
    fn words_are_not_without_end() {
        let long = said(&format!("\"{}\"", "é".repeat(60_000))).unwrap();
        assert!(long.len() <= LONGEST + '…'.len_utf8() && long.ends_with("é…"));
        let list = format!("[{}]", vec!["\"Ines Marlow\""; 60_000].join(","));
        assert!(said(&list).unwrap().len() < 2 * LONGEST);
    }

    #[test]
    fn what_is_nested_without_end_says_nothing() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(said(&deep), None);
    }
}
