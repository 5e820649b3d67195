//! Where an article is read from: a file, or a record of one.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::STDIN;
use crate::corpus::{Format, format_of};
use crate::io::path;

/// What stands in messages for the path of standard input.
const PIPE: &str = "standard input";

/// Where a record lies in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Record {
    /// The byte of the file that its line starts with.
    pub at: u64,
    /// The bytes of its line, without the end of the line.
    pub len: u64,
}

/// A folder that names count from, shared by all that lies in it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::io) struct Root {
    path: Arc<Path>,
    /// The folder as the person named it.
    reached: PathBuf,
}

impl Root {
    pub(in crate::io) fn new(path: &Path, reached: &Path) -> Arc<Self> {
        Arc::new(Self { path: path.into(), reached: reached.to_owned() })
    }

    pub(in crate::io) const fn path(&self) -> &Arc<Path> {
        &self.path
    }

    /// A path under it as the person would reach it.
    pub(super) fn place(&self, relative: &Path) -> String {
        let whole = relative.as_os_str().is_empty();
        if whole {
            path::spelled(&self.reached)
        } else {
            path::spelled(&self.reached.join(relative))
        }
    }
}

/// What one article is read from. It is small, and what it has in common with others is shared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    root: Arc<Root>,
    /// The file under the root, where the name does not say it: it holds several articles, or its name
    /// is not UTF-8.
    file: Option<Arc<Path>>,
    /// The article's name, as the contract spells it: the path under the root, or `-`.
    pub name: Arc<str>,
    /// Where it lies in the file, where that holds several articles.
    pub record: Option<Record>,
}

impl Source {
    /// Standard input.
    pub(super) fn stdin() -> Self {
        let root = Root::new(Path::new(""), Path::new(""));
        Self { root, file: None, name: STDIN.into(), record: None }
    }

    /// A file at this path under a root.
    pub(super) fn new(root: &Arc<Root>, relative: &Path) -> Self {
        let name = path::name(relative);
        // What is spelled as it stands says where the file is.
        let says = matches!(name, Cow::Borrowed(_)) || Path::new(&*name) == relative;
        let file = (!says).then(|| relative.into());
        Self { root: Arc::clone(root), file, name: name.into(), record: None }
    }

    /// The file of this path, absolute and without links, called so by its `root`.
    #[must_use]
    pub fn of_file(root: &Path, relative: &Path) -> Self {
        Self::new(&Root::new(root, root), relative)
    }

    /// The file at this path under a root that was reached so.
    pub(in crate::io) fn reached(root: &Path, reached: &Path, relative: &Path) -> Self {
        Self::new(&Root::new(root, reached), relative)
    }

    /// The file of this [plain](Self::is_plain) name under a root.
    pub(in crate::io) fn plain(root: &Arc<Root>, name: Arc<str>) -> Self {
        Self { root: Arc::clone(root), file: None, name, record: None }
    }

    /// The record of this name under a root, and where it lies in its file. `before` is another, which may be
    /// in the same file. `None` where the name does not say which file that is.
    pub(in crate::io) fn recalled(
        root: &Arc<Root>,
        name: Arc<str>,
        record: Record,
        before: Option<&Arc<Path>>,
    ) -> Option<Self> {
        let (first, _) = name.split_once('#')?;
        let file = if let Some(before) = before.filter(|before| before.as_os_str() == first) {
            Arc::clone(before)
        } else {
            let ends = name.match_indices('#').map(|(at, _)| at);
            let mut files = ends.filter_map(|end| name.get(..end)).map(Path::new);
            files.find(|file| format_of(file) == Some(Format::Lines))?.into()
        };
        Some(Self { root: Arc::clone(root), file: Some(file), name, record: Some(record) })
    }

    /// Whether the name alone says where the article is, but for its place in the file.
    pub(in crate::io) fn is_plain(&self) -> bool {
        self.file.is_none() || self.record.is_some()
    }

