//! An article surveyed: its tokens, its candidates, its quoted stretches, and what lies between them.

use super::Stretch;
use super::candidate::{Candidate, CandidateKind, candidates};
use super::lexicon::{Class, Entry, Lexicon, Strength};
use super::token::{Paragraph, Token, TokenKind, Tokens, tokens};
use crate::corpus::Block;
use crate::text::Span;

/// How much of what stands before a token. What lies between two tokens is the difference.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Words and numbers.
    pub(super) words: u32,
    /// Commas.
    pub(super) commas: u32,
    /// Colons.
    pub(super) colons: u32,
    /// Semicolons, dashes, brackets.
    pub(super) breaks: u32,
    /// Ends of sentences and of paragraphs.
    pub(super) stops: u32,
    /// Quoted stretches.
    pub(super) quotes: u32,
    /// Words that are cues more often than not.
    pub(super) cues: u32,
    /// Candidates that begin.
    pub(super) candidates: u32,
    /// `and`, `because`, `who` and other words that begin a clause.
    pub(super) joints: u32,
    /// `that`
    pub(super) thats: u32,
    /// Words before the sentence that the token stands in.
    pub(super) begun: u32,
    /// Candidates before that sentence.
    pub(super) begun_candidates: u32,
    /// Words that begin a clause before that sentence.
    pub(super) begun_joints: u32,
}

impl Tally {
    /// A sentence begins.
    const fn begin(&mut self) {
        self.begun = self.words;
        self.begun_candidates = self.candidates;
        self.begun_joints = self.joints;
    }
}

/// A quoted stretch in a survey.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quote {
    /// The index of the stretch.
    pub(super) stretch: usize,
    /// Its token.
    pub(super) token: usize,
    /// The index of its paragraph.
    pub(super) paragraph: usize,
}

/// An article surveyed.
#[derive(Debug)]
pub(super) struct Survey<'a> {
    /// The canonical text.
    pub(super) text: &'a str,
    /// The quoted stretches.
    pub(super) stretches: &'a [Stretch],
    /// What is known of words.
    pub(super) lexicon: &'a Lexicon,
    /// The tokens.
    pub(super) tokens: Tokens,
    /// What stands before each token, and before the end.
    pub(super) tallies: Vec<Tally>,
    /// Those who may speak, in the order of the text.
    pub(super) candidates: Vec<Candidate>,
    /// For each paragraph, the index of its first candidate, and their number at the end.
    pub(super) firsts: Vec<usize>,
    /// The quoted stretches in blocks in which quotations can stand.
    pub(super) quotes: Vec<Quote>,
    /// How often each last name comes up: sorted hashes.
    heads: Vec<u32>,
}

impl<'a> Survey<'a> {
    /// Surveys an article. Takes time linear in its length.
    pub(super) fn new(
        text: &'a str,
        blocks: &[Block],
        stretches: &'a [Stretch],
        lexicon: &'a Lexicon,
    ) -> Self {
        let tokens = tokens(text, blocks, stretches, lexicon);
        let candidates = candidates(text, &tokens, lexicon);
        let mut survey = Self {
            text,
            stretches,
            lexicon,
            tallies: Vec::new(),
            firsts: firsts(&candidates, tokens.paragraphs.len()),
            quotes: Vec::new(),
            heads: heads(&candidates, &tokens.all),
            tokens,
            candidates,
        };
        survey.count();
        survey
    }

