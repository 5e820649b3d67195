use proptest::prelude::*;

use super::*;

const TEXT: &str = "The ferry to Skellan sailed again on Wednesday. “We counted every crate,” said \
                    the harbour master. The review, said the council, would start in March. \
                    “Nobody went hungry,” he said. The ferry to Skellan will sail twice a day.";

fn made(text: &str, words: &str) -> Target {
    let start = text.find(words).unwrap();
    target(text, &ScalarIndex::new(text), Span::new(start, start + words.len()))
}

fn placed(target: &Target, text: &str) -> Option<(usize, Status)> {
    let placement = place(target, text, &ScalarIndex::new(text));
    placement.span.map(|span| {
        assert_eq!(span.of(text), target.exact);
        (span.start.get(), placement.status)
    })
}

fn found(target: &Target, text: &str, at: &str) {
    assert_eq!(placed(target, text), Some((text.find(at).unwrap(), Status::Anchored)));
}

#[test]
fn a_target_has_its_words_and_whole_words_around_them() {
    let target = made(TEXT, "We counted");
    assert_eq!(target.exact, "We counted");
    assert_eq!(target.prefix, "Skellan sailed again on Wednesday. “");
    assert_eq!(target.suffix, " every crate,” said the harbour ");
    assert_eq!((target.start, target.end), (49, 59));
}

#[test]
fn a_word_without_end_gives_no_endless_context() {
    let text = "x".repeat(1_000);
    let target = target(&text, &ScalarIndex::new(&text), Span::new(500, 501));
    assert_eq!((target.prefix.len(), target.suffix.len()), (48, 48));
}

#[test]
fn a_span_grows_to_whole_graphemes() {
    let text = "a e\u{301} b 👩‍👩‍👧 c";
    let scalars = ScalarIndex::new(text);
    let accent = text.find('\u{301}').unwrap();
    let cut = target(text, &scalars, Span::new(accent, accent + 2));
    assert_eq!((cut.exact.as_str(), cut.start, cut.end), ("e\u{301}", 2, 4));
    let joiner = text.find('\u{200d}').unwrap();
    assert_eq!(target(text, &scalars, Span::new(joiner, joiner + 3)).exact, "👩‍👩‍👧");
}

#[test]
fn words_that_stand_where_they_stood_are_found() {
    for words in ["The", "said", "We counted every crate", TEXT] {
        found(&made(TEXT, words), TEXT, words);
    }
}

#[test]
fn words_that_were_pushed_on_are_found_by_their_context() {
    let edited = format!("A headline that was added.\n\n{TEXT}");
    found(&made(TEXT, "said the council"), &edited, "said the council");
    let there = made(TEXT, "said");
    assert_eq!(placed(&there, &edited).unwrap().0, edited.find("said").unwrap());
}

#[test]
fn a_long_sentence_that_moved_elsewhere_is_found_without_context() {
    let sentence =
        "said the harbour master. The review, said the council, would start in March. “Nobody";
    let edited = format!("{sentence} And much besides.");
    found(&made(TEXT, sentence), &edited, sentence);
}

#[test]
fn deleted_words_are_not_put_on_their_like() {
    // `said` stands three times; the second is deleted, with what was around it.
    let target = made(TEXT, "said the council");
    let edited = TEXT.replace("The review, said the council, would start in March. ", "");
    assert_eq!(placed(&target, &edited), None);
    assert_eq!(placed(&made(TEXT, "said"), &edited.replace(",” said", ",” told us")), None);
    let target = made(TEXT, "The ferry to Skellan");
    let edited = TEXT.replacen("The ferry to Skellan sailed again on Wednesday. ", "", 1);
    assert_eq!(placed(&target, &edited), None);
}

#[test]
fn two_that_are_about_as_good_are_both_refused() {
    let passage = "he said on Monday that prices would rise again. ";
    let text = format!("{passage}{passage}{passage}");
    let second = Span::new(passage.len() + 3, passage.len() + 7);
    let target = target(&text, &ScalarIndex::new(&text), second);
    assert_eq!(placed(&target, &text), Some((second.start.get(), Status::Anchored)));
    assert_eq!(placed(&target, &format!("x {text}{text}")), None);
}

#[test]
fn changed_words_are_an_orphan() {
    let target = made(TEXT, "Nobody went hungry");
    assert_eq!(placed(&target, &TEXT.replace("Nobody went", "No one went")), None);
    assert_eq!(placed(&Target::default(), TEXT), None);
}

#[test]
fn a_cluster_is_never_cut() {
    let target = made("The sign read e and nothing else at all.", "e");
    assert_eq!(placed(&target, "The sign read e\u{301} and nothing else at all."), None);
}

#[test]
fn what_moved_stays_unconfirmed() {
    let target = Target { status: Status::Moved, ..made(TEXT, "Nobody went hungry") };
    assert_eq!(placed(&target, TEXT).unwrap().1, Status::Moved);
    let target = Target { status: Status::Orphan, ..made(TEXT, "Nobody went hungry") };
    assert_eq!(placed(&target, TEXT).unwrap().1, Status::Anchored);
}

#[test]
fn a_hostile_text_takes_linear_time() {
    let text = "ab".repeat(500_000);
    let words = "ab".repeat(100_000) + "c";
    let target = Target { exact: words, prefix: "ab".repeat(16), ..Target::default() };
    assert_eq!(placed(&target, &text), None);
    let target = Target { exact: "ab".repeat(1_000), ..target };
    assert_eq!(placed(&Target { start: 1, ..target }, &text), None);
}

proptest! {
    #[test]
    fn a_target_is_found_where_it_was_made(text in "(\\PC|[ a-c\n]){1,80}", a in 0_usize..80, b in 0_usize..80) {
        let scalars = ScalarIndex::new(&text);
        let span = scalars.span(&text, a.min(b), a.max(b));
        let target = target(&text, &scalars, span);
        let stands = scalars.span(&text, target.start, target.end);
        prop_assert!(stands.covers(span));
        prop_assert_eq!(stands.of(&text), &target.exact);
        if !target.exact.is_empty() {
            let placement = place(&target, &text, &scalars);
            prop_assert_eq!(placement, Placement { span: Some(stands), status: Status::Anchored });
        }
    }

    #[test]
    fn nothing_is_placed_on_other_words(text in "[ab ]{0,60}", other in "[ab ]{0,60}", a in 0_usize..60, b in 0_usize..60) {
        let scalars = ScalarIndex::new(&text);
        let target = target(&text, &scalars, scalars.span(&text, a.min(b), a.max(b)));
        let placement = place(&target, &other, &ScalarIndex::new(&other));
        prop_assert_eq!(placement.span.is_none(), placement.status == Status::Orphan);
        if let Some(span) = placement.span {
            prop_assert_eq!(span.of(&other), &target.exact);
        }
    }
}
