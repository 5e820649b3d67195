//! `search`, through the real program.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;

use desk::Desk;
use serde_json::Value;

const FERRY: &str = "Ferry sails again\n\nBy Inés Marlow\n\n11 February 2026\n\nThe ferry left at noon. “We are glad \
                     of the ferry,” said Rufus Quill, the mate.\n\nNobody at the café had slept.\n";
const BREAD: &str = "Bread runs out\n\nBy Dot Hargrave\n\n2 March 2026\n\nThere was no bread, and no ferry to bring \
                     any, the baker said.\n";

fn desk() -> Desk {
    Desk::with(&[
        ("wire/a.txt", FERRY),
        ("wire/b.txt", BREAD),
        ("wire/sub/c.txt", "Nothing\n\nof note.\n"),
    ])
}

/// Where the words of a query stand: article, start, end.
fn found(desk: &Desk, arguments: &[&str]) -> Vec<(String, u64, u64)> {
    let all = [&["search", "--format", "jsonl"], arguments].concat();
    let place = |row: &Value| {
        let number = |field: &str| row[field].as_u64().unwrap();
        (row["article"].as_str().unwrap().to_owned(), number("start"), number("end"))
    };
    desk.json(&all).iter().map(place).collect()
}

/// In how many places of each article the words of a query stand.
fn counts(desk: &Desk, arguments: &[&str]) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for (article, ..) in found(desk, arguments) {
        match counts.last_mut().filter(|(last, _)| *last == article) {
            Some((_, count)) => *count += 1,
            None => counts.push((article, 1)),
        }
    }
    counts
}

fn counted(of: &[(&str, usize)]) -> Vec<(String, usize)> {
    of.iter().map(|&(article, count)| (article.to_owned(), count)).collect()
}

#[test]
fn a_hit_has_the_fields_of_the_contract() {
    let desk = desk();
    assert_eq!(desk.run(&["search", "we are GLAD", "wire"]).status, 1);
    let rows = desk.json(&["search", "we are glad", "wire", "--format", "jsonl"]);
    let line = "The ferry left at noon. “We are glad of the ferry,” said Rufus Quill, the mate.";
    let start = FERRY.chars().position(|letter| letter == '“').unwrap() + 1;
    let expected = serde_json::json!({
        "article": "a.txt", "start": start, "end": start + 11, "text": "We are glad", "line": line,
    });
    assert_eq!(rows, [expected]);
}

#[test]
fn offsets_are_those_of_canonical_text_whatever_the_file_is() {
    let desk = Desk::new();
    let story = "Fähre\n\nAm Kai – “endlich”, sagte er.\nDie Fähre.\n";
    desk.file("d/1-utf8.txt", story);
    desk.file("d/2-bom.txt", format!("\u{FEFF}{story}"));
    desk.file("d/3-crlf.txt", story.replace('\n', "\r\n"));
    desk.file("d/4-cr.txt", story.replace('\n', "\r"));
    let wide: Vec<u8> = story.encode_utf16().flat_map(u16::to_le_bytes).collect();
    desk.file("d/5-utf16.txt", &wide);
    let legacy: Vec<u8> = story
        .chars()
        .map(|letter| match letter {
            '–' => 0x96,
            '“' => 0x93,
            '”' => 0x94,
            letter => u8::try_from(u32::from(letter)).unwrap(),
        })
        .collect();
    desk.file("d/6-1252.txt", legacy);
    let second = story.chars().count() as u64 - 7;
    let places = found(&desk, &["fahre", "d"]);
    assert_eq!(places.len(), 12);
    for pair in places.chunks(2) {
        let at = |(_, start, end): &(String, u64, u64)| (*start, *end);
        assert_eq!([at(&pair[0]), at(&pair[1])], [(0, 5), (second, second + 5)], "{}", pair[0].0);
    }
    assert_eq!(found(&desk, &["--regex", r"er\.\nDie", "d"]).len(), 6);
}

#[test]
fn words_are_found_as_they_are_typed_and_as_the_options_say() {
    let desk = desk();
    assert_eq!(counts(&desk, &["ferry", "wire"]), counted(&[("a.txt", 3), ("b.txt", 1)]));
    assert_eq!(counts(&desk, &["Ferry", "wire"]), counted(&[("a.txt", 1)]));
    assert_eq!(counts(&desk, &["cafe", "wire"]), counted(&[("a.txt", 1)]));
    assert_eq!(desk.run(&["search", "slépt", "wire"]).status, 1);
    assert_eq!(counts(&desk, &["not", "wire"]), counted(&[("sub/c.txt", 2)]));
    assert_eq!(desk.run(&["search", "--word", "not", "wire"]).status, 1);
    assert_eq!(counts(&desk, &["-w", "no", "wire"]), counted(&[("b.txt", 2)]));
    assert_eq!(
        counts(&desk, &["--regex", "^(bread|ferry)", "wire"]),
        counted(&[("a.txt", 1), ("b.txt", 1)])
    );
}

#[test]
fn filters_narrow_the_articles() {
    let desk = desk();
    let of = |query: &str| counts(&desk, &[query, "wire"]);
    assert_eq!(of("ferry date:2026-03"), counted(&[("b.txt", 1)]));
    assert_eq!(of("date:..2026-02 ferry"), counted(&[("a.txt", 3)]));
    assert_eq!(of("ferry byline:\"ines marlow\""), counted(&[("a.txt", 3)]));
    assert_eq!(of("ferry speaker:quill"), counted(&[("a.txt", 1)]));
    assert_eq!(desk.run(&["search", "ferry date:2026-02 byline:hargrave", "wire"]).status, 1);
}

