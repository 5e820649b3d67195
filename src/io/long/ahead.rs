//! Reading ahead: the start of a long text that was named alone is made ready while the program still
//! reads its settings and draws its first frame.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use super::volume::{Sizes, Volume};
use super::window::Windows;
use super::{LONG, length};
use crate::app::Around;
use crate::io::Library;
use crate::io::shield::shielded;
use crate::io::walk::Walk;

/// What was read ahead, until somebody takes it.
#[derive(Debug, Clone, Default)]
pub struct Ahead(Arc<Mutex<Option<JoinHandle<Option<Windows>>>>>);

impl Ahead {
    /// Begins with the text of a library that is one file.
    #[must_use]
    pub fn begin(library: &Library) -> Self {
        let [path] = library.paths.as_slice() else { return Self::default() };
        if !path.is_file() {
            return Self::default();
        }
        let library = library.clone();
        // What goes wrong here is told by those who read the text in earnest.
        let read = move || shielded(|| start(&library)).ok().flatten();
        let thread = thread::Builder::new().name("ahead".to_owned()).spawn(read);
        Self(Arc::new(Mutex::new(thread.ok())))
    }

    /// What was made ready of the text in a file, if that is the one.
    pub(in crate::io) fn take(&self, file: &Path) -> Option<Windows> {
        let thread = self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let windows = thread.join().ok().flatten()?;
        windows.are_over(file).then_some(windows)
    }
}

fn start(library: &Library) -> Option<Windows> {
    let source = Walk::new(library.paths.iter().cloned(), library.manner).next()?.ok()?;
    length(&source, LONG)?;
    let names = (&*source.name, &*source.place());
    let volume = Volume::open(&source.path(), names, library.encoding, Sizes::default()).ok()?;
    let mut windows = Windows::over(Arc::new(volume));
    windows.make_ready(Around::Start).ok()?;
    Some(windows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::walk::Manner;

    #[test]
    fn a_long_text_that_was_named_alone_is_read_ahead() {
        let folder = tempfile::tempdir().unwrap();
        let [long, short] = ["long.txt", "short.txt"].map(|name| folder.path().join(name));
        let line = "The ferry to Skellan sailed again on Wednesday.\n\n";
        let times = usize::try_from(LONG).unwrap() / line.len() + 1;
        std::fs::write(&long, line.repeat(times)).unwrap();
        std::fs::write(&short, line).unwrap();
        let of = |paths: &[&Path]| {
            let paths = paths.iter().map(|path| path.to_path_buf()).collect();
            Ahead::begin(&Library { paths, manner: Manner::default(), encoding: None })
        };
        let ahead = of(&[&long]);
        let (text, _) = ahead.take(&long).unwrap().glimpse(Around::Start).unwrap();
        assert!(text.text.starts_with("The ferry"));
        assert!(ahead.take(&long).is_none(), "it is there once");
        assert!(of(&[&short]).take(&short).is_none(), "it is read as a whole");
        assert!(of(&[&long]).take(&short).is_none(), "it is another");
        assert!(of(&[&long, &short]).take(&long).is_none());
        assert!(of(&[folder.path()]).take(&long).is_none());
        // What has changed since is read anew.
        let ahead = of(&[&long]);
        while ahead.0.lock().unwrap().as_ref().is_some_and(|thread| !thread.is_finished()) {
            thread::yield_now();
        }
        std::fs::write(&long, line.repeat(times + 1)).unwrap();
        assert!(ahead.take(&long).is_none());
    }
}
