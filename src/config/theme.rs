//! Themes: the look of each role.

use ratatui::style::{Color, Style};

use super::color::{contrast, reduce, reduce_on, shows};
use super::document::Document;
use super::{ColorDepth, Problem, Role, palette};

/// The themes that come with the program, by name, the default one first.
const BUILTIN: [(&str, &str); 7] = [
    ("ink", include_str!("../../themes/ink.toml")),
    ("paper", include_str!("../../themes/paper.toml")),
    ("contrast", include_str!("../../themes/contrast.toml")),
    ("gruvbox", include_str!("../../themes/gruvbox.toml")),
    ("catppuccin", include_str!("../../themes/catppuccin.toml")),
    ("terminal", include_str!("../../themes/terminal.toml")),
    ("plain", include_str!("../../themes/plain.toml")),
];

/// The least contrast at which text is read with ease (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// Whether a theme is made for a dark or a light room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    /// Light text on dark ground.
    #[default]
    Dark,
    /// Dark text on light ground.
    Light,
}

/// The look of every role.
///
/// All styles but [`Role::Text`]'s and [`Role::Popup`]'s may leave the colours or the ground open: they
/// are patched over what they lie on.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    pub(super) name: String,
    pub(super) background: Background,
    /// One for each of [`Role::ALL`], in that order.
    pub(super) styles: Vec<Style>,
    pub(super) speakers: Vec<Color>,
}

impl Theme {
    /// Reads a theme file. `source` is what problems call the file, and the theme where it gives
    /// itself no name. What is wrong is reported and left to the parent role.
    #[must_use]
    pub fn parse(toml: &str, source: &str) -> (Self, Vec<Problem>) {
        let mut document = Document::parse(toml, source);
        let theme = palette::read(&mut document);
        (theme, document.finish())
    }

    /// The theme of that name that comes with the program.
    #[must_use]
    pub fn builtin(name: &str) -> Option<Self> {
        Self::builtin_toml(name).map(|toml| Self::parse(toml, name).0)
    }

    /// The file of the theme of that name that comes with the program, to start one's own from.
    #[must_use]
    pub fn builtin_toml(name: &str) -> Option<&'static str> {
        BUILTIN.iter().find(|(own, _)| *own == name).map(|(_, toml)| *toml)
    }

    /// The names of the themes that come with the program, the default one first.
    pub fn builtin_names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// What it calls itself.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is dark or light.
    #[must_use]
    pub const fn background(&self) -> Background {
        self.background
    }

    /// The look of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// The look of a highlight of that colour, one of [`HIGHLIGHTS`](super::HIGHLIGHTS); the yellow
    /// one's for any other name.
    #[must_use]
    pub fn highlight(&self, color: &str) -> Style {
        self.style(Role::highlight(color).unwrap_or(Role::HighlightYellow))
    }

    /// The colour of the speaker who comes `index`th, from 0; the colours repeat after the last. No
    /// colour where the theme has none.
    #[must_use]
    pub fn speaker(&self, index: usize) -> Style {
        let at = index.checked_rem(self.speakers.len());
        let color = at.and_then(|at| self.speakers.get(at));
        color.map_or_else(Style::default, |&color| Style::default().fg(color))
    }

    /// The theme as a terminal of that depth shows it.
    ///
    /// In 256 colours, each becomes the nearest that can be read on its ground. Sixteen are too few
    /// for that (the nearest to a warm grey is red): there a theme made of named colours stays what it
    /// is, and any other gives way to the theme `terminal`. Without colours it is the theme `plain`,
    /// in which modifiers alone tell everything apart.
    #[must_use]
    pub fn for_depth(&self, depth: ColorDepth) -> Self {
        if self.colors().all(|color| shows(depth, color)) {
            return self.clone();
        }
        match depth {
            ColorDepth::None => self.looking_as("plain"),
            ColorDepth::Ansi16 => self.looking_as("terminal"),
            ColorDepth::Indexed256 | ColorDepth::TrueColor => self.reduced(),
        }
    }

    fn colors(&self) -> impl Iterator<Item = Color> {
        let styles = self.styles.iter().flat_map(|style| [style.fg, style.bg]);
        styles.flatten().chain(self.speakers.iter().copied())
    }

    fn looking_as(&self, name: &str) -> Self {
        let theme = Self::builtin(name).unwrap_or_else(|| self.clone());
        Self { name: self.name.clone(), background: self.background, ..theme }
    }

    fn reduced(&self) -> Self {
        let reduced = |style: &Style| Style {
            fg: style.fg.map(|color| self.legible(color, style.bg)),
            bg: style.bg.map(reduce),
            ..*style
        };
        Self {
            name: self.name.clone(),
            background: self.background,
            styles: self.styles.iter().map(reduced).collect(),
            speakers: self.speakers.iter().map(|&color| self.legible(color, None)).collect(),
        }
    }

    /// The nearest of 256 colours that is readable on `ground` or, without one, on that of the text.
    fn legible(&self, color: Color, ground: Option<Color>) -> Color {
        let ground = ground.or(self.style(Role::Text).bg).unwrap_or(Color::Reset);
        let least = match contrast(color, ground) {
            // What was fainter on purpose, such as a rule, may stay so.
            Some(contrast) if contrast < READABLE => 1.0,
            _ => READABLE,
        };
        reduce_on(color, reduce(ground), least)
    }
}

