use super::*;
use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

fn parsed(typed: &str) -> Query {
    Query::parse(typed, Manner::default()).unwrap()
}

fn refused(typed: &str) -> String {
    Query::parse(typed, Manner::default()).unwrap_err().to_string()
}

#[test]
fn what_is_no_filter_are_the_words() {
    for (typed, words) in [
        ("ferry link", "ferry link"),
        ("  ferry  link ", "ferry  link"),
        ("ferry outlet:wire link", "ferry link"),
        ("outlet:wire ferry", "ferry"),
        ("outlet:\"coast wire\"ferry", "ferry"),
        ("at 10:30 he said:", "at 10:30 he said:"),
        ("Outlet:wire", "Outlet:wire"),
        (r"see \date:2026 and \n", r"see date:2026 and \n"),
        (r"\date:2026", "date:2026"),
        ("“we \"were", "“we \"were"),
        ("", ""),
    ] {
        assert_eq!(parsed(typed).words(), words, "{typed}");
    }
    assert!(parsed("  ").is_empty());
    assert!(!parsed("is:unread").is_empty() && parsed("is:unread").pattern().unwrap().is_none());
}

#[test]
fn what_is_known_of_an_article_is_held_against_the_filters() {
    let known = Metadata {
        outlet: Some("The Coast Wire".into()),
        byline: Some("Inés Marlow".into()),
        published: Some(date(2026, 2, 11)),
        ..Metadata::default()
    };
    let admits = |typed| parsed(typed).admits_metadata(&known);
    for typed in [
        "outlet:Wire",
        "outlet:\"coast wire\"",
        "outlet:ledger outlet:wire",
        "byline:ines",
        "date:2026",
        "date:2025 date:2026-02",
        "outlet:wire date:2026-02..",
        "tag:x is:read",
    ] {
        assert!(admits(typed), "{typed}");
    }
    for typed in
        ["outlet:ledger", "outlet:wire byline:rufus", "date:2025", "outlet:wire date:..2025"]
    {
        assert!(!admits(typed), "{typed}");
    }
    assert!(!parsed("date:..2030").admits_metadata(&Metadata::default()), "undated");
}

#[test]
fn annotations_are_held_against_the_filters() {
    let new = |id, color, tag: &str, note: &str| Annotation {
        color: Some(color),
        tags: vec![tag.to_owned()],
        note: note.to_owned(),
        ..Annotation::new(Uuid::from_u128(id), crate::note::Kind::Note, Timestamp::UNIX_EPOCH, None)
    };
    let all = [new(1, Color::Green, "Frame/economic", ""), new(2, Color::Blue, "frames", "Why?")];
    let all: Vec<&Annotation> = all.iter().collect();
    let admits = |typed| parsed(typed).admits_annotations(&all);
    for typed in [
        "color:green",
        "color:Blue has:notes",
        "tag:frame",
        "tag:frame/Economic",
        "tag:x tag:frames",
    ] {
        assert!(admits(typed), "{typed}");
    }
    for typed in ["color:red", "tag:economic", "tag:frame/eco", "tag:frame color:red"] {
        assert!(!admits(typed), "{typed}");
    }
    assert!(!parsed("has:notes").admits_annotations(&all[..1]));
}

#[test]
fn the_read_and_the_unread_are_told_apart() {
    let admits = |typed| [false, true].map(|read| parsed(typed).admits_read(read));
    assert_eq!(admits("is:unread"), [true, false]);
    assert_eq!(admits("is:read"), [false, true]);
    assert_eq!(admits("is:read is:unread"), [true, true]);
    assert_eq!(admits("ferry"), [true, true]);
}

#[test]
fn speakers_are_held_against_the_filters() {
    assert!(parsed("speaker:marlow").admits_speaker(Some("Inés Marlow")));
    assert!(!parsed("speaker:marlow").admits_speaker(None));
    assert!(parsed("ferry").admits_speaker(None));
}

#[test]
fn what_is_wrong_is_said_in_one_line() {
    assert_eq!(
        refused("date:soon"),
        "date:soon: write a year, a month or a day, as 2026, 2026-02 or 2026-02-11, or two with .. \
         between"
    );
    assert_eq!(
        refused("x color:pink"),
        "color:pink: the colours are yellow, green, blue, red, purple, orange"
    );
    assert_eq!(refused("has:ears"), "has:ears: there is only has:notes");
    assert_eq!(refused("is:odd"), "is:odd: there are only is:read and is:unread");
    assert_eq!(refused("outlet:\"coast"), "outlet:\"coast: the quotation mark is not closed");
    assert!(refused("outlet: wire").starts_with("outlet:: a value has to follow"));
    let expression = Manner { expression: true, ..Manner::default() };
    let pattern = Query::parse("a[ is:read", expression).unwrap().pattern();
    assert!(pattern.unwrap_err().to_string().starts_with("the expression a[: "));
}

#[test]
fn the_grammar_in_short_is_true() {
    for (written, _) in GRAMMAR {
        Query::parse(written, Manner::default()).unwrap();
    }
    for name in Token::NAMES {
        let shown =
            |(written, _): &&(&str, &str)| filter(written).is_some_and(|(it, _)| it == name);
        assert!(GRAMMAR.iter().any(|it| shown(&it)), "{name}");
    }
}

proptest! {
    #[test]
    fn anything_typed_is_a_query_or_an_error(typed in "(is:|date:|\\\\|\"|:|[a-c ]|\\PC){0,12}") {
        if let Ok(query) = Query::parse(&typed, Manner::default()) {
            prop_assert!(query.pattern().is_ok());
        }
    }
}
