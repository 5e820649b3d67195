//! From a mention to a name.

use super::description::describe;
use super::letter::key;
use super::lexicon::{self, Traits};
use super::occurrence::{Gender, Occurrence, Setting, Sort, What};
use super::{People, pronoun};
use crate::text::{Offset, Span};

impl People<'_> {
    /// The name of whom `mention` stands for: the fullest that the text gives, without "Mr" and "Sir".
    ///
    /// A pronoun becomes the name of whom it stands for, joint speakers are joined by "and", and where
    /// nobody can be named, the description stands for itself. `None` where nothing is known.
    #[must_use]
    pub fn name_of(&self, mention: Span) -> Option<String> {
        let mention = self.trim(mention);
        let words = mention.of(self.text);
        if words.is_empty() {
            return None;
        }
        if let Some(pronoun) = Pronoun::read(words) {
            return self.pronoun(mention, pronoun);
        }
        let from = self.first_at(mention.start);
        if let Some(both) = self.joint(mention) {
            return Some(both);
        }
        if let Some(one) = self.head(mention, from) {
            return Some(self.title_of(one.who?));
        }
        self.role(mention, from).or_else(|| Some(describe(words)))
    }

    /// The mention without what does not belong to a name.
    fn trim(&self, mention: Span) -> Span {
        let words = mention.of(self.text);
        let loose = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '“' | '”');
        let start = mention.start + (words.len() - words.trim_start_matches(loose).len());
        let end = mention.start + words.trim_end_matches(loose).len();
        Span::between(start, end.max(start))
    }

    /// The index of the first occurrence that does not end before `at`.
    fn first_at(&self, at: Offset) -> usize {
        self.occurrences.partition_point(|one| one.span.end <= at)
    }

    fn title_of(&self, who: u32) -> String {
        let name = self.entities.get(who as usize).map(|entity| entity.name.of(self.text));
        name.unwrap_or_default().to_owned()
    }

    /// The names inside `span`.
    fn inside(&self, span: Span, from: usize) -> impl Iterator<Item = &Occurrence> {
        let rest = self.occurrences.get(from..).unwrap_or_default();
        let within = rest.iter().take_while(move |one| one.span.start < span.end);
        within.filter(|one| matches!(one.what, What::Name(_)))
    }

    /// The name that is the head of a mention.
    fn head(&self, mention: Span, from: usize) -> Option<&Occurrence> {
        let mut owner = None;
        for one in self.inside(mention, from) {
            let before = Span::between(mention.start, one.lead.max(mention.start)).of(self.text);
            let after = Span::between(one.span.end, mention.end.max(one.span.end)).of(self.text);
            if !may_lead(before) || before.len() > 120 {
                return owner.filter(|_| false);
            }
            if one.setting.has(Setting::OWNS)
                && !after.trim_start_matches(['\'', '’', 's']).trim().is_empty()
            {
                continue;
            }
            if leaves_head(after) {
                let place = matches!(one.what, What::Name(Sort::Place)) && before.contains(", ");
                if place {
                    return None;
                }
                return Some(one);
            }
            owner = owner.or(Some(one));
        }
        None
    }

    /// Two speakers joined by "and".
    fn joint(&self, mention: Span) -> Option<String> {
        let words = mention.of(self.text);
        let at = words.find(" and ")?;
        let [one, other] = [
            Span::between(mention.start, mention.start + at),
            Span::between(mention.start + at + 5, mention.end),
        ];
        let [one, other] = [one, other].map(|span| {
            let from = self.first_at(span.start);
            let head = self.head(span, from)?;
            (head.lead <= span.start || !span.of(self.text).contains(','))
                .then_some(head.who)
                .flatten()
        });
        let (one, other) = (one?, other?);
        let human = |who: u32| {
            self.entities.get(who as usize).is_some_and(|entity| entity.sort != Sort::Place)
        };
        (one != other && human(one) && human(other))
            .then(|| format!("{} and {}", self.title_of(one), self.title_of(other)))
    }

    /// Who holds the role that the mention tells.
    fn role(&self, mention: Span, from: usize) -> Option<String> {
        let words = mention.of(self.text);
        let first = words.split(' ').next().unwrap_or_default();
        let definite =
            !matches!(first, "a" | "A" | "an" | "An" | "one" | "One" | "another" | "Another");
        let chunk = chunk(words);
        let head = chunk.rsplit(' ').next().unwrap_or_default();
        let head = head.strip_suffix("'s").or(head.strip_suffix("’s")).unwrap_or(head);
        if !definite || head.is_empty() {
            return None;
        }
        let span = Span::new(mention.start.get(), mention.start.get() + chunk.len());
        let who = self.holder(from, span, key(head))?;
        Some(self.title_of(who))
    }

    /// Whom a pronoun stands for.
    fn pronoun(&self, mention: Span, pronoun: Pronoun) -> Option<String> {
        let at = self.occurrences.partition_point(|one| one.lead < mention.start);
        let before = self.occurrences.get(..at).unwrap_or_default();
        match pronoun {
            Pronoun::Person(gender) => {
                let here = self.occurrences.get(at).filter(|one| one.span == mention);
                let who = match here {
                    Some(one) if one.who.is_some() => one.who,
                    Some(one) => pronoun::antecedent(before, &self.entities, one, Some(gender)),
                    None => None,
                };
                who.map(|who| self.title_of(who))
            }
            Pronoun::Who => {
                let one = before.last()?;
                let gap = Span::between(one.span.end, mention.start).of(self.text);
                let near = gap.len() < 60 && !gap.contains(['.', '\n']);
                one.who.filter(|_| near).map(|who| self.title_of(who))
            }
            Pronoun::Other => None,
        }
    }
}

