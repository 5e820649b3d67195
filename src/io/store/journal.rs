//! The journal: what an instance is about to save, durable before anything else is done.
//!
//! Every instance has one of its own in the state folder, and holds a lock on it as long as it lives.
//! One that nobody holds was left by an instance that is no more: what it holds is merged in by the
//! next.
//!
//! A line holds the start of the SHA-256 of what follows, and an entry, or the numbers of those that
//! are done with, in JSON. A line that was not written to its end does not match its hash, and is
//! passed over: nothing was said to be saved by then.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ArticleRef, Edit, home};
use crate::io::atomic::{self, Access};
use crate::io::disk;
use crate::note::{Record, Subject, file, merge, sha256};

/// The length of a hash in a line, in hexadecimal digits.
const HASH: usize = 16;
/// The journals' folder in the state folder.
const FOLDER: &str = "journal";
/// What the names of journals end with.
const ENDING: &str = "journal";
/// What they end with until they are locked.
const UNNAMED: &str = "new";

/// Edits to an article that are not yet known to be in its file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) article: ArticleRef,
    pub(super) edits: Vec<Edit>,
}

/// The journal of this instance.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    /// The file, locked, from the first entry on.
    file: Option<(File, PathBuf)>,
    /// What is in it, by number.
    pending: Vec<(u64, Entry)>,
    last: u64,
    /// Whether something could not be written to it.
    failed: bool,
}

/// A line.
#[derive(Debug, Serialize, Deserialize)]
enum Line {
    #[serde(rename = "entry")]
    Entry(Box<Written>),
    #[serde(rename = "done")]
    Done(Vec<u64>),
}

/// An entry as it is written.
#[derive(Debug, Serialize, Deserialize)]
struct Written {
    number: u64,
    root: String,
    article: ArticleRef,
    /// The annotations and corrections as a file of the store would hold them.
    record: String,
    /// Whether the corrections are an edit.
    corrects: bool,
}

impl Journal {
    /// The journal of an instance with its state in `state`. Nothing is made yet.
    pub(super) fn new(state: &Path) -> Self {
        Self { folder: folder(state), file: None, pending: Vec::new(), last: 0, failed: false }
    }

    /// Takes up edits to an article, and makes them durable, unless they were the last that came and are
    /// there still. Where that fails they are kept in memory alone.
    pub(super) fn append(&mut self, article: &ArticleRef, edits: &[Edit]) -> io::Result<()> {
        let entry = Entry { article: article.clone(), edits: edits.to_vec() };
        let last = self.pending.iter().rev().find(|(_, it)| is_same(&it.article, article));
        if edits.is_empty() || last.is_some_and(|(_, there)| *there == entry) {
            return Ok(());
        }
        self.last += 1;
        let line = line(&Line::Entry(Box::new(Written::new(self.last, &entry))));
        self.pending.push((self.last, entry));
        let written = line.and_then(|line| self.write(&line, true));
        self.failed |= written.is_err();
        written
    }

    /// Where it is, if all that is not yet in the files is durable there.
    pub(super) fn keeps_all(&self) -> Option<&Path> {
        let (_, path) = self.file.as_ref().filter(|_| !self.failed)?;
        (!self.pending.is_empty()).then_some(path)
    }

    /// The edits to an article that are not in its file yet, the oldest first.
    pub(super) fn edits(&self, article: &ArticleRef) -> Vec<Edit> {
        let own = self.pending.iter().filter(|(_, entry)| is_same(&entry.article, article));
        own.flat_map(|(_, entry)| entry.edits.iter().cloned()).collect()
    }

    /// The edits to an article are in its file. It is no matter whether this becomes durable: to merge
    /// them in again changes nothing.
    pub(super) fn done(&mut self, article: &ArticleRef) {
        let is_done = |entry: &Entry| is_same(&entry.article, article);
        let of = |(number, entry): &(u64, Entry)| is_done(entry).then_some(*number);
        let done: Vec<u64> = self.pending.iter().filter_map(of).collect();
        self.pending.retain(|(_, entry)| !is_done(entry));
        if self.pending.is_empty() {
            if let Some((file, path)) = &self.file {
                let _ = disk::truncate(file, path, 0);
            }
        } else if let Ok(line) = line(&Line::Done(done)) {
            let _ = self.write(&line, false);
        }
    }

    /// Gives up what could not be saved.
    pub(super) fn withdraw(&mut self) {
        self.pending.clear();
        if let Some((file, path)) = &self.file {
            let _ = disk::truncate(file, path, 0);
        }
    }

