//! Whom "they" stands for: who spoke before, two who were named together, or the group that acted last.

use super::People;
use super::description::describe;
use super::lexicon::{self, Traits};
use super::occurrence::{Occurrence, Setting};
use crate::text::{Offset, Span, floor_grapheme};

/// How far back a group is looked for, in bytes.
const FAR: usize = 700;

/// The most words before a group's noun that belong to it.
const WORDS: usize = 3;

impl People<'_> {
    /// Whom "they" at `mention` stands for.
    pub(super) fn group(&self, mention: Span) -> Option<String> {
        if let Some(spoke) = self.crowd(mention) {
            return Some(spoke);
        }
        let named = self.named_group(mention);
        let described = self.described_group(mention.start);
        match (named, described) {
            (Some((at, _)), Some(span)) if at < span.start => Some(describe(span.of(self.text))),
            (None, Some(span)) => Some(describe(span.of(self.text))),
            (named, _) => named.map(|(_, name)| name),
        }
    }

    /// The group that spoke the last quotation before, if one did.
    fn crowd(&self, mention: Span) -> Option<String> {
        let ended = self.speeches.partition_point(|it| it.outer.end <= mention.start);
        let before = self.speeches.get(..ended)?.iter().rev();
        let last = before.take(2).find(|it| it.mention != mention)?.mention;
        let head = last.of(self.text).rsplit(' ').next()?;
        let plural = head.starts_with(char::is_lowercase) && lexicon::of(head).has(Traits::GROUP);
        plural.then(|| describe(last.of(self.text)))
    }

    /// Those two who were named together, or the group whose name is one, and where they stand.
    fn named_group(&self, mention: Span) -> Option<(Offset, String)> {
        let mut after: Option<&Occurrence> = None;
        let free = |one: &&Occurrence| !one.setting.has(Setting::QUOTED.and(Setting::ASIDE));
        for one in self.back_from(mention.start).filter(free) {
            let Some(who) = one.who else { continue };
            if let Some(other) = after
                && let Some(second) = other.who.filter(|second| *second != who)
                && self.is_human(who)
                && self.is_human(second)
                && Span::between(one.span.end, other.lead).of(self.text) == " and "
            {
                let both = format!("{} and {}", self.title_of(who), self.title_of(second));
                return Some((one.lead, both));
            }
            let words = one.span.of(self.text);
            if lexicon::of(words).has(Traits::GROUP) {
                return Some((one.lead, words.to_owned()));
            }
            after = Some(one);
        }
        None
    }

    /// The last group before `end` that is told of by a noun ("European leaders") and is no one's
    /// object, outside quotation marks.
    fn described_group(&self, end: Offset) -> Option<Span> {
        let start = floor_grapheme(self.text, Offset(end.get().saturating_sub(FAR)));
        let words: Vec<Span> = words(self.text, Span::between(start, end));
        let nouns = words.iter().enumerate().rev().filter(|(_, word)| {
            let word = word.of(self.text);
            word.starts_with(char::is_lowercase) && lexicon::of(word).has(Traits::GROUP)
        });
        let groups = nouns.filter(|(_, noun)| !self.is_quoted(noun.start));
        let mut spans = groups.filter_map(|(at, noun)| {
            let first = self.opens(&words, at);
            let before = first.checked_sub(1).and_then(|it| words.get(it));
            let joined = before.filter(|it| self.joins(**it, *words.get(first).unwrap_or(noun)));
            let object = joined.is_some_and(|it| is_governing(it.of(self.text)));
            (!object).then_some(Span::between(words.get(first)?.start, noun.end))
        });
        // "The two leaders" are those who were named.
        let pair =
            |span: &Span| span.of(self.text).split(' ').any(|it| matches!(it, "two" | "both"));
        spans.next().filter(|span| !pair(span))
    }

    fn is_quoted(&self, at: Offset) -> bool {
        let index = self.quoted.partition_point(|span| span.end <= at);
        self.quoted.get(index).is_some_and(|span| span.contains(at))
    }

    /// Whether nothing but a space lies between two words.
    fn joins(&self, one: Span, other: Span) -> bool {
        matches!(Span::between(one.end, other.start).of(self.text), " " | "\u{a0}")
    }

    /// The index of the first word that belongs to the noun at `noun`: capitalised words and owners
    /// before it, and an article.
    fn opens(&self, words: &[Span], noun: usize) -> usize {
        let mut first = noun;
        while noun - first < WORDS
            && let Some(before) = first.checked_sub(1)
            && let (Some(&word), Some(&next)) = (words.get(before), words.get(first))
            && self.joins(word, next)
        {
            let text = word.of(self.text);
            let article = lexicon::of(text).has(Traits::DETERMINER);
            let owner = text.ends_with("'s") || text.ends_with("’s");
            let capital = text.starts_with(char::is_uppercase);
            if !(article || owner || capital && !lexicon::of(text).has(Traits::STARTER)) {
                break;
            }
            first = before;
            if article {
                break;
            }
        }
        first
    }
}

/// Whether what stands behind a word is its object: a preposition, or a word of telling.
fn is_governing(word: &str) -> bool {
    let clause = matches!(word, "after" | "before" | "as" | "but" | "and" | "or" | "that" | "when");
    !clause && lexicon::of(word).has(Traits::LINK | Traits::CUT | Traits::TELLS)
}

/// The words inside `span`, without the signs around them.
fn words(text: &str, span: Span) -> Vec<Span> {
    let within = span.of(text);
    let mut words: Vec<Span> = Vec::new();
    for (at, c) in within.char_indices() {
        let start = span.start + at;
        let end = start + c.len_utf8();
        match words.last_mut() {
            _ if !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')) => {}
            Some(word) if word.end == start => *word = Span::between(word.start, end),
            _ => words.push(Span::between(start, end)),
        }
    }
    words
}
