//! What was said to be saved is there, whichever file system call of a save fails or is the last.

use super::*;
use crate::io::disk::fault::{Fault, Faults};

const EIO: i32 = 5;
const EACCES: i32 = 13;
const ENOSPC: i32 = 28;

/// An article with a file in which are an annotation of before and one written by hand.
fn begun() -> (Bench, ArticleRef) {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    bench.store().apply(&article, &[put(1, "before")]).unwrap();
    (bench, article)
}

fn folder(bench: &Bench) -> PathBuf {
    bench.folder.path().canonicalize().unwrap()
}

/// Saves twice, with one instance; which was acknowledged.
fn save_twice(bench: &Bench, article: &ArticleRef) -> Vec<&'static str> {
    let mut store = bench.store();
    let notes = [(2, "first"), (3, "second\n\"\"\" of several lines")];
    let saved =
        notes.into_iter().filter(|(id, note)| store.apply(article, &[put(*id, note)]).is_ok());
    saved.map(|(_, note)| note).collect()
}

/// Everything acknowledged is there, every file parses, and saving goes on.
fn check(bench: &Bench, article: &ArticleRef, acknowledged: &[&str], when: &str) {
    let there = bench.notes(article);
    for note in acknowledged {
        assert!(there.iter().any(|it| it == note), "{when}: {note:?} is lost of {there:?}");
    }
    let mut next = bench.store();
    assert_eq!(next.recover(&[]), [], "{when}");
    assert_eq!(next.load_all(&[]).problems(), [], "{when}");
    next.apply(article, &[put(9, "after")]).unwrap_or_else(|error| panic!("{when}: {error}"));
    let there = bench.notes(article);
    for note in acknowledged.iter().chain(&["after"]) {
        assert!(there.iter().any(|it| it == note), "{when}: {note:?} is lost of {there:?}");
    }
    let visible = bench.files().into_iter().filter(|file| file.extension() == Some("tmp".as_ref()));
    assert_eq!(visible.count(), 0, "{when}: a temporary file is left");
    let journals = files(&bench.path("state/journal"));
    let journals = journals.iter().filter(|path| path.extension() == Some("journal".as_ref()));
    assert_eq!(journals.count(), 1, "{when}: a journal is left besides that of this instance");
}

fn calls(new: bool) -> Vec<String> {
    let (bench, article) = if new { unsaved() } else { begun() };
    let _faults = Faults::start(&folder(&bench), Fault::None, 0);
    assert_eq!(save_twice(&bench, &article).len(), 2);
    Faults::calls()
}

/// An article without a file.
fn unsaved() -> (Bench, ArticleRef) {
    let bench = Bench::new();
    let article = bench.article("a.txt", "text");
    (bench, article)
}

/// Whatever goes wrong at every call of two saves, on an article with a file and on one without.
fn each_call(fault: Fault, also: impl Fn(&Bench, Faults, usize)) {
    for new in [false, true] {
        let calls = calls(new);
        assert!(calls.len() > 20, "{calls:?}");
        for at in 1..=calls.len() {
            let (bench, article) = if new { unsaved() } else { begun() };
            let faults = Faults::start(&folder(&bench), fault, at);
            let mut acknowledged = save_twice(&bench, &article);
            let made = Faults::calls();
            if !new {
                acknowledged.push("before");
            }
            also(&bench, faults, at);
            let call = made.get(at - 1).map_or("none", String::as_str);
            check(&bench, &article, &acknowledged, &format!("{fault:?} at {at}, {call}"));
        }
    }
}

#[test]
fn a_call_that_fails_loses_nothing() {
    for code in [EIO, EACCES, ENOSPC] {
        each_call(Fault::Error(code), |_, faults, _| drop(faults));
    }
}

#[test]
fn a_disk_that_fails_from_some_call_on_loses_nothing() {
    each_call(Fault::ErrorsFrom(ENOSPC), |_, faults, _| drop(faults));
}

#[test]
fn a_short_write_loses_nothing() {
    each_call(Fault::Short, |_, faults, _| drop(faults));
}

#[test]
fn being_killed_at_any_call_loses_nothing() {
    each_call(Fault::Kill, |_, faults, _| drop(faults));
    each_call(Fault::KillAfter, |_, faults, _| drop(faults));
}

#[test]
fn a_loss_of_power_at_any_call_loses_nothing() {
    for seed in 1..=4 {
        for fault in [Fault::Kill, Fault::KillAfter] {
            each_call(fault, |_, faults, at| faults.lose_power(seed * 1_000 + at as u64));
        }
    }
}

