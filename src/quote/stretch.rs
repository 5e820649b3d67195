//! Quoted stretches: the text between a pair of quotation marks.

use super::boundary::is_boundary;
use super::clause::clause_end;
use super::mark::{Family, Mark, marks};
use super::neighbour::Turn;
use super::pair::{Mate, pair};
use crate::corpus::{Block, BlockKind};
use crate::text::{Offset, Span};

/// A quoted stretch, scare quotes included.
///
/// Nested stretches belong to the outer one. A quotation that runs on over paragraphs gives one for
/// each. An unclosed one ends with its paragraph or, where another mark opens before that, at the
/// clause end before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// What stands between the marks, punctuation included, without the white space that stands just
    /// inside them (French sets some there, and a scraper leaves some). Never empty.
    pub inner: Span,
    /// The same with its marks, as many as there are, and that white space.
    pub outer: Span,
    /// Whether a mark closes it.
    pub closed: bool,
    /// The index of the block that it stands in, into
    /// [`Article::blocks`](crate::corpus::Article::blocks).
    pub block: usize,
}

/// The quoted stretches of a text, in its order and apart from each other.
///
/// Every block is searched, chrome included, and each by itself; what comes before and after it in the
/// report only tells whether a quotation runs on. `blocks` are in the order of the text and do not
/// overlap. Spans lie on grapheme boundaries if those of the blocks do. Takes time linear in the
/// length of the text.
#[must_use]
pub fn stretches(text: &str, blocks: &[Block]) -> Vec<Stretch> {
    let mut scans: Vec<Vec<Mark>> = blocks.iter().map(|block| marks(text, block.span)).collect();
    let reopened = reopened(text, blocks, &scans);
    let mut out = Vec::new();
    let mut carried = None;
    for (at, ((block, scan), runs_on)) in blocks.iter().zip(&mut scans).zip(reopened).enumerate() {
        let is_body = block.kind == BlockKind::Paragraph;
        if is_body && carried == Some(block.part) && is_carried_on(text, block, scan) {
            scan.insert(0, unwritten(block));
        }
        let mates = pair(scan, runs_on);
        let running = running(text, block, scan, &mates, runs_on);
        let found = Finder { text, block, at, marks: scan, mates: &mates, running };
        found.find(&mut out);
        if is_body {
            carried = found.leaves_open(out.last()).then_some(block.part);
        }
    }
    out
}

/// For each block, the family of the mark with which the next paragraph of its part goes on quoting.
fn reopened(text: &str, blocks: &[Block], scans: &[Vec<Mark>]) -> Vec<Option<Family>> {
    let mut next: Option<(usize, Option<Family>)> = None;
    let mut out: Vec<Option<Family>> = blocks
        .iter()
        .zip(scans)
        .rev()
        .map(|(block, scan)| {
            let here = next.filter(|(part, _)| *part == block.part).and_then(|(_, family)| family);
            if block.kind != BlockKind::Paragraph {
                return None;
            }
            next = Some((block.part, reopens(text, block, scan)));
            here
        })
        .collect();
    out.reverse();
    out
}

/// The family of the opening mark that a block begins with.
fn reopens(text: &str, block: &Block, scan: &[Mark]) -> Option<Family> {
    let first = scan.first().filter(|mark| mark.turn == Turn::Opens && !mark.doubtful)?;
    let before = Span::between(block.span.start, first.start).of(text);
    before.chars().all(|c| !c.is_alphanumeric()).then_some(first.family)
}

/// Whether a block goes on in mid-sentence with a quotation that the paragraph before it left open.
fn is_carried_on(text: &str, block: &Block, scan: &[Mark]) -> bool {
    let first = scan.iter().find(|mark| mark.family == Family::Double);
    first.is_some_and(|mark| mark.turn == Turn::Closes && !mark.doubtful)
        && block.span.of(text).starts_with(char::is_lowercase)
}

