mod store;

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::app::{Effect, Found, Outcome, Stage};
use crate::corpus::ArticleId;
use crate::io::cache::Cache;
use crate::io::long::Ahead;
use crate::io::place::Keeper;
use crate::io::walk::Manner;
use crate::io::{Answer, Runner};
use crate::note::{Annotation, Kind};

const FERRY: &str = "Ferry\n\nIt sailed “at last”.\n";

/// A runner on a folder, in which the test is the other who changes things.
struct Bench {
    folder: tempfile::TempDir,
    runner: Runner,
    heard: Receiver<Answer>,
}

/// What else was heard on the way does not matter.
fn until<T>(heard: &Receiver<Answer>, what: &str, mut is: impl FnMut(Outcome) -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        let left = Duration::from_secs(30).saturating_sub(start.elapsed());
        let answer = heard.recv_timeout(left).unwrap_or_else(|_| panic!("never heard: {what}"));
        let Answer::Outcome(outcome) = answer else { panic!("a thread fell") };
        if let Some(found) = is(outcome) {
            return found;
        }
    }
}

/// A runner on the articles in a folder, which has walked them.
fn start(folder: &Path, means: Means) -> (Runner, Receiver<Answer>) {
    let (sender, heard) = channel();
    let runner = begin(folder, means, move |answer| sender.send(answer).is_ok());
    until(&heard, "the walk", |outcome| matches!(outcome, Outcome::Walked).then_some(()));
    (runner, heard)
}

/// A runner whose loader does not get beyond the beginning of a stage before the sender is let go.
fn start_held(folder: &Path, stage: Stage) -> (Runner, Receiver<Answer>, Sender<()>) {
    let (sender, heard) = channel();
    let (gate, held) = channel();
    let held = Mutex::new(held);
    let runner = begin(folder, Means::Told, move |answer| {
        let is_it = matches!(&answer, Answer::Outcome(Outcome::Working(it)) if it.stage == stage);
        let is_heard = sender.send(answer).is_ok();
        if is_it {
            let _: Result<(), _> = held.lock().unwrap().recv();
        }
        is_heard
    });
    until(&heard, "the stage", |outcome| match outcome {
        Outcome::Working(it) if it.stage == stage => Some(()),
        _ => None,
    });
    (runner, heard, gate)
}

fn begin(
    folder: &Path,
    means: Means,
    listener: impl Fn(Answer) -> bool + Send + Sync + 'static,
) -> Runner {
    let answers = Answers::new(listener);
    let paths = vec![folder.join("articles")];
    let library = Library { paths, manner: Manner::default(), encoding: None };
    let data = folder.join("data");
    let state = data.join("state");
    let keeper = Keeper::new(&state, &library);
    let mut runner = Runner::with(
        library,
        (&data, &state),
        (keeper, Cache::nowhere(), Ahead::default()),
        answers,
        means,
    );
    runner.start().unwrap();
    assert_eq!(runner.run(Effect::Walk { first: None }).unwrap().rest, None);
    runner
}

impl Bench {
    /// One on the article `a.txt`, which is open.
    fn new(means: Means) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("articles/deep")).unwrap();
        fs::write(folder.path().join("articles/a.txt"), FERRY).unwrap();
        let (runner, heard) = start(folder.path(), means);
        let mut bench = Self { folder, runner, heard };
        bench.run(Effect::Read { article: ArticleId(0), generation: 1 });
        bench.until("a.txt", |outcome| matches!(outcome, Outcome::Opened { .. }).then_some(()));
        bench
    }

    fn run(&mut self, effect: Effect) {
        assert_eq!(self.runner.run(effect).unwrap().rest, None);
    }

    fn until<T>(&self, what: &str, is: impl FnMut(Outcome) -> Option<T>) -> T {
        until(&self.heard, what, is)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("articles").join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn found(&self) -> Vec<Found> {
        self.until("new articles", |outcome| match outcome {
            Outcome::Found(found) => Some(found),
            _ => None,
        })
    }

    /// Waits for what becomes of an article's text: whether it differs from the one that was read.
    fn changed(&self) -> (ArticleId, bool) {
        self.until("a change", |outcome| match outcome {
            Outcome::Changed { article, differs, .. } => Some((article, differs)),
            _ => None,
        })
    }

    fn gone(&self) -> (ArticleId, String) {
        self.until("a loss", |outcome| match outcome {
            Outcome::Gone { article, problem } => Some((article, problem)),
            _ => None,
        })
    }

    /// Waits until these notes are stored; others may be on the way.
    fn stored(&self, notes: &[&str]) {
        self.until("what is stored", |outcome| match outcome {
            Outcome::Stored { article: ArticleId(0), annotations, .. } => {
                let stored: Vec<&str> = annotations.iter().map(|it| it.note.as_str()).collect();
                assert_ne!(stored, ["Whence?"], "this is the copy's");
                (stored == notes).then_some(())
            }
            _ => None,
        });
    }

    fn unusable(&self) -> String {
        self.until("what is wrong", |outcome| match outcome {
            Outcome::Unusable { article: ArticleId(0), problem } => Some(problem),
            _ => None,
        })
    }

    fn save(&mut self, text: &str) {
        let (article, annotations) = (ArticleId(0), vec![note(text)]);
        self.run(Effect::Save { ticket: 1, article, annotations, corrected: None });
        self.until("the save", |outcome| matches!(outcome, Outcome::Saved { .. }).then_some(()));
    }

    fn file(&self) -> PathBuf {
        only_file(self.folder.path())
    }
}

