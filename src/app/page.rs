//! The page: an article set in a measure, row by row, worked out only where it is looked at.
//!
//! A page is a list of units (a block or a segment of a monstrous one, a folded run of page furniture,
//! the head of a further part); the rows of a unit are wrapped when they are first asked for and kept
//! until the measure changes. A position is a unit and a row in it, so that no pass over the whole
//! text is ever needed.

mod unit;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::corpus::{Article, BlockKind};
use crate::text::{Offset, Span};
use unit::{Unit, UnitKind, lay};

pub use unit::indent;

/// Units whose rows are kept; more are dropped, the farthest from the screen first.
const KEPT: usize = 512;

/// What a row of the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Words of a block.
    Text(BlockKind),
    /// The space above a block.
    Blank,
    /// Page furniture folded to one row: so many blocks.
    Fold(usize),
    /// The head of a further part: an index into the article's parts.
    Part(usize),
}

/// A row of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRow {
    /// What it is.
    pub kind: RowKind,
    /// What it shows of the text: for a fold all that is folded, empty for blanks and heads.
    pub span: Span,
}

impl PageRow {
    /// Whether the cursor can stand on it.
    #[must_use]
    pub const fn holds_cursor(self) -> bool {
        matches!(self.kind, RowKind::Text(_) | RowKind::Fold(_))
    }

    /// Whether it shows page furniture, folded or open.
    #[must_use]
    pub const fn is_furniture(self) -> bool {
        matches!(self.kind, RowKind::Text(BlockKind::Chrome) | RowKind::Fold(_))
    }
}

/// A row's place: a unit, and a row in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    unit: usize,
    row: usize,
}

/// An article set in a measure.
#[derive(Debug)]
pub struct Page {
    article: Arc<Article>,
    width: usize,
    units: Vec<Unit>,
    /// Runs of page furniture that are open, by their first block.
    opened: BTreeSet<usize>,
    /// Whether page furniture is folded at all.
    folds: bool,
    rows: BTreeMap<usize, Vec<PageRow>>,
}

impl Page {
    /// Sets an article in a measure of `width` cells.
    #[must_use]
    pub fn new(article: Arc<Article>, width: usize) -> Self {
        Self::of(article, width, true)
    }

    /// The same with nothing folded: what is folded may be more than a window of a long text holds. What
    /// no line end parts belongs together.
    #[must_use]
    pub fn unfolded(article: Arc<Article>, width: usize) -> Self {
        Self::of(article, width, false)
    }

    fn of(article: Arc<Article>, width: usize, folds: bool) -> Self {
        let mut page = Self {
            article,
            width,
            units: Vec::new(),
            opened: BTreeSet::new(),
            folds,
            rows: BTreeMap::new(),
        };
        page.divide();
        page
    }

    /// Whether page furniture is folded at all.
    #[must_use]
    pub const fn folds(&self) -> bool {
        self.folds
    }

    /// The place of a row that was shown when the article was set in this measure.
    pub(super) fn locate_row(&mut self, row: PageRow, start: Offset) -> Position {
        let words = self.locate(start);
        if row.kind == RowKind::Blank { self.backward(words, 1) } else { words }
    }

    /// The measure, in cells.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Sets the article in another measure. Positions are void afterwards.
    pub fn set_width(&mut self, width: usize) {
        if width != self.width {
            self.width = width;
            self.rows.clear();
        }
    }

    /// Opens the page furniture at `at`, or folds it again; whether there is any. Positions are
    /// void afterwards.
    pub fn toggle(&mut self, at: Offset) -> bool {
        let Some(run) = self.furniture_at(at).filter(|_| self.folds) else { return false };
        if !self.opened.remove(&run.start) {
            self.opened.insert(run.start);
        }
        self.divide();
        true
    }

    /// Opens the page furniture at `at` if it is folded; whether it was. Positions are void then.
    pub fn reveal(&mut self, at: Offset) -> bool {
        self.fold_at(at).is_some() && self.toggle(at)
    }

    /// The folded stretch that `at` lies in.
    #[must_use]
    pub fn fold_at(&self, at: Offset) -> Option<Span> {
        let unit = self.units.get(self.unit_at(at))?;
        let folded = matches!(unit.kind, UnitKind::Fold(_)) && unit.span.contains(at);
        folded.then_some(unit.span)
    }

    /// The place of the row that shows `at`, or the nearest before it.
    pub fn locate(&mut self, at: Offset) -> Position {
        let unit = self.unit_at(at);
        let rows = self.rows_of(unit);
        let past = rows.partition_point(|row| !row.holds_cursor() || row.span.start <= at);
        Position { unit, row: past.saturating_sub(1) }
    }

    /// The row at a place.
    pub fn row(&mut self, position: Position) -> Option<PageRow> {
        self.rows_of(position.unit).get(position.row).copied()
    }

