//! The whole program, in a terminal of its own: the table of `docs/performance.md`.
//!
//! `cargo bench --bench terminal` prints all rows, `cargo bench --bench terminal -- WORD...` those that
//! have one of the words in their names. Each figure is a median, measured in turn with that of the
//! unit: the least that a program of this kind can be. What is read lies in the folder `$CORPORA` or,
//! where that is not set, is made of the sample; see `docs/performance.md`.
#![allow(clippy::unwrap_used, reason = "what cannot be measured ends the measuring")]

mod bare;
mod corpus;
mod pty;

use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use corpus::{Corpora, MANY, RARE};
use pty::{Frame, Pty};
use tempfile::TempDir;

/// How often a start is measured.
const STARTS: usize = 9;
/// How many keys are measured.
const KEYS: usize = 120;
/// A word that is in some articles, but by far not in all.
const WORD: &str = "storm";
/// What is searched for in a library, and the option that says how.
const SOUGHT: &[(&str, &str, Option<&str>)] = &[
    ("a rare word", RARE, None),
    ("a word", WORD, None),
    ("a frequent word", "said", None),
    ("an expression", r"\b[a-z]+ing the", Some("--regex")),
];
/// What this program is called with when it is to be the unit.
const BARE: &str = "--bare";

const ARTICLE: &str = "article_10mb.txt";
const LONG: &str = "article_200mb.txt";
const LINE: &str = "oneline_5mb.txt";
const SOME: &str = "polnear";
const FOLDER: &str = "folder100k";
const RECORDS: &str = "corpus100k.jsonl";

/// What measures.
struct Bench {
    corpora: Corpora,
    /// Words, one of which must be in a row's name.
    wanted: Vec<String>,
    /// Where the program keeps its things.
    data: TempDir,
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|it| it == BARE) {
        return bare::run();
    }
    if !arguments.iter().any(|it| it == "--bench") {
        // Tests of all targets need not wait for this.
        return Ok(());
    }
    let wanted = arguments.into_iter().filter(|it| !it.starts_with("--")).collect();
    let bench = Bench { corpora: Corpora::find()?, wanted, data: tempfile::tempdir()? };
    say("| what | figure | the unit | ratio |")?;
    say("|---|---|---|---|")?;
    bench.starts()?;
    bench.listing()?;
    bench.keys()?;
    bench.bytes()?;
    bench.idle()?;
    bench.memory()?;
    bench.background()?;
    bench.working()?;
    bench.searching()
}