    /// Counts what stands before each token, and notes where the quoted stretches are.
    fn count(&mut self) {
        let mut tally = Tally::default();
        let mut next = self.candidates.iter().map(|it| it.from).peekable();
        self.tallies.reserve(self.tokens.all.len() + 1);
        for (number, paragraph) in self.tokens.paragraphs.iter().enumerate() {
            for at in paragraph.from..paragraph.to {
                self.tallies.push(tally);
                let Some(token) = self.tokens.all.get(at) else { break };
                while next.next_if(|&from| from <= at).is_some() {
                    tally.candidates += 1;
                }
                match token.kind {
                    TokenKind::Word | TokenKind::Number => {
                        tally.words += 1;
                        let entry = self.lexicon.entry(token.entry);
                        let Entry { class, .. } = entry;
                        tally.cues += u32::from(entry.is_cue());
                        tally.thats += u32::from(class == Class::That);
                        let joint = matches!(class, Class::And | Class::Conjunction | Class::Who);
                        tally.joints += u32::from(joint);
                    }
                    TokenKind::Comma => tally.commas += 1,
                    TokenKind::Colon => tally.colons += 1,
                    TokenKind::Break => tally.breaks += 1,
                    TokenKind::Stop => {
                        tally.stops += 1;
                        tally.begin();
                    }
                    TokenKind::Quote => {
                        tally.quotes += 1;
                        let stretch = token.word as usize;
                        self.quotes.push(Quote { stretch, token: at, paragraph: number });
                    }
                    TokenKind::Possessive | TokenKind::Sign => {}
                }
            }
            let last = paragraph.to.checked_sub(1).and_then(|at| self.tokens.all.get(at));
            let stopped = last.is_some_and(|token| token.kind == TokenKind::Stop);
            tally.stops += u32::from(!stopped);
            tally.begin();
        }
        self.tallies.push(tally);
    }

    /// The token at `at` if it lies in the paragraph.
    pub(super) fn token_in(&self, paragraph: &Paragraph, at: usize) -> Option<&Token> {
        self.tokens.all.get(at).filter(|_| (paragraph.from..paragraph.to).contains(&at))
    }

    /// The paragraph of that index.
    pub(super) fn paragraph(&self, index: usize) -> Paragraph {
        let none = Paragraph { part: 0, kind: crate::corpus::BlockKind::Chrome, from: 0, to: 0 };
        self.tokens.paragraphs.get(index).copied().unwrap_or(none)
    }

    /// What stands before the token at `at`.
    pub(super) fn tally(&self, at: usize) -> Tally {
        self.tallies.get(at).copied().unwrap_or_default()
    }

    /// What was counted of the word of a token.
    pub(super) fn strength(&self, token: &Token) -> Strength {
        self.lexicon.entry(token.entry).strength
    }

    /// How often the name of a candidate comes up.
    pub(super) fn frequency(&self, candidate: &Candidate) -> usize {
        let word = self.tokens.all.get(candidate.head).map_or(0, |it| it.word);
        let from = self.heads.partition_point(|&it| it < word);
        self.heads
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take(64)
            .take_while(|&&it| it == word)
            .count()
    }

    /// Where a candidate stands, in bytes.
    pub(super) fn span(&self, from: usize, to: usize) -> Option<Span> {
        let first = self.tokens.all.get(from)?;
        let last = self.tokens.all.get(to.checked_sub(1)?)?;
        Some(first.span().union(last.span()))
    }
}

/// For each paragraph the index of its first candidate, and their number at the end.
fn firsts(candidates: &[Candidate], paragraphs: usize) -> Vec<usize> {
    let mut at = 0;
    let mut out = Vec::with_capacity(paragraphs + 1);
    for paragraph in 0..=paragraphs {
        while candidates.get(at).is_some_and(|it| it.paragraph < paragraph) {
            at += 1;
        }
        out.push(at);
    }
    out
}

/// The hashes of the names' heads, sorted.
fn heads(candidates: &[Candidate], tokens: &[Token]) -> Vec<u32> {
    let named = |it: &&Candidate| matches!(it.kind, CandidateKind::Name | CandidateKind::Titled);
    let mut heads: Vec<u32> = candidates
        .iter()
        .filter(named)
        .filter_map(|it| tokens.get(it.head).map(|token| token.word))
        .collect();
    heads.sort_unstable();
    heads
}
