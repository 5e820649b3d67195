//! A search pattern over canonical text.

use regex::{Regex, RegexBuilder};
use thiserror::Error;

use super::Sieve;
use super::expression::{Accents, counts_case, has_capital, literal};
use super::loose::Loose;
use crate::text::{Span, floor_grapheme, is_grapheme_boundary, next_grapheme};

/// The most bytes that an expression may take up once it is built: enough for any that a person
/// writes, and soon reached by one that is made to be monstrous.
pub(super) const SIZE: usize = 4 << 20;
/// How many bytes are looked at in one go for letters with accents.
const STRIDE: usize = 256;

/// What is to be made of the words of a search.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// Whether only whole words are found.
    pub word: bool,
    /// Whether the words are a regular expression.
    pub expression: bool,
}

/// Why there is no pattern for what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the expression {expression}: {what}")]
pub struct PatternError {
    /// What was typed.
    expression: String,
    /// What is wrong with it, in a few words.
    what: String,
}

/// Words to look for: literally, with smart case (a capital in them makes capitals count), any white
/// space for white space, and curly or straight marks for each other; or a regular expression.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
    /// What also finds letters with accents, for the texts that have any: it is slower by far.
    folding: Option<Regex>,
    /// Whether only whole words are found.
    whole: bool,
    /// Whether line ends may be told apart by it.
    sees_line_ends: bool,
    /// Whether capitals count.
    counts_case: bool,
    /// What is looked for over a library.
    sought: Sought,
    /// What is tried first, where the expression is slow.
    loose: Option<Ahead>,
}

/// What is looked for, as far as lines of JSON can be told by it.
#[derive(Debug, Clone)]
enum Sought {
    /// In no library.
    Nothing,
    /// Words.
    Words(Box<str>),
    /// An expression, as it matches in a string of JSON and perhaps elsewhere.
    Written(Box<str>),
}

/// What matches wherever the expression does, and sooner.
#[derive(Debug, Clone)]
struct Ahead {
    regex: Regex,
    /// Whether the expression matches the same in a line alone as in the text around it.
    stays_in_line: bool,
}