/// The one file of the store.
fn only_file(folder: &Path) -> PathBuf {
    let files = fs::read_dir(folder.join("data/annotations")).unwrap();
    let files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files.into_iter().next().unwrap()
}

fn note(text: &str) -> Annotation {
    let mut annotation = Annotation::new(Uuid::now_v7(), Kind::Note, Timestamp::UNIX_EPOCH, None);
    text.clone_into(&mut annotation.note);
    annotation
}

/// Writes a file as an editor does that makes a new one of it.
fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("new");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

#[test]
fn articles_that_come_change_go_and_come_back_are_seen() {
    let bench = Bench::new(Means::Told);
    bench.write("deep/b.txt", "Bread\n\nThere was none.\n");
    let found = bench.found();
    assert_eq!((found.len(), &*found[0].entry.name), (1, "deep/b.txt"));
    assert_eq!(found[0].entry.id, ArticleId(1));
    replace(&bench.path("a.txt"), "Ferry\n\nIt never sailed.\n");
    assert_eq!(bench.changed(), (ArticleId(0), true));
    // As it was when it was read.
    bench.write("a.txt", FERRY);
    assert_eq!(bench.changed(), (ArticleId(0), false));
    fs::remove_file(bench.path("deep/b.txt")).unwrap();
    assert_eq!(bench.gone(), (ArticleId(1), "is gone from the disk".to_owned()));
    bench.write("deep/b.txt", "Bread\n\nThere was none.\n");
    assert_eq!(bench.changed(), (ArticleId(1), false));
}

#[test]
fn folders_that_come_are_watched() {
    let bench = Bench::new(Means::Told);
    fs::create_dir_all(bench.path("new/newer")).unwrap();
    bench.write("new/newer/c.txt", "Coal\n\nThere was some.\n");
    assert_eq!(&*bench.found()[0].entry.name, "new/newer/c.txt");
    bench.write("new/newer/d.txt", "Dough\n\nThere was more.\n");
    assert_eq!(&*bench.found()[0].entry.name, "new/newer/d.txt");
    fs::remove_dir_all(bench.path("new")).unwrap();
    assert_eq!([bench.gone().0.0, bench.gone().0.0].iter().sum::<u32>(), 3);
}

#[test]
fn a_file_that_cannot_be_read_is_said_once_and_found_when_it_can() {
    let bench = Bench::new(Means::Told);
    bench.write("b.txt", "\0\u{1}\0");
    let told = |outcome| match outcome {
        Outcome::Problem(problem) => Some(problem),
        _ => None,
    };
    assert!(bench.until("the problem", told).contains("b.txt: is a binary file"));
    bench.write("b.txt", "Bread\n\nThere was none.\n");
    let solved = |outcome| match outcome {
        Outcome::Solved(problem) => Some(problem),
        Outcome::Problem(problem) => panic!("said again: {problem}"),
        _ => None,
    };
    assert!(bench.until("it is over", solved).contains("b.txt: is a binary file"));
    assert_eq!(&*bench.found()[0].entry.name, "b.txt");
}

#[test]
fn a_renamed_article_stays_the_same_article() {
    let mut bench = Bench::new(Means::Told);
    bench.save("Why?");
    fs::rename(bench.path("a.txt"), bench.path("deep/z.txt")).unwrap();
    let name = bench.until("its new name", |outcome| match outcome {
        Outcome::Renamed { article: ArticleId(0), name, .. } => Some(name),
        Outcome::Gone { .. } | Outcome::Found(_) => panic!("it is taken for another"),
        _ => None,
    });
    assert_eq!(&*name, "deep/z.txt");
    // The store learns of it.
    let file = only_file(bench.folder.path());
    let learned = || fs::read_to_string(&file).unwrap().contains("path = \"deep/z.txt\"");
    let start = Instant::now();
    while !learned() && start.elapsed() < Duration::from_secs(30) {
        thread::sleep(Duration::from_millis(10));
    }
    assert!(learned());
    assert_eq!(bench.runner.finish(), []);
}

