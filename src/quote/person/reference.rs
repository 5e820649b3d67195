//! Mentions that are pronouns.

use super::People;
use super::entity::Entity;
use super::occurrence::{Gender, Occurrence, Setting, Sort};
use crate::text::Span;

/// What a pronoun tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    /// He or she.
    Person(Gender),
    /// Whoever was named just before.
    Who,
    /// Two who were named together, or a group.
    They,
    /// An organisation.
    It,
    /// The author, unless someone else speaks.
    I,
    /// Nobody that could be named.
    Nobody,
}

impl Pronoun {
    /// The pronoun that a mention is, if it is one.
    pub(super) fn read(words: &str) -> Option<Self> {
        let (word, rest) = words.split_once(['\'', '’']).unwrap_or((words, ""));
        let contracted = matches!(rest, "" | "s" | "d" | "m" | "ll" | "re" | "ve");
        if word.len() > 10 || word.contains(' ') || !contracted {
            return None;
        }
        Some(match word.to_ascii_lowercase().as_str() {
            "he" | "him" | "his" | "himself" => Self::Person(Gender::He),
            "she" | "her" | "hers" | "herself" => Self::Person(Gender::She),
            "who" | "whom" | "whose" => Self::Who,
            "they" | "them" | "their" | "themselves" | "both" => Self::They,
            "it" | "its" | "itself" | "which" => Self::It,
            "i" | "my" | "me" | "myself" => Self::I,
            "we" | "us" | "our" if word != "US" => Self::I,
            "you" | "your" | "that" | "this" | "these" | "those" | "one" => Self::Nobody,
            _ => return None,
        })
    }
}

impl People<'_> {
    pub(super) fn is_human(&self, who: u32) -> bool {
        self.entities.get(who as usize).is_some_and(Entity::is_human)
    }

    /// Whom a pronoun stands for.
    pub(super) fn pronoun(&self, mention: Span, pronoun: Pronoun) -> Option<String> {
        let who = match pronoun {
            Pronoun::Person(gender) => self.person(mention, gender),
            Pronoun::Who => self.related(mention),
            Pronoun::They => return self.group(mention),
            Pronoun::It => self.thing(mention),
            Pronoun::I => self.author(mention),
            Pronoun::Nobody => None,
        };
        who.map(|who| self.title_of(who))
    }

    fn person(&self, mention: Span, gender: Gender) -> Option<u32> {
        let at = self.occurrences.partition_point(|one| one.lead < mention.start);
        let one = self.occurrences.get(at).filter(|one| one.span.start == mention.start)?;
        let guess = || self.before(at, None).antecedent(&self.weights, one, Some(gender), |_| true);
        one.who.or_else(guess)
    }

    /// Whom "who" goes back to.
    fn related(&self, mention: Span) -> Option<u32> {
        let near = |one: &&Occurrence| {
            let gap = Span::between(one.span.end, mention.start).of(self.text);
            gap.len() < 80 && !gap.contains(['.', '\n'])
        };
        let mut named = self.back_from(mention.start).take_while(near).filter_map(|one| one.who);
        named.find(|who| self.is_human(*who))
    }

    /// The organisation that acted last.
    fn thing(&self, mention: Span) -> Option<u32> {
        let free =
            |one: &&Occurrence| !one.setting.has(Setting::QUOTED) && one.setting.has(Setting::ACTS);
        let mut named = self.back_from(mention.start).filter(free);
        named.find(|one| self.sort_of(one) == Some(Sort::Body))?.who
    }

    /// Who wrote the part, where "I" is not someone else's.
    fn author(&self, mention: Span) -> Option<u32> {
        let index = self.quoted.partition_point(|span| span.end <= mention.start);
        let spoken = self.quoted.get(index).is_some_and(|span| span.contains(mention.start));
        let near = self.occurrences.get(self.first_at(mention.start).saturating_sub(1))?;
        let byline = self.bylines.iter().find(|(part, _)| *part == near.part)?;
        (!spoken).then_some(byline.1)
    }
}
