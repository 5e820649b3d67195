//! Record to text.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;
use toml_edit::{
    Array, ArrayOfTables, Date, Datetime, DocumentMut, InlineTable, Item, Table, Time, Value,
};

use super::read::syntax;
use super::{FORMAT, FileError, Record, mark, overlay, plain};
use crate::corpus::Corrected;
use crate::note::{Annotation, Kept, Subject, Target};

/// The text of a new file.
#[must_use]
pub fn fresh(record: &Record) -> String {
    DocumentMut::from(table(record)).to_string()
}

/// The text of a file that is there already, as `old`, with what the record says: where it says the
/// same the text stays as it is, with its comments.
///
/// # Errors
///
/// `old` is no TOML.
pub fn update(old: &str, record: &Record) -> Result<String, FileError> {
    let mut document: DocumentMut = old.parse().map_err(|error| syntax(old, &error))?;
    overlay::lay_over(&mut document, &table(record));
    Ok(document.to_string())
}

/// The text of a single annotation.
#[must_use]
pub fn annotation_text(annotation: &Annotation) -> String {
    DocumentMut::from(annotation_table(annotation)).to_string()
}

/// Whether two records would be written alike, which is all that a file can tell.
#[must_use]
pub fn same(a: &Record, b: &Record) -> bool {
    let head = |of: &Record| {
        let (subject, extra) = (of.subject.clone(), of.extra.clone());
        fresh(&Record { revision: of.revision, subject, annotations: Vec::new(), extra })
    };
    // To write them all takes longer than all else that a save does.
    let alike = |(a, b): (&Annotation, &Annotation)| {
        (a == b && !holds_unknown(a)) || annotation_text(a) == annotation_text(b)
    };
    a.annotations.len() == b.annotations.len()
        && head(a) == head(b)
        && a.annotations.iter().zip(&b.annotations).all(alike)
}

/// Whether it has keys that this version does not know. Numbers in them may be equal and yet be written
/// otherwise: `-0.0`.
fn holds_unknown(annotation: &Annotation) -> bool {
    let target = annotation.target.as_ref().map(|target| &target.extra);
    let kept = annotation.quotation.as_ref().map(|kept| &kept.extra);
    [Some(&annotation.extra), target, kept].into_iter().flatten().any(|extra| !extra.is_empty())
}

fn table(record: &Record) -> Table {
    let mut table = Table::new();
    put(&mut table, "format", Some(FORMAT));
    put(&mut table, "revision", Some(number(record.revision)));
    table.insert("article", Item::Table(subject_table(&record.subject)));
    let annotations: ArrayOfTables = record.annotations.iter().map(annotation_table).collect();
    if !annotations.is_empty() {
        table.insert("annotation", Item::ArrayOfTables(annotations));
    }
    put_rest(&mut table, &record.extra);
    table
}

/// The `[article]` table.
pub(crate) fn subject_table(subject: &Subject) -> Table {
    let mut table = Table::new();
    put(&mut table, "id", Some(subject.id.to_string()));
    put(&mut table, "root", subject.root.as_deref());
    put(&mut table, "path", Some(subject.path.as_str()));
    put(&mut table, "title", subject.title.as_deref());
    put(&mut table, "outlet", subject.outlet.as_deref());
    put(&mut table, "byline", subject.byline.as_deref());
    put(&mut table, "published", subject.published.and_then(day));
    put(&mut table, "url", subject.url.as_deref());
    put(&mut table, "text_sha256", Some(subject.text_sha256.as_str()));
    put(&mut table, "text_chars", Some(number(subject.text_chars)));
    let corrected = corrected_table(&subject.corrected, &subject.corrected_extra);
    if !corrected.is_empty() {
        table.insert("corrected", Item::Table(corrected));
    }
    put_rest(&mut table, &subject.extra);
    table
}

fn corrected_table(corrected: &Corrected, extra: &toml::Table) -> Table {
    let mut table = Table::new();
    put(&mut table, "title", corrected.title.as_deref());
    put(&mut table, "outlet", corrected.outlet.as_deref());
    put(&mut table, "byline", corrected.byline.as_deref());
    put(&mut table, "published", corrected.published.and_then(day));
    put_rest(&mut table, extra);
    table
}

/// The `[article]` table as text.
pub(crate) fn subject_text(subject: &Subject) -> String {
    subject_table(subject).to_string()
}

