//! What is known of words: their class, and how often they report, speak or introduce words.

use super::spelling::hash;

/// A closed class of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub(super) enum Class {
    /// None of them.
    #[default]
    Open = 0,
    /// `he`, `she`
    He,
    /// `they`
    They,
    /// `I`
    I,
    /// `we`
    We,
    /// `who`
    Who,
    /// `it`
    It,
    /// `others`, `some`, `everyone`
    Some,
    /// `the`, `a`, `this`, `his`
    Determiner,
    /// `two`, `several`
    Count,
    /// `of`
    Of,
    /// `by`
    By,
    /// `to`
    To,
    /// `from`, `for`, `with`, `about`, `in`
    Preposition,
    /// `that`
    That,
    /// `and`, `or`, `but`
    And,
    /// `because`, `when`, `as`, `if`
    Conjunction,
    /// `is`, `had`, `would`
    Auxiliary,
    /// `also`, `later`, and whatever else stands between a speaker and a verb
    Adverb,
    /// `Mr`, `Sen`
    Title,
    /// `Jan`, `Inc`, `St`
    Short,
    /// `de`, `van`, `al`
    Particle,
    /// `Monday`, `October`
    Day,
    /// `according`
    According,
    /// `not`, `him`, `what` and other words that are no name
    Other,
}

/// The words of the closed classes.
const WORDS: &[(Class, &str)] = &[
    (Class::He, "he she"),
    (Class::They, "they"),
    (Class::I, "i"),
    (Class::We, "we"),
    (Class::Who, "who"),
    (Class::It, "it"),
    (
        Class::Some,
        "some many others everyone everybody someone somebody one most few nobody anyone none neither both another those",
    ),
    (
        Class::Determiner,
        "the a an this these his her their its our my your each every any such no that's all",
    ),
    (
        Class::Count,
        "two three four five six seven eight nine ten eleven twelve dozens hundreds thousands several half",
    ),
    (Class::Of, "of"),
    (Class::By, "by"),
    (Class::To, "to"),
    (
        Class::Preposition,
        "from for with about in on at into over under after before during against between among through without \
         within across toward towards behind near since until upon around like off out up down inside outside \
         including despite amid via per beyond alongside regarding besides except",
    ),
    (Class::That, "that"),
    (Class::And, "and or but nor yet plus"),
    (
        Class::Conjunction,
        "because when as if while although though than where whether once unless so then whereas whereby why how",
    ),
    (
        Class::Auxiliary,
        "is was are were be been being am has had have having do does did will would can could may might must \
         should shall isn't wasn't aren't weren't hasn't hadn't haven't don't doesn't didn't won't wouldn't can't \
         cannot couldn't shouldn't he's she's they're i'm i've we're it's he'd she'd they've we've who's",
    ),
    (
        Class::Adverb,
        "also later then recently previously repeatedly reportedly once again even just still often always never \
         already first last only now today yesterday earlier simply soon ever further instead too publicly \
         privately famously quickly finally flatly jokingly bluntly however meanwhile perhaps maybe there here \
         very more much less ago apparently allegedly originally eventually separately afterwards afterward",
    ),
    (
        Class::Title,
        "mr mrs ms miss dr sen sens rep reps gov govs gen col lt sgt capt rev hon prof sir dame lord lady \
         president senator congressman congresswoman governor mayor secretary minister chancellor professor \
         judge justice general colonel captain sergeant lieutenant admiral detective officer chief king queen \
         prince princess pope cardinal bishop archbishop father sister representative chairman chairwoman speaker \
         ambassador director coach baroness deputy vice-president sheriff adm cmdr maj cpl pvt supt insp det",
    ),
    (
        Class::Short,
        "jan feb mar apr jun jul aug sept sep oct nov dec inc corp co ltd st mt ft no vs jr etc ave blvd \
         calif fla ariz ohio mass conn mich minn wis ill ind tenn ky va ga ala miss pa del md okla tex colo ore wash nev",
    ),
    (Class::Particle, "de van von der den al el la le du da di bin ibn ul y"),
    (
        Class::Day,
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august \
         september october november december",
    ),
    (Class::According, "according"),
    (
        Class::Other,
        "not him them us me what which whom whose himself herself themselves itself you yes well ok oh there's \
         other own same indeed nevertheless nonetheless moreover thus therefore hence otherwise given whatever \
         hers theirs ours yours anything something nothing everything",
    ),
];

/// The share of what was counted: how often a word did what, as the square root of the share in 63rds.
pub(super) type Share = u8;

/// What [`Share`] can be at most.
pub(super) const WHOLE: Share = 63;

