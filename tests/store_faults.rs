//! What was said to be saved is there, whatever happens while saving.
//!
//! The tests start this test binary again as a writer that saves one annotation after the other and
//! acknowledges each; then they kill it, or make its file system calls fail, and read what is left.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and its writer answers on standard output"
)]

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use pullquote::io::store::{ArticleRef, Edit, Store};
use pullquote::note::{Annotation, Kind, file, sha256};
use uuid::Uuid;

/// Where the writer's store is.
const FOLDER: &str = "PULLQUOTE_TEST_STORE";
/// How many annotations it saves.
const COUNT: &str = "PULLQUOTE_TEST_COUNT";

fn article(folder: &Path) -> ArticleRef {
    ArticleRef {
        root: folder.join("library"),
        path: "a.txt".to_owned(),
        title: Some("Ferry link restored".to_owned()),
        outlet: None,
        byline: None,
        published: None,
        url: None,
        text_sha256: sha256("text"),
        text_chars: 4,
    }
}

fn store(folder: &Path) -> Store {
    Store::open(&folder.join("data"), &folder.join("state"))
}

fn save(folder: &Path) -> Option<Uuid> {
    let id = Uuid::now_v7();
    let mut annotation = Annotation::new(id, Kind::Note, Timestamp::now(), None);
    annotation.note = "two lines\nof a note ".repeat(50);
    let saved = store(folder).apply(&article(folder), &[Edit::Put(annotation)]);
    saved.is_ok().then_some(id)
}

/// No test, but the writer.
#[test]
#[ignore = "the other tests start it"]
fn writer() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let count: usize = std::env::var(COUNT).unwrap().parse().unwrap();
    println!("\nready");
    for _ in 0..count {
        match save(&folder) {
            Some(id) => println!("\nsaved {id}"),
            None => println!("\nfailed"),
        }
    }
}

fn start(folder: &Path, count: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "writer", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).env(COUNT, count.to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn acknowledged(line: &str) -> Option<Uuid> {
    line.strip_prefix("saved ")?.parse().ok()
}

/// Every file parses, and holds all that was acknowledged.
fn check(folder: &Path, acknowledged: &[Uuid], when: &str) {
    let mut there = HashSet::new();
    if let Ok(entries) = fs::read_dir(folder.join("data/annotations")) {
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.extension().is_some_and(|extension| extension == "toml") {
                let record = file::parse(&fs::read_to_string(&path).unwrap());
                let record = record.unwrap_or_else(|error| panic!("{when}: {error}"));
                there.extend(record.annotations.iter().map(|annotation| annotation.id));
            }
        }
    }
    let lost = acknowledged.iter().filter(|id| !there.contains(id)).count();
    assert_eq!(lost, 0, "{when}: acknowledged annotations are lost");
    let loaded = store(folder).load_all(&[]);
    assert!(loaded.problems().is_empty(), "{when}: {:?}", loaded.problems());
}

#[test]
fn a_writer_that_is_killed_loses_nothing_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let mut saved = Vec::new();
    for round in 0..30_u64 {
        let mut writer = start(folder.path(), usize::MAX).spawn().unwrap();
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        assert!(lines.any(|line| line == "ready"));
        thread::sleep(Duration::from_micros(round * 7_771 % 60_000));
        writer.kill().unwrap();
        saved.extend(lines.filter_map(|line| acknowledged(&line)));
        writer.wait().unwrap();
        check(folder.path(), &saved, &format!("round {round}"));
    }
    assert!(saved.len() > 10, "only {} saves in all", saved.len());
    assert!(save(folder.path()).is_some());
}

/// A library to preload that makes the n-th file system call fail or kill, built from the source
/// beside the project; `None` where that is not there.
#[cfg(target_os = "linux")]
fn shim(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/faultshim.c");
    let shim = folder.join("shim.so");
    if !source.exists() {
        eprintln!("skipped: {} is not there", source.display());
        return None;
    }
    let cc = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-w", "-o"])
        .args([&shim, &source])
        .args(["-ldl", "-lpthread"])
        .status();
    if !cc.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no C compiler that builds {}", source.display());
        return None;
    }
    Some(shim)
}

/// Runs a writer of three annotations in which file system call number `at` goes wrong; returns what
/// it acknowledged.
#[cfg(target_os = "linux")]
fn run(shim: &Path, folder: &Path, mode: &str, at: usize, errno: &str) -> Vec<Uuid> {
    let mut command = start(folder, 3);
    command.env("LD_PRELOAD", shim).env("SHIM_DIR", folder.join("data"));
    command.env("SHIM_MODE", mode).env("SHIM_AT", at.to_string()).env("SHIM_ERRNO", errno);
    command.env("SHIM_SEED", at.to_string()).env("SHIM_COUNT", folder.join("count"));
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter_map(acknowledged).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_fault_at_any_call_of_a_save_loses_nothing_acknowledged() {
    let tools = tempfile::tempdir().unwrap();
    let Some(shim) = shim(tools.path()) else { return };
    let fresh = || {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("data/annotations")).unwrap();
        folder
    };
    let folder = fresh();
    assert_eq!(run(&shim, folder.path(), "count", 0, "0").len(), 3);
    let count = fs::read_to_string(folder.path().join("count")).unwrap();
    let count: usize = count.trim().parse().unwrap();
    assert!(count >= 12, "only {count} calls were seen");
    let faults = [
        ("kill", "0"),
        ("power", "0"),
        ("short", "0"),
        ("errno", "5"),  // EIO
        ("errno", "13"), // EACCES
        ("errno", "28"), // ENOSPC
    ];
    for (mode, errno) in faults {
        for at in 1..=count {
            let folder = fresh();
            let saved = run(&shim, folder.path(), mode, at, errno);
            let when = format!("{mode} {errno} at call {at} of {count}");
            assert!(mode != "errno" || saved.len() >= 2, "{when}: the next save failed as well");
            check(folder.path(), &saved, &when);
            assert!(save(folder.path()).is_some(), "{when}: nothing can be saved any more");
        }
    }
}
