//! What others change while the library is open: files of articles, and what the store holds.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::Turn;
use crate::app::model::{Aim, Model};
use crate::app::overlay::Overlay;
use crate::app::wording::counted;
use crate::app::{Action, Outcome};
use crate::corpus::{ArticleId, Corrected, Digest};
use crate::note::Annotation;

impl Model {
    /// Takes in what others have changed.
    pub(super) fn absorb_change(&mut self, outcome: Outcome, turn: &mut Turn) {
        match outcome {
            Outcome::Problem(problem) => self.take_problem(problem, turn),
            Outcome::Solved(problem) => self.library.problems.retain(|known| *known != problem),
            Outcome::Changed { article, digest, quotations, differs } => {
                self.take_changed(article, digest, quotations, differs, turn);
            }
            Outcome::Gone { article, problem } => self.take_gone(article, problem, turn),
            Outcome::Renamed { article, root, name } => {
                self.take_renamed(article, root, name, turn);
            }
            Outcome::Stored { article, annotations, corrected } => {
                self.take_stored(article, annotations, corrected, turn);
            }
            Outcome::Unusable { article, problem } => {
                let before = self.notebook.unusable.insert(article, problem.clone());
                self.library.problems.retain(|known| Some(known) != before.as_ref());
                self.take_problem(problem, turn);
            }
            Outcome::Unstored { article } => {
                let what = "what the store held of it is gone; its notes stay here until you quit";
                self.status.warn(turn.now, format!("{}: {what}", self.called(article)));
            }
            _ => {}
        }
    }

    pub(super) fn take_problem(&mut self, problem: String, turn: &mut Turn) {
        self.status.warn(turn.now, problem.clone());
        if !self.library.problems.contains(&problem) {
            self.library.problems.push(problem);
        }
    }

    /// The text of an article is another now. What is on the screen stays until a person asks.
    fn take_changed(
        &mut self,
        article: ArticleId,
        digest: Arc<Digest>,
        quotations: u32,
        differs: bool,
        turn: &mut Turn,
    ) {
        let Some(entry) = self.library.entry_mut(article) else { return };
        entry.digest = Some(digest);
        entry.quotations = Some(quotations);
        let new = std::mem::take(&mut entry.unreadable);
        self.library.unreadable -= usize::from(new);
        let was_gone = self.library.gone.remove(&article).is_some();
        self.library.admit(&[article]);
        if !self.is_open(article) {
            return;
        }
        if differs {
            self.warn_of_change(article, turn);
        } else {
            self.library.changed.remove(&article);
            if was_gone {
                self.status.say(turn.now, "this article is on the disk again");
            }
        }
    }

    fn warn_of_change(&mut self, article: ArticleId, turn: &mut Turn) {
        self.library.changed.insert(article);
        let keys = self.keys_for(Action::Reload).unwrap_or_default();
        let message = format!("this article was changed on the disk; {keys} reads it again");
        self.status.warn(turn.now, message);
    }

    /// An article that was opened a moment ago was not as it is on the disk. It is read again where the
    /// person has begun nothing in it that this would take away.
    pub(super) fn take_outdated(&mut self, article: ArticleId, turn: &mut Turn) {
        let untouched = self.overlay.is_none()
            && self.library.selected == Some(article)
            && self.reading.as_ref().is_some_and(|it| it.selection.is_none());
        if untouched {
            self.open(article, Aim::Place, self.view.focus, turn);
        } else {
            self.warn_of_change(article, turn);
        }
    }

    /// An article is not to be had any more. What is on the screen stays.
    fn take_gone(&mut self, article: ArticleId, problem: String, turn: &mut Turn) {
        let message = format!("{}: {problem}", self.called(article));
        if self.is_open(article) {
            self.status.warn(turn.now, format!("{message}; what is on the screen stays"));
        } else {
            self.status.say(turn.now, message);
        }
        self.library.changed.remove(&article);
        self.library.gone.insert(article, problem);
    }

    /// An article has another name; where a person was in it is kept under that.
    fn take_renamed(
        &mut self,
        article: ArticleId,
        root: Arc<Path>,
        name: Arc<str>,
        turn: &mut Turn,
    ) {
        self.note_place();
        let Some(entry) = self.library.entry_mut(article) else { return };
        let before = entry.place_key();
        let message = format!("{} is called {name} now", entry.name);
        (entry.root, entry.name) = (root, name);
        let withdrawn = std::mem::take(&mut entry.unreadable);
        let after = entry.place_key();
        if let Some(place) = self.places.known.remove(&before) {
            self.places.known.insert(after.clone(), place);
        }
        if self.places.open.as_ref() == Some(&before) {
            self.places.open = Some(after);
        }
        self.library.unreadable -= usize::from(withdrawn);
        self.library.gone.remove(&article);
        self.library.order.forget_names();
        self.library.arrange();
        self.places_changed(turn.now);
        self.status.say(turn.now, message);
    }

    /// Takes in what the store holds of an article now. What a person is typing, and what is on its way
    /// to the disk, stays as it is here; the store brings both sides together.
    fn take_stored(
        &mut self,
        article: ArticleId,
        annotations: Vec<Annotation>,
        corrected: Corrected,
        turn: &mut Turn,
    ) {
        if let Some(problem) = self.notebook.unusable.remove(&article) {
            self.library.problems.retain(|known| *known != problem);
            self.status.say(turn.now, format!("{}: mended", self.called(article)));
        }
        let kept = self.in_hand(article);
        let changes = self.notebook.replace(article, annotations, &kept);
        if self.put_right(article, corrected) {
            self.library.admit(&[article]);
        }
        if changes == 0 {
            return;
        }
        self.place_marks(article, turn);
        let what = counted(changes, "annotation");
        let message = format!("{}: {what} changed elsewhere", self.called(article));
        self.status.say(turn.now, message);
    }

