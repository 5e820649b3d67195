//! The cards of the sidebar: what each stands for, and its rows.

use uuid::Uuid;

use super::reading::{Placed, Reading};
use crate::note::{Annotation, Attributed, Color, Placement, Status};
use crate::quote::stretch_at;
use crate::text::{Span, clean, clean_lines, wrap};

/// Rows that a card gives to the words of a quotation or a highlight.
const WORD_ROWS: usize = 4;
/// Rows that a card gives to a note.
const NOTE_ROWS: usize = 6;

/// Scalar values of a card's words that are looked at: more than fit on its rows or on one of a screen.
const LONGEST: usize = 4_000;

/// What a card stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A quoted stretch: an index into [`Reading::quotations`].
    Quotation(usize),
    /// An annotation.
    Annotation(Uuid),
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What it stands for.
    pub subject: Subject,
    /// Where it stands in the text; none for notes on the whole article and for orphans.
    pub span: Option<Span>,
    /// The same with the marks around a quoted stretch.
    pub reach: Option<Span>,
    /// The words quoted or highlighted: untrusted text.
    pub words: String,
    /// The note: several lines of untrusted text.
    pub note: String,
    /// The tags: untrusted text.
    pub tags: Vec<String>,
    /// Whether it keeps the note of an annotation that was changed in two places at the same time.
    pub is_conflict_copy: bool,
    /// The colour of the highlight.
    pub color: Option<Color>,
    /// How well the anchor holds.
    pub status: Status,
    /// The words that it has moved to, or, where its own were not found, perhaps stands on: untrusted
    /// text.
    pub now: String,
    /// Who said it, where it is a quotation.
    pub voice: Option<Voice>,
    /// Whether the speaker's name, or that there is none, stands above the words: not where the card
    /// before has the same.
    pub headed: bool,
}

/// Who said the words of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The speaker's name or description, where one is known: untrusted text.
    pub speaker: Option<String>,
    /// The reporting words: untrusted text.
    pub cue: String,
    /// The number of the speaker's colour.
    pub color: Option<usize>,
    /// How sure it is.
    pub certainty: Certainty,
}

/// How sure it is who said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// A person has decided it.
    Decided,
    /// The program is fairly sure.
    Likely,
    /// The program is not sure.
    Doubtful,
    /// It is taken for no quotation: scare quotes, a title, a nickname.
    None,
}

/// From this confidence on, an attribution is shown without a sign of doubt.
const LIKELY: f32 = 0.7;
/// A row of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// What it shows.
    pub kind: CardRowKind,
    /// Its words, sanitised.
    pub text: String,
    /// What stands at its right end, sanitised.
    pub aside: String,
}

impl CardRow {
    fn new(kind: CardRowKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), aside: String::new() }
    }
}

/// What a row of a card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardRowKind {
    /// The speaker, and the cue at the right.
    Speaker,
    /// Words of the article.
    Words,
    /// The colour, tags and state of an annotation.
    Sign,
    /// The words that an annotation has moved to, or perhaps stands on.
    Now,
    /// Words of a note.
    Note,
    /// The space below a card.
    Space,
}

impl Card {
    /// What a filter looks at.
    pub(super) fn fields(&self) -> impl Iterator<Item = &str> {
        [
            self.words.as_str(),
            self.now.as_str(),
            self.note.as_str(),
            self.color.map_or("", Color::name),
        ]
        .into_iter()
        .chain(self.speaker())
        .chain(self.tags.iter().map(String::as_str))
    }

    /// Its rows in a sidebar of `width` cells.
    #[must_use]
    pub fn rows(&self, width: usize) -> Vec<CardRow> {
        let mut rows: Vec<CardRow> = self.heading().into_iter().collect();
        if let Subject::Annotation(_) = self.subject {
            rows.push(CardRow::new(CardRowKind::Sign, self.sign()));
        }
        // Two cells for the sign of the card's colour and a space.
        let width = width.saturating_sub(2).max(8);
        push_rows(&mut rows, CardRowKind::Words, &self.marked_words(), width, WORD_ROWS);
        push_rows(&mut rows, CardRowKind::Now, &self.words_now(), width, WORD_ROWS);
        push_rows(&mut rows, CardRowKind::Note, &clean_lines(&self.note), width, NOTE_ROWS);
        rows.push(CardRow::new(CardRowKind::Space, ""));
        rows
    }

