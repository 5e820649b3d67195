//! What others have left behind is merged in before it is removed.

use super::*;
use crate::io::atomic::{TEMPORARY_PREFIX, TEMPORARY_SUFFIX};

/// An article with a file, and what the file would be with another annotation.
fn with_other(note: &str) -> (Bench, ArticleRef, PathBuf, String) {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    bench.store().apply(&article, &[put(1, "before")]).unwrap();
    let file = bench.files().remove(0);
    let text = fs::read_to_string(&file).unwrap();
    bench.store().apply(&article, &[put(2, note)]).unwrap();
    let other = fs::read_to_string(&file).unwrap();
    fs::write(&file, text).unwrap();
    (bench, article, file, other)
}

fn backups(bench: &Bench) -> Vec<String> {
    let files = files(&bench.path("data/backups")).into_iter();
    files.map(|file| file.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn what_others_left_behind_is_news_although_it_is_saved_here() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    let mut store = bench.store();
    let told = |store: &Store| {
        let file = bench.files().remove(0);
        store.has_told(&file, &fs::read_to_string(&file).unwrap())
    };
    store.apply(&article, &[put(1, "own")]).unwrap();
    assert!(told(&store));
    let mut record = store.read(&article).unwrap().unwrap().record;
    record.annotations.push(noted(2, "theirs"));
    store.take_in(&Home::of(&article, &bench.path("data")), &record).unwrap();
    assert!(!told(&store));
    store.apply(&article, &[put(3, "own again")]).unwrap();
    assert!(!told(&store));
    assert_eq!(bench.notes(&article), ["own", "theirs", "own again"]);
}

#[test]
fn a_temporary_file_that_was_left_is_merged_and_removed() {
    for with_target in [true, false] {
        let (bench, article, file, other) = with_other("left");
        let mark = bench.store().mark;
        let left = file.with_file_name(format!("{TEMPORARY_PREFIX}{mark}0{TEMPORARY_SUFFIX}"));
        fs::write(left, other).unwrap();
        if !with_target {
            fs::remove_file(&file).unwrap();
        }
        assert_eq!(bench.store().recover(&[]), []);
        assert_eq!(bench.notes(&article), ["before", "left"]);
        assert_eq!(bench.files(), [file]);
    }
}

#[test]
fn a_temporary_file_that_does_not_parse_is_set_aside_and_one_that_is_being_written_is_left_alone() {
    let (bench, article, file, other) = with_other("left");
    let name = |mark: &str| format!("{TEMPORARY_PREFIX}{mark}0{TEMPORARY_SUFFIX}");
    let ours = file.with_file_name(name(&bench.store().mark));
    let theirs = file.with_file_name(name("01234567-"));
    fs::write(&ours, &other[..other.len() / 2 + 7]).unwrap();
    fs::write(&theirs, &other).unwrap();
    bench.store().apply(&article, &[put(3, "new")]).unwrap();
    assert!(!ours.exists() && theirs.exists());
    assert!(backups(&bench).iter().any(|name| name.starts_with("pullquote-")));
    assert_eq!(bench.notes(&article), ["before", "new"]);
}

#[test]
fn copies_of_programs_that_keep_folders_in_step_are_merged_and_set_aside() {
    for ending in [
        ".sync-conflict-20260304-101112-ABCDEFG.toml",
        " (conflicted copy).toml",
        " (Ada's conflicted copy 2026-03-04).toml",
    ] {
        let (bench, article, file, other) = with_other("theirs");
        let stem = file.file_stem().unwrap().to_str().unwrap();
        let copy = file.with_file_name(format!("{stem}{ending}"));
        fs::write(&copy, other.replace("note = \"before\"", "note = \"by hand there\"")).unwrap();
        bench.store().apply(&article, &[put(3, "mine")]).unwrap();
        let mut notes = bench.notes(&article);
        notes.sort();
        assert_eq!(notes, ["before", "by hand there", "mine", "theirs"], "{ending}");
        assert!(!copy.exists());
        let name = copy.file_name().unwrap().to_str().unwrap();
        assert!(backups(&bench).iter().any(|it| it == name), "{:?}", backups(&bench));
    }
}

#[test]
fn a_copy_that_does_not_parse_stays_and_is_a_problem() {
    let (bench, article, file, other) = with_other("theirs");
    let stem = file.file_stem().unwrap().to_str().unwrap();
    let copy = file.with_file_name(format!("{stem} (conflicted copy).toml"));
    fs::write(&copy, other.replace("kind = ", "kind is ")).unwrap();
    let problems = bench.store().recover(&[]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].line.is_some());
    bench.store().apply(&article, &[put(3, "mine")]).unwrap();
    assert!(copy.exists());
}

