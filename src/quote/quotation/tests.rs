//! Who said what, as a whole: cases, and laws that hold for every text.

use proptest::prelude::*;

use super::*;
use crate::corpus::{Article, BlockKind};
use crate::quote::Model;

/// What is found in a text: kind, speaker, cue and words.
fn found(text: &str) -> Vec<[String; 4]> {
    let article = Article::from_text("a.txt", text.to_owned(), "UTF-8");
    let show = |it: &Quotation| {
        [
            it.kind.name().to_owned(),
            it.speaker.clone().unwrap_or_default(),
            it.cue.map(|it| it.of(text).to_owned()).unwrap_or_default(),
            it.inner.of(text).to_owned(),
        ]
    };
    quotations(&article.text, &article.blocks).iter().map(show).collect()
}

/// A report around some sentences.
fn report(sentences: &str) -> String {
    format!(
        "Harbour wall to be rebuilt\n\nThe council voted on Tuesday to rebuild the harbour wall, \
         which fell in the storm of last winter.\n\n{sentences}\n\nThe work begins in May.\n"
    )
}

#[test]
fn the_embedded_model_can_be_read() {
    let text = include_str!("../model.txt");
    let model = Model::parse(text).unwrap();
    assert_eq!(model.to_string(), text);
    assert!(text.len() < 1_000_000);
    assert_eq!(Model::parse("something").unwrap_err().line, 1);
    assert!(Model::parse("pullquote quotations 1\n[first]\n1>2 : 3\n").is_err());
    assert!(Model::parse("pullquote quotations 1\n[pronouns]\nNearest 1\n").is_err());
    assert!(Model::parse("pullquote quotations 1\n[pronouns]\nFurthest 1 2\n").is_err());
}

#[test]
fn the_speaker_stands_on_every_side() {
    for sentence in [
        "“We will build it again,” Ann Poe said.",
        "“We will build it again,” said Ann Poe.",
        "Ann Poe said: “We will build it again.”",
        "Ann Poe, the mayor of Skellan, said, “We will build it again.”",
        "'We will build it again,' said Ann Poe, who is the mayor of Skellan.",
        "According to Ann Poe, “we will build it again”.",
    ] {
        let found = found(&report(sentence));
        let [[kind, speaker, ..]] = found.as_slice() else { panic!("{sentence}: {found:?}") };
        assert_ne!(kind, "scare", "{sentence}");
        assert_eq!(speaker, "Ann Poe", "{sentence}");
    }
}

#[test]
fn a_set_term_is_no_quotation() {
    let kinds = |sentences: &str| -> Vec<String> {
        found(&report(sentences)).into_iter().map(|[kind, ..]| kind).collect()
    };
    let term = "Ann Poe came to a meeting of the “friends of the wall” on Monday.";
    let again = "The friends of the wall meet each week.";
    assert_eq!(kinds(&format!("{term}\n\n{again}")), ["scare"]);
    // Told by someone, the same words are a quotation, unless they are a term elsewhere.
    let told = "Ann Poe said that she would defend the “friends of the wall”.";
    assert_ne!(kinds(&format!("{told}\n\n{again}")), ["scare"]);
    assert_eq!(kinds(&format!("{told}\n\n{term}")), ["scare", "scare"]);
}

#[test]
fn rare_frames_tell_who_speaks() {
    for (sentence, expected) in [
        ("Bob Roe left with “tremendous friends of the wall”, as Ann Poe put it.", "Ann Poe"),
        (
            "Bob Roe kept to his notes while Ann Poe made remarks about “a truly great wall”.",
            "Ann Poe",
        ),
        ("Ann Poe was asked whether her hopes had been “worn down by the sea”.", ""),
    ] {
        let found = found(&report(sentence));
        let speakers: Vec<&String> = found.iter().map(|[_, speaker, ..]| speaker).collect();
        assert_eq!(speakers, [expected], "{sentence}");
    }
}

