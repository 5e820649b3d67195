//! Motions: from the cursor to another place in the text.

use super::Action;
use super::page::PageRow;
use super::reading::Reading;
use crate::quote::{next_stretch, previous_stretch};
use crate::text::{
    Offset, Span, floor_grapheme, next_grapheme, next_word_end, next_word_start, prev_grapheme,
    prev_word_start, sentences,
};

/// How far to each side a motion looks inside a block, in bytes: one block may hold a whole book.
const SCOPE: usize = 64 * 1024;

/// Where the sentences begin around the place last looked at.
#[derive(Default)]
struct Known {
    block: Span,
    scope: Span,
    starts: Vec<Offset>,
}

impl Known {
    /// The first after `at` in its block; where none is within scope, the end of that.
    fn after(&mut self, reading: &Reading, at: Offset) -> Option<Offset> {
        self.look(reading, at);
        let next = self.starts.partition_point(|&start| start <= at);
        let far = Some(self.scope.end).filter(|&end| end < self.block.end);
        self.starts.get(next).copied().or(far)
    }

    /// The last before `at` in its block; where none is within scope, the start of that.
    fn before(&mut self, reading: &Reading, at: Offset) -> Option<Offset> {
        self.look(reading, at);
        let last = self.starts.partition_point(|&start| start < at).checked_sub(1);
        let far = Some(self.scope.start).filter(|&start| start > self.block.start);
        last.and_then(|last| self.starts.get(last).copied()).or(far)
    }

    /// Finds those around `at`.
    fn look(&mut self, reading: &Reading, at: Offset) {
        let block = reading.block_at(at).map_or_else(Span::default, |block| block.span);
        if block != self.block || !self.is_near(at) {
            let scope = scope(reading.text(), block, at);
            // Where the scope begins inside a block, no sentence need begin.
            let inside = usize::from(scope.start > block.start);
            let found = sentences(reading.text(), scope).into_iter().skip(inside);
            *self = Self { block, scope, starts: found.map(|sentence| sentence.start).collect() };
        }
    }

    /// Whether enough is known to both sides of a place.
    fn is_near(&self, at: Offset) -> bool {
        let Self { block, scope, .. } = self;
        let enough = |edge: Offset, end: Offset, far: usize| edge == end || far >= SCOPE / 2;
        enough(scope.start, block.start, at - scope.start)
            && enough(scope.end, block.end, scope.end - at)
    }
}

/// The part of a block that a motion at `at` looks at: all of it, unless it is monstrous.
pub(super) fn scope(text: &str, block: Span, at: Offset) -> Span {
    let near = Offset(at.get().saturating_sub(SCOPE)).max(block.start);
    let far = (at + SCOPE).min(block.end);
    let cut =
        |edge: Offset, end: Offset| if edge == end { end } else { floor_grapheme(text, edge) };
    Span::between(cut(near, block.start), cut(far, block.end))
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
        match known.after(self, at) {
            Some(start) => start,
            None => self.paragraph_after(at),
        }
    }

    fn sentence_before(&self, at: Offset, known: &mut Known) -> Offset {
        if let Some(start) = known.before(self, at) {
            return start;
        }
        let above = self.paragraph_before(at);
        let end = self.block_at(above).map_or(above, |block| block.span.end);
        if above == at {
            return at;
        }
        known.before(self, end).map_or(above, |start| self.page.settle(start))
    }

    /// The start of a paragraph by its number in the part that the cursor is in, from 1; the start of
    /// the text for 0, the last paragraph where there are fewer.
    fn paragraph_number(&self, number: usize) -> Offset {
        let own = self.paragraphs_here();
        let nth = number.checked_sub(1).and_then(|last| own.get(last).or(own.last()));
        self.page.settle(nth.map_or(Offset::ZERO, |&(_, start)| start))
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
        let text = self.text();
        let block = scope(text, self.block_at(self.cursor)?.span, self.cursor);
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::corpus::{Article, ArticleId};

    fn reading(text: &str) -> Reading {
        let article = Arc::new(Article::from_text("a.txt", text.to_owned(), "UTF-8"));
        Reading::new(ArticleId(0), article, Arc::new([]), Arc::new([]), 60)
    }

    #[test]
    fn sentences_of_a_monstrous_line_are_all_met_and_nothing_else() {
        let sentence = "The ferry sailed again on Monday with forty islanders on board. ";
        let mut reading = reading(&sentence.repeat(20_000));
        let number = |at: Offset| (at.get() / sentence.len(), at.get() % sentence.len());
        for (action, count, nth) in [
            (Action::SentenceNext, 1, 1),
            (Action::SentenceNext, 5_000, 5_001),
            (Action::SentencePrevious, 2, 4_999),
            (Action::SentenceNext, 14_990, 19_989),
            (Action::SentencePrevious, 19_989, 0),
        ] {
            reading.cursor = reading.motion(action, Some(count)).unwrap();
            assert_eq!(number(reading.cursor), (nth, 0));
        }
        reading.cursor = Offset(sentence.len() * 9_000 + 10);
        let object = reading.object(Action::SelectSentence).unwrap();
        assert_eq!((number(object.start), object.len()), ((9_000, 0), sentence.len() - 1));
    }

    #[test]
    fn no_motion_reads_a_monstrous_line_to_its_end() {
        let mut reading = reading(&format!("{}.z", "word ".repeat(400_000)));
        let length = reading.text().len();
        for at in [0, length / 2] {
            reading.cursor = Offset(at);
            let next = reading.motion(Action::SentenceNext, None).unwrap();
            assert!(next > reading.cursor && next.get() <= at + SCOPE);
            assert_eq!(reading.find_char('z', false, true, 1), None);
            assert!(reading.object(Action::SelectSentence).unwrap().len() <= 2 * SCOPE);
        }
        let back = reading.motion(Action::SentencePrevious, None).unwrap();
        assert!(back < reading.cursor && back.get() + SCOPE >= length / 2);
        assert_eq!(reading.motion(Action::Bottom, None), Some(Offset(length - 1)));
    }
}
