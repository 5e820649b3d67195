//! The colours of speakers.

use std::collections::BTreeMap;

use crate::note::Attributed;

/// Colours that a theme is asked for; themes with fewer repeat theirs.
const COLORS: usize = 8;

/// Gives each speaker of an article a colour, by number: the one that the name itself asks for, or the
/// next that is free, in the order of the text. It is the same whenever the article is opened.
#[must_use]
pub(super) fn colors(quotations: &[Attributed]) -> BTreeMap<String, usize> {
    let mut colors: BTreeMap<String, usize> = BTreeMap::new();
    let mut used = [0_usize; COLORS];
    for speaker in quotations.iter().filter_map(|it| it.quotation.speaker.as_ref()) {
        if colors.contains_key(speaker) {
            continue;
        }
        let least = used.iter().min().copied().unwrap_or(0);
        let wanted = wanted(speaker);
        let free = (wanted..wanted + COLORS).map(|color| color % COLORS);
        let color = free
            .into_iter()
            .find(|&color| used.get(color).is_some_and(|&times| times == least))
            .unwrap_or(wanted);
        if let Some(times) = used.get_mut(color) {
            *times += 1;
        }
        colors.insert(speaker.clone(), color);
    }
    colors
}

/// The colour that a name asks for: FNV-1a of its bytes (Fowler, Noll and Vo), which does not change
/// from run to run.
fn wanted(speaker: &str) -> usize {
    let hash = speaker.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    usize::try_from(hash % COLORS as u64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quote::{Kind, Quotation};
    use crate::text::Span;

    fn by(speaker: &str) -> Attributed {
        let quotation = Quotation {
            inner: Span::new(1, 2),
            outer: Span::new(0, 3),
            kind: Kind::Direct,
            mention: None,
            cue: None,
            speaker: Some(speaker.to_owned()),
            confidence: 1.0,
            utterance: 0,
            block: 0,
        };
        Attributed { quotation, verdict: None }
    }

    #[test]
    fn speakers_share_no_colour_while_there_are_free_ones() {
        let names = ["Ekdahl", "Oyelaran", "Rowe", "Garrow", "Marlow", "Finch", "Batten", "Hume"];
        let colors = colors(&names.map(by));
        let mut numbers: Vec<usize> = colors.values().copied().collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn a_speaker_alone_has_the_colour_of_the_name() {
        assert_eq!(colors(&[by("Ekdahl")]).get("Ekdahl"), Some(&wanted("Ekdahl")));
    }
}
