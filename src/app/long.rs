//! The open article where it is a long text: what is known of it beside its window, what is asked of
//! those who read it, and what they tell.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use uuid::Uuid;

use super::Action;
use super::anchoring::Sought;
use super::window::{Landmark, Window};
use crate::corpus::Article;
use crate::note::{Status, Target};
use crate::quote::Quotation;
use crate::search::{Manner, Pattern};
use crate::text::Offset;

/// How many bytes of canonical text a match may reach beyond the piece that it starts in.
pub const OVERLAP: usize = 1024;

/// Where a window is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// At the start of the text.
    Start,
    /// At its end.
    End,
    /// At a position.
    Landmark(Landmark),
    /// At a piece, by its number.
    Piece(u64),
}

/// How words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Looking {
    /// As they were typed.
    #[default]
    Typed,
    /// As a whole word.
    Word,
    /// As in a search over the library.
    Library(Manner),
}

/// Words to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub typed: String,
    /// How they are looked for.
    pub looking: Looking,
}

impl Words {
    /// The pattern for them, if there is one.
    #[must_use]
    pub fn pattern(&self) -> Option<Pattern> {
        match self.looking {
            Looking::Typed => Pattern::new(&self.typed),
            Looking::Word => Pattern::word(&self.typed),
            Looking::Library(manner) => Pattern::for_library(&self.typed, manner).ok(),
        }
    }
}

/// What is asked of those who read a long text.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Another window. An earlier wish for one is given up.
    Window {
        /// Returned with the window.
        serial: u64,
        /// Where.
        around: Around,
    },
    /// A match, and then how many there are in each piece. An earlier search is given up.
    Find {
        /// Returned with what is found.
        serial: u64,
        /// What is looked for.
        words: Words,
        /// Where to begin: the first match that starts there or later, or the last that starts before.
        from: Landmark,
        /// Which way, around the end of the text.
        forward: bool,
        /// How many matches on, at least 1.
        nth: usize,
    },
    /// Give up searching.
    Cease,
    /// Find targets in a text that is not the one that they were made on.
    Anchor(Vec<Sought>),
}

/// What is known of a long text once all of it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// The SHA-256 of the canonical text in UTF-8.
    pub sha256: [u8; 32],
    /// The same in 64 hexadecimal digits.
    pub text_sha256: String,
    /// How many scalar values of it stand before each piece; its length in them last.
    pub scalars: Vec<u64>,
}

/// What those who read a long text tell.
#[derive(Debug)]
pub enum Told {
    /// The start of a text of which the rest is being read.
    Begun(Arc<Article>),
    /// A window.
    Window {
        /// As it was asked for; 0 for the first.
        serial: u64,
        /// The article as far as it is in the window.
        text: Arc<Article>,
        /// The window.
        window: Window,
    },
    /// There is no such window, and why.
    NoWindow {
        /// As it was asked for.
        serial: u64,
        /// Why, in one line.
        problem: String,
    },
    /// Who speaks in a window.
    Judged {
        /// That of the window.
        serial: u64,
        /// Its quoted stretches, each judged.
        quotations: Arc<[Quotation]>,
        /// The names of its people.
        names: Arc<[String]>,
    },
    /// How much of the text was read for its survey, in per cent.
    Read(usize),
    /// All of the text was read.
    Surveyed(Arc<Survey>),
    /// All of the text was read, and nothing in it can be annotated, and why.
    Unfit(String),
    /// A match.
    Match {
        /// As it was asked for.
        serial: u64,
        /// Where it starts; none where there is none.
        at: Option<Landmark>,
        /// Whether it was found around the end of the text.
        wrapped: bool,
    },
    /// How many matches start in some pieces.
    Counted {
        /// As it was asked for.
        serial: u64,
        /// The first of the pieces, by its number, and how many matches start in it and those after it.
        counts: (u64, Vec<u32>),
        /// Whether no more are to come.
        ended: bool,
    },
    /// Where targets stand that were looked for: in scalar values; none for an orphan.
    Anchored(Vec<(Sought, Option<(usize, usize)>)>),
}

/// What is to be done when a window has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Nothing: the window only keeps up with the reader.
    Stay,
    /// Go to a position.
    Go(Landmark),
    /// Go to a match, and tell which it is.
    Match(Landmark),
    /// Put the cursor there and nothing else.
    Land(Landmark),
    /// Go to a scalar value of the text.
    Scalar(usize),
    /// Go to the match that is nearest to a byte of the file.
    Hit(u64),
    /// Scroll on. Rows are given by where they start, and whether they are blank.
    Scroll {
        /// How many rows more.
        rows: usize,
        /// Which way.
        down: bool,
        /// The first row on screen when it began.
        from: (Landmark, bool),
        /// The row that has come to be the first.
        at: (Landmark, bool),
    },
    /// Go on with what was begun: so many times more.
    Resume(Action, usize),
}

