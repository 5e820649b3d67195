//! The program itself, killed at any moment: what it said is saved is there, and every file parses.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "what is not there fails the test")]

mod desk;
mod terminal;

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use desk::Desk;
use terminal::{Terminal, wait};

/// How many annotations a store has before another is begun: each save writes a whole file.
const ENOUGH: usize = 250;
/// How long what must come is waited for. It comes much sooner, but on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest that a reader lives from its first note on.
const LIFE: Duration = Duration::from_millis(900);

/// Numbers without a pattern (xorshift: Marsaglia, "Xorshift RNGs", 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    /// A part of a span of time.
    fn part_of(&mut self, span: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(span.as_micros()).unwrap().max(1)))
    }
}

/// A desk with an article of many words.
fn desk() -> Desk {
    let paragraph = |nth: usize| {
        let words: Vec<String> = (0..40).map(|word| format!("word{nth}x{word}")).collect();
        format!("\n{}.\n", words.join(" "))
    };
    let paragraphs: String = (0..10).map(paragraph).collect();
    Desk::with(&[("story.txt", &format!("Ferry link restored\n{paragraphs}"))])
}

/// The files of annotations.
fn files(desk: &Desk) -> Vec<PathBuf> {
    let entries = fs::read_dir(desk.path("data/annotations")).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect()
}

/// Every file is TOML, and the program lists all that was acknowledged: identities or notes.
fn check(desk: &Desk, acknowledged: &[String], when: &str) {
    for path in files(desk) {
        let text = fs::read_to_string(&path).unwrap();
        let table: Result<toml::Table, _> = text.parse();
        assert!(table.is_ok(), "{when}: {} is {text:?}: {table:?}", path.display());
    }
    let run = desk.run(&["annotations", "--format", "jsonl"]);
    assert_eq!(run.err, "", "{when}");
    let lost: Vec<&String> = acknowledged.iter().filter(|it| !run.out.contains(*it)).collect();
    assert!(lost.is_empty(), "{when}: {lost:?} is lost of {} acknowledged", acknowledged.len());
}

