//! One key: what is pressed together, in the notation of the key map.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::document::quoted;

/// What a key is, without what is held down with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The character it types.
    Char(char),
    /// A function key, by its number.
    F(u8),
    /// Enter, or Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// The key that deletes backwards.
    Backspace,
    /// The key that deletes forwards.
    Delete,
    /// Insert.
    Insert,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow to the left.
    Left,
    /// The arrow to the right.
    Right,
}

/// The names that keys are written with; the first for a code is the one that is shown.
const NAMES: &[(&str, Code)] = &[
    ("Space", Code::Char(' ')),
    ("Enter", Code::Enter),
    ("Return", Code::Enter),
    ("Esc", Code::Esc),
    ("Escape", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Del", Code::Delete),
    ("Insert", Code::Insert),
    ("Ins", Code::Insert),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PageUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("PageDown", Code::PageDown),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
];

/// Holds something down with a key.
type Hold = fn(Key) -> Key;

/// What may be held down, as it is written before a key.
const HELD: [(&str, Hold); 4] =
    [("Ctrl-", Key::ctrl), ("Alt-", Key::alt), ("Shift-", Key::shift), ("S-", Key::shift)];

/// A key and what is held down with it, in one form for all the ways in which terminals report it.
///
/// With a character, Shift is told by the character alone (`G`, never `S-g`), and Ctrl takes the
/// small letter (`Ctrl-p`), since most terminals cannot tell it from the capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    code: Code,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// A key that the key map has no notation for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing is written there.
    #[error("there is no key in an empty string; write one, such as `j` or `Ctrl-p`")]
    Empty,
    /// What is written is no key.
    #[error(
        "{} is no key; write `j`, `G`, `Ctrl-p`, `S-Tab`, `Alt-Left`, `Space` or `F5`, \
         with a space between one key and the next",
        quoted(.0)
    )]
    Unknown(String),
    /// The sequence has more keys than anyone would press.
    #[error("a sequence of more than {0} keys is too long; shorten it")]
    TooLong(usize),
    /// What the terminal reports is not a press of one of these keys.
    #[error("the terminal reports something else than one of the keys that can be bound")]
    NotAPress,
}

impl Key {
    /// The key alone. A control character becomes the key that sends it.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }.normal()
    }

    /// What it is, without what is held down.
    #[must_use]
    pub const fn code(self) -> Code {
        self.code
    }

    /// The character it types in a text field: none with Ctrl or Alt.
    #[must_use]
    pub const fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// With Ctrl held down.
    #[must_use]
    pub const fn ctrl(self) -> Self {
        Self { ctrl: true, ..self }.normal()
    }

    /// With Alt held down.
    #[must_use]
    pub const fn alt(self) -> Self {
        Self { alt: true, ..self }
    }

    /// With Shift held down: a letter becomes its capital.
    #[must_use]
    pub fn shift(self) -> Self {
        let code = match self.code {
            Code::Char(c) => Code::Char(capital(c)),
            code => code,
        };
        Self { code, shift: true, ..self }.normal()
    }

    const fn normal(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        match c {
            '\t' => self.becomes(Code::Tab),
            '\r' => self.becomes(Code::Enter),
            '\u{1b}' => self.becomes(Code::Esc),
            '\u{7f}' => self.becomes(Code::Backspace),
            '\0' => Self { ctrl: true, ..self }.types(' '),
            // A C0 control is Ctrl with the character 64 further on, a C1 control is Escape (which is
            // what Alt sends) and the character 64 before it: ECMA-48, 5.2 and 5.3.
            '\u{1}'..='\u{1f}' => Self { ctrl: true, ..self }.types((c as u8 + 0x40) as char),
            '\u{80}'..='\u{9f}' => Self { alt: true, ..self }.types((c as u8 - 0x40) as char),
            _ => self.types(c),
        }
    }

    const fn becomes(self, code: Code) -> Self {
        Self { code, ..self }
    }

    const fn types(self, c: char) -> Self {
        let c = if self.ctrl { c.to_ascii_lowercase() } else { c };
        Self { code: Code::Char(c), shift: false, ..self }
    }
}

