use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::app::{ExportFormat, Found, Outcome, Told};
use crate::corpus::{self, ArticleId};
use crate::io::Answer;
use crate::io::analysis::seam::{GATE, STONE, SWAMP};
use crate::io::walk::Manner;
use crate::note::{Annotation, Kind};
use crate::quote;

/// A runner on a folder of its own.
struct Bench {
    folder: tempfile::TempDir,
    runner: Runner,
    heard: Receiver<Answer>,
}

impl Bench {
    fn on(folder: tempfile::TempDir, paths: Vec<PathBuf>) -> Self {
        let (sender, heard) = channel();
        let answers = Answers::new(move |answer| sender.send(answer).is_ok());
        let library = Library { paths, manner: Manner::default(), encoding: None };
        let data = folder.path().join("data");
        let state = data.join("state");
        let keeper = Keeper::new(&state, &library);
        let cache = Cache::open(&data.join("cache"), None);
        let ahead = Ahead::default();
        let mut runner = Runner::new(library, &data, &state, keeper, cache, answers, ahead);
        runner.start().unwrap();
        Self { folder, runner, heard }
    }

    /// One on two articles.
    fn with_articles() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let articles = folder.path().join("articles");
        fs::create_dir(&articles).unwrap();
        fs::write(articles.join("a.txt"), "Ferry\n\nIt sailed “at last”.\n").unwrap();
        fs::write(articles.join("b.txt"), "Bread\n\nThere was none.\n").unwrap();
        fs::write(articles.join("c.txt"), [0, 1, 2]).unwrap();
        Self::on(folder, vec![articles])
    }

    /// What is heard next, but for what the watcher says.
    fn hear(&self) -> Outcome {
        loop {
            match self.heard.recv_timeout(Duration::from_secs(30)).unwrap() {
                Answer::Outcome(
                    Outcome::Stored { .. }
                    | Outcome::Unusable { .. }
                    | Outcome::Changed { .. }
                    | Outcome::Gone { .. }
                    | Outcome::Renamed { .. }
                    | Outcome::Listed
                    | Outcome::Working(_),
                ) => {}
                Answer::Outcome(outcome) => return outcome,
                Answer::Fallen => panic!("a thread fell"),
            }
        }
    }

    fn run(&mut self, effect: Effect) {
        assert_eq!(self.runner.run(effect).unwrap(), None);
    }

    /// What the walk finds, with all that comes to be known of it, and the problems on its way.
    fn walk(&mut self) -> (Vec<Found>, Vec<String>) {
        self.run(Effect::Walk { first: None });
        let (mut all, mut problems) = (Vec::<Found>::new(), Vec::new());
        let find = |all: &[Found], id| all.iter().position(|it| it.entry.id == id).unwrap();
        loop {
            match self.hear() {
                Outcome::Found(found) => all.extend(found),
                Outcome::Problem(problem) => problems.push(problem),
                Outcome::Unreadable { article, problem } => {
                    all.remove(find(&all, article));
                    problems.push(problem);
                }
                Outcome::Withdrawn(gone) => all.retain(|it| !gone.contains(&it.entry.id)),
                Outcome::Remembered(remembered) => {
                    for it in remembered {
                        let at = find(&all, it.article);
                        assert!(all[at].annotations.is_empty(), "told twice");
                        all[at].annotations = it.annotations;
                    }
                }
                Outcome::Surveyed(surveyed) => {
                    for (article, digest) in surveyed.described {
                        let at = find(&all, article);
                        all[at].entry.digest = Some(digest);
                    }
                    for (article, quotations) in surveyed.judged {
                        let at = find(&all, article);
                        all[at].entry.quotations = Some(quotations);
                    }
                }
                Outcome::Walked => {}
                Outcome::Worked => return (all, problems),
                other => panic!("{other:?}"),
            }
        }
    }

    fn save(&mut self, ticket: u64, article: u32, note: &str) -> Annotation {
        let mut annotation =
            Annotation::new(Uuid::now_v7(), Kind::Note, Timestamp::UNIX_EPOCH, None);
        note.clone_into(&mut annotation.note);
        let annotations = vec![annotation.clone()];
        let article = ArticleId(article);
        self.run(Effect::Save { ticket, article, annotations, corrected: None });
        annotation
    }

    /// Ends this run and begins another on the same folders.
    fn again(self) -> Self {
        let Self { folder, runner, .. } = self;
        assert_eq!(runner.finish(), []);
        let articles = folder.path().join("articles");
        Self::on(folder, vec![articles])
    }
}