    /// Whether it is that of a quotation, and not of scare quotes.
    #[must_use]
    pub fn is_quotation(&self) -> bool {
        self.voice.as_ref().is_some_and(|voice| voice.certainty != Certainty::None)
    }

    /// Who said it, where that is known.
    #[must_use]
    pub fn speaker(&self) -> Option<&str> {
        self.voice.as_ref()?.speaker.as_deref()
    }

    /// The row with the speaker and the cue.
    fn heading(&self) -> Option<CardRow> {
        let voice = self.voice.as_ref().filter(|_| self.headed)?;
        let nobody = if self.is_quotation() { "nobody named" } else { "no quotation" };
        let text = self.signed_speaker().unwrap_or_else(|| nobody.to_owned());
        let aside = clean(&voice.cue).into_owned();
        Some(CardRow { kind: CardRowKind::Speaker, text, aside })
    }

    /// Who said it, sanitised, with a sign of doubt or of a person's decision, since colour is never
    /// the only one.
    #[must_use]
    pub fn signed_speaker(&self) -> Option<String> {
        let voice = self.voice.as_ref()?;
        let name = clean(voice.speaker.as_deref()?).into_owned();
        let sign = match voice.certainty {
            Certainty::Doubtful => " ?",
            Certainty::Decided => " ✓",
            Certainty::Likely | Certainty::None => "",
        };
        Some(name + sign)
    }

    /// As much of the words as could ever be shown, sanitised, in quotation marks if they have none of
    /// their own: a highlight may be as long as an article.
    #[must_use]
    pub fn marked_words(&self) -> String {
        let words = self.words.trim();
        let end = words.char_indices().nth(LONGEST).map_or(words.len(), |(end, _)| end);
        marked(&clean(words.get(..end).unwrap_or_default()))
    }

    /// The words that it has moved to or perhaps stands on, sanitised, and which of the two.
    fn words_now(&self) -> String {
        let words = marked(&clean(self.now.trim()));
        match self.status {
            _ if self.now.is_empty() => words,
            Status::Orphan => format!("perhaps {words}"),
            Status::Anchored | Status::Moved => format!("now {words}"),
        }
    }

    /// The colour, tags and state in words, since colour is never the only sign.
    fn sign(&self) -> String {
        let kind = match (self.color, self.span, self.words.is_empty()) {
            (_, None, true) => "note on the article",
            (Some(color), ..) => color.name(),
            _ => "note",
        };
        let state = state(self.status);
        let tags = self.tags.iter().map(|tag| clean(tag).into_owned());
        let copy = self.is_conflict_copy.then_some("conflict copy");
        let own = [Some(kind), state, copy].into_iter().flatten().map(str::to_owned);
        let parts = own.chain(tags);
        parts.collect::<Vec<_>>().join(" · ")
    }
}

/// What is said of how well an anchor holds, if it is not well.
pub(super) const fn state(status: Status) -> Option<&'static str> {
    match status {
        Status::Anchored => None,
        Status::Moved => Some("words changed"),
        Status::Orphan => Some("words not found"),
    }
}

/// The first words of a stretch in quotation marks: untrusted text.
pub(super) fn shortened(text: &str, span: Span) -> String {
    const MOST: usize = 60;
    let words = span.of(text).trim();
    let cut = words.char_indices().nth(MOST).and_then(|(cut, _)| words.get(..cut));
    marked(&cut.map_or_else(|| words.to_owned(), |cut| format!("{cut}…")))
}

