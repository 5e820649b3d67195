//! What a candidate looks like by itself.

use super::{MOST, code, small, steps, strength};
use crate::quote::candidate::Candidate;
use crate::quote::lexicon::Class;
use crate::quote::survey::Survey;
use crate::quote::token::{Paragraph, TokenKind};

/// How many features a candidate has by itself.
pub(in crate::quote) const OF_CANDIDATE: usize = 35;

/// How far a cue is looked for after a candidate, in tokens.
const REACH: usize = 16;

/// A cue beside a candidate.
#[derive(Debug, Clone, Copy)]
pub(in crate::quote) struct Cue {
    /// Its token.
    pub(in crate::quote) token: usize,
    /// How often the word is one.
    pub(in crate::quote) share: u8,
}

/// What is known of a candidate by itself.
#[derive(Debug, Clone, Copy)]
pub(in crate::quote) struct Facts {
    /// Its features.
    pub(in crate::quote) features: [u8; OF_CANDIDATE],
    /// The first cue after it in its sentence.
    pub(in crate::quote) after: Option<Cue>,
    /// The cue right before it.
    pub(in crate::quote) before: Option<Cue>,
}

/// The first cue within reach after a candidate, and the strongest.
fn cues_after(survey: &Survey, paragraph: &Paragraph, to: usize) -> (Option<Cue>, u8) {
    let (mut first, mut strongest) = (None, 0);
    for at in to..to + REACH {
        let Some(token) = survey.token_in(paragraph, at) else { break };
        if matches!(token.kind, TokenKind::Stop | TokenKind::Quote) {
            break;
        }
        let entry = survey.lexicon.entry(token.entry);
        let share = if entry.is_cue() { entry.strength.cue } else { 0 };
        strongest = share.max(strongest);
        if share > 0 && token.kind == TokenKind::Word && first.is_none() {
            first = Some(Cue { token: at, share });
        }
    }
    (first, strongest)
}

/// The nearest cue within four tokens before a candidate, with no sign between.
fn cue_before(survey: &Survey, paragraph: &Paragraph, from: usize) -> Option<Cue> {
    for at in (from.saturating_sub(4)..from).rev() {
        let token = survey.token_in(paragraph, at)?;
        if !matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Possessive) {
            return None;
        }
        let entry = survey.lexicon.entry(token.entry);
        if entry.is_cue() || entry.class == Class::According {
            return Some(Cue { token: at, share: entry.strength.cue });
        }
    }
    None
}

/// What is known of a candidate by itself.
pub(in crate::quote) fn facts(survey: &Survey, candidate: &Candidate) -> Facts {
    let paragraph = survey.paragraph(candidate.paragraph);
    let token = |at: Option<usize>| at.and_then(|at| survey.token_in(&paragraph, at));
    let (from, to) = (candidate.from, candidate.to);
    let (previous, previous2) = (token(from.checked_sub(1)), token(from.checked_sub(2)));
    let (next, next2, next3) = (token(Some(to)), token(Some(to + 1)), token(Some(to + 2)));
    let head = strength(survey, token(Some(candidate.head)));
    let first = strength(survey, token(Some(from)));
    let (start, end) = (survey.tally(from), survey.tally(to));
    let (after, strongest) = cues_after(survey, &paragraph, to);
    let before = cue_before(survey, &paragraph, from);
    let at_cue = after.map_or(end, |cue| survey.tally(cue.token));
    let according = before.is_some_and(|cue| {
        token(Some(cue.token))
            .is_some_and(|it| survey.lexicon.entry(it.entry).class == Class::According)
    });
    let before_it = survey.tally(paragraph.from);
    let [of_next, of_next2] = [next, next2].map(|it| strength(survey, it));
    let [of_previous, of_previous2] = [previous, previous2].map(|it| strength(survey, it));
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let features = [
        candidate.kind as u8,
        small(count(to - from)),
        head.source,
        head.lower,
        steps(start.words - start.begun),
        code(survey, previous),
        of_previous.cue,
        of_previous2.cue,
        code(survey, next),
        of_next.cue,
        of_next2.cue,
        of_next.after,
        after.map_or(0, |cue| cue.share),
        after.map_or(MOST, |cue| small(count(cue.token - to))),
        after.map_or(MOST, |_| small(at_cue.commas - end.commas)),
        after.map_or(MOST, |_| small(at_cue.candidates - end.candidates)),
        strongest,
        before.map_or(0, |cue| cue.share),
        before.map_or(MOST, |cue| small(count(from - cue.token - 1))),
        u8::from(according),
        small(count(survey.frequency(candidate))),
        small(start.candidates.saturating_sub(before_it.candidates)),
        paragraph.kind as u8,
        of_previous.source,
        of_next.source,
        after.map_or(MOST, |cue| code(survey, token(Some(cue.token + 1)))),
        code(survey, next2),
        code(survey, previous2),
        code(survey, next3),
        first.source,
        small(count(candidate.head - from)),
        of_previous.after,
        after.map_or(MOST, |_| small(at_cue.breaks - end.breaks)),
        small(start.candidates - start.begun_candidates),
        small(start.joints - start.begun_joints),
    ];
    Facts { features, after, before }
}
