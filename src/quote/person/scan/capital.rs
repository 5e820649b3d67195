//! Capitalised words: names with their titles, and what only begins with a capital.

use super::super::lexicon::Traits;
use super::super::occurrence::{Gender, Role, Setting, What};
use super::super::run::{MOST, Run, form, is_office};
use super::super::word::Word;
use super::Scanner;
use crate::text::{Offset, Span};

impl Scanner<'_> {
    /// A run of capitalised words, or one that only begins a sentence.
    pub(super) fn capital(&mut self) {
        self.begin();
        let Some(first) = self.words.word(self.at).filter(|word| word.span.end.get() <= self.end)
        else {
            self.at += self.words.slice(self.at, self.end).chars().next().map_or(1, char::len_utf8);
            self.fresh = false;
            return;
        };
        if self.passes(first) {
            self.pass(first);
            self.fresh = false;
            return;
        }
        let mut run = Run::default();
        let end = self.gather(first, &mut run);
        self.name(&run);
        self.fresh = false;
        self.at = end;
    }

    /// Whether the word here belongs to no name, though it has a capital.
    fn passes(&self, word: Word) -> bool {
        if self.byte(word.end) == b'-' && !word.possessive {
            return true;
        }
        let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN;
        let leads = || word.traits.has(given) && self.words.next(word.end).is_some_and(names);
        (word.traits.has(Traits::STARTER | Traits::DAY)
            || word.initial() && !word.span.is_empty() && self.is_pronoun_i(word))
            && !leads()
    }

    fn is_pronoun_i(&self, word: Word) -> bool {
        word.span.of(self.words.text) == "I"
    }

    fn pass(&mut self, word: Word) {
        let start = word.span.start.get();
        match word.span.of(self.words.text) {
            "He" | "His" | "Him" => self.pronoun(Gender::He, start, word.span.len()),
            "She" | "Her" => self.pronoun(Gender::She, start, word.span.len()),
            "The" => self.role_after(What::Role, start, word.end),
            "A" | "An" | "One" => self.role_after(What::Someone, start, word.end),
            _ => {}
        }
        self.at = word.end;
    }

    /// Gathers the run that begins with `first`, and tells where it ends.
    fn gather(&self, first: Word, run: &mut Run) -> usize {
        let mut word = first;
        loop {
            run.push(word);
            let end = word.end;
            if word.possessive || run.len == MOST {
                return end;
            }
            let Some(next) = self.follows(word, run) else { return end };
            word = next;
        }
    }

    /// The next word of the run after `word`.
    fn follows(&self, word: Word, run: &Run) -> Option<Word> {
        let Some(mut at) = self.words.gap(word.end) else { return self.suffix(word) };
        if self.byte(at) == b'&' {
            at = self.words.gap(at + 1)?;
        }
        let mut next = self.words.word(at)?;
        for _ in 0..3 {
            if next.capital() {
                break;
            }
            let joins = next.traits.has(Traits::PARTICLE) || self.is_of(word, next, run);
            if !joins {
                return None;
            }
            let after =
                self.words.gap(next.end).or((self.byte(next.end) == b'-').then_some(next.end + 1));
            next = self.words.word(after?)?;
        }
        (next.capital() && next.end <= self.end && self.may_follow(word, next, run.named()))
            .then_some(next)
    }

    /// Whether `of` or `of the` may stand within a name after `word`.
    fn is_of(&self, word: Word, next: Word, run: &Run) -> bool {
        let text = next.span.of(self.words.text);
        let body = word.traits.has(Traits::BODY) && !word.traits.has(Traits::OFFICE);
        let exchequer = run.len == 1 && word.traits.has(Traits::OFFICE);
        (text == "of" || text == "the" || text == "for") && (body || exchequer && text != "for")
    }

    /// A suffix behind a comma.
    fn suffix(&self, word: Word) -> Option<Word> {
        let at = (self.byte(word.end) == b',').then_some(word.end + 1)?;
        self.words.next(at).filter(|next| {
            next.capital() && next.traits.has(Traits::SUFFIX) && next.end <= self.end
        })
    }

    /// Whether a capitalised word may follow another within a name.
    fn may_follow(&self, word: Word, next: Word, len: usize) -> bool {
        if self.byte(next.end) == b'-' && !next.possessive {
            return false;
        }
        let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN | Traits::HONORIFIC;
        if self.headline {
            let titles = Traits::OFFICE | Traits::QUALIFIER | Traits::HONORIFIC | Traits::KNIGHT;
            return word.initial() || word.traits.has(titles) || len == 1 && word.traits.has(given);
        }
        !next.traits.has(Traits::STARTER | Traits::DAY)
            || next.initial() && next.span.of(self.words.text).ends_with('.')
            || next.traits.has(Traits::MAN | Traits::WOMAN | Traits::GIVEN)
            || word.traits.has(given)
    }

    /// Reads a run as titles and a name.
    fn name(&mut self, run: &Run) {
        let words = run.words();
        let Some((first, last)) = words.first().zip(words.last()) else { return };
        let cut = run.cut();
        let (titles, name) = words.split_at_checked(cut).unwrap_or((words, &[]));
        let title = titles.iter().fold(Traits::NONE, |all, word| all | word.traits);
        let lead = first.span.start.get();
        let Some((head, tail)) = name.first().zip(name.last()) else {
            self.bare_title(titles, *last);
            return;
        };
        let span = Span::between(head.span.start, tail.span.end);
        let mut one = self.occurrence(What::Name(run.sort(cut)), lead, span);
        one.title = title;
        one.setting.set(Setting::OWNS, last.possessive);
        let before = self.surround(&mut one, lead, last.end);
        let index = u32::try_from(self.found.occurrences.len()).unwrap_or(u32::MAX);
        let owner = before.filter(|word| word.possessive && word.traits.has(Traits::PLACE));
        let from = owner.map_or(Offset(lead), |owner| owner.span.start);
        if let Some(office) = titles.iter().rfind(|word| is_office(**word)) {
            let span = Span::between(from, office.span.end);
            self.found.roles.push(Role { head: office.keys.whole, span, of: index });
        } else if let Some(owner) = owner {
            self.found.roles.push(Role { head: 0, span: owner.span, of: index });
        }
        if let Some(role) = before.filter(|word| word.traits.has(Traits::ROLE) && !word.capital()) {
            one.title = one.title | role.traits;
            let start = self.role_start(role.span.start.get());
            let span = Span::between(Offset(start), role.span.end);
            self.found.roles.push(Role { head: role.keys.whole, span, of: index });
        }
        if one.setting.has(Setting::COMMA)
            && let Some((head, span)) = self.apposition(last.end + 1)
        {
            one.title = one.title | head.traits;
            self.found.roles.push(Role { head: head.keys.whole, span, of: index });
        }
        self.found.occurrences.push(one);
        self.found.forms.push(form(name));
    }
}

/// Whether a capitalised word may be the rest of a name.
fn names(word: Word) -> bool {
    word.capital() && !word.traits.has(Traits::STARTER | Traits::DAY)
}
