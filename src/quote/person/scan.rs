//! The one pass over the text that finds names, pronouns and roles.

use super::super::Stretch;
use super::letter::{Byte, look, pair};
use super::lexicon::Traits;
use super::occurrence::{Form, Gender, Occurrence, Role, Setting, Sort, What};
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

/// The most words of a run of capitals that are taken for one name.
const MOST: usize = 10;

/// Finds them in all blocks but furniture.
pub(super) fn scan(text: &str, blocks: &[Block], stretches: &[Stretch]) -> Found {
    let mut scanner = Scanner::new(text, stretches);
    for (index, block) in blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Chrome | BlockKind::Credit | BlockKind::Dateline) {
            scanner.block(index, block);
        }
    }
    scanner.found
}

struct Scanner<'a> {
    words: Words<'a>,
    stretches: std::slice::Iter<'a, Stretch>,
    /// The stretch that `at` is in or before.
    stretch: Span,
    start: usize,
    at: usize,
    end: usize,
    block: u32,
    part: u32,
    sentence: u32,
    /// Whether nearly every word of the block has a capital.
    headline: bool,
    /// Whether nothing of the sentence has been seen yet.
    fresh: bool,
    /// Whether a full stop has just been seen.
    stopped: bool,
    found: Found,
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
            part: 0,
            sentence: 0,
            headline: false,
            fresh: true,
            stopped: false,
            found: Found::default(),
        }
    }

    fn block(&mut self, index: usize, block: &Block) {
        self.block = u32::try_from(index).unwrap_or(u32::MAX);
        self.part = u32::try_from(block.part).unwrap_or(u32::MAX);
        self.start = block.span.start.get();
        self.at = self.start;
        self.end = block.span.end.get().min(self.words.text.len());
        self.headline =
            block.kind != BlockKind::Caption && is_headline(self.words.slice(self.start, self.end));
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
    fn is_quoted(&mut self, at: usize) -> bool {
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

    fn occurrence(&mut self, what: What, lead: usize, span: Span) -> Occurrence {
        let mut setting = Setting::default();
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
        self.surround(&mut one, from, from + len);
        self.found.occurrences.push(one);
        self.found.forms.push(Form::default());
    }

    /// Sees what stands before `lead` and behind `end`.
    fn surround(&self, one: &mut Occurrence, lead: usize, end: usize) -> Option<Word> {
        let before = self.words.previous(lead, self.start.max(lead.saturating_sub(80)));
        if let Some(before) = before {
            one.setting.set(Setting::LINKED, before.traits.has(Traits::LINK));
            one.setting.set(Setting::TELLS, before.traits.has(Traits::TELLS));
            one.setting.set(Setting::ACTS, before.traits.has(Traits::TELLS));
        }
        if one.setting.has(Setting::OWNS) {
            return before;
        }
        match self.words.next(end) {
            Some(next) if !next.capital => {
                let links = next.traits.has(Traits::LINK | Traits::CUT | Traits::DETERMINER);
                let acts = !links || next.traits.has(Traits::AUXILIARY | Traits::TELLS);
                one.setting.set(Setting::TELLS, next.traits.has(Traits::TELLS));
                one.setting.set(Setting::ACTS, acts);
                one.setting.set(Setting::JOINED, acts && next.traits.has(Traits::ROLE));
            }
            None => one.setting.set(Setting::COMMA, self.byte(end) == b','),
            Some(_) => {}
        }
        before
    }

    /// A role after the article at `from`, whose end is at `after`.
    fn role_after(&mut self, what: What, from: usize, after: usize) {
        let mut at = after;
        let mut head: Option<Word> = None;
        for _ in 0..4 {
            let Some(word) = self.words.next(at).filter(|word| word.end <= self.end) else { break };
            if word.traits.has(Traits::CUT | Traits::DETERMINER) {
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
        if !head.possessive && self.words.next(head.end).is_some_and(|next| next.capital) {
            return;
        }
        self.push_role(what, Span::between(Offset(from), head.span.end), head);
    }

    fn push_role(&mut self, what: What, span: Span, head: Word) {
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

    /// A run of capitalised words, or one that only begins a sentence.
    fn capital(&mut self) {
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
            || word.initial && !word.span.is_empty() && self.is_pronoun_i(word))
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
        let mut at = match self.words.gap(word.end) {
            Some(at) => at,
            None => return self.suffix(word),
        };
        if self.byte(at) == b'&' {
            at = self.words.gap(at + 1)?;
        }
        let mut next = self.words.word(at)?;
        for _ in 0..3 {
            if next.capital {
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
        (next.capital && next.end <= self.end && self.may_follow(word, next, run.named()))
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
        self.words
            .next(at)
            .filter(|next| next.capital && next.traits.has(Traits::SUFFIX) && next.end <= self.end)
    }

    /// Whether a capitalised word may follow another within a name.
    fn may_follow(&self, word: Word, next: Word, len: usize) -> bool {
        if self.byte(next.end) == b'-' && !next.possessive {
            return false;
        }
        let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN | Traits::HONORIFIC;
        if self.headline {
            let titles = Traits::OFFICE | Traits::QUALIFIER | Traits::HONORIFIC | Traits::KNIGHT;
            return word.initial || word.traits.has(titles) || len == 1 && word.traits.has(given);
        }
        !next.traits.has(Traits::STARTER | Traits::DAY)
            || next.initial && next.span.of(self.words.text).ends_with('.')
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
        if let Some(role) = before.filter(|word| word.traits.has(Traits::ROLE) && !word.capital) {
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

    /// A title without a name: a role, where it is an office.
    fn bare_title(&mut self, titles: &[Word], last: Word) {
        let Some((first, head)) = titles.first().zip(titles.last()) else { return };
        if is_office(*head) || head.traits.has(Traits::ROLE) {
            let span = Span::between(first.span.start, head.span.end);
            self.push_role(What::Role, span, Word { possessive: last.possessive, ..*head });
        }
    }

    /// Where the words of a role begin whose head begins at `head`: a few words before.
    fn role_start(&self, head: usize) -> usize {
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
    fn apposition(&self, at: usize) -> Option<(Word, Span)> {
        let first = self.words.next(at)?;
        let opens = first.traits.has(Traits::DETERMINER) || first.possessive;
        if !opens && first.traits.has(Traits::STARTER | Traits::CUT | Traits::TELLS) {
            return None;
        }
        let mut head: Option<Word> = None;
        let mut word = first;
        for _ in 0..10 {
            // "A, president B and C": the role is the next one's.
            let turns = head.is_some_and(|head| !head.capital && head.traits.has(Traits::ROLE));
            if turns && word.capital {
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
        (role || opens && !head.capital)
            .then_some((head, Span::between(first.span.start, head.span.end)))
    }
}

/// The longest line that may be a headline, in bytes.
const HEADLINE: usize = 200;

/// Whether nearly every long word of a line has a capital.
fn is_headline(line: &str) -> bool {
    if line.len() > HEADLINE {
        return false;
    }
    let long = || line.split(' ').filter(|word| word.len() > 3);
    let capital = long().filter(|word| !word.starts_with(char::is_lowercase)).count();
    let all = long().count();
    all > 3 && capital * 5 >= all * 4
}

/// Whether a capitalised word may be the rest of a name.
fn names(word: Word) -> bool {
    word.capital && !word.traits.has(Traits::STARTER | Traits::DAY)
}

/// Whether a word is an office in itself, as "Vice" is not.
fn is_office(word: Word) -> bool {
    word.traits.has(Traits::OFFICE)
}

/// Some capitalised words in a row.
#[derive(Default)]
struct Run {
    words: [Word; MOST],
    len: usize,
}

impl Run {
    fn push(&mut self, word: Word) {
        if let Some(place) = self.words.get_mut(self.len) {
            *place = word;
            self.len += 1;
        }
    }

    /// How many words it has that are no titles.
    fn named(&self) -> usize {
        let titles = Traits::OFFICE | Traits::QUALIFIER | Traits::HONORIFIC | Traits::KNIGHT;
        self.words().iter().filter(|word| !word.traits.has(titles)).count()
    }

    fn words(&self) -> &[Word] {
        self.words.get(..self.len).unwrap_or_default()
    }

    /// How many words stand before the name; all where there is none.
    fn cut(&self) -> usize {
        let words = self.words();
        let titles = Traits::OFFICE | Traits::HONORIFIC | Traits::KNIGHT | Traits::QUALIFIER;
        if words.iter().all(|word| word.traits.has(titles)) && !self.is_namesake() {
            return words.len();
        }
        if self.is_body() {
            return 0;
        }
        let title =
            words.iter().enumerate().rev().skip(1).find(|(at, word)| self.is_title(*at, **word));
        let from = title.map_or(0, |(at, _)| at + 1);
        from + self.adjectives(from)
    }

    /// Whether the last word is a family name that is a title as well ("Mr. King", "Howard Dean").
    fn is_namesake(&self) -> bool {
        let (last, before) = match self.words() {
            [before @ .., last] => (last, before.last()),
            [] => return false,
        };
        let name = Traits::HONORIFIC | Traits::MAN | Traits::WOMAN | Traits::GIVEN;
        last.traits.has(Traits::NAMESAKE)
            && before.is_none_or(|before| {
                before.initial || before.traits.has(name) && !before.traits.has(Traits::NAMESAKE)
            })
    }

    /// Whether the word at `at` is a title of what follows.
    fn is_title(&self, at: usize, word: Word) -> bool {
        if word.initial {
            return false;
        }
        let given = Traits::MAN | Traits::WOMAN;
        let names = at == 0 && word.traits.has(given) && word.end - word.span.start.get() > 3;
        let before = self.words().get(at.wrapping_sub(1));
        if word.traits.has(Traits::NAMESAKE) && before.is_some_and(|one| one.traits.has(given)) {
            return false;
        }
        let qualifies = word.traits.has(Traits::QUALIFIER) && at > 0;
        word.traits.has(Traits::OFFICE | Traits::HONORIFIC | Traits::KNIGHT) && !names
            || qualifies
                && self
                    .words()
                    .get(..at)
                    .is_some_and(|before| before.iter().any(|one| is_office(*one)))
    }

    /// Whether it names an organisation.
    fn is_body(&self) -> bool {
        let words = self.words();
        let Some(last) = words.last() else { return false };
        if words.len() < 2 {
            return false;
        }
        let given = Traits::MAN | Traits::WOMAN | Traits::HONORIFIC;
        let person = match words {
            [_, .., middle, _] => middle.initial || middle.traits.has(given),
            [first, _] => first.traits.has(given),
            _ => false,
        };
        last.traits.has(Traits::BODY) && !person
            || words.first().is_some_and(|word| word.traits.has(Traits::BODY)) && self.has_of()
    }

    /// Whether small words stand between.
    fn has_of(&self) -> bool {
        let words = self.words();
        words.windows(2).any(|two| match two {
            [one, other] => other.span.start.get() > one.end + 3,
            _ => false,
        })
    }

    /// How many words from `from` on only qualify a name ("Russian", "NBC").
    fn adjectives(&self, from: usize) -> usize {
        let rest = self.words().get(from..).unwrap_or_default();
        let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN;
        let qualifies = |word: &Word| {
            word.traits.has(
                Traits::PLACE | Traits::HALF | Traits::BODY | Traits::QUALIFIER | Traits::STARTER,
            ) || word.shouted
        };
        let first = rest.iter().take_while(|word| qualifies(word)).count();
        (0..=first)
            .rev()
            .find(|&skip| {
                skip > 0
                    && rest.len() >= skip + 2
                    && rest.get(skip).is_some_and(|word| word.traits.has(given))
            })
            .unwrap_or(0)
    }

    /// What the name behind the first `cut` words looks like.
    fn sort(&self, cut: usize) -> Sort {
        let (titles, name) = self.words().split_at_checked(cut).unwrap_or_default();
        let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN;
        let titled = Traits::OFFICE | Traits::HONORIFIC | Traits::KNIGHT;
        let places = Traits::PLACE | Traits::HALF;
        let Some((first, last)) = name.first().zip(name.last()) else { return Sort::Unknown };
        if titles.iter().any(|word| word.traits.has(titled)) {
            Sort::Person
        } else if self.is_body()
            || name.len() == 1
                && (last.traits.has(Traits::BODY)
                    || last.shouted && last.span.len() < 6 && !first.traits.has(given))
        {
            Sort::Body
        } else if name.len() > 1 && first.traits.has(given) {
            Sort::Person
        } else if name.iter().all(|word| word.traits.has(places))
            && !(first.traits.has(given) && name.len() == 1)
            || name.len() > 1 && first.traits.has(Traits::HALF)
        {
            Sort::Place
        } else {
            Sort::Unknown
        }
    }
}

/// The form of a name of these words.
fn form(words: &[Word]) -> Form {
    let is_suffix = |word: &Word| word.traits.has(Traits::SUFFIX);
    let suffix = words.last().filter(|word| words.len() > 1 && is_suffix(word));
    let words = words.get(..words.len() - usize::from(suffix.is_some())).unwrap_or_default();
    // "Von der Leyen": the small word has a capital where the given name is left out.
    let given = Traits::MAN | Traits::WOMAN | Traits::GIVEN;
    let particles = words.iter().take(words.len().saturating_sub(1));
    let words = words
        .get(
            particles
                .take_while(|word| word.traits.has(Traits::PARTICLE) && !word.traits.has(given))
                .count()..,
        )
        .unwrap_or_default();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Form::default() };
    Form {
        first: first.keys,
        traits: first.traits,
        last_len: u8::try_from(last.span.len()).unwrap_or(u8::MAX),
        middle: words
            .iter()
            .rev()
            .nth(1)
            .filter(|word| !word.initial)
            .map_or(0, |word| word.keys.bare),
        last: last.keys,
        whole: words.iter().fold(0, |all, word| pair(all, word.keys.bare)),
        words: u8::try_from(words.len()).unwrap_or(u8::MAX),
        initial: first.initial || first.span.len() <= 4 && first.shouted && words.len() > 1,
        shouted: words.iter().all(|word| word.shouted || word.initial),
        suffix: suffix.map_or(0, |word| word.keys.whole),
    }
}
