//! Saving: edits to one article's file, durable when the call returns.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use uuid::Uuid;

use super::catalog::Found;
use super::exchange::read_back;
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
    /// stored one with its `id` if it is the newer of the two, and is merged with it, see [`merge`].
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

impl Store {
    /// Applies edits to an article's file, which is made with the first. When this returns `Ok` the
    /// change survives whatever happens next.
    ///
    /// The edits are in this instance's journal before anything else is done. Then the file is read
    /// again, so that what another instance wrote stays, and so does what an editor writes that knows
    /// of no locks. Without edits, an article that was moved or renamed has its new path stored, and
    /// nothing is made.
    ///
    /// # Errors
    ///
    /// The change is not stored and the file is as it was: it cannot be used, the lock is not to be
    /// had, or the system refused. The edits stay in the journal: they go with the next that concern
    /// the article, or are merged in when the program starts, unless [`Store::withdraw`] takes them
    /// back.
    pub fn apply(&mut self, article: &ArticleRef, edits: &[Edit]) -> Result<Saved, StoreError> {
        // Where there is no journal to be had, the file can be saved all the same.
        let _ = self.take_up(article, edits);
        let _lock = lock::take(&self.state, self.patience)?;
        let home = Home::of(article, &self.data);
        self.recover_once(&home);
        let edits: Vec<Edit> = self.journal.edits(article);
        let saved = self.store(&home, article, &edits, Describing::Anew)?;
        self.journal.done(article);
        Ok(saved)
    }

    /// Makes edits durable in this instance's journal: the next [`Store::apply`] for the article saves
    /// them with its own.
    ///
    /// # Errors
    ///
    /// There is no journal to be had, or it could not be written to. The edits are kept in memory alone.
    pub fn take_up(&mut self, article: &ArticleRef, edits: &[Edit]) -> io::Result<()> {
        self.journal.append(article, edits)
    }

    /// Gives up what could not be saved, so that it is not merged in later.
    pub fn withdraw(&mut self) {
        self.journal.withdraw();
    }

    /// The journal that holds what could not be saved, if it holds all of it.
    #[must_use]
    pub fn kept_in(&self) -> Option<&Path> {
        self.journal.keeps_all()
    }

    /// Applies edits under the lock.
    pub(super) fn store(
        &mut self,
        home: &Home,
        article: &ArticleRef,
        edits: &[Edit],
        describing: Describing,
    ) -> Result<Saved, StoreError> {
        let saved = match self.found_whole(home, article)? {
            Found::Unusable(problem) => Err(StoreError::Unusable(problem)),
            Found::File { path, .. } => self.change(&path, home, |record| {
                if describing == Describing::Anew {
                    describe(&mut record.subject, home, article);
                }
                edit(record, edits);
            }),
            Found::Nothing if edits.is_empty() => Ok(nothing()),
            Found::Nothing => self.create(home, article, edits),
        }?;
        // What others have left behind is news.
        let own = describing == Describing::Anew;
        if !own || !edits.iter().all(|edit| is_as_put(&saved.record, edit)) {
            self.told = None;
        }
        Ok(saved)
    }

    fn create(
        &mut self,
        home: &Home,
        article: &ArticleRef,
        edits: &[Edit],
    ) -> Result<Saved, StoreError> {
        let subject = Subject { id: Uuid::now_v7(), ..Subject::default() };
        let mut record = Record { revision: 1, subject, ..Record::default() };
        describe(&mut record.subject, home, article);
        edit(&mut record, edits);
        let path = home.folder.join(file_name(&slug(article), record.subject.id));
        let saved = self.write_new(home, path, &record)?;
        self.told = saved.file.clone().map(|file| (file, Instant::now()));
        Ok(saved)
    }

    /// Writes a record as a file that is not there yet.
    pub(super) fn write_new(
        &mut self,
        home: &Home,
        path: PathBuf,
        record: &Record,
    ) -> Result<Saved, StoreError> {
        let text = file::fresh(record);
        let record = read_back(&path, &text, record)?;
        atomic::create_folders(&home.folder, Access::Private)
            .map_err(StoreError::io(&home.folder, "make the folder"))?;
        atomic::create_new(&path, &self.mark, text.as_bytes(), Access::Private)
            .map_err(StoreError::io(&path, "write the annotations"))?;
        self.known.insert(path.clone(), record.clone());
        self.written = Some((text, record.clone()));
        Ok(Saved { file: Some(path), record, written: true })
    }
}

/// Whether what is known of the article is brought up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Describing {
    /// The article was just looked at.
    Anew,
    /// What the file says may be newer.
    AsItWas,
}

fn nothing() -> Saved {
    Saved { file: None, record: Record::default(), written: false }
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

/// Whether a record says what an edit says.
fn is_as_put(record: &Record, edit: &Edit) -> bool {
    match edit {
        Edit::Put(annotation) => record.annotations.contains(annotation),
        Edit::Correct(corrected) => record.subject.corrected == *corrected,
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
pub(super) fn file_name(slug: &str, id: Uuid) -> String {
    format!("{slug}-{}.toml", file_hash(id))
}

/// The 12 hexadecimal digits for an article's `id` in the name of its file.
pub(super) fn file_hash(id: Uuid) -> String {
    sha256(&id.to_string()).chars().take(12).collect()
}

/// A short name for people: from the headline, else from the file's name.
pub(super) fn slug(article: &ArticleRef) -> String {
    slug_for(article.title.as_deref(), &article.path)
}

/// The same for an article with this headline and path.
pub(super) fn slug_for(title: Option<&str>, path: &str) -> String {
    let name = Path::new(path).file_stem().unwrap_or_default().to_string_lossy();
    let slug = title.map(slug_of).filter(|slug| !slug.is_empty());
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