/// What the training text tells of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Strength {
    /// It is a cue.
    pub(super) cue: Share,
    /// It is part of the words that name a speaker.
    pub(super) source: Share,
    /// It comes right after those words.
    pub(super) after: Share,
    /// What it stands right before, in quotation marks, is a quotation.
    pub(super) before_quote: Share,
    /// What it stands right after is a quotation.
    pub(super) after_quote: Share,
    /// What begins with it, in quotation marks, is a quotation.
    pub(super) within_quote: Share,
    /// It is written with a small letter.
    pub(super) lower: Share,
}

impl Strength {
    /// What a word has that was never counted.
    pub(super) const UNKNOWN: Self = Self {
        cue: 2,
        source: 14,
        after: 8,
        before_quote: 58,
        after_quote: 58,
        within_quote: 58,
        lower: 32,
    };

    /// All of it, in the order of the file.
    pub(super) const fn shares(self) -> [Share; 7] {
        let Self { cue, source, after, before_quote, after_quote, within_quote, lower } = self;
        [cue, source, after, before_quote, after_quote, within_quote, lower]
    }

    /// The same from [`shares`](Self::shares).
    pub(super) const fn from_shares(shares: [Share; 7]) -> Self {
        let [cue, source, after, before_quote, after_quote, within_quote, lower] = shares;
        Self { cue, source, after, before_quote, after_quote, within_quote, lower }
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Its class.
    pub(super) class: Class,
    /// What was counted of it.
    pub(super) strength: Strength,
}

/// From this share on, a word is taken for a cue.
const CUE: Share = 30;

impl Entry {
    /// Whether the word is taken for a cue. Words of a closed class stand in cues and are none.
    pub(super) fn is_cue(self) -> bool {
        self.strength.cue >= CUE && self.class == Class::Open
    }
}

/// What is known of a word that is not in the lexicon.
const UNKNOWN: Entry = Entry { class: Class::Open, strength: Strength::UNKNOWN };

/// Words and what is known of them.
#[derive(Debug, Clone)]
pub(super) struct Lexicon {
    /// The first entry is that of unknown words.
    entries: Vec<Entry>,
    /// Hashes of words and the indices of their entries; 0 where a slot is free. A power of two long.
    slots: Vec<(u32, u16)>,
}

impl Lexicon {
    /// The lexicon of the closed classes and of the words that were counted.
    pub(super) fn new<'a>(counted: impl IntoIterator<Item = (&'a str, Strength)>) -> Self {
        let counted: Vec<_> = counted.into_iter().collect();
        let words: usize = WORDS.iter().map(|(_, words)| words.split(' ').count()).sum();
        let slots = ((words + counted.len()) * 4).next_power_of_two();
        let mut lexicon = Self { entries: vec![UNKNOWN], slots: vec![(0, 0); slots] };
        for (class, words) in WORDS {
            for word in words.split_ascii_whitespace() {
                lexicon.change(hash(word), |entry| entry.class = *class);
            }
        }
        for (word, strength) in counted {
            lexicon.set(hash(word), strength);
        }
        lexicon
    }

    /// Where the hash is, or could be.
    fn slot(&self, word: u32) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        let mut at = (word ^ (word >> 15)) as usize & mask;
        // At most half of the slots are taken.
        while self.slots.get(at).is_some_and(|&(key, entry)| entry != 0 && key != word) {
            at = (at + 1) & mask;
        }
        at
    }

    /// The index of a word's entry, by its hash.
    pub(super) fn find(&self, word: u32) -> u16 {
        self.slots.get(self.slot(word)).map_or(0, |&(_, entry)| entry)
    }

    /// The entry of that index.
    pub(super) fn entry(&self, index: u16) -> Entry {
        self.entries.get(usize::from(index)).copied().unwrap_or(UNKNOWN)
    }

    /// Sets what was counted of a word, by its hash.
    pub(super) fn set(&mut self, word: u32, strength: Strength) {
        self.change(word, |entry| entry.strength = strength);
    }

    /// Changes the entry of a word, which is made where there is none.
    fn change(&mut self, word: u32, change: impl FnOnce(&mut Entry)) {
        let slot = self.slot(word);
        let next = u16::try_from(self.entries.len()).unwrap_or(0);
        let Some((key, index)) = self.slots.get_mut(slot) else { return };
        if *index == 0 && next > 0 {
            (*key, *index) = (word, next);
            self.entries.push(UNKNOWN);
        }
        if let Some(entry) = self.entries.get_mut(usize::from(*index)).filter(|_| *index > 0) {
            change(entry);
        }
    }
}
