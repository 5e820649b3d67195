//! TOML: one file with everything, which is also what can be imported again.
//!
//! It has the keys of the store's own files: `[[article]]` as their `[article]`,
//! `[[article.annotation]]` as their `[[annotation]]`. It leaves out what concerns the store alone:
//! a file's `revision`, unknown keys at its top, and tombstones, since an export is for reading and
//! for adding to another store, and what was deleted here need not vanish there.

use std::io::{self, Write};

use jiff::Timestamp;
use toml_edit::{ArrayOfTables, Document, DocumentMut, Item, value};

use crate::corpus::Corrected;
use crate::note::file::{self, FORMAT, FileError, Section};
use crate::note::{Annotation, Record};

/// What offsets count.
const OFFSET_UNIT: &str = "codepoint";
/// Where an article's annotations are.
const ANNOTATION: &str = "annotation";

/// Writes `records`; one without live annotations and corrections is left out.
///
/// # Errors
///
/// `out` refuses.
pub fn write<'a>(
    out: &mut impl Write,
    records: impl IntoIterator<Item = &'a Record>,
    exported: Timestamp,
) -> io::Result<()> {
    write!(out, "{}", head(exported))?;
    for record in records {
        if record.live().next().is_some() || record.subject.corrected != Corrected::default() {
            write!(out, "\n{}", article(record))?;
        }
    }
    Ok(())
}

fn head(exported: Timestamp) -> DocumentMut {
    let mut head = DocumentMut::new();
    head.insert("format", value(FORMAT));
    head.insert("exported", value(file::instant(exported)));
    head.insert("generator", value(concat!("pullquote ", env!("CARGO_PKG_VERSION"))));
    head.insert("offset_unit", value(OFFSET_UNIT));
    head
}

fn article(record: &Record) -> DocumentMut {
    let mut article = file::subject_table(&record.subject);
    article.remove(ANNOTATION);
    let annotations: ArrayOfTables = record.live().map(file::annotation_table).collect();
    if !annotations.is_empty() {
        article.insert(ANNOTATION, Item::ArrayOfTables(annotations));
    }
    let mut document = DocumentMut::new();
    document.insert("article", Item::ArrayOfTables(ArrayOfTables::from_iter([article])));
    document
}

/// Reads what [`write()`] wrote: for each article a record, or what is wrong with it. A record read
/// has `revision` 0.
///
/// # Errors
///
/// It is no export at all, or of a newer format, or counts its offsets in something else.
pub fn read(text: &str) -> Result<Vec<Result<Record, FileError>>, FileError> {
    let document = Document::parse(text).map_err(|error| file::syntax(text, &error))?;
    let top = Section::top(text, document.as_table());
    file::check_format(&top)?;
    if let Some(unit) = top.string("offset_unit")?.filter(|unit| unit != OFFSET_UNIT) {
        let reason = format!("offsets in {unit:?} are not understood, only in {OFFSET_UNIT:?}");
        return Err(top.error_at("offset_unit", reason));
    }
    Ok(top.sections("article", "[[article]]")?.iter().map(record).collect())
}

fn record(section: &Section<'_>) -> Result<Record, FileError> {
    let subject = file::subject(section, &[ANNOTATION])?;
    let sections = section.sections(ANNOTATION, "[[article.annotation]]")?;
    let annotations: Vec<Annotation> = file::annotations(&sections)?;
    Ok(Record { subject, annotations, ..Record::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::arbitrary::{record, time};
    use proptest::prelude::*;

    fn exported(records: &[Record], now: Timestamp) -> String {
        let mut out = Vec::new();
        write(&mut out, records, now).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// What of a record an export holds.
    fn shared(record: &Record) -> Record {
        Record {
            subject: record.subject.clone(),
            annotations: record.live().cloned().collect(),
            ..Record::default()
        }
    }

    proptest! {
        #[test]
        fn what_export_wrote_is_what_was_stored(
            records in proptest::collection::vec(record(), 0..4),
            now in time(),
        ) {
            let text = exported(&records, now);
            let read: Result<Vec<Record>, FileError> = read(&text).unwrap().into_iter().collect();
            let expected: Vec<Record> = records
                .iter()
                .map(shared)
                .filter(|it| !it.annotations.is_empty() || it.subject.corrected != Corrected::default())
                .collect();
            prop_assert_eq!(read, Ok(expected), "{}", text);
        }
    }

    #[test]
    fn the_head_says_what_it_is() {
        let text = exported(&[], Timestamp::UNIX_EPOCH);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "format = 1");
        assert_eq!(lines[1], "exported = 1970-01-01T00:00:00Z");
        assert!(lines[2].starts_with("generator = \"pullquote "));
        assert_eq!(lines[3], "offset_unit = \"codepoint\"");
        assert_eq!(read(&text), Ok(Vec::new()));
    }

    #[test]
    fn one_bad_article_leaves_the_others() {
        let good = "[[article]]\nid = '0195a7b0-0000-7000-8000-000000000001'\npath = 'a'\n";
        let text = format!("format = 1\n{good}[[article]]\npath = 'b'\n{good}");
        let read = read(&text).unwrap();
        assert_eq!(read.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(read[1].as_ref().unwrap_err().line(), 5);
    }

    #[test]
    fn other_files_are_refused() {
        assert!(read("").is_err());
        assert!(read("format = 2").is_err());
        assert!(read("format = 1\noffset_unit = 'byte'").is_err());
    }
}
