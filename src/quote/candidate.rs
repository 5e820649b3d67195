//! The words of an article that may name a speaker: names, pronouns, noun phrases.

use super::lexicon::{Class, Entry, Lexicon, Share};
use super::token::{Paragraph, Token, TokenKind, Tokens};

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum CandidateKind {
    /// A run of capitalised words.
    Name = 0,
    /// `the White House`: a name with a determiner.
    Titled = 1,
    /// `the spokesman`, `63 percent`
    Described = 2,
    /// `Trump's lawyer`, `the mayor's office`
    Possessed = 3,
    /// `officials`, `Clinton campaign officials`
    Bare = 4,
    /// `he`, `she`
    He = 5,
    /// `they`
    They = 6,
    /// `I`
    I = 7,
    /// `we`
    We = 8,
    /// `who`
    Who = 9,
    /// `it`
    It = 10,
    /// `others`
    Some = 11,
}

/// Words that may name a speaker.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// Its first token.
    pub(super) from: usize,
    /// The token after its last.
    pub(super) to: usize,
    /// The token that says most of whom it is: the surname, the noun.
    pub(super) head: usize,
    /// What it is.
    pub(super) kind: CandidateKind,
    /// The index of its paragraph.
    pub(super) paragraph: usize,
}

/// From this share on, a noun is taken for a speaker where nothing else speaks for it.
const SOURCE: Share = 20;
/// Up to this share, a word is taken for a verb rather than for part of a speaker's name.
const NEVER: Share = 11;
/// The most tokens of a noun phrase or a name.
const LONGEST: usize = 9;

/// The candidates of an article, in the order of the text.
pub(super) fn candidates(text: &str, tokens: &Tokens, lexicon: &Lexicon) -> Vec<Candidate> {
    let mut finder =
        Finder { text, tokens: &tokens.all, lexicon, paragraph: 0, end: 0, out: Vec::new() };
    for (index, Paragraph { from, to, .. }) in tokens.paragraphs.iter().enumerate() {
        finder.paragraph = index;
        finder.end = *to;
        let mut at = *from;
        while at < *to {
            at = finder.step(at).max(at + 1);
        }
    }
    finder.out
}

/// Finds the candidates of one paragraph after the other.
struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    paragraph: usize,
    /// The token after the paragraph's last.
    end: usize,
    out: Vec<Candidate>,
}

