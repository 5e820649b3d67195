//! Reports told the other way round: `…, said Ann Poe` for `…, Ann Poe said`.
//!
//! The order is common where the labels do not come from, and all but absent from them: without this,
//! what is found of it would be wrong.

use super::super::label::{Gold, GoldKind, Labelled};
use crate::text::{ScalarIndex, Span};

/// Of so many reports that could be turned round, one is left as it is.
const EACH: usize = 3;

/// The article with some of its reports told the other way round. Nothing else moves.
pub(super) fn inverted(article: &Labelled) -> Labelled {
    let mut out = article.clone();
    let index = ScalarIndex::new(&article.text);
    for (at, gold) in article.gold.iter().enumerate() {
        // Where it begins is as good as chance, and always the same.
        let chosen = gold.start % EACH > 0;
        let Some(turn) = turn(article, &index, gold).filter(|_| chosen) else { continue };
        let Some(label) = out.gold.get_mut(at) else { continue };
        let Some(words) = out.text.get(turn.range()) else { continue };
        let source = words.get(..turn.source).unwrap_or_default();
        let cue = words.get(turn.cue..).unwrap_or_default();
        let gap = words.get(turn.source..turn.cue).unwrap_or_default();
        let turned = format!("{cue}{gap}{source}");
        let (from, to) =
            (label.speaker_start.unwrap_or_default(), label.cue_end.unwrap_or_default());
        let shift = cue.chars().count() + gap.chars().count();
        label.speaker_start = Some(from + shift);
        label.speaker_end = Some(to);
        label.cue_start = Some(from);
        label.cue_end = Some(from + cue.chars().count());
        for (start, end) in &mut label.source_core {
            (*start, *end) = (*start + shift, *end + shift);
        }
        out.text.replace_range(turn.range(), &turned);
    }
    out
}

/// What can be turned round: a source and its cue, in bytes.
struct Turn {
    span: Span,
    /// Where the source ends, from the start of the span.
    source: usize,
    /// Where the cue begins.
    cue: usize,
}

impl Turn {
    fn range(&self) -> std::ops::Range<usize> {
        self.span.range()
    }
}

/// A name and a cue of one word right after it, both behind the report.
fn turn(article: &Labelled, index: &ScalarIndex, gold: &Gold) -> Option<Turn> {
    let (from, end) = (gold.speaker_start?, gold.speaker_end?);
    let (cue, to) = (gold.cue_start?, gold.cue_end?);
    if gold.kind != GoldKind::Indirect || gold.end > from || end + 1 != cue {
        return None;
    }
    let span = |start, end| index.span(&article.text, start, end);
    let [source, cue] = [span(from, end), span(cue, to)];
    let words = source.of(&article.text);
    let named = words.starts_with(char::is_uppercase) || words.contains(' ');
    let one = cue.of(&article.text).chars().all(char::is_alphabetic);
    (named && one && !words.ends_with(',')).then(|| Turn {
        span: source.union(cue),
        source: source.len(),
        cue: cue.start.get() - source.start.get(),
    })
}
