//! The writer: owns the store, and does in order what is to be durable.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use encoding_rs::Encoding;

use super::answer::Answers;
use super::export;
use super::loader::Word;
use super::place::Keeper;
use super::shelf::Shelf;
use super::standing::standing;
use super::store::{ArticleRef, Edit, Store};
use super::{Problem, path};
use crate::app::{ExportFormat, Outcome, Places};
use crate::corpus::{ArticleId, Corrected};
use crate::note::Annotation;

/// How long it is at least from one save to the next: many changes in a row, each of which is durable in the
/// journal at once, are saved together.
const BETWEEN: Duration = Duration::from_millis(250);

/// Something to write.
#[derive(Debug)]
pub(super) enum Job {
    Save {
        ticket: u64,
        article: ArticleId,
        annotations: Vec<Annotation>,
        corrected: Option<Corrected>,
    },
    /// Keep the text that the next annotations of an article are made on.
    KeepText(ArticleId, Arc<str>),
    /// Store where an article is now that was found under another path.
    Settle(ArticleId),
    /// Read again a file of the store that another has changed.
    Refresh(PathBuf),
    /// What was loaded of the store has been taken in.
    Remembered,
    KeepPlaces(Places),
    Export {
        format: ExportFormat,
        path: PathBuf,
        articles: Vec<ArticleId>,
        overwrite: bool,
    },
    /// Nothing follows.
    End,
}

/// What writes.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) store: Store,
    pub(super) keeper: Keeper,
    pub(super) shelf: Shelf,
    pub(super) answers: Answers,
    /// The articles whose last save failed, and why: the next that succeeds saves what failed too.
    pub(super) unsaved: BTreeMap<ArticleId, Problem>,
    /// Files of the store that others have changed since it was loaded, until all of that has been taken
    /// in: before, nobody may know whose they are.
    pub(super) early: Option<BTreeSet<PathBuf>>,
    /// Texts that are to be kept and are not yet.
    pub(super) texts: BTreeMap<ArticleId, Arc<str>>,
    /// The encoding that stands in for detection.
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) held: Held,
}

/// Changes that are in the journal and not yet in their files.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// What each article was called when they were made, and their tickets.
    of: BTreeMap<ArticleId, (ArticleRef, Vec<u64>)>,
    /// When files may be written again.
    due: Option<Instant>,
}

impl Held {
    fn is_due(&self) -> bool {
        !self.of.is_empty() && self.due.is_none_or(|due| due <= Instant::now())
    }

    /// The next job; `None` where what is held is due before there is one.
    fn next(&self, jobs: &Receiver<Job>) -> Option<Job> {
        let due = self.due.filter(|_| !self.of.is_empty());
        let Some(due) = due else { return Some(jobs.recv().unwrap_or(Job::End)) };
        match jobs.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(job) => Some(job),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Job::End),
        }
    }
}

impl Writer {
    /// Reads the store for the loader, then writes until the end; what could not be saved.
    pub(super) fn run(
        mut self,
        roots: &[PathBuf],
        loaded: &SyncSender<Word>,
        jobs: &Receiver<Job>,
    ) -> Vec<Problem> {
        for problem in self.store.recover(roots) {
            self.answers.give(Outcome::Problem(problem.to_string()));
        }
        // Where the loader is gone, nobody needs what it was to get.
        let _ = loaded.send(Word::Loaded(Box::new(self.store.load_all(roots))));
        let mut places = None;
        loop {
            let waiting = self.held.next(jobs).into_iter().chain(jobs.try_iter());
            for job in waiting {
                match job {
                    // Only the last of several in a row is worth the disk's time.
                    Job::KeepPlaces(latest) => places = Some(latest),
                    Job::End => return self.end(places),
                    job => self.perform(job),
                }
            }
            if self.held.is_due() {
                self.save_held();
            }
            self.keep(places.take());
        }
    }

    fn end(mut self, places: Option<Places>) -> Vec<Problem> {
        self.save_held();
        self.keep(places);
        let kept = self.store.kept_in().map(|journal| {
            let journal = path::spelled(journal);
            format!("; {journal} keeps it, and the next start saves it if it can")
        });
        let told = |problem: Problem| {
            let what = problem.what + kept.as_deref().unwrap_or_default();
            Problem { what, ..problem }
        };
        self.unsaved.into_values().map(told).collect()
    }

