//! The query language: words to look for, and filters on the articles to look in.

use std::str::FromStr;

use thiserror::Error;

use super::days::Days;
use super::pattern::{Manner, Pattern, PatternError};
use crate::corpus::Metadata;
use crate::note::{Annotation, Color};

/// The query language in short: what can be written, and what it finds.
pub const GRAMMAR: &[(&str, &str)] = &[
    ("two words", "these words one after the other, in any case and with any accents"),
    ("Two Words", "with a capital among them, in this case"),
    ("outlet:wire", "articles of outlets whose name holds this"),
    ("date:2026-02", "of a year, a month or a day; date:2026-02..2026-04, date:..2025"),
    ("byline:marlow", "by writers whose name holds this"),
    ("tag:frame", "with an annotation so tagged, as frame or frame/economic"),
    ("color:green", "with an annotation in that colour"),
    ("has:notes", "with a note"),
    ("is:unread", "not yet read, or is:read"),
    ("speaker:\"ines marlow\"", "in quotations of speakers whose name holds this"),
];

/// What is wrong with a query, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QueryError {
    /// The expression is none.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// A filter cannot be used.
    #[error("{0}")]
    Filter(String),
}

/// Words to look for, and filters. Of several filters of one kind one must hold; of several kinds, each.
#[derive(Debug, Clone, Default)]
pub struct Query {
    words: String,
    manner: Manner,
    outlets: Vec<Pattern>,
    bylines: Vec<Pattern>,
    speakers: Vec<Pattern>,
    days: Vec<Days>,
    tags: Vec<String>,
    colors: Vec<Color>,
    noted: bool,
    /// Whether articles are wanted that were read, and those that were not.
    read: Vec<bool>,
}

impl Query {
    /// Reads a query. A filter is a name, a colon and a value, which may stand in straight double
    /// quotation marks; a backslash before the name makes words of it. What is no filter are the words,
    /// as they stand.
    ///
    /// # Errors
    /// Where a filter has no value, or one that it does not know.
    pub fn parse(typed: &str, manner: Manner) -> Result<Self, QueryError> {
        let mut query = Self { manner, ..Self::default() };
        let mut rest = typed;
        let mut words = String::new();
        while let Some(token) = Token::next(&mut rest)? {
            match token {
                Token::Words(stretch) => words.push_str(stretch),
                Token::Filter(name, value) => query.add(name, &value)?,
            }
        }
        words.trim().clone_into(&mut query.words);
        Ok(query)
    }

