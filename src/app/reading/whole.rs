//! What is open of a text, and the whole of it.

use std::sync::Arc;

use super::{Reading, Search};
use crate::app::long::OVERLAP;
use crate::app::page::Page;
use crate::app::window::{Landmark, Window};
use crate::corpus::Article;
use crate::note::Target;
use crate::note::anchor::target;
use crate::quote::Quotation;
use crate::text::{Offset, Span, floor_grapheme};

impl Reading {
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
    pub(in crate::app) fn go_on_from(&mut self, start: &Self) {
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
    pub(in crate::app) fn found_here(&self, found: &Search) -> Search {
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
