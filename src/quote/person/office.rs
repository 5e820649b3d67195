//! Roles as the scan meets them: by themselves, before a name, and behind it.

use super::lexicon::Traits;
use super::occurrence::{Form, Setting, What};
use super::run::is_office;
use super::scan::Scanner;
use super::word::Word;
use crate::text::{Offset, Span};

impl Scanner<'_> {
    /// A role after the article at `from`, whose end is at `after`.
    pub(super) fn role_after(&mut self, what: What, from: usize, after: usize) {
        if self.is_quoted(from) {
            return;
        }
        let mut at = after;
        let mut head: Option<Word> = None;
        for _ in 0..4 {
            let Some(word) = self.words.next(at).filter(|word| word.end <= self.end) else { break };
            // "a No 10 spokesman"
            if word.traits.has(Traits::CUT | Traits::DETERMINER) && !word.capital() {
                break;
            }
            if word.traits.has(Traits::ROLE) {
                head = Some(word);
            } else if head.is_some() {
                break;
            }
            at = word.end;
            if word.possessive && head.is_some() {
                break;
            }
        }
        let Some(head) = head else { return };
        // "the businessman Ann Poe": a role before a name is read with the name.
        if !head.possessive && self.words.next(head.end).is_some_and(|next| next.capital()) {
            return;
        }
        self.push_role(what, Span::between(Offset(from), head.span.end), head);
    }

    pub(super) fn push_role(&mut self, what: What, span: Span, head: Word) {
        let known = self.found.occurrences.last().is_some_and(|last| last.span.covers(span));
        if known {
            return;
        }
        let mut one = self.occurrence(what, span.start.get(), span);
        one.title = head.traits;
        one.setting.set(Setting::OWNS, head.possessive);
        self.surround(&mut one, span.start.get(), head.end);
        // Others are appositions, or what somebody is.
        if what == What::Someone
            && !(one.setting.has(Setting::TELLS) || one.setting.has(Setting::FIRST))
        {
            return;
        }
        self.found.occurrences.push(one);
        self.found.forms.push(Form { last: head.keys, words: 1, ..Form::default() });
    }

    /// A title without a name: a role, where it is an office.
    pub(super) fn bare_title(&mut self, titles: &[Word], last: Word) {
        let Some((first, head)) = titles.first().zip(titles.last()) else { return };
        if is_office(*head) || head.traits.has(Traits::ROLE) {
            let span = Span::between(first.span.start, head.span.end);
            self.push_role(What::Role, span, Word { possessive: last.possessive, ..*head });
        }
    }

    /// Where the words of a role begin whose head begins at `head`: a few words before.
    pub(super) fn role_start(&self, head: usize) -> usize {
        let mut start = head;
        for _ in 0..4 {
            let Some(word) = self.words.previous(start, self.start.max(start.saturating_sub(80)))
            else {
                break;
            };
            let stops =
                Traits::CUT | Traits::DETERMINER | Traits::TELLS | Traits::STARTER | Traits::LINK;
            if word.traits.has(stops) && !word.traits.has(Traits::ROLE) {
                break;
            }
            start = word.span.start.get();
            if word.possessive {
                break;
            }
        }
        start
    }

    /// The head and the words of the apposition that begins behind a comma at `at`.
    pub(super) fn apposition(&self, at: usize) -> Option<(Word, Span)> {
        let first = self.words.next(at)?;
        let opens = first.traits.has(Traits::DETERMINER) || first.possessive;
        if !opens && first.traits.has(Traits::STARTER | Traits::CUT | Traits::TELLS) {
            return None;
        }
        let mut head: Option<Word> = None;
        let mut word = first;
        for _ in 0..10 {
            // "A, president B and C": the role is the next one's.
            let turns = head.is_some_and(|head| !head.capital() && head.traits.has(Traits::ROLE));
            if turns && word.capital() {
                return None;
            }
            if word.traits.has(Traits::CUT | Traits::TELLS) || word.end > self.end {
                break;
            }
            head = Some(word);
            let Some(next) = self.words.next(word.end) else { break };
            word = next;
        }
        let head = head?;
        let role = head.traits.has(Traits::ROLE);
        (role || opens && !head.capital())
            .then_some((head, Span::between(first.span.start, head.span.end)))
    }
}
