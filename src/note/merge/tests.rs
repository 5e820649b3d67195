mod history;

use jiff::Timestamp;

use super::*;
use crate::note::{Color, Lineage};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn noted(id: u128, note: &str) -> Annotation {
    let new = Annotation::new(Uuid::from_u128(id), Kind::Note, at(0), None);
    Annotation { note: note.to_owned(), ..new }
}

fn with_note(before: &Annotation, note: &str, second: i64) -> Annotation {
    Annotation { note: note.to_owned(), ..before.revised(at(second)) }
}

/// Annotations and tags in an order of their own: theirs means nothing.
fn sorted(mut annotations: Vec<Annotation>) -> Vec<Annotation> {
    for annotation in &mut annotations {
        annotation.tags.sort();
    }
    annotations.sort_by_key(|annotation| annotation.id);
    annotations
}

fn merged<'a>(versions: impl IntoIterator<Item = &'a Annotation>) -> Vec<Annotation> {
    let mut list = Vec::new();
    merge_all(&mut list, versions.into_iter().cloned());
    sorted(list)
}

fn both(a: &[Annotation], b: &[Annotation]) -> Vec<Annotation> {
    merged(a.iter().chain(b))
}

fn notes(annotations: &[Annotation]) -> Vec<&str> {
    let live = annotations.iter().filter(|annotation| annotation.is_live());
    let mut notes: Vec<&str> = live.map(|annotation| annotation.note.as_str()).collect();
    notes.sort_unstable();
    notes
}

#[test]
fn a_chain_of_edits_leaves_no_copies_in_any_order() {
    let a = noted(1, "a");
    let b = with_note(&a, "b", 1);
    let c = with_note(&b, "c", 2);
    let gone = c.deleted(at(3));
    assert_eq!(notes(&merged([&a, &c])), ["c"]);
    assert_eq!(notes(&merged([&c, &a, &b])), ["c"]);
    assert_eq!(notes(&merged([&gone, &a, &b, &c])), [""; 0]);
}

#[test]
fn of_two_edits_at_the_same_time_the_losing_note_is_kept_as_a_copy() {
    let base = noted(1, "base");
    let longer = with_note(&with_note(&base, "draft", 1), "mine", 2);
    let shorter = with_note(&base, "yours", 9);
    let merged = merged([&longer, &shorter]);
    assert_eq!(notes(&merged), ["mine", "yours"]);
    let copy = merged.iter().find(|it| it.note == "yours").unwrap();
    assert_eq!(copy.lineage.conflict_of, Some(base.id));
    assert_eq!(copy.id, copy_id(base.id, "yours"));
    assert_eq!(merged.iter().find(|it| it.id == base.id).unwrap().note, "mine");
}

#[test]
fn a_copy_that_was_deleted_stays_deleted_and_one_that_was_changed_stays_changed() {
    let base = noted(1, "base");
    let (mine, yours) = (with_note(&base, "mine", 2), with_note(&base, "yours", 1));
    let with_copy = merged([&mine, &yours]);
    let copy = with_copy.iter().find(|it| it.note == "yours").unwrap();
    let deleted = both(&with_copy, &[copy.deleted(at(3))]);
    assert_eq!(notes(&both(&deleted, std::slice::from_ref(&yours))), ["mine"]);
    let changed = both(&with_copy, &[with_note(copy, "ours", 3)]);
    assert_eq!(notes(&both(&changed, &[yours])), ["mine", "ours"]);
}

#[test]
fn a_note_that_undo_brought_back_is_not_taken_for_replaced() {
    let first = noted(1, "first");
    let second = with_note(&first, "second", 1);
    let back = first.after(&second, at(2));
    let other = with_note(&with_note(&with_note(&first, "x", 1), "y", 2), "z", 3);
    assert_eq!(notes(&merged([&back, &other])), ["first", "z"]);
}

