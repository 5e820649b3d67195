//! Reports without marks, as a whole: cases, and laws that hold for every text.

use proptest::prelude::*;

use super::*;
use crate::corpus::{Article, BlockKind};
use crate::quote::forest::LANES;
use crate::quote::quotations;
use crate::text::{Span, is_grapheme_boundary};

/// What is found in an article, with marks and without.
fn found(article: &Article) -> Vec<Quotation> {
    let (model, of_hearsay) = (Model::embedded(), HearsayModel::embedded());
    quotations_and_hearsay(model, of_hearsay, &article.text, &article.blocks)
}

/// An article around some sentences.
fn article(sentences: &str) -> Article {
    let text = format!(
        "Harbour wall to be rebuilt\n\nThe council voted on Tuesday to rebuild the harbour wall, \
         which fell in the storm of last winter.\n\n{sentences}\n\nThe work begins in May.\n"
    );
    Article::from_text("a.txt", text, "UTF-8")
}

/// The reports of some sentences: speaker, cue and words.
fn reports(sentences: &str) -> Vec<[String; 3]> {
    let article = article(sentences);
    let span = article.text.find(sentences).map(|at| Span::new(at, at + sentences.len())).unwrap();
    let show = |it: &Quotation| {
        let words = |span: Span| span.of(&article.text).to_owned();
        let cue = it.cue.map(words).unwrap_or_default();
        [it.speaker.clone().unwrap_or_default(), cue, words(it.inner)]
    };
    let is_one = |it: &&Quotation| it.kind == Kind::Indirect && span.covers(it.inner);
    found(&article).iter().filter(is_one).map(show).collect()
}

#[test]
fn the_embedded_model_can_be_read() {
    let text = include_str!("model.txt");
    let model = HearsayModel::parse(text).unwrap();
    assert_eq!(model.to_string(), text);
    let both = text.len() + include_str!("../model.txt").len();
    assert!(both < 1_000_000, "{both}");
    assert_eq!(HearsayModel::parse("something").unwrap_err().line, 1);
    for line in
        ["[cue]\n1>2 : 3", "[words]\n1 2 3 4 5", "[pairs]\na b 1", "[calibration]\n1", "[x]\n"]
    {
        let wrong = HearsayModel::parse(&format!("pullquote hearsay 1\n{line}\n1 2\n"));
        assert!(wrong.unwrap_err().line > 1, "{line}");
    }
}

#[test]
fn the_source_stands_on_every_side() {
    let words = "the wall would be twice as high";
    for (sentence, cue, report) in [
        ("Ann Poe said the wall would be twice as high.", "said", words),
        ("Ann Poe said on Monday that the wall would be twice as high.", "said", words),
        ("Ann Poe told reporters that the wall would be twice as high.", "told", words),
        ("According to Ann Poe, the wall would be twice as high.", "According to", words),
        ("The wall would be twice as high, Ann Poe said.", "said", words),
        ("The wall would be twice as high, said Ann Poe.", "said", words),
        ("The wall would be twice as high, according to Ann Poe.", "according to", words),
        (
            "Ann Poe, the mayor of Skellan, argued that the wall would be twice as high.",
            "argued",
            words,
        ),
    ] {
        let found = reports(sentence);
        let [[speaker, by, of]] = found.as_slice() else { panic!("{sentence}: {found:?}") };
        assert_eq!((speaker.as_str(), by.as_str()), ("Ann Poe", cue), "{sentence}");
        assert!(of.to_lowercase().ends_with(report), "{sentence}: {of}");
    }
}

#[test]
fn a_pronoun_and_a_description_are_sources_too() {
    let found = reports(
        "Ann Poe opened the talks. She said the wall would be twice as high. Two officials said the \
         county would pay for it.",
    );
    let speakers: Vec<&str> = found.iter().map(|it| it[0].as_str()).collect();
    assert_eq!(speakers, ["Ann Poe", "Two officials"], "{found:?}");
}

#[test]
fn what_stands_in_marks_is_no_report_and_what_tells_of_it_neither() {
    for sentence in [
        "“We will build it again,” Ann Poe said.",
        "Ann Poe said, “We will build it again.”",
        "The sun shone on the harbour.",
    ] {
        assert!(reports(sentence).is_empty(), "{sentence}");
    }
}

#[test]
fn quotations_stay_what_they_are_and_utterances_count_in_the_order_of_the_text() {
    let article = article(
        "“We will build it again,” Ann Poe said. “It will be higher.” She said the county would pay \
         for it.\n\nThe so-called “wall tax” was repealed. Bob Roe, a fisherman, said the wall would \
         fall. “It will fall,” he said.",
    );
    let bare = |it: &Quotation| Quotation { utterance: 0, ..it.clone() };
    let alone: Vec<Quotation> =
        quotations(&article.text, &article.blocks).iter().map(bare).collect();
    let all = found(&article);
    let among: Vec<Quotation> =
        all.iter().filter(|it| it.kind != Kind::Indirect).map(bare).collect();
    assert_eq!(alone, among);
    let numbers: Vec<(Kind, u32)> = all.iter().map(|it| (it.kind, it.utterance)).collect();
    let first = numbers.iter().position(|it| it.0 == Kind::Direct).unwrap();
    let next = numbers[first].1;
    assert_eq!(numbers[first + 1..first + 3], [(Kind::Direct, next), (Kind::Indirect, next + 1)]);
    let mut last: Vec<u32> = numbers.iter().map(|it| it.1).collect();
    last.dedup();
    assert_eq!(last, (0..u32::try_from(last.len()).unwrap()).collect::<Vec<_>>());
}

