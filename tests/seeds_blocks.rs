//! Blocks, parts and metadata of real scraped articles, against what a careful reader says they are.
//!
//! The articles belong to others and stand beside the project, if at all; only the offsets, in
//! scalar values, and the kinds are kept here.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that cannot read its own data fails, as it should, and one that skips says so"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use pullquote::corpus::{Article, BlockKind, Format, Metadata};

/// A block: part, kind, start and end in scalar values.
type Row = (usize, String, usize, usize);

fn seeds() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/seeds");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

fn gold() -> BTreeMap<String, Vec<Row>> {
    let mut files: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for line in include_str!("data/seeds-blocks.tsv").lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| fields[at].parse().unwrap();
        let row = (number(1), fields[2].to_owned(), number(3), number(4));
        files.entry(fields[0].to_owned()).or_default().push(row);
    }
    files
}

fn read(folder: &Path, name: &str) -> Article {
    let bytes = std::fs::read(folder.join(name)).unwrap();
    Article::read(name, &bytes, Format::Plain, None).unwrap()
}

fn named(kind: BlockKind) -> String {
    format!("{kind:?}").to_lowercase()
}

fn rows(article: &Article) -> Vec<Row> {
    let row = |block: &pullquote::corpus::Block| {
        let (start, end) = article.scalars.scalars(&article.text, block.span);
        (block.part, named(block.kind), start, end)
    };
    article.blocks.iter().map(row).collect()
}

#[test]
fn every_block_is_what_a_careful_reader_says() {
    let Some(folder) = seeds() else { return };
    for (name, expected) in gold() {
        let found = rows(&read(&folder, &name));
        let wrong: Vec<_> =
            found.iter().zip(&expected).filter(|(found, right)| found != right).collect();
        assert!(wrong.is_empty(), "{name}, found and expected: {wrong:#?}");
        assert_eq!(found.len(), expected.len(), "{name}");
    }
}

#[test]
fn the_metadata_are_what_the_page_says() {
    let Some(folder) = seeds() else { return };
    for (name, outlet, byline) in [
        ("000_f8a190e04b69b938.txt", None, None),
        ("001_5c41cbf52229f305.txt", Some((1836, 1842)), None),
        ("002_a53f768cbebe2416.txt", Some((0, 15)), Some((194, 207))),
        ("003_397f8c2b33c2f7f6.txt", None, None),
        ("004_7a7d81bd043e34d3.txt", Some((80, 98)), Some((118, 130))),
    ] {
        let article = read(&folder, name);
        let words = |at: Option<(usize, usize)>| at.map(|at| words_at(&article, at));
        let Metadata { outlet: found, byline: author, published, .. } = &article.metadata;
        assert_eq!((found.as_deref(), author.as_deref()), (words(outlet), words(byline)), "{name}");
        assert_eq!(*published, None::<Date>, "{name}");
    }
}

/// The words of an article from one scalar value up to another.
fn words_at(article: &Article, (start, end): (usize, usize)) -> &str {
    article.scalars.span(&article.text, start, end).of(&article.text)
}

#[test]
fn pasted_articles_are_parts_with_their_outlets() {
    let Some(folder) = seeds() else { return };
    let article = read(&folder, "003_397f8c2b33c2f7f6.txt");
    let outlets: Vec<_> = article.parts.iter().map(|part| part.outlet.as_deref()).collect();
    let at = |start, end| Some(words_at(&article, (start, end)));
    assert_eq!(outlets, [None, at(4251, 4260), at(7370, 7375), at(8207, 8216)]);
    assert!(article.parts.iter().all(|part| part.title.is_some()));
    let digest = article.digest();
    assert_eq!(digest.parts.len(), 3);
    assert_eq!((digest.parts[0].start, digest.parts[0].end), (4251, 7367));
}
