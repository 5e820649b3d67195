//! How fast a text becomes a page and a page a screen: decoding and dividing it into blocks, in bytes a
//! second; wrapping it; a key with all that it changes; a frame.
//!
//! The text is the sample, over and over.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::Timestamp;
use pullquote::app::{
    Effect, Entry, Event, Found, Model, Moment, Outcome, Page, Places, keymap_with,
};
use pullquote::config::{Config, Theme};
use pullquote::corpus::{self, Article, ArticleId, decode};
use pullquote::quote::{people, quotations};
use pullquote::text::{Offset, Span, wrap};
use pullquote::ui;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use uuid::Uuid;

/// Bytes of a long article.
const LONG: usize = 1_000_000;
/// Cells and rows of a screen.
const SCREEN: (u16, u16) = (120, 40);
/// Cells that a text is set in.
const MEASURE: usize = 68;

fn text() -> String {
    let mut text = String::with_capacity(LONG + 10_000);
    for (_, article) in corpus::sample().iter().cycle() {
        if text.len() >= LONG {
            break;
        }
        text.push_str(article);
        text.push_str("\n\n");
    }
    text
}

fn bench(criterion: &mut Criterion) {
    let text = text();
    let mut group = criterion.benchmark_group("page");
    group.throughput(Throughput::Bytes(u64::try_from(text.len()).unwrap_or_default()));
    group.sample_size(20);
    group.bench_function("decode and blocks", |bencher| {
        bencher.iter(|| {
            let decoded = decode(text.as_bytes(), None).map(|it| it.text);
            Article::from_text("a.txt", decoded.unwrap_or_default(), "UTF-8")
        });
    });
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    group.bench_function("wrap", |bencher| {
        let rows = |text: &&str| wrap(text, Span::new(0, text.len()), MEASURE).len();
        bencher.iter(|| paragraphs.iter().map(rows).sum::<usize>());
    });
    group.finish();
    let article = Arc::new(Article::from_text("a.txt", text, "UTF-8"));
    criterion.bench_function("the first page of a long article", |bencher| {
        bencher.iter(|| {
            let mut page = Page::new(Arc::clone(&article), MEASURE);
            let top = page.locate(Offset::ZERO);
            black_box(page.window(top, usize::from(SCREEN.1)))
        });
    });
    screens(criterion, &article);
}

/// A reader with the article open.
struct Desk {
    model: Model,
    presses: u128,
}

impl Desk {
    fn new(article: &Arc<Article>) -> Self {
        let keymap = keymap_with(Config::default().keymap).0;
        let config = Config { keymap, ..Config::default() };
        let (model, _) = Model::new(config, SCREEN.0, SCREEN.1, Places::default());
        let mut desk = Self { model, presses: 0 };
        let found = vec![Found { entry: entry(article), annotations: Vec::new() }];
        let asked = desk.send(Event::Outcome(Outcome::Found(found)));
        let more = desk.send(Event::Outcome(Outcome::Walked));
        for effect in asked.into_iter().chain(more) {
            let Effect::Read { article: id, generation } = effect else { continue };
            let text = Arc::clone(article);
            let quotations = quotations(&text.text, &text.blocks).into();
            let names = people(&text.text, &text.blocks).names().map(str::to_owned).collect();
            let opened = Outcome::Opened { article: id, generation, text, quotations, names };
            desk.send(Event::Outcome(opened));
        }
        desk
    }

    fn send(&mut self, event: Event) -> Vec<Effect> {
        self.presses += 1;
        let moment = Moment { now: Timestamp::UNIX_EPOCH, fresh: Uuid::from_u128(self.presses) };
        self.model.update(event, moment)
    }

    fn press(&mut self, key: &str) {
        if let Ok(key) = key.parse() {
            black_box(self.send(Event::Key(key)));
        }
    }
}

fn entry(article: &Article) -> Entry {
    let named = Entry::named(ArticleId(0), Path::new("/library").into(), "a.txt".into());
    Entry { digest: Some(Arc::new(article.digest())), quotations: Some(0), ..named }
}

fn screens(criterion: &mut Criterion, article: &Arc<Article>) {
    let mut desk = Desk::new(article);
    let mut group = criterion.benchmark_group("screen");
    let mut down = true;
    group.bench_function("a row on or back", |bencher| {
        bencher.iter(|| {
            desk.press(if down { "j" } else { "k" });
            down = desk.presses % 400 < 200;
        });
    });
    group.bench_function("a page on and back", |bencher| {
        bencher.iter(|| {
            desk.press("PgDn");
            desk.press("PgUp");
        });
    });
    let Some(theme) = Theme::builtin("ink") else { return };
    let Ok(mut terminal) = Terminal::new(TestBackend::new(SCREEN.0, SCREEN.1));
    for (called, keys) in [("two panes", ""), ("zen", "z"), ("help", "?")] {
        if !keys.is_empty() {
            desk.press(keys);
        }
        group.bench_function(format!("a frame, {called}"), |bencher| {
            bencher.iter(|| {
                let drawn = terminal.draw(|frame| {
                    black_box(ui::draw(&desk.model, &theme, frame.buffer_mut()));
                });
                black_box(drawn.is_ok())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