/// The capital of a letter where it is one character.
fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

impl TryFrom<KeyEvent> for Key {
    type Error = KeyError;

    /// The key that was pressed or repeats.
    ///
    /// # Errors
    ///
    /// [`KeyError::NotAPress`] for a release, a key that has no notation (a media key, a modifier by
    /// itself), and anything with Super, Hyper or Meta, which belong to the desktop.
    fn try_from(event: KeyEvent) -> Result<Self, KeyError> {
        const KNOWN: KeyModifiers =
            KeyModifiers::CONTROL.union(KeyModifiers::ALT).union(KeyModifiers::SHIFT);
        let held = event.modifiers;
        if event.kind == KeyEventKind::Release || !KNOWN.contains(held) {
            return Err(KeyError::NotAPress);
        }
        let mut key = Self::new(code_of(event.code).ok_or(KeyError::NotAPress)?);
        // Shift before Ctrl: `Ctrl-P` and `Ctrl-p` are to come out the same.
        if held.contains(KeyModifiers::SHIFT) || event.code == KeyCode::BackTab {
            key = key.shift();
        }
        if held.contains(KeyModifiers::CONTROL) || event.code == KeyCode::Null {
            key = key.ctrl();
        }
        Ok(if held.contains(KeyModifiers::ALT) { key.alt() } else { key })
    }
}

const fn code_of(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::F(number) => Code::F(number),
        KeyCode::Null => Code::Char(' '),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        _ => return None,
    })
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "S-")];
        for (_, name) in held.iter().filter(|(down, _)| *down) {
            f.write_str(name)?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, Code::F(number)) => write!(f, "F{number}"),
            (None, code) => write!(f, "{code:?}"),
        }
    }
}

impl FromStr for Key {
    type Err = KeyError;

    /// Reads one key: what is held down (`Ctrl-`, `Alt-`, `S-`), then a character or a name.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut rest = text;
        let mut held = Vec::new();
        while let Some((hold, after)) = HELD.iter().find_map(|(name, hold)| {
            let after = strip(rest, name).filter(|after| !after.is_empty())?;
            Some((hold, after))
        }) {
            held.push(hold);
            rest = after;
        }
        let code = parse_code(rest).ok_or_else(|| match text {
            "" => KeyError::Empty,
            _ => KeyError::Unknown(text.to_owned()),
        })?;
        Ok(held.iter().fold(Self::new(code), |key, hold| hold(key)))
    }
}

fn parse_code(text: &str) -> Option<Code> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(Code::Char(c));
    }
    if let Some(number) = text.strip_prefix('F').and_then(|number| number.parse().ok()) {
        return Some(Code::F(number));
    }
    // `up` is the keys u and p; longer names cannot be taken for keys in a row.
    let is = |name: &str| name == text || (text.len() > 2 && name.eq_ignore_ascii_case(text));
    NAMES.iter().find(|(name, _)| is(name)).map(|(_, code)| *code)
}

