//! The quote sidebar: a card for every quoted stretch and every annotation of the open article.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use uuid::Uuid;

use super::card::{Card, CardRow, Subject, annotation_card, quotation_card};
use super::field::Field;
use super::reading::{Placed, Reading};
use crate::note::Annotation;
use crate::search::Filter;
use crate::text::{Offset, Span};

/// Cards looked back over for one that holds the cursor; annotations rarely nest deeper.
const NESTED: usize = 64;
/// Cards whose rows are kept: more than are seen in a while.
const KEPT: usize = 500;

/// Which cards the sidebar shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// All of them.
    #[default]
    All,
    /// Quotations only.
    Quotations,
    /// Quotations only, each speaker's together.
    Speakers,
    /// Annotations only.
    Notes,
}

impl Tab {
    /// All tabs, in their order.
    pub const ALL: &[Self] = &[Self::All, Self::Quotations, Self::Speakers, Self::Notes];

    /// The tab after it, or the one before.
    #[must_use]
    pub fn next(self, forward: bool) -> Self {
        let count = Self::ALL.len();
        let here = Self::ALL.iter().position(|&tab| tab == self).unwrap_or(0);
        let next = if forward { here + 1 } else { here + count - 1 };
        Self::ALL.get(next % count).copied().unwrap_or(self)
    }
}

/// The quote sidebar.
#[derive(Debug, Default)]
pub struct Sidebar {
    /// Which cards it shows.
    pub tab: Tab,
    /// What they are filtered by.
    pub filter: Field,
    /// The cards shown, in the order of the text; those without a place first.
    pub cards: Vec<Card>,
    /// The current card: an index into `cards`.
    pub selected: usize,
    /// The first card on screen: an index into `cards`.
    pub top: usize,
    /// How many quotations the article has.
    pub quotations: usize,
    /// How many annotations it has.
    pub annotations: usize,
    laid: Laid,
}

/// The rows of cards that were lately on screen, by the card, so that moving on wraps no words anew.
#[derive(Debug, Default)]
struct Laid {
    /// The cells that they are set in.
    width: usize,
    rows: BTreeMap<usize, Rc<[CardRow]>>,
}

impl Laid {
    /// Forgets them if they are set in another width, or if they are many.
    fn fit(&mut self, width: usize) {
        if self.width != width || self.rows.len() > KEPT {
            *self = Self { width, ..Self::default() };
        }
    }

    /// Sets a card, unless it is; how many rows it has.
    fn lay(&mut self, index: usize, card: &Card) -> usize {
        let width = self.width;
        self.rows.entry(index).or_insert_with(|| card.rows(width).into()).len()
    }
}