#[test]
fn the_speeches_of_a_transcript_hold_no_reports() {
    let text = article(
        "WALLACE: Why did they say the wall costs so much?\n\nPOE: Ann Roe said that it is twice as \
         high.\n\nWALLACE: And who said they would pay for that?\n\nPOE: The county said it would pay.",
    );
    let all = found(&text);
    assert_eq!(all.iter().filter(|it| it.kind == Kind::Direct).count(), 4);
    for pair in all.windows(2) {
        assert!(pair[0].outer.end <= pair[1].outer.start);
    }
}

#[test]
fn verbs_of_one_stem_are_one() {
    for words in
        ["urge urges urged urging", "plan plans planned planning", "deny denies denied denying"]
    {
        let stems: Vec<&str> = words.split(' ').map(stem).collect();
        assert!(stems.windows(2).all(|it| it[0] == it[1]), "{stems:?}");
    }
    assert_eq!(["said", "says", "is", ""].map(stem), ["said", "say", "is", ""]);
}

/// Strings rich in names, cues and marks.
fn messy() -> impl Strategy<Value = String> {
    let pieces = vec![
        "“",
        "”",
        "\"",
        "'",
        "’",
        "''",
        " ",
        " ",
        " ",
        " ",
        ", ",
        ". ",
        ": ",
        "—",
        "\n",
        "\n\n",
        "said",
        " said ",
        " says that ",
        "he",
        "She",
        "Ann Poe",
        "the mayor",
        "according to ",
        "told",
        "who",
        "Mr. ",
        "U.S.",
        "PENCE: ",
        "’s",
        "\u{301}",
        "\u{200D}",
        "🇬🇧",
        "É",
        "1,000",
        "-",
        "(",
        " of ",
        " and ",
        "éa",
        " to ",
        " would fall",
        "the plan",
        " denied ",
        "\u{301}\u{301} ",
        "; ",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..90).prop_map(|pieces| pieces.concat())
}

/// What holds for every text.
fn check(text: &str) -> Result<(), TestCaseError> {
    let article = Article::from_text("a.txt", text.to_owned(), "UTF-8");
    let all = found(&article);
    for pair in all.windows(2) {
        prop_assert!(pair[0].outer.end <= pair[1].outer.start, "{:?}", pair);
    }
    let mut next = 0;
    for it in &all {
        prop_assert!(it.utterance == next || (it.kind != Kind::Indirect && it.utterance < next));
        next = next.max(it.utterance + 1);
    }
    let marked = all.iter().filter(|it| it.kind != Kind::Indirect).map(|it| it.inner);
    let alone = quotations(&article.text, &article.blocks);
    prop_assert!(marked.eq(alone.iter().map(|it| it.inner)));
    for it in all.iter().filter(|it| it.kind == Kind::Indirect) {
        prop_assert!(it.outer == it.inner && !it.inner.is_empty() && it.cue.is_some());
        prop_assert!((0.0..=1.0).contains(&it.confidence));
        prop_assert!(article.blocks[it.block].span.overlaps(it.inner));
        for span in [Some(it.inner), it.mention, it.cue].into_iter().flatten() {
            prop_assert!(span.end.get() <= text.len());
            prop_assert!(is_grapheme_boundary(text, span.start), "{:?}", it);
            prop_assert!(is_grapheme_boundary(text, span.end), "{:?}", it);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn spans_are_in_order_and_cut_no_grapheme(text in messy()) {
        check(&text)?;
    }

    #[test]
    fn any_string_is_read(text in "(\\PC|\n|[\"'“”]| said | he ){0,200}") {
        check(&text)?;
    }
}

/// Lines on which every word could be looked at with every other.
const HOSTILE: [&str; 9] = [
    "said ",
    "he said ",
    "Ann said that he says, ",
    "\"",
    "“a” said ",
    "according to ",
    ": ",
    "a, ",
    "x",
];

/// A text of one paragraph.
fn line(text: &str) -> Vec<Block> {
    vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), part: 0 }]
}

#[test]
fn hostile_lines_are_read_to_the_end() {
    for piece in HOSTILE {
        let text = piece.repeat(20_000 / piece.len());
        let (model, of_hearsay) = (Model::embedded(), HearsayModel::embedded());
        let found = quotations_and_hearsay(model, of_hearsay, &text, &line(&text));
        assert!(found.len() <= text.len() / 2, "{piece}");
    }
}

#[test]
fn what_is_done_for_a_cue_does_not_grow_with_the_line() {
    for piece in HOSTILE {
        let text = piece.repeat(100_000 / piece.len());
        let blocks = line(&text);
        let stretches = stretches(&text, &blocks);
        let survey = Survey::new(&text, &blocks, &stretches, &Model::embedded().lexicon);
        let ground = Ground::new(&survey, &HearsayModel::embedded().habits);
        for cue in cues(&ground).iter().step_by(97) {
            let first = starts(&ground, cue);
            let near = |at: &usize, most: usize| at.abs_diff(cue.at) <= most;
            assert!(first.len() <= LANES && first.iter().all(|at| near(at, 60)), "{piece}");
            for start in first {
                let last = ends(&ground, cue, start);
                assert!(last.len() <= LANES && last.iter().all(|at| near(at, 200)), "{piece}");
            }
            assert!(sources(&ground, cue).len() <= LANES, "{piece}");
        }
    }
}

#[test]
fn a_sentence_that_is_all_cues_is_passed_over() {
    for (count, some) in [(1, true), (12, true), (4_000, false)] {
        let text = "Ann said he said ".repeat(count);
        let stretches = stretches(&text, &line(&text));
        let survey = Survey::new(&text, &line(&text), &stretches, &Model::embedded().lexicon);
        let ground = Ground::new(&survey, &HearsayModel::embedded().habits);
        let finds = Finder::new(&ground).find(HearsayModel::embedded());
        assert_eq!(!finds.is_empty(), some, "{count}");
    }
}