#[test]
fn the_sample_is_found_in_its_order_and_read_again() {
    let mut bench = Bench::on(tempfile::tempdir().unwrap(), Vec::new());
    let (found, problems) = bench.walk();
    assert_eq!(problems, [""; 0]);
    let names: Vec<&str> = found.iter().map(|found| &*found.entry.name).collect();
    let expected: Vec<&str> = corpus::sample().iter().map(|(name, _)| *name).collect();
    assert_eq!(names, expected);
    for (index, found) in (0..).zip(&found) {
        assert_eq!(found.entry.id, ArticleId(index));
    }
    bench.run(Effect::Read { article: ArticleId(2), generation: 7 });
    let Outcome::Opened { article, generation, text, .. } = bench.hear() else {
        panic!("it opens")
    };
    assert_eq!((article, generation), (ArticleId(2), 7));
    assert_eq!(&*text.text, corpus::sample()[2].1);
    let Outcome::Judged { quotations, .. } = bench.hear() else { panic!("it is judged") };
    let judged = quotations.iter().filter(|it| it.kind != quote::Kind::Scare).count();
    assert_eq!(u32::try_from(judged).ok(), found[2].entry.quotations);
}

#[test]
fn what_was_saved_is_found_in_the_next_run() {
    let mut bench = Bench::with_articles();
    let (found, problems) = bench.walk();
    assert_eq!(found.len(), 2);
    assert!(matches!(&problems[..], [one] if one.contains("c.txt")), "{problems:?}");
    let saved = bench.save(1, 1, "Why?");
    assert!(matches!(bench.hear(), Outcome::Saved { ticket: 1 }));
    // Asked for and not waited for: it is done before the end all the same.
    bench.save(2, 0, "Who?");
    let mut bench = bench.again();
    let (found, _) = bench.walk();
    assert_eq!(found[1].annotations, [saved]);
    assert_eq!(found[0].annotations.len(), 1);
}

#[test]
fn an_article_that_was_moved_keeps_its_notes_and_its_new_path_is_stored() {
    let mut bench = Bench::with_articles();
    bench.walk();
    bench.save(1, 0, "Why?");
    bench.save(2, 1, "What of it?");
    let articles = bench.folder.path().join("articles");
    let mut bench = bench.again();
    bench.walk();
    fs::rename(articles.join("a.txt"), articles.join("z.txt")).unwrap();
    fs::remove_file(articles.join("b.txt")).unwrap();
    for _ in 0..2 {
        bench = bench.again();
        let (found, problems) = bench.walk();
        assert_eq!((found.len(), &*found[0].entry.name), (1, "z.txt"));
        assert_eq!(found[0].annotations[0].note, "Why?");
        let gone = problems.iter().find(|problem| problem.contains("gone from here"));
        assert!(gone.is_some_and(|gone| gone.contains(": 1 annotation")), "{problems:?}");
    }
    let store = fs::read_dir(bench.folder.path().join("data/annotations")).unwrap();
    let texts = store.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    assert_eq!(texts.filter(|text| text.contains("path = \"z.txt\"")).count(), 1);
}

#[test]
fn a_broken_store_is_said_once_and_left_alone() {
    let mut bench = Bench::with_articles();
    bench.walk();
    bench.save(1, 0, "Why?");
    let mut bench = bench.again();
    let store = bench.folder.path().join("data/annotations");
    let file = fs::read_dir(&store).unwrap().next().unwrap().unwrap().path();
    let broken = fs::read_to_string(&file).unwrap().replace("note = \"Why?\"", "note = \"Why?");
    fs::write(&file, &broken).unwrap();
    bench.walk();
    let mut bench = bench.again();
    let (_, problems) = bench.walk();
    let about = problems.iter().filter(|problem| problem.contains("annotations/")).count();
    assert_eq!(about, 1, "{problems:?}");
    bench.save(5, 0, "lost?");
    assert!(matches!(bench.hear(), Outcome::NotSaved { ticket: 5, .. }));
    assert_eq!(fs::read_to_string(&file).unwrap(), broken);
    let mut bench = {
        let Bench { folder, runner, .. } = bench;
        assert_eq!(runner.finish().len(), 1);
        let articles = folder.path().join("articles");
        Bench::on(folder, vec![articles])
    };
    bench.walk();
    bench.save(6, 0, "not lost");
    assert!(matches!(bench.hear(), Outcome::NotSaved { ticket: 6, .. }));
    // Once it is mended, all that waited is saved, and nothing is left to tell.
    fs::write(&file, broken.replace("note = \"Why?", "note = \"Why?\"")).unwrap();
    bench.save(7, 0, "the last");
    assert!(matches!(bench.hear(), Outcome::Saved { ticket: 7 }));
    assert_eq!(bench.runner.finish(), []);
    let text = fs::read_to_string(&file).unwrap();
    assert!(["Why?", "lost?", "not lost", "the last"].iter().all(|note| text.contains(note)));
}

