//! Training: labelled articles in, a model out. Deterministic: the same articles in the same order give
//! the same model.

mod boost;
mod habit;
mod hearsay;
mod inverted;
mod pronoun;
mod report;
mod statistic;
mod truth;

use super::context::Context;
use super::forest::Forest;
use super::label::Labelled;
use super::lexicon::Lexicon;
use super::model::Model;
use super::person::{People, Speech, Weights, people_speaking};
use super::rank::{Ranking, SECOND, Scene};
use super::score::says_right;
use super::survey::{Quote, Survey};
use super::verdict::{verdict_row, verdicts};
use super::window::window;
use super::{Stretch, stretches};
use crate::text::Span;
use boost::{Rows, Settings, boost};
pub use hearsay::train_hearsay;
use statistic::Counts;
use truth::Truth;

/// Into how many parts the articles are split, so that what one pass learns from another was found by
/// trees that had not seen the article.
const FOLDS: usize = 4;

const FIRST: Settings =
    Settings { trees: 120, depth: 6, rate: 0.12, ridge: 4.0, sample: 80, features: 50 };
const SECOND_PASS: Settings =
    Settings { trees: 300, depth: 6, rate: 0.05, ridge: 8.0, sample: 70, features: 40 };
const QUOTATION: Settings =
    Settings { trees: 300, depth: 6, rate: 0.05, ridge: 12.0, sample: 70, features: 20 };
const DIRECT: Settings =
    Settings { trees: 40, depth: 4, rate: 0.15, ridge: 4.0, sample: 80, features: 50 };

/// An article ready to learn from.
struct Lesson<'a> {
    article: &'a Labelled,
    survey: Survey<'a>,
    truth: Truth,
    fold: usize,
}

impl Lesson<'_> {
    /// The labelled quotations, with the words that name their speakers.
    fn speeches(&self) -> Vec<Speech> {
        let quotes = self.survey.quotes.iter().enumerate();
        let speech = |(number, quote): (usize, &Quote)| {
            let mention = self.truth.source(self.truth.gold(number)?)?;
            let outer = self.survey.stretches.get(quote.stretch)?.outer;
            Some(Speech { outer, mention })
        };
        quotes.filter_map(speech).collect()
    }

    /// The people of the article, the pronouns by these weights.
    fn people(&self, weights: &Weights) -> People<'_> {
        let Survey { text, stretches, .. } = self.survey;
        people_speaking(weights, text, &self.article.blocks, stretches, &self.speeches())
    }

    /// Whether the speaker of a labelled quotation is right; nothing where none is known.
    fn is_right(&self, number: usize, mention: Option<Span>, people: &People) -> Option<bool> {
        let strict = self.truth.names(number, mention?)?;
        let gold = self.article.gold.get(self.truth.gold(number)?)?;
        Some(strict || says_right(gold, people.name_of(mention?).as_deref()))
    }
}

/// Learns a model from labelled articles; `progress` hears what is being done.
#[must_use]
pub fn train(articles: &[Labelled], progress: &mut dyn FnMut(&str)) -> Model {
    progress("counting words");
    let found: Vec<Vec<Stretch>> =
        articles.iter().map(|it| stretches(&it.text, &it.blocks)).collect();
    let (mut model, lexicons) = lexicons(articles, &found);
    let lessons = lessons(articles, &found, &lexicons);
    progress(&recall(&lessons));
    rank(&mut model, &lessons, progress);
    model
}

/// A model that knows the words of all articles, and for each article what it would know without it.
fn lexicons(articles: &[Labelled], found: &[Vec<Stretch>]) -> (Model, Vec<Lexicon>) {
    let counts = counts(articles, found);
    let mut all = Counts::new();
    for counts in &counts {
        statistic::gather(&mut all, counts);
    }
    let model = Model::new(statistic::word_list(&all));
    let without = |it: &Counts| statistic::without(&model.lexicon, &all, it);
    let lexicons = counts.iter().map(without).collect();
    (model, lexicons)
}

/// Counts the words of each article.
fn counts(articles: &[Labelled], found: &[Vec<Stretch>]) -> Vec<Counts> {
    let bare = Lexicon::new([]);
    let count = |(article, stretches): (&Labelled, &Vec<Stretch>)| {
        let survey = Survey::new(&article.text, &article.blocks, stretches, &bare);
        let truth = Truth::new(article, stretches, &survey.quotes);
        statistic::count(&survey, &truth)
    };
    articles.iter().zip(found).map(count).collect()
}

