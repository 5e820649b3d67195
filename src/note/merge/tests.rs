use std::collections::BTreeSet;

use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::note::arbitrary::{annotation, record, time};
use crate::note::{Color, Lineage, Target};

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

/// What can happen to a copy of the store.
#[derive(Debug, Clone)]
enum Step {
    /// A person changes an annotation through the program.
    Edit(Index, Change),
    /// A person changes one in an editor: no revision is counted.
    ByHand(Index, Change),
    /// It takes in what another copy has.
    Merge(usize),
}

#[derive(Debug, Clone)]
enum Change {
    Note(String),
    Color(Option<Color>),
    Tag(String),
    Untag(Index),
    Target(u8),
    Key(String, i64),
    Delete,
    New(u8, String),
    /// A hand writes a deletion on it.
    Bury,
    /// A hand writes on it as it is, a tombstone or not.
    Scribble(String, Option<String>),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => "[abc ]{0,2}".prop_map(Change::Note),
        1 => prop::option::of(prop::sample::select(Color::ALL)).prop_map(Change::Color),
        2 => "[xyz]".prop_map(Change::Tag),
        2 => any::<Index>().prop_map(Change::Untag),
        1 => (0_u8..2).prop_map(Change::Target),
        1 => ("[uvw]", 0_i64..3).prop_map(|(key, value)| Change::Key(key, value)),
        2 => Just(Change::Delete),
        1 => (0_u8..3, "[abc]?").prop_map(|(id, note)| Change::New(id, note)),
    ]
}

fn change_by_hand() -> impl Strategy<Value = Change> {
    let scribble = ("[abc]?", prop::option::of("[xyz]"));
    prop_oneof![
        12 => change(),
        2 => Just(Change::Bury),
        2 => scribble.prop_map(|(note, tag)| Change::Scribble(note, tag)),
    ]
}

/// Three copies of a store, the copy and the second at which each step happens.
fn history() -> impl Strategy<Value = Vec<(usize, i64, Step)>> {
    let step = prop_oneof![
        5 => (any::<Index>(), change()).prop_map(|(at, change)| Step::Edit(at, change)),
        2 => (any::<Index>(), change_by_hand()).prop_map(|(at, change)| Step::ByHand(at, change)),
        2 => (0_usize..3).prop_map(Step::Merge),
    ];
    vec((0_usize..3, 0_i64..3, step), 0..24)
}

fn changed(before: &Annotation, base: Annotation, change: &Change, second: i64) -> Annotation {
    let mut next = base;
    match change {
        Change::Note(note) => next.note.clone_from(note),
        Change::Color(color) => next.color = *color,
        Change::Tag(tag) if !next.tags.contains(tag) => next.tags.push(tag.clone()),
        Change::Untag(at) if !next.tags.is_empty() => {
            next.tags.remove(at.index(next.tags.len()));
        }
        Change::Target(start) => {
            next.target = Some(Target { start: usize::from(*start), ..Target::default() });
        }
        Change::Key(key, value) => {
            next.extra.insert(key.clone(), toml::Value::Integer(*value));
        }
        Change::Delete => return before.deleted(at(second)),
        _ => {}
    }
    if next.deleted.take().is_some() {
        next.note.push('!');
    }
    next
}

fn step(copies: &mut [Vec<Annotation>; 3], copy: usize, second: i64, step: &Step) {
    let other = if let Step::Merge(other) = step { copies[*other].clone() } else { Vec::new() };
    let copy = &mut copies[copy];
    match step {
        Step::Merge(_) => *copy = both(copy, &other),
        Step::Edit(_, Change::New(id, note)) | Step::ByHand(_, Change::New(id, note)) => {
            let fresh = 100 + u128::from(*id);
            if copy.iter().all(|it| it.id.as_u128() != fresh) {
                copy.push(noted(fresh, note));
            }
        }
        Step::Edit(index, change) if !copy.is_empty() => {
            let there = index.get(copy).clone();
            let next = changed(&there, there.revised(at(second)), change, second);
            // The program puts a version into the store as everything comes there.
            *copy = both(copy, &[next]);
        }
        Step::ByHand(index, change) if !copy.is_empty() => {
            let place = index.index(copy.len());
            let there = copy[place].clone();
            let written = match change {
                Change::Bury => Some(Annotation { deleted: Some(at(second)), ..there }),
                Change::Scribble(note, tag) => {
                    let tags = tag.iter().cloned().collect();
                    Some(Annotation { note: note.clone(), tags, ..there })
                }
                Change::Delete => None,
                _ => there.is_live().then(|| changed(&there, there.clone(), change, second)),
            };
            if let Some(written) = written {
                copy[place] = written;
                // A file that was read holds what the tags tell.
                copy[place].lineage.tags = copy[place].telling_counts();
            }
        }
        Step::Edit(..) | Step::ByHand(..) => {}
    }
}

/// The states that three copies of a store go through.
fn states(history: &[(usize, i64, Step)]) -> Vec<Vec<Annotation>> {
    let start = vec![noted(1, "a"), noted(2, "")];
    let mut copies = [start.clone(), start.clone(), start];
    let mut states = Vec::new();
    for (copy, second, happening) in history {
        step(&mut copies, *copy, *second, happening);
        states.push(sorted(copies[*copy].clone()));
    }
    states.extend(copies.into_iter().map(sorted));
    states
}

