//! `annotations`: what is stored, orphans included.

use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::definition::{Listed, Options};
use super::message::{Failure, Messages, Verdict};
use super::row::{Row, Rows};
use super::stored::Stored;
use crate::note::{Annotation, Color, Subject};

/// An annotation; positions in scalar values, absent for a note on the whole article.
#[derive(Debug, Serialize)]
struct AnnotationRow<'a> {
    article: &'a str,
    root: Option<&'a str>,
    id: Uuid,
    kind: &'static str,
    color: Option<&'static str>,
    tags: &'a [String],
    note: &'a str,
    text: Option<&'a str>,
    start: Option<usize>,
    end: Option<usize>,
    status: Option<&'static str>,
    speaker: Option<&'a str>,
    verdict: Option<&'static str>,
    created: Timestamp,
    modified: Timestamp,
}

impl<'a> AnnotationRow<'a> {
    fn new(article: &'a str, subject: &'a Subject, annotation: &'a Annotation) -> Self {
        let target = annotation.target.as_ref();
        let kept = annotation.quotation.as_ref();
        Self {
            article,
            root: subject.root.as_deref(),
            id: annotation.id,
            kind: annotation.kind.name(),
            color: annotation.color.map(Color::name),
            tags: &annotation.tags,
            note: &annotation.note,
            text: target.map(|target| target.exact.as_str()),
            start: target.map(|target| target.start),
            end: target.map(|target| target.end),
            status: target.map(|target| target.status.name()),
            speaker: kept.and_then(|kept| kept.speaker.as_deref()),
            verdict: kept.map(|kept| kept.verdict.name()),
            created: annotation.created,
            modified: annotation.modified,
        }
    }
}

impl Row for AnnotationRow<'_> {
    const NAME: &'static str = "annotation";
    const FIELDS: &'static [&'static str] = &[
        "article", "root", "id", "kind", "color", "tags", "note", "text", "start", "end", "status",
        "speaker", "verdict", "created", "modified",
    ];

    fn columns(&self) -> Vec<String> {
        let number = |number: Option<usize>| number.map(|it| it.to_string()).unwrap_or_default();
        vec![
            self.article.to_owned(),
            number(self.start),
            number(self.end),
            self.status.unwrap_or_default().to_owned(),
            self.color.unwrap_or(self.kind).to_owned(),
            self.tags.join(", "),
            self.text.unwrap_or_default().to_owned(),
            self.note.to_owned(),
        ]
    }
}

pub(super) fn run(
    listed: Listed,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let mut rows = Rows::open::<AnnotationRow>(listed.format, &listed.output)?;
    let stored = Stored::read(listed.paths, options, messages)?;
    for (article, record) in &stored.records {
        for annotation in record.live() {
            rows.put(&AnnotationRow::new(article, &record.subject, annotation))?;
        }
    }
    super::finished(stored.verdict, rows)
}
