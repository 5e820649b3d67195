//! What is known of each file in a home: enough to find an article's file without reading all.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use uuid::Uuid;

use super::home::{self, Home};
use super::recover::is_copy;
use super::save::file_hash;
use super::suspect::Suspect;
use super::{ArticleRef, StoreError, problem};
use crate::io::{Problem, disk};
use crate::note::{Record, Subject, file};

/// When a file was last changed, and its length in bytes: as long as both stay it is not read again.
type Stamp = (Option<SystemTime>, u64);
/// No file has it.
const UNREAD: Stamp = (None, u64::MAX);

/// Whose a file is.
#[derive(Debug, Clone)]
enum Owner {
    Known { id: Uuid, location: Option<PathBuf>, text_sha256: String },
    Suspected(Box<Suspect>),
}

/// The files of one home, by path.
#[derive(Debug, Clone, Default)]
pub(super) struct Catalog {
    files: BTreeMap<PathBuf, (Stamp, Owner)>,
    /// The file for each location; of several the first by name.
    by_location: HashMap<PathBuf, PathBuf>,
    /// The files for each text hash, by name.
    by_text: HashMap<String, Vec<PathBuf>>,
    /// The files that cannot be used.
    suspected: Vec<PathBuf>,
    /// Files whose article was found.
    claimed: HashSet<PathBuf>,
}

/// What there is for an article.
#[derive(Debug)]
pub(super) enum Found {
    /// Its file; `moved` where the article was found by its text.
    File { path: PathBuf, moved: bool },
    /// A file that is its own, or may be, and cannot be used.
    Unusable(Problem),
    /// Nothing.
    Nothing,
}

impl Catalog {
    /// Reads what is new or changed in a home. Returns the records it read. What one of its files may say is
    /// `known`.
    ///
    /// # Errors
    ///
    /// The folder cannot be listed; that it does not exist is none.
    pub(super) fn refresh(
        &mut self,
        home: &Home,
        known: Option<&Parsed>,
    ) -> io::Result<Vec<(PathBuf, Record)>> {
        let listed = list(&home.folder)?;
        let before = self.files.len();
        self.files.retain(|path, _| listed.contains_key(path));
        let mut changed = self.files.len() != before;
        let mut records = Vec::new();
        for (path, mut stamp) in listed {
            if self.files.get(&path).is_some_and(|(known, _)| *known == stamp) {
                continue;
            }
            let owner = match read_known(&path, known) {
                Ok((_, record)) => {
                    let owner = owner(home, &record);
                    records.push((path.clone(), record));
                    owner
                }
                Err(Unusable { problem, text }) => {
                    // What could not be read may be readable the next time, unchanged.
                    stamp = text.as_ref().map_or(UNREAD, |_| stamp);
                    let text = text.unwrap_or_default();
                    Owner::Suspected(Box::new(Suspect::new(home, &path, problem, &text)))
                }
            };
            self.files.insert(path, (stamp, owner));
            changed = true;
        }
        if changed {
            self.index();
        }
        Ok(records)
    }

    fn index(&mut self) {
        self.by_location.clear();
        self.by_text.clear();
        self.suspected.clear();
        for (path, (_, owner)) in &self.files {
            match owner {
                Owner::Known { location: Some(location), text_sha256, .. } => {
                    self.by_location.entry(location.clone()).or_insert_with(|| path.clone());
                    self.by_text.entry(text_sha256.clone()).or_default().push(path.clone());
                }
                Owner::Known { location: None, .. } => {}
                Owner::Suspected(_) => self.suspected.push(path.clone()),
            }
        }
    }

