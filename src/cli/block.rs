//! `blocks`: what each stretch of a text is.

use std::io::Write;

use serde::Serialize;

use super::definition::{Listed, Options};
use super::library::Library;
use super::message::{Failure, Messages, Verdict};
use super::row::{Row, Rows};
use crate::corpus::{Article, Block, BlockKind};

/// A block; positions in scalar values.
#[derive(Debug, Serialize)]
struct BlockRow<'a> {
    article: &'a str,
    part: usize,
    kind: BlockKind,
    start: usize,
    end: usize,
    /// Its first words, for people only: programs have the offsets.
    #[serde(skip)]
    words: &'a str,
}

impl<'a> BlockRow<'a> {
    fn new(article: &'a Article, block: &Block) -> Self {
        let (start, end) = article.scalars.scalars(&article.text, block.span);
        let words = block.span.of(&article.text);
        Self { article: &article.name, part: block.part, kind: block.kind, start, end, words }
    }
}

impl Row for BlockRow<'_> {
    const NAME: &'static str = "block";
    const FIELDS: &'static [&'static str] = &["article", "part", "kind", "start", "end"];

    fn columns(&self) -> Vec<String> {
        let kind = format!("{:?}", self.kind).to_lowercase();
        let words = crate::text::fit(self.words, GLIMPSE).into_owned();
        let [part, start, end] = [self.part, self.start, self.end].map(|number| number.to_string());
        vec![self.article.to_owned(), part, kind, start, end, words]
    }
}

/// How much of a block's words a row shows, in terminal cells.
const GLIMPSE: usize = 40;

pub(super) fn run(
    listed: Listed,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let library = Library::new(listed.paths, options)?;
    let mut rows = Rows::open::<BlockRow>(listed.format, &listed.output)?;
    let verdict = library.each(messages, |_, article| {
        article.blocks.iter().try_for_each(|block| rows.put(&BlockRow::new(&article, block)))
    })?;
    super::finished(verdict, rows)
}
