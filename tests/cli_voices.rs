//! `voices`, through the real program.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;

use desk::Desk;
use serde_json::{Value, json};

const FERRY: &str = "Ferry sails again\n\nBy Inés Marlow\n\n11 February 2026\n\n“We are glad of the ferry,” said Rufus \
                     Quill. “It never sank,” he said.\n";
const BREAD: &str = "Bread runs out\n\nBy Dot Hargrave\n\n2 March 2026\n\n“There is no bread,” Rufus B. Quill said. \
                     “None at all,” said a baker.\n";

fn desk() -> Desk {
    Desk::with(&[
        ("wire/a.txt", FERRY),
        ("wire/b.txt", BREAD),
        ("wire/c.txt", "Nothing\n\nof note.\n"),
    ])
}

fn listed(desk: &Desk) -> Vec<Value> {
    desk.json(&["voices", "wire", "--format", "jsonl"])
}

/// Name and number of quotations of each.
fn counts(desk: &Desk) -> Vec<(String, u64)> {
    let count = |row: &Value| {
        (row["voice"].as_str().unwrap().to_owned(), row["quotations"].as_u64().unwrap())
    };
    listed(desk).iter().map(count).collect()
}

#[test]
fn a_voice_has_the_fields_of_the_contract() {
    let expected = [
        json!({
            "voice": "Rufus Quill", "aliases": ["Rufus B. Quill"], "quotations": 3, "words": 13,
            "articles": 2, "outlets": 0, "first": "2026-02-11", "last": "2026-03-02",
        }),
        json!({
            "voice": "a baker", "aliases": [], "quotations": 1, "words": 3,
            "articles": 1, "outlets": 0, "first": "2026-03-02", "last": "2026-03-02",
        }),
    ];
    let desk = desk();
    assert_eq!(listed(&desk), expected);
    // From the cache it is the same.
    assert!(desk.path("data/cache/derived-1.sqlite").exists());
    assert_eq!(listed(&desk), expected);
}

#[test]
fn other_formats_hold_the_same() {
    let desk = desk();
    let csv = desk.run(&["voices", "wire", "--format", "csv"]).out;
    let head = "voice,aliases,quotations,words,articles,outlets,first,last";
    assert_eq!(csv.lines().next(), Some(head));
    let row = "Rufus Quill,\"[\"\"Rufus B. Quill\"\"]\",3,13,2,0,2026-02-11,2026-03-02";
    assert_eq!(csv.lines().nth(1), Some(row));
    let toml = desk.run(&["voices", "wire", "--format", "toml"]).out;
    let toml: toml::Table = toml.parse().unwrap();
    assert_eq!(toml["voice"].as_array().unwrap().len(), 2);
    let text = desk.run(&["voices", "wire"]).out;
    assert!(text.lines().next().unwrap().starts_with("Rufus Quill"), "{text}");
}

#[test]
fn what_is_in_the_cache_is_not_taken_for_what_is_in_the_file() {
    let desk = desk();
    assert_eq!(counts(&desk)[0], ("Rufus Quill".to_owned(), 3));
    desk.file("wire/a.txt", FERRY.replace("Rufus Quill", "Tomas Holt"));
    assert_eq!(counts(&desk)[0], ("Tomas Holt".to_owned(), 2));
    std::fs::remove_file(desk.path("wire/a.txt")).unwrap();
    assert_eq!(counts(&desk).len(), 2);
    // Nor does a broken cache harm.
    desk.file("data/cache/derived-1.sqlite", "broken".repeat(1_000));
    assert_eq!(counts(&desk), [("Rufus B. Quill".to_owned(), 1), ("a baker".to_owned(), 1)]);
}

#[test]
fn what_a_person_put_right_counts() {
    let desk = desk();
    counts(&desk);
    let quote = ["annotate", "wire/b.txt", "--quote", "There is no bread,"];
    assert_eq!(desk.run(&quote).status, 0);
    let folder = desk.path("data/annotations");
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replace("kind = \"highlight\"", "kind = \"quotation\"");
    let decided = "[annotation.quotation]\nspeaker = \"Dot Hargrave\"\nverdict = \"corrected\"\n";
    let article = "[article.corrected]\noutlet = \"Coast Wire\"\n";
    let (head, rest) = text.split_once("[[annotation]]").unwrap();
    std::fs::write(&file, format!("{head}{article}\n[[annotation]]{rest}\n{decided}")).unwrap();
    let rows = listed(&desk);
    let names: Vec<&str> = rows.iter().map(|row| row["voice"].as_str().unwrap()).collect();
    assert_eq!(names, ["Rufus Quill", "Dot Hargrave", "a baker"]);
    let outlets: Vec<u64> = rows.iter().map(|row| row["outlets"].as_u64().unwrap()).collect();
    assert_eq!(outlets, [0, 1, 1]);
}

#[test]
fn where_nothing_can_be_read_there_is_no_list() {
    let desk = desk();
    let run = desk.run(&["voices", "nowhere"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert_eq!(desk.run(&["voices"]).status, 2);
    let run = desk.run(&["voices", "--sample", "--format", "jsonl"]);
    assert_eq!(run.status, 0);
    assert!(run.out.contains("Bridget Oyelaran"));
}