#[test]
fn an_article_that_moves_while_the_library_is_looked_through_stays_the_same() {
    let bench = Bench::new(Means::Told);
    // It is looked through all the time, which takes as long as it has files.
    for folder in ["b", "y"] {
        fs::create_dir(bench.path(folder)).unwrap();
        for file in 0..1000 {
            bench.write(&format!("{folder}/{file}.txt"), &format!("{folder} {file}\n"));
        }
    }
    let mut found = 0;
    while found < 2000 {
        found += bench.found().len();
    }
    let mut at = "a.txt".to_owned();
    for turn in 0..12_u64 {
        bench.write("b/0.txt", &format!("{turn}\n"));
        thread::sleep(Duration::from_micros(118_000 + turn * 1_987));
        let to = if turn % 2 == 0 { format!("z{turn}.txt") } else { format!("deep/{turn}.txt") };
        fs::rename(bench.path(&at), bench.path(&to)).unwrap();
        let name = bench.until("its new name", |outcome| match outcome {
            Outcome::Renamed { article: ArticleId(0), name, .. } => Some(name),
            Outcome::Gone { article: ArticleId(0), .. } | Outcome::Found(_) => {
                panic!("turn {turn}: it is taken for another: {outcome:?}")
            }
            _ => None,
        });
        assert_eq!(&*name, to);
        at = to;
    }
}

#[test]
fn the_open_article_is_looked_at_where_the_system_does_not_tell() {
    let bench = Bench::new(Means::Looking);
    bench.write("a.txt", "Ferry\n\nIt never sailed.\n");
    assert_eq!(bench.changed(), (ArticleId(0), true));
}

/// A line of a file that holds an article in each.
fn line(id: u32, text: &str) -> String {
    format!("{{\"id\":\"{id}\",\"text\":\"{text}\"}}\n")
}

#[test]
fn the_articles_of_a_file_come_change_and_go_by_themselves() {
    let mut bench = Bench::new(Means::Told);
    bench.write("w.jsonl", &[line(1, "one"), line(2, "two")].concat());
    let names = |found: Vec<Found>| -> Vec<String> {
        found.iter().map(|it| format!("{}:{}", it.entry.id.0, it.entry.name)).collect()
    };
    assert_eq!(names(bench.found()), ["1:w.jsonl#1", "2:w.jsonl#2"]);
    // One comes before the others, and one of them is edited.
    let lines = [line(3, "three"), line(1, "one"), line(2, "two, edited")];
    replace(&bench.path("w.jsonl"), &lines.concat());
    let mut heard = Vec::new();
    bench.until("both", |outcome| {
        match outcome {
            Outcome::Found(found) => heard.extend(names(found)),
            Outcome::Changed { article, .. } => heard.push(format!("{} is another", article.0)),
            Outcome::Gone { article, .. } => panic!("{article:?} is gone"),
            _ => {}
        }
        (heard.len() == 2).then_some(())
    });
    heard.sort();
    assert_eq!(heard, ["2 is another", "3:w.jsonl#3"]);
    // Each is read from where it is now.
    for (article, words) in [(1, "one"), (2, "two, edited"), (3, "three")] {
        bench.run(Effect::Read { article: ArticleId(article), generation: 2 });
        bench.until("the text", |outcome| match outcome {
            Outcome::Opened { article: opened, text, .. } if opened.0 == article => {
                assert_eq!(&*text.text, words);
                Some(())
            }
            _ => None,
        });
    }
    replace(&bench.path("w.jsonl"), &[line(3, "three"), line(2, "two, edited")].concat());
    assert_eq!(bench.gone().0, ArticleId(1));
    // The file has another name, and one of the articles another id.
    replace(&bench.path("w.jsonl"), &[line(3, "three"), line(9, "two, edited")].concat());
    let renamed = bench.until("the name", |outcome| match outcome {
        Outcome::Renamed { article, name, .. } => Some((article.0, name.to_string())),
        Outcome::Found(_) => panic!("it is taken for another"),
        _ => None,
    });
    assert_eq!(renamed, (2, "w.jsonl#9".to_owned()));
    assert_eq!(bench.runner.finish(), []);
}
