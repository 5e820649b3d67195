//! Where annotations stand in a long text, of which only a window is open.

use super::anchoring::{Sought, same};
use super::long::Standing;
use super::reading::Reading;
use crate::note::{Annotation, Placement, Status};
use crate::text::Span;
use uuid::Uuid;

impl Reading {
    /// Sees whether an annotation stands where it was made; what is to be looked for if it does not and
    /// nobody does yet.
    pub(super) fn seek(&mut self, annotation: &Annotation) -> Option<Sought> {
        if self.long.is_none() {
            return self.anchoring.seek(&self.article, annotation);
        }
        let sought = self.seek_far(annotation);
        let there = self.placement_here(annotation);
        self.anchoring.set(annotation, there);
        sought
    }

    /// Works out where an annotation stands in the whole text, once that was read.
    fn seek_far(&mut self, annotation: &Annotation) -> Option<Sought> {
        let target = annotation.target.as_ref()?;
        let long = self.long.as_mut()?;
        let survey = long.survey.as_ref()?;
        let id = annotation.id;
        if long.stands.get(&id).is_some_and(|(known, _)| same(known, target)) {
            return None;
        }
        let made_on_this = target.text_sha256.as_ref() == Some(&survey.text_sha256);
        let standing = made_on_this.then_some(Standing {
            start: target.start,
            end: target.end,
            status: target.status,
        });
        long.stands.insert(id, (target.clone(), standing));
        if standing.is_none() {
            long.sought.insert(id);
        }
        standing.is_none().then(|| (id, target.clone()))
    }

    /// Where an annotation stands in the window; none where it is not there, or not known to be.
    fn placement_here(&self, annotation: &Annotation) -> Option<Placement> {
        let (target, standing) = self.long.as_ref()?.stands.get(&annotation.id)?;
        let Some(Standing { start, end, status }) = *standing else {
            return Some(Placement::ORPHAN).filter(|_| !self.is_being_sought(annotation));
        };
        let start = self.offset_of_scalar(start)?;
        let span = Span { start, end: self.offset_of_scalar(end)? };
        // On no other words than its own, unless it has moved to them.
        let own = span.of(self.text()) == target.exact;
        let status = if own && status == Status::Orphan { Status::Anchored } else { status };
        if !own && status != Status::Moved {
            return Some(Placement::ORPHAN);
        }
        Some(Placement { span: Some(span), status, guess: None })
    }

    /// Whether the words of an annotation of a long text are still looked for.
    fn is_being_sought(&self, annotation: &Annotation) -> bool {
        self.long.as_ref().is_some_and(|long| long.sought.contains(&annotation.id))
    }

    /// Whether the sidebar tells of an annotation: not where its words are outside of the window.
    #[must_use]
    pub fn shows(&self, annotation: &Annotation) -> bool {
        let Some(long) = &self.long else { return true };
        let standing = long.stands.get(&annotation.id).and_then(|(_, standing)| *standing);
        standing.is_none() || self.anchoring.placement(annotation).is_some()
    }

    /// Where an annotation of a long text stands that is outside of the window, in scalar values.
    #[must_use]
    pub fn stands_at(&self, id: Uuid) -> Option<usize> {
        let (_, standing) = self.long.as_ref()?.stands.get(&id)?;
        standing.map(|standing| standing.start)
    }
}