    fn perform(&mut self, job: Job) {
        let outcome = match job {
            Job::Save { ticket, article, annotations, corrected } => {
                return self.save(ticket, article, annotations, corrected);
            }
            Job::KeepText(article, text) => {
                self.texts.insert(article, text);
                return;
            }
            Job::Settle(article) => return self.settle(article),
            Job::Refresh(file) => match self.refresh_in_time(file) {
                Some(outcome) => outcome,
                None => return,
            },
            Job::Remembered => return self.refresh_early(),
            Job::Export { format, path, articles, overwrite } => {
                let records = self.records(&articles);
                export::export(format, path, articles, overwrite, records)
            }
            Job::KeepPlaces(_) | Job::End => return,
        };
        // Whoever no longer listens is leaving; the work is done all the same.
        self.answers.give(outcome);
    }

    /// Makes changes durable, and saves them if that has rested for long enough.
    fn save(
        &mut self,
        ticket: u64,
        article: ArticleId,
        annotations: Vec<Annotation>,
        corrected: Option<Corrected>,
    ) {
        let mut edits: Vec<Edit> = annotations.into_iter().map(Edit::Put).collect();
        edits.extend(corrected.map(Edit::Correct));
        let known = match self.known(article) {
            Ok(known) => known,
            Err(problem) => return self.tell(article, &[ticket], Err(problem)),
        };
        // Edits are found in the journal by what the article was called then.
        if self.held.of.get(&article).is_some_and(|(before, _)| *before != known) {
            self.save_held();
        }
        let safe = self.store.take_up(&known, &edits).is_ok();
        let (_, tickets) = self.held.of.entry(article).or_insert_with(|| (known, Vec::new()));
        tickets.push(ticket);
        if !safe || self.held.is_due() {
            self.save_held();
        }
    }

    /// Saves what is only in the journal.
    fn save_held(&mut self) {
        let held = std::mem::take(&mut self.held.of);
        if held.is_empty() {
            return;
        }
        for (article, (known, tickets)) in held {
            let saved = self.apply(article, &known);
            self.tell(article, &tickets, saved);
        }
        self.held.due = Instant::now().checked_add(BETWEEN);
    }

    /// Says what came of saving.
    fn tell(&mut self, article: ArticleId, tickets: &[u64], saved: Result<(), Problem>) {
        for &ticket in tickets {
            // Whoever no longer listens is leaving; the work is done all the same.
            self.answers.give(match &saved {
                Ok(()) => Outcome::Saved { ticket },
                Err(problem) => Outcome::NotSaved { ticket, problem: problem.to_string() },
            });
        }
        match saved {
            Ok(()) => drop(self.unsaved.remove(&article)),
            Err(problem) => drop(self.unsaved.insert(article, problem)),
        }
    }

    fn known(&self, article: ArticleId) -> Result<ArticleRef, Problem> {
        let known = self.shelf.article(article, self.encoding);
        known.ok_or_else(|| Problem::new("article", "is not in the library"))
    }

    /// Saves the changes to an article that are in the journal.
    fn apply(&mut self, article: ArticleId, known: &ArticleRef) -> Result<(), Problem> {
        self.keep_text(article, known);
        let saved = self.store.apply(known, &[]).map_err(Problem::from)?;
        if let Some(file) = saved.file {
            self.shelf.store_in(article, &file);
        }
        Ok(())
    }

    /// Keeps the text that an article's annotations are made on. Where that fails it is tried again with
    /// the next of them: they are worth more than it.
    fn keep_text(&mut self, article: ArticleId, known: &ArticleRef) {
        if let Some(text) = self.texts.get(&article)
            && self.store.keep_text(known, text).is_ok()
        {
            self.texts.remove(&article);
        }
    }

    fn settle(&mut self, article: ArticleId) {
        self.save_held();
        // It is found by its text again where this fails, and the next save says what is wrong.
        let _ = self.known(article).and_then(|known| self.apply(article, &known));
    }

