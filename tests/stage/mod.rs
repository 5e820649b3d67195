//! A stage for the reader: the real model driven by keys, a small runner that answers its effects from
//! memory, and a terminal that is a buffer.
#![allow(dead_code, reason = "no test needs all of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a stage that breaks fails its test"
)]

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pullquote::app::{
    Around, Ask, Attended, Effect, Entry, Event, Findings, Found, Gathered, Hit, HitGroup, Model,
    Moment, Outcome, Places, Pointer, PointerKind, Sought, Told, keymap_with,
};
use pullquote::config::{Config, Keys, Role, Theme};
use pullquote::corpus::{Article, ArticleId, Corrected, sample};
use pullquote::io::long::{
    Found as Known, Progress, Seeker as LongSeeker, Sizes, Volume, Windows, places, survey,
};
use pullquote::io::seek::{self, Seeker};
use pullquote::io::{Origin, attribution};
use pullquote::note::anchor::Finder;
use pullquote::note::{Annotation, Attributed, sha256};
use pullquote::quote::voice::{Speaking, Tallies, voices};
use pullquote::quote::{Kind, Quotation, people, quotations};
use pullquote::search::{Manner, Query, excerpt};
use pullquote::text::{ScalarIndex, Span};
use pullquote::ui;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Color;
use ratatui::{Frame, Terminal};
use uuid::Uuid;

/// What is asked of the world and answered by the stage.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// What was put on the clipboard, in order.
    pub(crate) copied: Vec<String>,
    /// Annotations sent to be saved, in order.
    pub(crate) saved: Vec<Annotation>,
    /// What was put right, in order.
    pub(crate) corrected: Vec<Corrected>,
    /// Where a person was when that was last kept.
    pub(crate) places: Option<Places>,
    /// Why saves are refused, where they are.
    pub(crate) refusal: Option<String>,
    /// Whether saves are left without an answer.
    pub(crate) slow: bool,
    /// Whether articles and searches asked for are held back until [`Stage::let_go`].
    pub(crate) held: bool,
    /// The generation before which searches were last given up.
    pub(crate) cancelled: Option<u64>,
    /// The texts that were kept, by their hashes.
    pub(crate) texts: BTreeMap<String, Arc<str>>,
    /// Whether the end came.
    pub(crate) ended: bool,
}

/// The reader on a stage.
pub(crate) struct Stage {
    pub(crate) model: Model,
    pub(crate) world: World,
    articles: Vec<(Arc<Article>, Arc<[Quotation]>)>,
    problems: Vec<String>,
    now: Timestamp,
    identities: u128,
    terminal: Terminal<TestBackend>,
    held: Vec<Effect>,
    /// What the store has on an article, by name.
    stored: Option<(String, Vec<Annotation>)>,
    /// The long text that the first article is, if it is one.
    long: Option<LongText>,
}

/// A long text on the stage.
struct LongText {
    volume: Arc<Volume>,
    windows: Windows,
    /// Whether it is told who speaks in its windows.
    judged: bool,
}

impl Stage {
    /// The reader on the embedded sample, which is walked and whose first article is open.
    pub(crate) fn new(columns: u16, rows: u16) -> Self {
        Self::with(sample(), columns, rows)
    }

    /// The reader on articles of these names and texts.
    pub(crate) fn with(articles: &[(&str, &str)], columns: u16, rows: u16) -> Self {
        Self::opened(articles, &[], Config::default(), columns, rows)
    }

    /// The reader on articles, started again where a person was.
    pub(crate) fn again(
        articles: &[(&str, &str)],
        places: Places,
        columns: u16,
        rows: u16,
    ) -> Self {
        Self::started(articles, &[], Config::default(), places, (columns, rows))
    }

    /// The reader on articles, with what could not be read and what a person has chosen.
    pub(crate) fn opened(
        articles: &[(&str, &str)],
        problems: &[&str],
        config: Config,
        columns: u16,
        rows: u16,
    ) -> Self {
        Self::started(articles, problems, config, Places::default(), (columns, rows))
    }

    /// The reader on articles, started again where a person was, with what the store has on the article
    /// called `name`.
    pub(crate) fn again_with(
        articles: &[(&str, &str)],
        places: Places,
        (name, stored): (&str, Vec<Annotation>),
    ) -> Self {
        let stored = Some((name.to_owned(), stored));
        Self::staged(articles, &[], Config::default(), places, (100, 30), stored)
    }

