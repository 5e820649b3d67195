//! Merge: what becomes of versions of annotations, and of whole records, that were changed apart.
//!
//! Annotations are merged by `id`. Of two versions the one with the higher `rev` is in force; of equal
//! ones a live one before a tombstone, then the later, then the one with the greater hash. Since a
//! version is a revision of the one named by its `base`, this is also how it supersedes that.
//!
//! What the version that is not in force says is not lost:
//!
//! - Its note is kept as an annotation of its own, a *conflict copy*, unless the version in force has
//!   the same note or a person replaced that note knowingly. Every version remembers which notes were
//!   replaced before it ([`Lineage::replaced`](super::Lineage)), so that a late one is not taken for
//!   another's work. The copy's `id` follows from the note, so that every instance makes the same.
//! - Its tags are joined: each is on or off as it was last put on or off (a causal-length set: Yu and
//!   Rostad, "A low-cost set CRDT based on causal lengths", 2020).
//! - Its unknown keys are joined.
//!
//! A tombstone of the program's holds nothing but its lineage and unknown keys. Where a hand has put a
//! deletion on an annotation that still holds its note, or anything else on a tombstone, it is taken for
//! what the program would have left of such an annotation, before it is compared with any other.
//!
//! All this is commutative, associative and idempotent up to the order of annotations and tags. It
//! keeps, of every annotation, a maximum (the version in force), two unions (what was replaced, the
//! tags' counts), and a set of notes less what the union rules out (the copies).

use std::cmp::Ordering;
use std::collections::HashMap;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::lineage::mark;
use super::{Annotation, Kind, Record, Subject, file};
use crate::corpus::Corrected;

/// Which of two versions of one annotation is in force.
#[must_use]
pub fn newer<'a>(a: &'a Annotation, b: &'a Annotation) -> &'a Annotation {
    if order(a, b) == Ordering::Less { b } else { a }
}

fn order(a: &Annotation, b: &Annotation) -> Ordering {
    let rank = |it: &Annotation| {
        // A copy may be made anew after somebody has changed it.
        let changed = untouched_copy_of(it).is_none();
        (changed, it.rev, it.lineage.conflict_rev, it.is_live(), it.modified, it.created)
    };
    let by_rank = rank(a).cmp(&rank(b));
    // What a copy would say comes first, so that of two versions with one note their copies are in
    // the same order as they are.
    let by_words = by_rank.then_with(|| said(&copied(a)).cmp(&said(&copied(b))));
    by_words.then_with(|| said(a).cmp(&said(b))).then_with(|| a.base.cmp(&b.base))
}

/// The hash of what a version says and is kept whole, all but what is joined.
fn said(annotation: &Annotation) -> String {
    Annotation { tags: Vec::new(), extra: toml::Table::new(), ..annotation.clone() }.content_hash()
}

/// Merges one version of an annotation into a list: it is merged with the version there, or stands at
/// the end if there is none. Tells whether the list changed.
pub fn merge_into(annotations: &mut Vec<Annotation>, incoming: &Annotation) -> bool {
    let before = annotations.clone();
    merge_all(annotations, [incoming.clone()]);
    *annotations != before
}

/// Merges versions of annotations into a list.
pub fn merge_all(
    annotations: &mut Vec<Annotation>,
    incoming: impl IntoIterator<Item = Annotation>,
) {
    let places = annotations.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    let list = std::mem::take(annotations).into_iter().map(emptied).collect();
    let mut merging = Merging { list, places };
    for version in incoming {
        merging.put(emptied(version));
    }
    *annotations = merging.end();
}

/// A tombstone without what a hand has left on it: the deletion that a hand has made of that is the next
/// revision, as if the program had made it. Any other version as it is.
fn emptied(version: Annotation) -> Annotation {
    let Some(time) = version.deleted.filter(|_| !is_empty(&version)) else { return version };
    version.undeleted().deleted(time)
}

/// Whether a version holds nothing that a person has given it.
const fn is_empty(it: &Annotation) -> bool {
    it.color.is_none()
        && it.tags.is_empty()
        && it.note.is_empty()
        && it.target.is_none()
        && it.quotation.is_none()
}

/// Merges two records of one article.
#[must_use]
pub fn merge_records(a: &Record, b: &Record) -> Record {
    let mut merged = a.clone();
    merged.revision = a.revision.max(b.revision);
    merged.subject = merged_subject(a, b);
    join_extra(&mut merged.extra, &b.extra);
    merge_all(&mut merged.annotations, b.annotations.iter().cloned());
    merged
}

/// What is known of the article comes from the record that was saved more often; what a person put
/// right there is joined.
fn merged_subject(a: &Record, b: &Record) -> Subject {
    let rank = |it: &Record| (it.revision, file::subject_text(&bare(&it.subject)));
    let chosen = if rank(a) < rank(b) { b } else { a };
    let mut subject = chosen.subject.clone();
    subject.corrected = joined_corrections(&a.subject.corrected, &b.subject.corrected);
    for other in [a, b] {
        join_extra(&mut subject.corrected_extra, &other.subject.corrected_extra);
        join_extra(&mut subject.extra, &other.subject.extra);
    }
    subject
}