    /// What the store holds on some articles, as it stands in them now.
    fn records(&mut self, articles: &[ArticleId]) -> Result<Vec<crate::note::Record>, Problem> {
        let known =
            articles.iter().filter_map(|&it| Some((it, self.shelf.article(it, self.encoding)?)));
        let known: Vec<_> = known.collect();
        let read = |(article, known): (ArticleId, ArticleRef)| {
            let record = self.store.apply(&known, &[])?.record;
            if record.live().next().is_none() {
                return Ok(record);
            }
            // Where the article cannot be read, what is stored is all there is to tell.
            Ok(match self.shelf.peek(article, self.encoding) {
                Ok(text) => standing(record, &text, &self.store.texts(&known)),
                Err(_) => record,
            })
        };
        known.into_iter().map(read).collect()
    }

    fn keep(&mut self, places: Option<Places>) {
        let Some(places) = places else { return };
        let failed = self.keeper.keep(&places, !self.shelf.is_empty());
        if let Some((file, error)) = failed {
            let what = format!("where you were is not kept: {error}");
            let problem = Problem::new(path::spelled(&file), what);
            self.answers.give(Outcome::Failed(problem.to_string()));
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::path::Path;
    use std::sync::mpsc::channel;

    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::io::walk::Manner;
    use crate::io::{Answer, Library, Origin};
    use crate::note::Kind;

    pub(in crate::io) const TEXT: &str = "Ferry\n\nIt never sailed.\n";

    /// What writes with these folders, and what it says.
    pub(in crate::io) fn writer(folder: &Path) -> (Writer, Receiver<Answer>) {
        let state = folder.join("state");
        let (sender, heard) = channel();
        let library = Library { paths: Vec::new(), manner: Manner::default(), encoding: None };
        let writer = Writer {
            store: Store::open(&folder.join("data"), &state),
            keeper: Keeper::new(&state, &library),
            shelf: Shelf::default(),
            answers: Answers::new(move |answer| sender.send(answer).is_ok()),
            unsaved: BTreeMap::new(),
            early: Some(BTreeSet::new()),
            texts: BTreeMap::new(),
            held: Held::default(),
            encoding: None,
        };
        (writer, heard)
    }

    pub(in crate::io) fn note() -> Annotation {
        Annotation::new(Uuid::now_v7(), Kind::Note, Timestamp::UNIX_EPOCH, None)
    }

    /// Saves a note with this ticket.
    fn put(writer: &mut Writer, article: ArticleId, ticket: u64) {
        let annotations = vec![note()];
        writer.perform(Job::Save { ticket, article, annotations, corrected: None });
    }

    #[test]
    fn what_comes_right_after_a_save_is_saved_with_what_follows_whatever_the_article_is_called_then()
     {
        let folder = tempfile::tempdir().unwrap();
        let (mut writer, heard) = writer(folder.path());
        let article = writer.shelf.add(Origin::Sample("a.txt", TEXT), None).unwrap();
        let saved = || match heard.try_recv() {
            Ok(Answer::Outcome(Outcome::Saved { ticket })) => Some(ticket),
            Err(_) => None,
            other => panic!("{other:?}"),
        };
        put(&mut writer, article, 1);
        assert_eq!(saved(), Some(1));
        put(&mut writer, article, 2);
        put(&mut writer, article, 3);
        assert_eq!(saved(), None);
        assert!(writer.store.kept_in().is_some(), "the journal has it");
        let before = writer.shelf.article(article, None).unwrap();
        let digest = writer.shelf.digest(article).unwrap();
        writer.shelf.rehome(article, Origin::Sample("z.txt", TEXT), digest);
        put(&mut writer, article, 4);
        assert_eq!([saved(), saved(), saved()], [Some(2), Some(3), None]);
        assert_eq!(writer.store.read(&before).unwrap().unwrap().record.annotations.len(), 3);
        assert!(writer.end(None).is_empty());
        assert_eq!(saved(), Some(4));
        // An article that is not there any more cannot be annotated.
        let (mut writer, heard) = super::tests::writer(folder.path());
        put(&mut writer, ArticleId(7), 5);
        let heard = heard.try_recv().unwrap();
        assert!(matches!(heard, Answer::Outcome(Outcome::NotSaved { ticket: 5, .. })), "{heard:?}");
    }
}