#[cfg(test)]
mod tests {
    use super::super::HIGHLIGHTS;
    use super::super::color::difference;
    use super::*;
    use ratatui::style::Modifier;

    const DEPTHS: [ColorDepth; 4] =
        [ColorDepth::None, ColorDepth::Ansi16, ColorDepth::Indexed256, ColorDepth::TrueColor];

    /// Every theme that comes with the program at every depth.
    fn all() -> impl Iterator<Item = (String, ColorDepth, Theme)> {
        let at = |name| {
            let theme = Theme::builtin(name).unwrap();
            DEPTHS.map(|depth| (format!("{name} at {depth:?}"), depth, theme.for_depth(depth)))
        };
        Theme::builtin_names().flat_map(at)
    }

    /// The contrast of a role on a ground that it does not cover, where both have known colours.
    fn read_on(theme: &Theme, role: Role, ground: Role) -> Option<f64> {
        let text = theme.style(Role::Text);
        let style = text.patch(theme.style(ground)).patch(theme.style(role));
        contrast(style.fg?, style.bg?)
    }

    fn assert_contrast(label: &str, theme: &Theme, role: Role, ground: Role, least: f64) {
        if let Some(contrast) = read_on(theme, role, ground) {
            assert!(contrast >= least, "{label}: {role:?} on {ground:?} has {contrast:.2}");
        }
    }

    #[test]
    fn the_themes_that_come_with_the_program_are_without_fault() {
        for name in Theme::builtin_names() {
            let (theme, problems) = Theme::parse(Theme::builtin_toml(name).unwrap(), name);
            assert_eq!(problems, [], "{name}");
            assert_eq!(theme.name(), name);
            assert!(theme.speakers.len() >= 8 || name == "plain", "{name}");
        }
        assert_eq!(Theme::builtin("no such theme"), None);
    }

    #[test]
    fn every_text_is_read_with_ease_at_every_depth() {
        for (label, depth, theme) in all() {
            let best = if depth == ColorDepth::TrueColor { 7.0 } else { READABLE };
            assert_contrast(&label, &theme, Role::Text, Role::Text, best);
            for &role in Role::ALL.iter().filter(|&&role| role != Role::Rule) {
                assert_contrast(&label, &theme, role, Role::Text, READABLE);
            }
            for role in [Role::Text, Role::Dim, Role::Accent, Role::Tag, Role::Error] {
                let foreground = Theme { styles: ground_free(&theme), ..theme.clone() };
                assert_contrast(&label, &foreground, role, Role::Popup, READABLE);
                if depth == ColorDepth::TrueColor {
                    assert_contrast(&label, &foreground, role, Role::Selected, READABLE);
                }
            }
            let ground = theme.style(Role::Text).bg;
            for speaker in 0..theme.speakers.len() {
                let color = theme.speaker(speaker).fg;
                let contrast = color.zip(ground).and_then(|(fg, bg)| contrast(fg, bg));
                assert!(contrast.is_none_or(|found| found >= READABLE), "{label}: {speaker}");
            }
        }
    }

