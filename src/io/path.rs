//! Where the program keeps its things, and how it names those of others.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

use directories::ProjectDirs;

use super::Problem;

/// The folders that the program keeps its things in. None is made before something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The annotations and the codebook.
    pub data: PathBuf,
    /// Locks, the journal, places in the text and read state.
    pub state: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
    /// The settings, a file.
    pub settings: PathBuf,
    /// The user's own themes.
    pub themes: PathBuf,
}

impl Places {
    /// The folders of the system's custom, or those asked for: `data_dir` takes the state and the
    /// cache with it, `settings` is a file whose folder holds the user's themes too.
    ///
    /// # Errors
    /// Where the user has no home folder and did not say where to go instead, or where the working
    /// folder is gone and a path is relative to it.
    pub fn find(data_dir: Option<&Path>, settings: Option<&Path>) -> Result<Self, Problem> {
        let project = ProjectDirs::from("", "", "pullquote");
        let home = || project.as_ref().ok_or_else(homeless);
        let (data, state, cache) = match data_dir {
            Some(folder) => {
                let data = absolute(folder)?;
                (data.clone(), data.join("state"), data.join("cache"))
            }
            None => folders(home()?),
        };
        let settings = match settings {
            Some(file) => absolute(file)?,
            // Without a home there are no settings to read, but the work can be done.
            None => match home() {
                Ok(project) => project.config_dir().join("config.toml"),
                Err(_) => data.join("config.toml"),
            },
        };
        let themes = settings.with_file_name("themes");
        Ok(Self { data, state, cache, settings, themes })
    }
}

/// Data, state and cache where the system has them. Only Linux tells state from data.
fn folders(project: &ProjectDirs) -> (PathBuf, PathBuf, PathBuf) {
    let data = project.data_dir().to_owned();
    let state = project.state_dir().map_or_else(|| data.join("state"), Path::to_owned);
    (data, state, project.cache_dir().to_owned())
}

fn homeless() -> Problem {
    Problem::new("--data-dir", "there is no home folder to keep annotations in; give one here")
}

fn absolute(path: &Path) -> Result<PathBuf, Problem> {
    std::path::absolute(path)
        .map_err(|error| Problem::unreadable(path.display().to_string(), &error))
}

/// A relative path as the contract names an article: its parts joined with `/`, bytes that are not
/// UTF-8 percent-encoded.
#[must_use]
pub fn name(relative: &Path) -> Cow<'_, str> {
    // Most are spelled so already.
    if let Some(name) = relative.to_str().filter(|name| is_plain(name)) {
        return Cow::Borrowed(name);
    }
    let parts: Vec<String> = relative
        .components()
        .filter(|part| !matches!(part, Component::CurDir | Component::RootDir))
        .map(|part| encoded(part.as_os_str().as_encoded_bytes()))
        .collect();
    Cow::Owned(parts.join("/"))
}

#[cfg(unix)]
fn is_plain(name: &str) -> bool {
    name.split('/').all(|part| !matches!(part, "" | "."))
}

#[cfg(not(unix))]
const fn is_plain(_: &str) -> bool {
    false
}

/// A whole path in the same spelling, for a file of ours to hold.
#[must_use]
pub fn spelled(path: &Path) -> String {
    encoded(path.as_os_str().as_encoded_bytes())
}

fn encoded(bytes: &[u8]) -> String {
    let mut spelled = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        spelled.push_str(chunk.valid());
        for byte in chunk.invalid() {
            spelled.extend(["%", &format!("{byte:02X}")]);
        }
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_folder_takes_state_and_cache_with_it() {
        let places = Places::find(Some(Path::new("/d")), Some(Path::new("/c/mine.toml"))).unwrap();
        assert_eq!(places.data, Path::new("/d"));
        assert_eq!(places.state, Path::new("/d/state"));
        assert_eq!(places.cache, Path::new("/d/cache"));
        assert_eq!(places.settings, Path::new("/c/mine.toml"));
        assert_eq!(places.themes, Path::new("/c/themes"));
    }

    #[test]
    fn a_relative_folder_is_made_absolute() {
        let places = Places::find(Some(Path::new("d")), None).unwrap();
        assert!(places.data.is_absolute() && places.data.ends_with("d"));
    }

    #[test]
    fn names_are_joined_with_slashes() {
        assert_eq!(name(Path::new("./wire/a b.txt")), "wire/a b.txt");
        assert_eq!(name(Path::new("100%.txt")), "100%.txt");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_utf8_are_percent_encoded() {
        use std::os::unix::ffi::OsStrExt;
        let raw = std::ffi::OsStr::from_bytes(b"caf\xE9/\xC3\xA9.txt");
        assert_eq!(name(Path::new(raw)), "caf%E9/é.txt");
    }
}
