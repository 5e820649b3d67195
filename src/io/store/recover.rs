//! Recovery: what other instances, or programs that keep folders in step, have left behind is merged
//! in before it is removed.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::catalog;
use super::home::Home;
use super::save::{Describing, file_name, slug_for};
use super::{Store, StoreError, backup, journal, lock};
use crate::io::Problem;
use crate::io::atomic::{TEMPORARY_PREFIX, TEMPORARY_SUFFIX};
use crate::io::{disk, path};
use crate::note::{Record, merge};

/// From this age on a temporary file of an instance that has its state elsewhere was left behind.
const LEFT: Duration = Duration::from_secs(3_600);

impl Store {
    /// Merges in what was left behind by instances that are no more, in the data folder and in a
    /// `.pullquote/` in or above each of `roots`: temporary files, journals, and the copies that
    /// programs make which keep folders in step. What cannot be merged stays, and is a problem.
    pub fn recover(&mut self, roots: &[PathBuf]) -> Vec<Problem> {
        let _lock = match lock::take(&self.state, self.patience) {
            Ok(lock) => lock,
            Err(error) => return vec![error.into()],
        };
        self.homes(roots).iter().flat_map(|home| self.recover_once(home)).collect()
    }

    /// The same in one home under the lock, the first time that this instance saves there. What is
    /// wrong is no concern of a save.
    pub(super) fn recover_once(&mut self, home: &Home) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.recovered.insert(home.folder.clone()) {
            problems.extend(self.merge_left_files(home));
        }
        if !std::mem::replace(&mut self.took_journals, true) {
            problems.extend(self.merge_journals());
        }
        problems
    }

    fn merge_left_files(&mut self, home: &Home) -> Vec<Problem> {
        let mut problems = Vec::new();
        for path in self.temporaries(home) {
            problems.extend(self.merge_temporary(home, &path).err());
        }
        for path in copies(&home.folder) {
            problems.extend(self.merge_copy(home, &path).err());
        }
        problems.into_iter().map(Problem::from).collect()
    }

    /// The temporary files in a home that no instance is writing. One with our mark was written under
    /// the lock that we hold.
    pub(super) fn temporaries(&self, home: &Home) -> Vec<PathBuf> {
        let ours = format!("{TEMPORARY_PREFIX}{}", self.mark);
        let is_left = |path: &Path, name: &str| {
            let modified = fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
            let age = modified.and_then(|at| at.elapsed().ok());
            name.starts_with(&ours) || age.is_some_and(|age| age > LEFT)
        };
        listed(&home.folder, |path, name| is_temporary(name) && is_left(path, name))
    }

    fn merge_temporary(&mut self, home: &Home, path: &Path) -> Result<(), StoreError> {
        let io = || StoreError::io(path, "take in what was left behind");
        if fs::metadata(path).is_ok_and(|metadata| metadata.len() == 0) {
            return disk::remove(path).map_err(io());
        }
        match catalog::read(path) {
            Ok((_, record)) => {
                self.take_in(home, &record)?;
                disk::remove(path).map_err(io())
            }
            // It may be what somebody wrote by hand, or what was never written to its end.
            Err(_) => backup::set_aside(home, path).map_err(io()),
        }
    }

    /// Merges a copy in, and sets it aside.
    fn merge_copy(&mut self, home: &Home, path: &Path) -> Result<(), StoreError> {
        let (_, record) = catalog::read(path)?;
        self.take_in(home, &record)?;
        backup::set_aside(home, path).map_err(StoreError::io(path, "set the copy aside"))
    }

    /// Merges a record into the file of its article, which is made where there is none. One that cannot
    /// be used is not passed over: what it holds may be newer.
    pub(super) fn take_in(&mut self, home: &Home, record: &Record) -> Result<(), StoreError> {
        let catalog = self.catalogs.entry(home.folder.clone()).or_default();
        catalog
            .refresh(home, None)
            .map_err(StoreError::io(&home.folder, "list the annotations"))?;
        if let Some(problem) = catalog.problem_of(home, &record.subject) {
            return Err(StoreError::Unusable(problem.clone()));
        }
        let file = catalog.file_of(home, &record.subject);
        if let Some(file) = file {
            // What others have left behind is news.
            self.told = None;
            self.change(&file, home, |there| {
                let merged = merge::merge_records(there, record);
                *there = Record { revision: there.revision, ..merged };
            })?;
            return Ok(());
        }
        let slug = slug_for(record.subject.title(), &record.subject.path);
        let file = home.folder.join(file_name(&slug, record.subject.id));
        self.write_new(home, file, record).map(drop)
    }

    /// Merges in the journals of instances that are no more. One with an entry that cannot be merged
    /// stays, and the next save tries it again.
    fn merge_journals(&mut self) -> Vec<Problem> {
        journal::sweep(&self.state, LEFT);
        let left = match journal::left(&self.state) {
            Ok(left) => left,
            Err(error) => {
                let what = format!("the journals cannot be read: {error}");
                return vec![Problem::new(path::spelled(&self.state), what)];
            }
        };
        let mut problems = Vec::new();
        for journal in left {
            let mut whole = true;
            for entry in &journal.entries {
                let home = Home::of(&entry.article, &self.data);
                let stored = self.store(&home, &entry.article, &entry.edits, Describing::AsItWas);
                if let Err(error) = stored {
                    whole = false;
                    problems.push(waiting(error.into()));
                }
            }
            if whole {
                // One that stays is merged again, to no effect.
                let _ = journal.remove();
            } else {
                self.took_journals = false;
            }
        }
        problems
    }
}

/// What is said of changes that wait in a journal.
fn waiting(problem: Problem) -> Problem {
    let what = format!("{}; changes to it from an earlier run wait in the journal", problem.what);
    Problem { what, ..problem }
}

fn is_temporary(name: &str) -> bool {
    name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX)
}

/// The copies in a folder that were made by programs which keep folders in step.
pub(super) fn copies(folder: &Path) -> Vec<PathBuf> {
    listed(folder, |_, name| is_copy(OsStr::new(name)))
}

/// Whether a file's name says that it was made by a program which keeps folders in step and found two
/// versions: `….sync-conflict-….toml`, `… (… conflicted copy …).toml`.
pub(super) fn is_copy(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let Some(stem) = name.strip_suffix(".toml") else { return false };
    let in_brackets = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('('));
    let says_so = in_brackets.is_some_and(|(_, said)| said.contains("conflicted copy"));
    says_so || stem.contains(".sync-conflict-")
}

fn listed(folder: &Path, wanted: impl Fn(&Path, &str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter(|entry| wanted(&entry.path(), &entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
}
