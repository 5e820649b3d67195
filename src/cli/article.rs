//! `articles`: one row an article.

use std::io::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::correction::Corrections;
use super::definition::{Listed, Options};
use super::library::Library;
use super::message::{Failure, Messages, Verdict};
use super::row::{Row, Rows};
use crate::corpus::{Article, PartDigest};
use crate::io::unread;
use crate::quote;

#[derive(Debug, Serialize)]
struct ArticleRow {
    article: String,
    title: Option<String>,
    dek: Option<String>,
    outlet: Option<String>,
    byline: Option<String>,
    published: Option<Date>,
    url: Option<String>,
    words: usize,
    quotations: usize,
    encoding: &'static str,
    parts: Vec<PartRow>,
}

/// A further article in the text; positions in scalar values.
#[derive(Debug, Serialize)]
struct PartRow {
    title: Option<String>,
    outlet: Option<String>,
    start: usize,
    end: usize,
}

impl From<PartDigest> for PartRow {
    fn from(part: PartDigest) -> Self {
        Self { title: part.title, outlet: part.outlet, start: part.start, end: part.end }
    }
}

impl From<Article> for ArticleRow {
    fn from(article: Article) -> Self {
        let judged = quote::quotations(&article.text, &article.blocks);
        let quotations = judged.iter().filter(|it| it.kind != quote::Kind::Scare).count();
        let digest = article.digest();
        let metadata = digest.metadata();
        Self {
            article: article.name,
            title: metadata.title,
            dek: metadata.dek,
            outlet: metadata.outlet,
            byline: metadata.byline,
            published: metadata.published,
            url: metadata.url,
            words: digest.words,
            quotations,
            encoding: digest.encoding,
            parts: digest.parts.into_iter().map(PartRow::from).collect(),
        }
    }
}

impl Row for ArticleRow {
    const NAME: &'static str = "article";
    const FIELDS: &'static [&'static str] = &[
        "article",
        "title",
        "dek",
        "outlet",
        "byline",
        "published",
        "url",
        "words",
        "quotations",
        "encoding",
        "parts",
    ];

    fn columns(&self) -> Vec<String> {
        let known = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            self.article.clone(),
            known(&self.title),
            known(&self.outlet),
            known(&self.byline),
            self.published.map(|day| day.to_string()).unwrap_or_default(),
            self.words.to_string(),
            self.quotations.to_string(),
        ]
    }
}

pub(super) fn run(
    listed: Listed,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let library = Library::new(listed.paths, options)?;
    let mut rows = Rows::open::<ArticleRow>(listed.format, &listed.output)?;
    let mut corrections = Corrections::read(options);
    let verdict = library.each(messages, |root, mut article, messages| {
        if let Some(unread) = unread(&article.name, &article) {
            messages.mention(&unread);
        }
        if let Err(problem) = corrections.lay_over(&mut article, root) {
            messages.mention(&problem);
        }
        rows.put(&ArticleRow::from(article))
    })?;
    super::finished(verdict, rows)
}
