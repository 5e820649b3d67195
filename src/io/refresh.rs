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
    let mark = file.parent()?.parent().filter(|mark| mark.ends_with(store::MARK))?;
    Some(mark.parent()?.join(&subject.path))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::mpsc::channel;

    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::io::Answer;
    use crate::io::answer::Answers;
    use crate::io::library::Library;
    use crate::io::place::Keeper;
    use crate::io::shelf::{Origin, Shelf};
    use crate::io::store::{ArticleRef, Edit, Store};
    use crate::io::walk::Manner;
    use crate::note::{Annotation, Kind};

    #[test]
    fn what_changed_before_anybody_knew_whose_it_is_is_read_once_that_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let (data, state) = (folder.path().join("data"), folder.path().join("state"));
        let origin = Origin::Sample("a.txt", "Ferry\n\nIt never sailed.\n");
        let digest = origin.read(None).unwrap().digest();
        let reference = ArticleRef::new(&origin.root(), origin.name(), &digest);
        let note = Annotation::new(Uuid::now_v7(), Kind::Note, Timestamp::UNIX_EPOCH, None);
        let mut elsewhere = Store::open(&data, &state);
        let saved = elsewhere.apply(&reference, &[Edit::Put(note.clone())]).unwrap();

        let (sender, heard) = channel();
        let library = Library { paths: Vec::new(), manner: Manner::default(), encoding: None };
        let mut writer = Writer {
            store: Store::open(&data, &state),
            keeper: Keeper::new(&state, &library),
            shelf: Shelf::default(),
            answers: Answers::new(move |answer| sender.send(answer).is_ok()),
            unsaved: BTreeMap::new(),
            early: Some(BTreeSet::new()),
            texts: BTreeMap::new(),
            encoding: None,
        };
        assert!(writer.refresh_in_time(saved.file.unwrap()).is_none());
        writer.shelf.add(origin, None);
        writer.refresh_early();
        let Ok(Answer::Outcome(Outcome::Stored { annotations, .. })) = heard.try_recv() else {
            panic!("nothing is said of it");
        };
        assert_eq!(annotations, [note]);
    }
}
