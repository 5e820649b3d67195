use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::corpus::Article;

const ROOT: &str = "/reports";
const FILE: &str = "derived-1.sqlite";

/// What would be kept of an article called `name`, which is not the same for another `turn`.
fn kept(name: &str, turn: u32) -> Kept {
    let text = format!("Headline {turn}\n\nBy Ann Poe\n\nIt broke, she said.\n");
    let own = std::env::current_exe().unwrap();
    let voices = Tallies::of([("Ann Poe", "It broke")]);
    Kept {
        name: name.into(),
        stamp: Stamp::of(&own).unwrap(),
        record: (turn % 2 == 1).then_some((u64::from(turn), 12)),
        digest: Article::from_text(name, text, "windows-1252").digest().into(),
        judged: (!turn.is_multiple_of(3)).then_some(Judged { quotations: turn, voices }),
    }
}

fn cache(folder: &Path) -> Cache {
    Cache::made_by(folder, "one".to_owned(), Bound::default())
}

/// What is recalled of a root, with who speaks there put back in its place.
fn recalled(cache: &Cache, root: &str) -> Vec<Kept> {
    let mut voices = BTreeMap::new();
    cache.recall_voices(Path::new(root), |some| {
        voices.extend(some.into_iter().map(|it| ((it.name, it.text), it.voices)));
    });
    let mut all = Vec::new();
    cache.recall(Path::new(root), |some| {
        all.extend(some.into_iter().map(|Recalled { name, stamp, record, digest, quotations }| {
            let voices = voices.remove(&(name.clone(), fingerprint(&digest.sha256)));
            let judged = quotations.zip(voices);
            let judged = judged.map(|(quotations, voices)| Judged { quotations, voices });
            Kept { name, stamp, record, digest, judged }
        }));
    });
    all
}

fn names(cache: &Cache, root: &str) -> Vec<String> {
    recalled(cache, root).into_iter().map(|kept| kept.name.to_string()).collect()
}

/// A cache with `articles` of one root, and all of it in its file.
fn filled(articles: u32) -> (TempDir, Vec<Kept>) {
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<Kept> = (0..articles).map(|at| kept(&format!("{at:05}.txt"), at)).collect();
    cache(folder.path()).keep(Path::new(ROOT), &all);
    (folder, all)
}

fn number(folder: &Path, query: &str) -> u64 {
    let connection = Connection::open(folder.join(FILE)).unwrap();
    connection.query_row(query, [], |row| row.get(0)).unwrap()
}

#[test]
fn what_is_kept_comes_back_whole_and_in_order() {
    let (folder, all) = filled(1_500);
    assert_eq!(recalled(&cache(folder.path()), ROOT), all);
    assert_eq!(names(&cache(folder.path()), "/other"), [""; 0]);
}

#[test]
fn at_rest_all_is_in_the_file_itself() {
    let (folder, all) = filled(40);
    let more = kept("more.txt", 1);
    let cache = cache(folder.path());
    cache.keep(Path::new(ROOT), std::slice::from_ref(&more));
    let log = || fs::metadata(folder.path().join(format!("{FILE}-wal"))).unwrap().len();
    assert!(log() > 0);
    cache.rest();
    assert_eq!(log(), 0);
    // Who opens the file after a fall has nothing to go through.
    let copy = tempfile::tempdir().unwrap();
    fs::copy(folder.path().join(FILE), copy.path().join(FILE)).unwrap();
    let here = recalled(&self::cache(copy.path()), ROOT);
    assert_eq!(here, [all, vec![more]].concat());
}

#[test]
fn nothing_is_handed_on_but_in_pieces() {
    let (folder, all) = filled(1_500);
    let check = || {
        let mut pieces = Vec::new();
        cache(folder.path()).recall(Path::new(ROOT), |some| pieces.push(some.len()));
        assert_eq!((pieces.len(), pieces.iter().sum()), (3, all.len()));
    };
    check();
    // Chunks that overlap.
    cache(folder.path()).keep(Path::new(ROOT), &[all[0].clone(), all[1_400].clone()]);
    check();
}

