//! What a person decided on quotations, laid over what the program believes.

use super::{Annotation, Verdict};
use crate::quote::{Kind, Quotation, Quoted};
use crate::text::Span;

/// A quotation as it stands after what a person decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Attributed {
    /// The quotation, with the speaker that is right.
    pub quotation: Quotation,
    /// What a person decided on it, or on another piece of its utterance; none where the program alone
    /// has judged.
    pub verdict: Option<Verdict>,
}

impl Quoted for Attributed {
    fn inner(&self) -> Span {
        self.quotation.inner
    }

    fn outer(&self) -> Span {
        self.quotation.outer
    }
}

impl Attributed {
    /// Whether it is a quotation, and no scare quotes, title or nickname.
    #[must_use]
    pub fn is_quotation(&self) -> bool {
        self.quotation.kind != Kind::Scare
    }

    fn decide(&mut self, verdict: Verdict, speaker: Option<&String>) {
        let quotation = &mut self.quotation;
        if verdict == Verdict::Rejected {
            quotation.kind = Kind::Scare;
            quotation.speaker = None;
        } else {
            if quotation.kind == Kind::Scare {
                quotation.kind = Kind::Direct;
            }
            if speaker.is_some() {
                quotation.speaker = speaker.cloned();
            }
        }
        quotation.confidence = 1.0;
        self.verdict = Some(verdict);
    }
}

/// Lays what a person decided over the quotations of an article. `decided` are its live annotations
/// with the places they were found at; those that keep no quotation do not count.
///
/// A decision belongs to the quotation whose words it covers for the most part. A corrected or
/// confirmed speaker is that of the whole utterance, but for pieces with a decision of their own.
#[must_use]
pub fn lay_over(quotations: &[Quotation], decided: &[(Span, &Annotation)]) -> Vec<Attributed> {
    let bare = |quotation: &Quotation| Attributed { quotation: quotation.clone(), verdict: None };
    let mut all: Vec<Attributed> = quotations.iter().map(bare).collect();
    let mut spoken: Vec<(u32, Verdict, String)> = Vec::new();
    for (span, annotation) in decided {
        let Some(kept) = &annotation.quotation else { continue };
        let from = all.partition_point(|it| it.inner().end <= span.start);
        let near = all.iter_mut().skip(from).take_while(|it| it.inner().start < span.end);
        let Some(own) = near.into_iter().find(|it| is_mostly(it.inner(), *span)) else { continue };
        own.decide(kept.verdict, kept.speaker.as_ref());
        if let (Some(speaker), Verdict::Confirmed | Verdict::Corrected) =
            (&kept.speaker, kept.verdict)
        {
            spoken.push((own.quotation.utterance, kept.verdict, speaker.clone()));
        }
    }
    for (utterance, verdict, speaker) in spoken {
        let rest = all.iter_mut().filter(|it| it.verdict.is_none() && it.is_quotation());
        for piece in rest.filter(|it| it.quotation.utterance == utterance) {
            piece.decide(verdict, Some(&speaker));
        }
    }
    all
}

/// Whether two stretches share more than half of either.
fn is_mostly(a: Span, b: Span) -> bool {
    a.intersection(b).is_some_and(|both| both.len() * 2 > a.len().max(b.len()))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::note::{Kept, Kind as NoteKind};

    fn quotation(start: usize, utterance: u32, speaker: &str) -> Quotation {
        Quotation {
            inner: Span::new(start, start + 10),
            outer: Span::new(start - 1, start + 11),
            kind: Kind::Direct,
            mention: None,
            cue: None,
            speaker: Some(speaker.to_owned()),
            confidence: 0.4,
            utterance,
            block: 0,
        }
    }

    fn decision(verdict: Verdict, speaker: Option<&str>) -> Annotation {
        let mut annotation =
            Annotation::new(Uuid::nil(), NoteKind::Quotation, Timestamp::UNIX_EPOCH, None);
        let speaker = speaker.map(str::to_owned);
        annotation.quotation = Some(Kept { speaker, ..Kept::new(verdict) });
        annotation
    }

    #[test]
    fn a_corrected_speaker_is_that_of_the_whole_utterance() {
        let quotations =
            [quotation(10, 0, "Rowe"), quotation(30, 0, "Rowe"), quotation(50, 1, "Rowe")];
        let corrected = decision(Verdict::Corrected, Some("Tomas Ekdahl"));
        let all = lay_over(&quotations, &[(Span::new(10, 19), &corrected)]);
        let speakers: Vec<_> = all.iter().map(|it| it.quotation.speaker.as_deref()).collect();
        assert_eq!(speakers, [Some("Tomas Ekdahl"), Some("Tomas Ekdahl"), Some("Rowe")]);
        let verdicts: Vec<_> = all.iter().map(|it| it.verdict).collect();
        assert_eq!(verdicts, [Some(Verdict::Corrected), Some(Verdict::Corrected), None]);
    }

    #[test]
    fn a_piece_with_a_decision_of_its_own_keeps_it() {
        let quotations = [quotation(10, 0, "Rowe"), quotation(30, 0, "Rowe")];
        let corrected = decision(Verdict::Corrected, Some("Tomas Ekdahl"));
        let rejected = decision(Verdict::Rejected, None);
        let decided = [(Span::new(10, 20), &corrected), (Span::new(30, 40), &rejected)];
        let all = lay_over(&quotations, &decided);
        assert!(!all[1].is_quotation() && all[1].quotation.speaker.is_none());
        assert_eq!(all[0].quotation.speaker.as_deref(), Some("Tomas Ekdahl"));
    }

    #[test]
    fn a_decision_on_other_words_changes_nothing() {
        let quotations = [quotation(10, 0, "Rowe")];
        let rejected = decision(Verdict::Rejected, None);
        let all = lay_over(&quotations, &[(Span::new(16, 60), &rejected)]);
        assert_eq!(all[0].verdict, None);
    }
}
