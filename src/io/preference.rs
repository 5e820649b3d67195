//! The user's own preferences: the configuration file, and themes beside it.

use std::fs;
use std::path::Path;

use super::Problem;
use super::load::read_text;
use super::path::{self, Places};
use crate::config::{Config, Theme};

/// The configuration in force. Where there is no file, all is at its default; what is wrong in it is
/// among its problems.
///
/// # Errors
/// Where the file is there and cannot be read, or was `named` by the person and is not there.
pub fn load_config(places: &Places, named: bool) -> Result<Config, Problem> {
    let source = path::spelled(&places.settings);
    if !named && !places.settings.exists() {
        return Ok(Config::default());
    }
    Ok(Config::parse(&read_text(&places.settings, &source)?, &source))
}

/// The theme of that name with what is wrong in it: the user's own comes before one that came with
/// the program.
///
/// # Errors
/// Where there is none, or it cannot be read.
pub fn load_theme(places: &Places, name: &str) -> Result<(Theme, Vec<Problem>), Problem> {
    let (toml, source) = load_theme_toml(places, name)?;
    let (theme, problems) = Theme::parse(&toml, &source);
    Ok((theme, problems.into_iter().map(Problem::from).collect()))
}

/// The file of the theme of that name, and what to call it.
///
/// # Errors
/// As [`load_theme`].
pub fn load_theme_toml(places: &Places, name: &str) -> Result<(String, String), Problem> {
    let file = places.themes.join(format!("{name}.toml"));
    if is_plain(name) && file.exists() {
        let source = path::spelled(&file);
        return Ok((read_text(&file, &source)?, source));
    }
    let builtin = Theme::builtin_toml(name).map(|toml| (toml.to_owned(), name.to_owned()));
    builtin.ok_or_else(|| {
        let names: Vec<String> = theme_names(places).into_iter().map(|(name, _)| name).collect();
        Problem::new(name, format!("there is no such theme; there are {}", names.join(", ")))
    })
}

/// The names of all themes, and whether each is the user's own: first those that came with the
/// program, the default one foremost, then the user's by name.
#[must_use]
pub fn theme_names(places: &Places) -> Vec<(String, bool)> {
    let own = own_themes(&places.themes);
    let builtin = Theme::builtin_names().map(str::to_owned).filter(|name| !own.contains(name));
    let mut names: Vec<(String, bool)> = builtin.map(|name| (name, false)).collect();
    names.extend(own.into_iter().map(|name| (name, true)));
    names
}

fn own_themes(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.path())
        .filter(|file| file.extension().is_some_and(|extension| extension == "toml"))
        .filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()))
        .filter(|name| is_plain(name))
        .collect();
    names.sort();
    names
}

/// Whether a name stays in the folder that it is looked for in.
fn is_plain(name: &str) -> bool {
    !name.starts_with('.') && !name.contains(['/', '\\', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(folder: &Path) -> Places {
        Places::find(Some(folder), Some(&folder.join("config.toml"))).unwrap()
    }

    #[test]
    fn no_file_is_no_error_unless_it_was_named() {
        let folder = tempfile::tempdir().unwrap();
        let places = places(folder.path());
        assert_eq!(load_config(&places, false).unwrap().settings, Config::default().settings);
        assert!(load_config(&places, true).unwrap_err().what.contains("no such file"));
        fs::write(&places.settings, "measure = 72\nalign = 7\n").unwrap();
        let config = load_config(&places, false).unwrap();
        assert_eq!(config.settings.measure, 72);
        let problem = Problem::from(config.problems[0].clone());
        assert_eq!(problem.line, Some(2));
        assert_eq!(problem.place, places.settings.to_str().unwrap());
    }

    #[test]
    fn the_users_themes_stand_beside_the_configuration() {
        let folder = tempfile::tempdir().unwrap();
        let places = places(folder.path());
        let before = theme_names(&places);
        assert!(before.iter().all(|(_, own)| !own));
        fs::create_dir(&places.themes).unwrap();
        fs::write(places.themes.join("mine.toml"), "name = \"Mine\"\n[style]\ntext = 3\n").unwrap();
        fs::write(places.themes.join("notes.txt"), "").unwrap();
        let (theme, problems) = load_theme(&places, "mine").unwrap();
        assert_eq!((theme.name(), problems.len()), ("Mine", 1));
        assert_eq!(theme_names(&places).len(), before.len() + 1);
        assert_eq!(theme_names(&places).last(), Some(&("mine".to_owned(), true)));
        for (name, _) in before {
            assert!(load_theme(&places, &name).unwrap().1.is_empty(), "{name}");
        }
    }

    #[test]
    fn a_theme_is_not_looked_for_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let places = places(folder.path());
        fs::create_dir(&places.themes).unwrap();
        fs::write(folder.path().join("other.toml"), "name = \"other\"\n").unwrap();
        let problem = load_theme(&places, "../other").unwrap_err();
        assert!(problem.what.contains("no such theme") && problem.what.contains("ink"));
    }
}
