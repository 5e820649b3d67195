//! Training of what finds reports without marks. Deterministic, as all training here.

use std::ops::Range;

use super::super::forest::Forest;
use super::super::hearsay::{
    Find, Finder, Ground, Habits, HearsayModel, LEAST, Lists, OF_CUE, choose, cue_features, cues,
    end_features, ends, sources, start_features, starts, verdict_row, verdicts,
};
use super::super::label::Labelled;
use super::super::person::people_among;
use super::super::score::says_right;
use super::super::survey::Survey;
use super::super::{Stretch, stretches};
use super::boost::{Rows, Settings, boost};
use super::habit::{self, Counts};
use super::inverted::inverted;
use super::report::{Report, reports};
use super::{FOLDS, lexicons, of, pool};
use crate::text::Span;

const CUE: Settings =
    Settings { trees: 400, depth: 6, rate: 0.08, ridge: 8.0, sample: 70, features: 30 };
const START: Settings =
    Settings { trees: 150, depth: 6, rate: 0.12, ridge: 6.0, sample: 80, features: 40 };
const END: Settings =
    Settings { trees: 200, depth: 6, rate: 0.12, ridge: 6.0, sample: 80, features: 40 };
const SOURCE: Settings =
    Settings { trees: 150, depth: 6, rate: 0.12, ridge: 6.0, sample: 80, features: 40 };
const VERDICT: Settings =
    Settings { trees: 300, depth: 6, rate: 0.05, ridge: 10.0, sample: 70, features: 30 };

/// An article ready to learn from.
struct Lesson<'s, 'a> {
    article: &'a Labelled,
    ground: Ground<'s, 'a>,
    reports: Vec<Report>,
    fold: usize,
}

/// Learns from labelled articles how reports without marks are found; `progress` hears what is being
/// done.
#[must_use]
pub fn train_hearsay(articles: &[Labelled], progress: &mut dyn FnMut(&str)) -> HearsayModel {
    progress("counting words");
    let found: Vec<Vec<Stretch>> =
        articles.iter().map(|it| stretches(&it.text, &it.blocks)).collect();
    let (_, lexicons) = lexicons(articles, &found);
    let turned: Vec<Labelled> = articles.iter().map(inverted).collect();
    let articles = &turned;
    let found: Vec<Vec<Stretch>> =
        articles.iter().map(|it| stretches(&it.text, &it.blocks)).collect();
    let surveys: Vec<Survey> = articles
        .iter()
        .zip(&found)
        .zip(&lexicons)
        .map(|((it, stretches), lexicon)| Survey::new(&it.text, &it.blocks, stretches, lexicon))
        .collect();
    let labels: Vec<Vec<Report>> =
        articles.iter().zip(&surveys).map(|(article, survey)| reports(article, survey)).collect();
    let counts: Vec<Counts> =
        surveys.iter().zip(&labels).map(|(survey, labels)| habit::count(survey, labels)).collect();
    let without = |fold: Option<usize>| {
        let mut all = Counts::default();
        for (at, counts) in counts.iter().enumerate() {
            if Some(at % LISTS) != fold {
                habit::gather(&mut all, counts);
            }
        }
        habit::lists(&all)
    };
    let habits: Vec<Habits> = (0..LISTS).map(|fold| without(Some(fold)).habits()).collect();
    let mut model = HearsayModel::new(without(None));
    let mut lessons = Vec::new();
    for (at, ((article, survey), reports)) in articles.iter().zip(&surveys).zip(labels).enumerate()
    {
        let Some(habits) = habits.get(at % LISTS) else { continue };
        let ground = Ground::new(survey, habits);
        lessons.push(Lesson { article, ground, reports, fold: at % FOLDS });
    }
    learn_all(&mut model, &lessons, progress);
    model
}

/// Into how many parts the articles are split for counting words: each is looked at by what was counted
/// in the others.
const LISTS: usize = 3 * FOLDS;

fn learn_all(model: &mut HearsayModel, lessons: &[Lesson], progress: &mut dyn FnMut(&str)) {
    progress("learning what a cue is");
    let (cue, cue_folds) = learn(lessons, CUE, cue_rows);
    progress("learning where reports begin");
    let (start, start_folds) = learn(lessons, START, start_rows);
    progress("learning where reports end");
    let (end, end_folds) = learn(lessons, END, end_rows);
    progress("learning whose they are");
    let (source, source_folds) = learn(lessons, SOURCE, source_rows);
    progress("learning what a report is");
    let finds: Vec<Vec<Find>> = lessons
        .iter()
        .map(|lesson| {
            let fold = lesson.fold;
            let mut own = HearsayModel::new(Lists::default());
            own.cue = of(&cue_folds, fold).clone();
            own.start = of(&start_folds, fold).clone();
            own.end = of(&end_folds, fold).clone();
            own.source = of(&source_folds, fold).clone();
            Finder::new(&lesson.ground).find(&own)
        })
        .collect();
    let pairs: Vec<(&Lesson, &Vec<Find>)> = lessons.iter().zip(&finds).collect();
    let rows = |fold: Option<usize>| verdict_rows(&pairs, fold);
    let verdict_folds: Vec<Forest> =
        (0..FOLDS).map(|fold| boost(&rows(Some(fold)), VERDICT)).collect();
    let verdict = boost(&rows(None), VERDICT);
    progress("calibrating");
    model.calibration = calibrate(&pairs, &verdict_folds);
    model.cue = cue;
    model.start = start;
    model.end = end;
    model.source = source;
    model.verdict = verdict;
}

