//! The annotations of the library in memory, their undo history, and what is not yet durable.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;

use crate::corpus::{ArticleId, Corrected};
use crate::note::{Annotation, Change, History};

/// Changes sent to the store and not yet confirmed.
#[derive(Debug, Clone)]
pub struct Unsaved {
    /// The article they belong to.
    pub article: ArticleId,
    /// The annotations sent.
    pub annotations: Vec<Annotation>,
    /// The corrections sent.
    pub corrected: Option<Corrected>,
    /// Why the store refused them, if it has.
    pub problem: Option<String>,
    /// When they were last sent.
    pub since: Timestamp,
}

impl Unsaved {
    /// Leaves to a newer change what that brings too, and what was wrong; whether nothing is left.
    pub(super) fn give_way(&mut self, newer: &mut Self) -> bool {
        if self.article != newer.article {
            return false;
        }
        let before = self.annotations.len() + usize::from(self.corrected.is_some());
        self.annotations.retain(|own| newer.annotations.iter().all(|other| other.id != own.id));
        self.corrected = self.corrected.take().filter(|_| newer.corrected.is_none());
        let left = self.annotations.len() + usize::from(self.corrected.is_some());
        if left < before && newer.problem.is_none() {
            newer.problem.clone_from(&self.problem);
        }
        left == 0
    }
}

/// All annotations of the library, tombstones included.
#[derive(Debug, Default)]
pub struct Notebook {
    annotations: BTreeMap<ArticleId, BTreeMap<Uuid, Annotation>>,
    /// What can be undone and redone.
    pub history: History<ArticleId>,
    /// What is on its way to the disk, by ticket.
    pub unsaved: BTreeMap<u64, Unsaved>,
    /// The ticket of the last save.
    pub last_ticket: u64,
    /// The articles whose file in the store cannot be used, and why: they are read-only.
    pub unusable: BTreeMap<ArticleId, String>,
}

impl Notebook {
    /// Takes in what the store had on an article when it was read: what is here already is newer.
    pub fn load(&mut self, article: ArticleId, annotations: Vec<Annotation>) {
        let own = self.annotations.entry(article).or_default();
        for annotation in annotations {
            own.entry(annotation.id).or_insert(annotation);
        }
    }

    /// Takes the annotations of an article for those that the store has now, but for some that are
    /// kept as they are; how many are others than before.
    ///
    /// Tombstones stay too: that of a note which never came to the store is still to be undone.
    pub fn replace(
        &mut self,
        article: ArticleId,
        stored: Vec<Annotation>,
        kept: &BTreeSet<Uuid>,
    ) -> usize {
        let own = self.annotations.entry(article).or_default();
        let there: BTreeSet<Uuid> = stored.iter().map(|annotation| annotation.id).collect();
        let before = own.len();
        own.retain(|id, it| there.contains(id) || kept.contains(id) || !it.is_live());
        let mut changes = before - own.len();
        for annotation in stored.into_iter().filter(|it| !kept.contains(&it.id)) {
            let shown = annotation.is_live();
            let known = own.get(&annotation.id);
            if known != Some(&annotation) {
                changes += usize::from(shown || known.is_some_and(Annotation::is_live));
                own.insert(annotation.id, annotation);
            }
        }
        changes
    }

    /// The live annotations of an article, in no order that matters.
    pub fn of(&self, article: ArticleId) -> impl Iterator<Item = &Annotation> {
        self.annotations
            .get(&article)
            .into_iter()
            .flat_map(BTreeMap::values)
            .filter(|annotation| annotation.deleted.is_none())
    }

    /// The live annotations of the library, by article.
    pub fn all(&self) -> impl Iterator<Item = (ArticleId, &Annotation)> {
        self.annotations
            .iter()
            .flat_map(|(&article, all)| all.values().map(move |annotation| (article, annotation)))
            .filter(|(_, annotation)| annotation.deleted.is_none())
    }

    /// An annotation by its id, live or a tombstone.
    #[must_use]
    pub fn get(&self, article: ArticleId, id: Uuid) -> Option<&Annotation> {
        self.annotations.get(&article)?.get(&id)
    }

    /// Puts an annotation in its place; what stood there.
    pub fn put(&mut self, article: ArticleId, annotation: Annotation) -> Option<Annotation> {
        self.annotations.entry(article).or_default().insert(annotation.id, annotation)
    }

    /// Puts an annotation in its place and remembers how to undo that.
    pub fn change(&mut self, article: ArticleId, annotation: Annotation) {
        let after = Some(annotation.clone());
        let before = self.put(article, annotation).filter(|before| before.deleted.is_none());
        self.history.push(Change { article, before, after });
    }
}
