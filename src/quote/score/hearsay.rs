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
