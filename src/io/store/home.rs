//! Homes: the folders that annotations live in.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::ArticleRef;
use crate::io::path;
use crate::note::Subject;

/// The folder that makes the folder it is in a home.
pub(in crate::io) const MARK: &str = ".pullquote";
/// Where annotations are, in the data folder and in a `.pullquote/`.
const ANNOTATIONS: &str = "annotations";
/// Where copies of them are, beside these.
const BACKUPS: &str = "backups";

/// A folder of annotation files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    /// The folder with the files.
    pub folder: PathBuf,
    /// The folder that holds the `.pullquote/`, if it is one.
    pub holder: Option<PathBuf>,
}

impl Home {
    /// The home in the data folder.
    pub(super) fn of_data(data: &Path) -> Self {
        Self { folder: data.join(ANNOTATIONS), holder: None }
    }

    fn held_by(holder: &Path) -> Self {
        Self { folder: holder.join(MARK).join(ANNOTATIONS), holder: Some(holder.to_owned()) }
    }

    /// The nearest home at or above a folder, as git finds its own.
    pub(super) fn above(folder: &Path) -> Option<Self> {
        // What is not absolute is no folder on the disk but a name such as `sample:`.
        let mut folders = folder.is_absolute().then(|| folder.ancestors()).into_iter().flatten();
        folders.find(|folder| folder.join(MARK).is_dir()).map(Self::held_by)
    }

    /// Where the copies of its files are.
    pub(super) fn backups(&self) -> PathBuf {
        self.folder.with_file_name(BACKUPS)
    }

    /// The home of an article.
    pub(super) fn of(article: &ArticleRef, data: &Path) -> Self {
        let location = article.location();
        let above = location.parent().and_then(Self::above);
        above.unwrap_or_else(|| Self::of_data(data))
    }

    /// The root and path that an article here is stored under.
    pub(super) fn address(&self, article: &ArticleRef) -> (Option<String>, String) {
        let location = article.location();
        let inside = self.holder.as_ref().and_then(|holder| location.strip_prefix(holder).ok());
        match inside {
            Some(inside) => (None, path::name(inside).into_owned()),
            None => (Some(path::spelled(&article.root)), article.path.clone()),
        }
    }

    /// Where an article stored here is.
    pub(super) fn location(&self, root: Option<&str>, path: &str, text: &str) -> Option<PathBuf> {
        let root = root.map(str::to_owned);
        let root = root.or_else(|| self.holder.as_deref().map(path::spelled))?;
        Some(joined(&root, path, text))
    }

    /// Where the article of a record stored here is.
    pub(super) fn location_of(&self, subject: &Subject) -> Option<PathBuf> {
        self.location(subject.root.as_deref(), &subject.path, &subject.text_sha256)
    }
}

/// The location under which an article is looked up: as it would be stored.
pub(super) fn lookup(article: &ArticleRef) -> PathBuf {
    joined(&path::spelled(&article.root), &article.path, &article.text_sha256)
}

/// Root and path in one. What came by standard input has no place; there the text is the place.
fn joined(root: &str, path: &str, text: &str) -> PathBuf {
    if root.is_empty() { Path::new(path).join(text) } else { Path::new(root).join(path) }
}

/// A path in a spelling that [`reversed`] understands: a percent sign is encoded too.
pub(super) fn reversible(path: &Path) -> String {
    let mut spelled = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        spelled.push_str(&chunk.valid().replace('%', "%25"));
        for byte in chunk.invalid() {
            spelled.extend(["%", &format!("{byte:02X}")]);
        }
    }
    spelled
}

/// The path that was spelled so.
pub(super) fn reversed(spelled: &str) -> PathBuf {
    let path = PathBuf::from(spelled);
    decoded(&path).unwrap_or(path)
}

/// Whether nothing is at a stored location any more. Where that cannot be told, something is.
pub(super) fn is_gone(location: &Path) -> bool {
    location.is_absolute()
        && places(location).iter().all(|place| match fs::symlink_metadata(place) {
            Ok(_) => false,
            Err(error) => {
                matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
            }
        })
}

/// The files that a stored location may stand for: itself; with its percent signs decoded; and, for
/// a record of a file, that file.
fn places(location: &Path) -> Vec<PathBuf> {
    let mut places = vec![location.to_owned()];
    let text = location.to_string_lossy();
    let files = text.match_indices('#').filter_map(|(at, _)| text.get(..at));
    places.extend(files.map(PathBuf::from));
    let decoded: Vec<PathBuf> = places.iter().filter_map(|place| decoded(place)).collect();
    places.extend(decoded);
    places
}

#[cfg(unix)]
fn decoded(path: &Path) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    let mut bytes = Vec::new();
    let mut rest = path.as_os_str().as_encoded_bytes();
    let mut found = false;
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%').then(|| after.split_at_checked(2)).flatten();
        let code = code.and_then(|(digits, after)| {
            let digits = str::from_utf8(digits).ok()?;
            Some((u8::from_str_radix(digits, 16).ok()?, after))
        });
        let (byte, after) = code.inspect(|_| found = true).unwrap_or((byte, after));
        bytes.push(byte);
        rest = after;
    }
    found.then(|| std::ffi::OsString::from_vec(bytes).into())
}

/// Elsewhere every file name is Unicode.
#[cfg(not(unix))]
fn decoded(path: &Path) -> Option<PathBuf> {
    Some(PathBuf::from(path.to_str()?.replace("%25", "%")))
}
