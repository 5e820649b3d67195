//! How well quotations and speakers were found, against what people found.
//!
//! The measures are those of a study on labelled news; `docs/quotes.md` defines them.

mod hearsay;
mod name;
mod style;
mod tally;
mod unit;

use std::collections::BTreeMap;

use super::label::{Gold, GoldKind, Labelled, OtherLabel};
use super::quotation::{Kind, Quotation};
use crate::text::ScalarIndex;
use name::speaker_right;
pub(super) use name::{names_right, says_right};
pub use style::Style;
pub use tally::Tally;
use unit::{Stretch, core, lines, overlap, shared};

/// A quotation as it is scored; positions in scalar values.
#[derive(Debug, Clone)]
pub struct Prediction {
    /// Where it stands.
    pub span: (usize, usize),
    /// What it is.
    pub kind: Kind,
    /// The speaker's name.
    pub speaker: Option<String>,
    /// Where the speaker's mention stands.
    pub mention: Option<(usize, usize)>,
    /// The cue.
    pub cue: Option<String>,
    /// How sure we are.
    pub confidence: f32,
}

/// The quotations of `article` as they are scored.
#[must_use]
pub fn predictions(article: &Labelled, quotations: &[Quotation]) -> Vec<Prediction> {
    let index = ScalarIndex::new(&article.text);
    let scored = |it: &&Quotation| it.kind != Kind::Scare;
    let quotations = quotations.iter().filter(scored);
    let prediction = |it: &Quotation| Prediction {
        span: index.scalars(&article.text, it.inner),
        kind: it.kind,
        speaker: it.speaker.clone(),
        mention: it.mention.map(|it| index.scalars(&article.text, it)),
        cue: it.cue.map(|it| it.of(&article.text).to_owned()),
        confidence: it.confidence,
    };
    quotations.map(prediction).collect()
}

/// The scores of many articles.
#[derive(Debug, Default)]
pub struct Report {
    /// All that was counted.
    pub all: Tally,
    /// The same by what an article's name begins with, up to the first underscore.
    pub outlets: BTreeMap<String, Tally>,
    /// Of the labelled ones, by kind and by where the speaker stands.
    pub groups: BTreeMap<String, Tally>,
    /// How sure we were of each quotation that can be judged, and whether it was right.
    pub sure: Vec<(f32, bool)>,
    /// The same of reports without marks.
    pub sure_of_reports: Vec<(f32, bool)>,
}

/// From this overlap on, a stretch counts as found.
const ENOUGH: f64 = 0.8;

impl Report {
    /// Adds an article.
    pub fn add(&mut self, article: &Labelled, found: &[Prediction]) {
        let text: Vec<char> = article.text.chars().collect();
        let (reports, found): (Vec<&Prediction>, Vec<&Prediction>) =
            found.iter().partition(|it| it.kind == Kind::Indirect);
        let gold: Vec<&Gold> =
            article.gold.iter().filter(|it| it.kind != GoldKind::Indirect).collect();
        let cores: Vec<Stretch> = gold.iter().map(|it| core(&text, (it.start, it.end))).collect();
        let units = units(&text, article, &cores, &found);
        let matches = matches(&cores, &units);
        let mut total = Tally::default();
        for (at, gold) in gold.iter().enumerate() {
            let unit =
                matches.iter().find(|(it, _)| *it == at).and_then(|(_, unit)| units.get(*unit));
            let (tally, right) = judge(gold, cores.get(at), unit);
            if let (Some((_, unit)), Some(right)) = (unit, right) {
                self.sure.push((unit.confidence, right));
            }
            total.add(&tally);
            let kind = format!("{:?}", gold.kind).to_lowercase();
            self.groups.entry(kind).or_default().add(&tally);
            self.groups.entry(gold.pattern.clone()).or_default().add(&tally);
        }
        for (at, (unit, prediction)) in units.iter().enumerate() {
            if matches.iter().any(|(_, it)| *it == at) || is_ignored(article, *unit) {
                continue;
            }
            total.found += 1;
            total.found_sourced += 1;
            total.found_nameable += 1;
            self.sure.push((prediction.confidence, false));
        }
        let sure = hearsay::count(&text, article, &reports, &mut total);
        self.sure_of_reports.extend(sure);
        let outlet = article.name.split('_').next().unwrap_or_default().to_owned();
        self.outlets.entry(outlet).or_default().add(&total);
        self.all.add(&total);
    }
}