impl Pattern {
    /// A pattern for what was typed; none for nothing but white space, or for more than a pattern can
    /// hold.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        Self::typed(typed, false)
    }

    /// A pattern for one whole word.
    #[must_use]
    pub fn word(word: &str) -> Option<Self> {
        Self::typed(word, true)
    }

    fn typed(typed: &str, whole: bool) -> Option<Self> {
        if typed.trim().is_empty() {
            return None;
        }
        let case = counts_case(typed);
        let regex = build(&literal(typed, Accents::AsTyped), case, typed).ok()?;
        Some(Self {
            regex,
            folding: None,
            whole,
            sees_line_ends: false,
            counts_case: case,
            sought: Sought::Nothing,
            loose: None,
        })
    }

    /// A pattern for the words of a search over a library: letters typed without an accent are found
    /// with one too.
    ///
    /// # Errors
    /// Where they are an expression and that is none, or too large.
    pub fn for_library(words: &str, manner: Manner) -> Result<Self, PatternError> {
        let Manner { word: whole, expression } = manner;
        if expression {
            return Self::expression(words, whole);
        }
        let case = counts_case(words);
        let plain = literal(words, Accents::AsTyped);
        let folded = literal(words, Accents::Folded);
        let regex = build(&plain, case, words)?;
        let folding = (plain != folded).then(|| build(&folded, case, words)).transpose()?;
        Ok(Self {
            regex,
            folding,
            whole,
            sees_line_ends: false,
            counts_case: case,
            sought: Sought::Words(words.into()),
            loose: None,
        })
    }

    fn expression(words: &str, whole: bool) -> Result<Self, PatternError> {
        let case = has_capital(words);
        // By itself first, so that what is wrong is told of what was typed, and none of its brackets
        // closes one of ours.
        let mut regex = build(words, case, words)?;
        if whole {
            let bounded = format!(r"\b{{start-half}}(?:{words})\b{{end-half}}");
            regex = build(&bounded, case, words)?;
        }
        let loose = Loose::new(regex.as_str(), case);
        let ahead = loose.as_ref().filter(|loose| loose.asks_words).and_then(|loose| {
            let regex = build(&loose.plain, true, words).ok()?;
            Some(Ahead { regex, stays_in_line: loose.stays_in_line })
        });
        let sought = loose.map_or(Sought::Nothing, |loose| Sought::Written(loose.json.into()));
        Ok(Self {
            regex,
            folding: None,
            whole: false,
            sees_line_ends: true,
            counts_case: case,
            sought,
            loose: ahead,
        })
    }

    /// What tells in which lines of JSON it may match a string, where that can be told.
    #[must_use]
    pub fn sieve(&self) -> Option<Sieve> {
        match &self.sought {
            Sought::Nothing => None,
            Sought::Words(words) => Sieve::new(words),
            Sought::Written(expression) => Sieve::of_expression(expression),
        }
    }

    /// Whether it can match in a text with other line ends where it does not match in the canonical
    /// one, or the other way round.
    pub(super) const fn sees_line_ends(&self) -> bool {
        self.sees_line_ends
    }

    /// What finds in bytes of UTF-8 with any line ends at least all that the pattern finds in the
    /// canonical text, if there is anything that does.
    #[must_use]
    pub fn raw(&self) -> Option<regex::bytes::Regex> {
        let widest = self.folding.as_ref().unwrap_or(&self.regex);
        let builder = || {
            regex::bytes::RegexBuilder::new(widest.as_str())
                .case_insensitive(!self.counts_case)
                .multi_line(true)
                .size_limit(SIZE)
                .build()
        };
        (!self.sees_line_ends).then(builder)?.ok()
    }

    /// Where it matches in `text`, in order, apart from each other; never nothing.
    pub fn matches<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + use<'a> {
        let folding = self.folding.as_ref().map(|folding| Folding::new(folding, self, text));
        let loose = self.loose.as_ref();
        Matches { regex: &self.regex, folding, loose, whole: self.whole, text, at: 0 }
    }

    /// As [`matches`](Self::matches), with no grapheme cut.
    pub fn hits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + use<'a> {
        let mut end = Span::default().end;
        self.matches(text).filter_map(move |found| {
            let hit = widened(text, found);
            let fresh = hit.start >= end;
            if fresh {
                end = hit.end;
            }
            fresh.then_some(hit)
        })
    }

    /// Whether it matches anywhere in `text`.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.matches(text).next().is_some()
    }
}

fn build(expression: &str, counts_case: bool, typed: &str) -> Result<Regex, PatternError> {
    let built = RegexBuilder::new(expression)
        .case_insensitive(!counts_case)
        .multi_line(true)
        .size_limit(SIZE)
        .build();
    built.map_err(|error| {
        let what = match &error {
            regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
            other => last_line(&other.to_string()),
        };
        PatternError { expression: typed.to_owned(), what }
    })
}

/// What an error of several lines comes to.
fn last_line(error: &str) -> String {
    let line = error.lines().last().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// Where a text has the first letter with an accent, or accent of its own, that a Latin letter stands for;
/// now and then it says so of another letter.
///
/// These are U+00C0 to U+024F, U+0300 to U+036F and U+1E00 to U+1EFF, known by the first byte.
pub(super) fn accent(text: &[u8]) -> Option<usize> {
    // What lies between the first two has no accents, but to tell it apart costs more.
    let begins = |byte: u8| matches!(byte, 0xC3..=0xCD | 0xE1);
    // Without a way out of the inner loop, it looks at many bytes at once.
    let any = |bytes: &&[u8]| bytes.iter().fold(false, |any, &byte| any | begins(byte));
    let before = text.chunks(STRIDE).position(|bytes| any(&bytes))? * STRIDE;
    let inside = text.get(before..)?.iter().position(|&byte| begins(byte))?;
    Some(before + inside)
}

/// The matches of a regular expression that are wanted.
struct Matches<'a> {
    regex: &'a Regex,
    /// What also finds letters with accents.
    folding: Option<Folding<'a>>,
    /// What is tried first.
    loose: Option<&'a Ahead>,
    whole: bool,
    text: &'a str,
    /// Where to go on.
    at: usize,
}

impl Iterator for Matches<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        while self.at <= self.text.len() {
            let found = self.find()?;
            let wanted = !found.is_empty() && (!self.whole || stands_alone(self.text, found));
            if wanted {
                self.at = found.end.get();
                return Some(found);
            }
            let start = found.start.get();
            let rest = self.text.get(start..).unwrap_or_default();
            self.at = start + rest.chars().next().map_or(1, char::len_utf8);
        }
        None
    }
}