    fn write(&mut self, line: &str, durable: bool) -> io::Result<()> {
        if self.file.is_none() {
            self.file = Some(make(&self.folder)?);
        }
        let Some((file, path)) = &mut self.file else { return Ok(()) };
        let written = disk::write(file, path, line.as_bytes());
        if durable { written.and_then(|()| disk::sync(file, path)) } else { written }
    }
}

impl Drop for Journal {
    /// One with nothing in it is removed; the other waits for the next instance.
    fn drop(&mut self) {
        if self.pending.is_empty()
            && let Some((_, path)) = &self.file
        {
            let _ = disk::remove(path);
        }
    }
}

/// The journal of another instance, which is no more. Nobody else has it as long as this lives.
#[derive(Debug)]
pub(super) struct Left {
    _lock: File,
    path: PathBuf,
    /// What it holds and is not done with.
    pub(super) entries: Vec<Entry>,
}

impl Left {
    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it: what it held is in the files.
    pub(super) fn remove(self) -> io::Result<()> {
        disk::remove(&self.path)
    }
}

/// Removes what was to become a journal this long ago and never did.
pub(super) fn sweep(state: &Path, age: Duration) {
    for path in paths(state, UNNAMED).unwrap_or_default() {
        let made = fs::metadata(&path).and_then(|metadata| metadata.modified()).ok();
        if made.and_then(|at| at.elapsed().ok()).is_some_and(|it| it > age) {
            let _ = disk::remove(&path);
        }
    }
}

/// The journals that instances have left which are no more.
///
/// # Errors
/// The folder, or one of them, cannot be read.
pub(super) fn left(state: &Path) -> io::Result<Vec<Left>> {
    let mut left = Vec::new();
    for path in paths(state, ENDING)? {
        let lock = OpenOptions::new().read(true).write(true).open(&path)?;
        if lock.try_lock().is_ok() {
            let entries = entries(&disk::read(&path)?);
            left.push(Left { _lock: lock, path, entries });
        }
    }
    Ok(left)
}

