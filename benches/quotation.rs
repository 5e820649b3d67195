//! How fast who said what is found, in bytes of text a second on one core: the whole way from text to
//! quotations, and the share of its steps.
//!
//! The articles are those of the folder `$POLNEAR/dev/text` or, where that is not set, of the sample.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pullquote::corpus::{self, Article};
use pullquote::quote::{
    HearsayModel, Model, people, quotations, quotations_and_hearsay, stretches,
};

/// The texts to read.
fn texts() -> Vec<String> {
    let folder = std::env::var_os("POLNEAR").map(|it| Path::new(&it).join("dev/text"));
    let files = folder.and_then(|it| fs::read_dir(it).ok()).into_iter().flatten().flatten();
    let mut files: Vec<_> = files.map(|it| it.path()).collect();
    files.sort();
    let read: Vec<String> = files.iter().filter_map(|it| fs::read_to_string(it).ok()).collect();
    if read.is_empty() {
        return corpus::sample().iter().map(|&(_, text)| text.to_owned()).collect();
    }
    read
}

fn bench(criterion: &mut Criterion) {
    let texts = texts();
    let read = |text: &String| Article::from_text("a.txt", text.clone(), "UTF-8");
    let articles: Vec<Article> = texts.iter().map(read).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("quotation");
    group.throughput(Throughput::Bytes(u64::try_from(bytes).unwrap_or_default()));
    group.sample_size(20);
    group.bench_function("text to quotations", |bencher| {
        bencher.iter(|| {
            for text in &texts {
                let article = read(text);
                black_box(quotations(&article.text, &article.blocks));
            }
        });
    });
    group.bench_function("blocks", |bencher| {
        bencher.iter(|| texts.iter().for_each(|it| drop(read(it))));
    });
    group.bench_function("finding stretches", |bencher| {
        bencher.iter(|| articles.iter().for_each(|it| drop(stretches(&it.text, &it.blocks))));
    });
    group.bench_function("finding people", |bencher| {
        bencher.iter(|| articles.iter().for_each(|it| drop(people(&it.text, &it.blocks))));
    });
    group.bench_function("stretches, attributing and naming", |bencher| {
        bencher.iter(|| articles.iter().for_each(|it| drop(quotations(&it.text, &it.blocks))));
    });
    group.bench_function("the same with reports without marks", |bencher| {
        let (model, of_hearsay) = (Model::embedded(), HearsayModel::embedded());
        let find = |it: &Article| {
            drop(quotations_and_hearsay(model, of_hearsay, &it.text, &it.blocks));
        };
        bencher.iter(|| articles.iter().for_each(find));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
