use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;

/// A folder with these files in it, each holding its own name.
fn folder(files: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    }
    folder
}

fn walk(paths: &[&Path], manner: Manner) -> Vec<Result<Source, Problem>> {
    Walk::new(paths.iter().map(|path| path.to_path_buf()), manner).take(1_000).collect()
}

/// The names of the articles found, and of what was said of the rest.
fn names(found: &[Result<Source, Problem>]) -> Vec<&str> {
    found.iter().filter_map(|found| Some(&*found.as_ref().ok()?.name)).collect()
}

fn problems(found: &[Result<Source, Problem>]) -> Vec<&Problem> {
    found.iter().filter_map(|found| found.as_ref().err()).collect()
}

#[test]
fn a_folder_is_walked_in_order_and_hidden_things_are_left_out() {
    let root = folder(&[
        "b.txt",
        "a/z.txt",
        "a/B.TXT",
        "a.txt",
        "picture.png",
        ".hidden.txt",
        ".pullquote/annotations/x.txt",
        "a/.git/y.txt",
    ]);
    let found = walk(&[root.path()], Manner::default());
    assert_eq!(names(&found), ["a/B.TXT", "a/z.txt", "a.txt", "b.txt"]);
    assert_eq!(found.len(), 4);
    let first = found[0].as_ref().unwrap();
    assert_eq!(**first.root(), fs::canonicalize(root.path()).unwrap());
    assert_eq!(first.root().join("a/B.TXT"), first.path());
    assert_eq!(first.place(), root.path().join("a/B.TXT").to_str().unwrap());
}

#[test]
fn a_file_given_is_read_whatever_its_name() {
    let root = folder(&["a/notes.dat", "a/.hidden"]);
    let [notes, hidden] = ["a/notes.dat", "a/.hidden"].map(|name| root.path().join(name));
    let found = walk(&[&notes, &hidden], Manner::default());
    assert_eq!(names(&found), ["notes.dat", ".hidden"]);
    assert_eq!(
        found[0].as_ref().unwrap().root().to_path_buf(),
        fs::canonicalize(root.path().join("a")).unwrap()
    );
}

#[test]
fn the_root_is_the_same_however_the_folder_is_reached() {
    let root = folder(&["a/x.txt", "b/y.txt"]);
    let plain = walk(&[&root.path().join("a")], Manner::default());
    let around = walk(&[&root.path().join("b/../a/.")], Manner::default());
    assert_eq!(plain[0].as_ref().unwrap().root(), around[0].as_ref().unwrap().root());
}

#[test]
fn what_is_given_twice_is_taken_once() {
    let root = folder(&["a/x.txt", "a/b/y.txt", "a/b/z.dat"]);
    let [a, b, x, z] = ["a", "a/b", "a/x.txt", "a/b/z.dat"].map(|name| root.path().join(name));
    assert_eq!(names(&walk(&[&a, &a, &b, &x], Manner::default())), ["b/y.txt", "x.txt"]);
    assert_eq!(names(&walk(&[&x, &b, &a], Manner::default())), ["x.txt", "y.txt"]);
    assert_eq!(names(&walk(&[&a, &z], Manner::default())), ["b/y.txt", "x.txt", "z.dat"]);
    let stdin = PathBuf::from(STDIN);
    let found = walk(&[&stdin, &stdin], Manner::default());
    assert_eq!(names(&found), [STDIN]);
    assert!(found[0].as_ref().unwrap().is_stdin());
}

