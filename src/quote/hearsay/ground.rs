//! An article as reports are looked for in it: what every token is, in which sentence it stands, and
//! where candidates begin and end.

use super::cue::Cue;
use super::habit::{Ending, Habits, OfPair, OfStem, OfWord, stem, symbol};
use crate::quote::feature::code;
use crate::quote::lexicon::{Class, Strength};
use crate::quote::spelling::hash;
use crate::quote::survey::Survey;
use crate::quote::token::{Paragraph, Token, TokenKind};

/// What is known of a token.
#[derive(Debug, Clone, Copy)]
pub(in crate::quote) struct Spot {
    /// What it counts as.
    pub(super) symbol: u32,
    /// What is known of its word.
    pub(super) word: OfWord,
    /// What it is, as a number.
    pub(super) code: u8,
    /// How it ends.
    pub(super) ending: Ending,
    /// Where its sentence begins.
    pub(super) from: u32,
    /// The token after the sentence's last.
    pub(super) to: u32,
    /// The index of its paragraph.
    pub(super) paragraph: u32,
    /// The kind of a candidate that begins with it, from 1.
    pub(super) begins: u8,
    /// The kind of a candidate that ends before it, from 1.
    pub(super) ends: u8,
    /// Whether a candidate has begun before it and goes on.
    pub(super) within: bool,
    /// How many cues stand before it.
    pub(super) cues: u32,
    /// How many auxiliaries stand before it.
    pub(super) auxiliaries: u32,
}

const NOTHING: Spot = Spot {
    symbol: 0,
    word: [0; 5],
    code: 63,
    ending: Ending::Other,
    from: 0,
    to: 0,
    paragraph: u32::MAX,
    begins: 0,
    ends: 0,
    within: false,
    cues: 0,
    auxiliaries: 0,
};

/// From this share on, a word counts as a cue among those around it.
const CUE: u8 = 24;

/// An article as reports are looked for in it.
#[derive(Debug)]
pub(in crate::quote) struct Ground<'s, 'a> {
    /// The survey.
    pub(in crate::quote) survey: &'s Survey<'a>,
    habits: &'s Habits,
    spots: Vec<Spot>,
}

impl<'s, 'a> Ground<'s, 'a> {
    /// Reads an article. Takes time linear in its length.
    pub(in crate::quote) fn new(survey: &'s Survey<'a>, habits: &'s Habits) -> Self {
        let mut ground =
            Self { survey, habits, spots: Vec::with_capacity(survey.tokens.all.len()) };
        for (number, paragraph) in survey.tokens.paragraphs.iter().enumerate() {
            ground.read(u32::try_from(number).unwrap_or(u32::MAX), paragraph);
        }
        for candidate in &survey.candidates {
            let kind = candidate.kind as u8 + 1;
            if let Some(spot) = ground.spots.get_mut(candidate.from) {
                spot.begins = kind;
            }
            if let Some(spot) = ground.spots.get_mut(candidate.to) {
                spot.ends = kind;
            }
            for spot in ground.spots.get_mut(candidate.from + 1..candidate.to).into_iter().flatten()
            {
                spot.within = true;
            }
        }
        ground
    }

    /// Reads one paragraph, sentence by sentence.
    fn read(&mut self, number: u32, paragraph: &Paragraph) {
        let tokens = &self.survey.tokens.all;
        let mut from = paragraph.from;
        while from < paragraph.to {
            let rest = tokens.get(from..paragraph.to).unwrap_or_default();
            let len = rest.iter().position(|it| it.kind == TokenKind::Stop).unwrap_or(rest.len());
            let to = from + len;
            for at in from..(to + 1).min(paragraph.to) {
                let Some(token) = tokens.get(at) else { break };
                let spot = self.spot(token, at == from, number, from, to);
                self.spots.push(spot);
            }
            from = to + 1;
        }
    }

    fn spot(&self, token: &Token, first: bool, paragraph: u32, from: usize, to: usize) -> Spot {
        let word = token.span().of(self.survey.text);
        let ending = Ending::of(token, word);
        let named = is_named(self.survey, token, first);
        let symbol = match symbol(token, named, "") {
            "" => token.word,
            sign => hash(sign),
        };
        let of_word = self.habits.word(symbol, ending);
        let code = match code(self.survey, Some(token)) {
            0 => 24 + ending as u8,
            code => code,
        };
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (cues, auxiliaries) = self.spots.last().map_or((0, 0), |last| {
            let cue = last.word[0].max(last.word[1]) >= CUE;
            let auxiliary = last.code == Class::Auxiliary as u8;
            (last.cues + u32::from(cue), last.auxiliaries + u32::from(auxiliary))
        });
        Spot {
            symbol,
            word: of_word,
            code,
            ending,
            from: narrow(from),
            to: narrow(to),
            paragraph,
            cues,
            auxiliaries,
            ..NOTHING
        }
    }

    /// How many tokens there are.
    pub(in crate::quote) fn len(&self) -> usize {
        self.spots.len()
    }

    /// What is known of the token at `at`.
    pub(in crate::quote) fn at(&self, at: usize) -> Spot {
        self.spots.get(at).copied().unwrap_or(NOTHING)
    }

    /// The same if it stands in the paragraph of that index.
    pub(super) fn near(&self, at: Option<usize>, paragraph: u32) -> Spot {
        let spot = at.and_then(|at| self.spots.get(at)).copied();
        spot.filter(|it| it.paragraph == paragraph).unwrap_or(NOTHING)
    }

    /// The token at `at`.
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.survey.tokens.all.get(at)
    }

    /// What the token at `at` is.
    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.token(at).map(|it| it.kind)
    }

    /// The class of the word at `at`.
    pub(super) fn class(&self, at: usize) -> Class {
        self.token(at).map_or(Class::Other, |it| self.survey.lexicon.entry(it.entry).class)
    }

    /// What was counted of the word at `at`.
    pub(super) fn strength(&self, at: Option<usize>) -> Strength {
        crate::quote::feature::strength(self.survey, at.and_then(|at| self.token(at)))
    }

    /// The token after a cue: `according to` is one.
    pub(super) fn end_of_cue(&self, cue: &Cue) -> usize {
        let to = self.class(cue.at) == Class::According && self.class(cue.at + 1) == Class::To;
        cue.at + 1 + usize::from(to)
    }

    /// What is known of two tokens side by side.
    pub(super) fn pair(&self, a: Spot, b: Spot) -> OfPair {
        self.habits.pair((a.symbol, a.word), (b.symbol, b.word))
    }

    /// What is known of the stem of the word at `at`.
    pub(super) fn stem(&self, at: usize) -> OfStem {
        let word = self.token(at).map(|it| it.span().of(self.survey.text)).unwrap_or_default();
        self.habits.stem(hash(stem(&word.to_ascii_lowercase())))
    }
}

/// Whether a token counts as a name: a capitalised word that its sentence does not begin with.
pub(in crate::quote) fn is_named(survey: &Survey, token: &Token, first: bool) -> bool {
    let entry = survey.lexicon.entry(token.entry);
    let open = matches!(entry.class, Class::Open | Class::Title | Class::Short);
    token.kind == TokenKind::Word && token.capital && open && !(first && entry.strength.lower >= 32)
}
