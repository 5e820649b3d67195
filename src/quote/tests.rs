//! The finding of stretches as a whole: a table of cases, and laws that hold for every text.

use proptest::prelude::*;

use super::{Stretch, next_stretch, previous_stretch, stretch_at, stretches};
use crate::corpus::{Block, BlockKind};
use crate::text::{Offset, Span, next_grapheme};

/// Each line as a block: a caption where it begins with `▏`, else a paragraph.
fn lines(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        let kind = if line.starts_with('▏') { BlockKind::Caption } else { BlockKind::Paragraph };
        blocks.push(Block { kind, span: Span::new(at, at + line.len()), part: 0 });
        at += line.len() + 1;
    }
    blocks
}

fn find(text: &str) -> Vec<Stretch> {
    stretches(text, &lines(text))
}

/// Finds the stretches of a text in which `⟦` and `⟧` stand around each, and writes them in again.
fn again(marked: &str) -> String {
    let mut text = marked.replace(['⟦', '⟧'], "");
    for stretch in find(&text).iter().rev() {
        text.insert(stretch.inner.end.get(), '⟧');
        text.insert(stretch.inner.start.get(), '⟦');
    }
    text
}

#[track_caller]
fn check(table: &[&str]) {
    for marked in table {
        assert_eq!(again(marked), *marked);
    }
}

#[test]
fn marks_of_every_style_pair() {
    check(&[
        "He said “⟦we won⟧” and \"⟦we did⟧\" and ''⟦so it was⟧'' and ``⟦so⟧''.",
        "He said ‘⟦we won⟧’ and '⟦we did⟧' and `⟦so it was⟧' and ´⟦so⟧´.",
        "Il dit « ⟦nous avons gagné⟧ » puis «⟦oui⟧» et ‹⟦non⟧›. Er sagte „⟦nein⟧“ und ‚⟦ja⟧‘ und »⟦so⟧«.",
        "Hän sanoi ”⟦kyllä⟧” ja ’⟦ei⟧’.",
        "‘‘⟦We won,⟧’’ he said. “⟦We won,⟧'' he said.",
        "No marks, and “” an empty pair, and ‘ ’ another, and “…” nothing said.",
        "He sent “⟦😀⟧” and “⟦$⟧”.",
    ]);
}

#[test]
fn the_neighbours_do_not_matter() {
    check(&[
        "(“⟦we won⟧”), [\"⟦we did⟧\"], —“⟦so⟧”—and–'⟦so⟧'–it…“⟦was⟧”…",
        "“⟦…we won…⟧” “⟦[We] won⟧” '⟦(We) won⟧' \"⟦— and won —⟧\"",
        "'⟦[Donald Trump's] leadership,⟧' he said. '⟦throw[ing] a wrench⟧' it was.",
        "he said:\"⟦We won⟧\", he said,\"⟦We won,⟧\"he said. “⟦We won.⟧”“⟦We did.⟧”",
        "\" ⟦We won⟧ \" he said, “ ⟦and won⟧ “ too.",
        "<em>“⟦We won⟧”</em>, <a href=\"x\">'⟦he said⟧'</a>. If a < b \"⟦then⟧\" c > d.",
        "\u{202A}”⟦We won⟧” he said.",
    ]);
}

#[test]
fn marks_that_face_the_wrong_way_are_put_right() {
    check(&[
        "”⟦We won,⟧“ he said. ”⟦And will again.⟧“",
        "He said “⟦we won⟧“ and ”⟦we did⟧”, and ’⟦so⟧‘. “⟦They see that.⟧ “",
    ]);
}

