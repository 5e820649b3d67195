mod article;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::corpus::Corrected;
use crate::note::{Annotation, Color, Kind, sha256};

mod exchange;
mod fault;
mod recover;

/// A data folder, a state folder and a library, all new.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(bench.library()).unwrap();
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    fn library(&self) -> PathBuf {
        self.path("library")
    }

    fn store(&self) -> Store {
        Store::open(&self.path("data"), &self.path("state"))
    }

    /// An article that is really there.
    fn article(&self, path: &str, text: &str) -> ArticleRef {
        let file = self.library().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        ArticleRef {
            root: self.library(),
            path: path.to_owned(),
            title: Some("Grid operator warns".to_owned()),
            outlet: None,
            byline: None,
            published: None,
            url: None,
            text_sha256: sha256(text),
            text_chars: text.chars().count(),
        }
    }

    fn files(&self) -> Vec<PathBuf> {
        files(&self.path("data/annotations"))
    }

    fn notes(&self, article: &ArticleRef) -> Vec<String> {
        let entry = self.store().load_all(&[]).take(article).unwrap();
        let record = entry.map(|entry| entry.record).unwrap_or_default();
        record.live().map(|annotation| annotation.note.clone()).collect()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn noted(id: u128, note: &str) -> Annotation {
    let time = Timestamp::from_second(1_770_000_000).unwrap();
    let new = Annotation::new(Uuid::from_u128(id), Kind::Note, time, None);
    Annotation { note: note.to_owned(), ..new }
}

fn put(id: u128, note: &str) -> Edit {
    Edit::Put(noted(id, note))
}

/// Has a file been written so long ago that nobody can still be at it.
fn no_longer_written(file: &Path) {
    let long_ago = std::time::SystemTime::now() - Duration::from_secs(3_600);
    fs::File::options().write(true).open(file).unwrap().set_modified(long_ago).unwrap();
}

#[test]
fn what_was_saved_is_loaded() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    let saved = bench.store().apply(&article, &[put(1, "one\ntwo")]).unwrap();
    let mut loaded = bench.store().load_all(&[]);
    let entry = loaded.take(&article).unwrap().unwrap();
    assert_eq!(entry.record, saved.record);
    assert_eq!(Some(&entry.file), saved.file.as_ref());
    assert!(!entry.moved && saved.written);
    assert_eq!(loaded.problems(), []);
    assert_eq!(bench.store().read(&article).unwrap(), Some(entry));
    assert_eq!(loaded.rest().count(), 0);
}

#[test]
fn the_file_is_named_and_guarded_as_the_contract_says() {
    let bench = Bench::new();
    let saved = bench.store().apply(&bench.article("a.txt", "text"), &[put(1, "x")]).unwrap();
    let hash = sha256(&saved.record.subject.id.to_string());
    let name = format!("grid-operator-warns-{}.toml", &hash[..12]);
    assert_eq!(saved.file, Some(bench.path("data/annotations").join(name)));
    assert_eq!(bench.files().len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(saved.file.unwrap()), 0o600);
        for folder in ["data", "data/annotations", "state", "state/journal"] {
            assert_eq!(mode(bench.path(folder)), 0o700, "{folder}");
        }
    }
}

#[test]
fn the_later_revision_wins_and_the_rest_stays() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    let mut store = bench.store();
    store.apply(&article, &[put(1, "first"), put(2, "other")]).unwrap();
    let mut changed = noted(1, "first").revised(Timestamp::now());
    changed.note = "changed".to_owned();
    changed.color = Some(Color::Red);
    let saved = store.apply(&article, &[Edit::Put(changed)]).unwrap();
    assert_eq!(saved.record.revision, 2);
    assert_eq!(bench.notes(&article), ["changed", "other"]);
    let saved = store.apply(&article, &[put(1, "first")]).unwrap();
    assert!(!saved.written);
    let tombstone = noted(2, "other").deleted(Timestamp::now());
    let saved = store.apply(&article, &[Edit::Put(tombstone)]).unwrap();
    assert_eq!((saved.record.revision, saved.record.annotations.len()), (3, 2));
    assert_eq!(bench.notes(&article), ["changed"]);
}

