//! Speeches of a transcript or an interview without quotation marks: `NAME: …`, line by line.

use std::collections::BTreeMap;

use super::quotation::{Kind, Quotation};
use crate::corpus::{Block, BlockKind};
use crate::text::{Span, is_grapheme_boundary};

/// So many labelled lines make a transcript.
const LEAST: usize = 4;
/// The most lines without a label between two with one.
const APART: usize = 2;
/// How sure we are of such a speech.
const SURE: f32 = 0.9;

/// A line with its label.
struct Line {
    block: usize,
    /// The length of the label in bytes, with its colon.
    label: usize,
}

/// The speeches of every run of labelled lines in which each name comes up again.
pub(super) fn speeches(text: &str, blocks: &[Block]) -> Vec<Quotation> {
    let mut out = Vec::new();
    let mut run: Vec<Line> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let line = block.span.of(text);
        let label = if block.kind == BlockKind::Paragraph { label(line) } else { 0 };
        if label == 0 || line.len() <= label + 1 {
            continue;
        }
        let near = run.last().is_some_and(|last| at - last.block <= APART + 1);
        let same = run.last().and_then(|last| blocks.get(last.block)).map(|it| it.part);
        if !near || same != Some(block.part) {
            take(text, blocks, &mut run, &mut out);
        }
        run.push(Line { block: at, label });
    }
    take(text, blocks, &mut run, &mut out);
    out
}

/// Adds the speeches of a run of labelled lines, if it is a transcript, and empties it.
fn take(text: &str, blocks: &[Block], run: &mut Vec<Line>, out: &mut Vec<Quotation>) {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let name = |line: &Line| {
        let words = blocks.get(line.block).map(|it| it.span.of(text)).unwrap_or_default();
        words.get(..line.label.saturating_sub(1)).unwrap_or_default()
    };
    for line in run.iter() {
        *names.entry(name(line)).or_default() += 1;
    }
    let again = run.iter().filter(|line| names.get(name(line)).is_some_and(|&it| it > 1)).count();
    if run.len() >= LEAST && names.len() > 1 && again * 4 >= run.len() * 3 {
        out.extend(run.iter().filter_map(|line| speech(text, blocks, line)));
    }
    run.clear();
}

/// The speech of a labelled line.
fn speech(text: &str, blocks: &[Block], line: &Line) -> Option<Quotation> {
    let block = blocks.get(line.block)?;
    let words = block.span.of(text).get(line.label..)?;
    let start = block.span.end.get() - words.trim_start().len();
    let inner = Span::new(start, block.span.end.get());
    let from = block.span.start;
    let mention = Span::new(from.get(), from.get() + line.label - 1);
    let whole = is_grapheme_boundary(text, inner.start) && is_grapheme_boundary(text, mention.end);
    (whole && !inner.is_empty()).then_some(Quotation {
        inner,
        outer: inner,
        kind: Kind::Direct,
        mention: Some(mention),
        cue: None,
        speaker: None,
        confidence: SURE,
        utterance: 0,
        block: line.block,
    })
}

/// The most bytes of a transcript's label.
const LABEL: usize = 48;

/// The length in bytes of the label `PENCE:` that `line` begins with; 0 where it begins with none. At
/// most four words, each capitalised.
pub(super) fn label(line: &str) -> usize {
    let colon = line.bytes().take(LABEL).position(|byte| byte == b':');
    let Some(name) = colon.and_then(|colon| line.get(..colon)) else { return 0 };
    let named = |word: &str| word.starts_with(char::is_uppercase) && word.chars().nth(1).is_some();
    let mut words = name.split(' ');
    let short = words.clone().count() <= 4 && !name.contains(['"', '”', '.', ',', '?', '!'])
        || name.starts_with("Mr. ");
    if short && words.all(named) { name.len() + 1 } else { 0 }
}
