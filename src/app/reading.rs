//! The open article: where the cursor is, what is on screen, what is selected and found.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::anchoring::Anchoring;
use super::long::{Long, Looking, OVERLAP};
use super::page::{Page, PageRow, Position};
use super::window::{Landmark, Window};
use crate::corpus::{Article, ArticleId, Block, BlockKind};
use crate::note::anchor::target;
use crate::note::{Attributed, Color, Status, Target};
use crate::quote::{Quotation, stretch_at};
use crate::search::Pattern;
use crate::text::{Col, Offset, Span, column, floor_grapheme, next_grapheme, offset_at};

/// An annotation's place in the open article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Where it stands.
    pub span: Span,
    /// Which it is.
    pub id: Uuid,
    /// Its colour.
    pub color: Option<Color>,
    /// Whether it holds a note.
    pub noted: bool,
    /// How well its anchor holds.
    pub status: Status,
}

impl Placed {
    /// What they are sorted by: where they start, the longer first.
    pub(super) const fn order(&self) -> (Offset, Reverse<usize>, Uuid) {
        (self.span.start, Reverse(self.span.len()), self.id)
    }
}

/// A selection: from its anchor to the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub anchor: Landmark,
    /// Whether it takes whole paragraphs.
    pub paragraphs: bool,
}

/// What is being searched for in the article.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What was typed.
    pub typed: String,
    /// How it is looked for.
    pub looking: Looking,
    /// The pattern, once something was typed.
    pub pattern: Option<Pattern>,
    /// All matches, in order.
    pub matches: Vec<Span>,
}

impl Search {
    /// The same search over another text.
    #[must_use]
    pub fn over(&self, text: &str) -> Self {
        let matches = self.pattern.iter().flat_map(|pattern| pattern.matches(text)).collect();
        Self { matches, ..self.clone() }
    }
}

/// The open article.
#[derive(Debug)]
pub struct Reading {
    /// Which it is.
    pub id: ArticleId,
    /// The article.
    pub article: Arc<Article>,
    /// Its quoted stretches as the program judges them, in order.
    pub judged: Arc<[Quotation]>,
    /// The same with what a person decided laid over.
    pub quotations: Vec<Attributed>,
    /// The colours of their speakers, by number.
    pub colors: BTreeMap<String, usize>,
    /// The names of the people of the article, to choose from.
    pub names: Arc<[String]>,
    /// The article set in the measure.
    pub page: Page,
    /// The first row on screen.
    pub top: Position,
    /// The rows on screen.
    pub rows: Vec<PageRow>,
    /// How many rows the screen has for them.
    pub height: usize,
    /// Where the cursor is: on a grapheme of a block.
    pub cursor: Offset,
    /// The column that moving up and down tries to keep.
    pub goal: Option<Col>,
    /// What is selected.
    pub selection: Option<Selection>,
    /// What is searched for.
    pub found: Search,
    /// While words to search for are being typed: where the cursor was, and what was searched for.
    pub before_search: Option<(Landmark, Search)>,
    /// The annotations that stand somewhere, by start, the longer first.
    pub placed: Vec<Placed>,
    /// Where the annotations stand, as far as that is known.
    pub anchoring: Anchoring,
    /// Which of the annotations under the cursor is meant, from the innermost.
    pub nth_here: usize,
    /// The paragraphs in order: the part that each belongs to, and where it starts.
    paragraphs: Vec<(usize, Offset)>,
    /// What is known of the whole, where the article is a window of a long text.
    pub long: Option<Long>,
    /// Whether the article is the start of a text of which the rest is being read.
    pub partial: bool,
}

impl Reading {
    /// Opens an article at its start, in a measure of `width` cells.
    #[must_use]
    pub fn new(
        id: ArticleId,
        article: Arc<Article>,
        judged: Arc<[Quotation]>,
        names: Arc<[String]>,
        width: usize,
    ) -> Self {
        let page = Page::new(Arc::clone(&article), width);
        let cursor = page.settle(Offset::ZERO);
        let paragraph = |block: &&Block| block.kind == BlockKind::Paragraph;
        let paragraphs = article.blocks.iter().filter(paragraph);
        let paragraphs = paragraphs.map(|block| (block.part, block.span.start)).collect();
        Self {
            id,
            article,
            judged,
            quotations: Vec::new(),
            colors: BTreeMap::new(),
            names,
            page,
            top: Position::default(),
            rows: Vec::new(),
            height: 0,
            cursor,
            goal: None,
            selection: None,
            found: Search::default(),
            before_search: None,
            placed: Vec::new(),
            anchoring: Anchoring::default(),
            nth_here: 0,
            paragraphs,
            long: None,
            partial: false,
        }
    }

