//! Text to record.

use std::collections::HashSet;

use toml_edit::Document;
use uuid::Uuid;

use super::section::line_of;
use super::{FORMAT, FileError, Record, Section, mark};
use crate::corpus::Corrected;
use crate::note::{Annotation, Kept, Kind, Lineage, Subject, Target};

/// Reads one file of the store.
///
/// # Errors
///
/// The text is no TOML, or not what the format asks for, or of a newer format.
pub fn parse(text: &str) -> Result<Record, FileError> {
    if let Some(line) = mark::conflict(text) {
        let reason = "marks of a version-control conflict: keep one side, or both, and delete them";
        return Err(FileError::Broken { line, reason: reason.to_owned() });
    }
    let document = Document::parse(text).map_err(|error| syntax(text, &error))?;
    let top = Section::top(text, document.as_table());
    check_format(&top)?;
    let article = top.section("article", "[article]")?;
    let article = top.required("article", article)?;
    Ok(Record {
        revision: top.number("revision")?.unwrap_or(0),
        subject: subject(&article, &[])?,
        annotations: annotations(&top.sections("annotation", "[[annotation]]")?)?,
        extra: top.rest(&["format", "revision", "article", "annotation"]),
    })
}

/// Reads a single annotation, as [`annotation_text`](super::annotation_text) writes it.
///
/// # Errors
///
/// The text is no TOML, or not what the format asks for.
pub fn parse_annotation(text: &str) -> Result<Annotation, FileError> {
    let document = Document::parse(text).map_err(|error| syntax(text, &error))?;
    annotation(&Section::top(text, document.as_table()))
}

/// What a text that is no TOML gives.
pub(crate) fn syntax(text: &str, error: &toml_edit::TomlError) -> FileError {
    let at = error.span().map_or(0, |span| span.start);
    FileError::Broken { line: line_of(text, at), reason: error.message().to_owned() }
}

/// Checks that the top level of a document has a format that this version knows.
pub(crate) fn check_format(top: &Section<'_>) -> Result<(), FileError> {
    let format = top.number::<i64>("format")?;
    match top.required("format", format)? {
        1..=FORMAT => Ok(()),
        format if format > FORMAT => Err(FileError::Newer { line: top.line("format"), format }),
        format => Err(top.error_at("format", format!("there is no format {format}"))),
    }
}