/// The opening mark that nobody sets where a line was broken within a quotation.
fn unwritten(block: &Block) -> Mark {
    Mark {
        start: block.span.start,
        len: 0,
        family: Family::Double,
        turn: Turn::Opens,
        doubtful: false,
        leads: true,
    }
}

/// Finds the stretches of one block.
struct Finder<'a> {
    text: &'a str,
    block: &'a Block,
    /// The index of the block.
    at: usize,
    marks: &'a [Mark],
    mates: &'a [Mate],
    /// The mark whose speech goes on in the next paragraph.
    running: Option<usize>,
}

/// The index of the unclosed mark that opens speech which the next paragraph goes on with, in marks of
/// the family `runs_on`. Quotations after it are nested in it, if they leave it something to say.
fn running(
    text: &str,
    block: &Block,
    marks: &[Mark],
    mates: &[Mate],
    runs_on: Option<Family>,
) -> Option<usize> {
    let runs_on = runs_on?;
    let mut running = None;
    let mut said = block.span.start;
    for (index, (mark, mate)) in marks.iter().zip(mates).enumerate() {
        match *mate {
            Mate::Unclosed if mark.family == runs_on => running = mark.leads.then_some(index),
            Mate::Closed(end) if mark.family == runs_on => {
                said = said.max(marks.get(end).map_or(said, Mark::end));
            }
            _ => {}
        }
    }
    running.filter(|_| says_something(Span::between(said, block.span.end).of(text)))
}

impl Finder<'_> {
    /// Adds the stretches that stand in no other one to `out`.
    fn find(&self, out: &mut Vec<Stretch>) {
        let mut free = self.block.span.start;
        for (index, (mark, mate)) in self.marks.iter().zip(self.mates).enumerate() {
            if mark.start < free {
                continue;
            }
            let (inner, outer, closed) = match *mate {
                Mate::Nothing => continue,
                Mate::Closed(end) => {
                    let Some(end) = self.marks.get(end) else { continue };
                    (end.start, end.end(), true)
                }
                Mate::Unclosed => {
                    let end = self.end_of_unclosed(index, mark);
                    (end, end, false)
                }
            };
            free = outer;
            let inner = trim(self.text, Span::between(mark.end(), inner));
            if says_something(inner.of(self.text)) {
                let outer = Span::between(mark.start, if closed { outer } else { inner.end });
                out.push(Stretch { inner, outer, closed, block: self.at });
            }
        }
    }

    /// Where the stretch ends that the unclosed `mark` opens.
    fn end_of_unclosed(&self, index: usize, mark: &Mark) -> Offset {
        if self.running == Some(index) {
            return self.block.span.end;
        }
        // Words that merely stand out hold no quotation of their own; speech may.
        let cut = self.openings_after(index).find(|next| next.family == mark.family || !mark.leads);
        cut.map_or(self.block.span.end, |next| {
            clause_end(self.text, Span::between(mark.end(), next.start))
        })
    }

    /// The opening marks after the one of that index.
    fn openings_after(&self, index: usize) -> impl Iterator<Item = &Mark> {
        let rest = self.marks.get(index + 1..).unwrap_or_default();
        let mates = self.mates.get(index + 1..).unwrap_or_default();
        rest.iter().zip(mates).filter(|(_, mate)| **mate != Mate::Nothing).map(|(mark, _)| mark)
    }

    /// Whether the last stretch found is an unclosed one that ends with this block.
    fn leaves_open(&self, last: Option<&Stretch>) -> bool {
        last.is_some_and(|last| {
            last.block == self.at && !last.closed && last.outer.end == self.block.span.end
        })
    }
}

/// Whether quoted words are more than white space and marks.
fn says_something(words: &str) -> bool {
    words.contains(|c: char| c.is_alphanumeric())
}

/// The span without the white space at its ends, as far as that leaves it on grapheme boundaries.
fn trim(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    let end = span.start + words.trim_end().len();
    let start = if is_boundary(text, start) { start } else { span.start };
    let end = if is_boundary(text, end) { end } else { span.end };
    Span::between(start, end.max(start))
}
