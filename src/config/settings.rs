//! The settings: what a person may choose, each with a default that needs no choosing.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use toml::de::DeValue;

use super::document::{Document, entries, quoted};
use super::{HIGHLIGHTS, Problem};
use crate::text::Ambiguous;

/// Where the text stands in its pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// In the middle.
    #[default]
    Center,
    /// At the left.
    Left,
}

/// What a person has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The longest line of text, in cells.
    pub measure: u16,
    /// Where the text stands in its pane.
    pub align: Align,
    /// The name of the theme, a built-in one or a file of the user's; whether there is such a theme is
    /// for the caller to find out.
    pub theme: String,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// How wide the article list is where it stands beside the text, in cells.
    pub list_width: u16,
    /// How wide the quote sidebar is where it stands beside the text, in cells.
    pub sidebar_width: u16,
    /// How wide the terminal's ambiguous letters are.
    pub ambiguous_width: Ambiguous,
    /// The colour of a highlight when none was chosen yet: one of [`HIGHLIGHTS`].
    pub highlight: String,
    /// The command that notes are written with, before `$VISUAL` and `$EDITOR`.
    pub editor: Option<String>,
}

const MEASURE: RangeInclusive<u16> = 20..=200;
const LIST_WIDTH: RangeInclusive<u16> = 16..=100;
const SIDEBAR_WIDTH: RangeInclusive<u16> = 20..=100;

impl Default for Settings {
    fn default() -> Self {
        Self {
            measure: 68,
            align: Align::Center,
            theme: "ink".to_owned(),
            mouse: true,
            list_width: 36,
            sidebar_width: 38,
            ambiguous_width: Ambiguous::Narrow,
            highlight: "yellow".to_owned(),
            editor: None,
        }
    }
}

impl Settings {
    /// Reads the settings of a file; its `[keys.<context>]` tables are left to the key map. `source`
    /// is what problems call the file. What is wrong is reported and left at its default.
    #[must_use]
    pub fn parse(toml: &str, source: &str) -> (Self, Vec<Problem>) {
        let mut document = Document::parse(toml, source);
        let settings = Self::read(&mut document);
        (settings, document.finish())
    }

    pub(super) fn read(document: &mut Document<'_>) -> Self {
        let mut settings = Self::default();
        let (table, report) = document.parts();
        for (name, value) in entries(table).into_iter().filter(|(name, _)| name.get_ref() != "keys")
        {
            if let Err(message) = settings.set(name.get_ref(), value.get_ref()) {
                report.add(name.span(), message);
            }
        }
        settings
    }

    fn set(&mut self, name: &str, value: &DeValue<'_>) -> Result<(), String> {
        match name {
            "measure" => self.measure = cells(name, value, MEASURE)?,
            "align" => self.align = align(value)?,
            "theme" => text(name, value)?.clone_into(&mut self.theme),
            "mouse" => self.mouse = value.as_bool().ok_or("`mouse` needs `true` or `false`")?,
            "list_width" => self.list_width = cells(name, value, LIST_WIDTH)?,
            "sidebar_width" => self.sidebar_width = cells(name, value, SIDEBAR_WIDTH)?,
            "ambiguous_width" => self.ambiguous_width = ambiguous(value)?,
            "highlight" => self.highlight = highlight(value)?,
            "editor" => self.editor = editor(text(name, value)?),
            _ => return Err(unknown(name)),
        }
        Ok(())
    }

    /// The settings in force as a configuration file, with a comment on each.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut file = String::new();
        for (name, comment, value) in self.entries() {
            // Writing to a string cannot fail.
            let _ = write!(file, "# {comment}\n{name} = {value}\n\n");
        }
        file.push_str(
            "# Keys go below, one table a context: [keys.text], \"gz\" = \"an-action\"\n",
        );
        file
    }

    /// Each setting's name, what it is, and its value as TOML.
    fn entries(&self) -> [(&'static str, String, String); 9] {
        let range = |range: &RangeInclusive<u16>| format!("{} to {}", range.start(), range.end());
        let align = match self.align {
            Align::Center => "center",
            Align::Left => "left",
        };
        let ambiguous = match self.ambiguous_width {
            Ambiguous::Narrow => "narrow",
            Ambiguous::Wide => "wide",
        };
        let editor = self.editor.as_deref().unwrap_or_default();
        [
            (
                "measure",
                format!("The longest line of text, in cells: {}.", range(&MEASURE)),
                self.measure.to_string(),
            ),
            ("align", "Where the text stands in its pane: center, left.".into(), string(align)),
            (
                "theme",
                "The theme: a built-in one (`pullquote themes` lists them) or a file of yours."
                    .into(),
                string(&self.theme),
            ),
            (
                "mouse",
                "Whether wheel and clicks are used; false leaves the mouse to the terminal.".into(),
                self.mouse.to_string(),
            ),
            (
                "list_width",
                format!("How wide the article list is, in cells: {}.", range(&LIST_WIDTH)),
                self.list_width.to_string(),
            ),
            (
                "sidebar_width",
                format!("How wide the quote sidebar is, in cells: {}.", range(&SIDEBAR_WIDTH)),
                self.sidebar_width.to_string(),
            ),
            (
                "ambiguous_width",
                "How the terminal shows letters that East Asian fonts have wide: narrow, wide."
                    .into(),
                string(ambiguous),
            ),
            (
                "highlight",
                format!("The first highlight's colour: {}.", HIGHLIGHTS.join(", ")),
                string(&self.highlight),
            ),
            (
                "editor",
                "The command that notes are written with; empty for $VISUAL or $EDITOR.".into(),
                string(editor),
            ),
        ]
    }
}

