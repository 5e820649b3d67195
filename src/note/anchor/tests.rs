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
        let same = span.of(text) == target.exact;
        assert!(same || placement.status == Status::Moved);
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
fn a_long_sentence_that_moved_elsewhere_is_found_and_to_be_confirmed() {
    let sentence =
        "said the harbour master. The review, said the council, would start in March. “Nobody";
    let edited = format!("{sentence} And much besides.");
    assert_eq!(placed(&made(TEXT, sentence), &edited), Some((0, Status::Moved)));
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
fn changed_words_are_moved_and_other_words_an_orphan() {
    let target = made(TEXT, "Nobody went hungry");
    let edited = TEXT.replace("Nobody went", "Nobody here went");
    let at = edited.find("Nobody here").unwrap();
    assert_eq!(placed(&target, &edited), Some((at, Status::Moved)));
    let edited = TEXT.replace("Nobody went hungry", "All of them had bread");
    assert_eq!(placed(&target, &edited), None);
    assert_eq!(placed(&Target::default(), TEXT), None);
}

#[test]
fn a_cluster_is_never_cut() {
    let target = made("The sign read Q and nothing else at all.", "Q");
    assert_eq!(placed(&target, "The sign read Q\u{301} and nothing else at all."), None);
}

#[test]
fn the_text_that_a_target_was_made_on_decides() {
    let passage = "he said on Monday that prices would rise again in the north. ";
    let text = passage.repeat(3);
    let scalars = ScalarIndex::new(&text);
    let second = Span::new(passage.len() + 3, passage.len() + 7);
    let made = Target { text_sha256: Some("x".to_owned()), ..target(&text, &scalars, second) };
    let asserted_at = |hash| asserted(&made, &text, &scalars, hash).and_then(|it| it.span);
    assert_eq!((asserted_at("x"), asserted_at("y")), (Some(second), None));
    let other = Target { exact: "told".to_owned(), ..made.clone() };
    assert_eq!(asserted(&other, &text, &scalars, "x"), None);
    // It was moved there when it was exported, and nobody has confirmed that.
    let moved = Target { status: Status::Moved, ..other };
    assert_eq!(asserted(&moved, &text, &scalars, "x").unwrap().status, Status::Moved);

    // Words added in front push all three on; without the old text the three are alike.
    let now = format!("An added word or two. {text}");
    let scalars = ScalarIndex::new(&now);
    assert_eq!(place(&made, &now, &scalars).status, Status::Orphan);
    let placement = Finder::new(&now, &scalars).knowing("x", &text).place(&made);
    assert_eq!(placement.span, Some(Span::new(second.start.get() + 22, second.end.get() + 22)));
}

fn knowing(base: &str, words: &str, text: &str) -> (Status, Option<String>, Option<String>) {
    let target = Target { text_sha256: Some("x".to_owned()), ..made(base, words) };
    let scalars = ScalarIndex::new(text);
    let placement = Finder::new(text, &scalars).knowing("x", base).place(&target);
    let words = |span: Option<Span>| span.map(|span| span.of(text).to_owned());
    (placement.status, words(placement.span), words(placement.guess))
}

#[test]
fn of_two_that_are_alike_and_one_deleted_it_is_said() {
    let base = "The crew, said the mate, had had no bread at all for three days and nights.";
    let text = "The crew, said the mate, had no bread at all for three days and nights.";
    assert_eq!(knowing(base, "had", text).0, Status::Moved);
    let base = format!("Opening words of the report. {}", TEXT.repeat(2));
    let text = format!("Opening words of the report. {TEXT}");
    let (status, ..) = knowing(&base, "said the harbour master", &text);
    assert_ne!(status, Status::Anchored);
}

#[test]
fn words_of_other_marks_spaces_and_spelling_are_found_and_said_to_have_changed() {
    let text =
        TEXT.replace("“We counted every crate,” said", "\"We counted \n every crate,\" said");
    let found = (Status::Moved, Some("\"We counted \n every crate,\" said".to_owned()), None);
    assert_eq!(knowing(TEXT, "“We counted every crate,” said", &text), found);
    let target = made(TEXT, "“We counted every crate,” said");
    assert_eq!(placed(&target, &text), Some((48, Status::Moved)));
}

#[test]
fn a_guess_is_what_stands_in_the_words_place() {
    let text = TEXT.replace("Nobody went hungry", "All of them had bread");
    let guess = Some("All of them had bread".to_owned());
    assert_eq!(knowing(TEXT, "Nobody went hungry", &text), (Status::Orphan, None, guess));
    let text = TEXT.replace(" “Nobody went hungry,” he said.", "");
    assert_eq!(knowing(TEXT, "Nobody went hungry", &text), (Status::Orphan, None, None));
}

#[test]
fn a_hostile_text_takes_bounded_time() {
    let text = "ab".repeat(500_000);
    let words = "ab".repeat(100_000) + "c";
    let target = Target { exact: words, prefix: "ab".repeat(16), ..Target::default() };
    assert_eq!(placed(&target, &text), None);
    let target = Target { exact: "ab".repeat(1_000), ..target };
    assert_eq!(placed(&Target { start: 1, ..target }, &text), None);
    let marks = format!("a{}", "\u{301}".repeat(300_000));
    let target = Target { exact: "a\u{301} and much besides".to_owned(), ..Target::default() };
    assert_eq!(placed(&target, &marks), None);
}

#[test]
fn hostile_texts_are_compared_in_bounded_time() {
    let words = |seed: u32, count: u32| -> String {
        let next = |at: &mut u32| {
            *at = at.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some(if *at >> 24 & 1 == 0 { "a " } else { "b " })
        };
        let mut at = seed;
        std::iter::from_fn(|| next(&mut at)).take(count as usize).collect()
    };
    // Two words by chance, and nothing in common that is long.
    let (base, text) = (words(1, 40_000), words(2, 40_000));
    let exact = base[20_000..20_040].to_owned();
    let (start, end) = (20_000, 20_040);
    let target =
        Target { exact, start, end, text_sha256: Some("x".to_owned()), ..Target::default() };
    let scalars = ScalarIndex::new(&text);
    let placement = Finder::new(&text, &scalars).knowing("x", &base).place(&target);
    assert_ne!(placement.status, Status::Anchored);
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
            prop_assert_eq!(placement, Placement { span: Some(stands), status: Status::Anchored, guess: None });
        }
    }

    #[test]
    fn nothing_is_placed_on_other_words(text in "[ab ]{0,60}", other in "[ab ]{0,60}", a in 0_usize..60, b in 0_usize..60) {
        let scalars = ScalarIndex::new(&text);
        let target = target(&text, &scalars, scalars.span(&text, a.min(b), a.max(b)));
        let placement = place(&target, &other, &ScalarIndex::new(&other));
        prop_assert_eq!(placement.span.is_none(), placement.status == Status::Orphan);
        if placement.status == Status::Anchored {
            prop_assert_eq!(placement.span.unwrap().of(&other), &target.exact);
        }
    }

    #[test]
    fn no_text_is_too_much_for_it(
        base in "(\\PC|[ab“’– \n\u{301}]){0,80}",
        text in "(\\PC|[ab“’– \n\u{301}]){0,80}",
        a in 0_usize..80,
        b in 0_usize..80,
        start in 0_usize..90,
        status in prop::sample::select(Status::ALL),
    ) {
        let scalars = ScalarIndex::new(&base);
        let made = target(&base, &scalars, scalars.span(&base, a.min(b), a.max(b)));
        let text_sha256 = Some("x".to_owned());
        for start in [made.start, start] {
            let target = Target { start, status, text_sha256: text_sha256.clone(), ..made.clone() };
            let now = ScalarIndex::new(&text);
            let found = [
                Finder::new(&text, &now).knowing("x", &base).place(&target),
                place(&target, &text, &now),
                asserted(&target, &text, &now, "x").unwrap_or(Placement::ORPHAN),
            ];
            for placement in found {
                prop_assert_eq!(placement.span.is_none(), placement.status == Status::Orphan);
                for span in placement.span.into_iter().chain(placement.guess) {
                    prop_assert_eq!(snap(&text, span), span);
                    prop_assert!(span.end.get() <= text.len());
                }
                if placement.status == Status::Anchored {
                    prop_assert_eq!(placement.span.unwrap().of(&text), &target.exact);
                }
            }
        }
    }

    #[test]
    fn nothing_is_lost_where_nothing_has_changed(text in "[ab .]{1,80}", a in 0_usize..80, b in 0_usize..80) {
        let scalars = ScalarIndex::new(&text);
        let made = target(&text, &scalars, scalars.span(&text, a.min(b), a.max(b)));
        let made = Target { text_sha256: Some("x".to_owned()), ..made };
        let stands = scalars.span(&text, made.start, made.end);
        if !made.exact.is_empty() {
            let there = asserted(&made, &text, &scalars, "x");
            prop_assert_eq!(there, Some(Placement { span: Some(stands), status: Status::Anchored, guess: None }));
        }
    }
}