#[test]
fn pieces_of_one_utterance_belong_together() {
    let text = report(
        "“We will build it again,” Ann Poe said. “It will be higher.”\n\nBob Roe, a fisherman, \
         disagreed. “It will fall again,” he said.",
    );
    let article = Article::from_text("a.txt", text, "UTF-8");
    let found = quotations(&article.text, &article.blocks);
    let numbers: Vec<u32> = found.iter().map(|it| it.utterance).collect();
    assert_eq!(numbers, [0, 0, 1]);
    assert_eq!(found[0].mention, found[1].mention);
}

#[test]
fn a_transcript_needs_no_marks() {
    let text = report(
        "WALLACE: Why does the wall cost so much more than last time?\n\nPOE: Because it is twice as \
         high.\n\nWALLACE: And who pays for that?\n\nPOE: The county pays for “most” of it.",
    );
    let found = found(&text);
    assert_eq!(found.len(), 4);
    assert_eq!(found[3][3], "The county pays for “most” of it.");
    assert!(found[1][1].to_lowercase().contains("poe"), "{found:?}");
}

#[test]
fn labelled_lines_are_no_transcript_where_no_name_comes_again() {
    let text = report("Monday: Rain.\n\nTuesday: Sun.\n\nWednesday: Wind.\n\nThursday: Snow.");
    assert!(found(&text).is_empty());
}

#[test]
fn chrome_and_credits_hold_no_quotations() {
    let text = "Sign up for “The Morning”\n“A picture” by Ann Poe\n";
    let kinds = [BlockKind::Chrome, BlockKind::Credit];
    let mut at = 0;
    let mut blocks = Vec::new();
    for (line, kind) in text.lines().zip(kinds) {
        blocks.push(Block { kind, span: Span::new(at, at + line.len()), part: 0 });
        at += line.len() + 1;
    }
    assert!(quotations(text, &blocks).is_empty());
}

#[test]
fn nobody_of_another_part_speaks() {
    let first = "Ann Poe said the wall would be built.";
    let second = "“It will fall again.”";
    let text = format!("{first}\n{second}");
    let block =
        |part, start, end| Block { kind: BlockKind::Paragraph, span: Span::new(start, end), part };
    let apart = [block(0, 0, first.len()), block(1, first.len() + 1, text.len())];
    assert_eq!(quotations(&text, &apart)[0].mention, None);
}

/// Strings rich in names, cues and marks.
fn messy() -> impl Strategy<Value = String> {
    let pieces = vec![
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "''",
        "«",
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
        "he",
        "She",
        "Ann Poe",
        "the mayor",
        "according to",
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
        "of",
        "and",
        "éa",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..80).prop_map(|pieces| pieces.concat())
}

/// What holds for the quotations of every text.
fn check(text: &str) -> Result<(), TestCaseError> {
    let article = Article::from_text("a.txt", text.to_owned(), "UTF-8");
    let found = quotations(&article.text, &article.blocks);
    for pair in found.windows(2) {
        prop_assert!(pair[0].outer.end <= pair[1].outer.start);
    }
    for it in &found {
        prop_assert!(it.outer.covers(it.inner) && !it.inner.is_empty());
        prop_assert!((0.0..=1.0).contains(&it.confidence));
        prop_assert!(it.kind != Kind::Scare || it.speaker.is_none());
        for span in [Some(it.inner), Some(it.outer), it.mention, it.cue].into_iter().flatten() {
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
    fn any_string_is_read(text in "(\\PC|\n|[\"'“”‘’]){0,300}") {
        check(&text)?;
    }
}

#[test]
fn ten_megabytes_of_marks_are_read_to_the_end() {
    let text = "\"".repeat(10_000_000);
    let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), part: 0 };
    assert!(quotations(&text, &[block]).is_empty());
}

#[test]
fn hostile_lines_are_read_to_the_end() {
    let many = 20_000;
    for piece in
        ["\"", "“a ", "“a” ", "Ann ", "A. ", "“a” he said. ", "the mayor ", "PENCE: a\n", "who "]
    {
        let text = piece.repeat(many);
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), part: 0 };
        assert!(quotations(&text, &[block]).len() <= many, "{piece}");
    }
    let nested = format!("{}a{}", "“".repeat(100_000), "”".repeat(100_000));
    let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, nested.len()), part: 0 };
    assert_eq!(quotations(&nested, &[block]).len(), 1);
}
