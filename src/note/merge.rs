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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::arbitrary::{annotation, time};
    use proptest::prelude::*;

    /// Versions of one annotation that are often alike in part.
    fn versions() -> impl Strategy<Value = Vec<Annotation>> {
        let rest = (0_u64..3, 0_i64..3, "[ab]?", time());
        (annotation(), proptest::collection::vec(rest, 3)).prop_map(|(base, versions)| {
            let version = |(rev, second, note, created)| Annotation {
                rev,
                modified: jiff::Timestamp::from_second(second).unwrap(),
                note,
                created,
                ..base.clone()
            };
            versions.into_iter().map(version).collect()
        })
    }

    fn merged<'a>(versions: impl IntoIterator<Item = &'a Annotation>) -> Vec<Annotation> {
        let mut list = Vec::new();
        for version in versions {
            merge_into(&mut list, version);
        }
        list
    }

    proptest! {
        #[test]
        fn the_order_of_merging_makes_no_difference(versions in versions()) {
            let [a, b, c] = &versions[..] else { unreachable!() };
            let expected = merged([a, b, c]);
            prop_assert_eq!(expected.len(), 1);
            for order in [[a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
                prop_assert_eq!(&merged(order), &expected);
            }
            prop_assert_eq!(newer(a, newer(b, c)), newer(newer(a, b), c));
            prop_assert_eq!(newer(a, a), a);
        }

        #[test]
        fn merging_again_changes_nothing(versions in versions()) {
            let mut list = merged(&versions);
            prop_assert!(versions.iter().all(|version| !merge_into(&mut list, version)));
        }

        #[test]
        fn a_revision_wins_over_what_it_came_from(first in annotation(), now in time()) {
            let (revised, deleted) = (first.revised(now), first.deleted(now));
            prop_assert_eq!(newer(&first, &revised), &revised);
            prop_assert_eq!(newer(&deleted, &first), &deleted);
        }
    }

    #[test]
    fn annotations_of_other_identity_stay() {
        let one = Annotation::new(
            uuid::Uuid::from_u128(1),
            crate::note::Kind::Note,
            jiff::Timestamp::UNIX_EPOCH,
            None,
        );
        let two = Annotation { id: uuid::Uuid::from_u128(2), ..one.clone() };
        assert_eq!(merged([&one, &two]), [one, two]);
    }
}
