//! Versions of annotations in any order, any number of times, come to the same, but for the order of tags.
#![no_main]

use arbitrary::{Arbitrary, Result, Unstructured};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use pullquote::note::merge::merge_into;
use pullquote::note::{Annotation, Kind};
use uuid::Uuid;

/// A few versions of a few annotations, often alike in part.
#[derive(Debug)]
struct Versions(Vec<Annotation>);

impl<'a> Arbitrary<'a> for Versions {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut all: Vec<Annotation> = Vec::new();
        for _ in 0..u.int_in_range(1..=6)? {
            let now = second(u)?;
            let version = match u.int_in_range(0..=3)? {
                1 if !all.is_empty() => u.choose(&all)?.revised(now),
                2 if !all.is_empty() => u.choose(&all)?.deleted(now),
                _ => {
                    let id = Uuid::from_u128(u.int_in_range(0..=1)?);
                    Annotation::new(id, *u.choose(&[Kind::Note, Kind::Highlight])?, now, None)
                }
            };
            if !version.is_live() && u.ratio(1, 2)? {
                // As the program makes it; a hand may write on a tombstone what it likes.
                all.push(version);
                continue;
            }
            let tags = ["a", "b", "c"].map(str::to_owned);
            let buried = u.ratio(1, 8)?.then(|| second(u)).transpose()?;
            all.push(Annotation {
                note: u.choose(&["", "one", "two"])?.to_string(),
                tags: tags.into_iter().filter(|_| u.ratio(1, 2).unwrap_or(false)).collect(),
                deleted: version.deleted.or(buried),
                ..version
            });
        }
        Ok(Self(all))
    }
}

fn second(u: &mut Unstructured<'_>) -> Result<Timestamp> {
    Ok(Timestamp::from_second(u.int_in_range(0..=3)?).unwrap_or_default())
}

fn merged<'a>(versions: impl IntoIterator<Item = &'a Annotation>) -> Vec<Annotation> {
    let mut list = Vec::new();
    for version in versions {
        merge_into(&mut list, version);
    }
    list.sort_by_key(|it| it.id);
    for annotation in &mut list {
        annotation.tags.sort();
    }
    list
}

fuzz_target!(|versions: Versions| {
    let Versions(all) = &versions;
    let expected = merged(all);
    assert_eq!(merged(all.iter().rev()), expected);
    assert_eq!(merged(all.iter().chain(all)), expected);
    for middle in 1..all.len() {
        let (first, last) = all.split_at(middle);
        assert_eq!(merged(last.iter().chain(first)), expected);
        assert_eq!(merged(&[merged(first), merged(last)].concat()), expected);
    }
});
