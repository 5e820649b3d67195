use proptest::prelude::*;

use super::*;

fn found<'a>(typed: &str, text: &'a str) -> Vec<&'a str> {
    let pattern = Pattern::new(typed).unwrap();
    pattern.matches(text).map(|span| &text[span.range()]).collect()
}

fn hits<'a>(words: &str, manner: Manner, text: &'a str) -> Vec<&'a str> {
    let pattern = Pattern::for_library(words, manner).unwrap();
    pattern.hits(text).map(|span| &text[span.range()]).collect()
}

const WORDS: Manner = Manner { word: false, expression: false };
const WHOLE: Manner = Manner { word: true, expression: false };
const EXPRESSION: Manner = Manner { word: false, expression: true };

#[test]
fn case_counts_only_when_typed() {
    assert_eq!(found("harbour", "Harbour, harbour"), ["Harbour", "harbour"]);
    assert_eq!(found("Harbour", "Harbour, harbour"), ["Harbour"]);
    assert_eq!(found("île", "ÎLE île"), ["ÎLE", "île"]);
}

#[test]
fn marks_dashes_and_spaces_stand_for_their_kin() {
    assert_eq!(found("it's a", "it’s\na"), ["it’s\na"]);
    assert_eq!(found("\"we", "“We"), ["“We"]);
    assert_eq!(found("a - b", "a – b"), ["a – b"]);
    assert_eq!(hits("a - b", WORDS, "á –\nb"), ["á –\nb"]);
}

#[test]
fn signs_of_expressions_are_letters_like_others() {
    assert_eq!(found("(a.c)*", "abc (a.c)*"), ["(a.c)*"]);
    assert_eq!(hits("(a.c)*", WORDS, "ábc (á.c)*"), ["(á.c)*"]);
    assert!(Pattern::new("  ").is_none());
}

#[test]
fn a_word_is_found_only_whole() {
    let text = "port, ports, airport, port";
    let found: Vec<_> = Pattern::word("port").unwrap().matches(text).collect();
    assert_eq!(found, [Span::new(0, 4), Span::new(22, 26)]);
    assert_eq!(hits("“at last”", WHOLE, "x“at last” “at last”s, “at last”"), ["“at last”"]);
    assert_eq!(hits("aa", WHOLE, "aaa aa"), ["aa"]);
    assert_eq!(hits("cafe", WHOLE, "cafés café cafe\u{301} cafe\u{301}s"), ["café", "cafe\u{301}"]);
}

#[test]
fn accents_are_folded_over_a_library_and_not_the_other_way_round() {
    let text = "cafe café CAFÉ cafe\u{301} ca\u{300}fe Łódź lodz";
    assert_eq!(hits("cafe", WORDS, text), ["cafe", "café", "CAFÉ", "cafe\u{301}", "ca\u{300}fe"]);
    assert_eq!(hits("café", WORDS, text), ["café", "CAFÉ", "cafe\u{301}"]);
    assert_eq!(hits("cafe\u{301}", WORDS, text), ["café", "CAFÉ", "cafe\u{301}"]);
    assert_eq!(hits("lodz", WORDS, text), ["Łódź", "lodz"]);
    assert_eq!(hits("Lodz", WORDS, text), ["Łódź"]);
    assert_eq!(found("cafe", text), ["cafe", "cafe"], "the search in an article folds none");
}

#[test]
fn no_hit_cuts_a_grapheme_and_none_is_nothing() {
    let text = "e\u{301}e\u{301} 👩\u{200d}👩\u{200d}👧";
    assert_eq!(hits("e", EXPRESSION, text), ["e\u{301}", "e\u{301}"]);
    assert_eq!(hits("👩", EXPRESSION, text), ["👩\u{200d}👩\u{200d}👧"]);
    assert_eq!(hits("x*", EXPRESSION, "axxb"), ["xx"]);
    assert_eq!(hits("$", EXPRESSION, "a\nb"), [""; 0]);
}

#[test]
fn expressions_are_read_as_they_stand() {
    assert_eq!(hits("^f.rry$", EXPRESSION, "Ferry\nferry.\nfurry"), ["Ferry", "furry"]);
    assert_eq!(hits(r"\bF\w+", EXPRESSION, "Ferry ferry"), ["Ferry"]);
    let whole = Manner { word: true, ..EXPRESSION };
    assert_eq!(hits("a|ab", whole, "ab abc"), ["ab"]);
    assert_eq!(hits("cafe", EXPRESSION, "café"), [""; 0]);
}

#[test]
fn what_is_no_expression_is_said_in_one_line() {
    let said = |words: &str, manner| Pattern::for_library(words, manner).unwrap_err().to_string();
    assert_eq!(said("a(b", EXPRESSION), "the expression a(b: unclosed group");
    let whole = Manner { word: true, ..EXPRESSION };
    assert_eq!(said("a)|(b", whole), "the expression a)|(b: unopened group");
    assert!(said(r"(\w{200}){200}", EXPRESSION).ends_with("it is too large"));
}

/// Where words stand, every line of the text being looked at with accents.
fn folded(words: &str, text: &str) -> Vec<Span> {
    let regex = build(&literal(words, Accents::Folded), counts_case(words), words).unwrap();
    regex.find_iter(text).map(|found| found.range().into()).collect()
}

proptest! {
    #[test]
    fn accents_are_found_where_there_are_any_and_nothing_else_changes(
        text in "([abcAéÀŁ ]|\n|e\u{301}|a\u{300}b|ɐ|“){0,24}", words in "[a-ce]([a-ceA] ?[ab])?",
    ) {
        let pattern = Pattern::for_library(&words, WORDS).unwrap();
        let found: Vec<Span> = pattern.matches(&text).collect();
        prop_assert_eq!(found, folded(&words, &text));
    }
}
