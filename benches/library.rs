//! How fast a list of 100,000 articles is arranged, filtered, ranked and drawn.
//!
//! The articles are those of the sample, each with a number in its title and a day of its own.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use jiff::Timestamp;
use pullquote::app::{
    Entry, Event, Field, Found, Library, Model, Moment, Outcome, Places, Sort, keymap_with,
};
use pullquote::config::{Config, Theme};
use pullquote::corpus::{self, Article, ArticleId};
use pullquote::ui;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

/// Articles in a large library.
const MANY: u32 = 100_000;
const SCREEN: Rect = Rect::new(0, 0, 120, 40);

fn entries() -> Vec<Entry> {
    let root: Arc<Path> = Path::new("/library").into();
    let entry = |(id, (_, text)): (u32, &(&str, &str))| {
        let head: Vec<&str> = text.lines().take(6).collect();
        let (year, month, day) = (2015 + id % 11, id / 7 % 12 + 1, id / 3 % 28 + 1);
        let name = format!("{:04}/{year}-{month:02}-{day:02}-report-{id}.txt", id / 100);
        let text = format!("Report {} of {}", id * 7919 % MANY, head.join("\n"));
        let article = Article::from_text(&name, text, "UTF-8");
        let named = Entry::named(ArticleId(id), Arc::clone(&root), name.into());
        let digest = Some(Arc::new(article.digest()));
        Entry { digest, quotations: Some(0), read: id % 3 == 0, ..named }
    };
    (0..MANY).zip(corpus::sample().iter().cycle()).map(entry).collect()
}

fn bench(criterion: &mut Criterion) {
    let entries = entries();
    let mut library = Library::default();
    entries.iter().cloned().for_each(|entry| library.add(entry));
    let mut group = criterion.benchmark_group("list of 100,000");
    group.throughput(Throughput::Elements(MANY.into()));
    group.sample_size(10);
    for sort in [Sort::Newest, Sort::Title, Sort::Outlet] {
        library.sort = sort;
        group.bench_function(format!("arrange {}", sort.name()), |bencher| {
            bencher.iter(|| library.arrange());
        });
    }
    library.filter = Field::default();
    library.filter.insert("harbour report 99");
    group.bench_function("filter", |bencher| bencher.iter(|| library.arrange()));
    group.bench_function("take in", |bencher| {
        let found = || {
            let found = entries.iter().cloned();
            found.map(|entry| Found { entry, annotations: Vec::new() }).collect()
        };
        bencher.iter_batched(found, |found: Vec<Found>| model(found), BatchSize::LargeInput);
    });
    let found = entries.iter().cloned();
    let mut model = model(found.map(|entry| Found { entry, annotations: Vec::new() }).collect());
    group.throughput(Throughput::Elements(1));
    group.bench_function("a key in the list", |bencher| {
        press(&mut model, "S-Tab");
        bencher.iter(|| press(&mut model, "j"));
    });
    group.bench_function("open the list to go to an article", |bencher| {
        bencher.iter(|| {
            press(&mut model, "Ctrl-p");
            press(&mut model, "Esc");
        });
    });
    press(&mut model, "Ctrl-p");
    group.bench_function("a letter to go to an article by", |bencher| {
        bencher.iter(|| {
            press(&mut model, "h");
            press(&mut model, "Backspace");
        });
    });
    group.bench_function("a ranking to its end", |bencher| {
        bencher.iter(|| {
            press(&mut model, "h");
            while model.deadline() == Some(Timestamp::MIN) {
                send(&mut model, Event::Tick);
            }
            press(&mut model, "Backspace");
        });
    });
    if let Some(theme) = Theme::builtin("ink") {
        let mut cells = Buffer::empty(SCREEN);
        group.bench_function("a frame", |bencher| {
            bencher.iter(|| black_box(ui::draw(&model, &theme, &mut cells)));
        });
    }
    group.finish();
}

fn model(found: Vec<Found>) -> Model {
    let keymap = keymap_with(Config::default().keymap).0;
    let config = Config { keymap, ..Config::default() };
    let (mut model, _) = Model::new(config, SCREEN.width, SCREEN.height, Places::default());
    send(&mut model, Event::Outcome(Outcome::Found(found)));
    send(&mut model, Event::Outcome(Outcome::Walked));
    model
}

fn send(model: &mut Model, event: Event) {
    let moment = Moment { now: Timestamp::UNIX_EPOCH, fresh: Uuid::nil() };
    black_box(model.update(event, moment));
}

fn press(model: &mut Model, key: &str) {
    if let Ok(key) = key.parse() {
        send(model, Event::Key(key));
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
