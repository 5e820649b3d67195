//! Hits: where words stand, on their way from the threads that search to whoever reads of them.

use std::ops::Range;

use serde::Serialize;

use super::row::{Format, Row};
use crate::search::excerpt;
use crate::text::{Offset, Span};

/// Scalar values of a line that are shown.
const LINE: usize = 200;
/// Bytes of words that room is kept for, from one use to the next: more than most hits take up.
const KEPT: usize = 1 << 20;

/// A hit; positions in scalar values.
#[derive(Debug, Serialize)]
pub(super) struct HitRow<'a> {
    pub(super) article: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
    pub(super) line: &'a str,
    /// The line that it begins in, counted from 1: for people only.
    #[serde(skip)]
    pub(super) number: usize,
}

impl Row for HitRow<'_> {
    const NAME: &'static str = "hit";
    const FIELDS: &'static [&'static str] = &["article", "start", "end", "text", "line"];

    fn columns(&self) -> Vec<String> {
        vec![self.article.to_owned(), self.number.to_string(), self.line.to_owned()]
    }
}

/// Hits in the order of the articles and their texts, in as few pieces of memory as may be.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// What they say, and the lines that they stand in.
    words: String,
    places: Vec<Place>,
}

/// A hit among others.
#[derive(Debug)]
struct Place {
    start: usize,
    end: usize,
    number: usize,
    text: Span,
    line: Span,
}

impl Hits {
    /// How many they are.
    pub(super) fn count(&self) -> usize {
        self.places.len()
    }

    /// Some of them as rows of the article of that name.
    pub(super) fn rows<'a>(
        &'a self,
        which: Range<usize>,
        article: &'a str,
    ) -> impl Iterator<Item = HitRow<'a>> {
        self.places.get(which).unwrap_or_default().iter().map(move |it| HitRow {
            article,
            start: it.start,
            end: it.end,
            text: it.text.of(&self.words),
            line: it.line.of(&self.words),
            number: it.number,
        })
    }

    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.words.shrink_to(KEPT);
        self.places.clear();
    }

    /// Keeps some words; where they are.
    fn keep(&mut self, words: &str) -> Span {
        let start = self.words.len();
        self.words.push_str(words);
        Span::new(start, self.words.len())
    }
}

/// What lists the hits in one article, one after the other.
pub(super) struct Lister<'t> {
    text: &'t str,
    format: Format,
    at: Offset,
    scalars: usize,
    number: usize,
    /// The hit before.
    last: Option<Last>,
}

/// What is remembered of a hit.
#[derive(Clone, Copy)]
struct Last {
    /// What of the text is shown around it.
    around: Span,
    number: usize,
    /// Where that is kept.
    line: Span,
}

impl<'t> Lister<'t> {
    /// What lists hits in this text for a list in this format.
    pub(super) fn new(text: &'t str, format: Format) -> Self {
        Self { text, format, at: Offset::ZERO, scalars: 0, number: 1, last: None }
    }

    /// Adds a hit to others, the one before among them where there is any at all. For people, a line is
    /// shown once.
    pub(super) fn list(&mut self, hit: Span, hits: &mut Hits) {
        let text = self.text;
        let around = excerpt(text, hit, LINE);
        let (start, end, number) = self.pass(hit);
        let last = self.last.filter(|last| last.number == number);
        if self.format == Format::Text
            && last.is_some_and(|last| last.around.of(text) == around.of(text))
        {
            return;
        }
        // Of several in a short line, each has the same around it.
        let last = last.filter(|last| last.around == around && hits.count() > 0);
        let line = last.map_or_else(|| hits.keep(around.of(text)), |last| last.line);
        self.last = Some(Last { around, number, line });
        let words = if around.covers(hit) {
            let start = line.start + (hit.start - around.start);
            Span { start, end: start + (hit.end - hit.start) }
        } else {
            hits.keep(hit.of(text))
        };
        hits.places.push(Place { start, end, number, text: words, line });
    }

    /// Start and end of a hit in scalar values, for programs, or the number of its line, for people.
    fn pass(&mut self, hit: Span) -> (usize, usize, usize) {
        let between = Span::between(self.at, hit.start).of(self.text);
        self.at = hit.start;
        if self.format == Format::Text {
            self.number += memchr::memchr_iter(b'\n', between.as_bytes()).count();
            return (0, 0, self.number);
        }
        self.scalars += between.chars().count();
        (self.scalars, self.scalars + hit.of(self.text).chars().count(), self.number)
    }
}
