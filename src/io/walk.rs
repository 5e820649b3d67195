//! The walk: from the paths that a person gave to the files that hold articles, one at a time and
//! in an order that does not change.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Problem, path};
use crate::corpus::{Format, format_of};

mod level;
mod source;

use level::{Level, hidden};
pub(in crate::io) use source::Root;
pub use source::{Record, Source};

/// Standard input, where a path is asked for.
pub const STDIN: &str = "-";
/// What stands for the folder of the sample's articles, which are in no folder.
pub const SAMPLE: &str = "sample:";

/// The most folders that a walk remembers.
pub const FOLDERS: usize = 4_096;

/// How to walk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// Whether links that lead out of a folder are followed.
    pub follow: bool,
}

/// The walk over all paths given, in their order, each folder sorted by name.
///
/// It holds one folder's names at a time for each level it is deep. Nothing is opened but folders. A
/// file is taken once, under the first of the given paths that reaches it; a link is taken for what
/// it points at, unless the walk comes by that anyway.
#[derive(Debug)]
pub struct Walk {
    paths: std::vec::IntoIter<PathBuf>,
    manner: Manner,
    folder: Option<Folder>,
    /// Where in it the walk is.
    path: PathBuf,
    /// The files given so far, absolute.
    files: HashSet<PathBuf>,
    /// The folders given so far, absolute.
    folders: HashSet<PathBuf>,
    /// The folders entered by a link: once each, or links could lead in circles or fan out without
    /// end.
    entered: HashSet<PathBuf>,
    /// The folders that articles may be in, as they were reached.
    passed: Vec<PathBuf>,
    urgent: bool,
}

/// The folder that is being walked.
#[derive(Debug)]
struct Folder {
    root: Arc<Root>,
    /// What is left of it, and of the folders below.
    levels: Vec<Level>,
    /// Whether it holds any article at all.
    fruitful: bool,
}

/// What to do about one entry of a folder.
enum Step {
    Take(Source),
    Report(Problem),
    /// Nothing to say.
    Pass,
}

impl Walk {
    /// A walk over `paths`; `-` among them is standard input.
    pub fn new(paths: impl IntoIterator<Item = PathBuf>, manner: Manner) -> Self {
        let paths: Vec<PathBuf> = paths.into_iter().collect();
        Self {
            paths: paths.into_iter(),
            manner,
            folder: None,
            path: PathBuf::new(),
            files: HashSet::new(),
            folders: HashSet::new(),
            entered: HashSet::new(),
            passed: Vec::new(),
            urgent: false,
        }
    }

    /// The same for who cannot wait: some of the names in a large folder come before the others.
    #[must_use]
    pub fn urgently(self) -> Self {
        Self { urgent: true, ..self }
    }

    /// The folders walked so far, and those of files that were given; [`FOLDERS`] of them at most.
    #[must_use]
    pub fn folders(&self) -> &[PathBuf] {
        &self.passed
    }

    fn pass(&mut self, folder: &Path) {
        if self.passed.len() < FOLDERS {
            self.passed.push(folder.to_owned());
        }
    }

    /// Begins with a path that was given: `None` where it was a folder, or was walked already.
    fn begin(&mut self, path: PathBuf) -> Option<Result<Source, Problem>> {
        if path.as_os_str() == STDIN {
            return self.files.insert(path).then(|| Ok(Source::stdin()));
        }
        let place = path::spelled(&path);
        let kind = match fs::metadata(&path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => match record_path(&path) {
                Some((file, key)) => return self.begin_record(&file, &key),
                None => return Some(Err(Problem::unreadable(place, &error))),
            },
        };
        if !kind.is_dir() && !kind.is_file() {
            return Some(Err(special(place, kind)));
        }
        let whole = match settled(&path, kind) {
            Ok(whole) => whole,
            Err(error) => return Some(Err(Problem::unreadable(place, &error))),
        };
        if kind.is_dir() {
            if !self.reached(&whole, true) && self.folders.insert(whole.clone()) {
                self.pass(&whole);
                let mut folder = Folder::new(&whole, &path);
                if let Err(problem) = folder.enter(Path::new(""), self.urgent) {
                    return Some(Err(problem));
                }
                self.folder = Some(folder);
            }
            return None;
        }
        if self.reached(&whole, false) || !self.files.insert(whole.clone()) {
            return None;
        }
        let root = whole.parent().unwrap_or(&whole);
        self.pass(root);
        let reached = path.parent().unwrap_or(Path::new(""));
        let file = Path::new(whole.file_name().unwrap_or_default());
        Some(Ok(Source::new(&Root::new(root, reached), file)))
    }