/// Whether a match is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wait {
    /// None is.
    #[default]
    Not,
    /// One is being looked for.
    Idly,
    /// One is being looked for, and keys wait for it.
    WithKeys,
}

/// How the search in a long text stands.
#[derive(Debug, Default)]
pub struct Hunt {
    /// The search that counts.
    pub serial: u64,
    /// What is looked for.
    pub words: Option<Words>,
    /// Whether a match is waited for.
    pub wait: Wait,
    /// Whether the last was found around the end of the text.
    pub wrapped: bool,
    /// How many matches start in each piece, as far as they were counted.
    pub counts: Vec<u32>,
    /// Whether all were counted.
    pub ended: bool,
}

impl Hunt {
    /// Takes in how many matches start in pieces from the one of this number on.
    pub(super) fn count(&mut self, first: u64, counts: &[u32], ended: bool) {
        let first = usize::try_from(first).unwrap_or(usize::MAX);
        // What was counted is told in order.
        self.counts.truncate(first);
        self.counts.extend(counts);
        self.ended = ended;
    }
}

/// What is known of a long text beside its window.
#[derive(Debug)]
pub struct Long {
    /// The window that is open.
    pub window: Window,
    /// The request by which the article was opened.
    pub generation: u64,
    /// The window asked for last.
    pub serial: u64,
    /// The serial of the open window.
    pub shown: u64,
    /// What is to be done with the window that is on its way, if one is.
    pub then: Option<Then>,
    /// The piece around which a window was last asked for to keep up with the reader.
    pub around: Option<u64>,
    /// What is known once all was read.
    pub survey: Option<Arc<Survey>>,
    /// How much was read for that, in per cent.
    pub read: usize,
    /// Why nothing can be annotated, where that is so.
    pub unfit: Option<String>,
    /// How the search stands.
    pub hunt: Hunt,
    /// Where annotations stand in the whole text, in scalar values, the start and the end; none where
    /// their words are not found.
    pub stands: BTreeMap<Uuid, (Target, Option<Standing>)>,
    /// The annotations whose words are being looked for.
    pub sought: BTreeSet<Uuid>,
}

/// Where an annotation stands in a long text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The first scalar value.
    pub start: usize,
    /// The scalar value after the last.
    pub end: usize,
    /// How well its anchor holds.
    pub status: Status,
}

impl Long {
    /// A long text that was opened with this window.
    #[must_use]
    pub fn new(window: Window, generation: u64, serial: u64) -> Self {
        Self {
            window,
            generation,
            serial,
            shown: serial,
            then: None,
            around: None,
            survey: None,
            read: 0,
            unfit: None,
            hunt: Hunt::default(),
            stands: BTreeMap::new(),
            sought: BTreeSet::new(),
        }
    }

    /// Whether all of the text has still to be read.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.survey.is_none() && self.unfit.is_none()
    }

    /// Whether keys have to wait for a window.
    #[must_use]
    pub fn is_jumping(&self) -> bool {
        self.then.is_some_and(|then| then != Then::Stay) || self.hunt.wait == Wait::WithKeys
    }

    /// How many scalar values of the whole text stand before a position of the window; `inside` counts
    /// those of the window.
    #[must_use]
    pub fn scalar(&self, at: Offset, inside: impl Fn(Offset) -> usize) -> Option<usize> {
        let piece = self.window.laid_at(at)?;
        let number = usize::try_from(piece.number).ok()?;
        let before = *self.survey.as_ref()?.scalars.get(number)?;
        Some(usize::try_from(before).ok()? + (inside(at) - inside(piece.start)))
    }

    /// The position in the window with so many scalar values of the whole text before it, if it is there;
    /// `inside` finds those of the window, and `count` counts them.
    #[must_use]
    pub fn offset_of(
        &self,
        scalar: usize,
        count: impl Fn(Offset) -> usize,
        inside: impl Fn(usize) -> Offset,
    ) -> Option<Offset> {
        let number = self.piece_of(scalar)?;
        let before = usize::try_from(*self.survey.as_ref()?.scalars.get(number)?).ok()?;
        let number = number as u64;
        let piece = self.window.pieces().iter().find(|piece| piece.number == number)?;
        Some(inside(count(piece.start) + (scalar - before)))
    }

    /// The piece with a scalar value of the text: its number.
    #[must_use]
    pub fn piece_of(&self, scalar: usize) -> Option<usize> {
        let scalars = &self.survey.as_ref()?.scalars;
        let after = scalars.partition_point(|&before| before <= scalar as u64);
        after.checked_sub(1).map(|number| number.min(scalars.len().saturating_sub(2)))
    }
}
