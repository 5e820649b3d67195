//! `articles`, `blocks` and `text`, through the real program.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;

use std::fs;

use desk::{Desk, seeds};
use serde_json::Value;

const FERRY: &str = "Ferry sails again\n\nThe ferry left at noon. “We are glad,” said the mate.\n\n\
                     Nobody on the quay had slept – not one.\n";

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn text_is_the_file_to_the_byte() {
    let desk = Desk::with(&[("a.txt", FERRY)]);
    assert_eq!(desk.run(&["text", "a.txt"]).out, FERRY);
}

#[test]
fn text_drops_the_mark_and_unifies_line_ends_and_nothing_else() {
    let desk = Desk::new();
    desk.file("a.txt", b"\xEF\xBB\xBF A\r\nB\rC  \x1b[31m\t\n\n");
    assert_eq!(desk.run(&["text", "a.txt"]).out, " A\nB\nC  \u{1b}[31m\t\n\n");
}

#[test]
fn text_reads_the_encoding_that_is_named() {
    let desk = Desk::new();
    desk.file("a.txt", b"\xC4\xD6\n");
    assert_eq!(desk.run(&["text", "a.txt", "--encoding", "koi8-r"]).out, "дж\n");
}

#[test]
fn articles_has_the_fields_of_the_contract() {
    let desk = Desk::with(&[("wire/a.txt", FERRY), ("wire/b.txt", "Another\n\nA line of it.\n")]);
    let rows = desk.json(&["articles", "wire", "--format", "jsonl"]);
    let names: Vec<&Value> = rows.iter().map(|row| &row["article"]).collect();
    assert_eq!(names, ["a.txt", "b.txt"]);
    let mut fields = keys(&rows[0]);
    fields.sort_unstable();
    let mut expected = [
        "article",
        "title",
        "dek",
        "outlet",
        "byline",
        "published",
        "url",
        "words",
        "quotations",
        "encoding",
        "parts",
    ];
    expected.sort_unstable();
    assert_eq!(fields, expected);
    assert_eq!(rows[0]["encoding"], "UTF-8");
    assert_eq!(rows[0]["quotations"], 1);
    assert!(rows[0]["parts"].as_array().unwrap().is_empty());
}

#[test]
fn fields_come_in_the_order_of_the_contract() {
    let desk = Desk::with(&[("a.txt", FERRY)]);
    let header = "article,title,dek,outlet,byline,published,url,words,quotations,encoding,parts";
    let csv = desk.run(&["articles", "a.txt", "--format", "csv"]).out;
    assert_eq!(csv.lines().next(), Some(header));
    let line = desk.run(&["articles", "a.txt", "--format", "jsonl"]).out;
    let places: Vec<usize> =
        header.split(',').map(|name| line.find(&format!("\"{name}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{line}");
    let csv = desk.run(&["blocks", "a.txt", "--format", "csv"]).out;
    assert_eq!(csv.lines().next(), Some("article,part,kind,start,end"));
}

#[test]
fn blocks_lie_on_the_words_in_scalar_values() {
    let desk = Desk::with(&[("a.txt", FERRY)]);
    let text: Vec<char> = FERRY.chars().collect();
    let blocks = desk.json(&["blocks", "a.txt", "--format", "jsonl"]);
    let words: Vec<String> = blocks
        .iter()
        .map(|block| {
            let [start, end] =
                ["start", "end"].map(|key| usize::try_from(block[key].as_u64().unwrap()).unwrap());
            text[start..end].iter().collect()
        })
        .collect();
    let lines: Vec<&str> = FERRY.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(words, lines);
}

#[test]
fn the_four_formats_say_the_same() {
    let desk = Desk::with(&[("a \"b\",c.txt", FERRY), ("d.txt", "Second\n\nIt goes on.\n")]);
    let list = |format: &str| desk.run(&["blocks", ".", "--format", format]).out;
    let json: Vec<(String, u64)> = list("jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .map(|row: Value| {
            (row["article"].as_str().unwrap().to_owned(), row["end"].as_u64().unwrap())
        })
        .collect();
    let csv: Vec<(String, u64)> = csv::Reader::from_reader(list("csv").as_bytes())
        .records()
        .map(|record| {
            let record = record.unwrap();
            (record[0].to_owned(), record[4].parse().unwrap())
        })
        .collect();
    let toml: toml::Table = list("toml").parse().unwrap();
    let toml: Vec<(String, u64)> = toml["block"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let end = row["end"].as_integer().unwrap().try_into().unwrap();
            (row["article"].as_str().unwrap().to_owned(), end)
        })
        .collect();
    assert_eq!(json.len(), 5);
    assert_eq!(json, csv);
    assert_eq!(json, toml);
    assert_eq!(list("text").lines().count(), 5);
}

