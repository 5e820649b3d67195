//! How fast a library is searched, once its files are in memory: in bytes of text a second on one core,
//! for a rare word, a frequent one, a phrase, a whole word and an expression; and how fast filters are
//! held against 100,000 articles.
//!
//! The articles are those of the folder `$POLNEAR/dev/text` or, where that is not set, of the sample; the
//! frequent word is in the sample.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pullquote::corpus::{self, Metadata};
use pullquote::search::{Manner, Pattern, Query, excerpt, text_with};

/// Articles in a large library.
const MANY: u64 = 100_000;

/// The files to search.
fn files() -> Vec<Vec<u8>> {
    let folder = std::env::var_os("POLNEAR").map(|it| Path::new(&it).join("dev/text"));
    let files = folder.and_then(|it| fs::read_dir(it).ok()).into_iter().flatten().flatten();
    let read: Vec<Vec<u8>> = files.filter_map(|it| fs::read(it.path()).ok()).collect();
    if read.is_empty() {
        return corpus::sample().iter().map(|&(_, text)| text.as_bytes().to_vec()).collect();
    }
    read
}

/// Finds all hits in a file, with the lines that they stand in.
fn search(pattern: &Pattern, bytes: &[u8]) -> usize {
    let Ok(Some((text, _))) = text_with(bytes, None, Some(pattern)) else { return 0 };
    pattern.hits(&text).map(|hit| excerpt(&text, hit, 200).len()).sum()
}

fn bench(criterion: &mut Criterion) {
    let files = files();
    let bytes: usize = files.iter().map(Vec::len).sum();
    let mut group = criterion.benchmark_group("search");
    group.throughput(Throughput::Bytes(u64::try_from(bytes).unwrap_or_default()));
    group.sample_size(20);
    let word = Manner { word: true, ..Manner::default() };
    let expression = Manner { expression: true, ..Manner::default() };
    for (name, words, manner) in [
        ("a rare word", "quuxzephyr", Manner::default()),
        ("a frequent word", "said", Manner::default()),
        ("a phrase", "it would have been", Manner::default()),
        ("a whole word", "harbour", word),
        ("an expression", r"\b[a-z]+ing the", expression),
    ] {
        let Ok(pattern) = Pattern::for_library(words, manner) else { continue };
        group.bench_function(name, |bencher| {
            bencher.iter(|| files.iter().map(|bytes| search(&pattern, bytes)).sum::<usize>());
        });
    }
    group.finish();
    filters(criterion);
}

fn filters(criterion: &mut Criterion) {
    let known = Metadata {
        outlet: Some("The Northern Ledger".to_owned()),
        byline: Some("Ines Marlow".to_owned()),
        published: Some(jiff::civil::date(2026, 2, 11)),
        ..Metadata::default()
    };
    let mut group = criterion.benchmark_group("filter");
    group.throughput(Throughput::Elements(MANY));
    for typed in ["date:2026-02..2026-03", "outlet:wire", "byline:marlow date:2026"] {
        let Ok(query) = Query::parse(typed, Manner::default()) else { continue };
        group.bench_function(typed, |bencher| {
            bencher.iter(|| (0..MANY).filter(|_| query.admits_metadata(black_box(&known))).count());
        });
    }
    group.finish();
    criterion.bench_function("reading a query", |bencher| {
        let typed = "the breakwater outlet:\"coast wire\" date:2026 speaker:ekdahl";
        bencher.iter(|| Query::parse(black_box(typed), Manner::default()).map(|it| it.pattern()));
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