#[test]
fn filters_alone_find_articles_or_what_was_said() {
    let desk = desk();
    let rows = desk.json(&["search", "byline:hargrave", "wire", "--format", "jsonl"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["text"], "Bread runs out");
    let rows = desk.json(&["search", "speaker:quill", "wire", "--format", "jsonl"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["text"], "We are glad of the ferry,");
}

#[test]
fn what_a_person_has_added_can_be_asked_for() {
    let desk = desk();
    let add = [
        "annotate",
        "wire/a.txt",
        "--quote",
        "at noon",
        "--tag",
        "frame/time",
        "--highlight",
        "green",
    ];
    assert_eq!(desk.run(&add).status, 0);
    let add = ["annotate", "wire/b.txt", "--quote", "no bread", "--note", "Why?"];
    assert_eq!(desk.run(&add).status, 0);
    let of = |query: &str| counts(&desk, &[query, "wire"]);
    assert_eq!(of("ferry tag:frame"), counted(&[("a.txt", 3)]));
    assert_eq!(of("ferry color:yellow"), counted(&[("b.txt", 1)]));
    assert_eq!(of("ferry has:notes"), counted(&[("b.txt", 1)]));
    assert_eq!(of("ferry is:unread"), counted(&[("a.txt", 3), ("b.txt", 1)]));
    assert_eq!(desk.run(&["search", "ferry is:read", "wire"]).status, 1);
}

#[test]
fn the_text_form_names_article_line_and_words() {
    let desk =
        Desk::with(&[("a.txt", "One ferry, two ferries.\n\nThe\nferry.\n"), ("b.txt", "None.\n")]);
    let run = desk.run(&["search", "the ferry", "a.txt", "b.txt"]);
    assert_eq!((run.out.as_str(), run.status), ("a.txt:3:The ferry.\n", 0));
    let run = desk.run(&["search", "ferr", "a.txt", "b.txt"]);
    assert_eq!(run.out, "a.txt:1:One ferry, two ferries.\na.txt:4:ferry.\n");
}

#[test]
fn a_line_is_short_however_long_the_text_is() {
    let desk = Desk::new();
    desk.file(
        "a.txt",
        format!("{}ferry e\u{301}{}", "x y ".repeat(20_000), "e\u{301}".repeat(20_000)),
    );
    let rows = desk.json(&["search", "ferry", "a.txt", "--format", "jsonl"]);
    let line = rows[0]["line"].as_str().unwrap();
    let length = line.chars().count();
    assert!((198..=200).contains(&length) && line.contains("ferry"), "{length}");
    assert!(line.ends_with("e\u{301}"));
}

#[test]
fn every_format_holds_every_hit_in_the_order_of_the_input() {
    let desk = Desk::new();
    for number in 0..400 {
        let times = number % 5;
        desk.file(&format!("d/{number:03}.txt"), format!("Title\n\n{}.\n", "ferry ".repeat(times)));
    }
    let places = found(&desk, &["ferry", "d"]);
    assert_eq!(places.len(), 800);
    assert!(places.is_sorted());
    let csv = desk.run(&["search", "ferry", "d", "--format", "csv"]).out;
    assert_eq!(csv.lines().next(), Some("article,start,end,text,line"));
    assert_eq!(csv.lines().count(), 801);
    let toml = desk.run(&["search", "ferry", "d", "--format", "toml"]).out;
    let table: toml::Table = toml::from_str(&toml).unwrap();
    assert_eq!(table["hit"].as_array().unwrap().len(), 800);
}

#[test]
fn the_sample_is_searched_too() {
    let desk = Desk::new();
    let places = found(&desk, &["breakwater", "--sample"]);
    assert!(places.iter().any(|(article, ..)| article.starts_with("scraped/harbour-dispatch")));
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_searched() {
    let desk = desk();
    desk.file("wire/z.txt", b"\x7FELF\x02\x01\x01\0\0");
    let run = desk.run(&["search", "bread", "wire"]);
    assert_eq!(run.status, 0);
    assert_eq!(run.messages().len(), 1);
    assert!(run.err.contains("z.txt: is a binary file"), "{}", run.err);
    let run = desk.run(&["search", "bread", "wire/z.txt", "nowhere"]);
    assert_eq!((run.status, run.messages().len()), (2, 2));
    assert_eq!(run.out, "");
}

#[test]
fn a_query_that_is_none_is_said_in_one_line() {
    let desk = desk();
    for (query, said) in [
        ("ferry date:soon", "pullquote: QUERY: date:soon: write a year"),
        ("is:odd", "pullquote: QUERY: is:odd: there are only is:read and is:unread"),
        (" ", "pullquote: QUERY: name words to look for, or a filter"),
    ] {
        let run = desk.run(&["search", query, "wire"]);
        assert_eq!((run.status, run.messages().len()), (2, 1), "{query}");
        assert!(run.err.starts_with(said), "{}", run.err);
    }
    let run = desk.run(&["search", "--regex", "a(b", "wire"]);
    assert_eq!(run.err, "pullquote: QUERY: the expression a(b: unclosed group\n");
    assert_eq!(desk.run(&["search", "ferry"]).status, 2, "no path");
}
