//! The open article: where the cursor is, what is on screen, what is selected and found.

mod scroll;
mod whole;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::anchoring::Anchoring;
use super::long::{Long, Looking};
use super::page::{Page, PageRow, Position};
use super::window::Landmark;
use crate::corpus::{Article, ArticleId, Block, BlockKind};
use crate::note::{Attributed, Color, Status};
use crate::quote::{Quotation, stretch_at};
use crate::search::Pattern;
use crate::text::{Col, Offset, Span, next_grapheme};

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

    /// The canonical text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.article.text
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
}
