//! Undo and redo, within a run and across runs.

use std::collections::HashMap;

use super::Turn;
use crate::app::Action;
use crate::app::model::Model;
use crate::app::place::{KeptChange, KeptHistory, PlaceKey};
use crate::corpus::ArticleId;
use crate::note::{Change, file};

/// How many changes the next run can take back.
const KEPT: usize = 100;

impl Model {
    pub(super) fn undo(&mut self, turn: &mut Turn) {
        let Some(change) = self.notebook.history.undo() else {
            return self.status.say(turn.now, "nothing to undo");
        };
        if !self.make(&change, "undone", turn) {
            self.notebook.history.drop_undone();
            self.refuse(Action::Undo, turn);
        }
    }

    pub(super) fn redo(&mut self, turn: &mut Turn) {
        let Some(change) = self.notebook.history.redo() else {
            return self.status.say(turn.now, "nothing to redo");
        };
        if !self.make(&change, "redone", turn) {
            self.notebook.history.drop_redone();
            self.refuse(Action::Redo, turn);
        }
    }

    fn refuse(&mut self, action: Action, turn: &mut Turn) {
        let keys = self.keys_for(action).unwrap_or_default();
        let message = format!("left alone: it was changed elsewhere since; {keys} goes on");
        self.status.warn(turn.now, message);
    }

    /// Puts an annotation as an undone or redone change wants it: as a new revision, so that it
    /// prevails wherever the store is shared. Whether it did: not where somebody else has changed it
    /// since.
    fn make(&mut self, change: &Change<ArticleId>, done: &str, turn: &mut Turn) -> bool {
        let Change { article, before, after } = change;
        let Some(id) = after.as_ref().or(before.as_ref()).map(|annotation| annotation.id) else {
            return false;
        };
        let Some(current) = self.notebook.get(*article, id).cloned() else { return false };
        if !change.follows(Some(&current)) {
            return false;
        }
        let Some(annotation) = change.revision(Some(&current), turn.now) else { return false };
        let words =
            annotation.target.as_ref().map_or("", |target| target.exact.as_str()).to_owned();
        self.put(*article, annotation, turn);
        let shown: String = words.chars().take(40).collect();
        let message =
            if shown.is_empty() { done.to_owned() } else { format!("{done}: “{shown}”") };
        self.status.say(turn.now, message);
        true
    }

    /// What the next run can undo, where that has changed since it was kept last.
    pub(super) fn history_to_keep(&mut self) -> Option<KeptHistory> {
        let version = self.notebook.history.version();
        if version == self.places.kept_version || self.places.left.is_some() {
            return None;
        }
        self.places.kept_version = version;
        let (done, undone) = self.notebook.history.changes();
        Some(KeptHistory { done: self.to_keep(done), undone: self.to_keep(undone) })
    }

    fn to_keep(&self, changes: &[Change<ArticleId>]) -> Vec<KeptChange> {
        let last = changes.iter().rev().take(KEPT);
        let mut kept: Vec<KeptChange> = last
            .filter_map(|change| {
                let (root, name) = self.library.entry(change.article)?.place_key();
                let before = change.before.as_ref().map(file::annotation_text);
                let after = change.after.as_ref().map(file::annotation_text);
                Some(KeptChange { root, name, before, after })
            })
            .collect();
        kept.reverse();
        kept
    }

    /// Takes up what earlier runs have left to undo, once all articles are found.
    pub(super) fn take_up_history(&mut self) {
        let Some(KeptHistory { done, undone }) = self.places.left.take() else { return };
        let entries = &self.library.entries;
        let articles: HashMap<PlaceKey, ArticleId> =
            entries.iter().map(|entry| (entry.place_key(), entry.id)).collect();
        let take = |kept: Vec<KeptChange>| {
            kept.into_iter().filter_map(|kept| taken(kept, &articles)).collect()
        };
        self.notebook.history.continue_from(take(done), take(undone));
    }
}

/// The change that was kept; `None` where its article is gone, or it cannot be read.
fn taken(kept: KeptChange, articles: &HashMap<PlaceKey, ArticleId>) -> Option<Change<ArticleId>> {
    let read =
        |text: Option<String>| text.map(|text| file::parse_annotation(&text)).transpose().ok();
    let article = *articles.get(&(kept.root, kept.name))?;
    Some(Change { article, before: read(kept.before)?, after: read(kept.after)? })
}
