//! `themes` and `config`, through the real program.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod desk;

use desk::Desk;

#[test]
fn the_settings_in_force_are_a_configuration_that_reads_the_same() {
    let desk = Desk::with(&[("mine.toml", "measure = 72\nmouse = false\n")]);
    let first = desk.run(&["config", "--config", "mine.toml", "--theme", "paper"]);
    assert_eq!((first.status, first.err.as_str()), (0, ""));
    let table: toml::Table = first.out.parse().unwrap();
    assert_eq!(table["measure"].as_integer(), Some(72));
    assert_eq!(table["theme"].as_str(), Some("paper"));
    desk.file("again.toml", &first.out);
    assert_eq!(desk.run(&["config", "--config", "again.toml"]).out, first.out);
    assert_eq!(desk.run(&["config"]).status, 0, "no file is all right");
}

#[test]
fn what_is_wrong_with_the_settings_is_said_all_at_once() {
    let desk = Desk::with(&[("mine.toml", "measure = \"wide\"\nalign = \"left\"\ncolour = 1\n")]);
    let run = desk.run(&["config", "--config", "mine.toml", "--theme", "none"]);
    assert_eq!((run.status, run.messages().len()), (1, 3), "{}", run.err);
    let place = desk.path("mine.toml");
    let place = std::fs::canonicalize(place).unwrap();
    assert!(run.messages()[0].starts_with(&format!("pullquote: {}:1: ", place.display())));
    assert!(run.messages()[1].starts_with(&format!("pullquote: {}:3: ", place.display())));
    assert!(run.messages()[2].starts_with("pullquote: none: "));
    let table: toml::Table = run.out.parse().unwrap();
    assert_eq!(table["align"].as_str(), Some("left"));
    let run = desk.run(&["config", "--config", "gone.toml"]);
    assert_eq!((run.status, run.messages().len()), (2, 1));
}

#[test]
fn themes_are_listed_and_printed() {
    let desk = Desk::new();
    let rows = desk.json(&["themes", "--format", "jsonl"]);
    assert!(rows.len() >= 5);
    for row in rows {
        let name = row["theme"].as_str().unwrap();
        let printed = desk.run(&["themes", name]).out;
        let table: toml::Table = printed.parse().unwrap();
        assert_eq!(table["name"].as_str(), Some(name));
    }
    let run = desk.run(&["themes", "nowhere"]);
    assert_eq!((run.status, run.messages().len()), (2, 1));
}

#[test]
fn a_printed_theme_can_be_made_ones_own() {
    let desk = Desk::with(&[("c/config.toml", "")]);
    std::fs::create_dir(desk.path("c/themes")).unwrap();
    let arguments = ["--config", "c/config.toml", "themes"];
    desk.run(&[&arguments[..], &["ink", "-o", "c/themes/mine.toml"]].concat());
    let rows = desk.json(&[&arguments[..], &["--format", "jsonl"]].concat());
    let mine = rows.iter().find(|row| row["theme"] == "mine").unwrap();
    assert_eq!(mine["origin"], "yours");
    assert_eq!(desk.run(&["config", "--config", "c/config.toml", "--theme", "mine"]).status, 0);
}
