//! The quoted stretches of five real articles, against those that were found by reading them.
//!
//! The articles are not the project's: they are read where they happen to lie beside it, and the test
//! passes over itself where they do not.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use pullquote::corpus::{Block, BlockKind};
use pullquote::quote::stretches;
use pullquote::text::{ScalarIndex, Span};

/// File, start and end in scalar values of canonical text, inside the marks.
const GOLD: &str = include_str!("data/seeds-stretches.tsv");

fn seeds() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/seeds");
    folder.is_dir().then_some(folder)
}

/// Each line that holds something as a paragraph.
fn lines(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        let start = at + line.len() - line.trim_start().len();
        let span = Span::new(start, start + line.trim().len());
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span, part: 0 });
        }
        at += line.len() + 1;
    }
    blocks
}

/// The stretches that should be found in `file`.
fn gold(file: &str) -> Result<Vec<(usize, usize)>, Box<dyn Error>> {
    let mut out = Vec::new();
    for line in GOLD.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        if fields.next() == Some(file) {
            let start = fields.next().ok_or("no start")?.parse()?;
            out.push((start, fields.next().ok_or("no end")?.parse()?));
        }
    }
    Ok(out)
}

#[test]
fn the_gold_list_holds_122_stretches() {
    assert_eq!(GOLD.lines().filter(|line| !line.starts_with('#')).count(), 122);
}

#[test]
fn every_stretch_of_the_real_articles_is_found_with_its_exact_bounds() -> Result<(), Box<dyn Error>>
{
    let Some(folder) = seeds() else {
        eprintln!("skipped: ../shared/corpus/seeds is not there");
        return Ok(());
    };
    let mut seen = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path)?;
        let index = ScalarIndex::new(&text);
        let found: Vec<_> = stretches(&text, &lines(&text))
            .into_iter()
            .map(|stretch| index.scalars(&text, stretch.inner))
            .collect();
        assert_eq!(found, gold(&file)?, "{file}");
        seen += found.len();
    }
    assert_eq!(seen, 122);
    Ok(())
}
