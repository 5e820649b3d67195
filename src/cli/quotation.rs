//! `quotes`: who said what.

use std::borrow::Cow;
use std::fs;
use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::definition::{Options, Quotes};
use super::library::Library;
use super::message::{Failure, Messages, Verdict};
use super::row::{Row, Rows};
use crate::corpus::{Article, Block, BlockKind};
use crate::io::{Problem, path, unread};
use crate::quote::{
    HearsayModel, Kind, Model, ModelError, Quotation, quotations_and_hearsay, quotations_by,
};

/// A quotation; positions in scalar values.
#[derive(Debug, Serialize)]
struct QuotationRow<'a> {
    article: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'static str,
    speaker: Option<&'a str>,
    mention: Option<&'a str>,
    mention_start: Option<usize>,
    mention_end: Option<usize>,
    cue: Option<&'a str>,
    confidence: f32,
    utterance: u32,
    block: Option<BlockKind>,
    part: usize,
}

impl<'a> QuotationRow<'a> {
    fn new(article: &'a Article, quotation: &'a Quotation) -> Self {
        let scalars = |span| article.scalars.scalars(&article.text, span);
        let (start, end) = scalars(quotation.inner);
        let mention = quotation.mention.map(scalars);
        let block: Option<&Block> = article.blocks.get(quotation.block);
        Self {
            article: &article.name,
            start,
            end,
            text: quotation.inner.of(&article.text),
            kind: quotation.kind.name(),
            speaker: quotation.speaker.as_deref(),
            mention: quotation.mention.map(|it| it.of(&article.text)),
            mention_start: mention.map(|(start, _)| start),
            mention_end: mention.map(|(_, end)| end),
            cue: quotation.cue.map(|it| it.of(&article.text)),
            confidence: (quotation.confidence * 1000.0).round() / 1000.0,
            utterance: quotation.utterance,
            block: block.map(|it| it.kind),
            part: block.map_or(0, |it| it.part),
        }
    }
}

impl Row for QuotationRow<'_> {
    const NAME: &'static str = "quotation";
    const FIELDS: &'static [&'static str] = &[
        "article",
        "start",
        "end",
        "text",
        "kind",
        "speaker",
        "mention",
        "mention_start",
        "mention_end",
        "cue",
        "confidence",
        "utterance",
        "block",
        "part",
    ];

    fn columns(&self) -> Vec<String> {
        let speaker = self.speaker.or(self.mention).unwrap_or_default();
        vec![
            self.article.to_owned(),
            self.start.to_string(),
            format!("{:.2}", self.confidence),
            self.kind.to_owned(),
            speaker.to_owned(),
            self.text.to_owned(),
        ]
    }
}

pub(super) fn run(
    quotes: Quotes,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let wanted = Wanted {
        speaker: quotes.speaker.map(|it| it.to_lowercase()),
        confidence: quotes.min_confidence,
        all: quotes.all,
    };
    let model = model(quotes.model.as_deref())?;
    let of_hearsay =
        quotes.indirect.then(|| hearsay_model(quotes.hearsay_model.as_deref())).transpose()?;
    let library = Library::new(quotes.listed.paths, options)?;
    let mut rows = Rows::open::<QuotationRow>(quotes.listed.format, &quotes.listed.output)?;
    let verdict = library.each(messages, |_, article, messages| {
        if let Some(unread) = unread(&article.name, &article) {
            messages.mention(&unread);
        }
        let (text, blocks) = (&article.text, &article.blocks);
        let found = match &of_hearsay {
            Some(of_hearsay) => quotations_and_hearsay(&model, of_hearsay, text, blocks),
            None => quotations_by(&model, text, blocks),
        };
        let mut wanted = found.iter().filter(|it| wanted.takes(it));
        wanted.try_for_each(|it| rows.put(&QuotationRow::new(&article, it)))
    })?;
    super::finished(verdict, rows)
}

/// The model in a file, or the one that the program brings.
pub(super) fn model(file: Option<&Path>) -> Result<Cow<'static, Model>, Problem> {
    let Some(file) = file else { return Ok(Cow::Borrowed(Model::embedded())) };
    parsed(file, Model::parse).map(Cow::Owned)
}

/// The same for reports without marks.
pub(super) fn hearsay_model(file: Option<&Path>) -> Result<Cow<'static, HearsayModel>, Problem> {
    let Some(file) = file else { return Ok(Cow::Borrowed(HearsayModel::embedded())) };
    parsed(file, HearsayModel::parse).map(Cow::Owned)
}

/// What a file holds.
fn parsed<T>(file: &Path, parse: fn(&str) -> Result<T, ModelError>) -> Result<T, Problem> {
    let place = path::spelled(file);
    let text =
        fs::read_to_string(file).map_err(|error| Problem::unreadable(place.clone(), &error))?;
    parse(&text).map_err(|it| Problem::new(place, it.what).at(Some(it.line)))
}

/// Which quotations to list.
struct Wanted {
    /// Part of the speaker's name, in small letters.
    speaker: Option<String>,
    confidence: f32,
    /// Whether those are listed too that are none.
    all: bool,
}

impl Wanted {
    fn takes(&self, quotation: &Quotation) -> bool {
        if quotation.kind == Kind::Scare {
            return self.all && self.speaker.is_none();
        }
        let speaker = self.speaker.as_ref().is_none_or(|wanted| {
            quotation.speaker.as_ref().is_some_and(|it| it.to_lowercase().contains(wanted))
        });
        speaker && quotation.confidence >= self.confidence
    }
}