/// Learns from all articles, and from all but those of each fold.
fn learn(
    lessons: &[Lesson],
    settings: Settings,
    rows: fn(&mut Rows, &Lesson),
) -> (Forest, Vec<Forest>) {
    let rows = |without: Option<usize>| {
        let mut all = Rows::default();
        for lesson in lessons.iter().filter(|it| Some(it.fold) != without) {
            rows(&mut all, lesson);
        }
        all
    };
    let folds = (0..FOLDS).map(|fold| boost(&rows(Some(fold)), settings)).collect();
    (boost(&rows(None), settings), folds)
}

fn cue_rows(rows: &mut Rows, lesson: &Lesson) {
    for cue in cues(&lesson.ground) {
        let row: [u8; OF_CUE] = cue_features(&lesson.ground, &cue);
        rows.push(&row, lesson.reports.iter().any(|it| it.cue == Some(cue.at)));
    }
}

/// How alike two stretches are: what they share, of what they cover together.
fn alike(a: Span, b: Span) -> f64 {
    let shared = a.intersection(b).map_or(0, Span::len);
    let number = |it: usize| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
    number(shared) / number(a.union(b).len().max(1))
}

/// Where reports begin, of those whose cue is known.
fn start_rows(rows: &mut Rows, lesson: &Lesson) {
    let ground = &lesson.ground;
    for cue in cues(ground) {
        let Some(report) = lesson.reports.iter().find(|it| it.cue == Some(cue.at)) else {
            continue;
        };
        let options = starts(ground, &cue);
        let Some(best) = nearest(&options, report.tokens.start) else { continue };
        let from = rows.right.len();
        for (number, at) in options.into_iter().enumerate() {
            rows.push(&start_features(ground, &cue, at, number), at == best);
        }
        rows.groups.push(from..rows.right.len());
    }
}

/// The option that is nearest to a token, no more than two away.
fn nearest(options: &[usize], at: usize) -> Option<usize> {
    let best = options.iter().copied().min_by_key(|it| it.abs_diff(at))?;
    (best.abs_diff(at) <= 2).then_some(best)
}

fn end_rows(rows: &mut Rows, lesson: &Lesson) {
    let ground = &lesson.ground;
    for cue in cues(ground) {
        let Some(report) = lesson.reports.iter().find(|it| it.cue == Some(cue.at)) else {
            continue;
        };
        let Some(start) = nearest(&starts(ground, &cue), report.tokens.start) else { continue };
        let options = ends(ground, &cue, start);
        let Some(best) = nearest(&options, report.tokens.end) else { continue };
        let from = rows.right.len();
        for (number, at) in options.into_iter().enumerate() {
            rows.push(&end_features(ground, &cue, start, at, number), at == best);
        }
        rows.groups.push(from..rows.right.len());
    }
}

fn source_rows(rows: &mut Rows, lesson: &Lesson) {
    let ground = &lesson.ground;
    let survey = ground.survey;
    let mut finder = Finder::new(ground);
    for cue in cues(ground) {
        let Some(report) = lesson.reports.iter().find(|it| it.cue == Some(cue.at)) else {
            continue;
        };
        let options = sources(ground, &cue);
        let names = |index: usize| {
            let candidate = survey.candidates.get(index)?;
            report.names(survey.span(candidate.from, candidate.to)?)
        };
        let right: Vec<bool> = options.clone().map(|it| names(it) == Some(true)).collect();
        if !right.contains(&true) {
            continue;
        }
        let from = rows.right.len();
        for (index, right) in options.zip(right) {
            let row = finder.source_row(&cue, &report.tokens, index);
            rows.push(&row, right);
        }
        rows.groups.push(from..rows.right.len());
    }
}

/// Which label the tokens `report` are all but the same as.
fn label<'l>(lesson: &'l Lesson, report: &Range<usize>) -> Option<&'l Report> {
    let span = lesson.ground.survey.span(report.start, report.end)?;
    lesson.reports.iter().find(|it| alike(it.span, span) >= 0.5)
}

fn verdict_rows(pairs: &[(&Lesson, &Vec<Find>)], without: Option<usize>) -> Rows {
    let mut rows = Rows::default();
    for (lesson, finds) in pairs.iter().filter(|(it, _)| Some(it.fold) != without) {
        for (number, find) in finds.iter().enumerate() {
            let right = label(lesson, &find.report()).is_some();
            rows.push(&verdict_row(&lesson.ground, finds, number), right);
        }
    }
    rows
}

/// The share of those that are right with their source, by score.
fn calibrate(pairs: &[(&Lesson, &Vec<Find>)], folds: &[Forest]) -> Vec<(i32, i32)> {
    let mut scored: Vec<(f32, bool)> = Vec::new();
    for (lesson, finds) in pairs {
        let survey = lesson.ground.survey;
        let people = people_among(survey.text, &lesson.article.blocks, survey.stretches);
        let verdicts = verdicts(&lesson.ground, finds, of(folds, lesson.fold));
        let reports: Vec<_> = finds.iter().map(Find::report).zip(verdicts).collect();
        for number in choose(&reports, LEAST) {
            let (Some(find), Some((report, verdict))) = (finds.get(number), reports.get(number))
            else {
                continue;
            };
            let best = find.source.best();
            let mention = best
                .and_then(|(index, _)| survey.candidates.get(index))
                .and_then(|it| survey.span(it.from, it.to));
            let right = label(lesson, report).is_some_and(|report| {
                let strict = mention.and_then(|it| report.names(it));
                let gold = lesson.article.gold.get(report.gold);
                let named = || {
                    let name = mention.and_then(|it| people.name_of(it));
                    gold.is_some_and(|gold| says_right(gold, name.as_deref()))
                };
                strict.is_none_or(|strict| strict || named())
            });
            scored.push((verdict * best.map_or(0.0, |(_, share)| share), right));
        }
    }
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    pool(&scored)
}