/// What finds letters with accents, and where in a text there are any.
struct Folding<'a> {
    regex: &'a Regex,
    /// The next lines that have to be looked at with it, and no others do.
    part: Option<Span>,
    /// Whether the lines of a text can be looked at one by one.
    by_line: bool,
}

impl<'a> Folding<'a> {
    fn new(regex: &'a Regex, of: &Pattern, text: &str) -> Self {
        // White space may be a line end.
        let by_line = matches!(&of.sought, Sought::Words(it) if !it.contains(char::is_whitespace));
        let mut folding = Self { regex, part: None, by_line };
        folding.go_on(text, 0);
        folding
    }

    /// Goes on to the next lines with accents, from the start of a line on.
    fn go_on(&mut self, text: &str, from: usize) {
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        let whole = Span::new(from, text.len());
        self.part =
            accent(rest).map(|at| if self.by_line { line_around(text, from + at) } else { whole });
    }
}

impl Matches<'_> {
    /// The first match from where it is on.
    fn find(&mut self) -> Option<Span> {
        if self.folding.is_some() {
            return self.find_folded();
        }
        let Some(loose) = self.loose else {
            return Some(self.regex.find_at(self.text, self.at)?.range().into());
        };
        loop {
            // What is not there at all need not be looked for slowly.
            let end = loose.regex.shortest_match_at(self.text, self.at)?;
            if !loose.stays_in_line {
                return Some(self.regex.find_at(self.text, self.at)?.range().into());
            }
            let line = line_around(self.text, end.saturating_sub(1));
            let from = self.at.saturating_sub(line.start.get());
            if let Some(found) = self.regex.find_at(line.of(self.text), from) {
                let start = line.start + found.start();
                return Some(Span { start, end: start + found.len() });
            }
            self.at = line.end.get() + 1;
            if self.at > self.text.len() {
                return None;
            }
        }
    }

    /// The same where letters with accents are found, too: only lines that have any are looked at so.
    fn find_folded(&mut self) -> Option<Span> {
        let (text, folding) = (self.text, self.folding.as_mut()?);
        while let Some(part) = folding.part {
            let (start, end) = (part.start.get(), part.end.get());
            let before = text.get(..start).filter(|_| self.at < start);
            let found = before.and_then(|before| self.regex.find_at(before, self.at));
            let upto = text.get(..end).filter(|_| self.at <= end);
            let at = self.at.max(start);
            let found = found.or_else(|| folding.regex.find_at(upto?, at));
            if let Some(found) = found {
                return Some(found.range().into());
            }
            self.at = self.at.max(end);
            folding.go_on(text, end);
        }
        Some(self.regex.find_at(text, self.at)?.range().into())
    }
}

/// The line that a byte is in, without the line feed.
fn line_around(text: &str, at: usize) -> Span {
    let (before, after) = text.as_bytes().split_at_checked(at).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before).map_or(0, |feed| feed + 1);
    let end = memchr::memchr(b'\n', after).map_or(text.len(), |feed| at + feed);
    Span::new(start, end)
}

/// Whether no word goes on at either end.
fn stands_alone(text: &str, found: Span) -> bool {
    let before = text.get(..found.start.get()).and_then(|text| text.chars().next_back());
    let after = text.get(found.end.get()..).and_then(|text| text.chars().next());
    !before.is_some_and(in_word) && !after.is_some_and(in_word)
}

/// Whether a character can be a part of a word: letters, digits, what stands on them, and `_`.
fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || matches!(letter, '\u{300}'..='\u{36F}')
}

/// The span, widened where it cuts a grapheme.
fn widened(text: &str, span: Span) -> Span {
    let plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii);
    let bytes = text.as_bytes();
    let around =
        |at: usize| plain(at.checked_sub(1).and_then(|at| bytes.get(at))) && plain(bytes.get(at));
    let start =
        if around(span.start.get()) { span.start } else { floor_grapheme(text, span.start) };
    let whole = around(span.end.get()) || is_grapheme_boundary(text, span.end);
    let end = if whole { span.end } else { next_grapheme(text, floor_grapheme(text, span.end)) };
    Span { start, end }
}

#[cfg(test)]
mod tests;