#[test]
fn the_text_that_annotations_are_made_on_is_kept_before_they_are_saved() {
    let mut bench = Bench::with_articles();
    bench.walk();
    let text = "Ferry\n\nIt sailed “at last”.\n";
    bench.run(Effect::KeepText { article: ArticleId(0), text: text.into() });
    bench.save(1, 0, "Why?");
    assert!(matches!(bench.hear(), Outcome::Saved { ticket: 1 }));
    let name = format!("data/texts/{}.txt", crate::note::sha256(text));
    assert_eq!(fs::read_to_string(bench.folder.path().join(name)).unwrap(), text);
}

#[test]
fn an_article_that_changed_opens_as_it_is_and_one_that_is_gone_says_so() {
    let mut bench = Bench::with_articles();
    bench.walk();
    let articles = bench.folder.path().join("articles");
    fs::write(articles.join("a.txt"), "Ferry\n\nIt never sailed.\n").unwrap();
    fs::remove_file(articles.join("b.txt")).unwrap();
    bench.run(Effect::Read { article: ArticleId(0), generation: 1 });
    let Outcome::Opened { text, .. } = bench.hear() else { panic!("it opens") };
    assert!(text.text.contains("never sailed"));
    let Outcome::Surveyed(now) = bench.hear() else { panic!("what it is now is told") };
    assert_eq!(now.described[0].1.chars, text.scalars.len());
    assert!(matches!(bench.hear(), Outcome::Judged { .. }));
    bench.run(Effect::Read { article: ArticleId(1), generation: 2 });
    let Outcome::NotOpened { problem, .. } = bench.hear() else { panic!("it does not open") };
    assert!(problem.contains("b.txt: no such file"), "{problem}");
    // What is noted from now on is on the text as it is now.
    bench.save(3, 0, "Oh.");
    assert!(matches!(bench.hear(), Outcome::Saved { ticket: 3 }));
    let store = bench.folder.path().join("data/annotations");
    let file = fs::read_dir(&store).unwrap().next().unwrap().unwrap().path();
    let hash = crate::note::sha256("Ferry\n\nIt never sailed.\n");
    assert!(fs::read_to_string(file).unwrap().contains(&hash));
}

#[test]
fn an_article_that_we_fall_over_is_read_as_text_and_the_rest_goes_on() {
    let mut bench = Bench::with_articles();
    let stone = format!("Stone\n\n“It lay {STONE},” he said.\n");
    fs::write(bench.folder.path().join("articles/s.txt"), &stone).unwrap();
    let (found, problems) = bench.walk();
    assert_eq!((found.len(), found[2].entry.quotations), (3, Some(0)));
    assert_eq!(problems.len(), 1, "{problems:?}");
    bench.run(Effect::Read { article: ArticleId(2), generation: 1 });
    let Outcome::Opened { text, quotations, .. } = bench.hear() else { panic!("it opens") };
    assert_eq!((&*text.text, quotations.len()), (stone.as_str(), 0));
    let Outcome::Problem(problem) = bench.hear() else { panic!("it is said") };
    assert!(problem.contains("s.txt: no quotation could be looked for: a fault of ours"));
    assert!(matches!(bench.hear(), Outcome::Judged { .. }));
    bench.run(Effect::Read { article: ArticleId(0), generation: 2 });
    assert!(matches!(bench.hear(), Outcome::Opened { .. }));
}

