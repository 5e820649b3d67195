//! Anchors on articles that were edited: right, or said to be moved or orphan; never silently on other
//! words. The articles are invented, word by word, so that each word's fate is known.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "what is not there fails the test"
)]

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use pullquote::note::anchor::{Finder, place, target};
use pullquote::note::{Status, Target};
use pullquote::text::{ScalarIndex, Span};

/// Articles edited; `ANCHOR_CASES` asks for more.
const CASES: u64 = 2_000;
/// Further ones that once went wrong: passages that stand again nearly to the letter, one of them moved
/// or deleted.
const HARD: [u64; 5] = [5_988, 9_499, 12_003, 13_869, 16_554];
/// Words that news is made of here.
const WORDS: &str = "the a of to in and that he she it they was were had would on at by for with \
    said told asked added council harbour ferry storm bread island mayor pilot quay winter budget \
    school bridge engine captain market letter report money vote plan wall road light water price \
    officials residents ministers workers would could should never always often quickly quietly \
    new old late early public private northern southern heavy narrow open closed first second last \
    opened closed warned promised refused carried counted sailed waited returned promised repaired \
    crates ships trains lorries families children teachers nurses fishermen engineers three four \
    five seven ten hundred thousand monday tuesday wednesday friday morning evening night week month";

/// Numbers by chance, always the same: D. Lehmer's generator (1951), as `MINSTD`, with what is drawn
/// taken from the high digits.
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        let mut chance = Self(seed * 7_919 % 2_147_483_646 + 1);
        for _ in 0..8 {
            chance.below(2);
        }
        chance
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        usize::try_from(self.0 >> 4).unwrap() % most
    }

    fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}

/// A word with the signs around it, and its number in the first version; none if it is new.
#[derive(Clone)]
struct Word {
    text: String,
    id: Option<usize>,
}

type Paragraph = Vec<Word>;

/// An article, and where each of its words stands.
struct Article {
    text: String,
    places: Vec<(Option<usize>, Span)>,
}

impl Article {
    fn new(paragraphs: &[Paragraph]) -> Self {
        let mut article = Self { text: String::new(), places: Vec::new() };
        for paragraph in paragraphs {
            for (at, word) in paragraph.iter().enumerate() {
                if at > 0 {
                    article.text.push(' ');
                }
                let start = article.text.len();
                article.text.push_str(&word.text);
                article.places.push((word.id, Span::new(start, article.text.len())));
            }
            article.text.push_str("\n\n");
        }
        article
    }

    /// Where the words numbered `first..=last` stand, if they all stand there side by side.
    fn span_of(&self, first: usize, last: usize) -> Option<Span> {
        let at = self.places.iter().position(|place| place.0 == Some(first))?;
        let end = at + last - first;
        let kept = (first..=last)
            .enumerate()
            .all(|(nth, id)| self.places.get(at + nth).is_some_and(|place| place.0 == Some(id)));
        kept.then(|| Span { start: self.places[at].1.start, end: self.places[end].1.end })
    }

    /// From the first to the last of the words `first..=last` that are left.
    fn rest_of(&self, first: usize, last: usize) -> Option<Span> {
        let left =
            self.places.iter().filter(|(id, _)| id.is_some_and(|id| (first..=last).contains(&id)));
        left.map(|place| place.1).reduce(Span::union)
    }
}

fn word(chance: &mut Chance) -> String {
    static LIST: LazyLock<Vec<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());
    LIST[chance.below(LIST.len())].to_owned()
}

fn sentence(chance: &mut Chance) -> Paragraph {
    let count = 5 + chance.below(16);
    let mut sentence: Vec<String> = (0..count).map(|_| word(chance)).collect();
    if chance.percent(30) {
        sentence[0].insert(0, '“');
        sentence[count / 2].push_str(",”");
    }
    let first = sentence[0].clone();
    sentence[0] =
        first.chars().next().unwrap().to_uppercase().chain(first.chars().skip(1)).collect();
    sentence[count - 1].push('.');
    sentence.into_iter().map(|text| Word { text, id: None }).collect()
}