    /// Opens a window of a long text at its start.
    #[must_use]
    pub fn windowed(id: ArticleId, article: Arc<Article>, long: Long, width: usize) -> Self {
        let mut reading = Self::new(id, article, Arc::new([]), Arc::new([]), width);
        reading.page = Page::unfolded(Arc::clone(&reading.article), width);
        reading.paragraphs = Vec::new();
        reading.long = Some(long);
        reading
    }

    /// Exchanges the window for another that was opened of the same text; what is in both stays where it
    /// is on the screen.
    pub fn exchange(&mut self, article: Arc<Article>, window: Window) {
        let (cursor, origin) = (self.landmark(self.cursor), self.before_search.take());
        let first = self.rows.first().copied();
        let top = first.map(|row| (row, self.landmark(row.span.start)));
        let judged: Vec<_> = self
            .judged
            .iter()
            .filter_map(|it| moved(it, |at| window.offset(self.landmark(at))))
            .collect();
        self.judged = judged.into();
        self.page = Page::unfolded(Arc::clone(&article), self.page.width());
        self.article = article;
        if let Some(long) = &mut self.long {
            long.window = window;
        }
        let cursor = floor_grapheme(self.text(), self.nearest(cursor));
        self.cursor = self.page.settle(cursor);
        self.top = match top {
            Some((row, start)) => {
                let start = self.nearest(start);
                self.page.locate_row(row, start)
            }
            None => self.page.locate(self.cursor),
        };
        self.found = self.found_here(&self.found);
        self.before_search = origin;
    }

    /// Takes the place over that a person had in the start of this text.
    pub(super) fn go_on_from(&mut self, start: &Self) {
        self.cursor = self.page.settle(floor_grapheme(self.text(), start.cursor));
        if let Some(&row) = start.rows.first() {
            self.top = self.page.locate_row(row, row.span.start);
        }
        (self.goal, self.selection) = (start.goal, start.selection);
    }

    /// The position in the whole text of one in what is open of it.
    #[must_use]
    pub fn landmark(&self, at: Offset) -> Landmark {
        match &self.long {
            Some(long) => long.window.landmark(at),
            None => Landmark::of_whole(at),
        }
    }

    /// The position of one in the whole text, if that is open.
    #[must_use]
    pub fn offset(&self, at: Landmark) -> Option<Offset> {
        match &self.long {
            Some(long) => long.window.offset(at),
            None => Some(self.nearest(at)),
        }
    }

    /// The position in what is open that is nearest to one in the whole text.
    #[must_use]
    pub fn nearest(&self, at: Landmark) -> Offset {
        let last = self.text().len();
        match &self.long {
            Some(long) => long.window.nearest(at),
            None => Offset(usize::try_from(at.0).map_or(last, |at| at.min(last))),
        }
    }

    /// The hash of the whole text, in 64 hexadecimal digits; none while that is not known.
    #[must_use]
    pub fn text_sha256(&self) -> Option<String> {
        match &self.long {
            Some(long) => Some(long.survey.as_ref()?.text_sha256.clone()),
            None => Some(self.article.text_sha256()),
        }
    }

    /// The target for a stretch of what is open; none while its place in the whole text is not known.
    #[must_use]
    pub fn target(&self, span: Span) -> Option<Target> {
        let scalars = &self.article.scalars;
        let mut made = target(self.text(), scalars, span);
        if let Some(long) = &self.long {
            let whole = |scalar| {
                long.scalar(scalars.offset(self.text(), scalar), |at| {
                    scalars.scalar(self.text(), at)
                })
            };
            (made.start, made.end) = (whole(made.start)?, whole(made.end)?);
        }
        made.text_sha256 = Some(self.text_sha256()?);
        Some(made)
    }

    /// The position with so many scalar values of the whole text before it, if that is open.
    #[must_use]
    pub fn offset_of_scalar(&self, scalar: usize) -> Option<Offset> {
        let scalars = &self.article.scalars;
        match &self.long {
            None => Some(scalars.offset(self.text(), scalar)),
            Some(long) => long.offset_of(
                scalar,
                |at| scalars.scalar(self.text(), at),
                |scalar| scalars.offset(self.text(), scalar),
            ),
        }
    }

