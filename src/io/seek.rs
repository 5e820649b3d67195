//! Seeking: what a query finds in one article.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use encoding_rs::{Encoding, UTF_8};

use super::load::Feed;
use super::record::Reel;
use super::shelf::Origin;
use super::walk::{Record, Source};
use super::{Problem, record};
use crate::corpus::{self, Article, BlockKind, DecodeError, RecordError};
use crate::note::{Annotation, anchor, lay_over};
use crate::quote::{Quotation, quotations};
use crate::search::{Pattern, Query, QueryError, Sieve, text_with};
use crate::text::Span;

/// A buffer that has grown beyond this is given back after use, in bytes.
const KEPT: usize = 1 << 20;

/// What a thread reads files into, one after the other.
#[derive(Debug, Default)]
pub struct Buffer {
    /// For files that are articles.
    feed: Feed,
    /// For files that hold an article in each line.
    pub reel: Reel,
}

/// What a thread that looks has for itself: a copy of what looks, and what it reads into.
pub type Own<S> = (Option<S>, Buffer);

/// What looks for a query in articles. Each thread had better have its own: an expression that is shared
/// has to be waited for.
#[derive(Debug, Clone)]
pub struct Seeker<'q> {
    query: &'q Query,
    pattern: Option<Pattern>,
    encoding: Option<&'static Encoding>,
    /// What tells in which lines the pattern may match, once it was needed.
    sieve: OnceLock<Option<Sieve>>,
    /// Whether it looks only into articles that the filters let through.
    admitted: bool,
}

/// What else is known of an article that was found: its live annotations where it is wanted at all.
pub type Known = Option<Vec<Annotation>>;

/// An article in which something was found.
#[derive(Debug)]
pub struct Sought<'b> {
    text: Text<'b>,
    pattern: Option<&'b Pattern>,
    /// Where the hits have to lie, where that matters.
    within: Option<Vec<Span>>,
}

#[derive(Debug)]
enum Text<'b> {
    Bare(Cow<'b, str>),
    Whole(Arc<Article>),
}

impl<'q> Seeker<'q> {
    /// What looks for `query`; `encoding` stands in for detection.
    ///
    /// # Errors
    /// Where its words are to be an expression, and are none.
    pub fn new(query: &'q Query, encoding: Option<&'static Encoding>) -> Result<Self, QueryError> {
        let (pattern, sieve) = (query.pattern()?, OnceLock::new());
        Ok(Self { query, pattern, encoding, sieve, admitted: false })
    }

    /// The same for articles of which it is known already that the filters let them through.
    #[must_use]
    pub fn among_admitted(self) -> Self {
        Self { admitted: true, ..self }
    }