fn paths(state: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let listed = match fs::read_dir(folder(state)) {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let paths: io::Result<Vec<PathBuf>> = listed.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths?;
    paths.retain(|path| path.extension().is_some_and(|it| it == ending));
    paths.sort();
    Ok(paths)
}

fn folder(state: &Path) -> PathBuf {
    state.join(FOLDER)
}

/// Makes a journal. It has its name only once it is locked, or another instance would take it for one
/// that was left.
fn make(folder: &Path) -> io::Result<(File, PathBuf)> {
    atomic::create_folders(folder, Access::Private)?;
    let path = folder.join(format!("{}.{ENDING}", Uuid::now_v7().simple()));
    let new = path.with_extension(UNNAMED);
    let file = disk::create(&new, Access::Private)?;
    let named = lock(&file).and_then(|()| disk::rename(&new, &path));
    if let Err(error) = named.and_then(|()| disk::sync_folder(folder)) {
        let _ = disk::remove(&new);
        let _ = disk::remove(&path);
        return Err(error);
    }
    Ok((file, path))
}

/// Some network file systems have no locks; there a journal may be merged in twice, to no effect.
fn lock(file: &File) -> io::Result<()> {
    match file.try_lock() {
        Err(fs::TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
            Err(error)
        }
        _ => Ok(()),
    }
}

/// A line, begun with a new one: the last may not have been written to its end.
fn line(line: &Line) -> io::Result<String> {
    let json = serde_json::to_string(line)?;
    Ok(format!("\n{} {json}\n", hash(&json)))
}

fn hash(json: &str) -> String {
    sha256(json).chars().take(HASH).collect()
}

/// What a journal holds and is not done with. What does not match its hash was never finished.
fn entries(bytes: &[u8]) -> Vec<Entry> {
    let text = String::from_utf8_lossy(bytes);
    let mut entries = Vec::new();
    for line in text.lines() {
        let parts = line.split_once(' ').filter(|(given, json)| hash(json) == *given);
        match parts.and_then(|(_, json)| serde_json::from_str(json).ok()) {
            Some(Line::Entry(written)) => {
                entries.extend(written.entry().map(|entry| (written.number, entry)));
            }
            Some(Line::Done(done)) => entries.retain(|(number, _)| !done.contains(number)),
            None => {}
        }
    }
    entries.into_iter().map(|(_, entry)| entry).collect()
}

impl Written {
    fn new(number: u64, entry: &Entry) -> Self {
        let mut record = Record { subject: Subject::default(), ..Record::default() };
        let mut corrects = false;
        for edit in &entry.edits {
            match edit {
                Edit::Put(annotation) => {
                    merge::merge_into(&mut record.annotations, annotation);
                }
                Edit::Correct(corrected) => {
                    record.subject.corrected = corrected.clone();
                    corrects = true;
                }
            }
        }
        let root = home::reversible(&entry.article.root);
        let article = ArticleRef { root: PathBuf::new(), ..entry.article.clone() };
        Self { number, root, article, record: file::fresh(&record), corrects }
    }

    fn entry(&self) -> Option<Entry> {
        let record = file::parse(&self.record).ok()?;
        let article = ArticleRef { root: home::reversed(&self.root), ..self.article.clone() };
        let mut edits: Vec<Edit> = record.annotations.into_iter().map(Edit::Put).collect();
        edits.extend(self.corrects.then_some(Edit::Correct(record.subject.corrected)));
        Some(Entry { article, edits })
    }
}

fn is_same(a: &ArticleRef, b: &ArticleRef) -> bool {
    home::lookup(a) == home::lookup(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corrected;
    use crate::note::{Annotation, Kind};
    use jiff::Timestamp;

    fn article(path: &str) -> ArticleRef {
        ArticleRef {
            root: PathBuf::from("/news 100%"),
            path: path.to_owned(),
            title: Some("A “title”".to_owned()),
            outlet: None,
            byline: None,
            published: Some(jiff::civil::date(2026, 3, 4)),
            url: None,
            text_sha256: "00".to_owned(),
            text_chars: 5,
        }
    }

    fn put(note: &str) -> Edit {
        let new = Annotation::new(Uuid::now_v7(), Kind::Note, Timestamp::UNIX_EPOCH, None);
        Edit::Put(Annotation { note: note.to_owned(), ..new })
    }

    #[test]
    fn what_an_instance_leaves_is_there_for_the_next_and_nothing_of_one_that_lives() {
        let state = tempfile::tempdir().unwrap();
        let mut journal = Journal::new(state.path());
        let corrected = Corrected { outlet: Some("Wire".to_owned()), ..Corrected::default() };
        let first = vec![put("one\n\"\"\" two"), Edit::Correct(corrected)];
        journal.append(&article("a.txt"), &first).unwrap();
        journal.append(&article("b.txt"), &[put("b")]).unwrap();
        journal.append(&article("a.txt"), &first).unwrap();
        assert!(left(state.path()).unwrap().is_empty(), "it is locked");
        journal.done(&article("b.txt"));
        assert_eq!(journal.edits(&article("a.txt")), first);
        drop(journal);
        let [left] = &left(state.path()).unwrap()[..] else { panic!("one is left") };
        assert_eq!(left.entries, [Entry { article: article("a.txt"), edits: first }]);
    }

    #[test]
    fn what_is_taken_back_and_put_again_counts() {
        let state = tempfile::tempdir().unwrap();
        let mut journal = Journal::new(state.path());
        let outlet = |name: &str| {
            let outlet = Some(name.to_owned());
            Edit::Correct(Corrected { outlet, ..Corrected::default() })
        };
        let [wire, daily] = ["Wire", "Daily"].map(outlet);
        for edit in [&wire, &daily, &daily, &wire] {
            journal.append(&article("a.txt"), std::slice::from_ref(edit)).unwrap();
            journal.append(&article("b.txt"), std::slice::from_ref(&daily)).unwrap();
        }
        assert_eq!(journal.edits(&article("a.txt")), [wire.clone(), daily.clone(), wire]);
        assert_eq!(journal.edits(&article("b.txt")), [daily]);
    }

    #[test]
    fn one_with_nothing_in_it_is_removed() {
        let state = tempfile::tempdir().unwrap();
        let mut journal = Journal::new(state.path());
        journal.append(&article("a.txt"), &[put("a")]).unwrap();
        journal.done(&article("a.txt"));
        let [path] = &paths(state.path(), ENDING).unwrap()[..] else { panic!("it is there") };
        // Or what it held would come back were this instance killed and the file edited by hand.
        assert_eq!(fs::metadata(path).unwrap().len(), 0);
        drop(journal);
        assert_eq!(fs::read_dir(folder(state.path())).unwrap().count(), 0);
    }

    #[test]
    fn what_was_not_written_to_its_end_is_passed_over_and_what_follows_is_not() {
        let line = |number, note| {
            let entry = Entry { article: article("a.txt"), edits: vec![put(note)] };
            line(&Line::Entry(Box::new(Written::new(number, &entry)))).unwrap()
        };
        let (first, second) = (line(1, "first"), line(2, "second"));
        for end in 0..first.len() - 1 {
            let text = [&first.as_bytes()[..end], second.as_bytes()].concat();
            assert_eq!(entries(&text).len(), 1, "{end}");
        }
        assert_eq!(entries(format!("{first}{second}").as_bytes()).len(), 2);
        assert!(entries(&first.replace("first", "frist").into_bytes()).is_empty());
    }
}
