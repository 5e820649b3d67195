//! Faults: the n-th call of a thread fails, or is the last that it makes.
//!
//! For a loss of power it is also followed which bytes and names were durable by then, and
//! [`Faults::lose_power`] leaves on the disk what a machine might find there when it starts again.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Call;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum Fault {
    /// Nothing; calls are counted.
    None,
    /// The call fails with this error of the system, and has done nothing.
    Error(i32),
    /// It fails, and so does every one after it.
    ErrorsFrom(i32),
    /// A write stops half way and fails. Another call fails as it is.
    Short,
    /// The program is no more: neither this call nor any other is made.
    Kill,
    /// The call is made, and the program is no more.
    KillAfter,
}

/// The calls of a thread, and what goes wrong with them.
struct Plan {
    fault: Fault,
    /// The number of the call that it goes wrong with, from 1.
    at: usize,
    count: usize,
    calls: Vec<String>,
    dead: bool,
    durable: Durable,
}

thread_local! {
    static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
}

thread_local! {
    static MEANWHILE: RefCell<Option<Box<dyn FnMut()>>> = const { RefCell::new(None) };
}

thread_local! {
    static NO_EXCHANGE: Cell<bool> = const { Cell::new(false) };
}

/// Until this is dropped, this thread is on a file system that cannot exchange two files.
pub(in crate::io) struct WithoutExchange;

pub(in crate::io) fn without_exchange() -> WithoutExchange {
    NO_EXCHANGE.set(true);
    WithoutExchange
}

impl Drop for WithoutExchange {
    fn drop(&mut self) {
        NO_EXCHANGE.set(false);
    }
}

/// Whether this thread's files can be exchanged.
pub(super) fn can_exchange() -> bool {
    !NO_EXCHANGE.get()
}

/// From now on somebody else does something just before this thread exchanges files.
pub(in crate::io) fn meanwhile(something: impl FnMut() + 'static) {
    MEANWHILE.set(Some(Box::new(something)));
}

/// Faults in this thread, until dropped.
pub(in crate::io) struct Faults {
    folder: PathBuf,
}

impl Faults {
    /// From now on call number `at` goes wrong; what is in `folder` is durable.
    pub(in crate::io) fn start(folder: &Path, fault: Fault, at: usize) -> Self {
        let durable = Durable::new(folder);
        let plan = Plan { fault, at, count: 0, calls: Vec::new(), dead: false, durable };
        PLAN.with_borrow_mut(|there| *there = Some(plan));
        Self { folder: folder.to_owned() }
    }

    /// How many calls there were, and which.
    pub(in crate::io) fn calls() -> Vec<String> {
        PLAN.with_borrow(|plan| plan.as_ref().map(|plan| plan.calls.clone()).unwrap_or_default())
    }

    /// Ends the faults, and leaves in the folder what was durable, and of what was not some.
    pub(in crate::io) fn lose_power(self, seed: u64) {
        let plan = PLAN.with_borrow_mut(Option::take).unwrap();
        let left = plan.durable.left(seed);
        fs::remove_dir_all(&self.folder).unwrap();
        fs::create_dir(&self.folder).unwrap();
        for (path, content) in left {
            match content {
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => fs::create_dir_all(path).unwrap(),
            }
        }
    }
}

impl Drop for Faults {
    fn drop(&mut self) {
        PLAN.with_borrow_mut(|plan| *plan = None);
    }
}

fn killed() -> io::Error {
    io::Error::other("the program is no more")
}

/// What becomes of the next call: it is made, and the program may be no more then; or it fails.
fn next(call: Call<'_>) -> io::Result<()> {
    PLAN.with_borrow_mut(|plan| {
        let Some(plan) = plan else { return Ok(()) };
        if plan.dead {
            return Err(killed());
        }
        plan.count += 1;
        plan.calls.push(described(call));
        let here = plan.count == plan.at;
        match plan.fault {
            Fault::Error(code) if here => return Err(io::Error::from_raw_os_error(code)),
            Fault::ErrorsFrom(code) if plan.count >= plan.at => {
                return Err(io::Error::from_raw_os_error(code));
            }
            Fault::Short if here => return Err(io::ErrorKind::WriteZero.into()),
            Fault::Kill if here => {
                plan.dead = true;
                return Err(killed());
            }
            _ => {}
        }
        Ok(())
    })
}