    /// The encoding that stands in for detection.
    #[must_use]
    pub fn encoding(&self) -> Option<&'static Encoding> {
        self.encoding
    }

    /// The pattern of its words.
    #[must_use]
    pub fn pattern(&self) -> Option<&Pattern> {
        self.pattern.as_ref()
    }

    /// Looks into one article, and no further than it has to; `None` where the query does not find it.
    /// `known` is asked only of articles that hold the words.
    ///
    /// # Errors
    /// Where it cannot be read, or as `known` does.
    pub fn look<'b>(
        &'b self,
        origin: &Origin,
        buffer: &'b mut Buffer,
        known: impl FnOnce(&Article) -> Result<Known, Problem>,
    ) -> Result<Option<Sought<'b>>, Problem> {
        buffer.feed.tidy(KEPT);
        let text = match origin {
            Origin::File(source) => self.read(source, buffer)?,
            Origin::Sample(name, text) => self.of_text(name, text),
            Origin::Held(article) => {
                self.holds(&article.text).then(|| Text::Whole(Arc::clone(article)))
            }
        };
        match text {
            Some(Text::Whole(article)) if self.wants_article() => self.judge(article, known),
            text => Ok(text.map(|text| Sought { text, pattern: self.pattern(), within: None })),
        }
    }

    fn read<'b>(
        &self,
        source: &Source,
        buffer: &'b mut Buffer,
    ) -> Result<Option<Text<'b>>, Problem> {
        let unread = |error: DecodeError| Problem::new(source.place(), error.to_string());
        if let Some(place) = source.record {
            return self.read_record(source, place, buffer);
        }
        let bytes = buffer.feed.read(source)?;
        let found = text_with(bytes, self.encoding, self.pattern());
        let found = found.map_err(unread)?;
        Ok(found.map(|(text, encoding)| {
            if self.wants_article() {
                let article = Article::from_text(&source.name, text.into_owned(), encoding);
                return Text::Whole(Arc::new(article));
            }
            Text::Bare(text)
        }))
    }

    fn read_record(
        &self,
        source: &Source,
        place: Record,
        buffer: &mut Buffer,
    ) -> Result<Option<Text<'static>>, Problem> {
        let line = record::line_at(source, place, &mut buffer.reel)?;
        let unread = |error| record::bad(source, &error);
        let text = self.text_in(line).map_err(unread)?;
        let Some(text) = text.filter(|text| self.holds(text)) else { return Ok(None) };
        if !record::is_own(source, line, self.encoding) {
            return Err(record::lost(source));
        }
        if !self.wants_article() {
            return Ok(Some(Text::Bare(Cow::Owned(text))));
        }
        let article = corpus::record(&source.name, line, self.encoding).map_err(unread)?;
        Ok(Some(Text::Whole(Arc::new(article))))
    }

    /// Looks into the line of an article, whatever the filters say. Whether the words are in its text is
    /// told by the hits alone.
    ///
    /// # Errors
    /// Where it may hold the words, but is no article.
    pub(super) fn look_at_line(&self, line: &[u8]) -> Result<Option<Sought<'_>>, RecordError> {
        let text = self.text_in(line)?.map(|text| Text::Bare(Cow::Owned(text)));
        Ok(text.map(|text| Sought { text, pattern: self.pattern(), within: None }))
    }

    /// The text of an article's line, if it may hold the words. Most that do not are not taken apart.
    fn text_in(&self, line: &[u8]) -> Result<Option<String>, RecordError> {
        let sieve = self.sieve.get_or_init(|| self.pattern.as_ref().and_then(Pattern::sieve));
        // Where lines are written in another encoding, letters are not what they seem.
        let sieve = sieve.as_ref().filter(|_| self.encoding.is_none_or(|it| it == UTF_8));
        if sieve.is_some_and(|sieve| !sieve.lets_through(line)) {
            return Ok(None);
        }
        corpus::record_text(line, self.encoding).map(Some)
    }

    fn of_text(&self, name: &str, text: &'static str) -> Option<Text<'static>> {
        if !self.holds(text) {
            None
        } else if self.wants_article() {
            let article = Article::from_text(name, text.to_owned(), encoding_rs::UTF_8.name());
            Some(Text::Whole(Arc::new(article)))
        } else {
            Some(Text::Bare(Cow::Borrowed(text)))
        }
    }

    fn holds(&self, text: &str) -> bool {
        self.pattern.as_ref().is_none_or(|pattern| pattern.is_in(text))
    }

    /// Whether more of an article is needed than its text.
    #[must_use]
    pub fn wants_article(&self) -> bool {
        let query = self.query;
        let filtered = query.asks_metadata() || query.asks_annotations() || query.asks_read();
        self.pattern.is_none() || query.asks_speaker() || (filtered && !self.admitted)
    }

    /// Holds an article against the filters.
    fn judge(
        &self,
        article: Arc<Article>,
        known: impl FnOnce(&Article) -> Result<Known, Problem>,
    ) -> Result<Option<Sought<'_>>, Problem> {
        let Some(annotations) = known(&article)? else { return Ok(None) };
        let within = match (self.query.asks_speaker(), &self.pattern) {
            (true, _) => Some(self.spoken(&article, &annotations)),
            (false, Some(_)) => None,
            // With nothing to look for, it is the article that is found.
            (false, None) => Some(vec![headline(&article)]),
        };
        let found = within.as_ref().is_none_or(|within| !within.is_empty());
        let pattern = self.pattern();
        Ok(found.then_some(Sought { text: Text::Whole(article), pattern, within }))
    }

    /// What the speakers said who are asked for, as a person has put it right.
    fn spoken(&self, article: &Article, annotations: &[Annotation]) -> Vec<Span> {
        let placed = annotations.iter().filter(|it| it.quotation.is_some()).filter_map(|it| {
            let target = it.target.as_ref()?;
            Some((anchor::place(target, &article.text, &article.scalars).span?, it))
        });
        let placed: Vec<(Span, &Annotation)> = placed.collect();
        #[cfg(test)]
        super::analysis::seam::pass(&article.text);
        let judged = lay_over(&quotations(&article.text, &article.blocks), &placed);
        let spoken = judged
            .iter()
            .filter(|it| it.is_quotation())
            .filter(|it| self.query.admits_speaker(it.quotation.speaker.as_deref()));
        // Marks that were typed are found with the words that they stand around.
        let marked = self.pattern.is_some();
        let span = |it: &Quotation| if marked { it.outer } else { it.inner };
        spoken.map(|it| span(&it.quotation)).collect()
    }
}

/// What stands for a whole article: its headline or, where it has none, its first block.
fn headline(article: &Article) -> Span {
    let title = article.blocks.iter().find(|block| block.kind == BlockKind::Title);
    title.or(article.blocks.first()).map_or(Span::default(), |block| block.span)
}

impl Sought<'_> {
    /// The canonical text.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.text {
            Text::Bare(text) => text,
            Text::Whole(article) => &article.text,
        }
    }

    /// Where it was found, in the order of the text; perhaps nowhere, after all.
    #[must_use]
    pub fn hits(&self) -> Box<dyn Iterator<Item = Span> + '_> {
        match (self.pattern, &self.within) {
            (Some(pattern), None) => Box::new(pattern.hits(self.text())),
            (Some(pattern), Some(within)) => {
                Box::new(pattern.hits(self.text()).filter(|&hit| is_within(within, hit)))
            }
            (None, within) => Box::new(within.iter().flatten().copied()),
        }
    }
}

/// Whether one of the spans, in the order of the text, covers the hit.
fn is_within(spans: &[Span], hit: Span) -> bool {
    let next = spans.partition_point(|span| span.end < hit.end);
    spans.get(next).is_some_and(|span| span.covers(hit))
}
