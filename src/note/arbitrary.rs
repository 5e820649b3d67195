//! Annotations and records of every kind, for property tests.

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use toml::Value;
use uuid::Uuid;

use super::{Annotation, Color, Kept, Kind, Lineage, Record, Status, Subject, Target, Verdict};
use crate::corpus::Corrected;

/// Text that a file format may stumble over.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        "",
        "\"\"\"",
        "'''",
        "''",
        "\\",
        "\r\n",
        "\r",
        "\n",
        "\n\n ",
        "\t",
        "\0",
        "\u{1b}[2J",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "\u{feff}",
        "👩‍👩‍👧‍👦",
        "e\u{301}",
        "# no comment",
        "key = 1",
        "[[annotation]]",
        "<<<<<<< HEAD",
        "“Nobody went hungry,” he said.",
    ]);
    let piece = prop_oneof![4 => "\\PC{0,8}", 3 => awkward.prop_map(str::to_owned), 1 => ".{0,3}"];
    prop_oneof![
        20 => vec(piece, 0..5).prop_map(|pieces| pieces.concat()),
        1 => Just("long \"line\" ".repeat(2_000)),
    ]
}

fn id() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

pub(crate) fn time() -> impl Strategy<Value = Timestamp> {
    (0_i64..253_402_207_200).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn date() -> impl Strategy<Value = Date> {
    (0_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        text().prop_map(Value::String),
        any::<i64>().prop_map(Value::Integer),
        (-1e9..1e9).prop_map(Value::Float),
        any::<bool>().prop_map(Value::Boolean),
        Just(Value::Datetime("1979-05-27T07:32:00.5-07:00".parse().unwrap())),
        Just(Value::Datetime("07:32:00".parse().unwrap())),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::Array),
            btree_map(text(), inner, 0..3).prop_map(|map| Value::Table(map.into_iter().collect())),
        ]
    })
}

/// Keys that no version knows.
fn extra() -> impl Strategy<Value = toml::Table> {
    let key = prop_oneof![Just("x_".to_owned()), text().prop_map(|text| format!("x{text}"))];
    let some = btree_map(key, value(), 0..3).prop_map(|map| map.into_iter().collect());
    prop_oneof![3 => Just(toml::Table::new()), 1 => some]
}

fn target() -> impl Strategy<Value = Target> {
    let status = prop::sample::select(Status::ALL);
    let offset = 0_usize..1_000_000;
    (text(), text(), text(), offset.clone(), offset, status, of(text()), extra()).prop_map(
        |(exact, prefix, suffix, start, end, status, text_sha256, extra)| Target {
            exact,
            prefix,
            suffix,
            start,
            end,
            status,
            text_sha256,
            extra,
        },
    )
}

fn kept() -> impl Strategy<Value = Kept> {
    let verdict = prop::sample::select(Verdict::ALL);
    (of(text()), verdict, of(id()), of(text()), of(text()), extra()).prop_map(
        |(speaker, verdict, utterance, predicted, model, extra)| Kept {
            speaker,
            verdict,
            utterance,
            predicted,
            model,
            extra,
        },
    )
}

fn lineage() -> impl Strategy<Value = Lineage> {
    let replaced = btree_map("[0-9a-f]{16}", 0_u64..9, 0..3);
    let tags = btree_map(text(), 1_u64..5, 0..3);
    (of(id()), 0_u64..9, replaced, tags).prop_map(|(conflict_of, conflict_rev, replaced, tags)| {
        Lineage { conflict_of, conflict_rev, replaced, tags }
    })
}

pub(crate) fn annotation() -> impl Strategy<Value = Annotation> {
    let look = (prop::sample::select(Kind::ALL), of(prop::sample::select(Color::ALL)));
    let words = (vec(text(), 0..3), text(), of(text()));
    let times = (time(), time(), of(time()), 0_u64..=u64::from(u32::MAX));
    let rest = (lineage(), extra());
    (id(), look, words, times, of(target()), of(kept()), rest).prop_map(
        |(id, (kind, color), (tags, note, base), times, target, quotation, (lineage, extra))| {
            let (created, modified, deleted, rev) = times;
            let mut annotation = Annotation {
                id,
                kind,
                color,
                tags,
                note,
                created,
                modified,
                rev,
                base,
                target,
                quotation,
                deleted,
                lineage,
                extra,
            };
            // As a file holds them.
            annotation.lineage.tags = annotation.telling_counts();
            annotation
        },
    )
}

fn corrected() -> impl Strategy<Value = Corrected> {
    (of(text()), of(text()), of(text()), of(date())).prop_map(
        |(title, outlet, byline, published)| Corrected { title, outlet, byline, published },
    )
}

fn subject() -> impl Strategy<Value = Subject> {
    let place = (id(), of(text()), text());
    let known = (of(text()), of(text()), of(text()), of(date()), of(text()));
    let more = (text(), 0_usize..1_000_000, corrected(), extra(), extra());
    (place, known, more).prop_map(|((id, root, path), known, more)| {
        let (title, outlet, byline, published, url) = known;
        let (text_sha256, text_chars, corrected, corrected_extra, extra) = more;
        Subject {
            id,
            root,
            path,
            title,
            outlet,
            byline,
            published,
            url,
            text_sha256,
            text_chars,
            corrected,
            corrected_extra,
            extra,
        }
    })
}

pub(crate) fn record() -> impl Strategy<Value = Record> {
    let revision = 0_u64..=u64::from(u32::MAX);
    (revision, subject(), vec(annotation(), 0..4), extra()).prop_map(
        |(revision, subject, annotations, extra)| Record { revision, subject, annotations, extra },
    )
}