    /// The files that cannot be used.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.suspects().map(|suspect| &suspect.problem)
    }

    /// No other article gets this file.
    pub(super) fn claim(&mut self, path: &Path) {
        self.claimed.insert(path.to_owned());
    }

    /// Finds an article's file: by place, else, if what was at the old place is gone, by text.
    pub(super) fn find(&self, article: &ArticleRef) -> Found {
        match self.find_at(&home::lookup(article)) {
            Ok(Some(path)) => return Found::File { path, moved: false },
            Err(problem) => return Found::Unusable(problem),
            Ok(None) => {}
        }
        if let Some(path) = self.with_text(article) {
            return Found::File { path, moved: true };
        }
        let slug = super::save::slug(article);
        let perhaps = self.suspects().find(|suspect| match &suspect.location {
            Some(location) => {
                suspect.text_sha256.as_deref() == Some(&article.text_sha256)
                    && home::is_gone(location)
            }
            None => suspect.slug == slug,
        });
        perhaps.map_or(Found::Nothing, |suspect| Found::Unusable(suspect.problem.clone()))
    }

    /// Finds the file of the article at a place.
    ///
    /// # Errors
    ///
    /// It cannot be used.
    pub(super) fn find_at(&self, location: &Path) -> Result<Option<PathBuf>, Problem> {
        // Another file for it that is sound does not stand in for one that is not.
        let here = |suspect: &&Suspect| suspect.location.as_deref() == Some(location);
        match self.suspects().find(here) {
            Some(suspect) => Err(suspect.problem.clone()),
            None => Ok(self.by_location.get(location).cloned()),
        }
    }

    /// The file that holds what belongs to a subject: of the same identity or in the same place.
    pub(super) fn file_of(&self, home: &Home, subject: &Subject) -> Option<PathBuf> {
        let same = self
            .files
            .iter()
            .find(|(_, (_, owner))| matches!(owner, Owner::Known { id, .. } if *id == subject.id));
        let here = || self.by_location.get(&home.location_of(subject)?).cloned();
        same.map(|(path, _)| path.clone()).or_else(here)
    }

    /// What is wrong with the file that holds what belongs to a subject, if that cannot be used: it says
    /// that it is for the same place, or is called after the same identity.
    pub(super) fn problem_of(&self, home: &Home, subject: &Subject) -> Option<&Problem> {
        let (hash, location) = (file_hash(subject.id), home.location_of(subject));
        let is_its = |suspect: &&Suspect| {
            suspect.hash == hash || (location.is_some() && suspect.location == location)
        };
        self.suspects().find(is_its).map(|suspect| &suspect.problem)
    }

    /// The file of an article with the same text that is gone; one of the same name first.
    fn with_text(&self, article: &ArticleRef) -> Option<PathBuf> {
        if article.text_chars == 0 {
            return None;
        }
        let name = Path::new(&article.path).file_name();
        let same = self.by_text.get(&article.text_sha256)?.iter();
        let free = same.filter(|path| !self.claimed.contains(*path));
        let gone = free.filter_map(|path| Some((path, self.location(path)?)));
        let gone = gone.filter(|(_, location)| home::is_gone(location));
        gone.min_by_key(|(_, location)| location.file_name() != name).map(|(path, _)| path.clone())
    }

    fn location(&self, path: &Path) -> Option<&Path> {
        match self.files.get(path) {
            Some((_, Owner::Known { location, .. })) => location.as_deref(),
            _ => None,
        }
    }

    fn suspects(&self) -> impl Iterator<Item = &Suspect> {
        self.suspected.iter().filter_map(|path| match self.files.get(path)? {
            (_, Owner::Suspected(suspect)) => Some(&**suspect),
            (_, Owner::Known { .. }) => None,
        })
    }
}

fn owner(home: &Home, record: &Record) -> Owner {
    Owner::Known {
        id: record.subject.id,
        location: home.location_of(&record.subject),
        text_sha256: record.subject.text_sha256.clone(),
    }
}

/// The files of annotations in a folder.
pub(super) fn list(folder: &Path) -> io::Result<BTreeMap<PathBuf, Stamp>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(error),
    };
    let mut files = BTreeMap::new();
    for entry in entries {
        if let Some((path, stamp)) = annotation_file(&entry?) {
            files.insert(path, stamp);
        }
    }
    Ok(files)
}

/// A file with the right ending that is no temporary one. Pipes and devices are never opened; a
/// link that leads nowhere is reported when it is read.
fn annotation_file(entry: &DirEntry) -> Option<(PathBuf, Stamp)> {
    let path = entry.path();
    let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
    let other = path.extension() != Some(OsStr::new("toml"));
    if hidden || other || is_copy(&entry.file_name()) {
        return None;
    }
    match fs::metadata(&path) {
        Ok(metadata) => metadata.is_file().then(|| (path, stamp(&metadata))),
        Err(_) => Some((path, (None, 0))),
    }
}

fn stamp(metadata: &Metadata) -> Stamp {
    (metadata.modified().ok(), metadata.len())
}

/// A file that cannot be used.
#[derive(Debug)]
pub(super) struct Unusable {
    /// What is wrong with it.
    pub(super) problem: Problem,
    /// What text there is; `None` where it could not be read.
    text: Option<String>,
}

impl From<Unusable> for StoreError {
    fn from(unusable: Unusable) -> Self {
        Self::Unusable(unusable.problem)
    }
}

/// A text, and the record that it says.
pub(super) type Parsed = (String, Record);

/// Reads a file: its text and record.
pub(super) fn read(path: &Path) -> Result<Parsed, Unusable> {
    read_known(path, None)
}

/// The same where it may be a text that is `known`, which need not be parsed again.
pub(super) fn read_known(path: &Path, known: Option<&Parsed>) -> Result<Parsed, Unusable> {
    let bytes = disk::read(path)
        .map_err(|error| Unusable { problem: problem::unreadable(path, &error), text: None })?;
    let text = String::from_utf8(bytes).map_err(|error| Unusable {
        problem: problem::no_text(path),
        text: Some(String::from_utf8_lossy(error.as_bytes()).into_owned()),
    })?;
    if let Some((_, record)) = known.filter(|(known, _)| *known == text) {
        return Ok((text, record.clone()));
    }
    match file::parse(&text) {
        Ok(record) => Ok((text, record)),
        Err(error) => Err(Unusable { problem: problem::broken(path, &error), text: Some(text) }),
    }
}
