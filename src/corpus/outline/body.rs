//! The body of a report: paragraphs, and what stands between them.

use super::super::BlockKind::{
    self, Byline, Caption, Chrome, Credit, Dateline, Heading, Paragraph,
};
use super::date::When;
use super::head::is_description;
use super::line::Line;
use super::look::{Look, Seen};
use super::picture::is_owned_by;

/// The longest heading, in scalar values.
const LONGEST_HEADING: usize = 80;

/// The kind of the line `at` of a report's body; `owner` is the outlet, if it is known.
pub(super) fn kind(seen: &[Seen], at: usize, owner: Option<&str>) -> BlockKind {
    let Some(one) = seen.get(at) else {
        return Paragraph;
    };
    match one.look {
        Look::Chrome | Look::Rule | Look::Related => Chrome,
        Look::Caption => Caption,
        Look::Credit => Credit,
        Look::Byline => Byline,
        Look::Date(when) => dated(when, seen, at),
        Look::Imprint | Look::Text | Look::Pitch => {
            if owner.is_some_and(|owner| is_owned_by(&one.line, owner)) || is_description(seen, at)
            {
                Caption
            } else if is_heading(seen, at) {
                Heading
            } else {
                Paragraph
            }
        }
    }
}

/// A day or a time over an entry of a live page or a chronicle is its heading.
fn dated(when: When, seen: &[Seen], at: usize) -> BlockKind {
    let next = seen.get(at + 1).map(|next| next.look);
    match (when, next) {
        (When::Label, _) => Dateline,
        (_, Some(Look::Text | Look::Pitch)) => Heading,
        (When::Clock, _) => Paragraph,
        (When::Day(_), _) => Dateline,
    }
}

fn is_heading(seen: &[Seen], at: usize) -> bool {
    let Some(line) = seen.get(at).map(|one| one.line) else {
        return false;
    };
    let above = at.checked_sub(1).and_then(|above| seen.get(above));
    line.chars <= LONGEST_HEADING
        && line.within(12)
        && reads_as_heading(&line)
        && above.is_none_or(|above| !lists(above))
        && seen.get(at + 1..).is_some_and(|below| leads_to_prose(below))
}

/// Whether a line above makes this one an item of a list or the next line of a verse.
fn lists(above: &Seen) -> bool {
    let text = above.line.text;
    matches!(above.look, Look::Text | Look::Pitch)
        && (text.ends_with([':', ',', ';']) || !above.line.ends_sentence() && above.line.chars > 12)
        && !above.line.is_prose()
}

fn reads_as_heading(line: &Line) -> bool {
    let text = line.text;
    let marks = ['-', '•', '*', '·', '–', '—', '(', '[', '@', '#', '<', '>', '{', '}', '='];
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = line.shouts() && !line.within(1) && !text.contains(':');
    let open = !line.ends_sentence() && !text.ends_with([':', ',', ';', '-', '–', '—']);
    letters >= 3
        && line.opens_capital()
        && !text.starts_with(marks)
        && !text.ends_with(['{', '}', '>'])
        && !is_half_quoted(text)
        && (open || shouted || is_question(line))
}

/// Whether a quotation begins in it and does not end, or ends and did not begin.
fn is_half_quoted(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    count('“') != count('”') || !count('"').is_multiple_of(2)
}

/// "What happens next?"
fn is_question(line: &Line) -> bool {
    let first = line.words().next().unwrap_or_default();
    let asks = matches!(first, "What" | "Why" | "How" | "Who" | "When" | "Where" | "Which");
    asks && line.text.ends_with('?') && line.within(9) && !line.quotes()
}

/// Whether running text follows, perhaps below another heading or furniture.
fn leads_to_prose(below: &[Seen]) -> bool {
    let next = below.iter().filter(|one| !one.is_chrome()).take(2);
    let mut looks = next.map(|one| {
        let text = matches!(one.look, Look::Text | Look::Pitch);
        (text && (one.line.is_prose() || one.line.ends_sentence() && !one.line.within(3)), one.look)
    });
    match (looks.next(), looks.next()) {
        (Some((true, _)), _) => true,
        (Some((false, Look::Caption | Look::Credit)), Some((prose, _))) => prose,
        _ => false,
    }
}
