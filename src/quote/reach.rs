//! How far into a text it is looked for who says what.
//!
//! Something is kept of every word, sign and mark for as long as an article is judged, so their number has
//! a limit: a text made of nothing else would take a hundred times its own size.

use super::mark::look;
use crate::corpus::Block;
use crate::text::Offset;

/// The most characters that may be quotation marks, apostrophes among them: as many as in some hundred
/// novels.
const MARKS: usize = 1 << 19;
/// The most words and signs: as many as in some forty.
const WORDS: usize = 1 << 22;

/// What was counted of a text so far.
#[derive(Default)]
struct Count {
    marks: usize,
    words: usize,
}

impl Count {
    fn add(&mut self, text: &str) {
        let mut inside = false;
        for c in text.chars() {
            let letter = c.is_alphanumeric();
            self.words += usize::from(if letter { !inside } else { !c.is_whitespace() });
            self.marks += usize::from(look(c).is_some());
            inside = letter;
        }
    }

    const fn is_too_much(&self) -> bool {
        self.marks > MARKS || self.words > WORDS
    }
}

/// The blocks in which it is looked for who says what: all of them, but in a text with more words or marks
/// than anybody writes. `blocks` are in the order of the text.
pub(super) fn within_reach<'b>(text: &str, blocks: &'b [Block]) -> &'b [Block] {
    // Each takes a byte at the least.
    if text.len() <= MARKS {
        return blocks;
    }
    let mut count = Count::default();
    let beyond = blocks.iter().position(|block| {
        count.add(block.span.of(text));
        count.is_too_much()
    });
    blocks.get(..beyond.unwrap_or(blocks.len())).unwrap_or(blocks)
}

/// From where on it is not looked for who says what, in a text that has too many words or marks for that;
/// `None` in any other.
#[must_use]
pub fn beyond_reach(text: &str, blocks: &[Block]) -> Option<Offset> {
    let reached = within_reach(text, blocks).len();
    blocks.get(reached).map(|block| block.span.start)
}

#[cfg(test)]
mod tests {
    use super::super::{people, quotations, stretches};
    use super::*;
    use crate::corpus::Article;

    fn article(text: String) -> Article {
        Article::from_text("a.txt", text, "UTF-8")
    }

    fn counted(text: &str) -> (usize, usize) {
        let mut count = Count::default();
        count.add(text);
        (count.words, count.marks)
    }

    #[test]
    fn words_signs_and_marks_are_counted() {
        for (text, expected) in [
            ("“No,” he said.", (7, 2)),
            ("don't – 12,000 漢字", (8, 1)),
            ("\"\"''", (4, 4)),
            (" \n\u{a0}", (0, 0)),
        ] {
            assert_eq!(counted(text), expected, "{text}");
        }
    }

    #[test]
    fn of_marks_without_end_only_so_many_are_read() {
        let paragraph = format!("{}\n\n", "“a” ".repeat(1024));
        let lines = |count: usize| article(paragraph.repeat(count));
        let within = lines(MARKS / 2 / 1024);
        assert_eq!(beyond_reach(&within.text, &within.blocks), None);
        assert_eq!(stretches(&within.text, &within.blocks).len(), MARKS / 2);
        let beyond = lines(MARKS / 2 / 1024 + 10);
        let from = beyond_reach(&beyond.text, &beyond.blocks).unwrap();
        assert_eq!(from.get(), within.text.len());
        assert_eq!(stretches(&beyond.text, &beyond.blocks).len(), MARKS / 2);
    }

    #[test]
    fn a_line_of_nothing_but_signs_is_no_report() {
        let signs = ",".repeat(WORDS);
        let text = format!("Ann Lee left.\n\n“Well,” said Bob Ray. {signs}\n\n“No,” he said.\n");
        let article = article(text);
        let from = beyond_reach(&article.text, &article.blocks).unwrap();
        assert!(article.text[from.get()..].starts_with("“Well,”"));
        assert!(quotations(&article.text, &article.blocks).is_empty());
        let people = people(&article.text, &article.blocks);
        assert_eq!(people.names().collect::<Vec<_>>(), ["Ann Lee"]);
    }
}
