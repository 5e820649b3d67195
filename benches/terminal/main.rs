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
    bench.saving()?;
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

    /// From the start of the program to the words of an article.
    fn starts(&self) -> io::Result<()> {
        for name in [ARTICLE, LONG, LINE, SOME, FOLDER, RECORDS] {
            let called = format!("first frame, {name}");
            if !self.wants(&called) {
                continue;
            }
            let (mut own, mut unit) = (Vec::new(), Vec::new());
            for _ in 0..STARTS {
                unit.push(Self::unit_start());
                let Some(mut pty) = self.reader(name, false) else { break };
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
                pty.send("Q");
                pty.listen(Duration::from_millis(500));
            }
            for _ in 0..3 {
                unit.push(Self::unit_start());
                let Some(mut pty) = self.reader(name, known) else { break };
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

    /// Keys while annotations are being saved, to the same keys without.
    fn saving(&self) -> io::Result<()> {
        if !self.wants("saved") {
            return Ok(());
        }
        let taps = |mark: &str| {
            let mut pty = self.settled(SOME)?;
            let mut taps = Vec::new();
            let start = Instant::now();
            for nth in 0..KEYS * 2 {
                let due = start + Duration::from_millis(10) * u32::try_from(nth).unwrap();
                pty.listen(due.saturating_duration_since(Instant::now()));
                pty.tap(mark);
                taps.extend(pty.tap("j"));
            }
            Some(middle(taps)?.1)
        };
        let (with, without) = (taps("VHy"), taps("V\x1b[24~\x1b[24~V"));
        row("j while 100 annotations a second are saved, p95, to that without", "ms", with, without)
    }

    /// Searching, against the programs that are the measure of it.
    fn searching(&self) -> io::Result<()> {
        for name in [FOLDER, RECORDS] {
            let called = format!("library search, {name}, to rg");
            let Some(path) = self.corpora.path(name).filter(|_| self.wants(&called)) else {
                continue;
            };
            let own = ["search", "harbour", &path, "-q", "-o", "/dev/null"];
            let other = ["-c", "harbour", &path];
            let found = find("rg");
            let times = || Some((run(program(), &own)?, run(found.as_deref()?, &other)?));
            let times: Vec<(f64, f64)> = (0..STARTS).filter_map(|_| times()).collect();
            let (own, other): (Vec<f64>, Vec<f64>) = times.into_iter().unzip();
            row(&called, "ms", median(own), median(other))?;
        }
        if self.wants("first hits") {
            let other = self.corpora.path(FOLDER).zip(find("rg"));
            let other = other.and_then(|(path, rg)| run(&rg, &["-c", "harbour", &path]));
            let own = self.settled(FOLDER).and_then(|mut pty| {
                pty.rest();
                pty.press("g/");
                let sent = pty.send("harbour");
                let at =
                    pty.until(|screen| screen.contains(" hits in ") || screen.contains("hits"))?;
                Some(at.saturating_duration_since(sent).as_secs_f64() * 1e3)
            });
            row("first hits on screen, to rg's whole time", "ms", own, other)?;
        }
        if self.wants("word at 90 %") {
            let own = self.settled(LONG).and_then(|mut pty| {
                let sent = pty.send(&format!("/{RARE}\r"));
                let at = pty.until(|screen| {
                    screen.lines().any(|row| row.contains(RARE) && !row.contains('/'))
                })?;
                Some(at.saturating_duration_since(sent).as_secs_f64() * 1e3)
            });
            let path = self.corpora.path(LONG).zip(find("vim"));
            let other = path.and_then(|(path, vim)| {
                let mut pty = Pty::start(&vim, &["-u", "NONE", &path], None);
                pty.settle(Duration::from_secs(3));
                let sent = pty.send(&format!("/{RARE}\r"));
                let at = pty.until(|screen| {
                    screen.lines().any(|row| row.contains(RARE) && !row.starts_with('/'))
                })?;
                Some(at.saturating_duration_since(sent).as_secs_f64() * 1e3)
            });
            row("word at 90 % of the 200 MB article, to vim", "ms", own, other)?;
        }
        Ok(())
    }
}

/// Whether the words of an article are shown: the keys that work there are, and some rows.
fn shows_text(screen: &str) -> bool {
    screen.lines().filter(|row| row.len() > 30).count() > 5
}

/// Whether the list holds everything and is no longer being read.
fn lists_all(screen: &str) -> bool {
    let head = screen.lines().next().unwrap_or_default();
    let digits: String = head.chars().filter(char::is_ascii_digit).collect();
    digits.starts_with(&MANY.to_string()) && !head.contains('…')
}

/// The frames that a key leads to, pressed again and again.
fn pressed(pty: &mut Pty, key: &str) -> Vec<Frame> {
    (0..KEYS).filter_map(|_| pty.press(key)).collect()
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