#[test]
fn an_edit_beats_a_deletion_at_the_same_time_and_loses_to_a_later_one() {
    let base = noted(1, "base");
    let mut edited = base.revised(at(1));
    edited.color = Some(Color::Red);
    let deleted = base.deleted(at(5));
    let merged_of_both = merged([&deleted, &edited]);
    assert_eq!(notes(&merged_of_both), ["base"]);
    assert!(merged_of_both.iter().any(|it| it.id == base.id && it.color == Some(Color::Red)));
    assert_eq!(merged_of_both.len(), 1);
    assert_eq!(notes(&merged([&edited.deleted(at(2)), &edited, &deleted])), [""; 0]);
    // Whoever deletes after more changes does not delete another's words with it.
    let late = with_note(&edited, "more", 2).deleted(at(6));
    assert_eq!(notes(&merged([&late, &with_note(&base, "other", 1)])), ["other"]);
}

#[test]
fn a_deletion_that_a_hand_has_written_is_one_as_the_program_makes_it() {
    let mut base = noted(1, "base");
    base.tags.push("x".to_owned());
    let by_hand = Annotation { deleted: Some(at(5)), ..base.clone() };
    let merged_of_both = merged([&base, &by_hand]);
    assert_eq!(merged_of_both, [base.deleted(at(5))]);
    assert_eq!(merged_of_both, merged([&by_hand, &base]));
    assert_eq!(merged([&by_hand]), merged_of_both);
    // It gives way to an edit made at the same time.
    assert_eq!(notes(&merged([&with_note(&base, "edited", 1), &by_hand])), ["edited"]);
    // An older version of the same note does not come back beside it.
    let colored = Annotation { color: Some(Color::Red), ..base.revised(at(1)) };
    let buried = Annotation { deleted: Some(at(5)), ..colored };
    assert_eq!(notes(&merged([&buried, &base])), [""; 0]);
}

#[test]
fn what_a_hand_writes_on_a_tombstone_takes_nothing_from_others() {
    let base = Annotation { tags: vec!["x".to_owned()], ..noted(1, "base") };
    let scribbled = Annotation { note: "why?".to_owned(), ..base.deleted(at(1)) };
    let emptied = merged([&scribbled]);
    assert!(emptied.iter().all(|it| !it.is_live() && is_empty(it)));
    assert_eq!(both(&emptied, std::slice::from_ref(&scribbled)), emptied);
    let other = with_note(&with_note(&base, "draft", 1), "other", 2);
    let merged = merged([&scribbled, &other]);
    assert_eq!((notes(&merged), &merged[0].tags), (vec!["other"], &base.tags));
}

#[test]
fn unknown_keys_of_both_sides_survive() {
    let base = noted(1, "base");
    let mut by_hand = base.clone();
    by_hand.extra.insert("mood".to_owned(), "gloomy".into());
    let mut edited = with_note(&base, "edited", 1);
    edited.extra.insert("weather".to_owned(), "cold".into());
    let merged = merged([&by_hand, &edited]);
    assert_eq!(merged[0].extra.len(), 2);
    assert_eq!(notes(&merged), ["edited"]);
}

#[test]
fn a_version_of_a_program_without_lineages_supersedes_by_its_base() {
    let base = noted(1, "base");
    let mut edited = with_note(&base, "edited", 1);
    edited.lineage = Lineage::default();
    assert_eq!(notes(&merged([&base, &edited])), ["edited"]);
}

#[test]
fn annotations_of_other_identity_stay() {
    let (one, two) = (noted(1, "a"), noted(2, "b"));
    assert_eq!(merged([&one, &two]), [one, two]);
    let mut list = vec![noted(1, "a")];
    assert!(!merge_into(&mut list, &noted(1, "a")));
    assert!(merge_into(&mut list, &noted(2, "a")));
}

#[test]
fn merging_large_lists_does_not_take_quadratic_time() {
    let many: Vec<Annotation> = (0..20_000).map(|id| noted(id, "note")).collect();
    assert_eq!(both(&many, &many).len(), 20_000);
}