#[test]
fn what_a_person_put_right_is_kept() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    let corrected = Corrected { outlet: Some("Coast Wire".to_owned()), ..Corrected::default() };
    bench.store().apply(&article, &[Edit::Correct(corrected.clone())]).unwrap();
    let entry = bench.store().load_all(&[]).take(&article).unwrap().unwrap();
    assert_eq!(entry.record.subject.corrected, corrected);
    let saved = bench.store().apply(&article, &[Edit::Correct(Corrected::default())]).unwrap();
    assert_eq!(saved.record.subject.outlet(), None);
}

#[test]
fn two_instances_keep_both_sides_work() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    let (mut one, mut two) = (bench.store(), bench.store());
    one.load_all(&[]);
    two.load_all(&[]);
    one.apply(&article, &[put(1, "one")]).unwrap();
    let saved = two.apply(&article, &[put(2, "two")]).unwrap();
    assert_eq!(saved.record.annotations.len(), 2);
    one.apply(&article, &[put(3, "three")]).unwrap();
    assert_eq!(bench.notes(&article), ["one", "two", "three"]);
    assert_eq!(bench.files().len(), 1);
}

#[test]
fn many_writers_at_once_lose_nothing() {
    const EACH: u128 = 20;
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let (mut store, article) = (bench.store(), article.clone());
            scope.spawn(move || {
                for at in 0..EACH {
                    store.apply(&article, &[put(writer * EACH + at, "x")]).unwrap();
                }
            });
        }
    });
    assert_eq!(bench.notes(&article).len(), 80);
    assert_eq!(bench.files().len(), 1);
}

#[test]
fn without_edits_nothing_is_made() {
    let bench = Bench::new();
    let saved = bench.store().apply(&bench.article("a.txt", "text"), &[]).unwrap();
    assert_eq!((saved.file, saved.written), (None, false));
    assert!(bench.files().is_empty());
}

/// Breaks the one file there is, and returns it with what it then holds.
fn broken(bench: &Bench, breaking: impl Fn(&str) -> String) -> (PathBuf, String) {
    let file = bench.files().remove(0);
    let text = breaking(&fs::read_to_string(&file).unwrap());
    fs::write(&file, &text).unwrap();
    (file, text)
}

fn refuses(bench: &Bench, article: &ArticleRef, line: Option<usize>) {
    let files = bench.files();
    let before: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    let error = bench.store().apply(article, &[put(9, "new")]).unwrap_err();
    let StoreError::Unusable(problem) = &error else { panic!("{error}") };
    let place = files[0].display().to_string();
    assert_eq!((&problem.place, problem.line), (&place, line), "{error}");
    assert!(error.to_string().starts_with(&place));
    let mut loaded = bench.store().load_all(&[]);
    assert_eq!(loaded.take(article).as_ref(), Err(problem));
    assert_eq!(loaded.problems(), std::slice::from_ref(problem));
    let after: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    assert_eq!((files, before), (bench.files(), after));
}

#[test]
fn a_file_that_does_not_parse_is_neither_overwritten_nor_taken_for_empty() {
    for breaking in [
        (|text| text.replace("[[annotation]]", "<<<<<<< HEAD\n[[annotation]]")) as fn(&str) -> _,
        |text| {
            let note = "note = '''\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> other\n'''";
            text.replace("note = \"x\"", note)
        },
        |text| text.replace("kind = ", "kind is "),
        |text| text.replace("format = 1", "format = 2"),
        |text| text[..text.find("[[annotation]]").unwrap() + 5].to_owned(),
        |text| text[..12].to_owned(),
        |_| String::new(),
        |_| "\0\0\0\0".to_owned(),
    ] {
        let bench = Bench::new();
        let article = bench.article("a.txt", "text");
        let mut store = bench.store();
        store.apply(&article, &[put(1, "x")]).unwrap();
        let (file, _) = broken(&bench, breaking);
        let line = crate::note::file::parse(&fs::read_to_string(file).unwrap()).unwrap_err().line();
        refuses(&bench, &article, Some(line));
        assert!(matches!(store.apply(&article, &[put(2, "y")]), Err(StoreError::Unusable(_))));
        // The others go on.
        let other = bench.article("b.txt", "text");
        let other = ArticleRef { title: Some("Ferry".to_owned()), ..other };
        store.apply(&other, &[put(3, "z")]).unwrap();
        assert_eq!(bench.notes(&other), ["z"]);
    }
}