    /// The same search over what is open.
    pub(super) fn found_here(&self, found: &Search) -> Search {
        let text = self.text();
        let Some((long, pattern)) = self.long.as_ref().zip(found.pattern.as_ref()) else {
            return found.over(text);
        };
        // Piece by piece, as those do who search the whole.
        let pieces = long.window.pieces();
        let ends = pieces.iter().skip(1).map(|piece| piece.start);
        let ends = ends.chain([Offset(text.len())]);
        let matches = pieces.iter().zip(ends).flat_map(|(piece, end)| {
            let far = floor_grapheme(text, end + OVERLAP).max(end);
            let inside = Span::between(piece.start, far).of(text);
            let starts = pattern.matches(inside).map(|found| found.moved(piece.start.get()));
            starts.take_while(move |found| found.start < end).collect::<Vec<_>>()
        });
        Search { matches: matches.collect(), ..found.clone() }
    }

    /// The canonical text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.article.text
    }

    /// Gives the page a measure of `width` cells and `height` rows, and keeps the place.
    pub fn fit(&mut self, width: usize, height: usize) {
        let top = self.top_offset();
        if width != self.page.width() {
            self.page.set_width(width);
            self.top = self.page.locate(top);
        }
        self.height = height;
    }

    /// Works out the rows on screen, so that the cursor is among them with a few rows around it.
    pub fn show_cursor(&mut self) {
        let here = self.page.locate(self.cursor);
        let margin = self.margin();
        let low = self.page.forward(self.top, margin);
        if here < low && self.top != Position::default() {
            self.top = self.page.backward(here, margin);
        }
        let deepest = self.page.backward(here, self.height.saturating_sub(1 + margin));
        self.top = self.top.max(deepest);
        self.show();
    }

    /// Rows that are kept between the cursor and the edges of the screen.
    fn margin(&self) -> usize {
        (self.height / 6).min(3)
    }

    /// Works out the rows on screen from the top row on; no empty rows at the end of the page where
    /// there are some above.
    pub fn show(&mut self) {
        let end = self.page.end();
        let last_top = self.page.backward(end, self.height.saturating_sub(1));
        self.top = self.top.min(last_top);
        self.rows = self.page.window(self.top, self.height);
    }

    /// Puts `at` into the upper third of the screen if it is not on it, and the cursor on it.
    pub fn go_to(&mut self, at: Offset) {
        if self.page.reveal(at) {
            self.top = self.page.locate(at);
        }
        self.put_cursor(self.page.settle(floor_grapheme(self.text(), at)));
        let here = self.page.locate(self.cursor);
        let bottom = self.page.forward(self.top, self.height.saturating_sub(1));
        if here < self.top || here > bottom {
            self.top = self.page.backward(here, self.height / 3);
        }
        self.show_cursor();
    }

    /// Puts the cursor somewhere else: from there on, its column is kept and the innermost annotation
    /// is meant.
    pub(super) fn put_cursor(&mut self, at: Offset) {
        self.cursor = at;
        self.goal = None;
        self.nth_here = 0;
    }

    /// Scrolls by rows; the cursor stays on screen.
    pub fn scroll(&mut self, rows: usize, down: bool) {
        self.top = if down {
            self.page.forward(self.top, rows)
        } else {
            self.page.backward(self.top, rows)
        };
        self.show();
        self.pull_cursor();
    }

    /// Brings the cursor back among the rows on screen, clear of their edges.
    pub(super) fn pull_cursor(&mut self) {
        let here = self.page.locate(self.cursor);
        let (first, last) = self.clear_rows();
        let low = self.page.forward(self.top, first);
        let high = self.page.forward(self.top, last);
        let rows = self.rows.get(first..=last.min(self.rows.len().saturating_sub(1)));
        let mut stops = rows.unwrap_or_default().iter().filter(|row| row.holds_cursor());
        let stop = if here < low {
            stops.next()
        } else if here > high {
            stops.next_back()
        } else {
            return;
        };
        if let Some(row) = stop.copied() {
            let column = self.goal_column();
            self.cursor = self.at_column(row, column);
        }
    }

    /// The first and last row on screen that are clear of its edges; the ends of the text need no
    /// margin.
    fn clear_rows(&mut self) -> (usize, usize) {
        let bottom = self.height.saturating_sub(1);
        let at_start = self.top == Position::default();
        let at_end = self.page.forward(self.top, bottom) == self.page.end();
        let margin = self.margin();
        let first = if at_start { 0 } else { margin };
        let last = if at_end { bottom } else { bottom.saturating_sub(margin) };
        (first, last.max(first))
    }

    /// The start of the first words on screen.
    #[must_use]
    pub fn top_offset(&self) -> Offset {
        self.rows.first().map_or(self.cursor, |row| row.span.start)
    }

    /// The end of the last words on screen.
    #[must_use]
    pub fn bottom_offset(&self) -> Offset {
        self.rows.last().map_or(self.cursor, |row| row.span.end)
    }

    /// The row that the cursor is on.
    pub fn cursor_row(&mut self) -> Option<PageRow> {
        let here = self.page.locate(self.cursor);
        self.page.row(here)
    }

    /// The column that moving up and down tries to keep: where the cursor is, unless it has come
    /// from such a movement.
    pub fn goal_column(&mut self) -> Col {
        let row = self.cursor_row();
        let here = row.map_or(Col(0), |row| column(&self.article.text, row.span, self.cursor));
        *self.goal.get_or_insert(here)
    }

    /// The offset at a column of a row.
    #[must_use]
    pub fn at_column(&self, row: PageRow, column: Col) -> Offset {
        let at = offset_at(self.text(), row.span, column);
        self.page.settle_back(at).max(row.span.start)
    }

    /// What is selected; the grapheme under the cursor included.
    #[must_use]
    pub fn selected(&self) -> Option<Span> {
        let selection = self.selection?;
        let span = Span::between(self.nearest(selection.anchor), self.cursor);
        if selection.paragraphs {
            let start = self.block_at(span.start)?.span.start;
            let end = self.block_at(span.end)?.span.end;
            return Some(Span { start, end });
        }
        Some(Span { end: next_grapheme(self.text(), span.end), ..span })
    }

    /// The block at `at`, or the last that starts before it.
    #[must_use]
    pub fn block_at(&self, at: Offset) -> Option<Block> {
        let blocks = &self.article.blocks;
        let after = blocks.partition_point(|block| block.span.start <= at);
        blocks.get(after.checked_sub(1)?).copied()
    }

    /// The quotation that the cursor is in, its marks included: an index into `quotations`.
    #[must_use]
    pub fn quotation_here(&self) -> Option<usize> {
        stretch_at(&self.quotations, self.cursor)
    }

    /// The colour of a quotation's speaker, by number.
    #[must_use]
    pub fn color_of(&self, quotation: &Attributed) -> Option<usize> {
        self.colors.get(quotation.quotation.speaker.as_deref()?).copied()
    }

    /// The annotations under the cursor, the innermost first.
    #[must_use]
    pub fn placed_here(&self) -> Vec<Placed> {
        let mut here: Vec<Placed> = self
            .placed
            .iter()
            .filter(|placed| placed.span.contains(self.cursor))
            .copied()
            .collect();
        here.sort_by_key(|placed| (placed.span.len(), placed.id));
        here
    }

    /// The annotation that is meant: of those under the cursor, the one last stepped to.
    #[must_use]
    pub fn current(&self) -> Option<Placed> {
        let here = self.placed_here();
        here.get(self.nth_here % here.len().max(1)).copied()
    }

    /// The paragraphs of the part that the cursor is in.
    pub(super) fn paragraphs_here(&self) -> &[(usize, Offset)] {
        let part = self.block_at(self.cursor).map_or(0, |block| block.part);
        let first = self.paragraphs.partition_point(|&(of, _)| of < part);
        let last = self.paragraphs.partition_point(|&(of, _)| of <= part);
        self.paragraphs.get(first..last).unwrap_or_default()
    }

    /// Which of the paragraphs of its part the cursor is in or behind, from 1, and how many there are.
    #[must_use]
    pub fn paragraph(&self) -> Option<(usize, usize)> {
        let own = self.paragraphs_here();
        let before = own.partition_point(|&(_, start)| start <= self.cursor);
        (before > 0).then_some((before, own.len()))
    }

    /// How much of the text lies before the end of the screen, in per cent of its bytes.
    #[must_use]
    pub fn percent(&self) -> usize {
        let end = self.article.blocks.last().map_or(Offset::ZERO, |block| block.span.end);
        if let Some(long) = &self.long {
            let bottom = self.bottom_offset();
            let at_end = long.window.is_last() && bottom >= end;
            let (before, all) = (long.window.file_byte(bottom), long.window.length().max(1));
            return if at_end { 100 } else { usize::try_from(before * 100 / all).unwrap_or(100) };
        }
        match end.get() {
            0 => 100,
            length => (self.bottom_offset().get() * 100 / length).min(100),
        }
    }
}

/// A quotation in another window, where all of it is there.
fn moved(quotation: &Quotation, to: impl Fn(Offset) -> Option<Offset>) -> Option<Quotation> {
    let span = |span: Span| Some(Span { start: to(span.start)?, end: to(span.end)? });
    Some(Quotation {
        inner: span(quotation.inner)?,
        outer: span(quotation.outer)?,
        mention: quotation.mention.and_then(span),
        cue: quotation.cue.and_then(span),
        ..quotation.clone()
    })
}
