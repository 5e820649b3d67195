//! A theme file: its palette, and from it the style of each role.

use std::collections::HashMap;

use ratatui::style::{Color, Modifier, Style};
use toml::de::{DeTable, DeValue};

use super::document::{Document, Report, Value, entries, quoted};
use super::{Background, Role, Theme};

/// The modifiers that a theme can ask for. Those that blink or hide are not among them.
const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed_out", Modifier::CROSSED_OUT),
];

type Palette<'a> = HashMap<&'a str, Color>;

/// Reads a theme, and gives each role that it is silent on its parent's style.
pub(super) fn read(document: &mut Document<'_>) -> Theme {
    let (table, report) = document.parts();
    report_unknown(table, &["name", "background", "speakers", "palette", "style"], "key", report);
    let palette = read_palette(table, report);
    let given = read_styles(table, &palette, report);
    Theme {
        name: read_name(table, report),
        background: read_background(table, report),
        styles: Role::ALL.iter().map(|&role| inherited(role, &given)).collect(),
        speakers: read_speakers(table, &palette, report),
    }
}

fn report_unknown(table: &DeTable<'_>, known: &[&str], what: &str, report: &mut Report) {
    for (name, _) in table.iter().filter(|(name, _)| !known.contains(&name.get_ref().as_ref())) {
        let shown = quoted(name.get_ref());
        let message = format!("there is no {what} {shown} here; known are {}", known.join(", "));
        report.add(name.span(), message);
    }
}

fn read_name(table: &DeTable<'_>, report: &mut Report) -> String {
    let Some(value) = table.get("name") else { return report.source().to_owned() };
    value.get_ref().as_str().map_or_else(
        || {
            report.add(value.span(), "`name` needs a text in quotes");
            report.source().to_owned()
        },
        str::to_owned,
    )
}

fn read_background(table: &DeTable<'_>, report: &mut Report) -> Background {
    let Some(value) = table.get("background") else { return Background::default() };
    match value.get_ref().as_str() {
        Some("dark") => Background::Dark,
        Some("light") => Background::Light,
        _ => {
            report.add(value.span(), "`background` needs \"dark\" or \"light\"");
            Background::default()
        }
    }
}

/// The table of that name; empty, and reported, where it is something else.
fn section<'t, 'a>(
    table: &'t DeTable<'a>,
    name: &str,
    report: &mut Report,
) -> Option<&'t DeTable<'a>> {
    let value = table.get(name)?;
    let section = value.get_ref().as_table();
    if section.is_none() {
        report.add(value.span(), format!("`{name}` is no table; write `[{name}]`"));
    }
    section
}

fn read_palette<'t>(table: &'t DeTable<'_>, report: &mut Report) -> Palette<'t> {
    let mut palette = Palette::new();
    for (name, value) in section(table, "palette", report).map(entries).unwrap_or_default() {
        let known = Palette::new();
        if let Some(color) = read_color(value, &known, report) {
            palette.insert(name.get_ref().as_ref(), color);
        }
    }
    palette
}

/// A colour: a name of the palette, a name of the terminal's, `#rrggbb`, or an index.
fn read_color(value: &Value<'_>, palette: &Palette<'_>, report: &mut Report) -> Option<Color> {
    let color = match value.get_ref() {
        DeValue::String(name) => palette.get(name.as_ref()).copied().or_else(|| name.parse().ok()),
        DeValue::Integer(index) => {
            u8::from_str_radix(index.as_str(), index.radix()).ok().map(Color::Indexed)
        }
        _ => None,
    };
    if color.is_none() {
        let shown = value.get_ref().as_str().map_or_else(|| "this".to_owned(), quoted);
        report.add(
            value.span(),
            format!(
                "{shown} is no colour; write \"#rrggbb\", 0 to 255, a name such as \"red\" or \
                 \"reset\", or one of [palette]"
            ),
        );
    }
    color
}

fn read_speakers(table: &DeTable<'_>, palette: &Palette<'_>, report: &mut Report) -> Vec<Color> {
    let Some(value) = table.get("speakers") else { return Vec::new() };
    let Some(colors) = value.get_ref().as_array() else {
        report.add(value.span(), "`speakers` needs a list of colours in square brackets");
        return Vec::new();
    };
    colors.iter().filter_map(|color| read_color(color, palette, report)).collect()
}

fn read_styles(
    table: &DeTable<'_>,
    palette: &Palette<'_>,
    report: &mut Report,
) -> HashMap<Role, Style> {
    let mut styles = HashMap::new();
    for (name, value) in section(table, "style", report).map(entries).unwrap_or_default() {
        let Some(role) = Role::named(name.get_ref()) else {
            let message =
                format!("there is no role {}; see the list of roles", quoted(name.get_ref()));
            report.add(name.span(), message);
            continue;
        };
        let Some(style) = value.get_ref().as_table() else {
            let message = format!("`{}` needs {{ fg = …, bg = …, modifiers = […] }}", role.name());
            report.add(value.span(), message);
            continue;
        };
        styles.insert(role, read_style(role, style, palette, report));
    }
    styles
}