/// Nothing is left behind that the doctor cannot mend.
fn heals(desk: &Desk) {
    let run = desk.run(&["doctor", "--repair"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert_eq!(desk.run(&["doctor", "--format", "jsonl"]).out, "");
}

fn annotate(desk: &Desk, word: u64) -> Child {
    let mut program = desk.program();
    let quote = format!("word{}x{}", word / 40, word % 40);
    program.args(["annotate", "story.txt", "--occurrence", "1", "--quote", &quote]);
    program.stdout(Stdio::piped()).spawn().unwrap()
}

/// Whether it was killed, or had ended before; and what it said is saved.
fn kill(mut child: Child) -> (bool, Option<String>) {
    let running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    let whole = said.strip_suffix('\n').and_then(|line| line.strip_prefix("saved "));
    (running, whole.map(str::to_owned))
}

/// Kills `annotate` so many times, two at once on one article. The time until then is such that about
/// as many are killed as come to their end.
fn kill_annotate(kills: usize) {
    let (mut desk, mut chance, mut saved) = (desk(), Chance(0x2545_F491_4F6C_DD1D), Vec::new());
    let (mut killed, mut midway, mut acknowledged) = (0, 0, 0);
    let mut life = Duration::from_millis(60);
    // On a machine that is busy it may take a while until the first comes to say anything.
    while killed < kills || saved.len() + acknowledged == 0 {
        let first = annotate(&desk, chance.below(400));
        thread::sleep(chance.part_of(life / 4));
        let second = annotate(&desk, chance.below(400));
        thread::sleep(chance.part_of(life));
        let one = kill(first);
        thread::sleep(chance.part_of(life / 4));
        for (running, said) in [one, kill(second)] {
            killed += usize::from(running);
            life = if running { life * 21 / 20 } else { life * 20 / 21 };
            saved.extend(said);
        }
        midway += usize::from(has_journal(&desk));
        check(&desk, &saved, &format!("after {killed} kills of annotate"));
        if saved.len() > ENOUGH {
            heals(&desk);
            acknowledged += saved.len();
            (desk, saved) = (self::desk(), Vec::new());
        }
    }
    heals(&desk);
    acknowledged += saved.len();
    eprintln!(
        "annotate: {killed} killed, {midway} times with something in a journal, \
         {acknowledged} acknowledged, none lost"
    );
}

/// Whether something was being saved when the last was killed.
fn has_journal(desk: &Desk) -> bool {
    let entries = fs::read_dir(desk.path("data/state/journal")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().metadata().unwrap()).any(|journal| journal.len() > 0)
}

/// Whether the last row says that all is saved, in a frame that shows `note`.
fn says_saved(terminal: &Terminal, note: &str) -> bool {
    terminal.look(|screen, _| {
        let columns = screen.size().1;
        let status = screen.rows(0, columns.get()).last().unwrap_or_default();
        status.trim_start().starts_with("saved") && screen.contents().contains(note)
    })
}

/// A reader with the story open, wherever in it the last one was.
fn open(desk: &Desk) -> Terminal {
    let mut program = desk.program();
    program.arg("story.txt");
    let terminal = Terminal::start(&program, 160, 40);
    terminal.until("the story is open", |screen, _| screen.contents().contains(" word"));
    terminal
}

/// Writes notes until its time is over; which were said to be saved.
fn write_notes(terminal: &mut Terminal, round: usize, chance: &mut Chance) -> Vec<String> {
    let (mut saved, end) = (Vec::new(), Instant::now() + chance.part_of(LIFE));
    // Every other one lives until it says that something is saved, and no longer.
    let hasty = round.is_multiple_of(2);
    let end = if hasty { Instant::now() + PATIENCE } else { end };
    let mut nth = 0;
    while Instant::now() < end && !(hasty && nth > 0) {
        nth += 1;
        let note = format!("note-{round}-{nth}.");
        for keys in ["w", "iw", "a", &note] {
            terminal.send(keys);
        }
        // Now a draft is saved while it is written, now the whole when it is closed.
        let draft = hasty || chance.below(3) == 0;
        for close in [false, true].into_iter().filter(|close| !(hasty && *close)) {
            if close {
                // It would begin a sequence with what follows.
                terminal.press(&["\x1b"]);
            }
            let until = |terminal: &Terminal| {
                let shown = terminal.look(|screen, _| screen.contents().contains(&note));
                says_saved(terminal, &note) || (shown && !close && !draft)
            };
            while Instant::now() < end && !until(terminal) {
                thread::sleep(Duration::from_millis(1));
            }
        }
        saved.extend(says_saved(terminal, &note).then_some(note));
    }
    terminal.signal("KILL");
    terminal.ended_and_shown();
    // What it wrote last may have come after the last look.
    let last = format!("note-{round}-{nth}.");
    if nth > 0 && saved.last() != Some(&last) && says_saved(terminal, &last) {
        saved.push(last);
    }
    saved
}

/// Kills a reader so many times that writes notes.
fn kill_reader(kills: usize) {
    let (mut desk, mut chance, mut saved) = (desk(), Chance(0x9E37_79B9_7F4A_7C15), Vec::new());
    let mut acknowledged = 0;
    for round in 1..=kills {
        let mut terminal = open(&desk);
        terminal.send(&format!("gg}}{}w", chance.below(300)));
        saved.extend(write_notes(&mut terminal, round, &mut chance));
        check(&desk, &saved, &format!("after {round} kills of the reader"));
        if saved.len() > ENOUGH || round == kills {
            // What was left behind is merged in by the next one.
            let mut terminal = open(&desk);
            terminal.press(&["Q"]);
            assert!(terminal.ended().success());
            check(&desk, &saved, &format!("in the run after {round} kills of the reader"));
            heals(&desk);
            acknowledged += saved.len();
            (desk, saved) = (self::desk(), Vec::new());
        }
    }
    assert!(acknowledged > 0, "nothing was saved before a kill");
    eprintln!("reader: {kills} killed, {acknowledged} acknowledged, none lost");
}

#[test]
fn annotate_killed_at_random_loses_nothing_it_said_is_saved() {
    kill_annotate(20);
}

#[test]
fn a_reader_killed_at_random_loses_nothing_it_said_is_saved() {
    kill_reader(5);
}

#[test]
#[ignore = "takes minutes"]
fn long_annotate_killed_700_times_loses_nothing_it_said_is_saved() {
    kill_annotate(700);
}

#[test]
#[ignore = "takes minutes"]
fn long_a_reader_killed_300_times_loses_nothing_it_said_is_saved() {
    kill_reader(300);
}

/// The kills above would prove nothing if `saved` could stand there before it is true.
#[test]
fn what_is_said_to_be_saved_can_be_told_from_what_is_being_saved() {
    let desk = desk();
    desk.file("data/annotations", "in the way");
    let mut terminal = open(&desk);
    terminal.press(&["gg}wiwa", "never saved", "\x1b"]);
    wait(|| terminal.contents().contains("NOT SAVED"), || "it is refused".to_owned());
    assert!(!says_saved(&terminal, "never saved"), "{}", terminal.contents());
}