/// Adds the rows of some text, `most` at most, with an ellipsis where some are left out.
fn push_rows(rows: &mut Vec<CardRow>, kind: CardRowKind, text: &str, width: usize, most: usize) {
    if text.is_empty() {
        return;
    }
    // More than this can never be shown; a quotation may be as long as an article.
    let shown: String = text.chars().take(width * (most + 1)).collect();
    let wrapped = wrap(&shown, Span::new(0, shown.len()), width);
    let cut = wrapped.len() > most || shown.len() < text.len();
    let taken = wrapped.len().min(most);
    for (index, span) in wrapped.into_iter().take(most).enumerate() {
        let mut row = span.of(&shown).trim_end().to_owned();
        if cut && index + 1 == taken {
            row = format!(
                "{}…",
                crate::text::fit(&row, width.saturating_sub(1)).trim_end_matches('…')
            );
        }
        rows.push(CardRow::new(kind, row));
    }
}

/// Words in quotation marks, if they have none of their own.
pub(super) fn marked(words: &str) -> String {
    let own = words.starts_with(['“', '"', '‘', '\'']);
    if words.is_empty() || own { words.to_owned() } else { format!("“{words}”") }
}

pub(super) fn quotation_card(reading: &Reading, index: usize, attributed: &Attributed) -> Card {
    let quotation = &attributed.quotation;
    Card {
        subject: Subject::Quotation(index),
        span: Some(quotation.inner),
        reach: Some(quotation.outer),
        words: quotation.inner.of(reading.text()).to_owned(),
        note: String::new(),
        tags: Vec::new(),
        is_conflict_copy: false,
        color: None,
        status: Status::Anchored,
        now: String::new(),
        voice: Some(voice_of(reading, attributed)),
        headed: false,
    }
}

fn voice_of(reading: &Reading, attributed: &Attributed) -> Voice {
    let quotation = &attributed.quotation;
    let certainty = if attributed.verdict.is_some() && attributed.is_quotation() {
        Certainty::Decided
    } else if !attributed.is_quotation() {
        Certainty::None
    } else if quotation.confidence >= LIKELY {
        Certainty::Likely
    } else {
        Certainty::Doubtful
    };
    Voice {
        speaker: quotation.speaker.clone(),
        cue: quotation.cue.map_or("", |cue| cue.of(reading.text())).to_owned(),
        color: reading.color_of(attributed),
        certainty,
    }
}

pub(super) fn annotation_card(
    reading: &Reading,
    placed: Option<&Placed>,
    annotation: &Annotation,
) -> Card {
    let placement = reading.anchoring.placement(annotation);
    let target = annotation.target.as_ref();
    Card {
        subject: Subject::Annotation(annotation.id),
        span: placed.map(|placed| placed.span),
        reach: placed.map(|placed| placed.span),
        words: target.map_or_else(String::new, |target| target.exact.clone()),
        note: annotation.note.clone(),
        tags: annotation.tags.clone(),
        is_conflict_copy: annotation.lineage.conflict_of.is_some(),
        color: annotation.color,
        // What is still being looked for is not called lost.
        status: placement.map_or(Status::Anchored, |placement| placement.status),
        now: placement.and_then(|it| now(reading, it)).unwrap_or_default(),
        voice: placed
            .and_then(|placed| quoted_at(reading, placed.span))
            .map(|quoted| voice_of(reading, quoted)),
        headed: false,
    }
}

/// The words that are to be confirmed, as far as a card can show them.
fn now(reading: &Reading, placement: Placement) -> Option<String> {
    let moved = placement.span.filter(|_| placement.status == Status::Moved);
    let words = moved.or(placement.guess)?.of(reading.text()).trim();
    let end = words.char_indices().nth(LONGEST).map_or(words.len(), |(end, _)| end);
    words.get(..end).map(str::to_owned)
}

/// The quotation of exactly these words.
fn quoted_at(reading: &Reading, span: Span) -> Option<&Attributed> {
    let at = stretch_at(&reading.quotations, span.start)?;
    reading.quotations.get(at).filter(|it| it.quotation.inner == span)
}