impl Sidebar {
    /// Makes the cards anew for an article and its annotations.
    pub fn fill<'a>(
        &mut self,
        reading: &Reading,
        annotations: impl Iterator<Item = &'a Annotation>,
    ) {
        let placed: BTreeMap<Uuid, Placed> =
            reading.placed.iter().map(|placed| (placed.id, *placed)).collect();
        let noted: Vec<Card> =
            annotations.map(|note| annotation_card(reading, placed.get(&note.id), note)).collect();
        self.quotations = reading.quotations.iter().filter(|it| it.is_quotation()).count();
        self.annotations = noted.len();
        let quoted = reading.quotations.iter().enumerate();
        let quoted = quoted.map(|(index, quotation)| quotation_card(reading, index, quotation));
        // The card of an annotation on a whole quotation stands for both.
        let noted_spans: BTreeSet<Span> = noted.iter().filter_map(|card| card.span).collect();
        let is_noted = |card: &Card| card.span.is_some_and(|span| noted_spans.contains(&span));
        let mut cards: Vec<Card> = match self.tab {
            Tab::All => quoted.filter(|card| !is_noted(card)).chain(noted).collect(),
            Tab::Quotations | Tab::Speakers => quoted.filter(Card::is_quotation).collect(),
            Tab::Notes => noted,
        };
        let filter = Filter::new(self.filter.text());
        cards.retain(|card| filter.lets_through(card.fields()));
        cards.sort_by_key(|card| card.reach.map(|reach| (reach.start, usize::MAX - reach.len())));
        if self.tab == Tab::Speakers {
            sort_by_speaker(&mut cards);
        }
        head_cards(&mut cards);
        self.cards = cards;
        self.laid = Laid::default();
        self.selected = self.selected.min(self.cards.len().saturating_sub(1));
    }

    /// Makes the card at the cursor current, or the first on screen where there is none, and puts
    /// the first card of what is on screen at the top.
    pub fn keep_step(&mut self, cursor: Offset, top: Offset) {
        let first = if top == Offset::ZERO { 0 } else { self.first_from(top) };
        self.selected = self.at(cursor).unwrap_or(first);
        self.top = first;
    }

    /// The innermost card that `at` lies in.
    fn at(&self, at: Offset) -> Option<usize> {
        let after = self.starting_before(at + 1);
        let nearest = self.cards.iter().enumerate().take(after).rev().take(NESTED);
        nearest
            .filter(|(_, card)| card.reach.is_some_and(|reach| reach.contains(at)))
            .map(|(index, _)| index)
            .next()
    }

    /// The first card that reaches beyond `at`, or the last.
    fn first_from(&self, at: Offset) -> usize {
        let after = self.starting_before(at);
        let reaches = |card: &Card| card.reach.is_some_and(|reach| reach.end > at);
        let before =
            after.checked_sub(1).filter(|&index| self.cards.get(index).is_some_and(reaches));
        before.unwrap_or(after).min(self.cards.len().saturating_sub(1))
    }

    /// How many cards start before `at`; those without a place do.
    fn starting_before(&self, at: Offset) -> usize {
        self.cards.partition_point(|card| card.reach.is_none_or(|reach| reach.start < at))
    }

    /// Moves the top so that the current card is wholly on a screen of `width` and `height` cells.
    pub fn show_selected(&mut self, width: usize, height: usize) {
        self.laid.fit(width);
        self.top = self.top.min(self.selected);
        let mut rows = 0;
        let mut top = self.selected;
        for index in (self.top..=self.selected).rev() {
            rows += self.lay(index);
            if rows > height {
                break;
            }
            top = index;
        }
        self.top = self.top.max(top).min(self.last_top(height));
        let mut rows = 0;
        for index in self.top..self.cards.len() {
            if rows >= height {
                break;
            }
            rows += self.lay(index);
        }
    }

    /// The first card from which on all cards are on a screen of that height.
    fn last_top(&mut self, height: usize) -> usize {
        let mut room = height;
        let mut top = self.cards.len();
        while let Some(index) = top.checked_sub(1) {
            // The space below the last card may hang over the end.
            let rows = self.lay(index);
            if rows > room + 1 {
                break;
            }
            room = room.saturating_sub(rows);
            top = index;
        }
        top.min(self.cards.len().saturating_sub(1))
    }

    /// How many rows a card has.
    fn lay(&mut self, index: usize) -> usize {
        self.cards.get(index).map_or(0, |card| self.laid.lay(index, card))
    }

    /// The rows of a card in a sidebar of `width` cells.
    #[must_use]
    pub fn rows(&self, index: usize, width: usize) -> Rc<[CardRow]> {
        let laid = self.laid.rows.get(&index).filter(|_| self.laid.width == width);
        let set = || self.cards.get(index).map(|card| card.rows(width).into());
        laid.cloned().or_else(set).unwrap_or_default()
    }

    /// Makes the card of an annotation current; whether it is among those shown.
    pub(super) fn select(&mut self, id: Uuid) -> bool {
        let is_it = |card: &Card| card.subject == Subject::Annotation(id);
        let index = self.cards.iter().position(is_it);
        self.selected = index.unwrap_or(self.selected);
        index.is_some()
    }

    /// The current card.
    #[must_use]
    pub fn current(&self) -> Option<&Card> {
        self.cards.get(self.selected)
    }
}

/// Puts each speaker's cards together: speakers in the order in which they first speak, quotations
/// without a speaker last.
fn sort_by_speaker(cards: &mut [Card]) {
    let mut order: BTreeMap<String, usize> = BTreeMap::new();
    for (rank, card) in cards.iter().enumerate() {
        if let Some(speaker) = card.speaker() {
            order.entry(speaker.to_owned()).or_insert(rank);
        }
    }
    cards.sort_by_key(|card| {
        card.speaker().and_then(|speaker| order.get(speaker).copied()).unwrap_or(usize::MAX)
    });
}

/// Gives the first card of each run of one speaker's the name above it; the first of a run of nobody's
/// says so, lest the words be taken for those of the speaker above.
fn head_cards(cards: &mut [Card]) {
    let mut before: Option<(Option<String>, bool)> = None;
    for card in cards {
        let voice = card.voice.as_ref();
        let voice = voice.map(|voice| (voice.speaker.clone(), card.is_quotation()));
        card.headed = voice.is_some() && voice != before;
        before = voice;
    }
}