/// The articles ready to learn from.
fn lessons<'a>(
    articles: &'a [Labelled],
    found: &'a [Vec<Stretch>],
    lexicons: &'a [Lexicon],
) -> Vec<Lesson<'a>> {
    let mut lessons = Vec::new();
    for ((article, stretches), lexicon) in articles.iter().zip(found).zip(lexicons) {
        let survey = Survey::new(&article.text, &article.blocks, stretches, lexicon);
        let truth = Truth::new(article, stretches, &survey.quotes);
        lessons.push(Lesson { article, survey, truth, fold: lessons.len() % FOLDS });
    }
    lessons
}

/// Learns to rank, to judge and to tell how sure it is.
fn rank(model: &mut Model, lessons: &[Lesson], progress: &mut dyn FnMut(&str)) {
    progress("learning the first pass");
    let (forest, folds) = learn(FIRST, |fold| first_rows(lessons, fold));
    model.first = forest;
    let first = |it: &Lesson| Scene::new(&it.survey).first(of(&folds, it.fold));
    let first: Vec<Vec<Ranking>> = lessons.iter().map(first).collect();

    progress("learning the second pass");
    let (forest, folds) = learn(SECOND_PASS, |fold| second_rows(lessons, &first, fold));
    model.second = forest;
    let second = |(it, first): (&Lesson, &Vec<Ranking>)| {
        Scene::new(&it.survey).second(first, of(&folds, it.fold))
    };
    let second: Vec<Vec<Ranking>> = lessons.iter().zip(&first).map(second).collect();

    progress("learning what is a quotation");
    let (forest, folds) =
        learn(QUOTATION, |fold| verdict_rows(lessons, &second, fold, Truth::is_quotation));
    model.quotation = forest;
    model.direct = boost(&verdict_rows(lessons, &second, None, Truth::is_direct), DIRECT);

    progress("learning whom pronouns stand for");
    model.pronouns = pronoun::learn(lessons, progress);

    progress("calibrating");
    model.calibration = calibrate(lessons, &second, &folds, &model.pronouns);
}

/// How many of the speakers are among the candidates.
fn recall(lessons: &[Lesson]) -> String {
    let (mut known, mut found) = (0, 0);
    for lesson in lessons {
        for (number, quote) in lesson.survey.quotes.iter().enumerate() {
            let labels: Vec<Option<bool>> = window(&lesson.survey, quote)
                .filter_map(|index| lesson.survey.candidates.get(index))
                .filter_map(|it| lesson.survey.span(it.from, it.to))
                .map(|span| lesson.truth.names(number, span))
                .collect();
            known += usize::from(labels.iter().any(Option::is_some));
            found += usize::from(labels.contains(&Some(true)));
        }
    }
    format!("{found} of {known} speakers are among the candidates")
}

fn of(folds: &[Forest], fold: usize) -> &Forest {
    static NONE: Forest = Forest { trees: Vec::new() };
    folds.get(fold).unwrap_or(&NONE)
}

/// Learns from all articles, and from all but those of each fold.
fn learn(settings: Settings, rows: impl Fn(Option<usize>) -> Rows) -> (Forest, Vec<Forest>) {
    let folds = (0..FOLDS).map(|fold| boost(&rows(Some(fold)), settings)).collect();
    (boost(&rows(None), settings), folds)
}

/// The candidates of every quotation whose speaker is known and among them, without one fold.
fn first_rows(lessons: &[Lesson], without: Option<usize>) -> Rows {
    let mut rows = Rows::default();
    for lesson in lessons.iter().filter(|it| Some(it.fold) != without) {
        let mut scene = Scene::new(&lesson.survey);
        for (number, quote) in lesson.survey.quotes.iter().enumerate() {
            let window: Vec<usize> = window(&lesson.survey, quote).collect();
            add_group(&mut rows, lesson, number, &window, |at, _| {
                scene.first_row(number, at).to_vec()
            });
        }
    }
    rows
}