#[test]
fn what_is_not_there_and_what_is_empty_is_said_and_the_rest_goes_on() {
    let root = folder(&["a/x.txt", "pictures/p.png"]);
    let paths = ["gone", "pictures", "a"].map(|name| root.path().join(name));
    let found = walk(&[&paths[0], &paths[1], &paths[2]], Manner::default());
    assert_eq!(names(&found), ["x.txt"]);
    let said = problems(&found);
    assert_eq!(said.len(), 2);
    assert_eq!(said[0].place, paths[0].to_str().unwrap());
    assert!(said[0].what.contains("no such file"));
    assert_eq!(said[1].place, paths[1].to_str().unwrap());
    assert!(said[1].what.contains("no articles"));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    #[test]
    fn pipes_and_sockets_are_said_and_not_opened() {
        let root = folder(&["x.txt"]);
        let fifo = root.path().join("fifo.txt");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let _socket = UnixListener::bind(root.path().join("socket")).unwrap();
        let found = walk(&[root.path(), &fifo, Path::new("/dev/null")], Manner::default());
        assert_eq!(names(&found), ["x.txt"]);
        let said: Vec<bool> = problems(&found)
            .iter()
            .zip(["a named pipe", "a socket", "a named pipe", "a device"])
            .map(|(problem, thing)| problem.what.starts_with(thing))
            .collect();
        assert_eq!(said, [true; 4]);
    }

    #[test]
    fn a_name_that_is_no_utf8_is_spelled_out() {
        let root = folder(&[]);
        let name = std::ffi::OsStr::from_bytes(b"caf\xE9.txt");
        fs::write(root.path().join(name), "x").unwrap();
        assert_eq!(names(&walk(&[root.path()], Manner::default())), ["caf%E9.txt"]);
        assert_eq!(names(&walk(&[&root.path().join(name)], Manner::default())), ["caf%E9.txt"]);
    }

    #[test]
    fn a_folder_that_is_closed_is_said_and_the_rest_goes_on() {
        let root = folder(&["closed/x.txt", "open/y.txt"]);
        let closed = root.path().join("closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read_dir(&closed).is_ok() {
            eprintln!("skipped: this user may read everything");
            return;
        }
        let found = walk(&[root.path()], Manner::default());
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(names(&found), ["open/y.txt"]);
        assert_eq!(problems(&found)[0].place, closed.to_str().unwrap());
        assert!(problems(&found)[0].what.contains("permission denied"));
    }

    #[test]
    fn links_in_circles_end() {
        let root = folder(&["a/x.txt", "b/y.txt"]);
        symlink("..", root.path().join("a/up")).unwrap();
        symlink("../b", root.path().join("a/across")).unwrap();
        symlink("../a", root.path().join("b/back")).unwrap();
        symlink("self", root.path().join("self")).unwrap();
        symlink("../..", root.path().join("b/out")).unwrap();
        for follow in [false, true] {
            let found = walk(&[root.path()], Manner { follow });
            assert_eq!(names(&found), ["a/x.txt", "b/y.txt"]);
            assert!(problems(&found).len() <= 1, "{:?}", problems(&found));
        }
    }

    #[test]
    fn many_links_across_do_not_multiply() {
        let root = folder(&["x.txt"]);
        let outside = folder(&[]);
        for from in 0..12 {
            let folder = outside.path().join(format!("d{from}"));
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("y.txt"), "y").unwrap();
            for to in 0..12 {
                symlink(format!("../d{to}"), folder.join(format!("to{to}"))).unwrap();
            }
        }
        symlink(outside.path(), root.path().join("out")).unwrap();
        let found = walk(&[root.path()], Manner { follow: true });
        assert!(found.len() <= 1 + 12 * 2, "{}", found.len());
        assert!(found.iter().all(Result::is_ok));
    }

    #[test]
    fn links_out_of_the_folder_are_followed_only_when_asked() {
        let outside = folder(&["far/z.txt", "w.txt"]);
        let root = folder(&["x.txt"]);
        symlink(outside.path().join("far"), root.path().join("far")).unwrap();
        symlink(outside.path().join("w.txt"), root.path().join("w.txt")).unwrap();
        let found = walk(&[root.path()], Manner { follow: false });
        assert_eq!(names(&found), ["x.txt"]);
        assert_eq!(problems(&found).iter().filter(|problem| problem.remark).count(), 2);
        let found = walk(&[root.path()], Manner { follow: true });
        assert_eq!(names(&found), ["far/z.txt", "w.txt", "x.txt"]);
        let link = root.path().join("far");
        assert_eq!(names(&walk(&[&link], Manner::default())), ["z.txt"]);
    }

    #[test]
    fn links_within_the_folder_are_taken_where_nothing_else_reaches_the_file() {
        let root = folder(&[".annex/1", ".annex/deep/2.txt", "x.txt"]);
        symlink(".annex/1", root.path().join("one.txt")).unwrap();
        symlink(".annex/deep", root.path().join("deep")).unwrap();
        symlink("x.txt", root.path().join("again.txt")).unwrap();
        symlink("gone.txt", root.path().join("nothing.txt")).unwrap();
        let found = walk(&[root.path()], Manner::default());
        assert_eq!(names(&found), ["deep/2.txt", "one.txt", "x.txt"]);
        assert!(problems(&found)[0].what.contains("a link to nothing"));
    }
}
