//! What others store.

use super::*;

fn what_others_store_comes_in(means: Means) {
    let mut bench = Bench::new(means);
    bench.save("Why?");
    let sound = fs::read_to_string(bench.file()).unwrap();
    fs::write(bench.file(), sound.replace("Why?", "Why not?")).unwrap();
    bench.stored(&["Why not?"]);
    replace(&bench.file(), &sound.replace("\"Why?\"", "\"Why?"));
    let problem = bench.unusable();
    let line = sound.lines().position(|line| line.contains("Why?")).unwrap() + 1;
    assert!(problem.contains(&format!("{}:{line}: ", bench.file().display())), "{problem}");
    replace(&bench.file(), &sound);
    bench.stored(&["Why?"]);
    fs::remove_file(bench.file()).unwrap();
    bench.until("its end", |outcome| {
        matches!(outcome, Outcome::Unstored { article: ArticleId(0) }).then_some(())
    });
}

#[test]
fn what_others_store_comes_in_where_the_system_tells() {
    what_others_store_comes_in(Means::Told);
}

#[test]
fn what_others_store_comes_in_where_it_does_not() {
    what_others_store_comes_in(Means::Looking);
}

#[test]
fn a_store_that_is_not_there_yet_is_watched_for() {
    let bench = Bench::new(Means::Told);
    // Another instance on the same folders.
    let (mut second, heard) = start(bench.folder.path(), Means::Told);
    let (article, annotations) = (ArticleId(0), vec![note("From the other side.")]);
    let save = Effect::Save { ticket: 1, article, annotations, corrected: None };
    assert_eq!(second.run(save).unwrap().rest, None);
    bench.stored(&["From the other side."]);
    drop(heard);
}

/// A folder of articles, one of them in a folder within that has a store of its own.
fn folder_within() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("articles/deep/.pullquote")).unwrap();
    fs::write(folder.path().join("articles/a.txt"), FERRY).unwrap();
    fs::write(folder.path().join("articles/deep/b.txt"), "Bread\n\nThere was none.\n").unwrap();
    folder
}

/// Another instance on the same folders, which writes a note on the article called so.
fn note_elsewhere(folder: &Path, name: &str, text: &str) {
    let (sender, heard) = channel();
    let mut runner = begin(folder, Means::Told, move |answer| sender.send(answer).is_ok());
    let article = until(&heard, name, |outcome| match outcome {
        Outcome::Found(found) => Some(found.iter().find(|it| *it.entry.name == *name)?.entry.id),
        _ => None,
    });
    until(&heard, "the walk", |outcome| matches!(outcome, Outcome::Walked).then_some(()));
    let annotations = vec![note(text)];
    let save = Effect::Save { ticket: 1, article, annotations, corrected: None };
    assert_eq!(runner.run(save).unwrap().rest, None);
    assert_eq!(runner.finish(), []);
}

fn until_stored(heard: &Receiver<Answer>, notes: &[&str]) {
    until(heard, "what is stored", |outcome| {
        let Outcome::Stored { annotations, .. } = outcome else { return None };
        annotations.iter().map(|it| it.note.as_str()).eq(notes.iter().copied()).then_some(())
    });
}

#[test]
fn what_others_store_comes_in_while_the_library_is_being_read() {
    let folder = folder_within();
    let (_runner, heard, _gate) = start_held(folder.path(), Stage::Judging);
    note_elsewhere(folder.path(), "deep/b.txt", "From within.");
    until_stored(&heard, &["From within."]);
    note_elsewhere(folder.path(), "a.txt", "From without.");
    until_stored(&heard, &["From without."]);
}

#[test]
fn a_store_that_is_made_within_the_library_is_watched_from_then_on() {
    let folder = folder_within();
    fs::remove_dir(folder.path().join("articles/deep/.pullquote")).unwrap();
    // Nothing else is to stir beside the store.
    let beside = folder.path().join("data/annotations");
    fs::create_dir_all(&beside).unwrap();
    let (_runner, heard, _gate) = start_held(folder.path(), Stage::Judging);
    fs::create_dir(folder.path().join("articles/deep/.pullquote")).unwrap();
    note_elsewhere(folder.path(), "deep/b.txt", "From within.");
    until_stored(&heard, &["From within."]);
    assert_eq!(fs::read_dir(beside).unwrap().count(), 0);
}

#[test]
fn what_others_store_while_the_library_is_being_listed_comes_in_then() {
    let folder = folder_within();
    let (_runner, heard, gate) = start_held(folder.path(), Stage::Listing);
    note_elsewhere(folder.path(), "a.txt", "Before it was listed.");
    drop(gate);
    until_stored(&heard, &["Before it was listed."]);
}

#[test]
fn what_is_stored_in_a_folder_within_is_there_from_the_beginning() {
    let folder = folder_within();
    note_elsewhere(folder.path(), "deep/b.txt", "From within.");
    let (sender, heard) = channel();
    let _runner = begin(folder.path(), Means::Told, move |answer| sender.send(answer).is_ok());
    let notes = until(&heard, "what is remembered", |outcome| match outcome {
        Outcome::Remembered(all) if !all.is_empty() => Some(all),
        _ => None,
    });
    assert_eq!(notes[0].annotations[0].note, "From within.");
}

#[test]
fn nothing_is_said_of_a_copy_beside_the_articles_own_file() {
    let mut bench = Bench::new(Means::Told);
    bench.save("Why?");
    let (file, own) = (bench.file(), fs::read_to_string(bench.file()).unwrap());
    fs::write(file.with_extension("copy.toml"), own.replace("Why?", "Whence?")).unwrap();
    fs::write(&file, own.replace("Why?", "Who?")).unwrap();
    bench.stored(&["Who?"]);
}
