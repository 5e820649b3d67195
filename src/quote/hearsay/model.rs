//! What was learnt of reports without marks, as text that a person can look through.

use std::fmt;
use std::sync::LazyLock;

use super::habit::{Habits, OfPair, OfStem, OfWord, Table, joined};
use crate::quote::forest::Forest;
use crate::quote::lexicon::Share;
use crate::quote::model::{ModelError, calibrated, parse_tree, write_forest};
use crate::quote::spelling::hash;

/// What was learnt of reports without marks.
#[derive(Debug, Clone)]
pub struct HearsayModel {
    /// The words, pairs and stems that were counted.
    pub(in crate::quote) lists: Lists,
    /// What is known of them.
    pub(in crate::quote) habits: Habits,
    /// What is a cue.
    pub(in crate::quote) cue: Forest,
    /// Where a report begins.
    pub(in crate::quote) start: Forest,
    /// Where it ends.
    pub(in crate::quote) end: Forest,
    /// Whose it is.
    pub(in crate::quote) source: Forest,
    /// Whether it is one.
    pub(in crate::quote) verdict: Forest,
    /// What share is right with its source, by score: pairs in thousandths, ascending.
    pub(in crate::quote) calibration: Vec<(i32, i32)>,
}

/// Words, pairs and stems with what was counted of them, as they stand in the file.
#[derive(Debug, Clone, Default)]
pub(in crate::quote) struct Lists {
    pub(in crate::quote) words: Vec<(String, OfWord)>,
    pub(in crate::quote) pairs: Vec<(String, OfPair)>,
    pub(in crate::quote) stems: Vec<(String, OfStem)>,
}

impl Lists {
    /// What they say, by hash.
    pub(in crate::quote) fn habits(&self) -> Habits {
        let pair = |words: &str| {
            let (a, b) = words.split_once(' ').unwrap_or((words, ""));
            joined(hash(a), hash(b))
        };
        Habits {
            words: Table::new(self.words.iter().map(|(word, of)| (hash(word), *of))),
            pairs: Table::new(self.pairs.iter().map(|(words, of)| (pair(words), *of))),
            stems: Table::new(self.stems.iter().map(|(stem, of)| (hash(stem), *of))),
        }
    }
}

/// The model that the program brings.
static EMBEDDED: LazyLock<HearsayModel> =
    LazyLock::new(|| HearsayModel::parse(include_str!("model.txt")).unwrap_or_default());

/// The first line of the file.
const HEAD: &str = "pullquote hearsay 1";

impl Default for HearsayModel {
    fn default() -> Self {
        Self::new(Lists::default())
    }
}

impl HearsayModel {
    /// The model that the program brings.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// A model that knows words and nothing else.
    pub(in crate::quote) fn new(lists: Lists) -> Self {
        let none = Forest::default;
        Self {
            habits: lists.habits(),
            lists,
            cue: none(),
            start: none(),
            end: none(),
            source: none(),
            verdict: none(),
            calibration: Vec::new(),
        }
    }

    /// Reads a model from what [`to_string`](ToString::to_string) gave.
    ///
    /// # Errors
    /// Where the text is none: the line, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let mut lines = text.lines().enumerate();
        if lines.next().is_none_or(|(_, line)| line != HEAD) {
            return Err(ModelError { line: 1, what: "this is no model of reports" });
        }
        let mut model = Self::default();
        let mut section = "";
        for (at, line) in lines {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = name;
                continue;
            }
            let read = model.read(section, line);
            read.map_err(|what| ModelError { line: at + 1, what })?;
        }
        model.habits = model.lists.habits();
        Ok(model)
    }

    /// Reads one line of a section.
    fn read(&mut self, section: &str, line: &str) -> Result<(), &'static str> {
        const NO_WORD: &str = "no word with its shares";
        let forest = match section {
            "words" => {
                self.lists.words.push(parse_shares(line).ok_or(NO_WORD)?);
                return Ok(());
            }
            "pairs" => {
                self.lists.pairs.push(parse_shares(line).ok_or(NO_WORD)?);
                return Ok(());
            }
            "stems" => {
                self.lists.stems.push(parse_shares(line).ok_or(NO_WORD)?);
                return Ok(());
            }
            "calibration" => {
                let pair = line.split_once(' ');
                let pair = pair.and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
                self.calibration.push(pair.ok_or("no pair of numbers")?);
                return Ok(());
            }
            "cue" => &mut self.cue,
            "start" => &mut self.start,
            "end" => &mut self.end,
            "source" => &mut self.source,
            "verdict" => &mut self.verdict,
            _ => return Err("there is no such section"),
        };
        forest.trees.push(parse_tree(line).ok_or("no tree")?);
        Ok(())
    }

    /// The share of reports with that score that are right.
    pub(super) fn calibrated(&self, score: f32) -> f32 {
        calibrated(&self.calibration, score)
    }
}

/// A word or several with their shares.
fn parse_shares<const N: usize>(line: &str) -> Option<(String, [Share; N])> {
    let mut shares = [0; N];
    let mut rest = line;
    for share in shares.iter_mut().rev() {
        let (before, last) = rest.rsplit_once(' ')?;
        *share = last.parse().ok()?;
        rest = before;
    }
    (!rest.is_empty()).then(|| (rest.to_owned(), shares))
}

impl fmt::Display for HearsayModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        write_shares(f, "words", &self.lists.words)?;
        write_shares(f, "pairs", &self.lists.pairs)?;
        write_shares(f, "stems", &self.lists.stems)?;
        write_forest(f, "cue", &self.cue)?;
        write_forest(f, "start", &self.start)?;
        write_forest(f, "end", &self.end)?;
        write_forest(f, "source", &self.source)?;
        write_forest(f, "verdict", &self.verdict)?;
        writeln!(f, "[calibration]")?;
        self.calibration.iter().try_for_each(|(score, right)| writeln!(f, "{score} {right}"))
    }
}

fn write_shares<const N: usize>(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    list: &[(String, [Share; N])],
) -> fmt::Result {
    writeln!(f, "[{name}]")?;
    for (words, shares) in list {
        write!(f, "{words}")?;
        shares.iter().try_for_each(|share| write!(f, " {share}"))?;
        writeln!(f)?;
    }
    Ok(())
}
