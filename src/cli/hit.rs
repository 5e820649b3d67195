//! Hits: where words stand, on their way from the threads that search to whoever reads of them.

use serde::Serialize;

use super::row::{Format, Row};
use crate::io::seek::Sought;
use crate::search::excerpt;
use crate::text::{Offset, Span};

/// Scalar values of a line that are shown.
const LINE: usize = 200;
/// Hits in an article that there is room for from the start.
const USUAL: usize = 5;
/// Hits that are handed on together.
const TOGETHER: usize = 64;

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

/// Some hits in one article, in the order of its text, in as few pieces of memory as may be.
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

    /// They as rows of the article of that name.
    pub(super) fn rows<'a>(&'a self, article: &'a str) -> impl Iterator<Item = HitRow<'a>> {
        self.places.iter().map(move |it| HitRow {
            article,
            start: it.start,
            end: it.end,
            text: it.text.of(&self.words),
            line: it.line.of(&self.words),
            number: it.number,
        })
    }

    /// Keeps some words; where they are.
    fn keep(&mut self, words: &str) -> Span {
        if self.places.is_empty() {
            self.words.reserve(USUAL * LINE);
            self.places.reserve(USUAL);
        }
        let start = self.words.len();
        self.words.push_str(words);
        Span::new(start, self.words.len())
    }
}

/// Hands on what is found in an article for a list in this format, some hits at a time, as long as
/// `take` wants more; whether it did to the end.
pub(super) fn hand_on(
    sought: &Sought<'_>,
    format: Format,
    mut take: impl FnMut(Hits) -> bool,
) -> bool {
    let text = sought.text();
    let mut counts = Counts { text, format, at: Offset::ZERO, scalars: 0, number: 1 };
    let (mut hits, mut last) = (Hits::default(), Span::default());
    for hit in sought.hits() {
        let around = excerpt(text, hit, LINE);
        let line = match hits.places.last() {
            // Of several in a short line, each has the same around it.
            Some(before) if around == last => before.line,
            _ => hits.keep(around.of(text)),
        };
        last = around;
        let words = if around.covers(hit) {
            let start = line.start + (hit.start - around.start);
            Span { start, end: start + (hit.end - hit.start) }
        } else {
            hits.keep(hit.of(text))
        };
        let (start, end, number) = counts.pass(hit);
        hits.places.push(Place { start, end, number, text: words, line });
        if hits.count() == TOGETHER && !take(std::mem::take(&mut hits)) {
            return false;
        }
    }
    hits.count() == 0 || take(hits)
}

/// What is counted from one hit to the next, each where it is shown.
struct Counts<'t> {
    text: &'t str,
    format: Format,
    at: Offset,
    scalars: usize,
    number: usize,
}

impl Counts<'_> {
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
