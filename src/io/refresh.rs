//! Refreshing: what the store holds now of an article that another instance, or a hand, has changed.

use std::path::{Path, PathBuf};

use super::load::read_text;
use super::store;
use super::writer::Writer;
use super::{Problem, path};
use crate::app::Outcome;
use crate::corpus::ArticleId;
use crate::note::{FileError, Record, Subject, file};

/// The folder that makes the folder it is in a home of annotations.
const MARK: &str = ".pullquote";

impl Writer {
    /// Reads a file of the store that changed, came or went; `None` where it is nobody's here.
    pub(super) fn refresh(&mut self, changed: &Path) -> Option<Outcome> {
        let place = path::spelled(changed);
        let read =
            changed.exists().then(|| read_text(changed, &place).map(|text| file::parse(&text)));
        match (self.shelf.stored_in(changed), read) {
            (Some(article), Some(Ok(Ok(record)))) => Some(stored(article, record)),
            // A copy beside it that is sound does not stand in for the article's own file.
            (Some(article), Some(Ok(Err(error)))) => {
                let problem = broken(place, &error).to_string();
                Some(Outcome::Unusable { article, problem })
            }
            (Some(article), Some(Err(problem))) => {
                Some(Outcome::Unusable { article, problem: problem.to_string() })
            }
            (Some(article), None) => self.look_up(article),
            (None, Some(Ok(Ok(record)))) => {
                let article = self.shelf.at(&location(changed, &record.subject)?)?;
                // A copy beside the article's own file is not the article's.
                let own = self.shelf.file_of(article).filter(|file| file.exists());
                if own.is_some() { None } else { self.look_up(article) }
            }
            (None, Some(Ok(Err(error)))) => {
                Some(Outcome::Problem(broken(place, &error).to_string()))
            }
            (None, Some(Err(problem))) => Some(Outcome::Problem(problem.to_string())),
            (None, None) => None,
        }
    }

    /// What the store has on an article, by its own rules.
    fn look_up(&mut self, article: ArticleId) -> Option<Outcome> {
        let known = self.shelf.article(article, self.encoding)?;
        Some(match self.store.read(&known) {
            Ok(Some(store::Entry { file, record, .. })) => {
                self.shelf.store_in(article, &file);
                stored(article, record)
            }
            Ok(None) => Outcome::Unstored { article },
            Err(error) => Outcome::Unusable { article, problem: Problem::from(error).to_string() },
        })
    }
}

fn stored(article: ArticleId, record: Record) -> Outcome {
    let Record { subject, annotations, .. } = record;
    Outcome::Stored { article, annotations, corrected: subject.corrected }
}

fn broken(place: String, error: &FileError) -> Problem {
    Problem::new(place, error.reason()).at(Some(error.line()))
}

/// Where the article of a record in this file is.
fn location(file: &Path, subject: &Subject) -> Option<PathBuf> {
    if let Some(root) = &subject.root {
        return Some(Path::new(root).join(&subject.path));
    }
    let mark = file.parent()?.parent().filter(|mark| mark.ends_with(MARK))?;
    Some(mark.parent()?.join(&subject.path))
}