    /// One of the articles in this file: `key` is the part of its name after the `#`. `file` is what
    /// [`Source::shared`] gave, once for all of them.
    #[must_use]
    pub fn of_record(&self, file: &Arc<Path>, key: &str, record: Record) -> Self {
        let (root, file) = (Arc::clone(&self.root), Some(Arc::clone(file)));
        Self { root, file, name: self.name_of(key), record: Some(record) }
    }

    /// The article in this file that is called so after the `#`, wherever it lies in it.
    #[must_use]
    pub fn named(&self, key: &str) -> Self {
        Self { file: Some(self.shared()), name: self.name_of(key), ..self.clone() }
    }

    /// What it is called.
    #[must_use]
    pub fn name_of(&self, key: &str) -> Arc<str> {
        [&self.name, "#", key].concat().into()
    }

    /// What stands after the `#` in the name of an article that is one of several in its file.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        let file = path::name(self.file.as_deref()?);
        self.name.strip_prefix(&*file)?.strip_prefix('#')
    }

    /// All that is in the same file.
    #[must_use]
    pub fn whole_file(&self) -> Self {
        Self::new(&self.root, self.relative())
    }

    /// The file's path under the root, to be shared by the articles in it.
    #[must_use]
    pub fn shared(&self) -> Arc<Path> {
        self.file.clone().unwrap_or_else(|| self.relative().into())
    }

    /// The file's path under the root.
    #[must_use]
    pub fn relative(&self) -> &Path {
        self.file.as_deref().unwrap_or(Path::new(&*self.name))
    }

    /// The folder that was given, or the folder of the file that was given: absolute, without links.
    /// Empty for standard input.
    #[must_use]
    pub fn root(&self) -> &Arc<Path> {
        &self.root.path
    }

    /// The file, absolute; `-` for standard input.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.root.path.join(self.relative())
    }

    /// How messages name the file: as the person reached it.
    #[must_use]
    pub fn place(&self) -> String {
        if self.is_stdin() { PIPE.to_owned() } else { self.root.place(self.relative()) }
    }

    /// Whether it is standard input and no file.
    #[must_use]
    pub fn is_stdin(&self) -> bool {
        self.root.path.as_os_str().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_of_root_and_name() {
        let root = Root::new(Path::new("/r/s"), Path::new("s"));
        let source = Source::new(&root, Path::new("a/b.txt"));
        assert_eq!(&*source.name, "a/b.txt");
        assert_eq!(source.path(), Path::new("/r/s/a/b.txt"));
        assert_eq!(source.place(), "s/a/b.txt");
        let record = Record { at: 7, len: 9 };
        let within = source.of_record(&source.shared(), "x#1", record);
        assert_eq!((&*within.name, within.record), ("a/b.txt#x#1", Some(record)));
        assert_eq!((within.path(), within.place()), (source.path(), source.place()));
        assert_eq!((within.key(), source.key()), (Some("x#1"), None));
        assert_eq!(Source { record: None, ..within.clone() }, source.named("x#1"));
        assert_eq!(within.whole_file(), source);
        assert_eq!(Source::stdin().path(), Path::new(STDIN));
        assert_eq!(Source::stdin().place(), PIPE);
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_utf_8_is_found_again() {
        use std::os::unix::ffi::OsStrExt as _;
        let odd = Path::new(std::ffi::OsStr::from_bytes(b"t\xEAte.txt"));
        let source = Source::new(&Root::new(Path::new("/r"), Path::new("r")), odd);
        assert_eq!(&*source.name, "t%EAte.txt");
        assert_eq!(source.path(), Path::new("/r").join(odd));
        // A file that is really called so is another.
        let plain =
            Source::new(&Root::new(Path::new("/r"), Path::new("r")), Path::new("t%EAte.txt"));
        assert_eq!(plain.path(), Path::new("/r/t%EAte.txt"));
    }
}
