//! The model: what was learnt from labelled articles, as text that a person can look through.

use std::fmt;
use std::sync::LazyLock;

use super::forest::{DEPTH, Forest, Question, Tree};
use super::lexicon::{Lexicon, Strength};
use super::person::Weights;
use super::word_list::WordList;

/// What was learnt.
#[derive(Debug, Clone)]
pub struct Model {
    /// The words that were counted, by which the lexicon was made.
    pub(super) words: WordList,
    /// What is known of words.
    pub(super) lexicon: Lexicon,
    /// Who speaks, at first sight.
    pub(super) first: Forest,
    /// Who speaks, in view of the quotations around.
    pub(super) second: Forest,
    /// Whether it is a quotation at all.
    pub(super) quotation: Forest,
    /// Whether all that is reported stands in the marks.
    pub(super) direct: Forest,
    /// Whom pronouns stand for.
    pub(super) pronouns: Weights,
    /// What share of the quotations is right, by score: pairs in thousandths, ascending.
    pub(super) calibration: Vec<(i32, i32)>,
}

/// The model that the program brings.
static EMBEDDED: LazyLock<Model> =
    LazyLock::new(|| Model::parse(include_str!("model.txt")).unwrap_or_default());

/// The version of the model, as kept with what a person decides on its quotations.
pub const MODEL: &str = "1";

/// The first line of the file.
const HEAD: &str = "pullquote quotations 1";

/// Why a text holds no model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ModelError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

impl Default for Model {
    fn default() -> Self {
        Self::new(WordList::default())
    }
}

impl Model {
    /// The model that the program brings.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// A model that knows words and nothing else.
    pub(super) fn new(words: WordList) -> Self {
        let lexicon = Lexicon::new(words.iter());
        let none = Forest::default;
        let [first, second, quotation, direct] = [none(), none(), none(), none()];
        let (pronouns, calibration) = (Weights::default(), Vec::new());
        Self { words, lexicon, first, second, quotation, direct, pronouns, calibration }
    }

    /// Reads a model from what [`to_string`](ToString::to_string) gave.
    ///
    /// # Errors
    /// Where the text is none: the line, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let mut lines = text.lines().enumerate();
        if lines.next().is_none_or(|(_, line)| line != HEAD) {
            return Err(ModelError { line: 1, what: "this is no model" });
        }
        let mut words = WordList::default();
        let mut model = Self::default();
        let mut section = "";
        for (at, line) in lines {
            let wrong = |what| ModelError { line: at + 1, what };
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = name;
                continue;
            }
            let forest = match section {
                "words" => {
                    let (word, strength) =
                        parse_word(line).ok_or(wrong("no word with its shares"))?;
                    words.push(word, strength);
                    continue;
                }
                "pronouns" => {
                    model.pronouns.read(line).ok_or(wrong("no sign with its weights"))?;
                    continue;
                }
                "calibration" => {
                    let pair = line
                        .split_once(' ')
                        .and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
                    model.calibration.push(pair.ok_or(wrong("no pair of numbers"))?);
                    continue;
                }
                "first" => &mut model.first,
                "second" => &mut model.second,
                "quotation" => &mut model.quotation,
                "direct" => &mut model.direct,
                _ => return Err(wrong("there is no such section")),
            };
            forest.trees.push(parse_tree(line).ok_or(wrong("no tree"))?);
        }
        model.lexicon = Lexicon::new(words.iter());
        model.words = words;
        Ok(model)
    }

    /// The share of quotations with that score that are right.
    pub(super) fn calibrated(&self, score: f32) -> f32 {
        calibrated(&self.calibration, score)
    }
}

/// The share with that score that is right, by straight lines between the pairs.
pub(super) fn calibrated(pairs: &[(i32, i32)], score: f32) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a score is 0 to 1")]
    let score = (score * 1000.0) as i32;
    let above = pairs.partition_point(|&(at, _)| at < score);
    let high = pairs.get(above).copied();
    let low = above.checked_sub(1).and_then(|at| pairs.get(at)).copied();
    let right = match (low, high) {
        (Some((a, x)), Some((b, y))) if b > a => x + (y - x) * (score - a) / (b - a),
        (Some((_, x)), _) | (None, Some((_, x))) => x,
        (None, None) => score,
    };
    f32::from(i16::try_from(right).unwrap_or_default()) / 1000.0
}

/// A word with its shares.
fn parse_word(line: &str) -> Option<(&str, Strength)> {
    let mut fields = line.split(' ');
    let word = fields.next().filter(|word| !word.is_empty())?;
    let mut shares = [0; 7];
    for share in &mut shares {
        *share = fields.next()?.parse().ok()?;
    }
    Some((word, Strength::from_shares(shares)))
}

/// A tree: `feature>threshold` for each question, a colon, the leaves.
pub(super) fn parse_tree(line: &str) -> Option<Tree> {
    let (questions, leaves) = line.split_once(" : ")?;
    let question = |text: &str| {
        let (feature, threshold) = text.split_once('>')?;
        Some(Question { feature: feature.parse().ok()?, threshold: threshold.parse().ok()? })
    };
    let questions: Vec<Question> = questions.split(' ').map(question).collect::<Option<_>>()?;
    let leaves: Vec<i16> = leaves.split(' ').map(|it| it.parse().ok()).collect::<Option<_>>()?;
    let fits = questions.len() <= DEPTH && leaves.len() == 1 << questions.len();
    fits.then(|| Tree::new(questions, &leaves))
}

/// Writes a section of trees.
pub(super) fn write_forest(f: &mut fmt::Formatter<'_>, name: &str, forest: &Forest) -> fmt::Result {
    writeln!(f, "[{name}]")?;
    for tree in &forest.trees {
        for question in &tree.questions {
            write!(f, "{}>{} ", question.feature, question.threshold)?;
        }
        write!(f, ":")?;
        let leaves = tree.leaves.iter().take(1 << tree.questions.len());
        leaves.into_iter().try_for_each(|leaf| write!(f, " {leaf}"))?;
        writeln!(f)?;
    }
    Ok(())
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}\n[words]")?;
        for (word, strength) in self.words.iter() {
            write!(f, "{word}")?;
            strength.shares().iter().try_for_each(|share| write!(f, " {share}"))?;
            writeln!(f)?;
        }
        write_forest(f, "first", &self.first)?;
        write_forest(f, "second", &self.second)?;
        write_forest(f, "quotation", &self.quotation)?;
        write_forest(f, "direct", &self.direct)?;
        write!(f, "[pronouns]\n{}", self.pronouns)?;
        writeln!(f, "[calibration]")?;
        self.calibration.iter().try_for_each(|(score, right)| writeln!(f, "{score} {right}"))
    }
}
