//! Quoted stretches: the text between a pair of quotation marks.

use super::clause::clause_end;
use super::mark::{Family, Mark, says_something};
use super::pair::{Mate, pair};
use super::reach::within_reach;
use super::reader::marks;
use super::run::{is_carried_on, reopening, running, unwritten};
use crate::corpus::{Block, BlockKind};
use crate::text::{Offset, Span, is_grapheme_boundary};

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
/// length of the text, and none is looked for [beyond reach](super::beyond_reach).
#[must_use]
pub fn stretches(text: &str, blocks: &[Block]) -> Vec<Stretch> {
    let blocks = within_reach(text, blocks);
    let mut scans: Vec<Vec<Mark>> = blocks.iter().map(|block| marks(text, block.span)).collect();
    let reopening = reopening(text, blocks, &scans);
    let mut out = Vec::new();
    let mut carried = None;
    for (at, ((block, scan), again)) in blocks.iter().zip(&mut scans).zip(reopening).enumerate() {
        let is_body = block.kind == BlockKind::Paragraph;
        if is_body && carried == Some(block.part) && is_carried_on(text, block, scan) {
            scan.insert(0, unwritten(block));
        }
        let mates = pair(scan, again == Some(Family::Single));
        let running = again.and_then(|again| running(text, block, scan, &mates, again));
        let found = Finder { text, block, at, marks: scan, mates: &mates, running };
        found.find(&mut out);
        if is_body {
            carried = found.leaves_open(out.last()).then_some(block.part);
        }
    }
    out
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

/// The span without the white space at its ends, as far as that leaves it on grapheme boundaries.
fn trim(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    let end = span.start + words.trim_end().len();
    let start = if is_grapheme_boundary(text, start) { start } else { span.start };
    let end = if is_grapheme_boundary(text, end) { end } else { span.end };
    Span::between(start, end.max(start))
}
