//! What lies between a candidate and a quoted stretch.

use super::{Facts, MOST, after_quote, small, steps};
use crate::quote::candidate::Candidate;
use crate::quote::survey::{Quote, Survey, Tally};

/// How many features the way between them has.
pub(in crate::quote) const OF_PAIR: usize = 20;

/// What lies between a candidate and a quoted stretch.
pub(in crate::quote) fn pair_features(
    survey: &Survey,
    candidate: &Candidate,
    facts: &Facts,
    quote: &Quote,
) -> [u8; OF_PAIR] {
    let before = candidate.from < quote.token;
    let beyond = after_quote(survey, quote);
    let (near, far): (Tally, Tally) = if before {
        (survey.tally(candidate.to), survey.tally(quote.token))
    } else {
        (survey.tally(beyond), survey.tally(candidate.from))
    };
    let own = u32::from(!before);
    let gap = |count: fn(&Tally) -> u32| count(&far).saturating_sub(count(&near));
    let paragraphs = candidate.paragraph.abs_diff(quote.paragraph).min(30);
    let paragraphs = u32::try_from(paragraphs).unwrap_or(30);
    let words = gap(|it| it.words);
    let cue_gap = |cue: usize| {
        let at = survey.tally(cue);
        if cue < quote.token {
            survey.tally(quote.token).words.saturating_sub(at.words + 1)
        } else {
            at.words.saturating_sub(survey.tally(beyond).words)
        }
    };
    // What lies between a cue and the quotation, the cue itself left out.
    let between = |cue: usize, count: fn(&Tally) -> u32| {
        let (near, far) = if cue < quote.token { (cue + 1, quote.token) } else { (beyond, cue) };
        small(count(&survey.tally(far)).saturating_sub(count(&survey.tally(near))))
    };
    let stops = gap(|it| it.stops);
    let same = candidate.paragraph == quote.paragraph;
    let cue_beyond = facts.after.is_some_and(|cue| before && cue.token > quote.token);
    [
        small(if before { 31 - paragraphs } else { 32 + paragraphs }),
        steps(words),
        small(gap(|it| it.candidates)),
        small(gap(|it| it.quotes)),
        small(gap(|it| it.commas)),
        small(gap(|it| it.breaks) + gap(|it| it.colons)),
        small(stops),
        small(gap(|it| it.cues)),
        u8::from(same && stops == 0),
        facts.after.map_or(MOST, |cue| steps(cue_gap(cue.token))),
        facts.before.map_or(MOST, |cue| steps(cue_gap(cue.token))),
        u8::from(cue_beyond),
        small(gap(|it| it.colons)),
        if before { 31 - steps(words).min(31) } else { 32 + steps(words).min(31) },
        small(own * 32 + gap(|it| it.candidates).min(31)),
        small(gap(|it| it.thats)),
        small(gap(|it| it.joints)),
        facts.after.map_or(MOST, |cue| between(cue.token, |it| it.joints)),
        facts.after.map_or(MOST, |cue| between(cue.token, |it| it.cues)),
        facts.after.map_or(MOST, |cue| {
            let [at, here] = [cue.token, quote.token].map(|at| survey.tally(at).stops);
            small(at.abs_diff(here) + 20 * u32::from(cue.token > quote.token))
        }),
    ]
}
