mod list;
mod read;
mod search;

use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::app::{ExportFormat, Found, Outcome};
use crate::corpus::{self, ArticleId};
use crate::io::Answer;
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
        assert!(self.known(effect).is_empty());
    }

    /// What is known at once of what an effect asks for.
    fn known(&mut self, effect: Effect) -> Vec<Outcome> {
        let Sequel { known, rest } = self.runner.run(effect).unwrap();
        self.runner.go_on(Instant::now() + PUT_OFF).unwrap();
        assert_eq!(rest, None);
        known
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