    /// The place `rows` further down, or the last there is.
    pub fn forward(&mut self, from: Position, rows: usize) -> Position {
        let mut position = from;
        let mut left = rows;
        loop {
            let last = self.rows_of(position.unit).len().saturating_sub(1);
            let inside = last.saturating_sub(position.row);
            if left <= inside {
                return Position { row: position.row + left, ..position };
            }
            if position.unit + 1 >= self.units.len() {
                return Position { row: last, ..position };
            }
            left -= inside + 1;
            position = Position { unit: position.unit + 1, row: 0 };
        }
    }

    /// The place `rows` further up, or the first there is.
    pub fn backward(&mut self, from: Position, rows: usize) -> Position {
        let mut position = from;
        let mut left = rows;
        loop {
            if left <= position.row {
                return Position { row: position.row - left, ..position };
            }
            if position.unit == 0 {
                return Position::default();
            }
            left -= position.row + 1;
            let unit = position.unit - 1;
            position = Position { unit, row: self.rows_of(unit).len().saturating_sub(1) };
        }
    }

    /// The rows from `top` on, as many as there are up to `height`.
    pub fn window(&mut self, top: Position, height: usize) -> Vec<PageRow> {
        let mut window = Vec::new();
        let mut position = top;
        while window.len() < height && position.unit < self.units.len() {
            let rows = self.rows_of(position.unit);
            let missing = height - window.len();
            window.extend(rows.iter().skip(position.row).take(missing));
            position = Position { unit: position.unit + 1, row: 0 };
        }
        self.forget_far_from(top.unit);
        window
    }

    /// The last place of the page.
    pub fn end(&mut self) -> Position {
        let unit = self.units.len().saturating_sub(1);
        Position { unit, row: self.rows_of(unit).len().saturating_sub(1) }
    }

    /// Where the cursor may stand: `at` itself inside a block, the start of a fold inside one, else
    /// the start of the block after it, or the end of the last.
    #[must_use]
    pub fn settle(&self, at: Offset) -> Offset {
        let unit = self.unit_at(at);
        let here = self.units.get(unit).filter(|unit| !unit.span.is_empty());
        match here {
            Some(unit) if unit.span.contains(at) => match unit.kind {
                UnitKind::Fold(_) => unit.span.start,
                _ => at,
            },
            Some(unit) if at < unit.span.start => unit.span.start,
            _ => self
                .units
                .iter()
                .skip(unit + 1)
                .find(|unit| !unit.span.is_empty())
                .map_or_else(|| self.last_stop(), |unit| unit.span.start),
        }
    }

    /// As [`settle`](Self::settle), but between blocks to the end of the one before.
    #[must_use]
    pub fn settle_back(&self, at: Offset) -> Offset {
        let settled = self.settle(at);
        if settled <= at {
            return settled;
        }
        let before = self.units.partition_point(|unit| unit.span.end <= at);
        self.units
            .iter()
            .take(before)
            .rev()
            .find(|unit| !unit.span.is_empty())
            .map_or(settled, |unit| self.last_of(unit))
    }

    /// The unit that `at` lies in, or the last that starts before it.
    fn unit_at(&self, at: Offset) -> usize {
        let after = self.units.partition_point(|unit| unit.span.start <= at);
        after.saturating_sub(1)
    }

    fn last_stop(&self) -> Offset {
        let last = self.units.iter().rev().find(|unit| !unit.span.is_empty());
        last.map_or(Offset::ZERO, |unit| self.last_of(unit))
    }

    fn last_of(&self, unit: &Unit) -> Offset {
        match unit.kind {
            UnitKind::Fold(_) => unit.span.start,
            _ => crate::text::prev_grapheme(&self.article.text, unit.span.end),
        }
    }

    fn rows_of(&mut self, index: usize) -> &[PageRow] {
        let Some(unit) = self.units.get(index) else { return &[] };
        self.rows.entry(index).or_insert_with(|| lay(unit, &self.article.text, self.width))
    }