#[test]
fn who_speaks_is_kept_for_a_text() {
    let (folder, mut articles) = filled(3);
    let cache = cache(folder.path());
    let text = fingerprint(&articles[0].digest.sha256);
    let quill = Tallies::of([("Rufus Quill", "So it did")]);
    let voiced = Voiced { name: articles[1].name.clone(), text, voices: quill.clone() };
    cache.keep_voices(Path::new(ROOT), std::slice::from_ref(&voiced));
    // It is not that text.
    assert_eq!(recalled(&cache, ROOT)[1].judged, None);
    let text = fingerprint(&articles[1].digest.sha256);
    cache.keep_voices(Path::new(ROOT), &[Voiced { text, ..voiced }]);
    articles[1].judged = Some(Judged { quotations: 1, voices: quill });
    assert_eq!(recalled(&cache, ROOT), articles);
}

#[derive(Debug, Clone)]
enum Step {
    Keep(Vec<(u8, u8)>),
    Forget(Vec<u8>),
    Settle,
    Recall,
}

fn step() -> impl Strategy<Value = (bool, Step)> {
    let steps = prop_oneof![
        4 => prop::collection::vec(any::<(u8, u8)>(), 1..40).prop_map(Step::Keep),
        2 => prop::collection::vec(any::<u8>(), 1..10).prop_map(Step::Forget),
        1 => Just(Step::Settle),
        1 => Just(Step::Recall),
    ];
    (any::<bool>(), steps)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Two instances share one file, and each sees at once what the other has done.
    #[test]
    fn the_latest_word_counts(steps in prop::collection::vec(step(), 1..24)) {
        let folder = tempfile::tempdir().unwrap();
        let pair = [cache(folder.path()), cache(folder.path())];
        let mut model: BTreeMap<Arc<str>, Kept> = BTreeMap::new();
        for (which, step) in steps {
            let cache = &pair[usize::from(which)];
            match step {
                Step::Keep(some) => {
                    let some: Vec<Kept> = some
                        .into_iter()
                        .map(|(name, turn)| kept(&name.to_string(), u32::from(turn)))
                        .collect();
                    cache.keep(Path::new(ROOT), &some);
                    model.extend(some.into_iter().map(|kept| (kept.name.clone(), kept)));
                }
                Step::Forget(names) => {
                    let names: Vec<String> = names.iter().map(u8::to_string).collect();
                    let all: Vec<&str> = names.iter().map(String::as_str).collect();
                    cache.forget(Path::new(ROOT), &all);
                    model.retain(|name, _| !all.contains(&&**name));
                }
                Step::Settle => cache.settle(Path::new(ROOT)),
                Step::Recall => {}
            }
            let expected: Vec<Kept> = model.values().cloned().collect();
            prop_assert_eq!(recalled(cache, ROOT), expected);
            for name in (0..=u8::MAX).step_by(3).map(|name| name.to_string()) {
                let found = cache.find(Path::new(ROOT), &name).map(|it| (it.stamp, it.digest));
                let kept = model.get(&*name).map(|it| (it.stamp, Arc::clone(&it.digest)));
                prop_assert_eq!(found, kept);
            }
        }
    }
}

#[test]
fn what_is_kept_again_and_again_takes_no_more_room() {
    let (folder, all) = filled(1_000);
    let cache = cache(folder.path());
    for _ in 0..20 {
        cache.keep(Path::new(ROOT), &all);
    }
    let lines = number(folder.path(), "SELECT lines FROM root WHERE section = 'articles'");
    assert!(lines <= 2 * 1_000 + 4_096, "{lines}");
    cache.settle(Path::new(ROOT));
    assert_eq!(number(folder.path(), "SELECT lines FROM root WHERE section = 'articles'"), 1_000);
    assert_eq!(number(folder.path(), "SELECT count(*) FROM chunk"), 4);
    let bytes = number(folder.path(), "SELECT sum(length(lines)) FROM chunk");
    assert_eq!(number(folder.path(), "SELECT sum(bytes) FROM root"), bytes);
    // And the disk has back what is free: but for the last half of the file.
    let pages = number(folder.path(), "PRAGMA page_count");
    assert!(pages * 16_384 < 2 * bytes + 20 * 16_384, "{pages} pages for {bytes} bytes");
}

