//! Saving: edits to one article's file, durable when the call returns.

use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::catalog::{self, Found};
use super::home::Home;
use super::{ArticleRef, Store, StoreError, lock};
use crate::corpus::Corrected;
use crate::io::atomic::{self, Access};
use crate::note::{Annotation, Record, Subject, file, merge, sha256};

/// One edit to an article's record.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "edits are few; a box would be in every caller's way"
)]
pub enum Edit {
    /// An annotation as it should be: new, changed, or a tombstone. It takes the place of the
    /// stored one with its `id` if it is the newer of the two, see [`merge::newer`].
    Put(Annotation),
    /// What a person put right about the article, in place of what was stored of that.
    Correct(Corrected),
}

/// What is stored now.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The file; `None` where nothing was to be stored.
    pub file: Option<PathBuf>,
    /// What it holds, with what other instances have written to it.
    pub record: Record,
    /// Whether the file had to be written.
    pub written: bool,
}

/// A file that is there, as it was read under the lock.
struct Current {
    path: PathBuf,
    text: String,
    record: Record,
}

impl Store {
    /// Applies edits to an article's file, which is made with the first. When this returns `Ok` the
    /// change survives whatever happens next.
    ///
    /// The file is read again first, so that what another instance wrote stays. Without edits, an
    /// article that was moved or renamed has its new path stored, and nothing is made.
    ///
    /// # Errors
    ///
    /// The change is not stored and the file is as it was: it cannot be used, the lock is not to be
    /// had, or the system refused.
    pub fn apply(&mut self, article: &ArticleRef, edits: &[Edit]) -> Result<Saved, StoreError> {
        let _lock = lock::take(&self.state, self.patience)?;
        let home = Home::of(article, &self.data);
        match self.found(&home, article)? {
            Found::Unusable(problem) => Err(StoreError::Unusable(problem)),
            Found::File { path, .. } => change(path, &home, article, edits),
            Found::Nothing if edits.is_empty() => Ok(nothing()),
            Found::Nothing => create(&home, article, edits),
        }
    }
}

fn nothing() -> Saved {
    Saved { file: None, record: Record::default(), written: false }
}

fn change(
    path: PathBuf,
    home: &Home,
    article: &ArticleRef,
    edits: &[Edit],
) -> Result<Saved, StoreError> {
    let (text, record) =
        catalog::read(&path).map_err(|(problem, _)| StoreError::Unusable(problem))?;
    let mut next = record.clone();
    describe(&mut next.subject, home, article);
    edit(&mut next, edits);
    let current = Current { path, text, record };
    if file::same(&next, &current.record) {
        return Ok(Saved { file: Some(current.path), record: current.record, written: false });
    }
    next.revision = next.revision.saturating_add(1);
    let (text, record) = rendered(&current, &next)?;
    atomic::write(&current.path, text.as_bytes(), Access::Private)
        .map_err(StoreError::io(&current.path, "write the annotations"))?;
    Ok(Saved { file: Some(current.path), record, written: true })
}

fn create(home: &Home, article: &ArticleRef, edits: &[Edit]) -> Result<Saved, StoreError> {
    let subject = Subject { id: Uuid::now_v7(), ..Subject::default() };
    let mut record = Record { revision: 1, subject, ..Record::default() };
    describe(&mut record.subject, home, article);
    edit(&mut record, edits);
    let path = home.folder.join(file_name(article, record.subject.id));
    let text = file::fresh(&record);
    let record = read_back(&path, &text, &record)?;
    atomic::create_folders(&home.folder, Access::Private)
        .map_err(StoreError::io(&home.folder, "make the folder"))?;
    atomic::create_new(&path, text.as_bytes(), Access::Private)
        .map_err(StoreError::io(&path, "write the annotations"))?;
    Ok(Saved { file: Some(path), record, written: true })
}

/// The text to write, and what it reads back as: the old text with what changed. Where a hand has
/// left the file in a shape that this cannot be done to, the whole is written anew.
fn rendered(current: &Current, next: &Record) -> Result<(String, Record), StoreError> {
    if let Ok(text) = file::update(&current.text, next)
        && let Ok(record) = read_back(&current.path, &text, next)
    {
        return Ok((text, record));
    }
    let text = file::fresh(next);
    let record = read_back(&current.path, &text, next)?;
    Ok((text, record))
}

/// Reads what is about to be written, and makes sure that it says what it should.
fn read_back(path: &Path, text: &str, record: &Record) -> Result<Record, StoreError> {
    let back = file::parse(text).ok().filter(|back| file::same(back, record));
    back.ok_or_else(|| StoreError::NotTheSame(path.to_owned()))
}

fn edit(record: &mut Record, edits: &[Edit]) {
    for edit in edits {
        match edit {
            Edit::Put(annotation) => {
                merge::merge_into(&mut record.annotations, annotation);
            }
            Edit::Correct(corrected) => record.subject.corrected = corrected.clone(),
        }
    }
}

/// Brings the article's table up to date. What the program does not know (any more) stays.
fn describe(subject: &mut Subject, home: &Home, article: &ArticleRef) {
    (subject.root, subject.path) = home.address(article);
    let update = |there: &mut Option<String>, now: &Option<String>| {
        if now.is_some() {
            there.clone_from(now);
        }
    };
    update(&mut subject.title, &article.title);
    update(&mut subject.outlet, &article.outlet);
    update(&mut subject.byline, &article.byline);
    update(&mut subject.url, &article.url);
    subject.published = article.published.or(subject.published);
    subject.text_sha256.clone_from(&article.text_sha256);
    subject.text_chars = article.text_chars;
}

/// `<slug>-<12 hex>.toml`, the 12 hex being the start of the SHA-256 of the article's `id`.
fn file_name(article: &ArticleRef, id: Uuid) -> String {
    let hash: String = sha256(&id.to_string()).chars().take(12).collect();
    format!("{}-{hash}.toml", slug(article))
}

/// A short name for people: from the headline, else from the file's name.
pub(super) fn slug(article: &ArticleRef) -> String {
    let name = Path::new(&article.path).file_stem().unwrap_or_default().to_string_lossy();
    let slug = article.title.as_deref().map(slug_of).filter(|slug| !slug.is_empty());
    let slug = slug.unwrap_or_else(|| slug_of(&name));
    if slug.is_empty() { "article".to_owned() } else { slug }
}

/// The letters and digits of ASCII in `text`, in lower case, a hyphen for all between; at most 48.
fn slug_of(text: &str) -> String {
    const MOST: usize = 48;
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + 1 + word.len() > MOST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word.to_ascii_lowercase());
    }
    slug
}
