//! The ledger: which files the store has, and as of when each is known.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::stamp::Stamp;

/// The files of the store.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// The folders that annotations are in, or will be.
    pub(super) folders: BTreeSet<PathBuf>,
    files: BTreeMap<PathBuf, Stamp>,
}

impl Ledger {
    /// The files as they are now in some folders.
    pub(super) fn of(folders: BTreeSet<PathBuf>) -> Self {
        let mut ledger = Self::default();
        ledger.begin(&folders);
        Self { folders, ..ledger }
    }

    /// Takes the files as they are now in further folders for known.
    pub(super) fn begin(&mut self, folders: &BTreeSet<PathBuf>) {
        self.files.extend(folders.iter().flat_map(|folder| files(folder)));
    }

    /// The files that have come, changed or gone since this was last asked.
    pub(super) fn changes(&mut self) -> Vec<PathBuf> {
        let now: BTreeMap<PathBuf, Stamp> =
            self.folders.iter().flat_map(|folder| files(folder)).collect();
        let fresh = now.iter().filter(|(file, stamp)| self.files.get(*file) != Some(stamp));
        let gone = self.files.keys().filter(|file| !now.contains_key(*file));
        let changes = fresh.map(|(file, _)| file).chain(gone).cloned().collect();
        self.files = now;
        changes
    }
}

/// The files of annotations in a folder. One that cannot be listed has none: saving says why.
fn files(folder: &Path) -> Vec<(PathBuf, Stamp)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let whole = paths.filter(|path| {
        let hidden = path.file_name().is_none_or(|it| it.as_encoded_bytes().starts_with(b"."));
        !hidden && path.extension().is_some_and(|end| end == "toml")
    });
    whole.filter_map(|path| Stamp::of(&path).map(|stamp| (path, stamp))).collect()
}