/// An article's own file that cannot be used is never passed over for something beside it that can.
#[test]
fn a_copy_or_another_file_does_not_stand_in_for_a_broken_one() {
    let breakings: [fn(&str) -> String; 5] = [
        |text| text.replace("kind = ", "kind is "),
        |text| text.replace("format = 1", "format = 99"),
        |text| text.replace("path = ", "path is "),
        |text| text[..40].to_owned(),
        |_| String::new(),
    ];
    let names = [
        "STEM.sync-conflict-20260304-101112-ABCDEFG.toml",
        "STEM (conflicted copy).toml",
        ".pullquote-MARK0.tmp",
    ];
    for breaking in breakings {
        for name in names {
            // By now the headline, and with it the name that a new file would have, is another.
            for title in ["Grid operator warns", "Another headline"] {
                let (bench, article, file, other) = with_other("theirs");
                let stem = file.file_stem().unwrap().to_str().unwrap();
                let name = name.replace("STEM", stem).replace("MARK", &bench.store().mark);
                let beside = file.with_file_name(&name);
                fs::write(&beside, other.replace("Grid operator warns", title)).unwrap();
                let (file, text) = (file.clone(), breaking(&fs::read_to_string(&file).unwrap()));
                fs::write(&file, &text).unwrap();
                no_longer_written(&file);
                let is_unusable = |bench: &Bench| {
                    let mut store = bench.store();
                    assert!(matches!(store.read(&article), Err(StoreError::Unusable(_))), "{name}");
                    let mut loaded = store.load_all(&[]);
                    let problem = loaded.take(&article).unwrap_err();
                    assert_eq!(problem.place, file.display().to_string(), "{name}");
                };
                is_unusable(&bench);
                assert!(!bench.store().recover(&[]).is_empty(), "{name} of {title:?}: {text}");
                is_unusable(&bench);
                bench.store().apply(&article, &[put(4, "mine")]).unwrap_err();
                is_unusable(&bench);
                assert_eq!(fs::read_to_string(&file).unwrap(), text);
                assert!(beside.exists(), "{name}");
                let whole = bench.files().into_iter();
                assert_eq!(whole.filter(|it| *it != beside).count(), 1, "{:?}", bench.files());
            }
        }
    }
}

#[test]
fn what_is_set_aside_never_takes_the_place_of_what_was() {
    let (bench, article, file, other) = with_other("theirs");
    let stem = file.file_stem().unwrap().to_str().unwrap();
    let copy = file.with_file_name(format!("{stem} (conflicted copy).toml"));
    for note in ["theirs", "theirs again"] {
        fs::write(&copy, other.replace("note = \"theirs\"", &format!("note = \"{note}\"")))
            .unwrap();
        bench.store().apply(&article, &[]).unwrap();
    }
    let aside = backups(&bench).into_iter().filter(|name| name.contains("conflicted copy"));
    assert_eq!(aside.count(), 2, "{:?}", backups(&bench));
}

#[test]
fn what_was_to_become_a_journal_long_ago_is_removed() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    fs::create_dir_all(bench.path("state/journal")).unwrap();
    let [old, new] = ["old.new", "new.new"].map(|name| bench.path("state/journal").join(name));
    fs::write(&old, "").unwrap();
    fs::write(&new, "").unwrap();
    let long_ago = std::time::SystemTime::now() - Duration::from_secs(2 * 3_600);
    fs::File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
    bench.store().apply(&article, &[put(1, "x")]).unwrap();
    assert!(!old.exists() && new.exists());
}

#[test]
fn a_second_file_for_an_article_does_not_stand_in_for_a_broken_one() {
    let (bench, article, file, other) = with_other("theirs");
    fs::write(file.with_file_name("another-0123456789ab.toml"), &other).unwrap();
    fs::write(&file, other.replace("kind = ", "kind is ")).unwrap();
    no_longer_written(&file);
    assert!(matches!(bench.store().read(&article), Err(StoreError::Unusable(_))));
    assert!(bench.store().load_all(&[]).take(&article).is_err());
    bench.store().apply(&article, &[put(4, "mine")]).unwrap_err();
}

#[test]
fn a_file_is_copied_before_its_first_change_of_the_day_and_ten_copies_are_kept() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    let mut store = bench.store();
    store.apply(&article, &[put(1, "one")]).unwrap();
    assert_eq!(backups(&bench), [""; 0]);
    let file = bench.files().remove(0);
    let first = fs::read_to_string(&file).unwrap();
    let stem = file.file_stem().unwrap().to_str().unwrap();
    fs::create_dir(bench.path("data/backups")).unwrap();
    for day in 1..=12 {
        let old = format!("data/backups/{stem}.2020-01-{day:02}.toml");
        fs::write(bench.path(&old), "old").unwrap();
    }
    store.apply(&article, &[put(2, "two")]).unwrap();
    store.apply(&article, &[put(3, "three")]).unwrap();
    let copies = backups(&bench);
    assert_eq!(copies.len(), 10);
    assert!(copies[0].contains("2020-01-04"), "{copies:?}");
    let today = bench.path("data/backups").join(copies.last().unwrap());
    assert_eq!(fs::read_to_string(&today).unwrap(), first);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&today).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn edits_of_two_instances_to_one_annotation_are_both_kept() {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    let (mut one, mut two) = (bench.store(), bench.store());
    let base = noted(1, "base");
    one.apply(&article, &[Edit::Put(base.clone())]).unwrap();
    let edit = |base: &Annotation, note: &str| {
        let revised = base.revised(Timestamp::now());
        Annotation { note: note.to_owned(), ..revised }
    };
    let longer = edit(&edit(&base, "draft of one"), "of one");
    one.apply(&article, &[Edit::Put(longer)]).unwrap();
    two.apply(&article, &[Edit::Put(edit(&base, "of two"))]).unwrap();
    let mut notes = bench.notes(&article);
    notes.sort();
    assert_eq!(notes, ["of one", "of two"]);
}
