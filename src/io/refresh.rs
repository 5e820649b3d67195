//! Refreshing: what the store holds now of an article that another instance, or a hand, has changed.

use std::path::{Path, PathBuf};

use super::load::read_text;
use super::store;
use super::writer::Writer;
use super::{Problem, path};
use crate::app::Outcome;
use crate::corpus::ArticleId;
use crate::note::{FileError, Record, Subject, file};

impl Writer {
    /// Reads a file of the store that changed once it can be told whose it is; `None` where it cannot
    /// yet, or it is nobody's here.
    pub(super) fn refresh_in_time(&mut self, changed: PathBuf) -> Option<Outcome> {
        let Some(early) = &mut self.early else { return self.refresh(&changed) };
        early.insert(changed);
        None
    }

    /// Reads the files that changed before it could be told whose they are.
    pub(super) fn refresh_early(&mut self) {
        for changed in self.early.take().unwrap_or_default() {
            if let Some(outcome) = self.refresh(&changed) {
                self.answers.give(outcome);
            }
        }
    }

    /// Reads a file of the store that changed, came or went; `None` where it is nobody's here.
    fn refresh(&mut self, changed: &Path) -> Option<Outcome> {
        let place = path::spelled(changed);
        let read = changed.exists().then(|| read_text(changed, &place));
        let text = read.as_ref().and_then(|read| read.as_deref().ok());
        let article = self.shelf.stored_in(changed);
        if article.is_some() && text.is_some_and(|text| self.store.has_told(changed, text)) {
            return None;
        }
        self.store.tell(changed, text);
        let read = read.map(|read| read.map(|text| file::parse(&text)));
        match (article, read) {
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
    let mark = file.parent()?.parent().filter(|mark| mark.ends_with(store::MARK))?;
    Some(mark.parent()?.join(&subject.path))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::io::Answer;
    use crate::io::shelf::Origin;
    use crate::io::store::{ArticleRef, Edit, Store};
    use crate::io::writer::tests::{TEXT, note, writer};
    use crate::note::Annotation;

    /// Another instance with the same store, and what it calls the article.
    fn elsewhere(folder: &Path) -> (Store, ArticleRef) {
        let origin = Origin::Sample("a.txt", TEXT);
        let digest = origin.read(None).unwrap().digest();
        let reference = ArticleRef::new(&origin.root(), origin.name(), &digest);
        (Store::open(&folder.join("data"), &folder.join("state")), reference)
    }

    #[test]
    fn what_changed_before_anybody_knew_whose_it_is_is_read_once_that_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let (mut elsewhere, reference) = elsewhere(folder.path());
        let note = note();
        let saved = elsewhere.apply(&reference, &[Edit::Put(note.clone())]).unwrap();

        let (mut writer, heard) = writer(folder.path());
        assert!(writer.refresh_in_time(saved.file.unwrap()).is_none());
        writer.shelf.add(Origin::Sample("a.txt", TEXT), None);
        writer.refresh_early();
        let Ok(Answer::Outcome(Outcome::Stored { annotations, .. })) = heard.try_recv() else {
            panic!("nothing is said of it");
        };
        assert_eq!(annotations, [note]);
    }

    #[test]
    fn what_was_saved_here_is_no_news_and_what_others_did_is() {
        let folder = tempfile::tempdir().unwrap();
        let (mut elsewhere, reference) = elsewhere(folder.path());
        let (mut writer, _heard) = writer(folder.path());
        let article = writer.shelf.add(Origin::Sample("a.txt", TEXT), None).unwrap();
        let save = |store: &mut Store| {
            store.apply(&reference, &[Edit::Put(note())]).unwrap().file.unwrap()
        };
        let file = save(&mut writer.store);
        writer.shelf.store_in(article, &file);
        let told = |writer: &mut Writer| match writer.refresh(&file) {
            Some(Outcome::Stored { annotations, .. }) => Some(annotations.len()),
            None => None,
            other => panic!("{other:?}"),
        };
        assert_eq!(told(&mut writer), None);
        save(&mut writer.store);
        assert_eq!(told(&mut writer), None);
        let own = std::fs::read(&file).unwrap();
        save(&mut elsewhere);
        assert_eq!(told(&mut writer), Some(3));
        // The text that was written here last is news again once another was told.
        std::fs::write(&file, &own).unwrap();
        assert_eq!(told(&mut writer), Some(2));
        assert_eq!(told(&mut writer), None);
        // What others saved may come with what is saved here.
        save(&mut elsewhere);
        save(&mut writer.store);
        save(&mut writer.store);
        let all = told(&mut writer);
        assert!(all > Some(4), "{all:?}");
        assert_eq!(told(&mut writer), None);
        // What is merged with what was there is not as it was put.
        let mut changed =
            writer.store.read(&reference).unwrap().unwrap().record.annotations[0].clone();
        changed.rev += 1;
        changed.modified = Timestamp::UNIX_EPOCH;
        let behind = Annotation { note: "behind".to_owned(), rev: 0, ..changed };
        writer.store.apply(&reference, &[Edit::Put(behind)]).unwrap();
        assert!(told(&mut writer).is_some());
    }
}
