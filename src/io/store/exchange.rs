//! Exchange: a new text takes the place of a file that others may be writing too.

use std::ops::BitAnd;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::catalog::{self, Found, Parsed};
use super::home::Home;
use super::{ArticleRef, Saved, Store, StoreError, backup, problem};
use crate::io::Problem;
use crate::io::atomic::{self, Access, Displaced};
use crate::note::{Record, file, merge};

/// How often a save begins anew because somebody else wrote in between.
const ATTEMPTS: usize = 100;
/// How long an editor may take that writes to the file in place.
const SETTLING: Duration = Duration::from_millis(800);
/// How long a file is to lie that somebody else has written, before it is taken for whole.
const QUIET: Duration = Duration::from_millis(15);
/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(5);

/// A file as it was read.
struct Current {
    text: String,
    record: Record,
}

impl Store {
    /// What there is for an article; a file that is just being written to is waited for.
    pub(super) fn found_whole(
        &mut self,
        home: &Home,
        article: &ArticleRef,
    ) -> Result<Found, StoreError> {
        let start = Instant::now();
        loop {
            let found = self.found(home, article)?;
            let Found::Unusable(problem) = &found else { return Ok(found) };
            if start.elapsed() > SETTLING || !is_settling(problem, Path::new(&problem.place)) {
                return Ok(found);
            }
            thread::sleep(PAUSE);
        }
    }

    /// Makes a change to a file, and writes it if that makes a difference. Somebody who ignores locks
    /// may write the file at the same time: what the new text displaced is compared with what was
    /// read, and if it is something else, it is changed and written in turn.
    pub(super) fn change(
        &mut self,
        path: &Path,
        home: &Home,
        edit: impl Fn(&mut Record),
    ) -> Result<Saved, StoreError> {
        let result = self.try_to_change(path, home, edit);
        if result.is_err() {
            // What was displaced may lie beside the file: the next save takes it in.
            self.recovered.remove(&home.folder);
        }
        result
    }

    fn try_to_change(
        &mut self,
        path: &Path,
        home: &Home,
        edit: impl Fn(&mut Record),
    ) -> Result<Saved, StoreError> {
        let io = || StoreError::io(path, "write the annotations");
        let mut current = read(path, self.written.as_ref())?;
        let mut expected = current.text.clone();
        // What is to be in it besides: what an editor that had an older file open has undone.
        let mut besides: Vec<Record> = self.outdone(path, &current.record);
        let mut displaced: Vec<Displaced> = Vec::new();
        // No two texts of ours have one revision: an editor may have opened each of them.
        let mut revision = current.record.revision;
        for attempt in 0..ATTEMPTS {
            let mut next = current.record.clone();
            for record in &besides {
                merge::merge_all(&mut next.annotations, record.annotations.iter().cloned());
                next.revision = next.revision.max(record.revision);
            }
            edit(&mut next);
            let_keys_go_first();
            let same = file::same(&next, &current.record) && displaced.is_empty();
            if same && !self.unsure.contains(path) {
                return Ok(saved(path, current.record, false));
            }
            revision = next.revision.max(revision).saturating_add(1);
            next.revision = revision;
            let (text, record) = rendered(path, &current, &next)?;
            backup::before_change(home, path, &current.text);
            self.unsure.insert(path.to_owned());
            let mut there =
                atomic::replace(path, &self.mark, text.as_bytes(), Access::Private).map_err(io())?;
            if there.bytes == expected.as_bytes() {
                self.unsure.remove(path);
                displaced.push(there);
                if !displaced.into_iter().map(Displaced::discard).fold(true, BitAnd::bitand) {
                    self.recovered.remove(&home.folder);
                }
                self.known.insert(path.to_owned(), record.clone());
                let own = attempt == 0 && besides.is_empty() && self.has_told(path, &expected);
                self.told = self.told.take().filter(|_| own);
                self.written = Some((text, record.clone()));
                return Ok(saved(path, record, true));
            }
            let Some(theirs) = settled(&mut there, || thread::sleep(QUIET)) else {
                there.put_back(text.as_bytes()).map_err(io())?;
                return Err(unusable(path));
            };
            besides.extend(
                (theirs.record.revision < current.record.revision).then_some(current.record),
            );
            besides.extend(displaced.last().and_then(parsed).map(|it| it.record));
            displaced.push(there);
            (current, expected) = (theirs, text);
        }
        Err(StoreError::Contended(path.to_owned()))
    }