/// The `[[annotation]]` table.
pub(crate) fn annotation_table(annotation: &Annotation) -> Table {
    let mut table = Table::new();
    put(&mut table, "id", Some(annotation.id.to_string()));
    put(&mut table, "kind", Some(annotation.kind.name()));
    put(&mut table, "color", annotation.color.map(crate::note::Color::name));
    let tags: Array = annotation.tags.iter().map(String::as_str).collect();
    put(&mut table, "tags", (!tags.is_empty()).then_some(tags));
    let note = annotation.note.as_str();
    put(&mut table, "note", (!note.is_empty()).then_some(note));
    put(&mut table, "created", Some(instant(annotation.created)));
    put(&mut table, "modified", Some(instant(annotation.modified)));
    put(&mut table, "rev", Some(number(annotation.rev)));
    put(&mut table, "base", annotation.base.as_deref());
    put(&mut table, "deleted", annotation.deleted.map(instant));
    put_lineage(&mut table, annotation);
    if let Some(target) = &annotation.target {
        table.insert("target", Item::Table(target_table(target)));
    }
    if let Some(kept) = &annotation.quotation {
        table.insert("quotation", Item::Table(kept_table(kept)));
    }
    put_rest(&mut table, &annotation.extra);
    table
}

fn put_lineage(table: &mut Table, annotation: &Annotation) {
    let lineage = &annotation.lineage;
    put(table, "conflict_of", lineage.conflict_of.map(|id| id.to_string()));
    let rev = (lineage.conflict_rev > 0).then(|| number(lineage.conflict_rev));
    put(table, "conflict_rev", rev);
    let replaced: Array =
        lineage.replaced.iter().map(|(mark, rev)| format!("{rev}:{mark}")).collect();
    put(table, "replaced", (!replaced.is_empty()).then_some(replaced));
    let counts = annotation.telling_counts();
    let counts: InlineTable =
        counts.iter().map(|(tag, &count)| (tag.as_str(), Value::from(number(count)))).collect();
    put(table, "tag_changes", (!counts.is_empty()).then_some(counts));
}

fn target_table(target: &Target) -> Table {
    let mut table = Table::new();
    put(&mut table, "exact", Some(target.exact.as_str()));
    put(&mut table, "prefix", Some(target.prefix.as_str()));
    put(&mut table, "suffix", Some(target.suffix.as_str()));
    put(&mut table, "start", Some(number(target.start)));
    put(&mut table, "end", Some(number(target.end)));
    put(&mut table, "status", Some(target.status.name()));
    put(&mut table, "text_sha256", target.text_sha256.as_deref());
    put_rest(&mut table, &target.extra);
    table
}

fn kept_table(kept: &Kept) -> Table {
    let mut table = Table::new();
    put(&mut table, "speaker", kept.speaker.as_deref());
    put(&mut table, "verdict", Some(kept.verdict.name()));
    put(&mut table, "utterance", kept.utterance.map(|id| id.to_string()));
    put(&mut table, "predicted", kept.predicted.as_deref());
    put(&mut table, "model", kept.model.as_deref());
    put_rest(&mut table, &kept.extra);
    table
}

fn put(table: &mut Table, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        let value = match value.into() {
            Value::String(text) => mark::text(text.value()),
            other => other,
        };
        table.insert(key, Item::Value(value));
    }
}

/// Adds the unknown keys; none of them can take the place of one that we know.
fn put_rest(table: &mut Table, extra: &toml::Table) {
    for (key, value) in extra {
        if !table.contains_key(key) {
            table.insert(key, plain::to_item(value));
        }
    }
}

/// A number as TOML has them; no count of ours comes near the limit.
fn number(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// A day as TOML has them; `None` before the year 0.
fn day(date: civil::Date) -> Option<Datetime> {
    Some(Datetime { date: Some(toml_date(date)?), time: None, offset: None })
}

fn toml_date(date: civil::Date) -> Option<Date> {
    Some(Date {
        year: date.year().try_into().ok()?,
        month: date.month().try_into().ok()?,
        day: date.day().try_into().ok()?,
    })
}

/// A time in UTC to the second. One before the year 0 becomes the start of 1970.
pub(crate) fn instant(time: Timestamp) -> Datetime {
    let utc = Offset::UTC.to_datetime(time);
    let Some(date) = toml_date(utc.date()) else { return instant(Timestamp::UNIX_EPOCH) };
    let part = |number: i8| number.unsigned_abs();
    Datetime {
        date: Some(date),
        time: Some(Time {
            hour: part(utc.hour()),
            minute: part(utc.minute()),
            second: Some(part(utc.second())),
            nanosecond: None,
        }),
        offset: Some(toml_edit::Offset::Z),
    }
}