fn described(call: Call<'_>) -> String {
    let name = |path: &Path| path.file_name().unwrap_or_default().display().to_string();
    match call {
        Call::Read(path) => format!("read {}", name(path)),
        Call::Create(path) => format!("create {}", name(path)),
        Call::Write(path, bytes) => format!("write {} to {}", bytes.len(), name(path)),
        Call::Truncate(path, length) => format!("truncate {} at {length}", name(path)),
        Call::Sync(path) => format!("sync {}", name(path)),
        Call::Rename(from, to) => format!("rename {} to {}", name(from), name(to)),
        Call::Exchange(a, b) => format!("exchange {} and {}", name(a), name(b)),
        Call::Link(from, to) => format!("link {} as {}", name(from), name(to)),
        Call::Remove(path) => format!("remove {}", name(path)),
        Call::MakeFolder(path) => format!("make {}", name(path)),
        Call::SyncFolder(path) => format!("sync folder {}", name(path)),
    }
}

/// Makes a call, unless it is to fail.
pub(super) fn call<T>(call: Call<'_>, made: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    next(call)?;
    if matches!(call, Call::Exchange(..))
        && let Some(mut something) = MEANWHILE.take()
    {
        something();
        MEANWHILE.set(Some(something));
    }
    let result = made()?;
    PLAN.with_borrow_mut(|plan| {
        let Some(plan) = plan else { return Ok(result) };
        plan.durable.follow(call);
        if plan.fault == Fault::KillAfter && plan.count == plan.at {
            plan.dead = true;
            return Err(killed());
        }
        Ok(result)
    })
}

