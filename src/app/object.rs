//! Text objects: the word, sentence, paragraph or quotation around the cursor.

use super::Action;
use super::motion::scope;
use super::reading::{Reading, Selection};
use crate::text::{Span, prev_grapheme, sentence_at, word_at};

impl Reading {
    /// The stretch that a text object covers here, if there is one.
    #[must_use]
    pub fn object(&self, action: Action) -> Option<Span> {
        let block = self.block_at(self.cursor)?.span;
        let span = match action {
            Action::SelectWord => word_at(self.text(), self.cursor),
            Action::SelectSentence => {
                sentence_at(self.text(), scope(self.text(), block, self.cursor), self.cursor)
            }
            Action::SelectParagraph => block,
            Action::SelectQuotation => self.quotations.get(self.quotation_here()?)?.quotation.inner,
            _ => return None,
        };
        (!span.is_empty()).then_some(span)
    }

    /// Selects a stretch: the cursor goes to its last grapheme.
    pub fn select(&mut self, span: Span) {
        self.selection = Some(Selection { anchor: self.landmark(span.start), paragraphs: false });
        self.put_cursor(prev_grapheme(self.text(), span.end).max(span.start));
    }
}