    fn started(
        articles: &[(&str, &str)],
        problems: &[&str],
        config: Config,
        places: Places,
        size: (u16, u16),
    ) -> Self {
        Self::staged(articles, problems, config, places, size, None)
    }

    fn staged(
        articles: &[(&str, &str)],
        problems: &[&str],
        config: Config,
        places: Places,
        (columns, rows): (u16, u16),
        stored: Option<(String, Vec<Annotation>)>,
    ) -> Self {
        let read = |(name, text): &(&str, &str)| {
            let article = Article::from_text(name, (*text).to_owned(), "UTF-8");
            let found = quotations(&article.text, &article.blocks);
            (Arc::new(article), Arc::from(found))
        };
        let (keymap, wrong) = keymap_with(config.keymap);
        assert_eq!(wrong, []);
        let config = Config { keymap, ..config };
        let (model, effects) = Model::new(config, columns, rows, places);
        let mut stage = Self {
            model,
            world: World::default(),
            articles: articles.iter().map(read).collect(),
            problems: problems.iter().map(|&problem| problem.to_owned()).collect(),
            now: "2026-03-05T09:12:44Z".parse().unwrap(),
            identities: 0,
            terminal: Terminal::new(TestBackend::new(columns, rows)).unwrap(),
            held: Vec::new(),
            stored,
            long: None,
        };
        stage.run(effects);
        stage
    }

    /// The reader on a file that is read as a long text, in pieces and windows of these sizes.
    pub(crate) fn long(path: &Path, sizes: Sizes, columns: u16, rows: u16) -> Self {
        Self::long_again(path, sizes, Places::default(), (columns, rows))
    }

    /// The same, started again where a person was.
    pub(crate) fn long_again(
        path: &Path,
        sizes: Sizes,
        places: Places,
        (columns, rows): (u16, u16),
    ) -> Self {
        let mut stage = Self::again(&[], places, columns, rows);
        stage.articles.push((
            Arc::new(Article::from_text("long.txt", "A long text.".to_owned(), "UTF-8")),
            Arc::from([]),
        ));
        let volume = Volume::open(path, ("long.txt", "long.txt"), None, sizes).unwrap();
        let volume = Arc::new(volume);
        let windows = Windows::over(Arc::clone(&volume));
        stage.long = Some(LongText { volume, windows, judged: false });
        for outcome in stage.walk() {
            stage.send(Event::Outcome(outcome));
        }
        stage
    }

    fn answer_long(&mut self, article: ArticleId, generation: u64, ask: Ask) -> Vec<Outcome> {
        let Some(long) = &mut self.long else { return Vec::new() };
        let tell = |told| Outcome::Long { article, generation, told: Box::new(told) };
        match ask {
            Ask::Window { serial, around } => {
                let (text, window) = match long.windows.around(around) {
                    Ok(window) => window,
                    Err(error) => {
                        let problem = format!("long.txt: {error}");
                        return vec![tell(Told::NoWindow { serial, problem })];
                    }
                };
                let text = Arc::new(text);
                let (judged, words) = (long.judged, Arc::clone(&text));
                let mut outcomes = vec![tell(Told::Window { serial, text, window })];
                if judged {
                    let quotations = quotations(&words.text, &words.blocks).into();
                    let names = people(&words.text, &words.blocks);
                    let names = names.names().map(str::to_owned).collect();
                    outcomes.push(tell(Told::Judged { serial, quotations, names }));
                }
                outcomes
            }
            Ask::Find { serial, words, from, forward, nth } => {
                let seeker = LongSeeker::new(Arc::clone(&long.volume), words.pattern().unwrap());
                let found = seeker.nth((from, forward), nth, || false).unwrap();
                let (at, wrapped) = found.place();
                let counts = (0, seeker.counts(0, seeker.count()).unwrap());
                vec![
                    tell(Told::Match { serial, at, wrapped }),
                    tell(Told::Counted { serial, counts, ended: true }),
                ]
            }
            Ask::Cease => Vec::new(),
            Ask::Anchor(sought) => {
                let found = places(&long.volume, &sought);
                vec![tell(Told::Anchored(sought.into_iter().zip(found).collect()))]
            }
        }
    }

