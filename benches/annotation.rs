//! How fast a store of 100,000 annotations over 10,000 articles is read, and one more annotation saved
//! in it, which waits for the disk.

use std::fs;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::Timestamp;
use pullquote::corpus::{self, Article};
use pullquote::io::store::{ArticleRef, Edit, Store};
use pullquote::note::{Annotation, Color, Kind, anchor, sha256};
use pullquote::text::{ScalarIndex, Span};
use uuid::Uuid;

const ARTICLES: u32 = 10_000;
const EACH: u32 = 10;

/// A highlight with a note and a tag on some words of the article.
fn annotation(text: &str, nth: u32) -> Annotation {
    let scalars = ScalarIndex::new(text);
    let words =
        text.split_whitespace().nth(40 + usize::try_from(nth).unwrap_or(0) * 5).unwrap_or_default();
    let start = words.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    let target = anchor::target(text, &scalars, Span::new(start, start + words.len()));
    let id = Uuid::from_u128(u128::from(nth) + 1);
    let new = Annotation::new(id, Kind::Highlight, Timestamp::UNIX_EPOCH, Some(target));
    let note = format!("Ask who counted these, number {nth}.");
    Annotation { color: Some(Color::Yellow), tags: vec!["frame/supply".to_owned()], note, ..new }
}

/// Makes the store: the file of one article, over and over under other identities.
fn make(folder: &Path) -> Option<ArticleRef> {
    let (_, text) = corpus::sample().first()?;
    let article = Article::from_text("report-.txt", (*text).to_owned(), "UTF-8");
    let library = folder.join("library");
    fs::create_dir(&library).ok()?;
    let reference = ArticleRef::new(&library, &article.name, &article.digest());
    let edits: Vec<Edit> = (0..EACH).map(|nth| Edit::Put(annotation(text, nth))).collect();
    let saved = store(folder).apply(&reference, &edits).ok()?;
    let file = saved.file?;
    let written = fs::read_to_string(&file).ok()?;
    let id = saved.record.subject.id.to_string();
    for nth in 0..ARTICLES {
        let own = Uuid::from_u128(u128::from(nth) + 1_000_000).to_string();
        let named = written.replace(&id, &own).replace("report-.txt", &format!("report-{nth}.txt"));
        let hash = sha256(&own);
        let name = format!("report-{}.toml", hash.get(..12)?);
        fs::write(file.with_file_name(name), named).ok()?;
    }
    Some(reference)
}

fn store(folder: &Path) -> Store {
    Store::open(&folder.join("data"), &folder.join("state"))
}

fn bench(criterion: &mut Criterion) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let folder = folder.path();
    let Some(article) = make(folder) else { return };
    let mut group = criterion.benchmark_group("store of 100,000 annotations");
    group.sample_size(10);
    group.throughput(Throughput::Elements(u64::from(ARTICLES * EACH)));
    group.bench_function("load", |bencher| {
        bencher.iter(|| store(folder).load_all(&[]).rest().count());
    });
    group.throughput(Throughput::Elements(1));
    let mut store = store(folder);
    let mut nth = 0_u128;
    let text = corpus::sample().first().map_or("", |(_, text)| text);
    let template = annotation(text, 0);
    group.bench_function("one save", |bencher| {
        bencher.iter(|| {
            nth += 1;
            // The same ones again and again, lest the file grow.
            let id = Uuid::from_u128(nth % 10 + 500);
            let rev = u64::try_from(nth).unwrap_or_default() + 1;
            let note = format!("Number {nth}.");
            store
                .apply(&article, &[Edit::Put(Annotation { id, rev, note, ..template.clone() })])
                .is_ok()
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
