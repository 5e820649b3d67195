//! From a mention to a name.

use super::People;
use super::description::describe;
use super::entity::Entity;
use super::letter::key;
use super::lexicon::{self, Traits};
use super::occurrence::{Occurrence, Setting, Sort, What};
use super::reference::Pronoun;
use super::role::Asked;
use crate::text::{Offset, Span};

/// How many occurrences back a group, an organisation or a paper may be meant.
const REACH: usize = 24;

/// The longest mention that is read, in scalar values.
const LONGEST: usize = 400;

/// The white space between words.
const SPACES: [char; 3] = [' ', '\u{a0}', '\t'];

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
        // "Mr. He" is a name.
        let is_name = self.inside(mention).any(|one| one.span == mention);
        if let Some(pronoun) = Pronoun::read(words).filter(|_| !is_name) {
            return self.pronoun(mention, pronoun);
        }
        if let Some(both) = self.joint(mention) {
            return Some(both);
        }
        if let Some(one) = self.head(mention).filter(|one| self.is_named(mention, one)) {
            return one.who.map(|who| self.title_of(who));
        }
        if let Some(who) = self.apposed(mention) {
            return Some(self.title_of(who));
        }
        self.role(mention).or_else(|| self.paper(mention)).or_else(|| {
            let description = describe(words);
            (!description.is_empty()).then_some(description)
        })
    }

    /// The mention without what does not belong to a name.
    fn trim(&self, mention: Span) -> Span {
        let words = mention.of(self.text);
        let words = words
            .char_indices()
            .nth(LONGEST)
            .and_then(|(end, _)| words.get(..end))
            .unwrap_or(words);
        let loose = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '“' | '”');
        let start = mention.start + (words.len() - words.trim_start_matches(loose).len());
        let end = mention.start + words.trim_end_matches(loose).len();
        Span::between(start, end.max(start))
    }

    pub(super) fn title_of(&self, who: u32) -> String {
        let Some(entity) = self.entities.get(who as usize) else { return String::new() };
        let name = entity.name.of(self.text);
        if entity.sort == Sort::Nameless { describe(name) } else { name.to_owned() }
    }

    pub(super) fn sort_of(&self, one: &Occurrence) -> Option<Sort> {
        self.entities.get(one.who? as usize).map(|entity| entity.sort)
    }

    /// The index of the first occurrence that does not end before `at`.
    pub(super) fn first_at(&self, at: Offset) -> usize {
        let mut index = self.occurrences.partition_point(|one| one.lead < at);
        // What begins before may reach behind it, a role over the names within.
        for _ in 0..3 {
            let Some(before) = index.checked_sub(1) else { break };
            if self.occurrences.get(before).is_none_or(|one| one.span.end <= at) {
                break;
            }
            index = before;
        }
        index
    }

    /// The occurrences that begin before `at`, the last first.
    pub(super) fn back_from(&self, at: Offset) -> impl Iterator<Item = &Occurrence> {
        let end = self.occurrences.partition_point(|one| one.lead < at);
        self.occurrences.get(..end).unwrap_or_default().iter().rev().take(REACH)
    }

    /// The names inside `span`.
    fn inside(&self, span: Span) -> impl Iterator<Item = &Occurrence> {
        let rest = self.occurrences.get(self.first_at(span.start)..).unwrap_or_default();
        let within = rest.iter().take_while(move |one| one.span.start < span.end);
        within.filter(|one| matches!(one.what, What::Name(_)))
    }

    /// The name that is the head of a mention; not what may be any word of a headline behind a name
    /// that the article knows ("Poe Sees").
    pub(super) fn head(&self, mention: Span) -> Option<&Occurrence> {
        let head = self.last_name(mention);
        let is_word = |one: &Occurrence| self.entity(one).is_some_and(Entity::is_doubtful);
        let is_human = |one: &&Occurrence| self.entity(one).is_some_and(|it| it.human);
        match head {
            Some(one) if is_word(one) => self.inside(mention).next().filter(is_human).or(head),
            _ => head,
        }
    }

    fn entity(&self, one: &Occurrence) -> Option<&Entity> {
        self.entities.get(one.who? as usize)
    }

    /// The first name of a mention behind which nothing stands that may be its head.
    fn last_name(&self, mention: Span) -> Option<&Occurrence> {
        self.inside(mention).find(|one| {
            let before = Span::between(mention.start, one.lead.max(mention.start)).of(self.text);
            let after = Span::between(one.span.end, mention.end.max(one.span.end)).of(self.text);
            let rest = after.trim_start_matches(['\'', '’', 's']).trim_start();
            let owns = one.setting.has(Setting::OWNS) && !rest.is_empty();
            let person = self.sort_of(one) == Some(Sort::Person);
            !owns && leaves_head(after) && may_lead(before, person)
        })
    }

    /// Whom a name behind a description gives: "the mayor, Ann Poe,".
    pub(super) fn apposed(&self, description: Span) -> Option<u32> {
        let lead = description.end + ", ".len();
        if Span::between(description.end, lead).of(self.text) != ", " {
            return None;
        }
        let index = self.occurrences.partition_point(|one| one.lead < lead);
        let one = self.occurrences.get(index).filter(|one| one.lead == lead)?;
        let after = self.text.get(one.span.end.get()..)?.chars().next();
        // "The mayor, Ann Poe said, is late" is of two people.
        let ends = after.is_none_or(|c| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '\n'));
        let names = matches!(one.what, What::Name(Sort::Person | Sort::Unknown));
        one.who.filter(|_| ends && names && one.title == Traits::NONE)
    }

    /// Whether the name of a mention's head names it, as that of its kind does not ("a Republican").
    fn is_named(&self, mention: Span, one: &Occurrence) -> bool {
        let before = Span::between(mention.start, one.lead.max(mention.start)).of(self.text);
        let first = before.split(SPACES).next().unwrap_or_default();
        let entity = self.entity(one);
        let person = entity.is_some_and(|entity| entity.sort == Sort::Person);
        let group =
            entity.is_some_and(|entity| lexicon::of(entity.name.of(self.text)).has(Traits::GROUP));
        let whole = one.span.start <= mention.start && mention.end <= one.span.end;
        (person || !is_indefinite(first)) && (whole || !group)
    }

    /// Speakers joined by "and", with commas between the first ones where there are many.
    fn joint(&self, mention: Span) -> Option<String> {
        let words = mention.of(self.text);
        let (front, last) = words.split_once(" and ")?;
        let behind = Span::new(mention.end.get() - last.len(), mention.end.get());
        let last = self.head(behind).filter(|one| one.lead <= behind.start)?;
        let mut names: Vec<String> = Vec::new();
        let mut at = mention.start;
        for piece in front.split(", ") {
            let span = Span::new(at.get(), at.get() + piece.len());
            at = at + piece.len() + 2;
            match self.head(span).filter(|_| !piece.trim().is_empty()) {
                Some(one) if self.sort_of(one) != Some(Sort::Place) => {
                    names.push(self.relative_of(one, last)?);
                }
                // What stands before a name only tells who it is.
                None if names.is_empty() => {}
                _ => return None,
            }
        }
        let last = self.title_of(last.who?);
        let end = names.len();
        let joined = names.join(", ");
        (end > 0 && !names.contains(&last)).then(|| format!("{joined} and {last}"))
    }

    /// The name of the first of two who share a family name ("Ann and Bob Poe").
    fn relative_of(&self, one: &Occurrence, last: &Occurrence) -> Option<String> {
        let own = self.title_of(one.who?);
        let words = one.span.of(self.text);
        let (_, family) = last.span.of(self.text).rsplit_once(' ').unwrap_or_default();
        let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN;
        let lone = !words.contains(' ') && lexicon::of(words).has(given) && !family.is_empty();
        Some(if lone && !own.ends_with(family) { format!("{words} {family}") } else { own })
    }

    /// Who holds the role that the mention tells.
    fn role(&self, mention: Span) -> Option<String> {
        let words = mention.of(self.text);
        let chunk = chunk(words);
        let head = chunk.rsplit(SPACES).next().unwrap_or_default();
        let head = head.strip_suffix("'s").or(head.strip_suffix("’s")).unwrap_or(head);
        if is_indefinite(words.split(SPACES).next()?) || head.is_empty() {
            return None;
        }
        let from = self.first_at(mention.start);
        let span = Span::new(mention.start.get(), mention.start.get() + chunk.len());
        let seen = self.occurrences.get(from..)?.iter().take_while(|one| one.span.start < span.end);
        let mut seen =
            seen.filter(|one| one.what == What::Role && one.span.end.get() + 3 > span.end.get());
        let known = seen.find_map(|one| one.who);
        let asked = Asked::new(self.text, span, key(head), from);
        let who = known.or_else(|| self.roles.find(&self.entities, &asked, None))?;
        Some(self.title_of(who))
    }

    /// The paper or broadcaster named last, for "the paper".
    fn paper(&self, mention: Span) -> Option<String> {
        let words = mention.of(self.text);
        let (article, word) = words.split_once(' ')?;
        if !matches!(article, "the" | "The" | "that" | "this")
            || !lexicon::of(word).has(Traits::PAPER)
        {
            return None;
        }
        let is_media =
            |name: &str| name.split(' ').any(|word| lexicon::of(word).has(Traits::MEDIA));
        let named = self
            .back_from(mention.start)
            .filter(|one| matches!(one.what, What::Name(Sort::Body | Sort::Unknown)));
        let mut titles = named.filter_map(|one| one.who).map(|who| self.title_of(who));
        titles.find(|name| is_media(name))
    }
}