    fn forget_far_from(&mut self, unit: usize) {
        if self.rows.len() > KEPT {
            let near = unit.saturating_sub(KEPT / 4)..unit + KEPT / 4;
            self.rows.retain(|index, _| near.contains(index));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(text: &str, width: usize) -> Page {
        Page::new(Arc::new(Article::from_text("a.txt", text.to_owned(), "UTF-8")), width)
    }

    fn all_rows(page: &mut Page) -> Vec<PageRow> {
        page.window(Position::default(), usize::MAX / 2)
    }

    /// News as it comes: lines of words, blank lines, wide letters, furniture.
    fn news() -> impl Strategy<Value = String> {
        let words = prop::sample::select(vec![
            "harbour",
            "said",
            "“We",
            "counted”",
            "船",
            "🇬🇧",
            "naïve",
            "CLICK HERE",
            "\n",
            "\n\n",
            "Sign up to our newsletter\n",
            "a-very-long-word-that-fills-more-than-one-row-of-text",
            "Related Articles\n",
            "Comments\n",
            " ",
            "Mr. Ekdahl",
            "\t",
        ]);
        prop::collection::vec(words, 0..80).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn rows_hold_every_word_once_and_in_order(text in news(), width in 1_usize..90) {
            let mut page = page(&text, width);
            let mut at = 0;
            for row in all_rows(&mut page).into_iter().filter(|row| row.holds_cursor()) {
                prop_assert!(row.span.start.get() >= at);
                let between = text.get(at..row.span.start.get()).unwrap();
                prop_assert!(between.trim().is_empty(), "{between:?} is on no row");
                at = row.span.end.get();
            }
            prop_assert!(text[at..].trim().is_empty());
        }

        #[test]
        fn a_place_is_found_on_the_row_that_shows_it(text in news(), width in 1_usize..90) {
            let mut page = page(&text, width);
            for row in all_rows(&mut page).into_iter().filter(|row| row.holds_cursor()) {
                let place = page.locate(row.span.start);
                prop_assert_eq!(page.row(place), Some(row));
                prop_assert_eq!(page.settle(row.span.start), row.span.start);
            }
        }

        #[test]
        fn down_and_up_again_is_the_same_row(text in news(), width in 1_usize..90, rows in 0_usize..40) {
            let mut page = page(&text, width);
            let total = all_rows(&mut page).len();
            let start = Position::default();
            let down = page.forward(start, rows);
            prop_assert_eq!(page.backward(down, rows.min(total.saturating_sub(1))), start);
            let end = page.end();
            prop_assert_eq!(page.forward(start, total), end);
        }

        #[test]
        fn settling_ends_on_a_row_that_holds_the_cursor(text in news(), width in 1_usize..90) {
            let mut page = page(&text, width);
            for (byte, _) in text.char_indices() {
                for at in [page.settle(Offset(byte)), page.settle_back(Offset(byte))] {
                    let place = page.locate(at);
                    let row = page.row(place);
                    if let Some(row) = row {
                        prop_assert!(row.holds_cursor() && (row.span.contains(at) || row.span.is_empty()), "{row:?} {at:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_monstrous_line_is_laid_out_where_it_is_looked_at() {
        for run in ["words and ", "x", "\u{2028}", "e\u{301}", "漢字"] {
            let text = run.repeat(1_000_000 / run.len());
            let article = one_block(&text);
            let mut page = Page::new(Arc::new(article), 60);
            let end = page.end();
            assert_eq!(page.row(end).unwrap().span.end, Offset(text.len()));
            let middle = page.locate(Offset(text.len() / 2 / run.len() * run.len()));
            assert!(page.rows.len() == 2, "{run:?} is laid out in {} places", page.rows.len());
            let (up, down) = (page.backward(middle, 40), page.forward(middle, 40));
            assert!(up < middle && middle < down && page.rows.len() <= 4);
        }
    }

    #[test]
    fn the_rows_of_a_monstrous_line_follow_each_other() {
        for run in ["words and ", "x", "\u{2028}", "🇩🇪"] {
            let text = run.repeat(100_000 / run.len());
            let article = one_block(&text);
            let mut at = Offset::ZERO;
            let rows = all_rows(&mut Page::new(Arc::new(article), 60));
            for row in &rows {
                assert!(row.span.start == at && row.holds_cursor(), "{run:?}: {row:?} at {at:?}");
                at = row.span.end;
            }
            let last = rows.len() - 1;
            assert!(rows.iter().take(last).all(|row| !row.span.is_empty()), "{run:?}");
            assert_eq!(at, Offset(text.len()));
        }
    }

    fn one_block(text: &str) -> Article {
        let mut article = Article::from_text("a.txt", String::new(), "UTF-8");
        article.text = text.into();
        let (kind, span) = (BlockKind::Paragraph, Span::new(0, text.len()));
        article.blocks = vec![crate::corpus::Block { kind, span, part: 0 }];
        article
    }

    #[test]
    fn furniture_opens_and_folds_again() {
        let text = "First paragraph.\n\nSign up here\nCLICK HERE TO JOIN\n\nSecond paragraph.\n";
        let mut article = Article::from_text("a.txt", text.to_owned(), "UTF-8");
        for block in &mut article.blocks {
            let furniture =
                block.span.of(text).contains("CLICK") || block.span.of(text).contains("Sign");
            block.kind = if furniture { BlockKind::Chrome } else { BlockKind::Paragraph };
        }
        let mut page = Page::new(Arc::new(article), 60);
        let fold = all_rows(&mut page).into_iter().find(|row| matches!(row.kind, RowKind::Fold(2)));
        let at = fold.expect("two lines of furniture are folded").span.start;
        assert!(page.toggle(at));
        assert!(!all_rows(&mut page).iter().any(|row| matches!(row.kind, RowKind::Fold(_))));
        assert!(page.toggle(at + 3));
        assert_eq!(
            all_rows(&mut page).iter().filter(|row| matches!(row.kind, RowKind::Fold(_))).count(),
            1
        );
    }
}
