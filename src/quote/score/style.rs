//! The same articles in other quotation marks, to see whether a style that the model was not trained on
//! loses anything.

use crate::corpus::Article;
use crate::quote::label::{Gold, Labelled};
use crate::quote::stretches;
use crate::text::ScalarIndex;

/// A style of quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// “ ”
    Curly,
    /// " "
    Straight,
    /// '' ''
    Doubled,
    /// « »
    Guillemets,
    /// ‘ ’
    CurlySingle,
    /// ' '
    StraightSingle,
}

impl Style {
    /// All of them with their names.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Curly, "curly"),
        (Self::Straight, "straight"),
        (Self::Doubled, "doubled"),
        (Self::Guillemets, "guillemets"),
        (Self::CurlySingle, "curly-single"),
        (Self::StraightSingle, "straight-single"),
    ];

    /// The opening and the closing mark.
    const fn marks(self) -> [&'static str; 2] {
        match self {
            Self::Curly => ["“", "”"],
            Self::Straight => ["\"", "\""],
            Self::Doubled => ["''", "''"],
            Self::Guillemets => ["«", "»"],
            Self::CurlySingle => ["‘", "’"],
            Self::StraightSingle => ["'", "'"],
        }
    }

    const fn is_single(self) -> bool {
        matches!(self, Self::CurlySingle | Self::StraightSingle)
    }

    /// The article with the marks of its quoted stretches in this style, and its labels moved along.
    #[must_use]
    pub fn rewrite(self, article: &Labelled) -> Labelled {
        let found = stretches(&article.text, &article.blocks);
        let [open, close] = self.marks();
        let mut text = String::new();
        // Where each scalar value of the old text stands in the new one.
        let mut places: Vec<usize> = Vec::new();
        let mut written = 0;
        let mut copy = |words: &str, to: &str, places: &mut Vec<usize>| {
            let count = to.chars().count();
            places.extend(words.chars().enumerate().map(|(at, _)| written + at.min(count)));
            written += count;
            text.push_str(to);
        };
        let mut at = 0;
        for stretch in found {
            let mut part = |end: usize, to: Option<&str>| {
                let words = article.text.get(at..end).unwrap_or_default();
                copy(words, to.unwrap_or(words), &mut places);
                at = end;
            };
            part(stretch.outer.start.get(), None);
            part(
                stretch.inner.start.get(),
                (stretch.inner.start > stretch.outer.start).then_some(open),
            );
            let inner = stretch.inner.of(&article.text);
            let nested = self.is_single().then(|| nested(inner));
            part(stretch.inner.end.get(), nested.as_deref());
            part(stretch.outer.end.get(), (stretch.outer.end > stretch.inner.end).then_some(close));
        }
        let rest = article.text.get(at..).unwrap_or_default();
        copy(rest, rest, &mut places);
        places.push(written);
        moved(article, text, &places)
    }
}

/// Words within single marks, with their own single marks made double ones, a scalar value for each.
fn nested(inner: &str) -> String {
    let mut open = false;
    let chars: Vec<char> = inner.chars().collect();
    let letter =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    let mut out = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let inside = letter(at.checked_sub(1)) && letter(Some(at + 1));
        out.push(match c {
            '‘' => '“',
            '’' if open && !inside => '”',
            c => c,
        });
        open = c == '‘' || (open && (c != '’' || inside));
    }
    out
}

/// The article with another text, and its labels where `places` says.
fn moved(article: &Labelled, text: String, places: &[usize]) -> Labelled {
    let place = |at: usize| places.get(at).or(places.last()).copied().unwrap_or_default();
    let gold = article.gold.iter().map(|gold| Gold {
        start: place(gold.start),
        end: place(gold.end),
        speaker_start: gold.speaker_start.map(place),
        speaker_end: gold.speaker_end.map(place),
        cue_start: gold.cue_start.map(place),
        cue_end: gold.cue_end.map(place),
        source_core: gold.source_core.iter().map(|&(a, b)| (place(a), place(b))).collect(),
        content: gold.content.iter().map(|&(a, b)| (place(a), place(b))).collect(),
        ..gold.clone()
    });
    let gold = gold.collect();
    let mut other = article.other.clone();
    for it in &mut other {
        (it.start, it.end) = (place(it.start), place(it.end));
    }
    let made = Article::from_text(&article.name, text, "UTF-8");
    debug_assert_eq!(ScalarIndex::new(&made.text).len(), place(usize::MAX));
    Labelled {
        name: article.name.clone(),
        text: made.text.to_string(),
        blocks: made.blocks,
        gold,
        other,
    }
}
