//! `quotes`, through the real program.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;

use std::fmt::Write;

use desk::Desk;
use serde_json::Value;

const WALL: &str = "Harbour wall to be rebuilt\n\nThe council voted on Tuesday to rebuild the wall, which \
                    fell in the storm of last winter.\n\n“We will build it again – higher,” said Ann Poe, \
                    the mayor. “It will stand.”\n\nBob Roe, a fisherman, disagreed. “It will fall,” he \
                    said.\n\nThe so-called “wall tax” was repealed in May.\n";

fn words(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["text"].as_str().unwrap()).collect()
}

#[test]
fn quotes_has_the_fields_of_the_contract_in_scalar_values() {
    let desk = Desk::with(&[("a.txt", WALL)]);
    let rows = desk.json(&["quotes", "a.txt", "--format", "jsonl"]);
    let first = &rows[0];
    let text: Vec<char> = WALL.chars().collect();
    let slice = |from: &str, to: &str| -> String {
        let at = |name: &str| usize::try_from(first[name].as_u64().unwrap()).unwrap();
        text[at(from)..at(to)].iter().collect()
    };
    assert_eq!(slice("start", "end"), "We will build it again – higher,");
    assert_eq!(first["text"], slice("start", "end"));
    assert_eq!(first["mention"], slice("mention_start", "mention_end"));
    assert_eq!(first["speaker"], "Ann Poe");
    assert_eq!(first["cue"], "said");
    assert_eq!((&first["block"], &first["part"]), (&Value::from("paragraph"), &Value::from(0)));
    assert!(first["confidence"].as_f64().unwrap() > 0.5);
    assert_eq!(first["utterance"], rows[1]["utterance"]);
    let mut fields: Vec<&String> = first.as_object().unwrap().keys().collect();
    fields.sort_unstable();
    let mut expected = [
        "article",
        "start",
        "end",
        "text",
        "kind",
        "speaker",
        "mention",
        "mention_start",
        "mention_end",
        "cue",
        "confidence",
        "utterance",
        "block",
        "part",
    ];
    expected.sort_unstable();
    assert_eq!(fields, expected);
}

#[test]
fn all_adds_what_is_no_quotation() {
    let desk = Desk::with(&[("a.txt", WALL)]);
    let some = desk.json(&["quotes", "a.txt", "--format", "jsonl"]);
    let all = desk.json(&["quotes", "a.txt", "--format", "jsonl", "--all"]);
    assert!(some.iter().all(|row| row["kind"] != "scare"));
    assert!(!words(&some).contains(&"wall tax"));
    let scare: Vec<&Value> = all.iter().filter(|row| row["kind"] == "scare").collect();
    assert_eq!(scare.len(), all.len() - some.len());
    assert!(scare.iter().any(|row| row["text"] == "wall tax" && row["speaker"].is_null()));
}

const SAID: &str = "Harbour wall to be rebuilt\n\nAnn Poe, the mayor of Skellan, said the wall would be twice \
                    as high. “We will build it again,” she said.\n\nAccording to Bob Roe, a fisherman, the \
                    wall will fall again.\n";

#[test]
fn indirect_adds_what_is_reported_without_marks() {
    let desk = Desk::with(&[("a.txt", SAID), ("b.txt", SAID)]);
    let some = desk.json(&["quotes", "a.txt", "--format", "jsonl"]);
    assert_eq!(words(&some), ["We will build it again,"]);
    let all = desk.json(&["quotes", "a.txt", "--format", "jsonl", "--indirect"]);
    let of = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let shown: Vec<[String; 3]> =
        all.iter().map(|row| ["kind", "speaker", "cue"].map(|it| of(row, it))).collect();
    assert_eq!(
        shown,
        [
            ["indirect", "Ann Poe", "said"],
            ["direct", "Ann Poe", "said"],
            ["indirect", "Bob Roe", "According to"],
        ]
    );
    let text: Vec<char> = SAID.chars().collect();
    for row in &all {
        let at = |name: &str| usize::try_from(row[name].as_u64().unwrap()).unwrap();
        let slice = |from: usize, to: usize| text[from..to].iter().collect::<String>();
        assert_eq!(row["text"], slice(at("start"), at("end")));
        assert_eq!(row["mention"], slice(at("mention_start"), at("mention_end")));
        assert!((0.0..=1.0).contains(&row["confidence"].as_f64().unwrap()));
    }
    let numbers: Vec<u64> = all.iter().map(|row| row["utterance"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [0, 1, 2]);
    let csv = desk.run(&["quotes", "a.txt", "b.txt", "--indirect", "--format", "csv"]).out;
    assert_eq!((csv.matches(",indirect,").count(), csv.lines().count()), (4, 7));
    let toml = desk.run(&["quotes", "a.txt", "--indirect", "--format", "toml"]).out;
    assert_eq!(toml.matches("kind = \"indirect\"").count(), 2);
    assert_eq!(desk.run(&["quotes", "a.txt", "--indirect"]).out.lines().count(), 3);
    let roe = ["quotes", "a.txt", "--indirect", "--speaker", "roe", "--format", "jsonl"];
    assert_eq!(desk.json(&roe).len(), 1);
}

#[test]
fn speakers_and_confidence_choose() {
    let desk = Desk::with(&[("a.txt", WALL)]);
    let poe = desk.json(&["quotes", "a.txt", "--format", "jsonl", "--speaker", "ann poe"]);
    assert_eq!(words(&poe), ["We will build it again – higher,", "It will stand."]);
    let sure = desk.json(&["quotes", "a.txt", "--format", "jsonl", "--min-confidence", "1.1"]);
    assert!(sure.is_empty());
}

#[test]
fn every_format_lists_the_same_in_the_order_of_the_input() {
    let desk = Desk::with(&[("b.txt", WALL), ("a.txt", WALL)]);
    let rows = desk.json(&["quotes", "b.txt", "a.txt", "--format", "jsonl"]);
    let names: Vec<&str> = rows.iter().map(|row| row["article"].as_str().unwrap()).collect();
    assert_eq!(names, ["b.txt", "b.txt", "b.txt", "a.txt", "a.txt", "a.txt"]);
    let csv = desk.run(&["quotes", "b.txt", "a.txt", "--format", "csv"]).out;
    assert!(csv.starts_with("article,start,end,text,kind,speaker,mention,"));
    assert_eq!(csv.matches("\nb.txt,").count(), 3);
    let toml = desk.run(&["quotes", "b.txt", "a.txt", "--format", "toml"]).out;
    let toml: toml::Table = toml.parse().unwrap();
    assert_eq!(toml["quotation"].as_array().unwrap().len(), 6);
    let text = desk.run(&["quotes", "b.txt", "a.txt"]).out;
    assert_eq!(text.lines().count(), 6);
    assert!(text.contains("Ann Poe"));
}

#[test]
fn paths_are_needed_and_the_sample_will_do() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["quotes"]).status, 2);
    assert!(desk.json(&["quotes", "--sample", "--format", "jsonl"]).len() > 40);
}