    fn add(&mut self, name: &str, value: &str) -> Result<(), QueryError> {
        let wrong = |what: &str| Err(QueryError::Filter(format!("{name}:{value}: {what}")));
        if value.trim().is_empty() {
            return wrong("a value has to follow, as date:2026-02 or outlet:\"coast wire\"");
        }
        match name {
            "outlet" => self.outlets.push(holding(value)?),
            "byline" => self.bylines.push(holding(value)?),
            "speaker" => self.speakers.push(holding(value)?),
            "tag" => self.tags.push(value.to_lowercase()),
            "date" => match Days::from_str(value) {
                Ok(days) => self.days.push(days),
                Err(what) => return wrong(what),
            },
            "color" => match value.to_lowercase().parse() {
                Ok(color) => self.colors.push(color),
                Err(_) => return wrong(&format!("the colours are {}", color_names())),
            },
            "has" if value == "notes" => self.noted = true,
            "has" => return wrong("there is only has:notes"),
            "is" if value == "unread" => self.read.push(false),
            "is" if value == "read" => self.read.push(true),
            _ => return wrong("there are only is:read and is:unread"),
        }
        Ok(())
    }

    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
            && self.speakers.is_empty()
            && !self.asks_metadata()
            && !self.asks_annotations()
            && self.read.is_empty()
    }

    /// The words to look for, without the filters.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The pattern of its words; none where it has only filters.
    ///
    /// # Errors
    /// Where the words are to be an expression, and are none.
    pub fn pattern(&self) -> Result<Option<Pattern>, QueryError> {
        if self.words.is_empty() {
            return Ok(None);
        }
        Ok(Some(Pattern::for_library(&self.words, self.manner)?))
    }

    /// Whether outlet, byline or day matter.
    #[must_use]
    pub fn asks_metadata(&self) -> bool {
        !(self.outlets.is_empty() && self.bylines.is_empty() && self.days.is_empty())
    }

    /// Whether annotations matter.
    #[must_use]
    pub fn asks_annotations(&self) -> bool {
        self.noted || !(self.tags.is_empty() && self.colors.is_empty())
    }

    /// Whether it matters what has been read.
    #[must_use]
    pub fn asks_read(&self) -> bool {
        !self.read.is_empty()
    }

    /// Whether only what certain speakers said is wanted.
    #[must_use]
    pub fn asks_speaker(&self) -> bool {
        !self.speakers.is_empty()
    }

    /// Whether an article of which this is known is wanted.
    #[must_use]
    pub fn admits_metadata(&self, known: &Metadata) -> bool {
        let days = self.days.is_empty()
            || known.published.is_some_and(|day| self.days.iter().any(|days| days.hold(day)));
        days && any_in(&self.outlets, known.outlet.as_deref())
            && any_in(&self.bylines, known.byline.as_deref())
    }

    /// Whether an article with these live annotations is wanted.
    #[must_use]
    pub fn admits_annotations(&self, annotations: &[&Annotation]) -> bool {
        let any = |holds: &dyn Fn(&Annotation) -> bool| annotations.iter().any(|it| holds(it));
        let colored = |it: &Annotation| it.color.is_some_and(|color| self.colors.contains(&color));
        let tagged = |it: &Annotation| it.tags.iter().any(|tag| self.wants_tag(tag));
        (!self.noted || any(&|it| !it.note.is_empty()))
            && (self.colors.is_empty() || any(&colored))
            && (self.tags.is_empty() || any(&tagged))
    }

    fn wants_tag(&self, tag: &str) -> bool {
        let tag = tag.to_lowercase();
        self.tags.iter().any(|wanted| {
            tag.strip_prefix(wanted.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Whether an article that has been read, or has not, is wanted.
    #[must_use]
    pub fn admits_read(&self, read: bool) -> bool {
        self.read.is_empty() || self.read.contains(&read)
    }

    /// Whether what this speaker said is wanted.
    #[must_use]
    pub fn admits_speaker(&self, speaker: Option<&str>) -> bool {
        any_in(&self.speakers, speaker)
    }
}

/// Whether one of the values occurs; where none is asked for, anything will do.
fn any_in(values: &[Pattern], known: Option<&str>) -> bool {
    values.is_empty() || known.is_some_and(|known| values.iter().any(|value| value.is_in(known)))
}

fn holding(value: &str) -> Result<Pattern, PatternError> {
    // A capital in a name is how it is spelled, and no wish.
    Pattern::for_library(&value.trim().to_lowercase(), Manner::default())
}

fn color_names() -> String {
    Color::ALL.iter().map(|color| color.name()).collect::<Vec<_>>().join(", ")
}

/// A piece of a query.
enum Token<'a> {
    /// Words, with the white space around them.
    Words(&'a str),
    /// A filter's name and value.
    Filter(&'static str, String),
}

impl<'a> Token<'a> {
    const NAMES: [&'static str; 8] =
        ["outlet", "date", "byline", "tag", "color", "has", "is", "speaker"];

    /// Takes the next piece off the start of `rest`: a filter, or one word.
    fn next(rest: &mut &'a str) -> Result<Option<Self>, QueryError> {
        let all = *rest;
        if all.is_empty() {
            return Ok(None);
        }
        let blank = all.len() - all.trim_start().len();
        let word = all.get(blank..).unwrap_or_default();
        if let Some((name, after)) = filter(word) {
            let (value, after) = value(name, after)?;
            *rest = after;
            return Ok(Some(Self::Filter(name, value)));
        }
        let bare = word.strip_prefix('\\').filter(|word| filter(word).is_some());
        if let Some(bare) = bare.filter(|_| blank == 0) {
            return Ok(Some(Self::Words(cut(bare, rest))));
        }
        if bare.is_some() {
            let (space, after) = all.split_at_checked(blank).unwrap_or((all, ""));
            *rest = after;
            return Ok(Some(Self::Words(space)));
        }
        let length = word.find(char::is_whitespace).unwrap_or(word.len());
        let (taken, after) = all.split_at_checked(blank + length).unwrap_or((all, ""));
        *rest = after;
        Ok(Some(Self::Words(taken)))
    }
}

/// Takes the first word off `all`; what is left goes to `rest`.
fn cut<'a>(all: &'a str, rest: &mut &'a str) -> &'a str {
    let length = all.find(char::is_whitespace).unwrap_or(all.len());
    let (word, after) = all.split_at_checked(length).unwrap_or((all, ""));
    *rest = after;
    word
}

/// The filter that a word begins with, and what follows its colon.
fn filter(word: &str) -> Option<(&'static str, &str)> {
    let (name, after) = word.split_once(':')?;
    Token::NAMES.into_iter().find(|known| name == *known).map(|known| (known, after))
}

/// The value at the start of `after`, and what follows it.
fn value<'a>(name: &str, after: &'a str) -> Result<(String, &'a str), QueryError> {
    let Some(quoted) = after.strip_prefix('"') else {
        let mut rest = after;
        let value = cut(after, &mut rest);
        return Ok((value.to_owned(), rest));
    };
    let (value, rest) = quoted.split_once('"').ok_or_else(|| {
        QueryError::Filter(format!("{name}:{after}: the quotation mark is not closed"))
    })?;
    Ok((value.to_owned(), rest))
}

#[cfg(test)]
mod tests;
