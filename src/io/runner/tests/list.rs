//! Listing a library, and reading all of it.

use super::*;
use crate::io::analysis::seam::{GATE, SWAMP};

#[test]
fn the_articles_of_a_file_are_listed_opened_and_annotated_by_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    let lines = "{\"id\":\"1\",\"title\":\"Ferry\",\"source\":\"Coast Wire\",\"text\":\"It sailed “at last”.\"}\n\
                 {not json}\n{\"text\":\"There was none.\",\"date\":\"2026-03-04\"}\n{\"id\":3,\"text\":\"\\u0000\"}\n";
    fs::write(articles.join("w.jsonl"), lines).unwrap();
    let mut bench = Bench::on(folder, vec![articles]);
    let (mut found, problems) = bench.walk();
    found.sort_by_key(|it| it.entry.id);
    let listed: Vec<_> = found
        .iter()
        .map(|it| {
            let it = &it.entry;
            (
                &*it.name,
                it.title(),
                it.outlet(),
                it.published().map(|day| day.to_string()),
                it.quotations,
            )
        })
        .collect();
    assert_eq!(
        listed,
        [
            ("w.jsonl#1", "Ferry", Some("Coast Wire"), None, Some(1)),
            ("w.jsonl#L3", "There was none.", None, Some("2026-03-04".to_owned()), Some(0)),
        ]
    );
    let place = bench.folder.path().join("articles/w.jsonl");
    let said = [
        (2, "is no JSON: key must be a string at column 2"),
        (4, "holds control characters in place of text; leave it out"),
    ];
    let said = said.map(|(line, what)| format!("{}:{line}: {what}", place.display()));
    assert_eq!(problems, said);
    bench.run(Effect::Read { article: ArticleId(1), generation: 1 });
    let text = loop {
        if let Outcome::Opened { text, .. } = bench.hear() {
            break text;
        }
    };
    assert_eq!((&*text.name, &*text.text), ("w.jsonl#L3", "There was none."));
    bench.save(1, 1, "Why?");
    loop {
        if matches!(bench.hear(), Outcome::Saved { ticket: 1 }) {
            break;
        }
    }
    let mut bench = bench.again();
    let (found, _) = bench.walk();
    let noted: Vec<_> = found
        .iter()
        .flat_map(|it| it.annotations.iter().map(|noted| (&*it.entry.name, noted.note.as_str())))
        .collect();
    assert_eq!(noted, [("w.jsonl#L3", "Why?")]);
}

/// One on so many articles, and a file that is none.
fn with_many(number: usize) -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    for at in 0..number {
        let text = format!("Ferry {at}\n\nIt sailed “at last”, said Ann Holt.\n");
        fs::write(articles.join(format!("{at:03}_2026-02-{:02}.txt", at % 28 + 1)), text).unwrap();
    }
    fs::write(articles.join("zz.txt"), [0, 1, 2]).unwrap();
    Bench::on(folder, vec![articles])
}

/// All that is heard from the walk to the end of all work.
fn heard(bench: &mut Bench) -> Vec<Outcome> {
    heard_after(bench, None)
}

/// The same where an article was open last: its root and name.
fn heard_after(bench: &mut Bench, first: Option<(String, String)>) -> Vec<Outcome> {
    bench.run(Effect::Walk { first });
    let mut all = Vec::new();
    loop {
        match bench.heard.recv_timeout(Duration::from_secs(30)).unwrap() {
            Answer::Outcome(outcome) => all.push(outcome),
            Answer::Fallen => panic!("a thread fell"),
        }
        if matches!(all.last(), Some(Outcome::Worked)) {
            return all;
        }
    }
}

fn at(all: &[Outcome], is: impl Fn(&Outcome) -> bool) -> usize {
    all.iter().position(is).unwrap()
}

fn found_in(all: &[Outcome]) -> impl Iterator<Item = &Found> {
    let found = all.iter().filter_map(|it| match it {
        Outcome::Found(found) => Some(found),
        _ => None,
    });
    found.flatten()
}

#[test]
fn many_are_listed_before_they_are_read_and_known_the_next_time() {
    let mut bench = with_many(50);
    let all = heard(&mut bench);
    let listed = at(&all, |it| matches!(it, Outcome::Listed));
    let surveyed = at(&all, |it| matches!(it, Outcome::Surveyed(_)));
    let walked = at(&all, |it| matches!(it, Outcome::Walked));
    let unreadable = at(
        &all,
        |it| matches!(it, Outcome::Unreadable { problem, .. } if problem.contains("zz.txt: is a binary")),
    );
    assert!(listed < surveyed && listed < unreadable && unreadable < walked);
    let (mut described, mut judged) = (0, 0);
    for outcome in &all {
        match outcome {
            Outcome::Found(found) => assert!(found.iter().all(|it| it.entry.digest.is_none())),
            Outcome::Surveyed(surveyed) => {
                described += surveyed.described.len();
                judged += surveyed.judged.iter().filter(|(_, quotations)| *quotations == 1).count();
            }
            _ => {}
        }
    }
    assert_eq!((described, judged), (50, 50));
    let articles = bench.folder.path().join("articles");
    let mut bench = bench.again();
    fs::remove_file(articles.join("007_2026-02-08.txt")).unwrap();
    fs::write(articles.join("new.txt"), "Bread\n\nThere was none.\n").unwrap();
    let all = heard(&mut bench);
    let found: Vec<&Found> = found_in(&all).collect();
    let known = |it: &&Found| it.entry.digest.is_some() && it.entry.quotations == Some(1);
    // The new one and the binary file come after them.
    assert!(found[..50].iter().all(known) && found.len() == 52);
    let gone = at(&all, |it| matches!(it, Outcome::Withdrawn(gone) if gone.len() == 1));
    assert!(gone < at(&all, |it| matches!(it, Outcome::Walked)));
    let new: usize = all
        .iter()
        .map(|it| match it {
            Outcome::Surveyed(surveyed) => surveyed.described.len(),
            _ => 0,
        })
        .sum();
    assert_eq!(new, 1, "what was known is not read again");
}