    /// Has the store hold these annotations of the long text, and tells of them.
    pub(crate) fn store(&mut self, name: &str, annotations: Vec<Annotation>) -> &mut Self {
        let article = self.model.reading.as_ref().unwrap().id;
        assert_eq!(self.articles[article.0 as usize].0.name, name);
        let corrected = Corrected::default();
        self.send(Event::Outcome(Outcome::Stored { article, annotations, corrected }));
        self
    }

    /// Has it told from now on who speaks in the windows of the long text.
    pub(crate) fn judge_windows(&mut self) -> &mut Self {
        self.long.as_mut().unwrap().judged = true;
        self
    }

    /// Has all of the long text read for its survey.
    pub(crate) fn survey(&mut self) -> &mut Self {
        let long = self.long.as_ref().unwrap();
        let found = survey(&long.volume, true, Progress::new(|_| true)).unwrap();
        let told = match found {
            Known::Survey(survey) => Told::Surveyed(Arc::new(survey)),
            Known::Unfit(why) => Told::Unfit(why),
            other => panic!("{other:?}"),
        };
        self.tell(told)
    }

    /// Tells something of the long text that is open.
    pub(crate) fn tell(&mut self, told: Told) -> &mut Self {
        let reading = self.model.reading.as_ref().unwrap();
        let (article, generation) = (reading.id, reading.long.as_ref().unwrap().generation);
        self.send(Event::Outcome(Outcome::Long { article, generation, told: Box::new(told) }));
        self
    }

    /// Has an article another text when it is next opened.
    pub(crate) fn rewrite(&mut self, article: usize, text: &str) -> &mut Self {
        let article_then =
            Article::from_text(&self.articles[article].0.name, text.to_owned(), "UTF-8");
        let found = quotations(&article_then.text, &article_then.blocks);
        self.articles[article] = (Arc::new(article_then), Arc::from(found));
        self
    }

    /// Presses keys: words of the key map's notation with spaces between, as `]q v iq Hy`.
    pub(crate) fn press(&mut self, script: &str) -> &mut Self {
        for word in script.split_whitespace() {
            let keys: Keys = word.parse().unwrap_or_else(|error| panic!("{word}: {error}"));
            for &key in keys.iter() {
                self.send(Event::Key(key));
            }
        }
        self
    }