    /// What this instance knows to have been in a file that has an older revision now.
    fn outdone(&self, path: &Path, record: &Record) -> Vec<Record> {
        let known = self.known.get(path).filter(|known| known.revision > record.revision);
        known.cloned().into_iter().collect()
    }

    /// A record as it is in its file, with what an editor has undone that had an older file open.
    pub(super) fn restored(&self, path: &Path, mut record: Record) -> Record {
        for known in self.outdone(path, &record) {
            merge::merge_all(&mut record.annotations, known.annotations);
        }
        record
    }
}

fn saved(path: &Path, record: Record, written: bool) -> Saved {
    Saved { file: Some(path.to_owned()), record, written }
}

/// Reads a file, which may be as `known`; one that is just being written to is waited for.
fn read(path: &Path, known: Option<&Parsed>) -> Result<Current, StoreError> {
    let start = Instant::now();
    loop {
        match catalog::read_known(path, known) {
            Ok((text, record)) => return Ok(Current { text, record }),
            Err(unusable)
                if start.elapsed() > SETTLING || !is_settling(&unusable.problem, path) =>
            {
                return Err(unusable.into());
            }
            Err(_) => thread::sleep(PAUSE),
        }
    }
}

/// Where a key waits for this core, it goes first: else a thread that reckons keeps a core for some
/// milliseconds at a time.
fn let_keys_go_first() {
    thread::yield_now();
}

/// Whether a file that does not parse was written to so lately that whoever did may not be done.
fn is_settling(problem: &Problem, path: &Path) -> bool {
    let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let age = modified.and_then(|at| at.elapsed().ok());
    problem.line.is_some() && age.is_some_and(|age| age < SETTLING)
}

/// What somebody else wrote, once it is whole: it parses, and nothing more comes for a while. `None`
/// where it does not come to that.
fn settled(displaced: &mut Displaced, mut wait: impl FnMut()) -> Option<Current> {
    let start = Instant::now();
    loop {
        let before = displaced.bytes.clone();
        wait();
        displaced.read_again().ok()?;
        if before == displaced.bytes
            && let Some(current) = parsed(displaced)
        {
            return Some(current);
        }
        if start.elapsed() > SETTLING {
            return None;
        }
    }
}

fn parsed(displaced: &Displaced) -> Option<Current> {
    let text = String::from_utf8(displaced.bytes.clone()).ok()?;
    let record = file::parse(&text).ok()?;
    Some(Current { text, record })
}

/// Why a file cannot be used that has just been put back.
fn unusable(path: &Path) -> StoreError {
    match catalog::read(path) {
        Err(unusable) => unusable.into(),
        Ok(_) => StoreError::Unusable(problem::changing(path)),
    }
}

/// The text to write, and what it reads back as: the old text with what changed. Where a hand has
/// left the file in a shape that this cannot be done to, the whole is written anew.
fn rendered(path: &Path, current: &Current, next: &Record) -> Result<(String, Record), StoreError> {
    let updated = file::update(&current.text, next);
    let_keys_go_first();
    if let Ok(text) = updated
        && let Ok(record) = read_back(path, &text, next)
    {
        let_keys_go_first();
        return Ok((text, record));
    }
    let text = file::fresh(next);
    let record = read_back(path, &text, next)?;
    Ok((text, record))
}

/// Reads what is about to be written, and makes sure that it says what it should.
pub(super) fn read_back(path: &Path, text: &str, record: &Record) -> Result<Record, StoreError> {
    let back = file::parse(text).ok().filter(|back| file::same(back, record));
    back.ok_or_else(|| StoreError::NotTheSame(PathBuf::from(path)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_somebody_else_is_still_writing_is_waited_for_though_it_parses() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let record = file::fresh(&Record::default());
        fs::write(&path, &record).unwrap();
        let mut displaced = atomic::replace(&path, "m-", b"ours", Access::Private).unwrap();
        let beside = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().path());
        let Some(kept) = beside.into_iter().find(|it| *it != path) else {
            eprintln!("left out: files cannot be exchanged here");
            return;
        };
        let mut parts = ["# one\n", "# two\n"].into_iter();
        let mut text = record.clone();
        let current = settled(&mut displaced, || {
            if let Some(part) = parts.next() {
                text.push_str(part);
                fs::write(&kept, &text).unwrap();
            }
        });
        assert_eq!(current.unwrap().text, format!("{record}# one\n# two\n"));
    }
}
