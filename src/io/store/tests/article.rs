//! Which file is an article's.

use super::*;

#[test]
fn a_moved_article_keeps_its_annotations_and_a_copy_does_not_steal() {
    let bench = Bench::new();
    let first = bench.article("a.txt", "text");
    bench.store().apply(&first, &[put(1, "x")]).unwrap();
    let copy = bench.article("copy/a.txt", "text");
    assert_eq!(bench.notes(&copy), [""; 0]);
    fs::remove_file(bench.library().join("a.txt")).unwrap();
    let mut loaded = bench.store().load_all(&[]);
    assert!(loaded.take(&copy).unwrap().unwrap().moved);
    // What one article has taken no other gets.
    let second = bench.article("other.txt", "text");
    assert_eq!(loaded.take(&second), Ok(None));
    let saved = bench.store().apply(&copy, &[]).unwrap();
    assert!(saved.written);
    assert_eq!(saved.record.subject.path, "copy/a.txt");
    assert_eq!(bench.notes(&copy), ["x"]);
    assert_eq!(bench.notes(&second), [""; 0]);
    assert_eq!(bench.files().len(), 1);
}

#[test]
fn of_two_moved_articles_with_one_text_each_gets_a_file() {
    let bench = Bench::new();
    for (id, path) in [(1, "a.txt"), (2, "b.txt")] {
        bench.store().apply(&bench.article(path, "text"), &[put(id, path)]).unwrap();
    }
    for path in ["a.txt", "b.txt"] {
        fs::remove_file(bench.library().join(path)).unwrap();
    }
    let mut loaded = bench.store().load_all(&[]);
    let mut take = |path| loaded.take(&bench.article(path, "text")).unwrap().unwrap();
    let (one, two) = (take("c.txt"), take("d.txt"));
    assert_ne!(one.file, two.file);
}

#[test]
fn a_changed_article_keeps_its_file() {
    let bench = Bench::new();
    bench.store().apply(&bench.article("a.txt", "text"), &[put(1, "x")]).unwrap();
    let edited = bench.article("a.txt", "another text");
    assert_eq!(bench.notes(&edited), ["x"]);
    let saved = bench.store().apply(&edited, &[put(2, "y")]).unwrap();
    assert_eq!(saved.record.subject.text_sha256, edited.text_sha256);
    assert_eq!(bench.files().len(), 1);
}

#[test]
fn the_same_file_opened_by_another_root_is_the_same_article() {
    let bench = Bench::new();
    let whole = bench.article("reuters/a.txt", "text");
    bench.store().apply(&whole, &[put(1, "x")]).unwrap();
    let root = bench.library().join("reuters");
    let part = ArticleRef { root, path: "a.txt".to_owned(), ..whole };
    assert_eq!(bench.notes(&part), ["x"]);
}

#[test]
fn of_what_came_by_standard_input_only_the_text_tells() {
    let bench = Bench::new();
    let article = |text| {
        let there = bench.article("a.txt", text);
        ArticleRef { root: PathBuf::new(), path: "-".to_owned(), ..there }
    };
    bench.store().apply(&article("one"), &[put(1, "x")]).unwrap();
    assert_eq!(bench.notes(&article("one")), ["x"]);
    assert_eq!(bench.notes(&article("another")), [""; 0]);
    assert_eq!(bench.notes(&bench.article("b.txt", "one")), [""; 0]);
}

#[test]
fn annotations_live_in_the_nearest_pullquote_folder_and_travel_with_it() {
    let bench = Bench::new();
    let article = bench.article("wire/a.txt", "text");
    fs::create_dir(bench.library().join(".pullquote")).unwrap();
    let saved = bench.store().apply(&article, &[put(1, "x")]).unwrap();
    assert_eq!(saved.record.subject.root, None);
    assert_eq!(saved.record.subject.path, "wire/a.txt");
    assert!(bench.files().is_empty());
    assert_eq!(files(&bench.library().join(".pullquote/annotations")).len(), 1);
    // Opened further down, it is the same article.
    let root = bench.library().join("wire");
    let below = ArticleRef { root, path: "a.txt".to_owned(), ..article.clone() };
    assert_eq!(bench.notes(&below), ["x"]);
    let travelled = bench.path("elsewhere");
    fs::rename(bench.library(), &travelled).unwrap();
    let article = ArticleRef { root: travelled.clone(), text_chars: 0, ..article };
    assert_eq!(bench.notes(&article), ["x"]);
    let rest: Vec<Entry> =
        bench.store().load_all(std::slice::from_ref(&travelled)).rest().collect();
    assert_eq!(rest.len(), 1);
    assert!(rest[0].is_under(&travelled) && !rest[0].is_under(&bench.library()));
}