#[test]
fn an_article_that_takes_long_holds_nobody_up() {
    let mut bench = Bench::with_articles();
    let swamp = format!("Swamp\n\n“It lay {SWAMP},” he said.\n");
    fs::write(bench.folder.path().join("articles/s.txt"), swamp).unwrap();
    bench.walk();
    let gate = GATE.lock().unwrap();
    bench.run(Effect::Read { article: ArticleId(2), generation: 1 });
    assert!(matches!(bench.hear(), Outcome::Opened { generation: 1, .. }));
    bench.run(Effect::Read { article: ArticleId(0), generation: 2 });
    assert!(matches!(bench.hear(), Outcome::Opened { article: ArticleId(0), generation: 2, .. }));
    assert!(matches!(bench.hear(), Outcome::Judged { generation: 2, .. }));
    drop(gate);
    // And is not heard of any more.
    bench.run(Effect::Read { article: ArticleId(1), generation: 3 });
    assert!(matches!(bench.hear(), Outcome::Opened { generation: 3, .. }));
}

#[test]
fn a_large_text_is_shown_before_it_is_known_who_speaks_in_it() {
    let mut bench = Bench::with_articles();
    let late = "The ferry was late, and nobody knew why that was so.\n\n".repeat(10_000);
    let large = format!("Ferry\n\n“We sailed,” said Ann Holt.\n\n{late}");
    fs::write(bench.folder.path().join("articles/a.txt"), large).unwrap();
    bench.walk();
    bench.run(Effect::Read { article: ArticleId(0), generation: 4 });
    let Outcome::Long { told, generation: 4, .. } = bench.hear() else { panic!("it begins") };
    let Told::Begun(start) = *told else { panic!("with its start") };
    assert!(start.text.starts_with("Ferry\n") && start.text.len() < 100_000);
    let Outcome::Opened { quotations, .. } = bench.hear() else { panic!("it opens") };
    assert!(quotations.is_empty());
    assert!(matches!(bench.hear(), Outcome::Judging { article: ArticleId(0) }));
    let Outcome::Judged { quotations, names, generation: 4, .. } = bench.hear() else {
        panic!("it is judged")
    };
    assert_eq!(quotations.len(), 1);
    assert_eq!(&*names, ["Ann Holt"]);
}

#[test]
fn it_is_said_of_an_article_with_too_many_marks_from_where_on_nobody_is_named() {
    let mut bench = Bench::with_articles();
    let marks = "\"".repeat(600_000);
    let text = format!("Marks\n\n“It is so,” said Ann Holt.\n\n{marks}\n\n“No,” said Ann Holt.\n");
    fs::write(bench.folder.path().join("articles/a.txt"), &text).unwrap();
    bench.walk();
    bench.run(Effect::Read { article: ArticleId(0), generation: 4 });
    let problem = loop {
        match bench.hear() {
            Outcome::Problem(problem) => break problem,
            Outcome::Judged { .. } => panic!("it is said before"),
            _ => {}
        }
    };
    let from = text.find('\n').unwrap() + "\n\n“It is so,” said Ann Holt.\n\n".chars().count();
    assert!(problem.ends_with(&format!("not known from character {from} on")), "{problem}");
    let Outcome::Judged { quotations, .. } = bench.hear() else { panic!("it is judged") };
    assert_eq!(quotations.len(), 1);
}

#[test]
fn an_export_never_overwrites_unasked() {
    let mut bench = Bench::with_articles();
    bench.walk();
    bench.save(1, 0, "Why?");
    assert!(matches!(bench.hear(), Outcome::Saved { .. }));
    let path = bench.folder.path().join("out.md");
    let export = |path: &Path, overwrite| Effect::Export {
        format: ExportFormat::Markdown,
        path: path.to_owned(),
        articles: vec![ArticleId(0), ArticleId(1)],
        overwrite,
    };
    bench.run(export(&path, false));
    assert!(matches!(bench.hear(), Outcome::Exported { annotations: 1, .. }));
    assert!(fs::read_to_string(&path).unwrap().contains("Why?"));
    fs::write(&path, "mine").unwrap();
    bench.run(export(&path, false));
    assert!(matches!(bench.hear(), Outcome::ExportExists { .. }));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    bench.run(export(&path, true));
    assert!(matches!(bench.hear(), Outcome::Exported { .. }));
    for nowhere in [bench.folder.path().to_owned(), path.join("no/such/folder.md")] {
        bench.run(export(&nowhere, true));
        assert!(matches!(bench.hear(), Outcome::NotExported(_)));
    }
}