/// The bytes that the next write is to write; where it stops half way, that half is written first.
pub(super) fn shortened(
    bytes: &[u8],
    mut write: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<&[u8]> {
    let short = PLAN.with_borrow(|plan| {
        plan.as_ref().is_some_and(|plan| {
            let here = plan.count + 1 == plan.at && !plan.dead;
            here && matches!(plan.fault, Fault::Short | Fault::Kill)
        })
    });
    if short {
        write(&bytes[..bytes.len() / 2])?;
    }
    Ok(bytes)
}

/// A file, whatever it is called.
#[derive(Debug, Clone, Default)]
struct Content {
    durable: Vec<u8>,
    now: Vec<u8>,
}

/// A change of names in a folder.
#[derive(Debug, Clone)]
enum Renaming {
    Is(PathBuf, usize),
    Gone(PathBuf),
    Both(Vec<Renaming>),
}

/// What is durable in a folder.
#[derive(Debug, Default)]
struct Durable {
    contents: Vec<Content>,
    /// The names as they are now, and as they are durable.
    now: BTreeMap<PathBuf, usize>,
    names: BTreeMap<PathBuf, usize>,
    folders: BTreeSet<PathBuf>,
    new_folders: BTreeSet<PathBuf>,
    /// The changes since, each with the folder that is to be synced for it.
    changes: Vec<(PathBuf, Renaming)>,
}

impl Durable {
    fn new(folder: &Path) -> Self {
        let mut durable = Self::default();
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry.unwrap();
            let path = entry.path().to_owned();
            if entry.file_type().is_dir() {
                durable.folders.insert(path);
            } else if let Ok(bytes) = fs::read(&path) {
                durable.names.insert(path, durable.contents.len());
                durable.contents.push(Content { durable: bytes.clone(), now: bytes });
            }
        }
        durable.now = durable.names.clone();
        durable
    }

    fn of(&self, path: &Path) -> usize {
        *self.now.get(path).unwrap_or_else(|| panic!("{} is known", path.display()))
    }

    fn change(&mut self, path: &Path, renaming: Renaming) {
        apply(&mut self.now, &renaming);
        self.changes.push((path.parent().unwrap().to_owned(), renaming));
    }

    fn follow(&mut self, call: Call<'_>) {
        match call {
            Call::Read(_) => {}
            Call::Create(path) => {
                self.contents.push(Content::default());
                self.change(path, Renaming::Is(path.to_owned(), self.contents.len() - 1));
            }
            Call::Write(path, bytes) => {
                let content = self.of(path);
                self.contents[content].now.extend(bytes);
            }
            Call::Truncate(path, length) => {
                let content = self.of(path);
                self.contents[content].now.truncate(usize::try_from(length).unwrap());
            }
            Call::Sync(path) => {
                let content = self.of(path);
                let content = &mut self.contents[content];
                content.durable.clone_from(&content.now);
            }
            Call::Rename(from, to) => {
                let moved = Renaming::Is(to.to_owned(), self.of(from));
                let both = vec![moved, Renaming::Gone(from.to_owned())];
                self.change(to, Renaming::Both(both));
            }
            Call::Exchange(a, b) => {
                let is_b = Renaming::Is(a.to_owned(), self.of(b));
                let is_a = Renaming::Is(b.to_owned(), self.of(a));
                self.change(b, Renaming::Both(vec![is_b, is_a]));
            }
            Call::Link(from, to) => {
                self.change(to, Renaming::Is(to.to_owned(), self.of(from)));
            }
            Call::Remove(path) => self.change(path, Renaming::Gone(path.to_owned())),
            Call::MakeFolder(path) => {
                self.new_folders.insert(path.to_owned());
            }
            Call::SyncFolder(folder) => {
                let (synced, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.changes)
                    .into_iter()
                    .partition(|(place, _)| place == folder);
                self.changes = rest;
                for (_, renaming) in synced {
                    apply(&mut self.names, &renaming);
                }
                let within = |path: &PathBuf| path.parent() == Some(folder);
                let durable: Vec<PathBuf> =
                    self.new_folders.iter().filter(|path| within(path)).cloned().collect();
                self.folders.extend(durable);
            }
        }
    }

    /// What a machine may find: of each folder's changes the first few, of each file's bytes some.
    fn left(mut self, seed: u64) -> Vec<(PathBuf, Option<Vec<u8>>)> {
        let mut chance = Chance(seed | 1);
        let mut cut = BTreeMap::new();
        for (folder, _) in &self.changes {
            *cut.entry(folder.clone()).or_insert(0) += 1;
        }
        for count in cut.values_mut() {
            *count = chance.below(*count + 1);
        }
        for (folder, renaming) in std::mem::take(&mut self.changes) {
            let left = cut.get_mut(&folder).unwrap();
            if *left > 0 {
                *left -= 1;
                apply(&mut self.names, &renaming);
            }
        }
        let is_there = |path: &Path| {
            path.ancestors()
                .skip(1)
                .all(|above| !self.new_folders.contains(above) || self.folders.contains(above))
        };
        let folders = self.folders.iter().filter(|path| is_there(path));
        let mut left: Vec<(PathBuf, Option<Vec<u8>>)> =
            folders.map(|path| (path.clone(), None)).collect();
        for (path, content) in self.names.iter().filter(|(path, _)| is_there(path)) {
            let Content { durable, now } = &self.contents[*content];
            let bytes = match chance.below(3) {
                0 => durable.clone(),
                _ if durable == now => now.clone(),
                1 => now.clone(),
                _ => now[..chance.below(now.len() + 1)].to_vec(),
            };
            left.push((path.clone(), Some(bytes)));
        }
        left
    }
}

fn apply(names: &mut BTreeMap<PathBuf, usize>, renaming: &Renaming) {
    match renaming {
        Renaming::Is(path, content) => {
            names.insert(path.clone(), *content);
        }
        Renaming::Gone(path) => {
            names.remove(path);
        }
        Renaming::Both(both) => both.iter().for_each(|renaming| apply(names, renaming)),
    }
}

/// Numbers without a pattern (xorshift: Marsaglia, "Xorshift RNGs", 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }
}