fn read_style(
    role: Role,
    table: &DeTable<'_>,
    palette: &Palette<'_>,
    report: &mut Report,
) -> Style {
    report_unknown(table, &["fg", "bg", "modifiers"], "key", report);
    let mut color = |name: &str| read_color(table.get(name)?, palette, report);
    let style = Style { fg: color("fg"), bg: color("bg"), ..Style::default() };
    match table.get("modifiers") {
        Some(value) => read_modifiers(role, style, value, report),
        None => style,
    }
}

fn read_modifiers(role: Role, style: Style, value: &Value<'_>, report: &mut Report) -> Style {
    let Some(names) = value.get_ref().as_array() else {
        report.add(value.span(), "`modifiers` needs a list in square brackets");
        return style;
    };
    names.iter().fold(style, |style, name| {
        match apply(style, role, name.get_ref().as_str().unwrap_or_default()) {
            Ok(style) => style,
            Err(message) => {
                report.add(name.span(), message);
                style
            }
        }
    })
}

/// The style with one modifier more, or with one taken from what it lies on (`not_bold`).
fn apply(style: Style, role: Role, name: &str) -> Result<Style, String> {
    let (without, plain) = name.strip_prefix("not_").map_or((false, name), |plain| (true, plain));
    let Some((_, modifier)) = MODIFIERS.iter().find(|(known, _)| *known == plain) else {
        let known = MODIFIERS.map(|(known, _)| known).join(", ");
        let name = quoted(name);
        return Err(format!(
            "there is no modifier {name}; known are {known}, each also as `not_…`"
        ));
    };
    if without {
        return Ok(style.remove_modifier(*modifier));
    }
    // Long stretches of reverse video cannot be read with ease, and half of a report is quoted.
    if *modifier == Modifier::REVERSED && matches!(role, Role::Quote | Role::QuoteCurrent) {
        return Err(
            "a quotation is never shown reversed; use \"underlined\" or a colour".to_owned()
        );
    }
    Ok(style.add_modifier(*modifier))
}

/// The style of a role: its own, else its parent's. The text and the popups have a ground and a colour
/// in any case, since nothing of ours lies under them.
fn inherited(role: Role, given: &HashMap<Role, Style>) -> Style {
    let mut line = std::iter::successors(Some(role), |role| role.parent());
    let style = line.find_map(|role| given.get(&role).copied()).unwrap_or_default();
    match role {
        Role::Text => Style::default().fg(Color::Reset).bg(Color::Reset).patch(style),
        Role::Popup => inherited(Role::Text, given).patch(style),
        _ => style,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_read_and_silent_roles_take_their_parents_look() {
        let (theme, problems) = Theme::parse(
            r##"
            background = "light"
            speakers = ["ink", 33, "#010203", "light_red"]
            [palette]
            ink = "#102030"
            red = 160
            [style]
            text = { fg = "ink" }
            dim = { fg = "gray", modifiers = ["italic"] }
            error = { fg = "red", modifiers = ["bold", "not_dim"] }
            popup = { bg = 7 }
            "##,
            "mine",
        );
        assert_eq!(problems, []);
        assert_eq!((theme.name(), theme.background()), ("mine", Background::Light));
        let ink = Color::Rgb(0x10, 0x20, 0x30);
        assert_eq!(theme.style(Role::Text), Style::default().fg(ink).bg(Color::Reset));
        assert_eq!(theme.style(Role::Caption), Style::default().fg(Color::Gray).italic());
        assert_eq!(theme.style(Role::Message), Style::default().fg(ink));
        let error = Style::default().fg(Color::Indexed(160)).bold().not_dim();
        assert_eq!(theme.style(Role::Error), error);
        assert_eq!(theme.style(Role::Warning), theme.style(Role::Message));
        assert_eq!(theme.style(Role::Popup), Style::default().fg(ink).bg(Color::Indexed(7)));
        assert_eq!(theme.style(Role::Title), Style::default());
        assert_eq!(theme.speaker(3), Style::default().fg(Color::LightRed));
    }

    #[test]
    fn all_that_is_wrong_is_reported_with_its_line_and_the_rest_is_read() {
        let text = r##"name = 3
background = "grey"
speakers = ["red", "nocolour"]
extra = 1
[palette]
bad = "#12"
[style]
textt = { fg = "red" }
dim = { fg = "bad", foo = 1 }
title = "red"
dek = { modifiers = ["blinking"] }
quote = { modifiers = ["underlined", "reversed"] }
tag = { fg = 256 }
error = { fg = "red" }
"##;
        let (theme, problems) = Theme::parse(text, "my.toml");
        let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 6, 8, 9, 9, 10, 11, 12, 13], "{problems:#?}");
        assert_eq!(theme.style(Role::Error).fg, Some(Color::Red));
        assert_eq!(theme.style(Role::Quote), Style::default().underlined());
        assert_eq!(theme.name(), "my.toml");
    }

    #[test]
    fn an_empty_theme_is_that_of_the_terminal() {
        let (theme, problems) = Theme::parse("", "empty");
        assert_eq!(problems, []);
        assert_eq!(theme.style(Role::Text), Style::default().fg(Color::Reset).bg(Color::Reset));
    }
}
