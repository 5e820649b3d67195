//! `annotate` with each of its system calls on files failing in turn, or being the last that it makes:
//! the calls that it makes without the C library too, since strace fails them below the program.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "what is not there fails the test")]

mod desk;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use desk::{Desk, Run};

/// What goes wrong with a call, as strace has it.
const FAULTS: [&str; 4] = ["error=ENOSPC", "error=EIO", "error=EACCES", "signal=KILL"];
/// The calls that are looked at: all that have to do with files.
const CALLS: &str = "trace=%file,%desc";
/// How many cases are tried at once.
const AT_ONCE: usize = 2;

/// A desk with an article, and what the store holds before anything goes wrong.
struct Bench {
    desk: Desk,
    before: Vec<String>,
}

/// One thing that goes wrong.
#[derive(Debug)]
struct Case {
    /// Whether the article has no annotation yet.
    new: bool,
    call: String,
    /// At the how-manieth call of that name, from 1.
    nth: usize,
    fault: &'static str,
}

impl Bench {
    fn new(new: bool) -> Self {
        let story = "Ferry link restored\n\nThe ferry to Skellan sailed again on Wednesday.\n";
        let desk = Desk::with(&[("story.txt", story)]);
        let mut bench = Self { desk, before: Vec::new() };
        if !new {
            bench.before = vec![bench.annotate(), bench.annotate()];
            copy(&bench.desk.path("data"), &bench.desk.path("kept"));
        }
        bench
    }

    fn annotate(&self) -> String {
        let run = self.desk.run(&["annotate", "story.txt", "--quote", "Skellan"]);
        assert_eq!(run.status, 0, "{}", run.err);
        saved(&run).unwrap()
    }

    /// Takes everything back to what it was before.
    fn reset(&self) {
        let data = self.desk.path("data");
        if data.exists() {
            fs::remove_dir_all(&data).unwrap();
        }
        copy(&self.desk.path("kept"), &data);
    }

    /// Annotates under strace, with more arguments for that; the trace is in `trace`.
    fn traced(&self, arguments: &[&str]) -> (bool, Option<String>) {
        let mut program = self.desk.program();
        program.args(["annotate", "story.txt", "--quote", "Skellan", "--note", "a note"]);
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-y", "-o"]).arg(self.desk.path("trace"));
        strace.args(["-e", CALLS]).args(arguments);
        strace.arg(program.get_program()).args(program.get_args());
        strace.current_dir(program.get_current_dir().unwrap()).stdin(Stdio::null());
        for (name, value) in program.get_envs() {
            match value {
                Some(value) => strace.env(name, value),
                None => strace.env_remove(name),
            };
        }
        let output = strace.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let whole = said.strip_suffix('\n').and_then(|line| line.strip_prefix("saved "));
        (output.status.success(), whole.map(str::to_owned))
    }

    /// How often each call is made in one run.
    fn calls(&self) -> BTreeMap<String, usize> {
        self.reset();
        let (done, saved) = self.traced(&[]);
        assert!(done && saved.is_some(), "it does not run under strace");
        let mut calls = BTreeMap::new();
        for line in self.desk.read("trace").lines() {
            let call = line.split_once(' ').and_then(|(_, call)| call.trim_start().split_once('('));
            if let Some((name, _)) = call.filter(|(name, _)| *name != "execve") {
                *calls.entry(name.to_owned()).or_default() += 1;
            }
        }
        calls
    }

    /// Has one thing go wrong; whether the annotation was acknowledged all the same.
    fn try_out(&self, case: &Case) -> bool {
        self.reset();
        let Case { call, nth, fault, .. } = case;
        let (done, saved) = self.traced(&["-e", &format!("inject={call}:{fault}:when={nth}")]);
        assert!(saved.is_some() || !done, "{case:?}: it ends as if all were well");
        let trace = self.desk.read("trace");
        let not_durable = trace.lines().any(|line| {
            let storing = line.contains("/data/annotations") && line.contains("(INJECTED)");
            storing && [" fsync(", " write(", " renameat2("].iter().any(|it| line.contains(it))
        });
        assert!(saved.is_none() || !not_durable, "{case:?}: said to be saved, and is not");
        let mut acknowledged = self.before.clone();
        acknowledged.extend(saved.clone());
        self.check(&acknowledged, case);
        acknowledged.push(self.annotate());
        self.check(&acknowledged, case);
        let run = self.desk.run(&["doctor", "--format", "jsonl"]);
        assert_eq!((run.status, run.out.as_str()), (0, ""), "{case:?}: {}", run.err);
        saved.is_some()
    }

    /// Every file is TOML, and the program lists all that was acknowledged.
    fn check(&self, acknowledged: &[String], case: &Case) {
        let entries = fs::read_dir(self.desk.path("data/annotations")).into_iter().flatten();
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.extension().is_some_and(|end| end == "toml") {
                let text = fs::read_to_string(&path).unwrap();
                let table: Result<toml::Table, _> = text.parse();
                assert!(table.is_ok(), "{case:?}: {} is {text:?}", path.display());
            }
        }
        let run = self.desk.run(&["annotations", "--format", "jsonl"]);
        assert_eq!(run.err, "", "{case:?}");
        for id in acknowledged {
            assert!(run.out.contains(id), "{case:?}: {id} is lost of {}", run.out);
        }
    }
}

fn saved(run: &Run) -> Option<String> {
    Some(run.out.strip_suffix('\n')?.strip_prefix("saved ")?.to_owned())
}

/// Copies a folder with all that is in it; nothing where there is none.
fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn has_strace() -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null());
    let has = strace.status().is_ok_and(|status| status.success());
    if !has {
        eprintln!("skipped: there is no strace here, or it may not trace");
    }
    has
}

/// All that can go wrong, in one order.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for new in [true, false] {
        let calls = Bench::new(new).calls();
        let all: usize = calls.values().sum();
        assert!(all > 80 && calls.contains_key("fsync"), "{calls:?}");
        for (call, count) in calls {
            for nth in 1..=count {
                let case = |fault| Case { new, call: call.clone(), nth, fault };
                cases.extend(FAULTS.map(case));
            }
        }
    }
    cases
}

/// Tries some cases, a few at once.
fn try_all(cases: &[Case]) {
    let (next, acknowledged) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let benches = [Bench::new(false), Bench::new(true)];
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::SeqCst)) {
            let bench = benches.get(usize::from(case.new)).unwrap();
            acknowledged.fetch_add(usize::from(bench.try_out(case)), Ordering::SeqCst);
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    let acknowledged = acknowledged.into_inner();
    assert!(acknowledged > 0 && acknowledged < cases.len());
    eprintln!("{} faults, {acknowledged} acknowledged all the same, none lost", cases.len());
}

/// Whether it is a step of the protocol: of these none is left out.
fn is_step(case: &Case) -> bool {
    let steps = ["fsync", "write", "rename", "renameat2", "linkat", "ftruncate", "fchmod"];
    steps.contains(&case.call.as_str()) && ["error=EIO", "signal=KILL"].contains(&case.fault)
}

#[test]
fn a_system_call_that_fails_or_is_the_last_loses_nothing() {
    if has_strace() {
        let cases = cases().into_iter().enumerate();
        let some = cases.filter(|(at, case)| is_step(case) || at % 11 == 0);
        try_all(&some.map(|(_, case)| case).collect::<Vec<Case>>());
    }
}

#[test]
#[ignore = "takes minutes"]
fn long_any_system_call_that_fails_or_is_the_last_loses_nothing() {
    if has_strace() {
        try_all(&cases());
    }
}