#[test]
fn a_list_goes_into_a_file_and_replaces_none_unasked() {
    let desk = Desk::with(&[("a.txt", FERRY), ("old.csv", "precious")]);
    let arguments = ["articles", "a.txt", "--format", "csv", "-o", "old.csv"];
    let run = desk.run(&arguments);
    assert_eq!(run.status, 2);
    assert_eq!(run.messages().len(), 1);
    assert!(run.err.starts_with("pullquote: old.csv: ") && run.err.contains("--force"));
    assert_eq!(desk.read("old.csv"), "precious");

    let run = desk.run(&[&arguments[..], &["--force"]].concat());
    assert_eq!((run.status, run.out.as_str()), (0, ""));
    assert!(desk.read("old.csv").starts_with("article,"));

    assert_eq!(desk.run(&["articles", "a.txt", "-o", "new.txt"]).status, 0);
    assert!(desk.read("new.txt").starts_with("a.txt  "));
    assert_eq!(desk.run(&["articles", "gone.txt", "-o", "none.txt"]).status, 2);
    assert!(!desk.path("none.txt").exists());
    let left = fs::read_dir(desk.path(".")).unwrap().count();
    assert_eq!(left, 3, "nothing temporary is left");
}

#[test]
fn standard_input_is_an_article() {
    let desk = Desk::with(&[("a.txt", FERRY)]);
    let file = fs::File::open(desk.path("a.txt")).unwrap();
    let output = desk.program().args(["text", "-"]).stdin(file).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), FERRY);
}

#[test]
fn the_sample_can_be_listed() {
    let desk = Desk::new();
    let rows = desk.json(&["articles", "--sample", "--format", "jsonl"]);
    assert!(rows.len() >= 8, "{}", rows.len());
    assert!(rows.iter().all(|row| row["title"].is_string()));
}

#[test]
fn options_may_stand_on_either_side_of_the_command() {
    let desk = Desk::with(&[("a.txt", FERRY)]);
    let before = desk.run(&["--encoding", "utf-8", "-q", "articles", "a.txt"]);
    let after = desk.run(&["articles", "a.txt", "--encoding", "utf-8", "-q"]);
    assert_eq!(before.status, 0);
    assert_eq!(before.out, after.out);
}

#[test]
fn the_text_of_the_seeds_is_what_was_written() {
    let Some(folder) = seeds() else { return };
    let desk = Desk::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let written = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let run = desk.run(&["text", path.to_str().unwrap()]);
        assert!(run.out == written, "{}", path.display());
    }
}

#[test]
fn the_blocks_of_the_seeds_cover_all_but_white_space() {
    let Some(folder) = seeds() else { return };
    let desk = Desk::new();
    let path = folder.to_str().unwrap();
    let articles = desk.json(&["articles", path, "--format", "jsonl"]);
    let blocks = desk.json(&["blocks", path, "--format", "jsonl"]);
    assert_eq!(articles.len(), 5);
    for article in &articles {
        let name = article["article"].as_str().unwrap();
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let covered = |at: u64| {
            blocks.iter().any(|block| {
                block["article"] == name
                    && (block["start"].as_u64().unwrap()..block["end"].as_u64().unwrap())
                        .contains(&at)
            })
        };
        for (at, c) in (0_u64..).zip(text.chars()) {
            assert!(c.is_whitespace() || covered(at), "{name} at {at}");
        }
    }
}
