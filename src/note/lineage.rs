//! Lineage: what an annotation remembers of its earlier versions, so that versions can be merged.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Annotation, sha256};

/// How many replaced notes are remembered: those replaced last. Of one replaced longer ago a copy may
/// come back; it is never lost.
const REMEMBERED: usize = 100;

/// The length of a note's mark, in hexadecimal digits.
const MARK: usize = 16;

/// What an annotation remembers of its earlier versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    /// The annotation whose losing note this one keeps.
    pub conflict_of: Option<Uuid>,
    /// The revision of that annotation which had the note.
    pub conflict_rev: u64,
    /// The notes that a person replaced, by their marks, each with the latest revision that had it.
    pub replaced: BTreeMap<String, u64>,
    /// How often each tag was put on or taken off: with an odd count it is on. Of the tags that are on
    /// those may be absent that never were taken off.
    pub tags: BTreeMap<String, u64>,
}

/// What stands for a note in [`Lineage::replaced`]: the start of the SHA-256 of the note without white
/// space at its ends. `None` for an empty one.
pub(super) fn mark(note: &str) -> Option<String> {
    let note = note.trim();
    (!note.is_empty()).then(|| sha256(note).chars().take(MARK).collect())
}

impl Lineage {
    /// Whether a person has seen a note that a revision had, and replaced it.
    pub(super) fn has_replaced(&self, mark: &str, rev: u64) -> bool {
        self.replaced.get(mark).is_some_and(|&latest| latest >= rev)
    }

    /// Remembers that a person has replaced the note of a revision.
    pub(super) fn replace(&mut self, note: &str, rev: u64) {
        let Some(mark) = mark(note) else { return };
        let latest = self.replaced.entry(mark).or_insert(rev);
        *latest = (*latest).max(rev);
        self.forget();
    }

    /// Takes in what another lineage has replaced.
    pub(super) fn join_replaced(&mut self, other: &Self) {
        for (mark, &rev) in &other.replaced {
            let latest = self.replaced.entry(mark.clone()).or_insert(rev);
            *latest = (*latest).max(rev);
        }
        self.forget();
    }

    fn forget(&mut self) {
        let Some(surplus) = self.replaced.len().checked_sub(REMEMBERED).filter(|&it| it > 0) else {
            return;
        };
        let mut all: Vec<(u64, String)> =
            self.replaced.iter().map(|(mark, &rev)| (rev, mark.clone())).collect();
        all.sort();
        for (_, mark) in all.into_iter().take(surplus) {
            self.replaced.remove(&mark);
        }
    }
}

impl Annotation {
    /// How often each tag was put on or taken off, the tags as they are now counted in: whoever
    /// changes [`Self::tags`] need not care for the counts. A tombstone has no tags of its own, but
    /// keeps their counts.
    pub(crate) fn tag_counts(&self) -> BTreeMap<String, u64> {
        let mut counts = self.lineage.tags.clone();
        counts.retain(|_, count| *count > 0);
        if !self.is_live() {
            return counts;
        }
        let on: BTreeSet<&str> = self.tags.iter().map(String::as_str).collect();
        for (tag, count) in &mut counts {
            *count += u64::from(is_on(*count) != on.contains(tag.as_str()));
        }
        for tag in on {
            counts.entry(tag.to_owned()).or_insert(1);
        }
        counts
    }

    /// The counts that a file needs to hold: those that the tags do not tell.
    pub(crate) fn telling_counts(&self) -> BTreeMap<String, u64> {
        let mut counts = self.tag_counts();
        let live = self.is_live();
        counts.retain(|_, count| !live || *count > 1);
        counts
    }

    /// What a tombstone would be without its deletion, with the tags that its counts put on.
    pub(super) fn undeleted(mut self) -> Self {
        let on = self.lineage.tags.iter().filter(|(_, count)| is_on(**count)).map(|it| it.0);
        let missing: Vec<String> = on.filter(|tag| !self.tags.contains(tag)).cloned().collect();
        self.tags.extend(missing);
        Self { deleted: None, ..self }
    }

    /// Takes on the tags that both counts together put on: its own in their order, then the others.
    pub(super) fn join_tags(&mut self, other: &Self) {
        let mut counts = self.tag_counts();
        for (tag, count) in other.tag_counts() {
            let greater = counts.entry(tag).or_insert(count);
            *greater = (*greater).max(count);
        }
        if self.is_live() {
            let mut missing: BTreeSet<String> =
                counts.iter().filter(|(_, count)| is_on(**count)).map(|it| it.0.clone()).collect();
            self.tags.retain(|tag| missing.remove(tag));
            self.tags.extend(missing);
        }
        self.lineage.tags = counts;
        self.lineage.tags = self.telling_counts();
    }
}

const fn is_on(count: u64) -> bool {
    count % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Kind;
    use jiff::Timestamp;

    fn tagged(tags: &[&str]) -> Annotation {
        let new = Annotation::new(Uuid::nil(), Kind::Note, Timestamp::UNIX_EPOCH, None);
        Annotation { tags: tags.iter().map(|&tag| tag.to_owned()).collect(), ..new }
    }

    fn with_tags(before: &Annotation, tags: &[&str]) -> Annotation {
        let tags = tags.iter().map(|&tag| tag.to_owned()).collect();
        Annotation { tags, ..before.revised(Timestamp::UNIX_EPOCH) }
    }

    #[test]
    fn a_tag_taken_off_stays_off_and_one_put_on_again_comes_back() {
        let first = tagged(&["a", "b"]);
        let off = with_tags(&first, &["b"]);
        let mut joined = off.clone();
        joined.join_tags(&first);
        assert_eq!(joined.tags, ["b"]);
        let again = with_tags(&off, &["b", "a"]);
        let mut joined = off;
        joined.join_tags(&again);
        assert_eq!(joined.tags, ["b", "a"]);
        assert_eq!(joined.lineage.tags, BTreeMap::from([("a".to_owned(), 3)]));
    }

    #[test]
    fn tags_put_on_at_the_same_time_are_all_there() {
        let first = tagged(&["a"]);
        let mut joined = with_tags(&first, &["a", "z"]);
        joined.join_tags(&with_tags(&first, &["b"]));
        assert_eq!(joined.tags, ["z", "b"]);
    }

    #[test]
    fn what_was_replaced_last_is_remembered() {
        let mut lineage = Lineage::default();
        for rev in 0..250 {
            lineage.replace(&format!("note {rev}"), rev);
        }
        assert_eq!(lineage.replaced.len(), REMEMBERED);
        assert!(lineage.has_replaced(&mark("note 249").unwrap(), 249));
        assert!(!lineage.has_replaced(&mark("note 249").unwrap(), 250));
        assert!(!lineage.has_replaced(&mark("note 149").unwrap(), 149));
    }
}
