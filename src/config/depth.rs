//! How many colours a terminal shows.

/// How many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColorDepth {
    /// None, or none are wanted.
    None,
    /// The sixteen that have names.
    Ansi16,
    /// Those sixteen, a cube of 216 and 24 greys, by index.
    Indexed256,
    /// Red, green and blue in 256 steps each.
    TrueColor,
}

/// What the environment says of the terminal: the values of the variables, none where unset.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terminal<'a> {
    /// `NO_COLOR`.
    pub no_color: Option<&'a str>,
    /// `COLORTERM`.
    pub colorterm: Option<&'a str>,
    /// `TERM`.
    pub term: Option<&'a str>,
}

/// Starts of the `TERM` of terminals that show true colour though their `COLORTERM` may have been lost
/// on the way (through ssh or sudo).
const TRUE: [&str; 8] =
    ["xterm-kitty", "xterm-ghostty", "ghostty", "alacritty", "wezterm", "foot", "contour", "rio"];

impl ColorDepth {
    /// The most colours that the terminal is known to show. `NO_COLOR` counts when it is set and not
    /// empty, as <https://no-color.org> has it.
    #[must_use]
    pub fn detect(terminal: Terminal<'_>) -> Self {
        let term = terminal.term.unwrap_or_default();
        let colorterm = terminal.colorterm.unwrap_or_default();
        if terminal.no_color.is_some_and(|value| !value.is_empty()) {
            return Self::None;
        }
        Self::of_term(term).max(Self::of_colorterm(colorterm, term))
    }

    fn of_term(term: &str) -> Self {
        if term == "dumb" || term.starts_with("vt1") || term.starts_with("vt2") {
            Self::None
        } else if term.ends_with("-direct") || TRUE.iter().any(|name| term.starts_with(name)) {
            Self::TrueColor
        } else if term.contains("256color") {
            Self::Indexed256
        } else {
            Self::Ansi16
        }
    }

    fn of_colorterm(colorterm: &str, term: &str) -> Self {
        // `screen` hands COLORTERM on but not the colours.
        match colorterm.to_ascii_lowercase().as_str() {
            _ if term == "dumb" || term.starts_with("screen") => Self::None,
            "truecolor" | "24bit" => Self::TrueColor,
            _ => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ColorDepth::{Ansi16, Indexed256, TrueColor};
    use super::*;

    #[test]
    fn the_environment_tells_the_depth() {
        let table = [
            (None, None, None, Ansi16),
            (None, None, Some("xterm"), Ansi16),
            (None, None, Some("linux"), Ansi16),
            (None, None, Some("xterm-256color"), Indexed256),
            (None, Some(""), Some("tmux-256color"), Indexed256),
            (None, Some("truecolor"), Some("tmux-256color"), TrueColor),
            (None, Some("24bit"), Some("xterm"), TrueColor),
            (None, Some("truecolor"), Some("screen-256color"), Indexed256),
            (None, None, Some("xterm-direct"), TrueColor),
            (None, None, Some("alacritty-direct"), TrueColor),
            (None, None, Some("xterm-kitty"), TrueColor),
            (None, Some("truecolor"), Some("dumb"), ColorDepth::None),
            (None, None, Some("vt220"), ColorDepth::None),
            (Some("1"), Some("truecolor"), Some("xterm-256color"), ColorDepth::None),
            (Some(""), Some("truecolor"), Some("xterm-256color"), TrueColor),
        ];
        for (no_color, colorterm, term, want) in table {
            let terminal = Terminal { no_color, colorterm, term };
            assert_eq!(ColorDepth::detect(terminal), want, "{terminal:?}");
        }
    }
}
