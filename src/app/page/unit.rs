//! The units of a page, and their rows.

use std::ops::Range;
use std::sync::Arc;

use super::{Page, PageRow, RowKind};
use crate::app::segment::segments;
use crate::corpus::BlockKind;
use crate::text::{Offset, Span, wrap};

/// Cells by which captions stand in from the left.
const CAPTION_INDENT: u16 = 2;

/// What a run of rows is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum UnitKind {
    Block(BlockKind),
    Fold(Range<usize>),
    Part(usize),
}

/// A run of rows.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) kind: UnitKind,
    pub(super) span: Span,
    /// Whether a blank row stands above it.
    pub(super) spaced: bool,
    /// Whether the next one goes on with the same block.
    pub(super) runs_on: bool,
}

impl Page {
    /// Divides the article into units.
    pub(super) fn divide(&mut self) {
        let article = Arc::clone(&self.article);
        let mut units = Vec::with_capacity(article.blocks.len());
        let mut before: Option<(BlockKind, usize)> = None;
        let mut index = 0;
        while let Some(block) = article.blocks.get(index) {
            if before.is_some_and(|(_, part)| part != block.part) {
                let span = Span::at(block.span.start);
                let kind = UnitKind::Part(block.part);
                units.push(Unit { kind, span, spaced: true, runs_on: false });
                before = None;
            }
            let spaced = before.is_some_and(|(kind, _)| is_spaced(kind, block.kind))
                || (before.is_none() && !units.is_empty());
            let parted = || {
                let above = units.last().map_or(block.span.start, |unit| unit.span.end);
                Span::between(above, block.span.start).of(&article.text).contains('\n')
            };
            let spaced = spaced && (self.folds || parted());
            index = if let Some((run, span)) = self.folded_run(index) {
                let kind = UnitKind::Fold(run.clone());
                units.push(Unit { kind, span, spaced, runs_on: false });
                run.end
            } else {
                units.extend(segments(&article.text, block.span).map(|span| {
                    let spaced = spaced && span.start == block.span.start;
                    let runs_on = span.end < block.span.end;
                    Unit { kind: UnitKind::Block(block.kind), span, spaced, runs_on }
                }));
                index + 1
            };
            before = Some((block.kind, block.part));
        }
        self.units = units;
        self.rows.clear();
    }

    /// The run of folded page furniture that starts with the block at `index`.
    fn folded_run(&self, index: usize) -> Option<(Range<usize>, Span)> {
        let block = self.article.blocks.get(index)?;
        let before = index.checked_sub(1).and_then(|before| self.article.blocks.get(before));
        if before.is_some_and(|before| (before.kind, before.part) == (block.kind, block.part)) {
            // Inside a run: its first block was asked, and it is open.
            return None;
        }
        let run = self.furniture_at(block.span.start).filter(|_| self.folds)?;
        let last = self.article.blocks.get(run.end.checked_sub(1)?)?;
        (!self.opened.contains(&run.start)).then(|| (run, block.span.union(last.span)))
    }

    /// The blocks of the run of page furniture around `at`.
    pub(super) fn furniture_at(&self, at: Offset) -> Option<Range<usize>> {
        let blocks = &self.article.blocks;
        let here = blocks.partition_point(|block| block.span.start <= at).checked_sub(1)?;
        let part = blocks.get(here)?.part;
        let chrome = |index: &usize| {
            blocks
                .get(*index)
                .is_some_and(|block| block.kind == BlockKind::Chrome && block.part == part)
        };
        chrome(&here).then(|| {
            let start = (0..here).rev().take_while(chrome).last().unwrap_or(here);
            let end = (here..blocks.len()).take_while(chrome).last().unwrap_or(here);
            start..end + 1
        })
    }
}

/// Lays out the rows of a unit.
pub(super) fn lay(unit: &Unit, text: &str, width: usize) -> Vec<PageRow> {
    let blank = PageRow { kind: RowKind::Blank, span: Span::at(unit.span.start) };
    let mut rows: Vec<PageRow> = unit.spaced.then_some(blank).into_iter().collect();
    match &unit.kind {
        UnitKind::Fold(run) => {
            rows.push(PageRow { kind: RowKind::Fold(run.len()), span: unit.span });
        }
        UnitKind::Part(part) => rows.push(PageRow { kind: RowKind::Part(*part), span: unit.span }),
        UnitKind::Block(kind) => {
            let width = width.saturating_sub(usize::from(indent(*kind))).max(1);
            let wrapped = wrap(text, unit.span, width).into_iter();
            // After what ends a line comes an empty row, but not where the next unit begins with it.
            let wrapped = wrapped.filter(|row| !unit.runs_on || !row.is_empty());
            rows.extend(wrapped.map(|span| PageRow { kind: RowKind::Text(*kind), span }));
        }
    }
    rows
}

/// Cells by which a block of this kind stands in from the left.
#[must_use]
pub const fn indent(kind: BlockKind) -> u16 {
    match kind {
        BlockKind::Caption | BlockKind::Credit => CAPTION_INDENT,
        _ => 0,
    }
}

/// Whether a blank row stands between two blocks.
const fn is_spaced(above: BlockKind, below: BlockKind) -> bool {
    use BlockKind::{Byline, Caption, Chrome, Credit, Dateline, Outlet, Title};
    !matches!(
        (above, below),
        (Outlet | Byline | Dateline, Outlet | Byline | Dateline)
            | (Caption | Credit, Caption | Credit)
            | (Chrome, Chrome)
            | (Title, Title)
    )
}
