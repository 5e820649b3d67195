//! Who said what in five real articles, against what a careful reader says.
//!
//! The articles are not the project's: they are read where they happen to lie beside it, and the test
//! passes over itself where they do not.

#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use pullquote::corpus::Article;
use pullquote::quote::{Kind, quotations};
use pullquote::text::Span;

/// See its first lines.
const GOLD: &str = include_str!("data/seeds-speakers.tsv");

/// The least share right of all that a reader sees or the program offers.
const LEAST: f64 = 0.97;

fn seeds() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/seeds");
    folder.is_dir().then_some(folder)
}

/// What a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// A quotation.
    Said,
    /// A quotation that may be left out: nobody is named.
    Open,
    /// None.
    Scare,
}

/// What a careful reader says of a stretch.
#[derive(Debug)]
struct Reading<'a> {
    /// Start and end in scalar values.
    place: (usize, usize),
    what: What,
    /// The field that tells who.
    who: &'a str,
}

impl<'a> Reading<'a> {
    fn parse(line: &'a str) -> Option<(&'a str, Self)> {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[file, start, end, what, who] = fields.as_slice() else { return None };
        let what = match what {
            "said" => What::Said,
            "open" => What::Open,
            "scare" => What::Scare,
            _ => return None,
        };
        let place = (start.parse().ok()?, end.parse().ok()?);
        Some((file, Self { place, what, who }))
    }

    /// Whether `speaker` is one of the right answers.
    fn accepts(&self, article: &Article, speaker: Option<&str>) -> bool {
        self.who.split('|').any(|answer| match (answer, speaker) {
            ("-", speaker) => speaker.is_none(),
            (_, None) => false,
            (answer, Some(speaker)) => {
                let people: Vec<Vec<&str>> =
                    answer.split('+').map(|forms| names(article, forms)).collect();
                let offered: Vec<&str> = speaker.split(" and ").collect();
                people.len() == offered.len() && people.iter().all(|forms| meets(forms, &offered))
            }
        })
    }
}

/// Whether one of the names that are offered is one of the forms, capitals aside.
fn meets(forms: &[&str], offered: &[&str]) -> bool {
    forms.iter().any(|form| offered.iter().any(|name| name.eq_ignore_ascii_case(form)))
}

/// The words of `article` at places like `3-7/20-24`.
fn names<'t>(article: &'t Article, places: &str) -> Vec<&'t str> {
    let places = places.split('/').filter_map(|place| {
        let (start, end) = place.split_once('-')?;
        Some((start.parse().ok()?, end.parse().ok()?))
    });
    places
        .map(|(start, end)| {
            let span: Span = article.scalars.span(&article.text, start, end);
            span.of(&article.text)
        })
        .collect()
}

fn gold() -> HashMap<&'static str, Vec<Reading<'static>>> {
    let mut gold: HashMap<&str, Vec<Reading>> = HashMap::new();
    for (file, reading) in GOLD.lines().filter_map(Reading::parse) {
        gold.entry(file).or_default().push(reading);
    }
    gold
}

/// How many quotations are right, of how many that a reader sees, of how many seen or offered.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    right: u32,
    seen: u32,
    all: u32,
}

/// Compares; every quotation that is wrong is told to `wrong`.
fn compare(article: &Article, readings: &[Reading], wrong: &mut Vec<String>) -> Tally {
    let offered: HashMap<(usize, usize), Option<String>> =
        quotations(&article.text, &article.blocks)
            .into_iter()
            .filter(|it| it.kind != Kind::Scare)
            .map(|it| (article.scalars.scalars(&article.text, it.inner), it.speaker))
            .collect();
    let unread = offered.keys().filter(|place| readings.iter().all(|it| it.place != **place));
    let mut tally = Tally { all: u32::try_from(unread.count()).unwrap(), ..Tally::default() };
    for reading in readings {
        let found = offered.get(&reading.place);
        let accepted = found.is_some_and(|it| reading.accepts(article, it.as_deref()));
        tally.seen += u32::from(reading.what == What::Said);
        let (right, counts) = match reading.what {
            What::Said => (accepted, true),
            What::Open => (false, found.is_some() && !accepted),
            What::Scare => (false, found.is_some()),
        };
        tally.right += u32::from(right);
        tally.all += u32::from(counts);
        if counts && !right {
            let (start, end) = reading.place;
            let name = &article.name;
            wrong.push(format!("{name} {start}-{end} {:?}: offered {found:?}", reading.what));
        }
    }
    tally
}

#[test]
fn the_gold_list_reads_122_stretches() {
    assert_eq!(gold().values().map(Vec::len).sum::<usize>(), 122);
    let said = |readings: &Vec<Reading>| readings.iter().filter(|it| it.what == What::Said).count();
    assert_eq!(gold().values().map(said).sum::<usize>(), 107);
}

#[test]
fn real_articles_have_the_speakers_that_a_careful_reader_names() -> Result<(), Box<dyn Error>> {
    let Some(folder) = seeds() else {
        eprintln!("skipped: ../shared/corpus/seeds is not there");
        return Ok(());
    };
    let gold = gold();
    let (mut sum, mut wrong) = (Tally::default(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let article = Article::from_text(&file, fs::read_to_string(&path)?, "UTF-8");
        let readings = gold.get(file.as_str()).map(Vec::as_slice).unwrap_or_default();
        let tally = compare(&article, readings, &mut wrong);
        sum.right += tally.right;
        sum.seen += tally.seen;
        sum.all += tally.all;
    }
    let share = f64::from(sum.right) / f64::from(sum.all);
    let of_seen = f64::from(sum.right) / f64::from(sum.seen);
    eprintln!("{}", wrong.join("\n"));
    eprintln!("{sum:?}: {share:.3} of all, {of_seen:.3} of those that a reader sees");
    assert_eq!(sum.seen, 107);
    assert!(share >= LEAST, "{share:.3} of all, where {LEAST} is asked for");
    Ok(())
}