    /// Takes in what a person put right of an article; whether that is new.
    pub(super) fn put_right(&mut self, article: ArticleId, corrected: Corrected) -> bool {
        let mut unsaved = self.notebook.unsaved.values();
        if unsaved.any(|unsaved| unsaved.article == article && unsaved.corrected.is_some()) {
            return false;
        }
        let Some(entry) = self.library.entry_mut(article) else { return false };
        let corrected = (!corrected.is_empty()).then(|| Box::new(corrected));
        let differs = entry.corrected != corrected;
        entry.corrected = corrected;
        differs
    }

    /// The annotations of an article that a person is at, or that are not yet on the disk.
    fn in_hand(&self, article: ArticleId) -> BTreeSet<Uuid> {
        let unsaved = self.notebook.unsaved.values().filter(|unsaved| unsaved.article == article);
        let sent = unsaved.flat_map(|unsaved| &unsaved.annotations).map(|annotation| annotation.id);
        let typed = match &self.overlay {
            Some(Overlay::Note(editor)) => Some(editor.annotation.id),
            Some(Overlay::Tags(editor)) => Some(editor.annotation.id),
            _ => None,
        };
        sent.chain(typed).collect()
    }

    /// Reads the open article again.
    pub(super) fn reload(&mut self, turn: &mut Turn) {
        match self.reading.as_ref().map(|reading| reading.id) {
            Some(article) => self.open(article, Aim::Place, self.view.focus, turn),
            None => self.status.say(turn.now, "no article is open"),
        }
    }

    /// Whether an action cannot be done because the notes that it would change cannot be used; that is
    /// said.
    pub(super) fn is_read_only_for(&mut self, action: Action, turn: &mut Turn) -> bool {
        let (done, undone) = self.notebook.history.changes();
        let article = match action.changes() {
            Changes::Nothing => None,
            Changes::Meant => self.article_meant(),
            Changes::LastDone => done.last().map(|change| change.article),
            Changes::LastUndone => undone.last().map(|change| change.article),
        };
        let problem = article.and_then(|article| self.notebook.unusable.get(&article));
        let Some(problem) = problem else { return false };
        self.status.warn(turn.now, format!("notes are read-only here: {problem}"));
        true
    }

    fn is_open(&self, article: ArticleId) -> bool {
        self.reading.as_ref().is_some_and(|reading| reading.id == article)
    }

    fn called(&self, article: ArticleId) -> String {
        self.library.entry(article).map_or_else(String::new, |entry| entry.name.to_string())
    }
}

/// Of what an action changes what the store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changes {
    /// Of nothing.
    Nothing,
    /// Of the article that is meant.
    Meant,
    /// Of that which was changed last.
    LastDone,
    /// Of that of which a change was taken back last.
    LastUndone,
}

impl Action {
    /// Whether it changes what the store holds of the article that is meant.
    pub(super) fn changes_notes(self) -> bool {
        self.changes() == Changes::Meant
    }

    /// Of what it changes what the store holds. Every action is named: a new one cannot be forgotten.
    #[rustfmt::skip]
    const fn changes(self) -> Changes {
        use Action as A;
        match self {
            A::Undo => Changes::LastDone,
            A::Redo => Changes::LastUndone,
            A::HighlightYellow | A::HighlightGreen | A::HighlightBlue | A::HighlightRed
            | A::HighlightPurple | A::HighlightOrange | A::HighlightLast | A::Note | A::NoteInEditor
            | A::ArticleNote | A::Tags | A::Delete | A::Confirm | A::Reanchor | A::MakeArticleNote
            | A::Keep | A::CorrectSpeaker | A::RejectQuotation | A::CorrectTitle | A::CorrectOutlet
            | A::CorrectByline | A::CorrectDate => Changes::Meant,
            // The whole reader.
            A::Help | A::Palette | A::GoToArticle | A::SearchLibrary | A::Voices | A::HitNext | A::HitPrevious
            | A::ListAnnotations | A::Problems | A::PaneNext | A::PanePrevious | A::Zen | A::Back
            | A::Quit | A::Redraw | A::Reload | A::Suspend | A::Cancel | A::Escape | A::Export
            | A::ArticleNext | A::ArticlePrevious
            // Lists.
            | A::Down | A::Up | A::Top | A::Bottom | A::HalfPageDown | A::HalfPageUp | A::PageDown
            | A::PageUp | A::Open | A::Filter | A::SortBy | A::ToggleRead | A::Pick
            // The text.
            | A::Left | A::Right | A::WordNext | A::WordPrevious | A::WordEnd | A::RowStart
            | A::RowFirst | A::RowEnd | A::ParagraphPrevious | A::ParagraphNext
            | A::SentencePrevious | A::SentenceNext | A::FindChar | A::TillChar | A::FindAgain
            | A::FindBack | A::Search | A::SearchNext | A::SearchPrevious | A::SearchWord
            | A::QuotationNext | A::QuotationPrevious | A::HighlightNext | A::HighlightPrevious
            | A::NoteNext | A::NotePrevious | A::ToggleFurniture | A::MeasureWider
            | A::MeasureNarrower | A::ToggleAlign | A::SelectCharacters | A::SelectParagraphs
            | A::SelectWord | A::SelectSentence | A::SelectParagraph | A::SelectQuotation
            | A::OtherEnd | A::AnnotationHere | A::Copy | A::CopyCitation
            // Marks, the way back, and the sidebar.
            | A::SetMark | A::GoToMark | A::JumpBack | A::JumpForward | A::Jump | A::FilterCards
            | A::TabNext | A::TabPrevious => Changes::Nothing,
        }
    }
}
