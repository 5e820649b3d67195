//! Motions: from the cursor to another place in the text.

use super::Action;
use super::page::PageRow;
use super::reading::Reading;
use crate::corpus::{Block, BlockKind};
use crate::quote::{next_stretch, previous_stretch};
use crate::text::{
    Offset, Span, next_grapheme, next_word_end, next_word_start, prev_grapheme, prev_word_start,
    sentences,
};

/// Where the sentences begin of the block last looked into: one block may hold a whole book.
#[derive(Default)]
struct Known {
    block: Span,
    starts: Vec<Offset>,
}

impl Known {
    /// Those of the block at `at`.
    fn starts(&mut self, reading: &Reading, at: Offset) -> &[Offset] {
        let block = reading.block_at(at).map_or_else(Span::default, |block| block.span);
        if block != self.block {
            let found = sentences(reading.text(), block).into_iter();
            *self = Self { block, starts: found.map(|sentence| sentence.start).collect() };
        }
        &self.starts
    }
}

impl Reading {
    /// Where a motion leads, `count` times over; none for an action that is no motion.
    pub fn motion(&mut self, action: Action, count: Option<usize>) -> Option<Offset> {
        let times = count.unwrap_or(1).max(1);
        let goal = self.goal;
        let to = match action {
            Action::Down => return Some(self.rows_away(times, true)),
            Action::Up => return Some(self.rows_away(times, false)),
            Action::Left => self.repeated(times, Self::left),
            Action::Right => self.repeated(times, Self::right),
            Action::WordNext => self.repeated(times, |here, at| here.ahead(at, next_word_start)),
            Action::WordEnd => self.repeated(times, |here, at| here.ahead(at, next_word_end)),
            Action::WordPrevious => {
                self.repeated(times, |here, at| here.behind(at, prev_word_start))
            }
            Action::ParagraphNext => self.repeated(times, Self::paragraph_after),
            Action::ParagraphPrevious => self.repeated(times, Self::paragraph_before),
            Action::SentenceNext => {
                let mut known = Known::default();
                self.repeated(times, |here, at| here.sentence_after(at, &mut known))
            }
            Action::SentencePrevious => {
                let mut known = Known::default();
                self.repeated(times, |here, at| here.sentence_before(at, &mut known))
            }
            Action::RowStart => self.cursor_row()?.span.start,
            Action::RowFirst => self.row_first()?,
            Action::RowEnd => self.row_end()?,
            Action::Top => self.paragraph_number(count.unwrap_or(0)),
            Action::Bottom => match count {
                Some(number) => self.paragraph_number(number),
                None => self.page.settle(Offset(self.text().len())),
            },
            _ => {
                self.goal = goal;
                return None;
            }
        };
        self.goal = None;
        Some(to)
    }

    fn repeated(&self, times: usize, mut step: impl FnMut(&Self, Offset) -> Offset) -> Offset {
        let mut at = self.cursor;
        for _ in 0..times {
            let next = step(self, at);
            if next == at {
                break;
            }
            at = next;
        }
        at
    }

    /// A step towards the end by `step`, over a fold as a whole.
    fn ahead(&self, at: Offset, step: impl Fn(&str, Offset) -> Offset) -> Offset {
        let folded = self.page.fold_at(at);
        let from = folded.map_or_else(|| step(self.text(), at), |fold| fold.end);
        self.page.settle(from)
    }

    /// A step towards the start by `step`, over a fold as a whole.
    fn behind(&self, at: Offset, step: impl Fn(&str, Offset) -> Offset) -> Offset {
        self.page.settle_back(step(self.text(), at))
    }

    fn left(&self, at: Offset) -> Offset {
        self.behind(at, prev_grapheme)
    }

    fn right(&self, at: Offset) -> Offset {
        self.ahead(at, next_grapheme)
    }

    /// The cursor's place so many rows away, in the column it tries to keep.
    fn rows_away(&mut self, rows: usize, down: bool) -> Offset {
        let column = self.goal_column();
        let mut position = self.page.locate(self.cursor);
        let mut row: Option<PageRow> = None;
        let mut left = rows;
        while left > 0 {
            let next =
                if down { self.page.forward(position, 1) } else { self.page.backward(position, 1) };
            if next == position {
                break;
            }
            position = next;
            if let Some(stop) = self.page.row(position).filter(|row| row.holds_cursor()) {
                row = Some(stop);
                left -= 1;
            }
        }
        row.map_or(self.cursor, |row| self.at_column(row, column))
    }

