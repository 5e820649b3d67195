use proptest::prelude::*;

use super::*;
use crate::note::arbitrary::record;

const EXAMPLE: &str = r#"# my own file
format = 1
revision = 7

[article]
id = "0195a7b0-0000-7000-8000-000000000001"   # never change this
root = "/news"
path = "reuters/2026-03-04-grid.txt"
title = "Grid operator warns of shortfall"
published = 2026-03-04
text_sha256 = "00"
text_chars = 5120
mood = "gloomy"

[article.corrected]           # what a person put right
outlet = "Example Wire Service"

# about the hidden actor
[[annotation]]
id = "0195a7b0-0000-7000-8000-000000000002"
kind = "highlight"
color = "yellow" # like a marker
tags = ["frame/economic"]
note = '''
Passive voice
hides the actor.'''
created = 2026-03-05T10:12:44.5+01:00
modified = 2026-03-05T09:14:02Z
rev = 3

[annotation.target]
exact = "prices were pushed up"
prefix = "the operator said that wholesale "
suffix = " by a cold spell in the north. "
start = 412
end = 433
status = "anchored"
# the end
"#;

#[test]
fn zeros_of_two_signs_are_not_the_same() {
    let with = |zero: f64| {
        let mut record = parse(EXAMPLE).unwrap();
        record.annotations[0].extra.insert("x_".to_owned(), zero.into());
        record
    };
    let (zero, negative) = (with(0.0), with(-0.0));
    assert_eq!(zero, negative);
    assert!(same(&zero, &zero) && !same(&zero, &negative));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_written_is_read_back(record in record()) {
        let text = fresh(&record);
        prop_assert_eq!(parse(&text), Ok(record), "{}", text);
    }

    #[test]
    fn what_is_written_over_a_file_is_read_back(old in record(), mut new in record(), swap: bool) {
        // Some annotations stay, in another order, and some of their values.
        new.annotations.extend(old.annotations.iter().cloned().map(|mut it| {
            it.note.push('!');
            it
        }));
        if swap {
            new.annotations.reverse();
        }
        let text = update(&fresh(&old), &new).unwrap();
        prop_assert_eq!(parse(&text), Ok(new), "{}", text);
    }

    #[test]
    fn what_is_the_same_is_written_alike(old in record(), other in record(), which in 0..7, at: prop::sample::Index) {
        let mut new = old.clone();
        match which {
            0 => {}
            1 => new.revision = other.revision,
            2 => new.subject = other.subject,
            3 => new.extra = other.extra,
            4 => new.annotations.reverse(),
            5 => drop(new.annotations.pop()),
            _ => {
                let annotations = other.annotations.first().cloned();
                let at = (!new.annotations.is_empty()).then(|| at.index(new.annotations.len()));
                new.annotations.extend(annotations);
                if let Some(at) = at {
                    new.annotations.swap_remove(at);
                }
            }
        }
        prop_assert_eq!(same(&old, &new), fresh(&old) == fresh(&new));
    }

    #[test]
    fn a_single_annotation_is_read_back(annotation in crate::note::arbitrary::annotation()) {
        let text = annotation_text(&annotation);
        prop_assert_eq!(parse_annotation(&text), Ok(annotation), "{}", text);
    }

    #[test]
    fn nothing_changed_nothing_written(record in record()) {
        let text = fresh(&record);
        prop_assert_eq!(update(&text, &record), Ok(text));
    }

    #[test]
    fn no_text_is_too_much_for_the_parser(text in crate::note::arbitrary::text(), at in 0..EXAMPLE.len()) {
        let _ = parse(&text);
        if let Some((before, after)) = EXAMPLE.split_at_checked(at) {
            let _ = parse(before);
            let _ = parse(&format!("{before}{text}{after}"));
        }
    }
}

#[test]
fn a_file_edited_by_hand_is_read() {
    let record = parse(EXAMPLE).unwrap();
    assert_eq!(record.revision, 7);
    assert_eq!(record.subject.outlet(), Some("Example Wire Service"));
    assert_eq!(record.subject.extra["mood"].as_str(), Some("gloomy"));
    let annotation = &record.annotations[0];
    assert_eq!(annotation.note, "Passive voice\nhides the actor.");
    assert_eq!(annotation.created.to_string(), "2026-03-05T09:12:44Z");
}

