//! Markdown, to be read by people: a section for each article, each passage as a block quote with
//! what was noted on it below.
//!
//! All text, notes included, is escaped so that it shows just as it was written.

use std::io::{self, Write};

use jiff::Timestamp;
use jiff::tz::Offset;

use super::escape::{inline, lines};
use crate::note::{Annotation, Kept, Record, Status, Subject, Target, Verdict};

/// Writes the live annotations of `records`; an article without any is left out.
///
/// # Errors
///
/// `out` refuses.
pub fn write<'a>(
    out: &mut impl Write,
    records: impl IntoIterator<Item = &'a Record>,
    exported: Timestamp,
) -> io::Result<()> {
    writeln!(out, "# Annotations")?;
    writeln!(out, "\nExported from pullquote on {}.", Offset::UTC.to_datetime(exported).date())?;
    for record in records {
        if record.live().next().is_some() {
            article(out, record)?;
        }
    }
    Ok(())
}

fn article(out: &mut impl Write, record: &Record) -> io::Result<()> {
    head(out, &record.subject)?;
    let (placed, whole): (Vec<_>, Vec<_>) = record.live().partition(|it| it.target.is_some());
    for annotation in whole {
        remarks(out, annotation)?;
    }
    let (mut orphans, mut found): (Vec<_>, Vec<_>) =
        placed.into_iter().partition(|it| has_status(it, Status::Orphan));
    found.sort_by_key(|it| place(it));
    orphans.sort_by_key(|it| place(it));
    for annotation in found {
        passage(out, annotation)?;
    }
    if !orphans.is_empty() {
        writeln!(out, "\n### No longer found in the text")?;
    }
    for annotation in orphans {
        passage(out, annotation)?;
    }
    Ok(())
}

fn head(out: &mut impl Write, subject: &Subject) -> io::Result<()> {
    let title = inline(subject.title().unwrap_or_default());
    let title = if title.is_empty() { inline(&subject.path) } else { title };
    writeln!(out, "\n## {title}")?;
    let facts = [
        subject.outlet().map(inline),
        subject.byline().map(inline),
        subject.published().map(|day| day.to_string()),
        subject.url.as_deref().map(link),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    if facts.is_empty() { Ok(()) } else { writeln!(out, "\n{}", facts.join(" · ")) }
}

/// An address as a link, if it is one that a reader can follow and Markdown can hold.
fn link(url: &str) -> String {
    let of_the_web = url.starts_with("https://") || url.starts_with("http://");
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '\\');
    if of_the_web && url.chars().all(plain) { format!("<{url}>") } else { inline(url) }
}

fn has_status(annotation: &Annotation, status: Status) -> bool {
    annotation.target.as_ref().is_some_and(|target| target.status == status)
}

fn place(annotation: &Annotation) -> Option<(usize, usize)> {
    annotation.target.as_ref().map(|target| (target.start, target.end))
}

fn passage(out: &mut impl Write, annotation: &Annotation) -> io::Result<()> {
    if let Some(target) = &annotation.target {
        quote(out, target)?;
    }
    if let Some(kept) = &annotation.quotation {
        writeln!(out, "\n{}", speaker(kept))?;
    }
    remarks(out, annotation)
}

/// The words as a block quote; what stood on lines of its own becomes a paragraph of its own.
fn quote(out: &mut impl Write, target: &Target) -> io::Result<()> {
    let paragraphs = lines(&target.exact).filter(|line| !line.is_empty());
    for (at, paragraph) in paragraphs.enumerate() {
        writeln!(out, "{}> {paragraph}", if at == 0 { "\n" } else { ">\n" })?;
    }
    Ok(())
}

fn speaker(kept: &Kept) -> String {
    if kept.verdict == Verdict::Rejected {
        return "(not a quotation)".to_owned();
    }
    format!("— {}", kept.speaker.as_deref().map_or("speaker unknown".to_owned(), inline))
}

