//! The doctor: what is broken in the store, and where; and what can be mended.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::catalog;
use super::home::Home;
use super::recover::copies;
use super::{Store, StoreError, backup, journal, lock, salvage};
use crate::io::atomic::{self, Access};
use crate::io::{Problem, disk, path};
use crate::note::{FileError, Record, Status, file, merge};

/// What is wrong with something in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ailment {
    /// A file is not what the format asks for.
    Broken,
    /// A file holds marks of a version-control conflict.
    Conflict,
    /// A later version of this program wrote a file.
    Newer,
    /// The system does not let us read a file.
    Unreadable,
    /// Two files are for one article.
    Duplicate,
    /// A program that keeps folders in step has made a copy.
    Copy,
    /// An instance that is no more has left a temporary file.
    Temporary,
    /// An instance that is no more has left changes that are in no file.
    Journal,
    /// Others may read a file.
    Mode,
    /// Annotations have lost their words; nothing is wrong with the store.
    Orphans,
}

impl Ailment {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Conflict => "conflict",
            Self::Newer => "newer",
            Self::Unreadable => "unreadable",
            Self::Duplicate => "duplicate",
            Self::Copy => "copy",
            Self::Temporary => "temporary",
            Self::Journal => "journal",
            Self::Mode => "mode",
            Self::Orphans => "orphans",
        }
    }
}

/// Something that the doctor has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub ailment: Ailment,
    /// Where, and in words.
    pub problem: Problem,
    /// Whether it was mended.
    pub mended: bool,
}

impl Finding {
    fn new(ailment: Ailment, place: &Path, what: impl Into<String>) -> Self {
        let problem = Problem::new(path::spelled(place), what);
        Self { ailment, problem, mended: false }
    }

    /// Whether something is wrong that is still so.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.mended && self.ailment != Ailment::Orphans
    }
}

/// What there is to examine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Survey {
    /// The files of annotations.
    pub files: usize,
    /// The annotations in those that can be read, without the deleted.
    pub annotations: usize,
    /// The copies of files that were kept, day by day.
    pub backups: usize,
}

impl Store {
    /// Counts what [`Store::examine`] looks at.
    #[must_use]
    pub fn survey(&self, roots: &[PathBuf]) -> Survey {
        let mut survey = Survey::default();
        for home in self.homes(roots) {
            let live = |(_, record): &(PathBuf, Record)| record.live().count();
            survey.files += files(&home.folder).len();
            survey.annotations += records(&home.folder).iter().map(live).sum::<usize>();
            survey.backups += backup::all(&home).len();
        }
        survey
    }

    /// Looks for what is broken in the data folder and in a `.pullquote/` in or above each of `roots`.
    /// Nothing is changed.
    #[must_use]
    pub fn examine(&self, roots: &[PathBuf]) -> Vec<Finding> {
        let mut found: Vec<Finding> =
            self.homes(roots).iter().flat_map(|home| self.examine_home(home)).collect();
        found.extend(self.examine_journals());
        found
    }

    /// Mends what can be mended without losing anything: what was left behind and copies are merged
    /// in, files for one article become one, and modes are set. What is replaced is put with the
    /// backups first. Returns all that was found, and whether it is mended.
    ///
    /// # Errors
    /// Another instance holds the lock.
    pub fn repair(&mut self, roots: &[PathBuf]) -> Result<Vec<Finding>, StoreError> {
        let before = self.examine(roots);
        self.recover(roots);
        let _lock = lock::take(&self.state, self.patience)?;
        for home in self.homes(roots) {
            for (kept, others) in duplicates(&records(&home.folder)) {
                for other in others {
                    // What cannot be mended is found again.
                    let _ = self.join_files(&home, &kept, &other);
                }
            }
        }
        for finding in before.iter().filter(|it| it.ailment == Ailment::Mode) {
            let _ = make_private(Path::new(&finding.problem.place));
        }
        let left = self.examine(roots);
        let is_left = |it: &Finding| {
            left.iter()
                .any(|left| (left.ailment, &left.problem.place) == (it.ailment, &it.problem.place))
        };
        let mut all: Vec<Finding> =
            before.into_iter().map(|it| Finding { mended: !is_left(&it), ..it }).collect();
        let is_new = |it: &Finding| {
            all.iter().all(|there| {
                (there.ailment, &there.problem.place) != (it.ailment, &it.problem.place)
            })
        };
        let new: Vec<Finding> = left.into_iter().filter(is_new).collect();
        all.extend(new);
        Ok(all)
    }