/// The subject without what is joined.
fn bare(subject: &Subject) -> Subject {
    let (corrected, empty) = (Corrected::default(), toml::Table::new);
    Subject { corrected, corrected_extra: empty(), extra: empty(), ..subject.clone() }
}

fn joined_corrections(a: &Corrected, b: &Corrected) -> Corrected {
    Corrected {
        title: a.title.clone().max(b.title.clone()),
        outlet: a.outlet.clone().max(b.outlet.clone()),
        byline: a.byline.clone().max(b.byline.clone()),
        published: a.published.max(b.published),
    }
}

/// Takes in the unknown keys of another; where both have one, the greater value as it is written.
fn join_extra(extra: &mut toml::Table, other: &toml::Table) {
    for (key, value) in other {
        match extra.get_mut(key) {
            Some(there) if *there == *value || there.to_string() >= value.to_string() => {}
            Some(there) => *there = value.clone(),
            None => {
                extra.insert(key.clone(), value.clone());
            }
        }
    }
}

/// A list that versions are merged into.
struct Merging {
    list: Vec<Annotation>,
    places: HashMap<Uuid, usize>,
}

impl Merging {
    fn put(&mut self, version: Annotation) {
        let mut waiting = vec![version];
        while let Some(version) = waiting.pop() {
            let place = self.places.get(&version.id).copied();
            if let Some(there) = place.and_then(|at| self.list.get_mut(at)) {
                if *there != version {
                    let (joined, copy) = join(there, &version);
                    *there = joined;
                    waiting.extend(copy);
                }
            } else {
                self.places.insert(version.id, self.list.len());
                self.list.push(version);
            }
        }
    }

    /// The list, without copies that have nothing to say.
    fn end(self) -> Vec<Annotation> {
        let is_idle = |copy: &Annotation| {
            let original = untouched_copy_of(copy)?;
            let original = self.list.get(*self.places.get(&original)?)?;
            let lost = mark(&copy.note)?;
            let known = original.lineage.has_replaced(&lost, copy.lineage.conflict_rev);
            Some(known || mark(&original.note) == Some(lost))
        };
        let idle: Vec<bool> = self.list.iter().map(|copy| is_idle(copy).unwrap_or(false)).collect();
        let kept = self.list.into_iter().zip(idle).filter(|(_, idle)| !idle);
        kept.map(|(annotation, _)| annotation).collect()
    }
}

/// Two versions of one annotation as one, and the copy that keeps the note of the other.
fn join(a: &Annotation, b: &Annotation) -> (Annotation, Option<Annotation>) {
    let (chosen, other) = if order(a, b) == Ordering::Less { (b, a) } else { (a, b) };
    if untouched_copy_of(other).is_some() {
        return (chosen.clone(), None);
    }
    let mut joined = chosen.clone();
    joined.join_tags(other);
    join_extra(&mut joined.extra, &other.extra);
    joined.lineage.conflict_of = chosen.lineage.conflict_of.max(other.lineage.conflict_of);
    joined.lineage.conflict_rev = chosen.lineage.conflict_rev.max(other.lineage.conflict_rev);
    joined.lineage.join_replaced(&other.lineage);
    let next = chosen.rev.checked_sub(other.rev) == Some(1);
    if next && chosen.base.as_ref().is_some_and(|base| *base == other.content_hash()) {
        // A program that knows nothing of lineages may have written this version.
        joined.lineage.replace(&other.note, other.rev);
    }
    let lost = mark(&other.note).filter(|lost| mark(&chosen.note).as_ref() != Some(lost));
    (joined, lost.filter(|_| other.is_live()).map(|_| copied(other)))
}

/// The conflict copy of a version. Tags and unknown keys stay with the annotation itself, and so does
/// what a person decided on a quotation.
fn copied(version: &Annotation) -> Annotation {
    let kind = if version.target.is_some() { Kind::Highlight } else { Kind::Note };
    let mut copy = Annotation::new(
        copy_id(version.id, &version.note),
        kind,
        version.created,
        version.target.clone(),
    );
    copy.color = version.color;
    copy.note.clone_from(&version.note);
    copy.modified = version.modified;
    copy.lineage.conflict_of = Some(version.id);
    copy.lineage.conflict_rev = version.rev;
    copy
}

/// The identity of the copy that keeps a note of an annotation: a UUID of version 8 from the SHA-256
/// of the annotation's and the note without white space at its ends.
fn copy_id(original: Uuid, note: &str) -> Uuid {
    let mut hash = Sha256::new();
    hash.update("pullquote conflict copy\0");
    hash.update(original.as_bytes());
    hash.update(note.trim());
    let mut bytes = [0; 16];
    for (byte, hashed) in bytes.iter_mut().zip(hash.finalize()) {
        *byte = hashed;
    }
    Uuid::new_v8(bytes)
}

/// Whose copy an annotation is that nobody has changed since it was made.
fn untouched_copy_of(copy: &Annotation) -> Option<Uuid> {
    let original = copy.lineage.conflict_of?;
    let lineage = &copy.lineage;
    let untouched = copy.is_live()
        && copy.base.is_none()
        && copy.tags.is_empty()
        && copy.extra.is_empty()
        && lineage.replaced.is_empty()
        && lineage.tags.is_empty();
    (untouched && copy.id == copy_id(original, &copy.note)).then_some(original)
}

#[cfg(test)]
mod tests;