/// The same for the second pass.
fn second_rows(lessons: &[Lesson], first: &[Vec<Ranking>], without: Option<usize>) -> Rows {
    let mut rows = Rows::default();
    for (lesson, first) in lessons.iter().zip(first).filter(|(it, _)| Some(it.fold) != without) {
        let mut scene = Scene::new(&lesson.survey);
        let context = Context::new(&lesson.survey, first);
        for (number, ranking) in first.iter().enumerate() {
            let window: Vec<usize> = ranking.iter().map(|(index, _)| index).collect();
            add_group(&mut rows, lesson, number, &window, |_, place| {
                let row: [u8; SECOND] = scene.second_row(number, place, &context);
                row.to_vec()
            });
        }
    }
    rows
}

/// Adds the candidates of one quotation, if one of them is right.
fn add_group(
    rows: &mut Rows,
    lesson: &Lesson,
    number: usize,
    window: &[usize],
    mut row: impl FnMut(usize, usize) -> Vec<u8>,
) {
    let right = |index: &usize| {
        let candidate = lesson.survey.candidates.get(*index)?;
        let span = lesson.survey.span(candidate.from, candidate.to)?;
        lesson.truth.names(number, span)
    };
    let right: Vec<bool> = window.iter().map(|index| right(index) == Some(true)).collect();
    if !right.contains(&true) {
        return;
    }
    let from = rows.right.len();
    for (place, (index, right)) in window.iter().zip(right).enumerate() {
        rows.push(&row(*index, place), right);
    }
    rows.groups.push(from..rows.right.len());
}

/// The quotations of which `label` knows what they are.
fn verdict_rows(
    lessons: &[Lesson],
    rankings: &[Vec<Ranking>],
    without: Option<usize>,
    label: fn(&Truth, usize) -> Option<bool>,
) -> Rows {
    let mut rows = Rows::default();
    for (lesson, rankings) in
        lessons.iter().zip(rankings).filter(|(it, _)| Some(it.fold) != without)
    {
        let mut scene = Scene::new(&lesson.survey);
        for (number, ranking) in rankings.iter().enumerate() {
            if let Some(right) = label(&lesson.truth, number) {
                rows.push(&verdict_row(&mut scene, number, ranking), right);
            }
        }
    }
    rows
}

/// The share of right ones by score: a monotone step function (isotonic regression by pooling adjacent
/// violators), with a knot for each step.
fn calibrate(
    lessons: &[Lesson],
    rankings: &[Vec<Ranking>],
    folds: &[Forest],
    weights: &Weights,
) -> Vec<(i32, i32)> {
    let mut scored: Vec<(f32, bool)> = Vec::new();
    for (lesson, rankings) in lessons.iter().zip(rankings) {
        let people = lesson.people(weights);
        let mut scene = Scene::new(&lesson.survey);
        let forest = of(folds, lesson.fold);
        let verdicts = verdicts(&mut scene, rankings, forest, forest);
        for (number, (ranking, (is, _))) in rankings.iter().zip(verdicts).enumerate() {
            let best = ranking.best();
            let mention = best
                .and_then(|(index, _)| lesson.survey.candidates.get(index))
                .and_then(|it| lesson.survey.span(it.from, it.to));
            let right = match lesson.truth.is_quotation(number) {
                Some(true) => lesson.is_right(number, mention, &people),
                found => found,
            };
            if let Some(right) = right.filter(|_| is >= 0.5) {
                scored.push((is * best.map_or(0.0, |(_, share)| share), right));
            }
        }
    }
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    pool(&scored)
}

/// Pools scores, at least so many together, into ascending shares; in thousandths.
fn pool(scored: &[(f32, bool)]) -> Vec<(i32, i32)> {
    const LEAST: usize = 150;
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let mut pools: Vec<[f64; 3]> = Vec::new();
    for chunk in scored.chunks(LEAST) {
        let count = number(chunk.len());
        let score: f64 = chunk.iter().map(|(score, _)| f64::from(*score)).sum();
        let right = number(chunk.iter().filter(|(_, right)| *right).count());
        pools.push([score, right, count]);
        while let [.., a, b] = pools.as_slice() {
            if a[1] / a[2] <= b[1] / b[2] {
                break;
            }
            let merged = [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
            pools.truncate(pools.len() - 2);
            pools.push(merged);
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is 0 to 1000")]
    let thousandths = |part: f64| (part * 1000.0).round() as i32;
    pools
        .iter()
        .map(|[score, right, count]| (thousandths(score / count), thousandths(right / count)))
        .collect()
}