/// An article with the hits that are kept of it, and how many there are.
type Sought = (u32, Vec<String>, usize);

/// What comes of a search, put together, how many articles were searched, and what was wrong.
fn sought(bench: &Bench) -> (Vec<Sought>, usize, Option<String>) {
    let (mut groups, mut searched) = (Vec::new(), 0);
    loop {
        let Outcome::Sought(findings) = bench.hear() else { continue };
        let words = |hit: &crate::app::Hit| hit.mark.of(&hit.line).to_owned();
        groups.extend(findings.groups.iter().map(|group| {
            (group.article.0, group.hits.iter().map(words).collect::<Vec<_>>(), group.count)
        }));
        searched += findings.searched;
        if findings.ended {
            return (groups, searched, findings.problem);
        }
    }
}

fn search(generation: u64, typed: &str, expression: bool, articles: &[u32]) -> Effect {
    let manner = crate::search::Manner { word: false, expression };
    let articles = articles.iter().copied().map(ArticleId).collect();
    Effect::Search { generation, typed: typed.to_owned(), manner, articles, decided: Vec::new() }
}

#[test]
fn a_search_looks_into_files_in_the_order_asked_for() {
    let mut bench = Bench::with_articles();
    bench.walk();
    bench.run(search(1, "a", false, &[1, 0, 7]));
    let a = |count| vec!["a".to_owned(); count];
    let (groups, searched, problem) = sought(&bench);
    assert_eq!(groups, [(1, a(2), 2), (0, a(3), 3)]);
    assert_eq!((searched, problem), (3, None));
    bench.run(search(2, "a(", true, &[0]));
    let problem = sought(&bench).2;
    assert_eq!(problem.as_deref(), Some("the expression a(: unclosed group"));
}

#[test]
fn an_article_that_a_search_falls_over_is_named_and_the_others_are_searched() {
    let mut bench = Bench::with_articles();
    let said = |who: &str| format!("Title\n\n“It lay there,” said {who}.\n");
    let [stone, other] = [STONE, ""].map(|more| said(&format!("Ann Lee {more}")));
    fs::write(bench.folder.path().join("articles/s.txt"), stone).unwrap();
    fs::write(bench.folder.path().join("articles/t.txt"), other).unwrap();
    bench.walk();
    bench.run(search(1, "speaker:lee", false, &[2, 3]));
    let Outcome::Problem(problem) = bench.hear() else { panic!("it is said") };
    assert!(problem.starts_with("s.txt: could not be searched: a fault of ours"), "{problem}");
    let (groups, searched, _) = sought(&bench);
    assert_eq!((groups.len(), groups[0].0, searched), (1, 3, 2));
}

#[test]
fn a_search_takes_filters_for_seen_to_but_for_the_speaker() {
    let mut bench = Bench::on(tempfile::tempdir().unwrap(), Vec::new());
    bench.walk();
    let all: Vec<u32> = (0..9).collect();
    bench.run(search(1, "harbour is:read date:1999", false, &all));
    assert_eq!(sought(&bench).0.len(), 9);
    bench.run(search(2, "every crate of bread speaker:ekdahl", false, &all));
    let said = sought(&bench).0;
    bench.run(search(3, "every crate of bread", false, &all));
    let written = sought(&bench).0;
    assert!(!said.is_empty() && said.len() < written.len(), "{said:?} {written:?}");
}

#[test]
fn a_search_keeps_so_many_hits_and_counts_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    for number in 0..60 {
        fs::write(articles.join(format!("{number:02}.txt")), "ferry ".repeat(150)).unwrap();
    }
    let mut bench = Bench::on(folder, vec![articles]);
    bench.walk();
    let all: Vec<u32> = (0..60).collect();
    bench.run(search(1, "ferry", false, &all[..58]));
    bench.run(search(1, "ferry", false, &all[58..]));
    let (mut groups, ..) = sought(&bench);
    groups.extend(sought(&bench).0);
    assert_eq!(groups.iter().map(|(_, _, count)| count).sum::<usize>(), 60 * 150);
    assert!(groups.iter().all(|(_, hits, _)| hits.len() <= 100));
    assert_eq!(groups.iter().map(|(_, hits, _)| hits.len()).sum::<usize>(), 5_000);
}

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
    bench.run(Effect::Walk { first: None });
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