#[test]
fn apostrophes_are_no_marks() {
    check(&[
        "It's o'clock, fishermen's, the '90s, the ’90s, ’twas, 'em, rock 'n' roll, o' the, in '84.",
        "the leaders' talks, the Democrats' plan, the bosses’ pay and 'tis so",
        "He is 5'10\" or 6'2\" or 6’ 2”, a 12\" record and a 7\" single.",
        "He said '⟦the leaders' talks were good.⟧'",
        "He said ‘⟦the leaders’ talks were good⟧’, and '⟦we're goin' home to ol' Ed, y'all⟧'.",
        "He spoke of '⟦losses⟧' and the leaders' talks, of '⟦gains⟧' made, and of '⟦the '90s⟧'.",
        "The '⟦Beast⟧', the U.S.'s car, \"⟦Hamlet⟧\"'s and “⟦Hamlet⟧”’s '⟦root causes⟧' – '⟦deals⟧'.",
        "\"⟦He had a 12\" record and is 6'2\" tall,⟧\" she said. “⟦Fight for $15⟧” movement",
        "in '84 he said '⟦no⟧', just 'cause '⟦Cause and effect⟧' rule '⟦100 days⟧'",
        "Ekdahl 's plan and 'Tis the season and don‘t",
    ]);
}

#[test]
fn nested_stretches_belong_to_the_outer_one() {
    check(&[
        "“⟦He said ‘no’ to “me” too,⟧” she said.",
        "'⟦He told me \"no\" and \"never\",⟧' she said. '⟦So it was.⟧'",
        "\"⟦'Yes,' he said,⟧\" she said. \"⟦He said 'yes.'⟧\"",
        "\"⟦We have \"principles\" here,⟧\" she said. « ⟦Il dit “non” et ‹ oui ›⟧ ».",
        "'⟦He said 'no' to me,⟧' she said. ''⟦'No,' he said,⟧'' she said.",
    ]);
}

#[test]
fn an_unclosed_stretch_ends_with_its_paragraph_or_its_clause() {
    check(&[
        "He said: “⟦We won.⟧\nAnd then nothing.",
        "He said: '⟦We won.⟧\nAnd the leaders' talks.",
        "of the “⟦league of small ports⟧, a spokesman said the leaders “⟦commended X⟧”.",
        "of the '⟦league of small ports⟧, a spokesman said the leaders '⟦commended X⟧'.",
        "the “⟦group with Mr. Poe⟧; others said the ‘⟦rest⟧’ was “⟦good⟧”.",
        "the “⟦group said the⟧ “⟦rest⟧”.",
        "“⟦He said ‘no’ to me.⟧\nA paragraph.",
    ]);
}

#[test]
fn a_quotation_that_runs_on_gives_one_a_paragraph() {
    check(&[
        "He said: “⟦We won.⟧\n“⟦We “really” won today.⟧\n“⟦So there.⟧”",
        "He said: '⟦We won.⟧\n▏A caption with a '⟦quotation⟧'\n'⟦But the leaders' talks failed.⟧\n'⟦So.⟧'",
        "\"⟦She had, “after a rant,” typed “an idea.”⟧\n\"⟦He then left.⟧\"",
        "“⟦We won⟧, he said. “⟦So there.⟧”\n“⟦Yes.⟧”",
        "“⟦They did not⟧\n▏A caption\n⟦take part in caucuses.⟧” He said “⟦no⟧”.",
        "“⟦They did not.⟧\nDonald Poe.”",
    ]);
}

#[test]
fn a_stretch_knows_its_block_its_marks_and_whether_it_is_closed() {
    let text = "None.\nHe said « we won » and “we did";
    let found: Vec<_> = find(text)
        .iter()
        .map(|s| (s.block, s.closed, s.outer.of(text), s.inner.of(text)))
        .collect();
    assert_eq!(found, [(1, true, "« we won »", "we won"), (1, false, "“we did", "we did")]);
}

#[test]
fn other_parts_and_other_kinds_of_blocks_do_not_run_on() {
    let text = "“Nested “words” here, he said\n“Other.”";
    let mut blocks = lines(text);
    assert_eq!(stretches(text, &blocks)[0].inner.of(text), "Nested “words” here, he said");
    blocks[1].part = 1;
    assert_eq!(stretches(text, &blocks)[0].inner.of(text), "Nested");
    blocks[1] = Block { kind: BlockKind::Chrome, part: 0, ..blocks[1] };
    assert_eq!(stretches(text, &blocks)[0].inner.of(text), "Nested");
}