#[test]
fn comments_and_unknown_keys_survive_a_save() {
    let mut record = parse(EXAMPLE).unwrap();
    record.revision += 1;
    record.annotations[0].color = Some(crate::note::Color::Red);
    let mut second = record.annotations[0].clone();
    second.id = uuid::Uuid::from_u128(7);
    record.annotations.push(second);
    let text = update(EXAMPLE, &record).unwrap();
    for kept in [
        "# my own file\nformat = 1\nrevision = 8\n",
        "000001\"   # never change this\n",
        "mood = \"gloomy\"\n",
        "[article.corrected]           # what a person put right\n",
        "# about the hidden actor\n[[annotation]]\n",
        "color = \"red\" # like a marker\n",
        "note = '''\nPassive voice\n",
        "status = \"anchored\"\n# the end\n\n[[annotation]]\n",
    ] {
        assert!(text.contains(kept), "{kept:?} is not in\n{text}");
    }
    assert_eq!(parse(&text), Ok(record));
}

#[test]
fn a_note_of_several_lines_is_written_on_several() {
    let record = parse(EXAMPLE).unwrap();
    assert!(fresh(&record).contains("note = \"\"\"\nPassive voice\nhides the actor.\"\"\"\n"));
}

#[test]
fn tables_in_one_line_are_read_and_written() {
    let (head, annotation) = EXAMPLE.split_once("[annotation.target]").unwrap();
    let exact = annotation.split_once("exact = ").unwrap().1.split_once('\n').unwrap().0;
    let text = format!("{head}target = {{ exact = {exact}, start = 1, end = 2 }}\n");
    let mut record = parse(&text).unwrap();
    record.annotations[0].target.as_mut().unwrap().start = 412;
    let updated = update(&text, &record).unwrap();
    assert_eq!(parse(&updated), Ok(record));
    assert!(updated.contains("start = 412"), "{updated}");
}

#[test]
fn an_error_names_its_line() {
    let line_at = |words: &str| section::line_of(EXAMPLE, EXAMPLE.find(words).unwrap());
    let error = |from: &str, to: &str| {
        let error = parse(&EXAMPLE.replacen(from, to, 1)).unwrap_err();
        (error.line(), error.reason())
    };
    assert_eq!(error("[article]", "<<<<<<< HEAD\n[article]").0, line_at("[article]"));
    let (line, reason) = error("\"yellow\"", "\"pink\"");
    assert_eq!(line, line_at("color"));
    assert!(reason.contains("\"pink\"") && reason.contains("yellow"), "{reason}");
    assert_eq!(error("start = 412", "start = -1").0, line_at("start = 412"));
    assert_eq!(error("start = 412\n", "").0, line_at("[annotation.target]"));
    assert_eq!(error("published = 2026-03-04", "published = 5").0, line_at("published"));
    let id = "id = \"0195a7b0-0000-7000-8000-000000000002\"\n";
    assert_eq!(error(id, "").0, line_at("[[annotation]]"));
    let twice = EXAMPLE.split_once("[[annotation]]").unwrap().1;
    let error = parse(&format!("{EXAMPLE}[[annotation]]{twice}")).unwrap_err();
    assert!(error.reason().contains("second annotation"), "{error}");
}

#[test]
fn an_empty_file_is_no_record() {
    assert_eq!(parse("").unwrap_err().to_string(), "line 1: the file has no `format`");
}

#[test]
fn a_newer_format_is_read_only() {
    let error = parse("revision = 1\nformat = 2\n[article]\nshape = 'unheard of'").unwrap_err();
    assert_eq!(error.line(), 2);
    assert!(matches!(error, FileError::Newer { format: 2, .. }));
    assert!(error.to_string().contains("read-only"));
}

#[test]
fn a_float_that_is_no_number_does_not_stop_a_save() {
    let record = parse(&format!("x = nan\n{EXAMPLE}")).unwrap();
    assert!(same(&record, &parse(&fresh(&record)).unwrap()));
}