/// What follows `prefix`; letter case counts only where the prefix is a single letter and a hyphen.
fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    let same = start == prefix || (prefix.len() > 2 && start.eq_ignore_ascii_case(prefix));
    same.then_some(rest)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pressed(code: KeyCode, held: KeyModifiers) -> String {
        Key::try_from(KeyEvent::new(code, held)).unwrap().to_string()
    }

    #[test]
    fn one_form_for_every_way_of_reporting_a_key() {
        const NONE: KeyModifiers = KeyModifiers::NONE;
        const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
        const CTRL: KeyModifiers = KeyModifiers::CONTROL;
        const ALT: KeyModifiers = KeyModifiers::ALT;
        let table = [
            (KeyCode::Char('j'), NONE, "j"),
            (KeyCode::Char('G'), SHIFT, "G"),
            (KeyCode::Char('G'), NONE, "G"),
            (KeyCode::Char('g'), SHIFT, "G"),
            (KeyCode::Char('{'), SHIFT, "{"),
            (KeyCode::Char('\''), NONE, "'"),
            (KeyCode::Char('ß'), SHIFT, "ß"),
            (KeyCode::Char(' '), NONE, "Space"),
            (KeyCode::Char(' '), SHIFT, "Space"),
            (KeyCode::Char(' '), CTRL, "Ctrl-Space"),
            (KeyCode::Null, NONE, "Ctrl-Space"),
            (KeyCode::Char('p'), CTRL, "Ctrl-p"),
            (KeyCode::Char('P'), CTRL.union(SHIFT), "Ctrl-p"),
            (KeyCode::Char('p'), CTRL.union(ALT), "Ctrl-Alt-p"),
            (KeyCode::Char('-'), CTRL, "Ctrl--"),
            (KeyCode::Char('i'), CTRL, "Ctrl-i"),
            (KeyCode::Char('\u{10}'), NONE, "Ctrl-p"),
            (KeyCode::Char('\u{9b}'), NONE, "Alt-["),
            (KeyCode::Char('\t'), SHIFT, "S-Tab"),
            (KeyCode::Tab, NONE, "Tab"),
            (KeyCode::Tab, SHIFT, "S-Tab"),
            (KeyCode::BackTab, NONE, "S-Tab"),
            (KeyCode::BackTab, SHIFT, "S-Tab"),
            (KeyCode::Left, ALT, "Alt-Left"),
            (KeyCode::Left, ALT.union(SHIFT).union(CTRL), "Ctrl-Alt-S-Left"),
            (KeyCode::PageDown, NONE, "PgDn"),
            (KeyCode::Enter, NONE, "Enter"),
            (KeyCode::Esc, NONE, "Esc"),
            (KeyCode::F(12), NONE, "F12"),
        ];
        for (code, held, want) in table {
            assert_eq!(pressed(code, held), want, "{code:?} with {held:?}");
        }
    }

    #[test]
    fn what_is_no_press_of_a_key_is_refused() {
        let release =
            KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, KeyEventKind::Release);
        let desktop = KeyEvent::new(KeyCode::Char('j'), KeyModifiers::SUPER);
        let lock = KeyEvent::new(KeyCode::CapsLock, KeyModifiers::NONE);
        for event in [release, desktop, lock] {
            assert_eq!(Key::try_from(event), Err(KeyError::NotAPress));
        }
    }

    #[test]
    fn names_are_read_in_their_other_spellings_too() {
        let table = [
            ("ctrl-P", "Ctrl-p"),
            ("Shift-Tab", "S-Tab"),
            ("S-j", "J"),
            ("Alt-Ctrl-x", "Ctrl-Alt-x"),
            ("PageDown", "PgDn"),
            ("space", "Space"),
            ("escape", "Esc"),
            ("Up", "Up"),
            ("Ctrl--", "Ctrl--"),
            ("Alt-S-é", "Alt-É"),
        ];
        for (written, want) in table {
            assert_eq!(written.parse::<Key>().unwrap().to_string(), want);
        }
        for wrong in ["", "up", "Cltr-p", "<C-p>", "Ctrl-", "F256", "f5", "Ctrl-ab"] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong}");
        }
    }

    pub(in super::super) fn any_key() -> impl Strategy<Value = Key> {
        let named: Vec<Code> = NAMES.iter().map(|(_, code)| *code).collect();
        let code = prop_oneof![
            prop::sample::select(named),
            any::<char>().prop_map(Code::Char),
            (0_u8..=255).prop_map(Code::F),
            prop::sample::select("-SACF5Up'\"] \t\u{1b}\u{0}\u{85}".chars().collect::<Vec<_>>())
                .prop_map(Code::Char),
        ];
        (code, any::<[bool; 3]>()).prop_map(|(code, [ctrl, alt, shift])| {
            let key = Key::new(code);
            let key = if shift { key.shift() } else { key };
            let key = if ctrl { key.ctrl() } else { key };
            if alt { key.alt() } else { key }
        })
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back_as_the_same_key(key in any_key()) {
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            if let Ok(key) = text.parse::<Key>() {
                prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
            }
        }
    }
}