/// Colour and tags on one line, then the note.
fn remarks(out: &mut impl Write, annotation: &Annotation) -> io::Result<()> {
    let color = annotation.color.map(|color| color.name().to_owned());
    let moved = has_status(annotation, Status::Moved).then(|| "moved, not confirmed".to_owned());
    let tags = annotation.tags.iter().map(|tag| inline(tag));
    let marks: Vec<String> = color.into_iter().chain(tags).chain(moved).collect();
    if !marks.is_empty() {
        writeln!(out, "\n*{}*", marks.join(" · "))?;
    }
    note(out, &annotation.note)
}

/// A note, line for line.
fn note(out: &mut impl Write, note: &str) -> io::Result<()> {
    if note.trim().is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let lines: Vec<String> = lines(note).collect();
    for (at, line) in lines.iter().enumerate() {
        let goes_on = lines.get(at + 1).is_some_and(|next| !next.is_empty());
        // Two spaces at a line's end keep Markdown from joining it with the next.
        writeln!(out, "{line}{}", if goes_on && !line.is_empty() { "  " } else { "" })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{Color, Kind};
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn at(start: usize, exact: &str, status: Status) -> Annotation {
        let exact = exact.to_owned();
        let target = Target { exact, start, end: start + 1, status, ..Target::default() };
        Annotation::new(Uuid::nil(), Kind::Highlight, NOW, Some(target))
    }

    fn exported(record: &Record) -> String {
        let mut out = Vec::new();
        write(&mut out, [record], NOW).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_article_reads_well() {
        let mut marked = at(9, "prices *were*\npushed up", Status::Anchored);
        marked.color = Some(Color::Yellow);
        marked.tags = vec!["frame/economic".to_owned()];
        marked.note = "Passive voice\nhides the actor.\n\n- Who?".to_owned();
        let mut kept = at(2, "Nobody went hungry", Status::Moved);
        let speaker = Some("Tomas Ekdahl".to_owned());
        kept.quotation = Some(Kept { speaker, ..Kept::new(Verdict::Corrected) });
        let mut whole = Annotation::new(Uuid::nil(), Kind::Note, NOW, None);
        whole.note = "Compare with the Ledger.".to_owned();
        let mut gone = at(1, "gone", Status::Orphan);
        gone.note = "Where is it?".to_owned();
        let deleted = at(3, "deleted", Status::Anchored).deleted(NOW);
        let subject = Subject {
            title: Some("Grid <operator>".to_owned()),
            outlet: Some("Example Wire".to_owned()),
            published: Some(jiff::civil::date(2026, 3, 4)),
            url: Some("https://example.org/grid_a".to_owned()),
            ..Subject::default()
        };
        let annotations = vec![gone, marked, deleted, kept, whole];
        let record = Record { subject, annotations, ..Record::default() };
        let expected = "\
# Annotations

Exported from pullquote on 1970-01-01.

## Grid \\<operator\\>

Example Wire · 2026-03-04 · <https://example.org/grid_a>

Compare with the Ledger.

> Nobody went hungry

— Tomas Ekdahl

*moved, not confirmed*

> prices \\*were\\*
>
> pushed up

*yellow · frame/economic*

Passive voice  
hides the actor.

\\- Who?

### No longer found in the text

> gone

Where is it?
";
        assert_eq!(exported(&record), expected);
    }

    #[test]
    fn an_article_without_a_headline_has_its_path() {
        let subject = Subject { path: "a_b.txt".to_owned(), ..Subject::default() };
        let annotations = vec![at(0, "x", Status::Anchored)];
        let text = exported(&Record { subject, annotations, ..Record::default() });
        assert!(text.contains("\n## a\\_b.txt\n\n> x\n"), "{text}");
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert_eq!(link("https://a.org/?b=c&d"), "<https://a.org/?b=c&d>");
        assert_eq!(link("javascript:alert(1)"), "javascript:alert(1)");
        assert_eq!(link("https://a.org/> <b>"), "https://a.org/\\> \\<b\\>");
    }
}
