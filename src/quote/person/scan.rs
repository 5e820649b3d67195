//! The one pass over the text that finds names, pronouns and roles.

mod capital;

use super::super::Stretch;
use super::letter::{Byte, look};
use super::lexicon::{self, Traits};
use super::occurrence::{Form, Gender, Occurrence, Role, Setting, What};
use super::word::{Word, Words};
use crate::corpus::{Block, BlockKind};
use crate::text::{Offset, Span};

/// What a text holds, in its order.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) occurrences: Vec<Occurrence>,
    /// The form of each occurrence.
    pub(super) forms: Vec<Form>,
    pub(super) roles: Vec<Role>,
}

/// Finds them in all blocks but furniture.
pub(super) fn scan(text: &str, blocks: &[Block], stretches: &[Stretch]) -> Found {
    let mut scanner = Scanner::new(text, stretches);
    for block in blocks {
        match block.kind {
            BlockKind::Chrome | BlockKind::Credit | BlockKind::Dateline => {}
            BlockKind::Caption => scanner.caption(block),
            _ => scanner.block(block),
        }
    }
    scanner.found
}

pub(super) struct Scanner<'a> {
    pub(super) words: Words<'a>,
    stretches: std::slice::Iter<'a, Stretch>,
    /// The stretch that `at` is in or before.
    stretch: Span,
    pub(super) start: usize,
    at: usize,
    pub(super) end: usize,
    block: u32,
    /// What holds for all of the block.
    around: Setting,
    part: u32,
    sentence: u32,
    /// Whether nearly every word of the block has a capital.
    headline: bool,
    /// Whether nothing of the sentence has been seen yet.
    fresh: bool,
    /// Whether a full stop has just been seen.
    stopped: bool,
    pub(super) found: Found,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, stretches: &'a [Stretch]) -> Self {
        let mut stretches = stretches.iter();
        let stretch = stretches.next().map_or(Span::new(usize::MAX, usize::MAX), |one| one.outer);
        Self {
            words: Words { text },
            stretches,
            stretch,
            start: 0,
            at: 0,
            end: 0,
            block: 0,
            around: Setting::default(),
            part: 0,
            sentence: 0,
            headline: false,
            fresh: true,
            stopped: false,
            found: Found::default(),
        }
    }

    /// A caption: nobody whom it names is meant by a pronoun after it, and it does not part the
    /// paragraphs that it stands between.
    fn caption(&mut self, block: &Block) {
        let (number, sentence) = (self.block, self.sentence);
        self.block(block);
        (self.block, self.sentence) = (number, sentence);
    }

    fn block(&mut self, block: &Block) {
        let aside = block.kind == BlockKind::Caption;
        self.around = Setting::default();
        self.around.set(Setting::ASIDE, aside);
        self.around.set(Setting::WRITES, block.kind == BlockKind::Byline);
        self.block += u32::from(!aside);
        self.part = u32::try_from(block.part).unwrap_or(u32::MAX);
        self.start = block.span.start.get();
        self.at = self.start;
        self.end = block.span.end.get().min(self.words.text.len());
        self.headline = !aside && is_headline(self.words.slice(self.start, self.end));
        self.sentence += 1;
        self.fresh = true;
        self.stopped = false;
        while self.at < self.end {
            self.step();
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.words.text.as_bytes().get(at).copied().unwrap_or_default()
    }

    fn step(&mut self) {
        let byte = self.byte(self.at);
        match look(byte) {
            Byte::Small => self.small(byte),
            Byte::Capital => self.capital(),
            Byte::Wide => self.wide(),
            Byte::Digit => {
                self.fresh = false;
                self.stopped = false;
                self.at += 1;
            }
            Byte::Space => self.at += 1,
            Byte::Sign => {
                match byte {
                    b'.' => self.stopped = !self.abbreviates(),
                    b'!' | b'?' => self.stopped = true,
                    b'"' | b'\'' | b')' | b']' => {}
                    b':' => self.fresh = true,
                    _ => self.stopped = false,
                }
                self.at += 1;
            }
        }
    }

    /// Whether the full stop here only shortens the letter before it.
    fn abbreviates(&self) -> bool {
        let [before, first] = [1, 2].map(|back| look(self.byte(self.at.wrapping_sub(back))));
        before == Byte::Capital && !matches!(first, Byte::Small | Byte::Capital)
    }

    /// A character outside ASCII: a capital, a small letter, or a mark.
    fn wide(&mut self) {
        let Some(c) = self.words.slice(self.at, self.end).chars().next() else {
            self.at += 1;
            return;
        };
        if c.is_uppercase() {
            self.capital();
        } else if c.is_alphanumeric() {
            self.small(0);
        } else {
            if matches!(c, '…' | '—' | '–') {
                self.stopped = false;
            }
            self.at += c.len_utf8();
        }
    }

    /// Begins a new sentence where one begins with a word here.
    fn begin(&mut self) {
        if self.stopped && !self.is_quoted(self.at) {
            self.sentence += 1;
            self.fresh = true;
        }
        self.stopped = false;
    }

    /// Whether `at`, which is never before the last one asked for, stands inside quotation marks.
    pub(super) fn is_quoted(&mut self, at: usize) -> bool {
        while self.stretch.end.get() <= at {
            let next = self.stretches.next().map(|one| one.outer);
            self.stretch = next.unwrap_or(Span::new(usize::MAX, usize::MAX));
        }
        self.stretch.start.get() <= at
    }

    /// A word without a capital: passed over but for pronouns and what follows "the".
    fn small(&mut self, first: u8) {
        let from = self.at;
        let rest = self.words.text.as_bytes().get(from..self.end).unwrap_or_default();
        let len = rest.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        let goes_on = rest.get(len).is_some_and(|byte| *byte >= 0x80)
            && self.words.slice(from + len, self.end).starts_with(char::is_alphanumeric);
        let word = if goes_on { &[] } else { rest.get(..len).unwrap_or_default() };
        self.stopped = false;
        match (first, word) {
            (b'h', b"he" | b"him" | b"his") => self.pronoun(Gender::He, from, len),
            (b'h', b"her") | (b's', b"she") => self.pronoun(Gender::She, from, len),
            (b't', b"the") => self.role_after(What::Role, from, from + len),
            (b'a', b"a" | b"an") => self.role_after(What::Someone, from, from + len),
            _ => {}
        }
        self.fresh = false;
        self.at = from + if goes_on || len == 0 { self.wide_word(from) } else { len };
    }

    /// The length of the small word at `from` that has letters outside ASCII, or of its first letter.
    fn wide_word(&self, from: usize) -> usize {
        let rest = self.words.slice(from, self.end);
        let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        len.max(rest.chars().next().map_or(1, char::len_utf8))
    }

    pub(super) fn occurrence(&mut self, what: What, lead: usize, span: Span) -> Occurrence {
        let mut setting = self.around;
        setting.set(Setting::QUOTED, self.is_quoted(lead));
        setting.set(Setting::FIRST, self.fresh || self.headline);
        Occurrence {
            what,
            lead: Offset(lead),
            span,
            title: Traits::NONE,
            setting,
            block: self.block,
            part: self.part,
            sentence: self.sentence,
            who: None,
        }
    }

    fn pronoun(&mut self, gender: Gender, from: usize, len: usize) {
        let span = Span::new(from, from + len);
        let mut one = self.occurrence(What::Pronoun(gender), from, span);
        let owns = matches!(span.of(self.words.text), "his" | "His" | "her" | "Her");
        one.setting.set(Setting::OWNS, owns);
        if !one.setting.has(Setting::QUOTED) {
            self.surround(&mut one, from, from + len);
        }
        self.found.occurrences.push(one);
        self.found.forms.push(Form::default());
    }

    /// Sees what stands before `lead` and behind `end`.
    pub(super) fn surround(&self, one: &mut Occurrence, lead: usize, end: usize) -> Option<Word> {
        let before = self.words.previous(lead, self.start.max(lead.saturating_sub(80)));
        let before_tells = before.is_some_and(|word| word.traits.has(Traits::TELLS));
        one.setting.set(Setting::LINKED, before.is_some_and(|word| word.traits.has(Traits::LINK)));
        if one.setting.has(Setting::OWNS) {
            return before;
        }
        // "said Ann Poe", but not "said Ann Poe lost".
        let mut told = before_tells;
        match self.words.next(end) {
            Some(next) if !next.capital() => {
                let links = next.traits.has(Traits::LINK | Traits::CUT | Traits::DETERMINER);
                let acts = !links || next.traits.has(Traits::AUXILIARY | Traits::TELLS);
                told &= !acts;
                one.setting.set(Setting::TELLS, next.traits.has(Traits::TELLS));
                one.setting.set(Setting::ACTS, acts);
                one.setting.set(Setting::JOINED, acts && next.traits.has(Traits::ROLE));
            }
            None => one.setting.set(Setting::COMMA, self.byte(end) == b','),
            Some(_) => {}
        }
        if told {
            one.setting.set(Setting::TELLS, true);
            one.setting.set(Setting::ACTS, true);
        }
        before
    }
}

/// The longest line that may be a headline, in bytes.
const HEADLINE: usize = 200;

/// Whether a line is written as headlines may be: every long word with a capital but "with" and "over".
fn is_headline(line: &str) -> bool {
    if line.len() > HEADLINE || line.contains(". ") {
        return false;
    }
    let mut long = 0;
    let mut words = line.split(' ').filter(|word| word.len() > 3).inspect(|_| long += 1);
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let all = words.all(|word| !small(word) || lexicon::of(word).has(Traits::LINK));
    all && long > 3
}
