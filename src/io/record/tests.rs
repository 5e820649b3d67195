use std::fs;

use tempfile::TempDir;

use super::*;
use crate::io::seek::{Buffer, Seeker};
use crate::io::shelf::Origin;
use crate::io::walk::{Manner, Walk};
use crate::search::{self, Query};

/// A folder with a file of these lines.
fn file(lines: &[u8]) -> (TempDir, Source) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, lines).unwrap();
    let source = Walk::new([path], Manner::default()).next().unwrap().unwrap();
    (folder, source)
}

/// What is listed: names and problems.
fn listed(source: &Source) -> Vec<String> {
    let mut all = Vec::new();
    let done: Result<(), ()> = list(source, None, |listed| {
        all.push(match listed {
            Ok(listed) => listed.source.name.to_string(),
            Err(problem) => {
                let line = problem.line.map(|line| line.to_string()).unwrap_or_default();
                format!("{line}! {}", problem.what)
            }
        });
        ControlFlow::Continue(())
    });
    done.unwrap();
    all
}

const DAMAGED: &[u8] = b"{\"id\":\"1\",\"title\":\"ok\",\"text\":\"fine\"}
{not json}

{\"id\":\"1\",\"title\":\"dup id\",\"text\":\"x\"}
{\"id\":2,\"text\":null}
{\"id\":2,\"text\":\"two\"}
{\"text\":\"nameless\"}
{\"id\":\"3\",\"title\":\"cut of";

#[test]
fn articles_are_called_by_their_ids_or_lines_and_the_rest_is_told() {
    let (_folder, source) = file(DAMAGED);
    assert_eq!(
        listed(&source),
        [
            "a.jsonl#1",
            "2! is no JSON: key must be a string at column 2",
            "a.jsonl#L4",
            "5! has no text: no field text, body or content that is a string",
            "a.jsonl#2",
            "a.jsonl#L7",
            "8! is cut off: the JSON object does not end in its line",
        ]
    );
    let index = index(&source, None);
    let texts = ["a.jsonl#1", "a.jsonl#L4", "a.jsonl#2", "a.jsonl#L7"].map(|name| {
        let article = load(&index[name], None).unwrap();
        assert_eq!(article.name, name);
        article.text.to_string()
    });
    assert_eq!(texts, ["fine", "x", "two", "nameless"]);
}

#[test]
fn of_many_bad_lines_the_first_are_told_and_the_rest_counted() {
    let (_folder, source) = file("{}\n".repeat(8).as_bytes());
    let said = listed(&source);
    assert_eq!(said.len(), TOLD + 1);
    assert_eq!(said[TOLD], "! 3 more lines are no articles");
    let (_folder, source) = file(&[&"[]\n".repeat(6), "{\"text\":\"x\"}"].concat().into_bytes());
    assert_eq!(listed(&source)[TOLD..], ["a.jsonl#L7", "! 1 more line is no article"]);
    let (_folder, source) = file(b" \n\n");
    assert_eq!(listed(&source), ["! is empty: there is nothing to read in it"]);
}

#[test]
fn marks_and_line_ends_of_other_systems_are_no_part_of_an_article() {
    let (_folder, source) =
        file(b"\xEF\xBB\xBF{\"id\":1,\"text\":\"x\"}\r\n\r\n{\"id\":\"b\",\"text\":\"y\"}\r\n");
    assert_eq!(listed(&source), ["a.jsonl#1", "a.jsonl#b"]);
    let index = index(&source, None);
    assert_eq!(&*load(&index["a.jsonl#1"], None).unwrap().text, "x");
    assert_eq!(&*load(&index["a.jsonl#b"], None).unwrap().text, "y");
}

#[test]
fn one_article_is_found_by_its_name() {
    let (folder, whole) = file(DAMAGED);
    for (key, text) in [("1", "fine"), ("L4", "x"), ("2", "two"), ("L7", "nameless")] {
        let path = folder.path().join(format!("a.jsonl#{key}"));
        let source = Walk::new([path], Manner::default()).next().unwrap().unwrap();
        assert_eq!(source.record, None);
        assert_eq!(&*load(&source, None).unwrap().text, text);
        assert_eq!(only(&source, None).unwrap().name, source.name);
        assert_eq!(listed(&source), [format!("a.jsonl#{key}")]);
    }
    for key in ["3", "L1", "L2", "", "99"] {
        let problem = load(&whole.named(key), None).unwrap_err();
        assert_eq!(problem.what, format!("holds no article that is called a.jsonl#{key}"));
    }
    let several = only(&whole, None).unwrap_err().what;
    assert_eq!(several, "holds several articles; name one of them, as a.jsonl#1");
    let (_folder, single) = file(b"{\"text\":\"x\"}\n");
    assert_eq!(&*only(&single, None).unwrap().name, "a.jsonl#L1");
}

#[test]
fn what_is_not_where_it_was_is_not_taken_for_it() {
    let (_folder, source) = file(b"{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"y\"}\n");
    let before = index(&source, None);
    // The same lines the other way round, then moved by a byte, then cut off.
    for now in [
        &b"{\"id\":\"b\",\"text\":\"y\"}\n{\"id\":\"a\",\"text\":\"x\"}\n"[..],
        b" {\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"y\"}\n",
        b"{\"id\":\"a\",\"te",
        b"",
    ] {
        fs::write(source.path(), now).unwrap();
        for source in before.values() {
            let problem = load(source, None).unwrap_err();
            assert!(problem.what.contains("no article that is called"), "{problem}");
        }
    }
    fs::remove_file(source.path()).unwrap();
    assert!(load(&before["a.jsonl#a"], None).unwrap_err().what.contains("no such file"));
}

#[test]
fn a_line_without_end_is_told_and_the_rest_goes_on() {
    let mut lines = b"{\"id\":1,\"text\":\"x\"}\n{\"id\":2,\"text\":\"".to_vec();
    lines.resize(usize::try_from(LIMIT).unwrap() + 100, b'y');
    lines.extend_from_slice(b"\"}\n{\"id\":3,\"text\":\"z\"}\n");
    let (_folder, source) = file(&lines);
    assert_eq!(
        listed(&source),
        ["a.jsonl#1", "2! is longer than 64 MB; leave it out", "a.jsonl#3"]
    );
}

/// What sifting and what looking into every article finds: names, and where.
fn found(source: &Source, words: &str) -> [Vec<(String, Vec<crate::text::Span>)>; 2] {
    let query = Query::parse(words, search::Manner::default()).unwrap();
    let seeker = Seeker::new(&query, None).unwrap();
    let (mut buffer, mut sifted) = (Buffer::default(), Vec::new());
    let file = Arc::new(source.clone());
    let mut trail = Trail::new(Arc::clone(&file), None);
    for stretch in stretches(source).unwrap() {
        assert!(sift(&seeker, source, stretch, &mut buffer.reel, |it| {
            match it {
                Sifted::Found(spot, sought) => {
                    let (name, hits) = (trail.name(spot).to_string(), sought.hits().collect());
                    sifted.push((name, hits));
                }
                Sifted::End(lines, ids) => trail.pass(lines, ids),
                Sifted::Bad(..) => {}
                Sifted::Unreadable(error) => panic!("{error}"),
            }
            true
        }));
    }
    // That the words stand in a line is not to say that they stand in its text.
    sifted.retain(|(_, hits): &(String, Vec<_>)| !hits.is_empty());
    let mut looked = Vec::new();
    let _: Result<(), ()> = list(source, None, |listed| {
        let Ok(listed) = listed else { return ControlFlow::Continue(()) };
        let name = listed.source.name.to_string();
        let origin = Origin::File(listed.source);
        if let Some(sought) = seeker.look(&origin, &mut buffer, |_| Ok(None)).unwrap() {
            looked.push((name, sought.hits().collect()));
        }
        ControlFlow::Continue(())
    });
    [sifted, looked]
}

#[test]
fn what_is_sifted_has_the_names_that_it_has_in_a_list() {
    let (_folder, source) = file(DAMAGED);
    let [sifted, looked] = found(&source, "x");
    assert_eq!(sifted, looked);
    assert_eq!(sifted[0].0, "a.jsonl#L4");
    // The first that has the id is no article; the second, in another stretch, is called by it.
    let filler = format!("{{\"text\":\"{}\"}}\n", "y".repeat(9_000)).repeat(100);
    let lines = format!(
        "{{\"id\":7}}\n{filler}{{\"id\":7,\"text\":\"ferry\"}}\n{{\"text\":\"a ferry\"}}\n{{\"id\":7,\"text\":\"ferry\"}}\n"
    );
    let (_folder, source) = file(lines.as_bytes());
    let [sifted, looked] = found(&source, "ferry");
    assert_eq!(sifted, looked);
    let names: Vec<&str> = sifted.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a.jsonl#7", "a.jsonl#L103", "a.jsonl#L104"]);
}
