//! Merge: what becomes of two versions of one annotation.
//!
//! The rule here is the simplest that is commutative, associative and idempotent: of two versions
//! one is kept whole. Keeping both sides' work, by the base that each was edited from, belongs in
//! [`newer`] and nowhere else.

use std::cmp::Ordering;

use super::Annotation;

/// Which of two versions of one annotation is in force: the higher `rev`; of equal ones the later
/// `modified`; of equal ones the greater content hash (then `base` and `created`), so that every
/// instance chooses alike.
#[must_use]
pub fn newer<'a>(a: &'a Annotation, b: &'a Annotation) -> &'a Annotation {
    if order(a, b) == Ordering::Less { b } else { a }
}

fn order(a: &Annotation, b: &Annotation) -> Ordering {
    let by_rev = a.rev.cmp(&b.rev).then_with(|| a.modified.cmp(&b.modified));
    let by_content = by_rev.then_with(|| a.content_hash().cmp(&b.content_hash()));
    by_content.then_with(|| (&a.base, a.created).cmp(&(&b.base, b.created)))
}

/// Merges one version of an annotation into a list: it takes the place of the version there if it is
/// newer, and stands at the end if there is none. Tells whether the list changed.
pub fn merge_into(annotations: &mut Vec<Annotation>, incoming: &Annotation) -> bool {
    let Some(there) = annotations.iter_mut().find(|there| there.id == incoming.id) else {
        annotations.push(incoming.clone());
        return true;
    };
    if there == incoming || std::ptr::eq(newer(there, incoming), there) {
        return false;
    }
    *there = incoming.clone();
    true
}