/// Any version of a few annotations, as a hand may have left it. Conflict copies are left to merging: one
/// tells of a version that all have taken in that have it.
fn version() -> impl Strategy<Value = Annotation> {
    let words = ("[ab]?", vec("[xyz]", 0..3), prop::option::of(0_u8..2));
    let turn = (1_u64..4, 0_i64..2, prop::option::of(0_i64..2), any::<bool>());
    let lineage = (prop::option::of(("[ab]", 0_u64..4)), prop::option::of(("[xyz]", 1_u64..4)));
    (0_u128..2, words, turn, lineage).prop_map(|(id, words, turn, lineage)| {
        let ((note, tags, start), (rev, second, deleted, edited)) = (words, turn);
        let mut version = Annotation { rev, tags, modified: at(second), ..noted(id, &note) };
        version.target = start.map(|it| Target { start: it.into(), ..Target::default() });
        version.lineage.tags.extend(lineage.1);
        version.lineage.tags = version.telling_counts();
        let mut version = if edited { version.revised(at(second)) } else { version };
        if let Some((note, rev)) = lineage.0 {
            version.lineage.replace(&note, rev);
        }
        version.deleted = deleted.map(at);
        version
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1_000), ..ProptestConfig::default() })]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        history in history(),
        chosen in [any::<Index>(), any::<Index>(), any::<Index>()],
    ) {
        let states = states(&history);
        let [a, b, c] = chosen.map(|index| index.get(&states).clone());
        let ab = both(&a, &b);
        prop_assert_eq!(&ab, &both(&b, &a));
        prop_assert_eq!(both(&a, &both(&b, &c)), both(&ab, &c));
        // A hand may have written what a copy says already.
        let tidy = merged(&a);
        prop_assert_eq!(&both(&tidy, &a), &tidy);
        prop_assert_eq!(&both(&a, &a), &tidy);
        prop_assert_eq!(&both(&ab, &b), &ab);
        prop_assert_eq!(&both(&a, &ab), &ab);
    }

    #[test]
    fn what_a_hand_has_left_on_tombstones_counts_alike_in_any_order(
        versions in vec(version(), 2..6),
        middle in any::<Index>(),
    ) {
        let expected = merged(&versions);
        prop_assert_eq!(&merged(versions.iter().rev()), &expected);
        prop_assert_eq!(&merged(versions.iter().chain(&versions)), &expected);
        let (first, last) = versions.split_at(middle.index(versions.len()));
        prop_assert_eq!(&both(&merged(first), &merged(last)), &expected);
        prop_assert_eq!(&both(&merged(last), first), &expected);
        prop_assert!(expected.iter().all(|it| it.is_live() || is_empty(it)));
    }

    #[test]
    fn whole_records_are_merged_alike_in_any_order(
        [mut a, mut b, mut c] in [record(), record(), record()],
        history in history(),
    ) {
        let states = states(&history);
        let few = states.len() / 2;
        for (record, state) in [&mut a, &mut b, &mut c].into_iter().zip(states.into_iter().skip(few)) {
            record.annotations.extend(state);
        }
        let tidy = |record: Record| Record { annotations: sorted(record.annotations), ..record };
        let merge = |a: &Record, b: &Record| tidy(merge_records(a, b));
        let ab = merge(&a, &b);
        prop_assert_eq!(&ab, &merge(&b, &a));
        prop_assert_eq!(merge(&a, &merge(&b, &c)), merge(&ab, &c));
        prop_assert_eq!(merge(&merge(&a, &a), &a), merge(&a, &a));
        prop_assert_eq!(&merge(&ab, &b), &ab);
        for key in a.extra.keys().chain(b.extra.keys()) {
            prop_assert!(ab.extra.contains_key(key));
        }
    }

    #[test]
    fn no_note_is_lost_that_nobody_replaced(
        first in "[a-c]{0,2}",
        edits in vec(("[a-c]{0,2}", 0_i64..3, any::<bool>(), 1_usize..4), 2),
    ) {
        let start = noted(1, &first);
        let mut last = Vec::new();
        for (side, (note, second, by_hand, times)) in edits.into_iter().enumerate() {
            let mut version = start.clone();
            for time in 0..times {
                let next = format!("{note}{side}{time}");
                version = if by_hand {
                    Annotation { note: next, ..version }
                } else {
                    with_note(&version, &next, second)
                };
            }
            last.push(version);
        }
        let merged = both(&last[..1], &last[1..]);
        let expected: BTreeSet<&str> = last.iter().map(|version| version.note.as_str()).collect();
        prop_assert_eq!(notes(&merged), Vec::from_iter(expected));
    }

    #[test]
    fn a_revision_wins_over_what_it_came_from(first in annotation(), now in time()) {
        let (revised, deleted) = (first.revised(now), first.deleted(now));
        prop_assert_eq!(newer(&first, &revised), &revised);
        prop_assert_eq!(newer(&deleted, &first), &deleted);
        prop_assert_eq!(merged([&first, &revised]).len(), 1);
        prop_assert_eq!(merged([&deleted, &first]).len(), 1);
    }
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