/// How often we were right by how sure we were: for each tenth from `0.0` on, how many there were, how
/// sure we were in the mean, and what share was right.
#[must_use]
pub fn reliability(sure: &[(f32, bool)]) -> Vec<(usize, f64, f64)> {
    let tenth = |tenth: i32| {
        #[expect(clippy::cast_possible_truncation, reason = "it is 0 to 10")]
        let within = |sure: f32| ((sure * 10.0) as i32).min(9) == tenth;
        let here: Vec<_> = sure.iter().filter(|(sure, _)| within(*sure)).collect();
        let sum: f64 = here.iter().map(|(sure, _)| f64::from(*sure)).sum();
        let right = here.iter().filter(|(_, right)| *right).count();
        let count = f64::from(u32::try_from(here.len()).unwrap_or(u32::MAX)).max(1.0);
        (here.len(), sum / count, unit::ratio(right, here.len()))
    };
    (0..10).map(tenth).collect()
}

/// The counts of one labelled quotation and what was found for it, and whether its speaker is right.
fn judge(
    gold: &Gold,
    core: Option<&Stretch>,
    unit: Option<&(Stretch, &Prediction)>,
) -> (Tally, Option<bool>) {
    let sourced = gold.speaker_start.is_some();
    let nameable = sourced && !gold.source_names.is_empty();
    let count = usize::from;
    let mut tally =
        Tally { gold: 1, sourced: count(sourced), nameable: count(nameable), ..Tally::default() };
    let Some((unit, found)) = unit else { return (tally, None) };
    tally.hit = 1;
    tally.found = 1;
    tally.exact = count(core == Some(unit));
    if !sourced {
        return (tally, None);
    }
    let [strict, lenient, named] = speaker_right(gold, found);
    tally.hit_sourced = 1;
    tally.found_sourced = 1;
    tally.strict = count(strict);
    tally.lenient = count(lenient);
    tally.found_nameable = count(nameable);
    tally.named = count(nameable && named);
    (tally, Some(lenient))
}

/// What was found, as the stretches that it is scored on.
fn units<'p>(
    text: &[char],
    article: &Labelled,
    cores: &[Stretch],
    found: &[&'p Prediction],
) -> Vec<(Stretch, &'p Prediction)> {
    let others = article.other.iter().filter(|it| it.marks != "tag");
    let others = others.map(|it| core(text, (it.start, it.end)));
    let mut stretches: Vec<Stretch> = cores.iter().copied().chain(others).collect();
    stretches.sort_unstable();
    let mut out = Vec::new();
    for &prediction in found {
        for line in lines(text, prediction.span) {
            let near = || stretches.iter().filter(|it| shared(line, **it) > 0);
            let inside = near().filter(|it| unit::ratio(shared(line, **it), it.1 - it.0) >= ENOUGH);
            let whole =
                prediction.kind != Kind::Mixed || near().any(|it| overlap(line, *it) >= ENOUGH);
            let parts: Vec<Stretch> = if whole { Vec::new() } else { inside.copied().collect() };
            if parts.is_empty() {
                out.push((line, prediction));
            }
            out.extend(parts.into_iter().map(|part| (part, prediction)));
        }
    }
    out
}

/// Which labelled quotation is which unit, one to one, the most alike first.
fn matches(cores: &[Stretch], units: &[(Stretch, &Prediction)]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (unit, (span, _)) in units.iter().enumerate() {
        for (gold, core) in cores.iter().enumerate() {
            let alike = overlap(*span, *core);
            if alike >= ENOUGH {
                pairs.push((-alike, gold, unit));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, gold, unit) in pairs {
        if !out.iter().any(|it| it.0 == gold || it.1 == unit) {
            out.push((gold, unit));
        }
    }
    out
}

/// Whether half of what was found lies where nothing counts.
fn is_ignored(article: &Labelled, unit: Stretch) -> bool {
    let ignored = article.other.iter().filter(|it| it.label == OtherLabel::Ignore);
    let mut ignored = ignored.map(|it| shared(unit, (it.start, it.end)));
    ignored.any(|shared| 2 * shared >= unit.1 - unit.0)
}