fn paragraph(chance: &mut Chance) -> Paragraph {
    (0..=chance.below(4)).flat_map(|_| sentence(chance)).collect()
}

/// An article in which some paragraphs and sentences stand again, word for word or nearly so.
fn written(chance: &mut Chance) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> =
        (0..6 + chance.below(20)).map(|_| paragraph(chance)).collect();
    for _ in 0..chance.below(4) {
        let from = chance.below(paragraphs.len());
        let mut again = paragraphs[from].clone();
        let share = [0, 5, 15, 40][chance.below(4)];
        for place in &mut again {
            if chance.percent(share) {
                place.text = word(chance);
            }
        }
        let near = chance.percent(50);
        let at = if near { from + 1 } else { chance.below(paragraphs.len() + 1) };
        if chance.percent(30) {
            again.extend(sentence(chance));
        }
        paragraphs.insert(at, again);
    }
    for (id, word) in paragraphs.iter_mut().flatten().enumerate() {
        word.id = Some(id);
    }
    paragraphs
}

/// Changes, drops and adds so many words in a hundred.
///
/// New words are never those marked: beside them or in their place nobody could tell them apart.
fn edit_words(paragraphs: &mut [Paragraph], share: usize, marked: &str, chance: &mut Chance) {
    let new = |chance: &mut Chance| loop {
        let text = word(chance);
        if !marked.to_lowercase().contains(&text) {
            return Word { text, id: None };
        }
    };
    for paragraph in paragraphs {
        let mut edited = Vec::new();
        for old in paragraph.drain(..) {
            if !chance.percent(share) {
                edited.push(old);
                continue;
            }
            match chance.below(3) {
                0 => edited.push(new(chance)),
                1 => {}
                _ => edited.extend([new(chance), old]),
            }
        }
        *paragraph = edited;
    }
}

/// What was done to the article beside the editing of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    None,
    MoveParagraphs,
    DeleteWords,
    DeleteParagraph,
    MoveAndDelete,
}

const TURNS: [Turn; 5] = [
    Turn::None,
    Turn::MoveParagraphs,
    Turn::DeleteWords,
    Turn::DeleteParagraph,
    Turn::MoveAndDelete,
];

fn move_paragraphs(paragraphs: &mut Vec<Paragraph>, chance: &mut Chance) {
    for _ in 0..=chance.below(3) {
        let from = chance.below(paragraphs.len());
        let moved = paragraphs.remove(from);
        let to = chance.below(paragraphs.len() + 1);
        paragraphs.insert(to, moved);
    }
}

fn turned(
    paragraphs: &mut Vec<Paragraph>,
    turn: Turn,
    marked: (usize, usize),
    chance: &mut Chance,
) {
    let is_marked = |word: &Word| word.id.is_some_and(|id| (marked.0..=marked.1).contains(&id));
    match turn {
        Turn::None => {}
        Turn::MoveParagraphs => move_paragraphs(paragraphs, chance),
        Turn::DeleteParagraph => paragraphs.retain(|it| !it.iter().any(is_marked)),
        Turn::DeleteWords | Turn::MoveAndDelete => {
            for paragraph in paragraphs.iter_mut() {
                paragraph.retain(|word| !is_marked(word));
            }
            if turn == Turn::MoveAndDelete {
                move_paragraphs(paragraphs, chance);
            }
        }
    }
}

/// Words to mark: one to a few sentences, those that stand again elsewhere more often than others.
fn marked(article: &Article, paragraphs: &[Paragraph], chance: &mut Chance) -> (usize, usize) {
    let mut ids = Vec::new();
    for _ in 0..6 {
        let paragraph = &paragraphs[chance.below(paragraphs.len())];
        let first = chance.below(paragraph.len());
        let count = [1, 1, 2, 3, 5, 8, 15, 40][chance.below(8)].min(paragraph.len() - first);
        ids = paragraph[first..first + count].iter().filter_map(|word| word.id).collect();
        let span = article.span_of(ids[0], ids[ids.len() - 1]).unwrap();
        if article.text.matches(span.of(&article.text)).count() > 1 {
            break;
        }
    }
    (ids[0], ids[ids.len() - 1])
}