/// Reads a list of annotations, as in a file or under an article of an export.
pub(crate) fn annotations(sections: &[Section<'_>]) -> Result<Vec<Annotation>, FileError> {
    let mut seen = HashSet::new();
    let mut annotations = Vec::with_capacity(sections.len());
    for section in sections {
        let annotation = annotation(section)?;
        if !seen.insert(annotation.id) {
            let reason = format!("a second annotation with the id {}", annotation.id);
            return Err(section.error_at("id", reason));
        }
        annotations.push(annotation);
    }
    Ok(annotations)
}

/// Reads an `[article]` table. `also` are keys that the caller reads from it.
pub(crate) fn subject(section: &Section<'_>, also: &[&str]) -> Result<Subject, FileError> {
    let corrected = section.section("corrected", "[article.corrected]")?;
    let known = [&SUBJECT_KEYS[..], also].concat();
    let (corrected, corrected_extra) = match corrected {
        Some(section) => (corrections(&section)?, section.rest(&CORRECTED_KEYS)),
        None => Default::default(),
    };
    Ok(Subject {
        id: section.required("id", section.word::<Uuid>("id")?)?,
        root: section.string("root")?,
        path: section.required("path", section.string("path")?)?,
        title: section.string("title")?,
        outlet: section.string("outlet")?,
        byline: section.string("byline")?,
        published: section.date("published")?,
        url: section.string("url")?,
        text_sha256: section.string("text_sha256")?.unwrap_or_default(),
        text_chars: section.number("text_chars")?.unwrap_or(0),
        corrected,
        corrected_extra,
        extra: section.rest(&known),
    })
}

const SUBJECT_KEYS: [&str; 11] = [
    "id",
    "root",
    "path",
    "title",
    "outlet",
    "byline",
    "published",
    "url",
    "text_sha256",
    "text_chars",
    "corrected",
];

const CORRECTED_KEYS: [&str; 4] = ["title", "outlet", "byline", "published"];

fn corrections(section: &Section<'_>) -> Result<Corrected, FileError> {
    Ok(Corrected {
        title: section.string("title")?,
        outlet: section.string("outlet")?,
        byline: section.string("byline")?,
        published: section.date("published")?,
    })
}

const ANNOTATION_KEYS: [&str; 16] = [
    "id",
    "kind",
    "color",
    "tags",
    "note",
    "created",
    "modified",
    "rev",
    "base",
    "target",
    "quotation",
    "deleted",
    "conflict_of",
    "conflict_rev",
    "replaced",
    "tag_changes",
];

const TARGET_KEYS: [&str; 7] =
    ["exact", "prefix", "suffix", "start", "end", "status", "text_sha256"];

/// Reads an `[[annotation]]` table.
fn annotation(section: &Section<'_>) -> Result<Annotation, FileError> {
    let target = section.section("target", "[annotation.target]")?;
    let quotation = section.section("quotation", "[annotation.quotation]")?;
    let created = section.required("created", section.time("created")?)?;
    Ok(Annotation {
        id: section.required("id", section.word::<Uuid>("id")?)?,
        kind: section.required("kind", section.word::<Kind>("kind")?)?,
        color: section.word("color")?,
        tags: section.strings("tags")?,
        note: section.string("note")?.unwrap_or_default(),
        created,
        modified: section.time("modified")?.unwrap_or(created),
        rev: section.number("rev")?.unwrap_or(1),
        base: section.string("base")?,
        target: target.map(|section| target_section(&section)).transpose()?,
        quotation: quotation.map(|section| kept_section(&section)).transpose()?,
        deleted: section.time("deleted")?,
        lineage: lineage(section)?,
        extra: section.rest(&ANNOTATION_KEYS),
    })
}

fn lineage(section: &Section<'_>) -> Result<Lineage, FileError> {
    let mut lineage = Lineage {
        conflict_of: section.word("conflict_of")?,
        conflict_rev: section.number("conflict_rev")?.unwrap_or(0),
        ..Lineage::default()
    };
    for given in section.strings("replaced")? {
        let parts = given.split_once(':').and_then(|(rev, mark)| Some((rev.parse().ok()?, mark)));
        let Some((rev, mark)) = parts else {
            let reason = format!("`replaced` in [[annotation]]: {given:?} is no revision and mark");
            return Err(section.error_at("replaced", reason));
        };
        lineage.replaced.insert(mark.to_owned(), rev);
    }
    if let Some(counts) = section.section("tag_changes", "`tag_changes`")? {
        lineage.tags = counts.numbers()?;
    }
    Ok(lineage)
}

fn target_section(section: &Section<'_>) -> Result<Target, FileError> {
    Ok(Target {
        exact: section.required("exact", section.string("exact")?)?,
        prefix: section.string("prefix")?.unwrap_or_default(),
        suffix: section.string("suffix")?.unwrap_or_default(),
        start: section.required("start", section.number("start")?)?,
        end: section.required("end", section.number("end")?)?,
        status: section.word("status")?.unwrap_or_default(),
        text_sha256: section.string("text_sha256")?,
        extra: section.rest(&TARGET_KEYS),
    })
}

fn kept_section(section: &Section<'_>) -> Result<Kept, FileError> {
    Ok(Kept {
        speaker: section.string("speaker")?,
        verdict: section.required("verdict", section.word("verdict")?)?,
        utterance: section.word("utterance")?,
        predicted: section.string("predicted")?,
        model: section.string("model")?,
        extra: section.rest(&["speaker", "verdict", "utterance", "predicted", "model"]),
    })
}