#[test]
fn work_on_a_library_can_be_stopped_and_what_was_not_read_opens_all_the_same() {
    let mut bench = with_many(60);
    let gate = GATE.lock().unwrap();
    let swamp = format!("Swamp\n\n“It lay {SWAMP},” he said.\n");
    for at in 0..60 {
        fs::write(bench.folder.path().join(format!("articles/{at:03}_swamp.txt")), &swamp).unwrap();
    }
    bench.run(Effect::Walk { first: None });
    let mut heard = bench.heard.iter();
    assert!(heard.any(|it| matches!(it, Answer::Outcome(Outcome::Walked))));
    bench.runner.run(Effect::StopWork).unwrap();
    assert!(heard.any(|it| matches!(it, Answer::Outcome(Outcome::Worked))));
    bench.runner.run(Effect::Read { article: ArticleId(5), generation: 1 }).unwrap();
    assert!(heard.any(|it| matches!(it, Answer::Outcome(Outcome::Opened { .. }))));
    drop(gate);
}

#[test]
fn the_articles_of_one_file_are_listed_by_what_it_says_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wire.jsonl");
    let line = |id: usize| {
        format!(
            "{{\"id\":\"n{id}\",\"title\":\"Ferry {id}\",\"text\":\"It sailed, “at last”.\"}}\n"
        )
    };
    fs::write(&file, (0..3).map(line).collect::<String>()).unwrap();
    let mut bench = Bench::on(folder, vec![file]);
    let all = heard(&mut bench);
    let found: Vec<&Found> = found_in(&all).collect();
    let known = |it: &&Found| (it.entry.name.to_string(), it.entry.title().to_owned());
    let expected = |id| (format!("wire.jsonl#n{id}"), format!("Ferry {id}"));
    assert_eq!(found.iter().map(known).collect::<Vec<_>>(), [0, 1, 2].map(expected));
    bench.run(Effect::Read { article: ArticleId(1), generation: 1 });
    let Outcome::Opened { text, .. } = bench.hear() else { panic!("it opens") };
    assert_eq!(&*text.text, "It sailed, “at last”.");
}

#[test]
fn of_a_file_of_many_the_article_that_was_open_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    let file = articles.join("wire.jsonl");
    let line = |id| {
        format!("{{\"id\":\"n{id}\",\"title\":\"Ferry {id}\",\"text\":\"It sailed {id}.\"}}\n")
    };
    let lines: String = (0..4).map(line).collect();
    fs::write(&file, &lines).unwrap();
    let root = articles.canonicalize().unwrap().to_string_lossy().into_owned();
    let last = || Some((root.clone(), "wire.jsonl#n2".to_owned()));
    let mut bench = Bench::on(folder, vec![articles]);
    heard(&mut bench);
    let titles = |all: &[Outcome]| {
        let titles = |found: &[Found]| found.iter().map(|it| it.entry.title().to_owned()).collect();
        let found = all.iter().filter_map(|it| match it {
            Outcome::Found(found) => Some(titles(found)),
            _ => None,
        });
        found.collect::<Vec<Vec<String>>>()
    };
    let mut bench = bench.again();
    let found = titles(&heard_after(&mut bench, last()));
    assert_eq!(found, [vec!["Ferry 2"], vec!["Ferry 0", "Ferry 1", "Ferry 3"]]);
    bench.run(Effect::Read { article: ArticleId(0), generation: 1 });
    let Outcome::Opened { text, .. } = bench.hear() else { panic!("it opens") };
    assert_eq!(&*text.text, "It sailed 2.");
    // Where it lies now is not known before the file is listed.
    fs::write(&file, format!("{{\"text\":\"New.\"}}\n{lines}")).unwrap();
    let mut bench = bench.again();
    let all = heard_after(&mut bench, last());
    assert!(titles(&all).first().is_some_and(|first| first.len() > 1));
    let known = found_in(&all).find(|it| it.entry.title() == "Ferry 2").unwrap();
    bench.run(Effect::Read { article: known.entry.id, generation: 1 });
    let Outcome::Opened { text, .. } = bench.hear() else { panic!("it opens") };
    assert_eq!(&*text.text, "It sailed 2.");
}
