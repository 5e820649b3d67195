//! Corrections: who said it, and whether it is a quotation at all. They are annotations.

use super::Turn;
use crate::app::Action;
use crate::app::card::Subject;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::picker::{Choice, Picker};
use crate::corpus::ArticleId;
use crate::note::{Annotation, Kept, Kind, Verdict};
use crate::quote::MODEL;

impl Model {
    /// Asks who said the quotation of the current card.
    pub(super) fn ask_speaker(&mut self, turn: &mut Turn) {
        let Some((quotation, reading)) = self.quotation_of_card().zip(self.reading.as_ref()) else {
            self.status.say(turn.now, "the card is that of no quotation");
            return;
        };
        let choice = Choice::Speaker(quotation);
        self.overlay =
            Some(Overlay::Picker(Picker::of_names("Who said it?", &reading.names, choice)));
    }

    /// Puts the speaker of a quotation right, or confirms whom the program named.
    pub(super) fn correct_speaker(&mut self, quotation: usize, name: String, turn: &mut Turn) {
        let Some(predicted) = self.predicted(quotation) else { return };
        let verdict =
            if predicted.as_ref() == Some(&name) { Verdict::Confirmed } else { Verdict::Corrected };
        self.decide(quotation, verdict, Some(name), turn);
    }

    /// Says that the current card is no quotation; said again, that it is one.
    pub(super) fn reject_quotation(&mut self, turn: &mut Turn) {
        let Some(quotation) = self.quotation_of_card() else {
            self.status.say(turn.now, "the card is that of no quotation");
            return;
        };
        let is_one = self
            .reading
            .as_ref()
            .and_then(|reading| reading.quotations.get(quotation))
            .is_some_and(crate::note::Attributed::is_quotation);
        if is_one {
            self.decide(quotation, Verdict::Rejected, None, turn);
            let undo = self.keys_for(Action::Undo).unwrap_or_default();
            self.status.say(turn.now, format!("no quotation; {undo} takes that back"));
        } else {
            let predicted = self.predicted(quotation).flatten();
            self.decide(quotation, Verdict::Confirmed, predicted, turn);
        }
    }

    /// The quotation of the current card, or the one that its annotation keeps.
    fn quotation_of_card(&self) -> Option<usize> {
        let card = self.sidebar.current()?;
        if let Subject::Quotation(index) = card.subject {
            return Some(index);
        }
        let span = card.span?;
        let quotations = &self.reading.as_ref()?.quotations;
        quotations.iter().position(|it| it.quotation.inner == span)
    }

    /// Whom the program named; none where there is no such quotation.
    #[expect(clippy::option_option, reason = "no such quotation is not the same as nobody named")]
    fn predicted(&self, quotation: usize) -> Option<Option<String>> {
        let judged = self.reading.as_ref()?.judged.get(quotation)?;
        Some(judged.speaker.clone())
    }

    /// Keeps what a person decided on a quotation: in the annotation that keeps it already, or in a
    /// new one.
    fn decide(
        &mut self,
        quotation: usize,
        verdict: Verdict,
        speaker: Option<String>,
        turn: &mut Turn,
    ) {
        let Some((article, mut annotation)) = self.annotation_of(quotation, turn) else { return };
        let before = annotation.quotation.take();
        let kept = before.or_else(|| self.kept(quotation, verdict, annotation.id));
        annotation.kind = Kind::Quotation;
        annotation.quotation = kept.map(|kept| Kept { speaker, verdict, ..kept });
        self.store_change(article, annotation, turn);
    }

    /// The annotation on exactly the words of a quotation, as its next revision, or a new one.
    fn annotation_of(&self, quotation: usize, turn: &Turn) -> Option<(ArticleId, Annotation)> {
        let reading = self.reading.as_ref()?;
        let span = reading.judged.get(quotation)?.inner;
        let placed = reading.placed.iter().filter(|placed| placed.span == span);
        let mut there = placed.filter_map(|placed| self.notebook.get(reading.id, placed.id));
        match there.find(|annotation| annotation.kind == Kind::Quotation) {
            Some(annotation) => Some((reading.id, annotation.revised(turn.now))),
            None => self.new_on(span, turn),
        }
    }

    /// What is kept of a quotation with a verdict. Pieces of one utterance share the id of the
    /// annotation that was first made on one of them.
    pub(super) fn kept(
        &self,
        quotation: usize,
        verdict: Verdict,
        annotation: uuid::Uuid,
    ) -> Option<Kept> {
        let reading = self.reading.as_ref()?;
        let judged = reading.judged.get(quotation)?;
        let pieces = reading.judged.iter().filter(|it| it.utterance == judged.utterance);
        let shared = pieces
            .flat_map(|piece| reading.placed.iter().filter(|placed| placed.span == piece.inner))
            .find_map(|placed| {
                self.notebook.get(reading.id, placed.id)?.quotation.as_ref()?.utterance
            });
        let attributed = reading.quotations.get(quotation)?;
        Some(Kept {
            speaker: attributed.quotation.speaker.clone(),
            utterance: Some(shared.unwrap_or(annotation)),
            predicted: judged.speaker.clone(),
            model: Some(MODEL.to_owned()),
            ..Kept::new(verdict)
        })
    }
}