fn is_indefinite(word: &str) -> bool {
    matches!(word, "a" | "A" | "an" | "An" | "one" | "One" | "another" | "Another")
}

/// Whether a name may be the head of a mention in which these words stand before it.
fn may_lead(before: &str, person: bool) -> bool {
    let before = before.trim_end();
    if before.ends_with([',', '(']) {
        return person;
    }
    let mut words = before.split(SPACES).skip(1);
    let cut = words.any(|word| {
        lexicon::of(word).has(Traits::CUT) && word.starts_with(char::is_lowercase) && word != "of"
    });
    let last = before.rsplit(SPACES).find(|word| *word != "the").unwrap_or_default();
    let linked = lexicon::of(last).has(Traits::CUT)
        && last.starts_with(char::is_lowercase)
        && before != last;
    !cut && !linked
}

/// Whether the words behind a name leave it the head of its mention.
fn leaves_head(after: &str) -> bool {
    let after = after.trim_start_matches(SPACES);
    if !after.starts_with(char::is_alphanumeric) {
        return true;
    }
    let word = after.split([' ', '\u{a0}', ',']).next().unwrap_or_default();
    let traits = lexicon::of(word);
    traits.has(Traits::CUT | Traits::LINK | Traits::DETERMINER | Traits::AUXILIARY | Traits::TELLS)
        || ["ing", "ly"].iter().any(|end| word.ends_with(end))
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
