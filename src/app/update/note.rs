//! Notes: written in place or in `$EDITOR`, and never more than a second from the disk.

use super::Turn;
use crate::app::field::Field;
use crate::app::model::{DRAFT_DELAY, Model, later};
use crate::app::overlay::{NoteEditor, Overlay};
use crate::app::{Action, Effect};
use crate::config::{Code, Key};
use crate::corpus::ArticleId;
use crate::note::{Annotation, Change, Kind};

impl Model {
    /// Writes a note on the selection, the annotation under the cursor, or the sentence there.
    pub(super) fn write_note(&mut self, turn: &mut Turn) {
        if let Some((article, annotation, is_new)) = self.annotation_to_write(turn) {
            self.edit_note(article, annotation, is_new);
        }
    }

    pub(super) fn write_note_in_editor(&mut self, turn: &mut Turn) {
        if let Some((article, annotation, is_new)) = self.annotation_to_write(turn) {
            turn.ask(Effect::Edit(annotation.note.clone()));
            self.edit_note(article, annotation, is_new);
        }
    }

    /// Writes a note on the whole article: the open one, or the one that the list's cursor is on.
    pub(super) fn write_article_note(&mut self, turn: &mut Turn) {
        let Some(article) = self.article_meant() else {
            self.status.say(turn.now, "no article to write a note on");
            return;
        };
        let there =
            self.notebook.of(article).find(|annotation| annotation.kind == Kind::Note).cloned();
        let is_new = there.is_none();
        let annotation =
            there.unwrap_or_else(|| Annotation::new(turn.fresh, Kind::Note, turn.now, None));
        self.edit_note(article, annotation, is_new);
    }

    fn annotation_to_write(&mut self, turn: &mut Turn) -> Option<(ArticleId, Annotation, bool)> {
        if let Some((article, annotation)) = self.new_from_selection(turn) {
            return Some((article, annotation, true));
        }
        if let Some((article, annotation)) = self.annotation_here() {
            return Some((article, annotation, false));
        }
        let sentence = self.reading.as_ref()?.object(Action::SelectSentence);
        let made = sentence.and_then(|span| self.new_on(span, turn));
        if made.is_none() {
            self.ask_for_words(turn);
        }
        made.map(|(article, annotation)| (article, annotation, true))
    }

    /// Opens the editor on an annotation's note.
    pub(super) fn edit_note(&mut self, article: ArticleId, annotation: Annotation, is_new: bool) {
        let original = (!is_new).then(|| annotation.clone());
        self.overlay = Some(Overlay::Note(Box::new(NoteEditor {
            article,
            field: Field::new(annotation.note.clone()),
            annotation,
            original,
            changed: None,
            sent: false,
        })));
    }

    /// A key for the note being written.
    pub(super) fn press_note(&mut self, key: Key, turn: &mut Turn) {
        let Some(Overlay::Note(editor)) = &mut self.overlay else { return };
        match key.code() {
            Code::Esc => self.close_note(turn),
            _ if key == Key::new(Code::Char('c')).ctrl() => self.abandon_note(turn),
            Code::Enter => editor.typed("\n", turn),
            Code::Up => editor.field.up(),
            Code::Down => editor.field.down(),
            _ => {
                if editor.field.press(key) {
                    editor.touched(turn);
                }
            }
        }
    }

    /// Sends the draft to the disk when it has lain long enough.
    pub(super) fn keep_draft(&mut self, turn: &mut Turn) {
        let due = match &self.overlay {
            Some(Overlay::Note(editor)) => editor.changed.map(|at| later(at, DRAFT_DELAY)),
            _ => None,
        };
        if due.is_some_and(|at| at <= turn.now) {
            self.send_draft(turn);
        }
    }

    fn send_draft(&mut self, turn: &mut Turn) {
        let Some(Overlay::Note(editor)) = &mut self.overlay else { return };
        let annotation = editor.written(turn);
        editor.changed = None;
        editor.sent = true;
        editor.annotation = annotation.clone();
        let article = editor.article;
        self.put(article, annotation, turn);
    }

    /// Closes the editor and keeps what was written.
    pub(super) fn close_note(&mut self, turn: &mut Turn) {
        let Some(Overlay::Note(editor)) = &self.overlay else { return };
        let text = editor.field.text();
        if editor.original.is_none() && text.trim().is_empty() {
            self.abandon_note(turn);
            return;
        }
        if text != editor.annotation.note {
            self.send_draft(turn);
        }
        let Some(Overlay::Note(editor)) = self.overlay.take() else { return };
        if editor.sent {
            let NoteEditor { article, annotation, original, .. } = *editor;
            let change = Change { article, before: original, after: Some(annotation) };
            self.notebook.history.push(change);
            self.drop_selection();
        }
    }

    /// Closes the editor and leaves the note as it was; undo brings the text back.
    fn abandon_note(&mut self, turn: &mut Turn) {
        let Some(Overlay::Note(editor)) = self.overlay.take() else { return };
        let was = editor.original.as_ref().map_or("", |original| original.note.as_str());
        if editor.field.text() == was && !editor.sent {
            return;
        }
        let written = editor.written(turn);
        let NoteEditor { article, original, sent, .. } = *editor;
        let restored = match &original {
            Some(original) => original.after(&written, turn.now),
            None => written.deleted(turn.now),
        };
        if sent {
            self.put(article, restored, turn);
        } else {
            // The disk never knew: nothing on the screen has changed either.
            self.notebook.put(article, restored);
        }
        self.notebook.history.push(Change { article, before: Some(written), after: original });
        let undo = self.keys_for(Action::Undo).unwrap_or_default();
        self.status.say(turn.now, format!("left as it was; {undo} brings your text back"));
    }

    /// Takes in what came of `$EDITOR`.
    pub(super) fn take_edited(&mut self, edited: Result<String, String>, turn: &mut Turn) {
        match edited {
            Ok(text) => {
                if let Some(Overlay::Note(editor)) = &mut self.overlay {
                    editor.field = Field::new(text.trim_end_matches('\n'));
                }
                self.close_note(turn);
            }
            Err(problem) => {
                self.status.warn(turn.now, format!("the note is as it was: {problem}"));
            }
        }
    }
}

impl NoteEditor {
    /// The annotation with the text as it stands: a revision of its own each time, so that a later
    /// draft always goes before an earlier one.
    fn written(&self, turn: &Turn) -> Annotation {
        let is_stored = self.sent || self.original.is_some();
        let mut annotation =
            if is_stored { self.annotation.revised(turn.now) } else { self.annotation.clone() };
        self.field.text().clone_into(&mut annotation.note);
        annotation
    }

    /// Types text.
    pub(super) fn typed(&mut self, text: &str, turn: &Turn) {
        self.field.insert(text);
        self.touched(turn);
    }

    fn touched(&mut self, turn: &Turn) {
        self.changed.get_or_insert(turn.now);
    }
}