/// Where files cannot be exchanged they are renamed; nothing that was acknowledged is lost there either.
#[test]
fn where_files_cannot_be_exchanged_nothing_is_lost_either() {
    let _without = crate::io::disk::fault::without_exchange();
    each_call(Fault::Error(EIO), |_, faults, _| drop(faults));
    each_call(Fault::Kill, |_, faults, _| drop(faults));
    for fault in [Fault::Kill, Fault::KillAfter] {
        each_call(fault, |_, faults, at| faults.lose_power(at as u64));
    }
}

/// What could not be saved and is said to be in the journal is there after a loss of power.
#[test]
fn what_is_said_to_be_kept_in_the_journal_is_durable_there() {
    for seed in 1..=8 {
        let (bench, article) = begun();
        let (file, whole) = broken(&bench, |text| text.replace("kind = ", "kind is "));
        no_longer_written(&file);
        let mut store = bench.store();
        let faults = Faults::start(&folder(&bench), Fault::None, 0);
        store.apply(&article, &[put(2, "kept")]).unwrap_err();
        assert!(store.kept_in().is_some());
        // Its lock goes with it, but nothing that it would remove.
        drop(store);
        faults.lose_power(seed);
        fs::write(&file, whole.replace("kind is ", "kind = ")).unwrap();
        assert_eq!(bench.store().recover(&[]), [], "seed {seed}");
        assert_eq!(bench.notes(&article), ["before", "kept"], "seed {seed}");
    }
}

#[test]
fn what_the_journal_could_not_take_is_not_said_to_be_in_it() {
    let (bench, article) = begun();
    let mut store = bench.store();
    store.apply(&article, &[put(2, "first")]).unwrap();
    let faults = Faults::start(&folder(&bench), Fault::ErrorsFrom(ENOSPC), 1);
    store.apply(&article, &[put(3, "full")]).unwrap_err();
    assert_eq!(store.kept_in(), None);
    drop(faults);
}

#[test]
fn what_was_not_saved_goes_with_the_next_save() {
    let (bench, article) = begun();
    let mut store = bench.store();
    let faults = Faults::start(&folder(&bench), Fault::ErrorsFrom(ENOSPC), 1);
    store.apply(&article, &[put(2, "full")]).unwrap_err();
    drop(faults);
    store.apply(&article, &[put(3, "free again")]).unwrap();
    assert_eq!(bench.notes(&article), ["before", "full", "free again"]);
}

#[test]
fn what_was_not_saved_is_merged_in_at_the_next_start_unless_it_was_withdrawn() {
    for withdrawn in [false, true] {
        let (bench, article) = begun();
        let (file, whole) = broken(&bench, |text| text.replace("kind = ", "kind is "));
        let mut store = bench.store();
        store.apply(&article, &[put(2, "kept")]).unwrap_err();
        if withdrawn {
            store.withdraw();
        }
        drop(store);
        let problems = bench.store().recover(&[]);
        assert_eq!(problems.len(), usize::from(!withdrawn), "{problems:?}");
        fs::write(&file, whole.replace("kind is ", "kind = ")).unwrap();
        assert_eq!(bench.store().recover(&[]), []);
        let expected: &[&str] = if withdrawn { &["before"] } else { &["before", "kept"] };
        assert_eq!(bench.notes(&article), expected);
    }
}

#[test]
fn what_may_not_be_durable_is_written_anew_before_it_is_said_to_be_saved() {
    let (bench, article) = begun();
    let mut store = bench.store();
    // The first save of an instance does more than the others.
    store.apply(&article, &[put(2, "first")]).unwrap();
    let faults = Faults::start(&folder(&bench), Fault::None, 0);
    store.apply(&article, &[put(3, "second")]).unwrap();
    let calls = Faults::calls();
    drop(faults);
    // The folder is synced after the exchange.
    let at = calls.iter().rposition(|call| call.starts_with("sync folder")).unwrap() + 1;
    let faults = Faults::start(&folder(&bench), Fault::Error(EIO), at);
    store.apply(&article, &[put(4, "third")]).unwrap_err();
    drop(faults);
    let faults = Faults::start(&folder(&bench), Fault::None, 0);
    store.apply(&article, &[put(4, "third")]).unwrap();
    let calls = Faults::calls();
    assert!(calls.iter().any(|call| call.starts_with("exchange")), "{calls:?}");
    faults.lose_power(1);
    assert_eq!(bench.notes(&article), ["before", "first", "second", "third"]);
}