impl Finder<'_> {
    /// The token at `at`, if it belongs to the paragraph.
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).filter(|_| at < self.end)
    }

    fn entry(&self, token: &Token) -> Entry {
        self.lexicon.entry(token.entry)
    }

    /// The class of the word at `at`; `Other` where no word stands there.
    fn class(&self, at: usize) -> Class {
        match self.token(at) {
            Some(token) if token.kind == TokenKind::Word => self.entry(token).class,
            _ => Class::Other,
        }
    }

    fn is(&self, at: usize, kind: TokenKind) -> bool {
        self.token(at).is_some_and(|token| token.kind == kind)
    }

    fn put(&mut self, from: usize, to: usize, head: usize, kind: CandidateKind) {
        self.out.push(Candidate { from, to, head, kind, paragraph: self.paragraph });
    }

    /// Takes what begins at `at`; gives the token to go on with.
    fn step(&mut self, at: usize) -> usize {
        let Some(&token) = self.token(at) else { return at + 1 };
        match token.kind {
            TokenKind::Number => self.described(at),
            TokenKind::Word => self.word(at, token),
            _ => at + 1,
        }
    }

    fn word(&mut self, at: usize, token: Token) -> usize {
        use CandidateKind::{He, I, It, Some, They, We, Who};
        if token.capital && self.is_numbered(at) {
            self.put(at, at + 2, at + 1, CandidateKind::Name);
            return at + 2;
        }
        let alone = match self.entry(&token).class {
            Class::He => He,
            Class::They => They,
            Class::I => I,
            Class::We => We,
            Class::Who => Who,
            Class::It if self.reports_after(at + 1) => It,
            Class::Some if self.is_noun(at + 1) => return self.described(at),
            Class::Some => Some,
            Class::Determiner | Class::Count => return self.described(at),
            _ if self.is_name(at) => return self.named(at),
            _ if self.is_noun(at) => return self.bare(at),
            _ => return at + 1,
        };
        self.put(at, at + 1, at, alone);
        at + 1
    }

    /// Whether the words at `at` are `No 10`: the house stands for who lives there.
    fn is_numbered(&self, at: usize) -> bool {
        let words = |at| self.token(at).map(|it| it.span().of(self.text));
        words(at) == Some("No") && self.is(at + 1, TokenKind::Number)
    }

    /// Whether the word at `at` can be part of a name.
    fn is_name(&self, at: usize) -> bool {
        let capital = self.token(at).is_some_and(|it| it.kind == TokenKind::Word && it.capital);
        capital
            && matches!(self.class(at), Class::Open | Class::Title | Class::Short | Class::Particle)
    }

    /// Whether the word at `at` can be part of a noun phrase.
    fn is_noun(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|it| it.kind == TokenKind::Word) else {
            return false;
        };
        let entry = self.entry(token);
        let Entry { class, strength } = entry;
        let verb = entry.is_cue() && strength.cue > strength.source && !token.capital;
        matches!(class, Class::Open | Class::Title | Class::Count | Class::Short) && !verb
    }

    /// Whether a cue follows at `at`, perhaps behind an auxiliary or an adverb.
    fn reports_after(&self, at: usize) -> bool {
        for at in at..at + 3 {
            let Some(token) = self.token(at).filter(|it| it.kind == TokenKind::Word) else {
                return false;
            };
            let entry = self.entry(token);
            if entry.is_cue() {
                return true;
            }
            if !matches!(entry.class, Class::Auxiliary | Class::Adverb) {
                return false;
            }
        }
        false
    }

    /// The token after the name that begins at `at`.
    fn end_of_name(&self, at: usize) -> usize {
        let mut to = at + 1;
        while to < at + LONGEST {
            to = match self.class(to) {
                _ if self.is_name(to) => to + 1,
                Class::Particle | Class::Of if self.is_name(to + 1) => to + 2,
                Class::Of if self.class(to + 1) == Class::Determiner && self.is_name(to + 2) => {
                    to + 3
                }
                _ => break,
            };
        }
        to
    }

    /// The head of a name: its last word, or the last before `of`.
    fn head_of_name(&self, from: usize, to: usize) -> usize {
        let of = (from..to).find(|&at| self.class(at) == Class::Of);
        let to = of.unwrap_or(to);
        // Of `John Lewis Jr.` it is the one before.
        let last = to.saturating_sub(1);
        if last > from && self.class(last) == Class::Short { last - 1 } else { last }
    }

    /// Takes the name at `at`, and what hangs on it.
    fn named(&mut self, at: usize) -> usize {
        let to = self.end_of_name(at);
        self.put(at, to, self.head_of_name(at, to), CandidateKind::Name);
        if self.is(to, TokenKind::Possessive) {
            return self.phrase(at, to + 1, CandidateKind::Possessed);
        }
        if self.is_noun(to) { self.phrase(at, to, CandidateKind::Bare) } else { to }
    }

    /// Takes the noun phrase whose determiner stands at `at`.
    fn described(&mut self, at: usize) -> usize {
        self.phrase(at, at + 1, CandidateKind::Described)
    }

    /// Takes the bare nouns at `at`.
    fn bare(&mut self, at: usize) -> usize {
        self.phrase(at, at, CandidateKind::Bare)
    }

    /// Takes the noun phrase that begins at `from` and whose nouns begin at `at`. A name at its end
    /// stands for all of it.
    fn phrase(&mut self, from: usize, at: usize, kind: CandidateKind) -> usize {
        let mut to = at;
        let mut owner = None;
        let mut name = None;
        while to < at + LONGEST {
            if self.is_name(to) {
                let end = self.end_of_name(to);
                name = Some(to);
                to = end;
            } else if self.is(to, TokenKind::Number)
                || (self.is_noun(to) && (to == at || self.can_speak(to)))
            {
                name = None;
                to += 1;
            } else if self.is(to, TokenKind::Possessive) && to > at {
                owner = Some((to, name.take()));
                to += 1;
            } else {
                break;
            }
        }
        if let Some((end, name)) = owner {
            // The owner may speak as well.
            self.end_phrase(from, end, name.filter(|&name| name > from), kind);
        }
        let kind = if owner.is_some() { CandidateKind::Possessed } else { kind };
        if to > at && !self.is(to - 1, TokenKind::Possessive) {
            self.end_phrase(from, to, name, kind);
        }
        to
    }

    /// Whether the word at `at` is not known for never standing in the name of a speaker, as verbs are.
    fn can_speak(&self, at: usize) -> bool {
        self.token(at).is_some_and(|it| self.entry(it).strength.source > NEVER)
    }

    /// Adds the noun phrase, or the name at its end.
    fn end_phrase(&mut self, from: usize, to: usize, name: Option<usize>, kind: CandidateKind) {
        let head = to.saturating_sub(1);
        match name {
            Some(name) if name == from + 1 && kind == CandidateKind::Described => {
                self.put(from, to, self.head_of_name(name, to), CandidateKind::Titled);
            }
            Some(name) => self.put(name, to, self.head_of_name(name, to), CandidateKind::Name),
            None if kind != CandidateKind::Bare || self.may_speak(head) => {
                self.put(from, to, head, kind);
            }
            None => {}
        }
    }

    /// Whether a bare noun is known for speaking, or a cue follows it.
    fn may_speak(&self, head: usize) -> bool {
        let Some(token) = self.token(head) else { return false };
        let participle = !token.capital && token.span().of(self.text).ends_with("ed");
        let source = self.entry(token).strength.source;
        (source >= SOURCE && !participle) || self.reports_after(head + 1)
    }
}
