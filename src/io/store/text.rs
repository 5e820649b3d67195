//! Base texts: the texts that annotations were made on, kept by their hash, so that a later version of
//! an article can be compared with them. They lie beside the folder of annotations and are never
//! removed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::home::Home;
use super::{ArticleRef, Store, StoreError};
use crate::io::atomic::{self, Access};
use crate::io::load::read_text;
use crate::note::{Target, sha256};

/// Where base texts are, beside the folder of annotations.
const TEXTS: &str = "texts";

/// The base texts of an article.
#[derive(Debug, Clone)]
pub struct Texts {
    /// Those of its home, where new ones go, and those of the data folder, where it may have been at
    /// home before.
    folders: Vec<PathBuf>,
}

impl Texts {
    /// Those of an article, with the data folder `data`.
    #[must_use]
    pub fn of(article: &ArticleRef, data: &Path) -> Self {
        Self::in_home(&Home::of(article, data).folder, data)
    }

    /// Those beside the folder that holds `file`, a file of annotations.
    #[must_use]
    pub fn beside(file: &Path, data: &Path) -> Self {
        Self::in_home(file.parent().unwrap_or(file), data)
    }

    fn in_home(annotations: &Path, data: &Path) -> Self {
        let mut folders = vec![annotations.with_file_name(TEXTS), data.join(TEXTS)];
        folders.dedup();
        Self { folders }
    }

    /// The text with a hash, if it is kept and still is that text.
    #[must_use]
    pub fn read(&self, hash: &str) -> Option<String> {
        let name = file_name(hash)?;
        let files = self.folders.iter().map(|folder| folder.join(&name));
        let mut texts = files.filter_map(|file| read_text(&file, &name).ok());
        texts.find(|text| sha256(text) == hash)
    }

    /// The texts, with their hashes, that some targets were made on, but for the one called `now`.
    #[must_use]
    pub fn bases<'a>(
        &self,
        targets: impl IntoIterator<Item = &'a Target>,
        now: &str,
    ) -> Vec<(String, String)> {
        let targets = targets.into_iter();
        let mut hashes: Vec<&str> = targets.filter_map(|it| it.text_sha256.as_deref()).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let others = hashes.into_iter().filter(|hash| *hash != now);
        others.filter_map(|hash| Some((hash.to_owned(), self.read(hash)?))).collect()
    }

    /// Keeps a text. When this returns `Ok` it is durable.
    fn keep(&self, text: &str) -> io::Result<()> {
        let (Some(folder), Some(name)) = (self.folders.first(), file_name(&sha256(text))) else {
            return Ok(());
        };
        let file = folder.join(name);
        let whole = |it: &fs::Metadata| it.is_file() && it.len() == text.len() as u64;
        if fs::metadata(&file).is_ok_and(|it| whole(&it)) {
            return Ok(());
        }
        atomic::create_folders(folder, Access::Private)?;
        atomic::write(&file, text.as_bytes(), Access::Private)
    }
}

/// The file for a hash; `None` where it is none: hashes come from files that anybody may have written.
fn file_name(hash: &str) -> Option<String> {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (hash.len() == 64 && hash.bytes().all(digit)).then(|| format!("{hash}.txt"))
}

impl Store {
    /// The base texts of an article.
    #[must_use]
    pub fn texts(&self, article: &ArticleRef) -> Texts {
        Texts::of(article, &self.data)
    }

    /// Keeps the text that annotations of an article are about to be made on. When this returns `Ok`
    /// it is durable.
    ///
    /// # Errors
    ///
    /// It could not be written. Annotations can be saved all the same; should the article change, less
    /// is then known of where their words have gone.
    pub fn keep_text(&self, article: &ArticleRef, text: &str) -> Result<(), StoreError> {
        let texts = Texts::of(article, &self.data);
        let folder = texts.folders.first().cloned().unwrap_or_default();
        texts.keep(text).map_err(StoreError::io(&folder, "keep the text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(data: &Path) -> Texts {
        Texts::beside(&data.join("annotations/a.toml"), data)
    }

    #[test]
    fn what_is_kept_is_read_by_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        let texts = texts(folder.path());
        let hash = sha256("A text “kept”.\n");
        assert_eq!(texts.read(&hash), None);
        texts.keep("A text “kept”.\n").unwrap();
        texts.keep("A text “kept”.\n").unwrap();
        assert_eq!(texts.read(&hash).as_deref(), Some("A text “kept”.\n"));
        let file = folder.path().join("texts").join(format!("{hash}.txt"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        // What is no longer that text is not taken for it, and is written anew.
        fs::write(&file, "Another one").unwrap();
        assert_eq!(texts.read(&hash), None);
        texts.keep("A text “kept”.\n").unwrap();
        assert!(texts.read(&hash).is_some());
    }

    #[test]
    fn a_hash_that_is_none_leads_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("texts")).unwrap();
        fs::write(folder.path().join("secret.txt"), "x").unwrap();
        for hash in ["../secret", "", &"A".repeat(64), &"é".repeat(32)] {
            assert_eq!(texts(folder.path()).read(hash), None);
            assert_eq!(file_name(hash), None);
        }
    }

    #[test]
    fn texts_kept_before_a_folder_became_a_home_are_still_found() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        texts(&data).keep("one").unwrap();
        let home = folder.path().join("news/.pullquote/annotations/a.toml");
        let texts = Texts::beside(&home, &data);
        assert_eq!(texts.read(&sha256("one")).as_deref(), Some("one"));
        texts.keep("two").unwrap();
        let kept = folder.path().join("news/.pullquote/texts");
        assert_eq!(fs::read_dir(kept).unwrap().count(), 1);
    }
}