/// What a pronoun tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pronoun {
    Person(Gender),
    Who,
    Other,
}

impl Pronoun {
    fn read(words: &str) -> Option<Self> {
        Some(match words {
            "he" | "He" | "him" | "Him" | "his" | "His" | "himself" => Self::Person(Gender::He),
            "she" | "She" | "her" | "Her" | "hers" | "herself" => Self::Person(Gender::She),
            "who" | "Who" | "whom" | "whose" => Self::Who,
            "they" | "They" | "them" | "their" | "Their" | "it" | "It" | "its" | "Its" | "I"
            | "we" | "We" | "you" | "You" | "my" | "My" | "me" | "us" | "our" | "Our" | "that"
            | "That" | "this" | "This" | "which" | "Which" | "these" | "those" | "These"
            | "Those" => Self::Other,
            _ => return None,
        })
    }
}

/// Whether a name may be the head of a mention in which these words stand before it.
fn may_lead(before: &str) -> bool {
    let before = before.trim_end();
    let last = before.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    let chunk_cut = before.split([' ', '\u{a0}']).skip(1).any(|word| {
        word.chars().all(|c| c.is_lowercase()) && lexicon::of(word).has(Traits::CUT) && word != "of"
    });
    let apposed = before.ends_with([',', '(']);
    apposed
        || !(chunk_cut
            || lexicon::of(last).has(Traits::CUT)
                && last.starts_with(char::is_lowercase)
                && before != last)
}

/// Whether the words behind a name leave it the head of its mention.
fn leaves_head(after: &str) -> bool {
    let after = after.trim_start_matches(['\u{a0}', ' ']);
    let Some(first) = after.chars().next() else { return true };
    if !first.is_alphanumeric() {
        return true;
    }
    let word = after.split([' ', '\u{a0}', ',']).next().unwrap_or_default();
    let traits = lexicon::of(word);
    traits.has(Traits::CUT | Traits::LINK | Traits::DETERMINER | Traits::AUXILIARY)
        || word.ends_with("ing")
        || matches!(word, "himself" | "herself" | "then" | "also")
}

/// The words of a mention up to what qualifies its head.
fn chunk(words: &str) -> &str {
    let mut at = 0;
    for word in words.split(' ') {
        let bare = word.trim_end_matches([',', ';', '(']);
        let cuts =
            at > 0 && lexicon::of(bare).has(Traits::CUT) && bare.starts_with(char::is_lowercase);
        if cuts || word.starts_with('(') {
            return words.get(..at).unwrap_or_default().trim_end();
        }
        if bare.len() < word.len() {
            return words.get(..at + bare.len()).unwrap_or_default();
        }
        at += word.len() + 1;
    }
    words
}
