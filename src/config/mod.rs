//! Settings, key map and themes: TOML text in, typed values out, and every problem of a file at once
//! with its line. Nothing here reads a file, the environment or the terminal.

mod color;
mod context;
mod depth;
mod document;
mod key;
mod keymap;
mod palette;
mod problem;
mod resolution;
mod role;
mod sequence;
mod settings;
mod theme;

pub use context::Binding;
pub use depth::{ColorDepth, Terminal};
pub use key::{Code, Key, KeyError};
pub use keymap::Keymap;
pub use problem::Problem;
pub use resolution::{Continuation, Resolution};
pub use role::{HIGHLIGHTS, Role};
pub use sequence::Keys;
pub use settings::{Align, Settings};
pub use theme::{Background, Theme};

use document::Document;

/// What one configuration file says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The settings, with defaults where the file says nothing or something wrong.
    pub settings: Settings,
    /// The bindings of its `[keys.<context>]` tables, to be laid over the default key map.
    pub keymap: Keymap,
    /// All that is wrong with it, in the order of its lines.
    pub problems: Vec<Problem>,
}

impl Config {
    /// Reads a configuration file. `source` is what problems call the file; no error ends the reading:
    /// what is wrong is reported and left at its default.
    #[must_use]
    pub fn parse(toml: &str, source: &str) -> Self {
        let mut document = Document::parse(toml, source);
        let settings = Settings::read(&mut document);
        let keymap = Keymap::read(&mut document);
        Self { settings, keymap, problems: document.finish() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDE: &str = include_str!("../../docs/config.md");

    /// The TOML examples of the guide.
    fn examples() -> Vec<&'static str> {
        let blocks = GUIDE.split("```toml\n").skip(1);
        blocks.filter_map(|block| block.split("```").next()).collect()
    }

    #[test]
    fn the_guides_examples_are_without_fault() {
        let [config, theme] = examples()[..] else { panic!("two examples") };
        let config = Config::parse(config, "guide");
        assert_eq!(config.problems, []);
        assert_eq!((config.settings.measure, config.keymap.bindings("text").count()), (72, 2));
        let (theme, problems) = Theme::parse(theme, "guide");
        assert_eq!(problems, []);
        assert_eq!(theme.name(), "harbour");
    }

    #[test]
    fn the_guide_names_every_setting_theme_and_role() {
        let (settings, _) = Settings::parse(&Settings::default().to_toml(), "defaults");
        for line in settings.to_toml().lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, value)) = line.split_once(" = ") {
                let row = format!("| `{name}` | `{value}` |");
                assert!(GUIDE.contains(&row), "docs/config.md lacks {row}");
            }
        }
        for name in Theme::builtin_names() {
            assert!(GUIDE.contains(&format!("\n| `{name}` | ")), "docs/config.md lacks {name}");
        }
        for role in Role::ALL {
            let parent = role.parent().map(|parent| format!("`{}`", parent.name()));
            let row = format!(
                "| `{}` | {} | {} |",
                role.name(),
                parent.unwrap_or_else(|| "–".to_owned()),
                role.about()
            );
            assert!(GUIDE.contains(&row), "docs/config.md lacks {row}");
        }
    }

    #[test]
    fn one_file_holds_settings_and_keys_and_its_problems_come_by_line() {
        let config = Config::parse(
            "[keys.list]\n\"Cltr-x\" = \"a\"\n\"j\" = \"down\"\n[keys]\nz = 1\n[wrong]\n",
            "c.toml",
        );
        let lines: Vec<u32> = config.problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [2, 5, 6], "{:?}", config.problems);
        assert_eq!(config.keymap.bindings("list").count(), 1);
    }
}