    /// Brings a file back from the newest of its copies that can be read: what of the file itself can
    /// be read is merged with it, and the file as it is put with the copies. `name` is a file of the
    /// store, or its name in the data folder. Returns the file and how many annotations it holds now.
    ///
    /// # Errors
    /// Nothing can be read, or the system refused; then the file is as it was.
    pub fn restore(&mut self, name: &Path) -> Result<(PathBuf, usize), StoreError> {
        let _lock = lock::take(&self.state, self.patience)?;
        let own = Home::of_data(&self.data);
        let plain = name.parent().is_none_or(|parent| parent.as_os_str().is_empty());
        let file = if plain { own.folder.join(name) } else { name.to_owned() };
        let home = match file.parent() {
            Some(folder) if *folder != own.folder => Home { folder: folder.to_owned(), ..own },
            _ => own,
        };
        let io = || StoreError::io(&file, "restore the annotations");
        let bytes = match disk::read(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io()(error)),
            bytes => bytes.unwrap_or_default(),
        };
        let broken = String::from_utf8_lossy(&bytes);
        let copies = backup::of(&home, &file).into_iter();
        let copy = copies.filter_map(|copy| catalog::read(&copy).ok()).map(|(_, it)| it).next();
        let Some(record) = joined(copy, salvage::record(&broken)) else {
            let what = "there is no copy of it that can be read, and nothing in it can be";
            return Err(StoreError::Unusable(Problem::new(path::spelled(&file), what)));
        };
        let text = file::fresh(&record);
        if !bytes.is_empty() {
            backup::copy_aside(&home, &file, &bytes).map_err(io())?;
        }
        atomic::create_folders(&home.folder, Access::Private).map_err(io())?;
        atomic::write(&file, text.as_bytes(), Access::Private).map_err(io())?;
        Ok((file, record.live().count()))
    }

    /// The data folder's home, and those of some folders.
    pub(super) fn homes(&self, roots: &[PathBuf]) -> Vec<Home> {
        let mut homes = vec![Home::of_data(&self.data)];
        for root in roots {
            let root = fs::canonicalize(root).unwrap_or_else(|_| root.clone());
            homes.extend(Home::above(&root).filter(|home| !homes.contains(home)));
        }
        homes
    }

    fn examine_home(&self, home: &Home) -> Vec<Finding> {
        let mut found: Vec<Finding> =
            files(&home.folder).iter().filter_map(|it| ailing(it)).collect();
        let records = records(&home.folder);
        for (kept, others) in duplicates(&records) {
            let what = format!("is for the same article as {}", path::spelled(&kept));
            found
                .extend(others.iter().map(|it| Finding::new(Ailment::Duplicate, it, what.clone())));
        }
        let what = "was left by an instance that is no more, and is to be merged in";
        let left = self.temporaries(home);
        found.extend(left.iter().map(|it| Finding::new(Ailment::Temporary, it, what)));
        let what = "was made by a program that keeps folders in step, and is to be merged in";
        found.extend(copies(&home.folder).iter().map(|it| Finding::new(Ailment::Copy, it, what)));
        if home.holder.is_none() {
            let open = files(&home.folder).into_iter().filter(|file| !is_private(file));
            let what = "can be read by others";
            found.extend(open.map(|file| Finding::new(Ailment::Mode, &file, what)));
        }
        found.extend(records.iter().filter_map(|(file, record)| orphans(file, record)));
        found
    }

    fn examine_journals(&self) -> Vec<Finding> {
        let left = journal::left(&self.state).unwrap_or_default().into_iter();
        let holds = |journal: journal::Left| {
            let count = journal.entries.len();
            let what = format!("holds {count} of an earlier run's changes, to be merged in");
            (count > 0).then(|| Finding::new(Ailment::Journal, journal.path(), what))
        };
        left.filter_map(holds).collect()
    }

    /// Merges one file of an article into another, and puts it with the copies.
    fn join_files(&mut self, home: &Home, kept: &Path, other: &Path) -> Result<(), StoreError> {
        let (_, record) = catalog::read(other)?;
        self.change(kept, home, |there| {
            let merged = merge::merge_records(there, &record);
            *there = Record { revision: there.revision, ..merged };
        })?;
        backup::set_aside(home, other).map_err(StoreError::io(other, "set the file aside"))
    }
}