    /// The styles with the text's own ground left out, as the text of a popup is drawn.
    fn ground_free(theme: &Theme) -> Vec<Style> {
        let mut styles = theme.styles.clone();
        styles[Role::Text as usize].bg = None;
        styles
    }

    #[test]
    fn what_contrast_promises_is_a_contrast_of_seven() {
        let theme = Theme::builtin("contrast").unwrap();
        for &role in Role::ALL.iter().filter(|&&role| role != Role::Rule) {
            assert_contrast("contrast", &theme, role, Role::Text, 7.0);
        }
    }

    #[test]
    fn what_a_person_marks_is_told_apart_at_every_depth() {
        for (label, depth, theme) in all() {
            let text = theme.style(Role::Text);
            let look = |role| text.patch(theme.style(role));
            let mut looks = vec![text];
            let roles = [Role::Selection, Role::Match, Role::MatchCurrent];
            let highlights = HIGHLIGHTS.map(|color| Role::highlight(color).unwrap());
            for role in roles.into_iter().chain(highlights) {
                // Without colours over any other text, in colours over plain text.
                let style = if depth == ColorDepth::None { theme.style(role) } else { look(role) };
                assert!(!looks.contains(&style), "{label}: {role:?}");
                looks.push(style);
            }
            for role in [Role::Selected, Role::Quote, Role::QuoteCurrent, Role::Dim, Role::Error] {
                assert_ne!(look(role), text, "{label}: {role:?}");
            }
            assert_ne!(look(Role::Quote), look(Role::QuoteCurrent), "{label}");
        }
    }

    #[test]
    fn quotations_are_never_reversed() {
        for (label, _, theme) in all() {
            for role in [Role::Quote, Role::QuoteCurrent] {
                assert!(!theme.style(role).add_modifier.contains(Modifier::REVERSED), "{label}");
            }
        }
    }

    #[test]
    fn each_depth_has_only_its_own_colours() {
        for (label, depth, theme) in all() {
            assert!(theme.colors().all(|color| shows(depth, color)), "{label}");
        }
        let named = Theme::parse("[style]\ntitle = { fg = \"green\" }", "mine").0;
        assert_eq!(named.for_depth(ColorDepth::Ansi16), named);
        assert_eq!(named.for_depth(ColorDepth::None).style(Role::Title).fg, None);
    }

    #[test]
    fn the_highlights_differ_to_the_eye_where_there_are_colours_enough() {
        for (label, depth, theme) in all().filter(|(_, depth, _)| *depth >= ColorDepth::Indexed256)
        {
            for (index, one) in HIGHLIGHTS.iter().enumerate() {
                for other in &HIGHLIGHTS[index + 1..] {
                    let grounds = theme.highlight(one).bg.zip(theme.highlight(other).bg);
                    let far = grounds.and_then(|(one, other)| difference(one, other));
                    assert!(far.is_none_or(|far| far >= 0.05), "{label} {depth:?}: {one}, {other}");
                }
            }
        }
    }

    #[test]
    fn eight_speakers_differ_where_there_are_colours_enough() {
        for (label, _, theme) in all().filter(|(_, depth, _)| *depth >= ColorDepth::Indexed256) {
            let first = theme.speakers.iter().take(8);
            let distinct: std::collections::HashSet<_> = first.collect();
            assert!(theme.speakers.is_empty() || distinct.len() == 8, "{label}: {distinct:?}");
        }
    }

    #[test]
    fn speakers_repeat_and_an_unknown_highlight_is_yellow() {
        let theme = Theme::builtin("ink").unwrap();
        assert_eq!(theme.speaker(0), theme.speaker(theme.speakers.len()));
        assert_ne!(theme.speaker(0), theme.speaker(1));
        assert_eq!(theme.highlight("pink"), theme.highlight("yellow"));
        assert_eq!(Theme::builtin("plain").unwrap().speaker(3), Style::default());
    }
}