#[test]
fn a_broken_file_is_begun_anew() {
    let (folder, all) = filled(800);
    let path = folder.path().join(FILE);
    let whole = fs::read(&path).unwrap();
    let cut = |to: usize| whole[..to].to_vec();
    let zeroed = |from: usize| {
        let mut bytes = whole.clone();
        bytes[from..].fill(0);
        bytes
    };
    let broken = [
        b"no database at all, but some text of some length".repeat(400),
        cut(1),
        cut(100),
        cut(16_384),
        cut(whole.len() / 2),
        cut(whole.len() - 16_384),
        zeroed(0),
        zeroed(200),
        zeroed(16_384),
        zeroed(whole.len() / 2),
    ];
    for (number, bytes) in broken.iter().enumerate() {
        fs::write(&path, bytes).unwrap();
        let cache = cache(folder.path());
        let some = recalled(&cache, ROOT);
        assert!(some.iter().all(|kept| all.contains(kept)), "{number}");
        assert!(some.len() < all.len(), "{number}");
        cache.keep(Path::new(ROOT), &all);
        assert_eq!(recalled(&cache, ROOT), all, "{number}");
        drop(cache);
        assert_eq!(recalled(&self::cache(folder.path()), ROOT), all, "{number}");
    }
}

#[test]
fn a_byte_that_is_not_what_was_written_is_noticed() {
    let (folder, all) = filled(600);
    let path = folder.path().join(FILE);
    let whole = fs::read(&path).unwrap();
    for at in (100..whole.len()).step_by(whole.len() / 64) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x04;
        fs::write(&path, bytes).unwrap();
        let cache = cache(folder.path());
        let some = recalled(&cache, ROOT);
        assert!(some.iter().all(|kept| all.contains(kept)), "byte {at}");
        cache.keep(Path::new(ROOT), &all);
        assert_eq!(recalled(&cache, ROOT), all, "byte {at}");
    }
}

#[test]
fn a_file_that_breaks_while_it_is_open_is_begun_anew_once() {
    let (folder, all) = filled(300);
    let pair = [cache(folder.path()), cache(folder.path())];
    assert_eq!(recalled(&pair[0], ROOT), all);
    assert_eq!(recalled(&pair[1], ROOT), all);
    let path = folder.path().join(FILE);
    let length = fs::metadata(&path).unwrap().len();
    fs::write(&path, vec![7; usize::try_from(length).unwrap()]).unwrap();
    recalled(&pair[0], ROOT);
    pair[0].keep(Path::new(ROOT), &all);
    assert_eq!(recalled(&pair[0], ROOT), all);
    // The other one finds that the file it had is broken, and what has taken its place is not.
    recalled(&pair[1], ROOT);
    assert_eq!(recalled(&pair[1], ROOT), all);
    assert_eq!(recalled(&pair[0], ROOT), all);
}

#[test]
fn where_nothing_can_be_kept_nothing_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    fs::write(&file, "").unwrap();
    let nameless = Path::new("/proc/no such folder");
    for cache in [Cache::nowhere(), cache(&file), cache(&file.join("below")), cache(nameless)] {
        cache.keep(Path::new(ROOT), &[kept("a.txt", 1)]);
        cache.forget(Path::new(ROOT), &["b.txt"]);
        cache.settle(Path::new(ROOT));
        assert_eq!(recalled(&cache, ROOT), []);
    }
    assert_eq!(fs::read(&file).unwrap(), b"");
}

#[test]
fn what_another_build_derived_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let made = |maker: &str| Cache::made_by(folder.path(), maker.to_owned(), Bound::default());
    let root = Path::new(ROOT);
    made("one").keep(root, &[kept("a.txt", 1)]);
    assert_eq!(names(&made("two"), ROOT), [""; 0]);
    made("two").keep(root, &[kept("b.txt", 1)]);
    assert_eq!(names(&made("one"), ROOT), ["a.txt"]);
    // Of three the one that was in use least lately goes.
    let used = "UPDATE root SET used = used - 100 WHERE maker = 'one'";
    Connection::open(folder.path().join(FILE)).unwrap().execute(used, []).unwrap();
    made("three").keep(root, &[kept("c.txt", 1)]);
    let left = ["one", "two", "three"].map(|it| names(&made(it), ROOT).concat());
    assert_eq!(left, ["", "b.txt", "c.txt"]);
}