/// Whether all that a target knows of its context stands around a place.
fn in_all_its_context(target: &Target, text: &str, span: Span) -> bool {
    text[..span.start.get()].ends_with(&target.prefix)
        && text[span.end.get()..].starts_with(&target.suffix)
}

/// What came of the cases.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<&'static str, usize>,
    wrong: Vec<String>,
}

#[derive(Clone)]
enum Result {
    /// Found where the words are, unchanged.
    Right,
    /// Said to have changed, and at the words or what is left of them.
    Moved,
    /// Said to have changed, and somewhere else.
    MovedElsewhere,
    /// Said not to be found: the words are gone or changed.
    Gone,
    /// Said not to be found, although they stand there.
    Missed,
    /// On the like of words that are gone, amid the very same context: only the text that the words
    /// were marked in can tell those apart.
    Alike,
    /// On other words, and nothing said.
    Wrong(String),
}

impl Tally {
    fn add(&mut self, result: Result) {
        let name = match result {
            Result::Right => "right",
            Result::Moved => "moved",
            Result::MovedElsewhere => "elsewhere",
            Result::Gone => "gone",
            Result::Missed => "missed",
            Result::Alike => "alike",
            Result::Wrong(what) => {
                self.wrong.push(what);
                "wrong"
            }
        };
        *self.counts.entry(name).or_default() += 1;
    }

    fn all(&self) -> usize {
        self.counts.values().sum()
    }

    fn count(&self, names: &[&str]) -> usize {
        names.iter().filter_map(|name| self.counts.get(name)).sum()
    }

    fn percent(&self, names: &[&str]) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        let percent = self.count(names) as f64 * 100.0 / self.all().max(1) as f64;
        percent
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:5} cases: right {:4.1} %, moved {:4.1} % ({:3.1} % elsewhere), orphan {:4.1} % \
             ({:3.1} % though there), like to the letter {}, silently wrong {}",
            self.all(),
            self.percent(&["right"]),
            self.percent(&["moved", "elsewhere"]),
            self.percent(&["elsewhere"]),
            self.percent(&["gone", "missed"]),
            self.percent(&["missed"]),
            self.count(&["alike"]),
            self.wrong.len(),
        )
    }
}

/// One article, marked, edited and searched.
struct Case {
    seed: u64,
    share: usize,
    turn: Turn,
    base: Article,
    edited: Article,
    marked: (usize, usize),
    /// The marked words, and those in paragraphs that are the same to the letter: as long as none is
    /// deleted, nobody could tell which of those has gone where.
    same: Vec<(usize, usize)>,
}

/// The words `marked` in each of the paragraphs that are the same as theirs.
fn same(paragraphs: &[Paragraph], marked: (usize, usize)) -> Vec<(usize, usize)> {
    let letters = |it: &Paragraph| it.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
    let start = |it: &Paragraph| it[0].id.unwrap();
    let own = paragraphs.iter().rfind(|it| start(it) <= marked.0).unwrap();
    let shifted =
        |it: &Paragraph| (marked.0 - start(own) + start(it), marked.1 - start(own) + start(it));
    paragraphs.iter().filter(|it| letters(it) == letters(own)).map(shifted).collect()
}