/// What a copy and what is left of the file say together.
fn joined(copy: Option<Record>, left: Option<Record>) -> Option<Record> {
    match (copy, left) {
        (Some(copy), Some(left)) => Some(merge::merge_records(&copy, &left)),
        (copy, left) => copy.or(left),
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    catalog::list(folder).unwrap_or_default().into_keys().collect()
}

fn records(folder: &Path) -> Vec<(PathBuf, Record)> {
    let files = files(folder).into_iter();
    files.filter_map(|file| catalog::read(&file).ok().map(|(_, record)| (file, record))).collect()
}

/// What is wrong with a file as such.
fn ailing(path: &Path) -> Option<Finding> {
    let unusable = catalog::read(path).err()?;
    let text = fs::read_to_string(path).unwrap_or_default();
    let ailment = match file::parse(&text) {
        _ if unusable.problem.line.is_none() => Ailment::Unreadable,
        Err(FileError::Newer { .. }) => Ailment::Newer,
        _ if file::has_conflict(&text) => Ailment::Conflict,
        _ => Ailment::Broken,
    };
    Some(Finding { ailment, problem: unusable.problem, mended: false })
}

/// The files that are for one article, by name: the first, and the others.
fn duplicates(records: &[(PathBuf, Record)]) -> Vec<(PathBuf, Vec<PathBuf>)> {
    let mut groups: Vec<(PathBuf, Vec<PathBuf>)> = Vec::new();
    let mut by_id = HashMap::new();
    let mut by_place = HashMap::new();
    for (file, record) in records {
        let subject = &record.subject;
        // Of what came by standard input only the text tells one from another.
        let by_text = subject.root.as_deref().is_some_and(str::is_empty);
        let place = (&subject.root, &subject.path, by_text.then_some(&subject.text_sha256));
        let group = by_id.get(&subject.id).or_else(|| by_place.get(&place)).copied();
        let group = group.unwrap_or(groups.len());
        match groups.get_mut(group) {
            Some((_, others)) => others.push(file.clone()),
            None => groups.push((file.clone(), Vec::new())),
        }
        by_id.insert(subject.id, group);
        by_place.insert(place, group);
    }
    groups.retain(|(_, others)| !others.is_empty());
    groups
}

fn orphans(file: &Path, record: &Record) -> Option<Finding> {
    let is_orphan = |target: &crate::note::Target| target.status == Status::Orphan;
    let count = record.live().filter(|it| it.target.as_ref().is_some_and(is_orphan)).count();
    let what = match count {
        0 => return None,
        1 => "1 annotation has lost its words".to_owned(),
        _ => format!("{count} annotations have lost their words"),
    };
    Some(Finding::new(Ailment::Orphans, file, what))
}

#[cfg(unix)]
fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).map_or(true, |metadata| metadata.permissions().mode().trailing_zeros() >= 6)
}

#[cfg(not(unix))]
fn is_private(_path: &Path) -> bool {
    true
}

#[cfg(unix)]
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn make_private(_path: &Path) -> std::io::Result<()> {
    Ok(())
}
