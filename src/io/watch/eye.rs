//! The eye: has the system say when something stirs in a folder, so that nothing runs until it does.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use notify::event::{Event, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::News;
use super::remote::is_remote;
use super::stamp::identity;
use crate::corpus::format_of;
use crate::io::store::MARK;
use crate::io::survey::give_way;

/// The most folders that are watched: the system has a limit for all programs of a user together.
const MOST: usize = 2_048;
/// How often to look where the system does not tell: two instances are to see each other's changes
/// within two seconds.
const ROUND: Duration = Duration::from_secs(1);

/// How to learn of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum Means {
    /// The system tells, where it can.
    Told,
    /// By looking from time to time.
    #[cfg(test)]
    Looking,
}

/// In what something stirred.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stirred {
    pub(super) library: bool,
    pub(super) store: bool,
}

/// What the callback of the system knows and notes down.
#[derive(Debug, Default)]
struct Notes {
    library: HashSet<PathBuf>,
    store: HashSet<PathBuf>,
    stirred: Stirred,
}

/// What watches folders.
#[derive(Debug)]
pub(super) struct Eye {
    watcher: Option<RecommendedWatcher>,
    /// The folders watched, and which folder it was that had that name.
    watched: BTreeMap<PathBuf, u64>,
    notes: Arc<Mutex<Notes>>,
    /// Whether there are folders that the system does not watch for us.
    partial: bool,
    /// Whether the system does not tell what others do in a folder.
    is_remote: fn(&Path) -> bool,
}

impl Eye {
    /// An eye that sends word to `news`, once until [`Eye::take`] was called.
    pub(super) fn new(news: Sender<News>, means: Means) -> Self {
        let notes = Arc::new(Mutex::new(Notes::default()));
        let watcher = match means {
            Means::Told => watcher(news, Arc::clone(&notes)),
            #[cfg(test)]
            Means::Looking => None,
        };
        Self { watcher, watched: BTreeMap::new(), notes, partial: true, is_remote }
    }

    /// Watches these folders and no others. Of one that is not there, the nearest folder above it is
    /// watched until it is. What stirred in those that were not watched before nobody has seen: they
    /// are to be looked at after this.
    pub(super) fn watch(&mut self, library: &[PathBuf], store: &BTreeSet<PathBuf>) -> Stirred {
        let store: HashSet<PathBuf> = store.iter().filter_map(|folder| nearest(folder)).collect();
        let library: HashSet<PathBuf> = library.iter().cloned().collect();
        let wanted: BTreeSet<&PathBuf> = store.iter().chain(library.iter().take(MOST)).collect();
        let is_remote = |folder: &&PathBuf| (self.is_remote)(folder);
        self.partial =
            self.watcher.is_none() || library.len() > MOST || wanted.iter().any(is_remote);
        let mut unseen = Stirred::default();
        if let Some(watcher) = &mut self.watcher {
            self.watched.retain(|folder, known| {
                let stays = wanted.contains(folder) && identity_of(folder) == Some(*known);
                if !stays {
                    // What is gone is watched no longer by itself.
                    let _ = watcher.unwatch(folder);
                }
                stays
            });
            for folder in wanted {
                let Some(now) = identity_of(folder) else { continue };
                if self.watched.contains_key(folder) {
                    continue;
                }
                match watcher.watch(folder, RecursiveMode::NonRecursive) {
                    Ok(()) => {
                        unseen.library |= library.contains(folder);
                        unseen.store |= store.contains(folder);
                        self.watched.insert(folder.clone(), now);
                    }
                    Err(_) => self.partial = true,
                }
            }
        }
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        (notes.library, notes.store) = (library, store);
        unseen
    }

    /// How long to wait at most before looking unasked; for ever, where the system tells.
    pub(super) fn patience(&self) -> Option<Duration> {
        self.partial.then_some(ROUND)
    }

    /// What stirred since this was last asked.
    pub(super) fn take(&self) -> Stirred {
        std::mem::take(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner).stirred)
    }
}

/// A watcher of the system's, where it has one to give.
fn watcher(news: Sender<News>, notes: Arc<Mutex<Notes>>) -> Option<RecommendedWatcher> {
    let mut new = true;
    let hear = move |event: notify::Result<Event>| {
        if std::mem::take(&mut new) {
            // It hears of each file that we read ourselves, too.
            give_way();
        }
        let mut notes = notes.lock().unwrap_or_else(PoisonError::into_inner);
        let first = notes.stirred == Stirred::default();
        notes.hear(event);
        if first && notes.stirred != Stirred::default() {
            // Whoever no longer listens is leaving.
            let _ = news.send(News::Stirred);
        }
    };
    notify::recommended_watcher(hear).ok()
}

impl Notes {
    fn hear(&mut self, event: notify::Result<Event>) {
        let Some(event) = event.ok().filter(|event| !event.need_rescan()) else {
            // Some word was lost.
            self.stirred = Stirred { library: true, store: true };
            return;
        };
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        for path in &event.paths {
            let lies_in = |folders: &HashSet<PathBuf>| {
                folders.contains(path) || path.parent().is_some_and(|it| folders.contains(it))
            };
            let is_home = path.ends_with(MARK) && lies_in(&self.library);
            self.stirred.store |= is_home || lies_in(&self.store);
            self.stirred.library |= lies_in(&self.library) && concerns_library(event.kind, path);
        }
    }
}

/// Whether it could make a difference to a library: its articles, and folders that come and go.
fn concerns_library(kind: EventKind, path: &Path) -> bool {
    let hidden =
        path.file_name().map(OsStr::as_encoded_bytes).is_some_and(|it| it.starts_with(b"."));
    let inside = matches!(kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
    !hidden && (!inside || format_of(path).is_some())
}

/// The folder, or the nearest above it that is there.
fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.is_dir()).map(Path::to_owned)
}

fn identity_of(folder: &Path) -> Option<u64> {
    fs::metadata(folder).ok().filter(fs::Metadata::is_dir).map(|metadata| identity(&metadata))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn where_the_system_does_not_tell_all_it_is_looked_from_time_to_time() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store");
        fs::create_dir(&store).unwrap();
        let library = vec![folder.path().to_owned()];
        let mut eye = Eye::new(channel().0, Means::Told);
        assert_eq!(eye.patience(), Some(ROUND), "nothing is watched yet");
        let watch = |eye: &mut Eye| {
            eye.watch(&library, &BTreeSet::from([store.clone()]));
            eye.patience()
        };
        // Where the system has nothing to watch with, it is looked all the time.
        let told = eye.watcher.is_some().then_some(None);
        eye.is_remote = |_| false;
        assert_eq!(watch(&mut eye), told.unwrap_or(Some(ROUND)));
        for remote in
            [|path: &Path| path.ends_with("store"), |path: &Path| !path.ends_with("store")]
        {
            eye.is_remote = remote;
            assert_eq!(watch(&mut eye), Some(ROUND));
        }
        assert!(ROUND < Duration::from_secs(2));
    }
}