#[test]
fn a_model_learns_from_labels_and_is_scored_by_them() {
    let desk = Desk::new();
    let mut gold = String::new();
    for number in 0..8 {
        let name = format!("wire_{number}");
        desk.file(&format!("labels/text/{name}.txt"), WALL);
        for (words, speaker) in [("We will build", "Ann Poe"), ("It will fall", "Bob Roe")] {
            let at = |found: &str| WALL.split(found).next().unwrap().chars().count();
            let (start, from) = (at(words), at(speaker));
            let end = start + WALL.chars().skip(start).take_while(|&c| c != '”').count();
            let line = serde_json::json!({
                "article": name, "start": start - 1, "end": end + 1, "kind": "direct",
                "speaker_start": from, "speaker_end": from + 7, "cue": "said", "cue_start": null,
                "cue_end": null, "attribution": 0, "source_core": [[from, from + 7]],
                "source_heads": [speaker.split(' ').next_back().unwrap().to_lowercase()],
                "source_names": [speaker.to_lowercase()],
            });
            writeln!(gold, "{line}").unwrap();
        }
    }
    desk.file("labels/gold.jsonl", gold);
    desk.file("labels/other.jsonl", "");
    let first = desk.run(&["train-quotes", "labels"]);
    assert_eq!((first.status, desk.run(&["train-quotes", "labels"]).out), (0, first.out.clone()));
    desk.file("model.txt", first.out);
    let score = desk.run(&["score-quotes", "labels", "--model", "model.txt"]);
    assert_eq!(score.status, 0, "{}", score.err);
    assert!(score.out.contains("detect_r=1.0000"), "{}", score.out);
    assert_eq!(desk.run(&["score-quotes", "nowhere"]).status, 2);
}

#[test]
fn a_model_of_reports_without_marks_learns_from_labels_and_is_scored_by_them() {
    let desk = Desk::new();
    let mut gold = String::new();
    for number in 0..12 {
        let name = format!("wire_{number}");
        desk.file(&format!("labels/text/{name}.txt"), SAID);
        let labels = [
            ("Ann Poe", "said", "the wall would be twice as high"),
            ("Bob Roe", "According to", "the wall will fall again"),
        ];
        for (speaker, cue, words) in labels {
            let at = |found: &str| SAID.split(found).next().unwrap().chars().count();
            let span = |found: &str| (at(found), at(found) + found.chars().count());
            let ((start, end), (from, to), cue_at) = (span(words), span(speaker), span(cue));
            let line = serde_json::json!({
                "article": name, "start": start, "end": end, "kind": "indirect",
                "speaker_start": from, "speaker_end": to, "cue": cue, "cue_start": cue_at.0,
                "cue_end": cue_at.1, "attribution": 0, "source_core": [[from, to]],
                "source_heads": [speaker.split(' ').next_back().unwrap().to_lowercase()],
                "source_names": [speaker.to_lowercase()],
            });
            writeln!(gold, "{line}").unwrap();
        }
    }
    desk.file("labels/gold.jsonl", gold);
    desk.file("labels/other.jsonl", "");
    let first = desk.run(&["train-quotes", "labels", "--indirect"]);
    let again = desk.run(&["train-quotes", "labels", "--indirect"]);
    assert_eq!((first.status, again.out), (0, first.out.clone()));
    desk.file("model.txt", first.out);
    let score = desk.run(&["score-quotes", "labels", "--hearsay-model", "model.txt"]);
    assert_eq!(score.status, 0, "{}", score.err);
    assert!(score.out.contains("indirect_src_f1=1.0000"), "{}", score.out);
    let wrong =
        desk.run(&["quotes", "labels/text", "--indirect", "--hearsay-model", "labels/gold.jsonl"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("this is no model of reports"), "{}", wrong.err);
}

#[test]
fn an_article_of_marks_without_end_is_judged_as_far_as_there_is_sense_in_it() {
    let text = format!("{WALL}\n{}\n\n“No,” said Ann Poe.\n", "\"".repeat(600_000));
    let desk = Desk::with(&[("a.txt", &text)]);
    let run = desk.run(&["quotes", "a.txt", "--format", "jsonl"]);
    assert_eq!((run.status, run.messages().len()), (0, 1), "{}", run.err);
    let from = WALL.chars().count() + 1;
    assert!(run.err.contains(&format!("not known from character {from} on")), "{}", run.err);
    assert_eq!(run.out.lines().count(), 3);
}
