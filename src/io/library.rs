//! The library that the reader was opened on, before a word of it is read.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;

use super::path;
use super::record::holds_records;
use super::walk::{Manner, Root, STDIN, Source};

/// What stands for the folder of the sample's articles.
pub const SAMPLE: &str = "sample:";
/// What stands for the folder of an article from standard input; the start of the hash of its text
/// follows, since nothing else tells one such article from the next.
pub const PIPED: &str = "stdin:";

/// What a library is made of, and how it is read.
#[derive(Debug, Clone)]
pub struct Library {
    /// The files and folders that were given, `-` for standard input; none for the sample.
    pub paths: Vec<PathBuf>,
    /// How folders are walked.
    pub manner: Manner,
    /// The encoding that stands in for detection.
    pub encoding: Option<&'static Encoding>,
}

impl Library {
    /// Whether it is the embedded sample.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        self.paths.is_empty()
    }

    /// What it is known by: its roots, absolute and without links where they can be had, sorted.
    #[must_use]
    pub fn roots(&self) -> Vec<String> {
        if self.is_sample() {
            return vec![SAMPLE.to_owned()];
        }
        let mut roots: Vec<String> = self.paths.iter().map(|path| root(path)).collect();
        roots.sort();
        roots.dedup();
        roots
    }

    /// The roots of which the cache keeps what is derived, and how the names in each begin that belong to
    /// the library, where not all do: a file that holds one article is read faster than looked up.
    pub(super) fn roots_to_keep(&self) -> Vec<(Arc<Root>, Option<String>)> {
        let found = self.paths.iter().filter_map(|path| {
            let whole = fs::canonicalize(path).ok()?;
            if whole.is_dir() {
                return Some((Root::new(&whole, path), None));
            }
            let file = holds_records(path).then(|| whole.file_name()).flatten()?;
            let reached = path.parent().unwrap_or(Path::new(""));
            Some((Root::new(whole.parent()?, reached), Some(format!("{}#", file.to_str()?))))
        });
        found.collect()
    }

    /// The file of an article of the library by root and name, where it is there.
    pub(super) fn source(&self, root: &str, name: &str) -> Option<Source> {
        let root = Path::new(root);
        let folder = self.paths.iter().find(|path| {
            let whole = fs::canonicalize(path).ok();
            whole.is_some_and(|whole| whole == root || whole == root.join(name))
        })?;
        let reached = if folder.is_dir() { folder } else { folder.parent()? };
        let source = Source::reached(root, reached, Path::new(name));
        source.path().is_file().then_some(source)
    }

    /// The folders in which its files lie, as far as there are any.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        let files = self.paths.iter().filter(|path| path.as_os_str() != STDIN);
        let whole = files.filter_map(|path| fs::canonicalize(path).ok());
        whole
            .map(|path| match path.parent() {
                Some(parent) if !path.is_dir() => parent.to_owned(),
                _ => path,
            })
            .collect()
    }
}

fn root(path: &Path) -> String {
    if path.as_os_str() == STDIN {
        return PIPED.to_owned();
    }
    let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    path::spelled(whole.as_deref().unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(paths: &[&Path]) -> Library {
        let paths = paths.iter().map(|path| path.to_path_buf()).collect();
        Library { paths, manner: Manner::default(), encoding: None }
    }

    #[test]
    fn a_library_is_its_set_of_roots() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        fs::create_dir(&a).unwrap();
        fs::create_dir(&b).unwrap();
        let roots = library(&[&a, &b]).roots();
        assert_eq!(roots, library(&[&b, &a.join("../a"), &a]).roots());
        assert_ne!(roots, library(&[&a]).roots());
        assert_eq!(library(&[]).roots(), [SAMPLE]);
        assert_eq!(library(&[Path::new("-")]).roots(), [PIPED]);
    }
}
