//! Files that hold an article in each line, through the real program.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;

use desk::Desk;
use serde_json::Value;

const WIRE: &str = r#"{"id":"7","title":"Ferry sails again","text":"The ferry left at noon.\n\n“We are glad of the ferry,” said Rufus Quill, the mate.\n","source":"Coast Wire","date":"2026-02-11T09:00:00Z","byline":"Inés Marlow","url":"https://wire.example/7"}
{not json}
{"id":"7","title":"Bread runs out","text":"There was no bread, \u0061nd no f\u0065rry to bring any, the baker said.","outlet":"Harbour Dispatch","published":"2026-03-02"}
{"headline":"Nothing of note","body":"Nothing, said nobody.","id":9}
"#;

fn desk() -> Desk {
    Desk::with(&[("news/wire.jsonl", WIRE), ("news/a.txt", "Quay\n\nThe ferry is not in.\n")])
}

fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["article"].as_str().unwrap()).collect()
}

/// The rows of a command that skips a line and says so.
fn rows(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
    let run = desk.run(arguments);
    let said = "pullquote: news/wire.jsonl:2: is no JSON: key must be a string at column 2\n";
    assert_eq!((run.status, run.err.as_str()), (0, said), "{arguments:?}");
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_line_is_an_article_with_what_its_record_says_of_it() {
    let desk = desk();
    let rows = rows(&desk, &["articles", "news", "--format", "jsonl"]);
    assert_eq!(names(&rows), ["a.txt", "wire.jsonl#7", "wire.jsonl#L3", "wire.jsonl#9"]);
    let known: Vec<&Value> = ["title", "outlet", "byline", "published", "url", "encoding"]
        .iter()
        .map(|it| &rows[1][it])
        .collect();
    let expected = [
        "Ferry sails again",
        "Coast Wire",
        "Inés Marlow",
        "2026-02-11",
        "https://wire.example/7",
        "UTF-8",
    ];
    assert_eq!(known, expected);
    assert_eq!(
        (&rows[1]["quotations"], &rows[3]["title"]),
        (&Value::from(1), &"Nothing of note".into())
    );
}

#[test]
fn one_of_them_is_named_by_its_id_or_line() {
    let desk = desk();
    let text = desk.run(&["text", "news/wire.jsonl#7"]);
    assert_eq!(
        text.out,
        "The ferry left at noon.\n\n“We are glad of the ferry,” said Rufus Quill, the mate.\n"
    );
    let bread = "There was no bread, and no ferry to bring any, the baker said.";
    assert_eq!(desk.run(&["text", "news/wire.jsonl#L3"]).out, bread);
    for (path, said) in [
        ("news/wire.jsonl", "holds several articles; name one of them, as wire.jsonl#7"),
        ("news/wire.jsonl#8", "holds no article that is called wire.jsonl#8"),
    ] {
        let run = desk.run(&["text", path]);
        assert_eq!((run.status, run.out.as_str()), (2, ""));
        assert_eq!(run.err, format!("pullquote: news/wire.jsonl: {said}\n"));
    }
    let rows = desk.json(&["quotes", "news/wire.jsonl#7", "--format", "jsonl"]);
    assert_eq!((names(&rows), &rows[0]["speaker"]), (vec!["wire.jsonl#7"], &"Rufus Quill".into()));
    let rows =
        desk.json(&["blocks", "news/wire.jsonl#9", "news/wire.jsonl#L3", "--format", "jsonl"]);
    assert_eq!(names(&rows), ["wire.jsonl#9", "wire.jsonl#L3"]);
}

#[test]
fn offsets_count_in_the_text_field() {
    let desk = desk();
    let quotes = &rows(&desk, &["quotes", "news", "--format", "jsonl"])[0];
    let text = desk.run(&["text", "news/wire.jsonl#7"]).out;
    let place = |field: &str| usize::try_from(quotes[field].as_u64().unwrap()).unwrap();
    let words: String =
        text.chars().skip(place("start")).take(place("end") - place("start")).collect();
    assert_eq!(words, "We are glad of the ferry,");
}

#[test]
fn words_and_filters_find_them() {
    let desk = desk();
    let found = |query: &str| {
        let rows = desk.json(&["search", query, "news", "--format", "jsonl", "--quiet"]);
        names(&rows).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("ferry"), ["a.txt", "wire.jsonl#7", "wire.jsonl#7", "wire.jsonl#L3"]);
    assert_eq!(found("noon. \"we are"), ["wire.jsonl#7"]);
    assert_eq!(found("ferry outlet:dispatch"), ["wire.jsonl#L3"]);
    assert_eq!(found("byline:ines"), ["wire.jsonl#7"]);
    assert_eq!(found("ferry date:2026-03"), ["wire.jsonl#L3"]);
    assert_eq!(found("ferry speaker:quill"), ["wire.jsonl#7"]);
    let hit = &desk.json(&["search", "bread,", "news", "--format", "jsonl"])[0];
    assert_eq!((&hit["start"], &hit["text"]), (&Value::from(13), &"bread,".into()));
    assert_eq!(hit["line"], "There was no bread, and no ferry to bring any, the baker said.");
    let none = desk.run(&["search", "title", "news"]);
    assert_eq!((none.status, none.out.as_str()), (1, ""), "the name of a field was found");
}

#[test]
fn a_line_that_may_hold_the_words_and_is_no_article_is_told() {
    let desk = Desk::with(&[("a.jsonl", "{\"id\":1,\"text\":\"ferry\"}\n{\"text\":\"ferry\n")]);
    let run = desk.run(&["search", "ferry", "."]);
    assert_eq!((run.status, run.out.as_str()), (0, "a.jsonl#1:1:ferry\n"));
    let said = "pullquote: ./a.jsonl:2: is cut off: the JSON object does not end in its line\n";
    assert_eq!(run.err, said);
}

#[test]
fn notes_stay_with_their_article() {
    let desk = desk();
    let saved = |path: &str, quote: &str| {
        let run = desk.run(&["annotate", path, "--quote", quote, "--tag", "boat", "--note", "N"]);
        assert_eq!((run.status, run.err.as_str()), (0, ""));
    };
    saved("news/wire.jsonl#7", "of the ferry");
    saved("news/wire.jsonl#L3", "no bread");
    let listed = |arguments: &[&str]| {
        let all = [&["annotations", "--format", "jsonl", "--quiet"], arguments].concat();
        let rows = desk.json(&all);
        rows.iter()
            .map(|row| {
                let field = |name: &str| row[name].as_str().unwrap().to_owned();
                (field("article"), field("text"), field("status"))
            })
            .collect::<Vec<_>>()
    };
    let both = [("wire.jsonl#7", "of the ferry"), ("wire.jsonl#L3", "no bread")]
        .map(|(article, text)| (article.to_owned(), text.to_owned(), "anchored".to_owned()));
    assert_eq!(listed(&["news"]), both);
    assert_eq!(listed(&["news/wire.jsonl"]), both);
    assert_eq!(listed(&["news/wire.jsonl#7"]), both[..1]);
    let mut all = listed(&[]);
    all.sort();
    assert_eq!(all, both);
    let rows = desk.json(&["search", "tag:boat ferry", "news", "--format", "jsonl", "--quiet"]);
    assert_eq!(names(&rows), ["wire.jsonl#7", "wire.jsonl#7", "wire.jsonl#L3"]);
    let export = desk.run(&["export", "news/wire.jsonl#L3"]).out;
    assert!(
        export.contains("path = \"wire.jsonl#L3\"")
            && export.contains("title = \"Bread runs out\"")
    );
    // The article is edited, and others come before it.
    let edited = WIRE.replace("We are glad of the ferry", "Glad we are of the old ferry");
    desk.file("news/wire.jsonl", format!("\n\n{{\"text\":\"first\"}}\n{edited}"));
    let status = listed(&["news/wire.jsonl#7"]);
    assert_eq!(status[0].2, "moved");
    let text = desk.json(&["annotations", "news/wire.jsonl#7", "--format", "jsonl"]);
    assert_eq!(text[0]["start"], 38);
}

#[test]
fn damage_is_a_line_each_and_the_rest_goes_on() {
    let desk = Desk::new();
    let deep = "[".repeat(100_000);
    let mut lines: Vec<Vec<u8>> = [
        r#"{"id":"1","text":"one"}"#,
        r#"{"id":"2","text":null}"#,
        r#"{"id":"3","text":"a","text":"b"}"#,
        r#"{"id":"4","text":"\ud800"}"#,
        &deep,
        r#"{"id":"6","text":"six"}"#,
        "{\"id\":\"7\",\"text\":\"a\0b\"}",
        "",
        r#"{"id":"9","text":"nine"}"#,
    ]
    .iter()
    .map(|line| line.as_bytes().to_vec())
    .collect();
    lines.push(b"{\"id\":\"10\",\"text\":\"t\xEAte\"}".to_vec());
    desk.file("a.jsonl", lines.join(&b'\n'));
    let run = desk.run(&["articles", "a.jsonl", "--format", "jsonl"]);
    assert_eq!((run.status, run.out.lines().count()), (0, 3));
    let said = run.messages();
    assert_eq!(said.len(), 6, "{said:?}");
    for (message, line) in said.iter().zip([2, 3, 4, 5, 7]) {
        assert!(message.starts_with(&format!("pullquote: a.jsonl:{line}: ")), "{message}");
    }
    assert_eq!(said[5], "pullquote: a.jsonl: 1 more line is no article");
    let latin = desk.run(&["text", "a.jsonl#10", "--encoding", "latin1"]);
    assert_eq!((latin.status, latin.out.as_str()), (0, "tête"));
}

#[test]
fn a_file_of_nothing_but_damage_could_not_be_read() {
    let desk = Desk::with(&[("a.jsonl", "{}\n[]\n"), ("b.ndjson", "")]);
    let run = desk.run(&["articles", "a.jsonl", "b.ndjson"]);
    assert_eq!((run.status, run.out.as_str(), run.messages().len()), (2, "", 3));
}
