//! Folding: a text in which spaces, quotation marks, dashes and ways to write a letter count alike.
//! It is for finding alone; what is found is a span of the text itself.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Offset, Span};

/// From here on, folded and unfolded bytes are equally many…
#[derive(Debug, Clone, Copy)]
struct Step {
    folded: usize,
    original: usize,
    /// …or, if they are those of one changed grapheme or a run of white space, belong together.
    whole: bool,
}

/// A text, folded, and the way back.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The folded text.
    pub text: String,
    steps: Vec<Step>,
}

impl Folded {
    /// Folds a text.
    pub(super) fn new(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), steps: Vec::new() };
        folded.step(0, false);
        let mut blank = None;
        for (at, grapheme) in text.grapheme_indices(true) {
            if grapheme.chars().all(char::is_whitespace) {
                blank.get_or_insert(at);
                continue;
            }
            if let Some(start) = blank.take() {
                folded.put(start..at, text, " ");
            }
            match plain(grapheme) {
                Some(sign) => folded.put(at..at + grapheme.len(), text, sign),
                None if grapheme.is_ascii() => folded.text.push_str(grapheme),
                None => {
                    let composed: String = grapheme.nfc().collect();
                    folded.put(at..at + grapheme.len(), text, &composed);
                }
            }
        }
        if let Some(start) = blank {
            folded.put(start..text.len(), text, " ");
        }
        folded
    }

    fn step(&mut self, original: usize, whole: bool) {
        self.steps.push(Step { folded: self.text.len(), original, whole });
    }

    /// Adds `folded` for the bytes `range` of `text`.
    fn put(&mut self, range: std::ops::Range<usize>, text: &str, folded: &str) {
        if text.get(range.clone()) == Some(folded) {
            self.text.push_str(folded);
            return;
        }
        self.step(range.start, true);
        self.text.push_str(folded);
        self.step(range.end, false);
    }

    /// The span of the original text that `start..end` of the folded one stands for; `None` where
    /// either lies inside what was folded into one.
    pub(super) fn original(&self, start: usize, end: usize) -> Option<Span> {
        let (start, end) = (self.back(start)?, self.back(end)?);
        (start <= end).then(|| Span::new(start, end))
    }

    fn back(&self, folded: usize) -> Option<usize> {
        let after = self.steps.partition_point(|step| step.folded <= folded);
        let step = self.steps.get(after.checked_sub(1)?)?;
        let beyond = folded - step.folded;
        (!step.whole || beyond == 0).then_some(step.original + beyond)
    }

    /// About where a byte of the original text is in the folded one, on a `char` boundary.
    pub(super) fn about(&self, original: Offset) -> usize {
        let after = self.steps.partition_point(|step| step.original <= original.get());
        let step = after.checked_sub(1).and_then(|last| self.steps.get(last));
        let at = step.map_or(0, |step| step.folded + (original.get() - step.original));
        let at = at.min(self.text.len());
        (0..=at).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
    }
}

/// What a mark or dash counts as.
fn plain(grapheme: &str) -> Option<&'static str> {
    Some(match grapheme {
        "“" | "”" | "„" | "‟" | "«" | "»" | "″" | "＂" => "\"",
        "‘" | "’" | "‚" | "‛" | "‹" | "›" | "`" | "´" | "′" | "＇" => "'",
        "‐" | "‑" | "‒" | "–" | "—" | "―" | "−" | "﹘" | "－" => "-",
        "…" => "...",
        "\u{ad}" | "\u{200b}" | "\u{feff}" => "",
        _ => return None,
    })
}

/// A text folded, without the way back.
pub(super) fn fold(text: &str) -> String {
    Folded::new(text).text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::floor_grapheme;
    use proptest::prelude::*;

    #[test]
    fn spaces_marks_dashes_and_spellings_count_alike() {
        let text = "“We’re — cafe\u{301}\u{a0}\n ok…”";
        assert_eq!(fold(text), "\"We're - caf\u{e9} ok...\"");
        assert_eq!(fold(text), fold("\"We're – caf\u{e9} ok...\""));
        assert_ne!(fold("We"), fold("we"));
    }

    #[test]
    fn what_is_found_leads_back() {
        let text = "x “We’re — cafe\u{301}\u{a0}\n ok…”";
        let folded = Folded::new(text);
        let at = folded.text.find("caf\u{e9} ok").unwrap();
        let span = folded.original(at, at + "caf\u{e9} ok".len()).unwrap();
        assert_eq!(span.of(text), "cafe\u{301}\u{a0}\n ok");
        let dots = folded.text.find("...").unwrap();
        assert_eq!(folded.original(dots + 1, dots + 3), None);
        assert_eq!(folded.about(span.start), at);
    }

    proptest! {
        #[test]
        fn every_grapheme_leads_back_to_itself(text in "(\\PC|[ ab“’–\u{301}\n…]){0,40}") {
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.original(0, folded.text.len()), Some(Span::new(0, text.len())));
            for (at, _) in folded.text.char_indices() {
                // What cuts a grapheme is refused by whoever asks.
                let whole = |span: &Span| floor_grapheme(&text, span.start) == span.start;
                if let Some(span) = folded.original(at, folded.text.len()).filter(whole) {
                    prop_assert!(text.is_char_boundary(span.start.get()));
                    let rest = folded.text.get(at..).unwrap();
                    // Graphemes may close up anew at the cut; the letters are the same.
                    prop_assert_eq!(fold(span.of(&text)).nfd().collect::<String>(), rest.nfd().collect::<String>());
                }
            }
            for at in 0..=text.len() {
                prop_assert!(folded.text.is_char_boundary(folded.about(Offset(at))));
            }
        }
    }
}