impl Case {
    fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let share = [5, 15, 30][usize::try_from(seed % 3).unwrap()];
        let turn = TURNS[usize::try_from(seed / 3 % 5).unwrap()];
        let mut paragraphs = written(&mut chance);
        let base = Article::new(&paragraphs);
        let marked = marked(&base, &paragraphs, &mut chance);
        let deletes = !matches!(turn, Turn::None | Turn::MoveParagraphs);
        let same = if deletes { vec![marked] } else { same(&paragraphs, marked) };
        turned(&mut paragraphs, turn, marked, &mut chance);
        let words = base.span_of(marked.0, marked.1).unwrap().of(&base.text);
        edit_words(&mut paragraphs, share, words, &mut chance);
        let edited = Article::new(&paragraphs);
        Self { seed, share, turn, base, edited, marked, same }
    }

    /// Where the marked words stand as they were.
    fn places(&self) -> Vec<Span> {
        let places = self.same.iter().map(|&(first, last)| self.edited.span_of(first, last));
        places.flatten().collect()
    }

    fn judge(&self, knowing: bool) -> Result {
        let (base, text) = (&self.base.text, &self.edited.text);
        let (first, last) = self.marked;
        let span = self.base.span_of(first, last).unwrap();
        let mut target = target(base, &ScalarIndex::new(base), span);
        target.text_sha256 = Some("base".to_owned());
        let scalars = ScalarIndex::new(text);
        let placement = if knowing {
            Finder::new(text, &scalars).knowing("base", base).place(&target)
        } else {
            place(&target, text, &scalars)
        };
        let places = self.places();
        let rest = |found: Span| {
            let rests = self.same.iter().filter_map(|it| self.edited.rest_of(it.0, it.1));
            rests.into_iter().any(|rest| found.overlaps(rest))
        };
        match (placement.status, placement.span) {
            (Status::Anchored, Some(found)) if places.contains(&found) => Result::Right,
            (Status::Anchored, Some(found))
                if !knowing && in_all_its_context(&target, text, found) =>
            {
                Result::Alike
            }
            (Status::Moved, Some(found)) if rest(found) => Result::Moved,
            (Status::Moved, Some(_)) => Result::MovedElsewhere,
            (Status::Orphan, None) if !places.is_empty() => Result::Missed,
            (Status::Orphan, None) => Result::Gone,
            (_, found) => {
                let (seed, share, turn) = (self.seed, self.share, self.turn);
                let what = format!("{:?} at {found:?}, not {places:?}", target.exact);
                Result::Wrong(format!("seed {seed} ({share} %, {turn:?}): {what}"))
            }
        }
    }
}

/// Runs the cases and prints what came of them: in all, by how much was edited and by what was done.
fn run(knowing: bool) -> Tally {
    let cases = std::env::var("ANCHOR_CASES").ok().and_then(|cases| cases.parse().ok());
    let mut all = Tally::default();
    let mut parts: BTreeMap<String, Tally> = BTreeMap::new();
    for seed in (0..cases.unwrap_or(CASES)).chain(HARD) {
        let case = Case::new(seed);
        let result = case.judge(knowing);
        let fate = if case.places().is_empty() { "Words changed" } else { "Words kept" };
        let turn = format!("{:?}", case.turn);
        for name in [format!("{:2} % edited", case.share), turn, fate.to_owned()] {
            parts.entry(name).or_default().add(result.clone());
        }
        all.add(result);
    }
    println!("{}: {all}", if knowing { "with the old text" } else { "without it" });
    for (name, part) in parts {
        println!("  {name:14} {part}");
    }
    all
}

#[test]
fn nothing_is_silently_wrong_where_the_old_text_is_known() {
    let tally = run(true);
    assert!(tally.wrong.is_empty(), "{:#?}", tally.wrong);
    // Nor is it all thrown away.
    assert!(tally.percent(&["right"]) > 20.0, "{tally}");
    assert!(tally.percent(&["missed"]) < 2.0, "{tally}");
}

#[test]
fn nothing_is_silently_wrong_where_it_is_not() {
    let tally = run(false);
    assert!(tally.wrong.is_empty(), "{:#?}", tally.wrong);
    assert!(tally.percent(&["right"]) > 5.0, "{tally}");
}