    fn row_first(&mut self) -> Option<Offset> {
        let row = self.cursor_row()?;
        let words = row.span.of(self.text());
        Some(row.span.start + (words.len() - words.trim_start().len()))
    }

    fn row_end(&mut self) -> Option<Offset> {
        let row = self.cursor_row()?;
        let length = row.span.of(self.text()).trim_end().len();
        let end = prev_grapheme(self.text(), row.span.start + length).max(row.span.start);
        Some(self.page.settle(end).max(row.span.start))
    }

    fn block_index(&self, at: Offset) -> usize {
        let blocks = &self.article.blocks;
        blocks.partition_point(|block| block.span.start <= at).saturating_sub(1)
    }

    fn paragraph_after(&self, at: Offset) -> Offset {
        let from = self.page.fold_at(at).map_or(at, |fold| prev_grapheme(self.text(), fold.end));
        let next = self.article.blocks.get(self.block_index(from) + 1);
        next.map_or_else(
            || self.page.settle(Offset(self.text().len())),
            |block| self.page.settle(block.span.start),
        )
    }

    fn paragraph_before(&self, at: Offset) -> Offset {
        let index = self.block_index(at);
        let start = self.article.blocks.get(index).map_or(at, |block| block.span.start);
        if start < at {
            return self.page.settle(start);
        }
        let before = index.checked_sub(1).and_then(|index| self.article.blocks.get(index));
        before.map_or(at, |block| self.page.settle(block.span.start))
    }

    fn sentence_after(&self, at: Offset, known: &mut Known) -> Offset {
        let starts = known.starts(self, at);
        let next = starts.partition_point(|&start| start <= at);
        starts.get(next).copied().unwrap_or_else(|| self.paragraph_after(at))
    }

    fn sentence_before(&self, at: Offset, known: &mut Known) -> Offset {
        let mut before = |at: Offset| {
            let starts = known.starts(self, at);
            let nth = starts.partition_point(|&start| start < at).checked_sub(1)?;
            starts.get(nth).copied()
        };
        if let Some(start) = before(at) {
            return start;
        }
        let above = self.paragraph_before(at);
        let end = self.block_at(above).map_or(above, |block| block.span.end);
        if above < at { before(end).map_or(above, |start| self.page.settle(start)) } else { at }
    }

    /// The start of a paragraph by its number in the part that the cursor is in, from 1; the start of
    /// the text for 0, the last paragraph where there are fewer.
    fn paragraph_number(&self, number: usize) -> Offset {
        let part = self.block_at(self.cursor).map_or(0, |block| block.part);
        let own = |block: &&Block| block.part == part && block.kind == BlockKind::Paragraph;
        let nth = match number {
            0 => None,
            _ => self.article.blocks.iter().filter(own).take(number).last(),
        };
        self.page.settle(nth.map_or(Offset::ZERO, |block| block.span.start))
    }

    /// Where the next quotation starts, or the one before; scare quotes are passed over.
    #[must_use]
    pub fn next_quotation(&self, from: Offset, forward: bool) -> Option<Offset> {
        let mut at = from;
        loop {
            let next = if forward {
                next_stretch(&self.quotations, at)
            } else {
                previous_stretch(&self.quotations, at)
            };
            let next = self.quotations.get(next?)?;
            at = next.quotation.inner.start;
            if next.is_quotation() {
                return Some(at);
            }
        }
    }

    /// The next place of a character in the block, or just before it; or towards its start.
    #[must_use]
    pub fn find_char(
        &self,
        letter: char,
        till: bool,
        forward: bool,
        times: usize,
    ) -> Option<Offset> {
        let block = self.block_at(self.cursor)?.span;
        let text = self.text();
        let mut at = self.cursor;
        for _ in 0..times {
            at = if forward {
                let near = next_grapheme(text, at);
                // From just before the character, the same search goes on to the next one.
                let from = if till { next_grapheme(text, near) } else { near };
                let found =
                    from + Span::between(from, block.end.max(from)).of(text).find(letter)?;
                if till { prev_grapheme(text, found) } else { found }
            } else {
                let to = if till { prev_grapheme(text, at) } else { at }.max(block.start);
                let found = block.start + Span::between(block.start, to).of(text).rfind(letter)?;
                if till { next_grapheme(text, found) } else { found }
            };
        }
        Some(at)
    }
}