    /// Begins with one of the articles in a file.
    fn begin_record(&mut self, file: &Path, key: &str) -> Option<Result<Source, Problem>> {
        let source = self.begin(file.to_owned())?.map(|file| file.named(key));
        // Others in it may be given too, and all of them.
        source
            .map(|source| {
                self.files.remove(&source.path());
                let mut own = source.path().into_os_string();
                own.extend([OsStr::new("#"), OsStr::new(key)]);
                self.files.insert(own.into()).then_some(source)
            })
            .transpose()
    }

    /// Whether a folder given so far reaches this path.
    fn reached(&self, path: &Path, is_folder: bool) -> bool {
        let above = |root: &&Path| self.folders.contains(*root);
        let mut roots = path.ancestors().filter(above);
        !path.is_symlink() && roots.any(|root| reaches(root, path, is_folder))
    }

    fn step(&mut self, folder: &mut Folder, path: &Path, kind: FileType) -> Step {
        let name = path.file_name().unwrap_or_default();
        let is_link = kind.is_symlink();
        // What is neither folder nor link is most often not looked at any further.
        if kind.is_file() && !readable(name) {
            return Step::Pass;
        }
        if kind.is_file() && self.files.is_empty() {
            folder.fruitful = true;
            return Step::Take(Source::new(&folder.root, path));
        }
        let whole = folder.path().join(path);
        let kind = if is_link {
            match self.link(folder, &whole) {
                Ok(kind) => kind,
                Err(step) => return step,
            }
        } else {
            kind
        };
        if kind.is_dir() {
            if self.folders.contains(&whole) {
                return Step::Pass;
            }
            self.pass(&whole);
            let entered = folder.enter(path, self.urgent);
            return entered.map_or_else(Step::Report, |()| Step::Pass);
        }
        if !kind.is_file() {
            return Step::Report(special(folder.place(&whole), kind));
        }
        if !readable(name) {
            return Step::Pass;
        }
        folder.fruitful = true;
        let given = self.files.contains(&whole);
        if given { Step::Pass } else { Step::Take(Source::new(&folder.root, path)) }
    }

    /// What is behind a link that is to be taken for that.
    ///
    /// # Errors
    /// What to do about any other.
    fn link(&mut self, folder: &Folder, link: &Path) -> Result<FileType, Step> {
        let place = || folder.place(link);
        let target = fs::canonicalize(link);
        let target = target.and_then(|target| Ok((fs::metadata(&target)?.file_type(), target)));
        let (kind, target) = target.map_err(|error| match error.kind() {
            ErrorKind::PermissionDenied => Step::Report(Problem::unreadable(place(), &error)),
            _ => Step::Report(Problem::new(place(), "a link to nothing; mend it or remove it")),
        })?;
        let is_folder = kind.is_dir();
        if reaches(folder.path(), &target, is_folder) || folder.path().starts_with(&target) {
            return Err(Step::Pass);
        }
        if !target.starts_with(folder.path()) && !self.manner.follow {
            if !is_folder && !link.file_name().is_some_and(readable) {
                return Err(Step::Pass);
            }
            let what = "a link out of the folder, not followed; --follow-links does";
            return Err(Step::Report(Problem::remark(place(), what)));
        }
        let again = is_folder && !self.entered.insert(target);
        if again { Err(Step::Pass) } else { Ok(kind) }
    }
}

