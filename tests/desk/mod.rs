//! A desk to run the program at: a folder of its own, with files and a data folder in it.
#![allow(dead_code, reason = "no test needs all of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a desk that breaks fails its test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The folder, gone when the test is.
pub struct Desk {
    folder: TempDir,
}

/// How a run ended and what it wrote.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A desk with these files on it.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        for (name, text) in files {
            desk.file(name, text);
        }
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The program, about to run in the folder with nothing of the user's within reach.
    pub fn program(&self) -> Command {
        let mut program = Command::new(assert_cmd::cargo::cargo_bin!("pullquote"));
        program.current_dir(self.folder.path());
        program.env("HOME", self.path("home")).env("PULLQUOTE_DATA_DIR", self.path("data"));
        for name in ["PULLQUOTE_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
            program.env_remove(name);
        }
        program.stdin(Stdio::null());
        program
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        self.program().args(arguments).output().unwrap().into()
    }

    /// Runs and takes each line of the output for a JSON object.
    pub fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let run = self.run(arguments);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}");
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Run {
    /// The messages, one a line.
    pub fn messages(&self) -> Vec<&str> {
        self.err.lines().collect()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().expect("the program was killed"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The articles that lie beside the repository on some machines, if they do.
pub fn seeds() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/seeds");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there is no {}", folder.display());
    None
}
