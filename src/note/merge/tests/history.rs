//! Histories of copies that are merged in any order.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::note::Target;
use crate::note::arbitrary::{annotation, record, time};

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