    /// Types text, a character a key; a line feed is Enter.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let word = match letter {
                '\n' => "Enter".to_owned(),
                ' ' => "Space".to_owned(),
                letter => letter.to_string(),
            };
            self.press(&word);
        }
        self
    }

    /// Pastes text.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Event::Paste(text.to_owned()));
        self
    }

    /// Does something with the mouse at a cell.
    pub(crate) fn point(&mut self, kind: PointerKind, column: u16, row: u16) -> &mut Self {
        self.send(Event::Pointer(Pointer { kind, column, row }));
        self
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        self.send(Event::Resize { columns, rows });
        self
    }

    /// Lets time pass; messages go, drafts are kept.
    pub(crate) fn wait(&mut self, seconds: i64) -> &mut Self {
        self.now = self.now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        self.send(Event::Tick);
        self
    }

    /// Lets the articles come that were held back.
    pub(crate) fn let_go(&mut self) -> &mut Self {
        self.world.held = false;
        let held = std::mem::take(&mut self.held);
        self.run(held);
        self
    }

    /// Has the disk hold another text for an article, of which the model is told nothing.
    pub(crate) fn change(&mut self, article: usize, name: &str, text: &str) -> &mut Self {
        self.put(article, Arc::new(Article::from_text(name, text.to_owned(), "UTF-8")))
    }

    /// As [`Stage::change`], with a whole article.
    pub(crate) fn put(&mut self, article: usize, text: Arc<Article>) -> &mut Self {
        let found = quotations(&text.text, &text.blocks).into();
        self.articles[article] = (text, found);
        self
    }

    /// Sends an event and does what it asks for.
    pub(crate) fn send(&mut self, event: Event) {
        let moment = self.moment();
        let effects = self.model.update(event, moment);
        self.run(effects);
    }

    /// The screen, as letters and looks: see [`picture`].
    pub(crate) fn screen(&mut self) -> String {
        let theme = telling_theme();
        picture(&self.draw(&theme), self.cursor())
    }

    /// The screen as letters alone.
    pub(crate) fn letters(&mut self) -> String {
        let theme = telling_theme();
        letters(&self.draw(&theme))
    }

    /// The cells of the screen in a theme.
    pub(crate) fn draw(&mut self, theme: &Theme) -> Buffer {
        self.terminal.hide_cursor().unwrap();
        let model = &self.model;
        // Not what the terminal has then: it is not sent what its wide letters cover.
        let draw = |frame: &mut Frame<'_>| {
            if let Some(cursor) = ui::draw(model, theme, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        };
        self.terminal.draw(draw).unwrap().buffer.clone()
    }

    /// Where the terminal's cursor is, if it is to be seen. Only after drawing.
    pub(crate) fn cursor(&mut self) -> Option<Position> {
        let visible = self.terminal.backend().cursor_visible();
        visible.then(|| self.terminal.get_cursor_position().unwrap())
    }

    fn moment(&mut self) -> Moment {
        self.identities += 1;
        Moment { now: self.now, fresh: Uuid::from_u128(self.identities) }
    }

    /// Answers effects, and what comes of the answers, until nothing is asked any more.
    fn run(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            for outcome in self.answer(effect) {
                let moment = self.moment();
                waiting.extend(self.model.update(Event::Outcome(outcome), moment));
            }
        }
    }

    fn answer(&mut self, effect: Effect) -> Vec<Outcome> {
        match effect {
            Effect::Walk { .. } => self.walk(),
            Effect::Read { .. }
            | Effect::Search { .. }
            | Effect::GatherVoices { .. }
            | Effect::HearVoice { .. }
                if self.world.held =>
            {
                self.held.push(effect);
                Vec::new()
            }
            Effect::Read { article, generation } if self.long.is_some() => {
                let long = self.long.as_mut().unwrap();
                let (text, window) = long.windows.glimpse(Around::Start).unwrap();
                let told = Told::Window { serial: 0, text: Arc::new(text), window };
                let tell = |told| Outcome::Long { article, generation, told: Box::new(told) };
                vec![tell(told)]
            }
            Effect::Long { article, generation, ask } => self.answer_long(article, generation, ask),
            Effect::Read { article, generation } => {
                let (text, quotations) = self.articles[article.0 as usize].clone();
                let names = people(&text.text, &text.blocks).names().map(str::to_owned).collect();
                vec![Outcome::Opened { article, generation, text, quotations, names }]
            }
            Effect::Search { generation, typed, manner, articles, decided } => {
                vec![self.search(generation, &typed, manner, &articles, &decided)]
            }
            Effect::CancelSearch { generation } => {
                self.world.cancelled = Some(generation);
                Vec::new()
            }
            Effect::GatherVoices { generation, articles, decided } => {
                vec![self.gather(generation, &articles, &decided)]
            }
            Effect::HearVoice { generation, articles, names, decided } => {
                vec![self.hear(generation, &articles, &names, &decided)]
            }
            Effect::CancelVoices { gathering, .. } => {
                self.world.cancelled = Some(gathering);
                Vec::new()
            }
            Effect::Anchor { article, text, sought } => {
                let scalars = ScalarIndex::new(&text);
                let mut finder = Finder::new(&text, &scalars);
                for (hash, base) in &self.world.texts {
                    finder = finder.knowing(hash, base);
                }
                let find = |sought: Sought| (finder.place(&sought.1), sought);
                let found = sought.into_iter().map(find).map(|(at, it)| (it, at)).collect();
                vec![Outcome::Anchored { article, text, found }]
            }
            Effect::KeepText { text, .. } => {
                self.world.texts.insert(sha256(&text), text);
                Vec::new()
            }
            Effect::Save { ticket, annotations, corrected, .. } => {
                if let Some(problem) = self.world.refusal.clone() {
                    return vec![Outcome::NotSaved { ticket, problem }];
                }
                self.world.saved.extend(annotations);
                self.world.corrected.extend(corrected);
                if self.world.slow { Vec::new() } else { vec![Outcome::Saved { ticket }] }
            }
            Effect::KeepPlaces(places) => {
                self.world.places = Some(places);
                Vec::new()
            }
            Effect::Copy(text) => {
                let copied = Outcome::Copied(text.chars().count());
                self.world.copied.push(text);
                vec![copied]
            }
            Effect::Edit(text) => vec![Outcome::Edited(Ok(format!("{text}From the editor.")))],
            Effect::Export { path, .. } => {
                vec![Outcome::Exported { path, annotations: self.world.saved.len() }]
            }
            Effect::Redraw
            | Effect::Suspend
            | Effect::Prefer(_)
            | Effect::Foresee(_)
            | Effect::StopWork => Vec::new(),
            Effect::Quit => {
                self.world.ended = true;
                Vec::new()
            }
        }
    }

    fn search(
        &self,
        generation: u64,
        typed: &str,
        manner: Manner,
        articles: &[ArticleId],
        decided: &[(ArticleId, Annotation)],
    ) -> Outcome {
        let mut findings =
            Findings { generation, searched: articles.len(), ended: true, ..Findings::default() };
        let query = Query::parse(typed, manner).unwrap();
        let seeker = match Seeker::new(&query, None) {
            Ok(seeker) => seeker.among_admitted(),
            Err(error) => {
                findings.problem = Some(error.to_string());
                return Outcome::Sought(findings);
            }
        };
        let mut buffer = seek::Buffer::default();
        for &article in articles {
            let origin = Origin::Held(Arc::clone(&self.articles[article.0 as usize].0));
            let own = decided.iter().filter(|(id, _)| *id == article).map(|(_, it)| it.clone());
            let sought = seeker.look(&origin, &mut buffer, |_| Ok(Some(own.collect()))).unwrap();
            let Some(sought) = sought else { continue };
            let hit = |span: Span| {
                let around = excerpt(sought.text(), span, 200);
                let mark = Span::new(span.start - around.start, span.end - around.start);
                Hit { span, line: around.of(sought.text()).to_owned(), mark }
            };
            let hits: Vec<Hit> = sought.hits().map(hit).collect();
            if !hits.is_empty() {
                findings.groups.push(HitGroup { article, count: hits.len(), hits });
            }
        }
        Outcome::Sought(findings)
    }

    fn attributed(&self, id: ArticleId, decided: &[(ArticleId, Annotation)]) -> Vec<Attributed> {
        let own = decided.iter().filter(|(article, _)| *article == id);
        let own: Vec<Annotation> = own.map(|(_, annotation)| annotation.clone()).collect();
        attribution::attributed(&self.articles[id.0 as usize].0, &own).unwrap()
    }

    fn gather(
        &self,
        generation: u64,
        articles: &[Attended],
        decided: &[(ArticleId, Annotation)],
    ) -> Outcome {
        let tallies = articles.iter().map(|it| {
            let text = &self.articles[it.article.0 as usize].0.text;
            let attributed = self.attributed(it.article, decided);
            let spoken = attributed.iter().filter(|it| it.is_quotation()).filter_map(|it| {
                Some((it.quotation.speaker.as_deref()?, it.quotation.inner.of(text)))
            });
            Tallies::of(spoken)
        });
        let tallies: Vec<Tallies> = tallies.collect();
        let speaking = articles.iter().zip(&tallies).map(|(it, tallies)| Speaking {
            tallies,
            outlet: it.outlet.as_deref(),
            published: it.published,
        });
        let voices = Arc::new(voices(speaking));
        Outcome::Gathered(Gathered { generation, voices, heard: articles.len(), ended: true })
    }

    fn hear(
        &self,
        generation: u64,
        articles: &[ArticleId],
        names: &[String],
        decided: &[(ArticleId, Annotation)],
    ) -> Outcome {
        let groups = articles.iter().map(|&article| {
            let text = &self.articles[article.0 as usize].0.text;
            let theirs = |it: &&Attributed| {
                let speaker = it.quotation.speaker.as_ref();
                it.is_quotation() && speaker.is_some_and(|speaker| names.contains(speaker))
            };
            let attributed = self.attributed(article, decided);
            let spans = attributed.iter().filter(theirs).map(|it| it.quotation.inner);
            let hits: Vec<Hit> = spans
                .map(|span| {
                    let around = excerpt(text, span, 200);
                    let end = span.end.min(around.end);
                    let mark = Span::new(span.start - around.start, end - around.start);
                    Hit { span, line: around.of(text).to_owned(), mark }
                })
                .collect();
            HitGroup { article, count: hits.len(), hits }
        });
        let (groups, searched) = (groups.collect(), articles.len());
        Outcome::Heard(Findings { generation, groups, searched, ended: true, problem: None })
    }

    fn walk(&self) -> Vec<Outcome> {
        let found = self.articles.iter().zip(0..).map(|((article, quotations), id)| Found {
            entry: Entry {
                digest: Some(Arc::new(article.digest())),
                quotations: Some(spoken(quotations)),
                ..Entry::named(
                    ArticleId(id),
                    Path::new("/library").into(),
                    article.name.as_str().into(),
                )
            },
            annotations: self
                .stored
                .iter()
                .filter(|(name, _)| *name == article.name)
                .flat_map(|(_, stored)| stored.clone())
                .collect(),
        });
        let problems = self.problems.iter().cloned().map(Outcome::Problem);
        let found = Outcome::Found(found.collect());
        std::iter::once(found).chain(problems).chain([Outcome::Walked]).collect()
    }
}

