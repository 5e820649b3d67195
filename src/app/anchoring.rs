//! Where the annotations of the open article stand: what is known of that, and what is being looked for.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::corpus::Article;
use crate::note::anchor::asserted;
use crate::note::{Annotation, Placement, Status, Target};

/// A target and the annotation that it belongs to.
pub type Sought = (Uuid, Target);

/// What is known of where annotations stand in the open article.
///
/// Most stand on the very text that they were made on, which is seen at once. To find the others in a
/// changed text is work for the background; until it is done, nothing is said of them.
#[derive(Debug, Default)]
pub struct Anchoring {
    known: BTreeMap<Uuid, (Target, Option<Placement>)>,
    /// The annotation to go to when it has been found.
    pub(super) aim: Option<Uuid>,
    /// Whether the store was given the text that annotations are made on.
    pub(super) text_kept: bool,
}

impl Anchoring {
    /// Where an annotation's words stand; `None` where it has none, or that is not known yet.
    #[must_use]
    pub fn placement(&self, annotation: &Annotation) -> Option<Placement> {
        let target = annotation.target.as_ref()?;
        let (known, placement) = self.known.get(&annotation.id)?;
        placement.filter(|_| same(known, target))
    }

    /// Sees whether an annotation stands where it was made; what is to be looked for if it does not
    /// and nobody does yet.
    pub(super) fn seek(&mut self, article: &Article, annotation: &Annotation) -> Option<Sought> {
        let target = annotation.target.as_ref()?;
        if self.known.get(&annotation.id).is_some_and(|(known, _)| same(known, target)) {
            return None;
        }
        let hash = article.text_sha256();
        let there = asserted(target, &article.text, &article.scalars, &hash);
        self.known.insert(annotation.id, (target.clone(), there));
        there.is_none().then(|| (annotation.id, target.clone()))
    }

    /// Says where an annotation stands, or that this is not known.
    pub(super) fn set(&mut self, annotation: &Annotation, there: Option<Placement>) {
        if let Some(target) = &annotation.target {
            self.known.insert(annotation.id, (target.clone(), there));
        }
    }

    /// Takes in what was found of a target that was looked for, if it is still looked for.
    pub(super) fn take(&mut self, (id, target): &Sought, placement: Placement) {
        if let Some((known, there)) = self.known.get_mut(id)
            && same(known, target)
        {
            *there = Some(placement);
        }
    }

    /// How many of some annotations have moved to changed words, and how many were not found.
    pub(super) fn unsettled<'a>(
        &self,
        annotations: impl Iterator<Item = &'a Annotation>,
    ) -> (usize, usize) {
        let states = annotations.filter_map(|it| Some(self.placement(it)?.status));
        states.fold((0, 0), |(moved, orphans), status| {
            (
                moved + usize::from(status == Status::Moved),
                orphans + usize::from(status == Status::Orphan),
            )
        })
    }
}

/// Whether two targets mean the same words.
pub(super) fn same(a: &Target, b: &Target) -> bool {
    (&a.exact, &a.prefix, &a.suffix, a.start, a.end, &a.text_sha256, a.status)
        == (&b.exact, &b.prefix, &b.suffix, b.start, b.end, &b.text_sha256, b.status)
}