fn string(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

fn unknown(name: &str) -> String {
    let known = Settings::default().entries().map(|(name, ..)| name).join(", ");
    format!("there is no setting {}; the settings are {known}", quoted(name))
}

fn text<'a>(name: &str, value: &'a DeValue<'_>) -> Result<&'a str, String> {
    value.as_str().ok_or_else(|| format!("`{name}` needs a text in quotes"))
}

fn cells(name: &str, value: &DeValue<'_>, range: RangeInclusive<u16>) -> Result<u16, String> {
    let (least, most) = (range.start(), range.end());
    value
        .as_integer()
        .and_then(|number| u16::from_str_radix(number.as_str(), number.radix()).ok())
        .filter(|number| range.contains(number))
        .ok_or_else(|| format!("`{name}` needs a whole number of cells from {least} to {most}"))
}

fn align(value: &DeValue<'_>) -> Result<Align, String> {
    match value.as_str() {
        Some("center" | "centre") => Ok(Align::Center),
        Some("left") => Ok(Align::Left),
        _ => Err("`align` needs \"center\" or \"left\"".to_owned()),
    }
}

fn ambiguous(value: &DeValue<'_>) -> Result<Ambiguous, String> {
    match value.as_str() {
        Some("narrow") => Ok(Ambiguous::Narrow),
        Some("wide") => Ok(Ambiguous::Wide),
        _ => Err("`ambiguous_width` needs \"narrow\" or \"wide\"".to_owned()),
    }
}

fn highlight(value: &DeValue<'_>) -> Result<String, String> {
    let name = value.as_str().filter(|name| HIGHLIGHTS.contains(name));
    name.map(str::to_owned)
        .ok_or_else(|| format!("`highlight` needs one of {}", HIGHLIGHTS.join(", ")))
}

fn editor(command: &str) -> Option<String> {
    let command = command.trim();
    (!command.is_empty()).then(|| command.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_setting_is_read() {
        let (settings, problems) = Settings::parse(
            "measure = 72\nalign = \"left\"\ntheme = \"mine\"\nmouse = false\nlist_width = 30\n\
             sidebar_width = 0x28\nambiguous_width = \"wide\"\nhighlight = \"green\"\neditor = \"nvim -f\"\n[keys.text]\nj = \"x\"",
            "config.toml",
        );
        assert_eq!(problems, []);
        let want = Settings {
            measure: 72,
            align: Align::Left,
            theme: "mine".into(),
            mouse: false,
            list_width: 30,
            sidebar_width: 40,
            ambiguous_width: Ambiguous::Wide,
            highlight: "green".into(),
            editor: Some("nvim -f".into()),
        };
        assert_eq!(settings, want);
    }

    #[test]
    fn what_is_wrong_is_reported_with_its_line_and_the_rest_goes_on() {
        let (settings, problems) = Settings::parse(
            "measure = 0\nmeasur = 70\nalign = 3\n\nmouse = \"yes\"\nhighlight = \"pink\"\n\
             theme = [\nlist_width = -4\neditor = true\nsidebar_width = 50\n",
            "config.toml",
        );
        let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines.get(..5), Some(&[1, 2, 3, 5, 6][..]), "{problems:#?}");
        assert_eq!(
            problems[0].to_string(),
            "config.toml:1: `measure` needs a whole number of cells from 20 to 200"
        );
        assert_eq!((settings.measure, settings.mouse), (68, true));
    }

    #[test]
    fn the_defaults_are_within_what_is_allowed_and_the_theme_is_there() {
        let (settings, problems) = Settings::parse(&Settings::default().to_toml(), "printed");
        assert_eq!((settings, problems), (Settings::default(), vec![]));
        assert!(super::super::Theme::builtin(&Settings::default().theme).is_some());
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(
            measure in MEASURE, left: bool, wide: bool, theme in "\\PC{0,20}", mouse: bool,
            list_width in LIST_WIDTH, sidebar_width in SIDEBAR_WIDTH,
            highlight in prop::sample::select(&HIGHLIGHTS[..]), editor in "(\\PC|\n|\t|\u{1b}){0,20}",
        ) {
            let settings = Settings {
                measure, theme, mouse, list_width, sidebar_width,
                align: if left { Align::Left } else { Align::Center },
                ambiguous_width: if wide { Ambiguous::Wide } else { Ambiguous::Narrow },
                highlight: highlight.to_owned(),
                editor: super::editor(&editor),
            };
            prop_assert_eq!(Settings::parse(&settings.to_toml(), "printed"), (settings, vec![]));
        }

        #[test]
        fn any_text_is_read_without_a_crash(text in "(\\PC|\n){0,200}") {
            let _ = super::super::Config::parse(&text, "any");
        }
    }
}