/// How many of the quoted stretches are quotations.
fn spoken(stretches: &[Quotation]) -> u32 {
    u32::try_from(stretches.iter().filter(|it| it.kind != Kind::Scare).count()).unwrap()
}

/// A theme in which a cell tells which roles were laid over it: the blue of the letter is the number of
/// the last, the green of the ground that of the last that has a ground. The red makes a ground
/// one that signs are drawn in as it is.
fn telling_theme() -> Theme {
    let mut toml = String::from("name = \"telling\"\nbackground = \"dark\"\n[style]\n");
    for (number, role) in Role::ALL.iter().enumerate() {
        let ground =
            if has_ground(*role) { format!(", bg = \"#be{number:02x}00\"") } else { String::new() };
        writeln!(toml, "{} = {{ fg = \"#0000{number:02x}\"{ground} }}", role.name()).unwrap();
    }
    let (theme, problems) = Theme::parse(&toml, "telling");
    assert_eq!(problems, []);
    theme
}

fn has_ground(role: Role) -> bool {
    matches!(role, Role::Text | Role::Popup | Role::Selected)
        || role.name().starts_with("highlight_")
}

/// The role of a colour of the telling theme.
fn role_of(color: Color) -> Role {
    match color {
        Color::Rgb(0, 0, number) | Color::Rgb(0xbe, number, 0) => Role::ALL[usize::from(number)],
        color => panic!("{color:?} is no colour of the telling theme"),
    }
}