/// Prints a line at once.
fn say(line: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

/// The middle one, and the one that only a twentieth is above.
fn middle(mut figures: Vec<f64>) -> Option<(f64, f64)> {
    figures.sort_by(f64::total_cmp);
    let at = |share: usize| figures.get((figures.len() * share / 100).min(figures.len() - 1));
    (!figures.is_empty()).then(|| (*at(50).unwrap(), *at(95).unwrap()))
}

fn median(figures: Vec<f64>) -> Option<f64> {
    middle(figures).map(|(median, _)| median)
}

/// A row of the table: a figure, and that of the unit where it is one of those.
fn row(name: &str, unit: &str, figure: Option<f64>, of: Option<f64>) -> io::Result<()> {
    let show =
        |figure: Option<f64>| figure.map_or("–".to_owned(), |it| format!("{it:.2} {unit}"));
    let ratio =
        figure.zip(of).map_or("–".to_owned(), |(figure, of)| format!("{:.2}", figure / of));
    say(&format!("| {name} | {} | {} | {ratio} |", show(figure), show(of)))
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_pullquote"))
}

impl Bench {
    fn wants(&self, name: &str) -> bool {
        self.wanted.is_empty() || self.wanted.iter().any(|word| name.contains(word.as_str()))
    }

    /// Starts the reader on one of the corpora, as if for the first time, or, where `known`, for another.
    fn reader(&self, name: &str, known: bool) -> Option<Pty> {
        self.reader_of(&self.corpora.path(name)?, known, None)
    }

    fn reader_of(&self, path: &str, known: bool, columns: Option<u16>) -> Option<Pty> {
        let data = self.data.path().join("data");
        if !known {
            // It need not be there yet.
            let _ = fs::remove_dir_all(&data);
        }
        Some(Pty::start(program(), &["--data-dir", data.to_str()?, path], columns))
    }

    /// A reader that shows its article and has come to rest.
    fn settled(&self, name: &str) -> Option<Pty> {
        let mut pty = self.reader(name, false)?;
        pty.until(shows_text)?;
        pty.settle(Duration::from_millis(500));
        Some(pty)
    }

    fn unit() -> Pty {
        let mut pty = Pty::start(&env::current_exe().unwrap(), &[BARE], None);
        pty.until(|screen| screen.contains("READY")).unwrap();
        pty.settle(Duration::from_millis(100));
        pty
    }

    fn unit_start() -> f64 {
        let mut pty = Pty::start(&env::current_exe().unwrap(), &[BARE], None);
        let at = pty.until(|screen| screen.contains("READY")).unwrap();
        pty.age(at)
    }

    /// From the start of the program, which has shown it before, to the words of an article.
    fn starts(&self) -> io::Result<()> {
        for name in [ARTICLE, LONG, LINE, SOME, FOLDER, RECORDS] {
            let called = format!("first frame, {name}");
            if !self.wants(&called) {
                continue;
            }
            let (mut own, mut unit) = (Vec::new(), Vec::new());
            if let Some(mut pty) = self.settled(name) {
                leave(&mut pty);
            }
            for _ in 0..STARTS {
                unit.push(Self::unit_start());
                let Some(mut pty) = self.reader(name, true) else { break };
                own.extend(pty.until(shows_text).map(|at| pty.age(at)));
            }
            row(&called, "ms", median(own), median(unit))?;
        }
        Ok(())
    }

    /// From the start of the program to the whole list.
    fn listing(&self) -> io::Result<()> {
        for (name, known) in [(FOLDER, false), (FOLDER, true), (RECORDS, false), (RECORDS, true)] {
            let opening = if known { "next" } else { "first" };
            let called = format!("listed and sorted, {opening} opening, {name}");
            if !self.wants(&called) {
                continue;
            }
            let (mut own, mut unit) = (Vec::new(), Vec::new());
            if known && let Some(mut pty) = self.reader(name, false) {
                pty.rest();
                leave(&mut pty);
            }
            for _ in 0..3 {
                unit.push(Self::unit_start());
                let Some(mut pty) = self.reader(name, known) else { break };
                pty.until(shows_text);
                // On a screen of this width the list is shown where it is asked for.
                pty.send("\x1b[Z");
                own.extend(pty.until(lists_all).map(|at| pty.age(at)));
            }
            row(&called, "ms", median(own), median(unit))?;
        }
        Ok(())
    }

    /// From a key to the end of what comes of it.
    fn keys(&self) -> io::Result<()> {
        let rows =
            [("key j", ARTICLE, "j"), ("key page", ARTICLE, " "), ("key next article", SOME, "]a")];
        for (called, name, key) in rows {
            if !self.wants(called) {
                continue;
            }
            let unit = pressed(&mut Self::unit(), if key == " " { " " } else { "j" });
            let own = self.settled(name).map(|mut pty| pressed(&mut pty, key)).unwrap_or_default();
            let (own, unit) = (middle(last(&own)), middle(last(&unit)));
            row(&format!("{called}, p50"), "ms", own.map(|it| it.0), unit.map(|it| it.0))?;
            row(&format!("{called}, p95"), "ms", own.map(|it| it.1), unit.map(|it| it.1))?;
        }
        if self.wants("held j") {
            let own = self.settled(ARTICLE).map(|mut pty| pty.hold("j", 150, 300));
            row("lag after a held j", "ms", own, Some(Self::unit().hold("j", 150, 300)))?;
        }
        if self.wants("page on a line") {
            let of = |name| Some(middle(last(&pressed(&mut self.settled(name)?, " ")))?.1);
            row(
                "a page on a line of 5 MB, p95, to that on an article",
                "ms",
                of(LINE),
                of(ARTICLE),
            )?;
        }
        Ok(())
    }

    /// What a key has sent.
    fn bytes(&self) -> io::Result<()> {
        for (called, columns, keys) in
            [("two panes", 120, ""), ("three panes", 160, ""), ("zen", 120, "z")]
        {
            let called = format!("bytes sent by j, {called}");
            if !self.wants(&called) {
                continue;
            }
            let path = self.corpora.path(ARTICLE);
            let Some(mut pty) = path.and_then(|it| self.reader_of(&it, false, Some(columns)))
            else {
                row(&called, "bytes", None, None)?;
                continue;
            };
            pty.until(shows_text);
            pty.settle(Duration::from_millis(500));
            pty.press(keys);
            // Until the cursor has come far enough down, nothing scrolls.
            for _ in 0..40 {
                pty.press("j");
            }
            let bytes = pressed(&mut pty, "j");
            let bytes = bytes.iter().map(|it| f64::from(u32::try_from(it.bytes).unwrap()));
            row(&called, "bytes", median(bytes.collect()), None)?;
        }
        Ok(())
    }

    fn idle(&self) -> io::Result<()> {
        if !self.wants("idle") {
            return Ok(());
        }
        let figures = self.settled(SOME).and_then(|mut pty| {
            pty.rest();
            // What a message or a place kept later would do is over by then.
            pty.listen(Duration::from_secs(6));
            let before = pty.used()?;
            let bytes = pty.listen(Duration::from_secs(5));
            let after = pty.used()?;
            let woken = f64::from(u32::try_from(after.switches - before.switches).ok()?);
            Some((f64::from(u32::try_from(bytes).ok()?), woken, after.cpu - before.cpu))
        });
        row("idle, 5 s: sent", "bytes", figures.map(|it| it.0), None)?;
        row("idle, 5 s: woken", "times", figures.map(|it| it.1), None)?;
        row("idle, 5 s: processor", "ms", figures.map(|it| it.2), None)
    }

    fn memory(&self) -> io::Result<()> {
        for name in [SOME, FOLDER, RECORDS, LONG] {
            let called = format!("anonymous memory, {name}");
            if self.wants(&called) {
                let used = self.reader(name, false).and_then(|mut pty| {
                    pty.rest();
                    pty.used()
                });
                row(&called, "MB", used.map(|it| it.anonymous), None)?;
            }
        }
        Ok(())
    }

    /// Work over the whole library: all of it after the first opening, and who speaks after the next.
    fn background(&self) -> io::Result<()> {
        if self.wants("all quotations") {
            let took = self.reader(RECORDS, false).map(|mut pty| {
                let ended = pty.rest();
                pty.age(ended) / 1e3
            });
            row("all quotations of the 100,000, in the background", "s", took, None)?;
        }
        if self.wants("voices") {
            let data = self.data.path().join("data");
            let took = self.corpora.path(RECORDS).and_then(|path| {
                let of = ["--data-dir", data.to_str()?, "voices", &path];
                run(program(), &of)?;
                run(program(), &of)
            });
            row(
                "voices over the whole library, the second time",
                "s",
                took.map(|it| it / 1e3),
                None,
            )?;
        }
        Ok(())
    }

    /// Keys while annotations are being saved, and while a library is being judged, to the same without.
    fn working(&self) -> io::Result<()> {
        if self.wants("saved") {
            // What is marked, or not, is drawn by the time that the key comes; what is saved is not yet saved.
            let both = || {
                let mut pty = self.settled(ARTICLE)?;
                let without = tapped(&mut pty, "VV", |_| "j")?;
                // Where no mark is beside another.
                let with = tapped(&mut pty, "VHy", |_| "j")?;
                leave(&mut pty);
                Some((without, with))
            };
            let (without, with) = (0..STARTS).filter_map(|_| both()).unzip();
            let called = "j while 100 annotations a second are saved, p95, to that without";
            row(called, "ms", median(with), median(without))?;
        }
        if self.wants("judged") {
            let figures = self.reader(FOLDER, false).and_then(|mut pty| {
                pty.until(shows_text)?;
                // By then it is known what they are.
                pty.listen(Duration::from_secs(3));
                // There and back, so that each moves something.
                let key = |nth| if nth % 24 < 12 { "j" } else { "k" };
                let meanwhile = tapped(&mut pty, "VV", key);
                pty.rest();
                Some((meanwhile?, tapped(&mut pty, "VV", key)?))
            });
            let (meanwhile, after) = figures.unzip();
            let called = "j while the quotations of 100,000 are judged, p95, to that after";
            row(called, "ms", meanwhile, after)?;
        }
        Ok(())
    }

    /// Searching, against the programs that are the measure of it.
    fn searching(&self) -> io::Result<()> {
        for name in [FOLDER, RECORDS] {
            for (kind, words, flag) in SOUGHT {
                self.searching_for(name, kind, words, *flag)?;
            }
        }
        if self.wants("first hits") {
            let (own, other) = self.first_hits().unzip();
            row("first hits on screen, to rg's whole time", "ms", own, other)?;
        }
        if self.wants("word at 90 %") {
            let path = self.corpora.path(LONG).zip(find("vim"));
            let own = self.settled(LONG).and_then(|mut pty| jump(&mut pty));
            let other = path.and_then(|(path, vim)| {
                let mut pty = Pty::start(&vim, &["-n", "-u", "NONE", &path], None);
                pty.until(shows_text)?;
                pty.settle(Duration::from_secs(1));
                jump(&mut pty)
            });
            row("word at 90 % of the 200 MB article, to vim", "ms", own, other)?;
        }
        Ok(())
    }

    /// All that is found of some words, to all that `rg` counts of them.
    fn searching_for(
        &self,
        name: &str,
        kind: &str,
        words: &str,
        flag: Option<&str>,
    ) -> io::Result<()> {
        let called = format!("library search, {name}, {kind}, to rg");
        let Some(path) = self.corpora.path(name).filter(|_| self.wants(&called)) else {
            return Ok(());
        };
        let mut own = vec!["search", words, &path, "-q", "-o", "/dev/null"];
        own.extend(flag);
        let literal = if flag.is_some() { "-S" } else { "-SF" };
        let other = [literal, "--count-matches", words, &path];
        let found = find("rg");
        let times = || Some((run(program(), &own)?, run(found.as_deref()?, &other)?));
        // What was not in memory is by then.
        times();
        let (own, other) = (0..STARTS).filter_map(|_| times()).unzip();
        row(&called, "ms", median(own), median(other))
    }

    /// From the word typed to its first hits, once nothing else is done, and all of `rg`.
    fn first_hits(&self) -> Option<(f64, f64)> {
        let (path, rg) = self.corpora.path(FOLDER).zip(find("rg"))?;
        let mut pty = self.settled(FOLDER)?;
        pty.rest();
        let (mut own, mut other) = (Vec::new(), Vec::new());
        for _ in 0..STARTS {
            other.extend(run(&rg, &["-SF", "--count-matches", WORD, &path]));
            pty.send("g/");
            pty.until(|screen| screen.contains("Search the library"))?;
            let sent = pty.send(WORD);
            let at = pty.until(|screen| screen.contains(" hits in "))?;
            own.push(at.saturating_duration_since(sent).as_secs_f64() * 1e3);
            pty.settle(Duration::from_millis(500));
            // What was typed is there again with the next search.
            pty.send(&"\x7f".repeat(WORD.len()));
            pty.send("\x1b");
            pty.until(|screen| !screen.contains("Search the library"))?;
        }
        Some((median(own)?, median(other)?))
    }
}

/// Ends the reader as a person does.
fn leave(pty: &mut Pty) {
    pty.send("Q");
    pty.listen(Duration::from_millis(500));
}

/// From the end of typing the rare word to its place in the text.
fn jump(pty: &mut Pty) -> Option<f64> {
    let sent = pty.send(&format!("/{RARE}\r"));
    let at = pty.until(|screen| reads(screen, RARE))?;
    Some(at.saturating_duration_since(sent).as_secs_f64() * 1e3)
}

/// Whether the words of an article are shown: there are some rows of letters.
fn shows_text(screen: &str) -> bool {
    let letters = |row: &str| row.chars().filter(|it| it.is_alphanumeric()).count();
    screen.lines().filter(|row| letters(row) > 30).count() > 5
}

/// Whether the list holds everything: its head says so, left of the border.
fn lists_all(screen: &str) -> bool {
    let head = screen.lines().next().and_then(|row| row.split('│').next()).unwrap_or_default();
    head.split_whitespace().nth(1) == Some(&MANY.to_string())
}

/// Whether a word stands in the text, and not only where it is typed.
fn reads(screen: &str, word: &str) -> bool {
    screen.lines().take(usize::from(pty::ROWS) - 2).any(|row| row.contains(word))
}

/// The frames that a key leads to, pressed again and again.
fn pressed(pty: &mut Pty, key: &str) -> Vec<Frame> {
    (0..KEYS).filter_map(|_| pty.press(key)).collect()
}

/// How long it takes to the first byte that comes of a key, in ms, 95 of 100 times; before each some other
/// keys, a hundred times a second.
fn tapped(pty: &mut Pty, before: &str, key: impl Fn(usize) -> &'static str) -> Option<f64> {
    let start = Instant::now();
    let mut taps = Vec::new();
    for nth in 0..KEYS * 2 {
        let due = start + Duration::from_millis(10) * u32::try_from(nth).ok()?;
        pty.listen(due.saturating_duration_since(Instant::now()));
        pty.send(before);
        pty.listen(Duration::from_millis(5));
        taps.extend(pty.tap(key(nth)));
    }
    Some(middle(taps)?.1)
}

fn last(frames: &[Frame]) -> Vec<f64> {
    frames.iter().map(|frame| frame.last).collect()
}

/// How long a program takes, in ms, if it runs.
fn run(program: &Path, arguments: &[&str]) -> Option<f64> {
    let start = Instant::now();
    let mut command = Command::new(program);
    let status = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let took = start.elapsed().as_secs_f64() * 1e3;
    status.ok().filter(|status| status.code() < Some(2)).map(|_| took)
}

/// Where a program of that name is.
fn find(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.exists())
}
