//! Somebody else writes the file while it is being saved.

use super::super::exchange::read_back;
use super::*;
use crate::io::disk::fault::meanwhile;
use crate::note::{Subject, file};

/// An article whose file somebody changes in an editor, `times` times, each just before a save puts
/// its own text in place.
fn edited(times: usize, edit: impl Fn(&Path, &str, usize) + 'static) -> (Bench, ArticleRef) {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    bench.store().apply(&article, &[put(1, "before")]).unwrap();
    let file = bench.files().remove(0);
    let mut left = times;
    meanwhile(move || {
        if left > 0 {
            edit(&file, &fs::read_to_string(&file).unwrap(), left);
            left -= 1;
        }
    });
    (bench, article)
}

/// As an editor that writes a new file and renames it.
fn renamed(file: &Path, text: &str) {
    let new = file.with_extension("swp");
    fs::write(&new, text).unwrap();
    fs::rename(new, file).unwrap();
}

fn with_annotation(text: &str, id: usize) -> String {
    format!(
        "{text}\n# by hand {id}\n[[annotation]]\nid = \"00000000-0000-0000-0000-0000000000{id:02}\"\n\
         kind = \"note\"\nnote = \"by hand {id}\"\ncreated = 2026-01-01T00:00:00Z\n"
    )
}

fn one_file(bench: &Bench) {
    assert_eq!(bench.files().len(), 1, "{:?}", bench.files());
}

#[test]
fn what_an_editor_writes_in_between_is_merged() {
    let (bench, article) =
        edited(3, |file, text, left| renamed(file, &with_annotation(text, left + 10)));
    let saved = bench.store().apply(&article, &[put(2, "mine")]).unwrap();
    assert!(saved.written);
    let mut notes = bench.notes(&article);
    notes.sort();
    assert_eq!(notes, ["before", "by hand 11", "by hand 12", "by hand 13", "mine"]);
    one_file(&bench);
}

/// An editor may have opened each text of ours: it is told from the next by its revision.
#[test]
fn no_two_texts_of_ours_have_one_revision() {
    let (bench, article) = edited(1, |file, text, _| renamed(file, &with_annotation(text, 11)));
    let saved = bench.store().apply(&article, &[put(2, "mine")]).unwrap();
    assert_eq!(saved.record.revision, 3);
}

#[test]
fn what_does_not_read_back_the_same_is_not_written() {
    let record = |note| {
        let subject = Subject { id: Uuid::from_u128(1), ..Subject::default() };
        Record { revision: 1, subject, annotations: vec![noted(1, note)], ..Record::default() }
    };
    let (path, text) = (Path::new("a.toml"), file::fresh(&record("one")));
    assert!(read_back(path, &text, &record("one")).is_ok());
    for (text, record) in [(text.as_str(), record("another")), ("broken", record("one"))] {
        let error = read_back(path, text, &record).unwrap_err();
        assert!(matches!(error, StoreError::NotTheSame(_)), "{error}");
    }
}

/// Whoever writes in place has emptied the file before it is whole again.
#[test]
fn a_file_that_was_broken_just_now_is_waited_for() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    bench.store().apply(&article, &[put(1, "before")]).unwrap();
    let (file, _) = broken(&bench, |text| text.replace("kind = ", "kind is "));
    for (age, waits) in [(Duration::ZERO, true), (Duration::from_secs(3_600), false)] {
        let start = std::time::Instant::now();
        let then = std::time::SystemTime::now() - age;
        fs::File::options().write(true).open(&file).unwrap().set_modified(then).unwrap();
        bench.store().apply(&article, &[put(2, "mine")]).unwrap_err();
        // Longer on a machine that is busy, but never less.
        assert!(!waits || start.elapsed() > Duration::from_millis(700));
    }
}

#[test]
fn what_is_written_in_place_is_merged_too_once_it_is_whole() {
    let (bench, article) = edited(1, |file, text, _| {
        use std::io::Write as _;
        let whole = with_annotation(text, 11);
        let mut writer = fs::OpenOptions::new().write(true).truncate(true).open(file).unwrap();
        std::thread::spawn(move || {
            let (first, rest) = whole.split_at(whole.len() - 90);
            writer.write_all(first.as_bytes()).unwrap();
            std::thread::sleep(Duration::from_millis(30));
            writer.write_all(rest.as_bytes()).unwrap();
        });
    });
    bench.store().apply(&article, &[put(2, "mine")]).unwrap();
    let mut notes = bench.notes(&article);
    notes.sort();
    assert_eq!(notes, ["before", "by hand 11", "mine"]);
    one_file(&bench);
}

#[test]
fn what_somebody_breaks_in_between_is_put_back_and_the_save_refused() {
    let (bench, article) =
        edited(1, |file, text, _| renamed(file, &text.replace("kind = ", "kind is ")));
    let mut store = bench.store();
    let error = store.apply(&article, &[put(2, "mine")]).unwrap_err();
    assert!(matches!(&error, StoreError::Unusable(problem) if problem.line.is_some()), "{error}");
    one_file(&bench);
    let file = bench.files().remove(0);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("kind is "), "{text}");
    fs::write(&file, text.replace("kind is ", "kind = ")).unwrap();
    store.apply(&article, &[]).unwrap();
    assert_eq!(bench.notes(&article), ["before", "mine"]);
}

#[test]
fn somebody_who_never_stops_writing_is_named() {
    let (bench, article) = edited(usize::MAX, |file, text, _| {
        renamed(file, &text.replace("revision", "#\nrevision"));
    });
    let error = bench.store().apply(&article, &[put(2, "mine")]).unwrap_err();
    assert!(matches!(error, StoreError::Contended(_)), "{error}");
}

#[test]
fn what_an_editor_undoes_that_had_an_older_file_open_is_restored() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    let mut store = bench.store();
    store.apply(&article, &[put(1, "before")]).unwrap();
    let file = bench.files().remove(0);
    let opened = fs::read_to_string(&file).unwrap();
    store.apply(&article, &[put(2, "mine")]).unwrap();
    renamed(&file, &with_annotation(&opened, 11));
    assert_eq!(store.read(&article).unwrap().unwrap().record.live().count(), 3);
    store.apply(&article, &[put(3, "mine too")]).unwrap();
    let mut notes = bench.notes(&article);
    notes.sort();
    assert_eq!(notes, ["before", "by hand 11", "mine", "mine too"]);
    // What is cut out of the file as it is stays away.
    let text = fs::read_to_string(&file).unwrap();
    let (kept, _) = text.rsplit_once("[[annotation]]").unwrap();
    fs::write(&file, kept).unwrap();
    store.apply(&article, &[put(4, "last")]).unwrap();
    assert_eq!(bench.notes(&article).len(), 4);
}