/// The letter that stands for a role in a picture; plain text has none.
fn sign_of(role: Role) -> char {
    char::from(b" abcdefghijklmnopqrstuvwxyzABCDEFGHIJ"[role as usize])
}

/// A screen as text: its letters, then its looks where they are not those of plain text (a sign a
/// cell, told by a legend at the end), and where the cursor is.
fn picture(buffer: &Buffer, cursor: Option<Position>) -> String {
    let mut out = letters(buffer);
    let mut used = Vec::new();
    out.push_str("--- looks\n");
    for row in rows(buffer) {
        let signs: String = row.iter().map(|cell| look(cell, &mut used)).collect();
        out.push_str(signs.trim_end());
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push_str("\n--- ");
    used.sort_by_key(|role| *role as usize);
    let legend: Vec<String> =
        used.iter().map(|role| format!("{} {}", sign_of(*role), role.name())).collect();
    out.push_str(&legend.join(", "));
    let _ = match cursor {
        Some(at) => writeln!(out, "; cursor at column {}, row {}", at.x, at.y),
        None => writeln!(out, "; no cursor"),
    };
    out
}

fn letters(buffer: &Buffer) -> String {
    let mut out = String::new();
    for row in rows(buffer) {
        let letters: String = row.iter().map(Cell::symbol).collect();
        out.push_str(letters.trim_end());
        out.push('\n');
    }
    out
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = &[Cell]> {
    buffer.content.chunks(usize::from(buffer.area.width).max(1))
}

/// The sign of a cell: that of its letter's role or, where there is no letter, of its ground's.
fn look(cell: &Cell, used: &mut Vec<Role>) -> char {
    let role = if cell.symbol() == " " { role_of(cell.bg) } else { role_of(cell.fg) };
    if role != Role::Text && !used.contains(&role) {
        used.push(role);
    }
    sign_of(role)
}