#[test]
fn a_file_that_is_not_utf8_is_left_alone() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    bench.store().apply(&article, &[put(1, "x")]).unwrap();
    let file = bench.files().remove(0);
    let mut bytes = fs::read(&file).unwrap();
    bytes.push(0xFF);
    fs::write(&file, bytes).unwrap();
    refuses(&bench, &article, None);
}

#[test]
fn a_moved_article_whose_file_is_broken_is_not_taken_for_new() {
    let bench = Bench::new();
    bench.store().apply(&bench.article("a.txt", "text"), &[put(1, "x")]).unwrap();
    let (_, text) = broken(&bench, |text| format!("{text}\nbroken"));
    fs::remove_file(bench.library().join("a.txt")).unwrap();
    refuses(&bench, &bench.article("b.txt", "text"), Some(text.lines().count()));
}

#[test]
fn hand_edits_between_two_saves_survive() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    let mut store = bench.store();
    store.apply(&article, &[put(1, "x")]).unwrap();
    let (file, _) = broken(&bench, |text| {
        text.replace("note = \"x\"", "note = \"by hand\" # mine\nmood = 'gloomy'")
    });
    store.apply(&article, &[put(2, "y")]).unwrap();
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains("note = \"by hand\" # mine\nmood = 'gloomy'\n"), "{text}");
    assert_eq!(bench.notes(&article), ["by hand", "y"]);
}

#[test]
fn what_is_no_file_of_the_store_is_passed_over() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    bench.store().apply(&article, &[put(1, "x")]).unwrap();
    let folder = bench.path("data/annotations");
    fs::write(folder.join(".pullquote-0.tmp"), "left over").unwrap();
    fs::write(folder.join(".#a.toml"), "an editor's own").unwrap();
    fs::write(folder.join("read.me"), "hello").unwrap();
    fs::create_dir(folder.join("folder.toml")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.join("link.toml")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.toml")).status();
        assert!(made.unwrap().success());
        assert_eq!(bench.store().load_all(&[]).problems().len(), 1);
    }
    assert_eq!(bench.notes(&article), ["x"]);
}

#[test]
fn a_held_lock_is_waited_for_and_then_reported() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    let mut store = bench.store();
    store.patience = Duration::from_millis(50);
    let lock = lock::take(&bench.path("state"), store.patience).unwrap();
    let error = store.apply(&article, &[put(1, "x")]).unwrap_err();
    assert!(matches!(error, StoreError::Locked(_)), "{error}");
    drop(lock);
    store.apply(&article, &[put(1, "x")]).unwrap();
}

#[cfg(unix)]
#[test]
fn a_linked_file_is_followed_and_names_that_are_no_text_are_percent_encoded() {
    use std::os::unix::ffi::OsStrExt as _;
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    bench.store().apply(&article, &[put(1, "x")]).unwrap();
    let file = bench.files().remove(0);
    let real = bench.path("real.toml");
    fs::rename(&file, &real).unwrap();
    std::os::unix::fs::symlink(&real, &file).unwrap();
    bench.store().apply(&article, &[put(2, "y")]).unwrap();
    assert!(fs::symlink_metadata(&file).unwrap().is_symlink());
    assert_eq!(bench.notes(&article), ["x", "y"]);

    let odd = bench.path("").join(std::ffi::OsStr::from_bytes(b"odd\xFF"));
    fs::create_dir(&odd).unwrap();
    fs::write(odd.join("b.txt"), "b").unwrap();
    let article = ArticleRef { root: odd, path: "b.txt".to_owned(), ..article };
    let article = ArticleRef { text_sha256: sha256("b"), ..article };
    let saved = bench.store().apply(&article, &[put(3, "odd")]).unwrap();
    assert!(saved.record.subject.root.unwrap().ends_with("odd%FF"));
    assert_eq!(bench.notes(&article), ["odd"]);
    let copy = ArticleRef { root: bench.library(), ..article };
    assert_eq!(bench.notes(&copy), [""; 0]);
}