#[test]
fn encodings_that_were_asked_for_are_kept_apart() {
    let folder = tempfile::tempdir().unwrap();
    let latin = crate::corpus::encoding_named("latin1");
    Cache::open(folder.path(), latin).keep(Path::new(ROOT), &[kept("a.txt", 1)]);
    assert_eq!(names(&Cache::open(folder.path(), None), ROOT), [""; 0]);
    assert_eq!(names(&Cache::open(folder.path(), latin), ROOT), ["a.txt"]);
}

#[test]
fn what_was_in_use_least_lately_goes_first() {
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<Kept> = (0..10).map(|at| kept(&format!("{at}.txt"), at)).collect();
    let bound = Bound { lines: 40, ..Bound::default() };
    let cache = Cache::made_by(folder.path(), "one".to_owned(), bound);
    for root in ["/a", "/b"] {
        cache.keep(Path::new(root), &all);
    }
    let connection = Connection::open(folder.path().join(FILE)).unwrap();
    connection.execute("UPDATE root SET used = 10000 WHERE path = '/a'", []).unwrap();
    connection.execute("UPDATE root SET used = 20000 WHERE path = '/b'", []).unwrap();
    // Recalling is a use.
    assert_eq!(recalled(&cache, "/a"), all);
    cache.keep(Path::new("/c"), &all);
    let left = ["/a", "/b", "/c"].map(|root| recalled(&cache, root).len());
    assert_eq!(left, [10, 0, 10]);
    assert_eq!(number(folder.path(), "SELECT count(*) FROM chunk"), 4);
}

#[test]
fn a_root_that_is_too_much_by_itself_pushes_nothing_out() {
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<Kept> = (0..30).map(|at| kept(&format!("{at}.txt"), at)).collect();
    for bound in
        [Bound { lines: 25, ..Bound::default() }, Bound { bytes: 2_500, ..Bound::default() }]
    {
        let cache = Cache::made_by(folder.path(), "one".to_owned(), bound);
        cache.keep(Path::new("/small"), all.get(..5).unwrap());
        cache.keep(Path::new("/large"), &all);
        let left = ["/small", "/large"].map(|root| recalled(&cache, root).len());
        assert_eq!(left, [5, 0]);
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("cache");
    let cache = cache(&folder);
    cache.keep(Path::new(ROOT), &[kept("a.txt", 1)]);
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    for suffix in ["", "-wal", "-shm"] {
        let metadata = fs::metadata(folder.join(format!("{FILE}{suffix}"))).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{suffix}");
    }
}

/// Where another process finds the folder of the cache, and whose turn it is.
const TURN: &str = "PULLQUOTE_TEST_CACHE";

#[test]
#[ignore = "another test runs it, in a process of its own"]
fn write_from_a_process_of_its_own() {
    let turn = std::env::var(TURN).unwrap();
    let (turn, folder) = turn.split_once(' ').unwrap();
    let cache = cache(Path::new(folder));
    for round in 0..20 {
        let all = [kept(&format!("{turn}-{round:02}.txt"), round), kept("shared.txt", round)];
        cache.keep(Path::new(ROOT), &all);
        assert!(names(&cache, ROOT).iter().any(|name| **name == *all[0].name));
    }
}

#[test]
fn processes_share_it() {
    let folder = tempfile::tempdir().unwrap();
    let writer = "io::cache::tests::write_from_a_process_of_its_own";
    let begin = |turn: u32| {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", writer, "--ignored"])
            .env(TURN, format!("{turn} {}", folder.path().display()))
            .output()
    };
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..3).map(|turn| scope.spawn(move || begin(turn))).collect();
        for writer in writers {
            let output = writer.join().unwrap().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
    });
    let names = names(&cache(folder.path()), ROOT);
    assert_eq!(names.len(), 3 * 20 + 1);
}