#[test]
fn hostile_lines_take_no_more_than_linear_time() {
    let many = 50_000;
    for piece in [
        "\"",
        "'",
        "“",
        "”",
        "‘",
        "’",
        "`",
        "“ ",
        "“a ",
        "“a, ",
        "“a ”b ",
        "‘a “b, ",
        ", “a ‘b",
        "'a ",
        "a' ",
        "leaders' ",
        "“<b>",
        "<b\"",
        "<\"",
        "1\"",
        "“\n",
        "“a\n",
        "“a “b” c\n",
        "\u{200B}\"",
        "\"\u{301}",
        "'84 ",
        "“a, 'b' ",
    ] {
        let text = piece.repeat(many);
        assert!(find(&text).len() <= text.len(), "{piece}");
    }
    let nested = format!("{}a{}", "“".repeat(many), "”".repeat(many));
    assert_eq!(find(&nested).len(), 1);
}

/// Strings rich in marks and in what stands around them.
fn messy() -> impl Strategy<Value = String> {
    let pieces = vec![
        "\"", "'", "“", "”", "‘", "’", "„", "«", "»", "‹", "`", "''", "´", " ", " ", " ", ", ",
        ". ", ".", ":", "—", "-", "(", ")", "[", "a", "leaders", "90s", "6", "said", "em", "Éa",
        "\n", "<b>", "<", "\u{301}", "\u{200D}", "\u{200B}", "\u{600}", "\u{A0}", "🇬🇧", "▏",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|pieces| pieces.concat())
}

/// The positions between graphemes.
fn boundaries(text: &str) -> Vec<usize> {
    let step = |&at: &Offset| (at.get() < text.len()).then(|| next_grapheme(text, at));
    std::iter::successors(Some(Offset::ZERO), step).map(Offset::get).collect()
}

proptest! {
    #[test]
    fn stretches_are_in_order_apart_and_on_grapheme_boundaries(text in messy()) {
        let blocks = lines(&text);
        let edges = boundaries(&text);
        let mut free = Offset::ZERO;
        for stretch in stretches(&text, &blocks) {
            let Stretch { inner, outer, closed, block } = stretch;
            prop_assert!(free <= outer.start && outer.covers(inner) && !inner.is_empty());
            prop_assert!(blocks[block].span.covers(outer));
            prop_assert_eq!(closed, inner.end < outer.end);
            for at in [inner.start, inner.end, outer.start, outer.end] {
                prop_assert!(edges.binary_search(&at.get()).is_ok());
            }
            free = outer.end;
        }
    }

    #[test]
    fn lookups_agree_with_a_search_from_the_start(text in messy()) {
        let found = find(&text);
        for at in (0..=text.len()).map(Offset) {
            let here = found.iter().position(|stretch| stretch.outer.contains(at));
            let next = found.iter().position(|stretch| stretch.inner.start > at);
            let previous = found.iter().rposition(|stretch| stretch.inner.start < at);
            prop_assert_eq!(stretch_at(&found, at), here);
            prop_assert_eq!(next_stretch(&found, at), next);
            prop_assert_eq!(previous_stretch(&found, at), previous);
        }
    }

    #[test]
    fn plain_words_are_found_in_marks_of_any_style(words in "We( [a-z]{1,8}|, [A-Z][a-z]{1,5}|'ll){0,9}[.,!?]?") {
        let styles = [("\"", "\""), ("“", "”"), ("''", "''"), ("«", "»"), ("„", "“"), ("« ", " »"), ("“", "“")];
        let singles = [("'", "'"), ("‘", "’"), ("`", "'")];
        for (opening, closing) in styles.iter().chain(singles.iter()) {
            let text = format!("He said {opening}{words}{closing} to them, and left.");
            let found = find(&text);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(found[0].inner.of(&text), &words);
        }
    }
}