impl Iterator for Walk {
    type Item = Result<Source, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(mut folder) = self.folder.take() else {
                let path = self.paths.next()?;
                match self.begin(path) {
                    Some(found) => return Some(found),
                    None => continue,
                }
            };
            let mut path = std::mem::take(&mut self.path);
            let Some(kind) = folder.next(&mut path) else {
                if folder.fruitful {
                    continue;
                }
                return Some(Err(folder.barren()));
            };
            let step = match kind {
                Ok(kind) => self.step(&mut folder, &path, kind),
                Err(error) => Step::Report(folder.lost(&path, &error)),
            };
            (self.folder, self.path) = (Some(folder), path);
            match step {
                Step::Take(source) => return Some(Ok(source)),
                Step::Report(problem) => return Some(Err(problem)),
                Step::Pass => {}
            }
        }
    }
}

impl Folder {
    fn new(root: &Path, reached: &Path) -> Self {
        Self { root: Root::new(root, reached), levels: Vec::new(), fruitful: false }
    }

    /// Goes to the next path under the root; what is there: a link is not looked through.
    fn next(&mut self, path: &mut PathBuf) -> Option<std::io::Result<FileType>> {
        while let Some(level) = self.levels.last_mut() {
            if let Some(kind) = level.next(path) {
                return Some(kind);
            }
            self.levels.pop();
        }
        None
    }

    /// Enters a folder under the root.
    fn enter(&mut self, folder: &Path, urgent: bool) -> Result<(), Problem> {
        let opened = Level::open(self.path(), folder.to_owned(), urgent);
        let level = opened.map_err(|error| self.lost(folder, &error))?;
        self.levels.push(level);
        Ok(())
    }

    /// A path under the root as the person would reach it.
    fn place(&self, path: &Path) -> String {
        self.root.place(path.strip_prefix(self.path()).unwrap_or(path))
    }

    fn path(&self) -> &Path {
        self.root.path()
    }

    /// What is said of a path under the root that the walk could not look at.
    fn lost(&self, path: &Path, error: &std::io::Error) -> Problem {
        Problem::unreadable(self.root.place(path), error)
    }

    fn barren(&self) -> Problem {
        let what = "no articles in this folder; put .txt or .jsonl files into it, or name another";
        Problem::new(self.place(self.path()), what)
    }
}

/// The file and the rest of a path that is no file's, but names an article in one: `FILE#KEY`.
fn record_path(path: &Path) -> Option<(PathBuf, String)> {
    let path = path.to_str()?;
    let parts = path.match_indices('#').filter_map(|(at, _)| path.split_at_checked(at));
    let mut files = parts.filter(|(file, _)| {
        format_of(Path::new(file)) == Some(Format::Lines) && Path::new(file).is_file()
    });
    let (file, rest) = files.next()?;
    Some((PathBuf::from(file), rest.strip_prefix('#')?.to_owned()))
}

/// A path that was given, absolute and without links, but for the last step to a file: the article
/// goes by the name that was given.
fn settled(path: &Path, kind: FileType) -> std::io::Result<PathBuf> {
    if kind.is_dir() {
        return fs::canonicalize(path);
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = fs::canonicalize(parent.unwrap_or(Path::new(".")))?;
    Ok(path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name)))
}

/// Whether a walk of `root` comes by `path` (absolute, without links) of itself.
fn reaches(root: &Path, path: &Path, is_folder: bool) -> bool {
    path.strip_prefix(root).is_ok_and(|relative| {
        let open = !relative.iter().any(hidden);
        open && (is_folder || relative.file_name().is_some_and(readable))
    })
}

/// Whether a file of this name, met in a folder, is one that holds an article.
fn readable(name: &OsStr) -> bool {
    format_of(Path::new(name)).is_some()
}

/// What is said of a thing that is neither file nor folder: opening it could wait for ever.
fn special(place: String, kind: FileType) -> Problem {
    let thing = thing(kind);
    let what =
        format!("{thing}, not a file; leave it out, or send its contents to standard input as -");
    Problem::new(place, what)
}

#[cfg(unix)]
fn thing(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn thing(_: FileType) -> &'static str {
    "a device"
}

#[cfg(test)]
mod tests;
