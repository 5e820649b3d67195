//! Reports without marks, compared with the labelled ones.

use super::Prediction;
use super::name::speaker_right;
use super::tally::Tally;
use super::unit::{Stretch, core, overlap, shared};
use crate::quote::label::{Gold, GoldKind, Labelled};

/// From this overlap on, a report counts as found: where one ends is less plain than where marks are.
const ENOUGH: f64 = 0.5;

/// Counts the reports of an article, labelled and found. Gives how sure we were of each that can be
/// judged, and whether it was right.
pub(super) fn count(
    text: &[char],
    article: &Labelled,
    found: &[&Prediction],
    total: &mut Tally,
) -> Vec<(f32, bool)> {
    let mut sure = Vec::new();
    let is_report = |it: &&Gold| it.kind == GoldKind::Indirect;
    let gold: Vec<(Stretch, &Gold)> = article
        .gold
        .iter()
        .filter(is_report)
        .map(|it| (core(text, (it.start, it.end)), it))
        .collect();
    let found: Vec<(Stretch, &Prediction)> =
        found.iter().map(|it| (core(text, it.span), *it)).collect();
    total.reported += gold.len();
    let pairs = pairs(&gold, &found);
    for (label, report) in
        pairs.iter().filter_map(|&(label, report)| Some((gold.get(label)?, found.get(report)?)))
    {
        let (label, report) = (label.1, report.1);
        let [_, right, _] = speaker_right(label, report);
        let right = right || label.speaker_start.is_none();
        sure.push((report.confidence, right));
        total.report_hit += 1;
        total.report_found += 1;
        total.report_sourced += usize::from(right);
        total.report_cued += usize::from(right && shares_cue(label, report));
    }
    let unmatched = found.iter().enumerate().filter(|(at, _)| !pairs.iter().any(|it| it.1 == *at));
    let apart = unmatched.filter(|(_, (_, report))| !is_quoted(article, report.span));
    let before = sure.len();
    sure.extend(apart.map(|(_, (_, report))| (report.confidence, false)));
    total.report_found += sure.len() - before;
    sure
}

/// Which label is which report, one to one, the most alike first.
fn pairs(gold: &[(Stretch, &Gold)], found: &[(Stretch, &Prediction)]) -> Vec<(usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (label, (core, _)) in gold.iter().enumerate() {
        for (report, (span, _)) in found.iter().enumerate() {
            let alike = overlap(*core, *span);
            if alike >= ENOUGH {
                all.push((-alike, label, report));
            }
        }
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, label, report) in all {
        if !out.iter().any(|it| it.0 == label || it.1 == report) {
            out.push((label, report));
        }
    }
    out
}

/// Whether half of it belongs to what is reported with marks: there it counts neither way.
fn is_quoted(article: &Labelled, span: Stretch) -> bool {
    let quoted = article.gold.iter().filter(|it| it.kind != GoldKind::Indirect);
    let inside: usize = quoted.flat_map(|it| &it.content).map(|it| shared(span, *it)).sum();
    2 * inside >= span.1.saturating_sub(span.0).max(1)
}

/// Whether the cues have a word in common.
fn shares_cue(label: &Gold, report: &Prediction) -> bool {
    let words = |cue: &Option<String>| -> Vec<String> {
        let cue = cue.as_deref().unwrap_or_default().to_lowercase();
        let words = cue.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        words.filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let ours = words(&report.cue);
    words(&label.cue).iter().any(|it| ours.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quote::Kind;

    const TEXT: &str = "Ann Poe said the wall would fall. Bob said \"no\" to the whole of it.";

    fn gold(kind: GoldKind, words: &str, content: &str, by: Option<&str>) -> Gold {
        let at = |words: &str| TEXT.find(words).map(|at| (at, at + words.len())).unwrap();
        let (start, end) = at(words);
        Gold {
            start,
            end,
            kind,
            speaker_start: by.map(|it| at(it).0),
            speaker_end: by.map(|it| at(it).1),
            cue: Some("said".to_owned()),
            cue_start: None,
            cue_end: None,
            attribution: 0,
            content: vec![at(content)],
            source_core: by.map(at).into_iter().collect(),
            source_heads: Vec::new(),
            source_names: Vec::new(),
            pattern: String::new(),
        }
    }

    fn found(words: &str, by: &str, cue: &str) -> Prediction {
        let at = |words: &str| TEXT.find(words).map(|at| (at, at + words.len())).unwrap();
        Prediction {
            span: at(words),
            kind: Kind::Indirect,
            speaker: None,
            mention: Some(at(by)),
            cue: Some(cue.to_owned()),
            confidence: 0.5,
        }
    }

    /// Found, hit, with the source, with the cue too.
    fn counts(by: Option<&str>, predictions: &[Prediction]) -> [usize; 4] {
        let wall = "the wall would fall";
        let article = Labelled {
            name: String::new(),
            text: TEXT.to_owned(),
            blocks: Vec::new(),
            gold: vec![
                gold(GoldKind::Indirect, wall, wall, by),
                gold(GoldKind::Mixed, "\"no\"", "\"no\" to the whole of it", Some("Bob")),
            ],
            other: Vec::new(),
        };
        let text: Vec<char> = TEXT.chars().collect();
        let mut tally = Tally::default();
        let all: Vec<&Prediction> = predictions.iter().collect();
        let sure = count(&text, &article, &all, &mut tally);
        assert_eq!((tally.reported, sure.len()), (1, tally.report_found));
        assert_eq!(sure.iter().filter(|it| it.1).count(), tally.report_sourced);
        [tally.report_found, tally.report_hit, tally.report_sourced, tally.report_cued]
    }

    #[test]
    fn half_of_the_words_are_enough_and_source_and_cue_count_apart() {
        let poe = Some("Ann Poe");
        assert_eq!(counts(poe, &[found("the wall would fall.", "Ann Poe", "Said")]), [1, 1, 1, 1]);
        assert_eq!(counts(poe, &[found("wall would", "Ann Poe", "told")]), [1, 1, 1, 0]);
        assert_eq!(counts(poe, &[found("the wall would fall", "Bob", "said")]), [1, 1, 0, 0]);
        assert_eq!(counts(None, &[found("the wall would fall", "Bob", "said")]), [1, 1, 1, 1]);
        assert_eq!(counts(poe, &[found("the wall", "Ann Poe", "said")]), [1, 0, 0, 0]);
        assert_eq!(counts(poe, &[]), [0, 0, 0, 0]);
    }

    #[test]
    fn the_nearest_counts_and_what_is_quoted_counts_neither_way() {
        let two = [
            found("wall would fall", "Ann Poe", "said"),
            found("the wall would fall", "Bob", "said"),
        ];
        assert_eq!(counts(Some("Ann Poe"), &two), [2, 1, 0, 0]);
        assert_eq!(
            counts(Some("Ann Poe"), &[found("the whole of it", "Bob", "said")]),
            [0, 0, 0, 0]
        );
    }
}
