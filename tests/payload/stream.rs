//! What arrives at a terminal, taken apart: text, and control sequences of which only those are known that
//! the program sends of its own.

use unicode_segmentation::UnicodeSegmentation;

use super::wrong;

/// The control sequences without numbers of their own: modes of the terminal, and keeping its title.
const MODES: [&str; 28] = [
    "?1049h", "?1049l", "?25h", "?25l", "?2004h", "?2004l", "?2026h", "?2026l", "?1000h", "?1000l",
    "?1002h", "?1002l", "?1003l", "?1006h", "?1006l", "?1015l", "8h", "8l", ">1u", "<1u", "22;2t",
    "23;2t", "?7h", "?7l", "J", "2J", "0m", "m",
];

/// What arrived.
#[derive(Debug, Default)]
pub(crate) struct Arrived {
    /// What stood between two control sequences, in order.
    pub(crate) runs: Vec<String>,
    /// What the window was called, in order.
    pub(crate) titles: Vec<String>,
    /// What was put on the clipboard, in base64.
    pub(crate) copied: Vec<String>,
    /// The control sequences, without what introduces them, in order.
    pub(crate) sequences: Vec<String>,
}

impl Arrived {
    /// Takes bytes apart that were sent to a terminal of so many cells.
    ///
    /// # Panics
    /// Where something is among them that no text may bring, and that the program does not send by itself.
    pub(crate) fn at(bytes: &[u8], columns: u16, rows: u16) -> Self {
        let mut rest = std::str::from_utf8(bytes).unwrap();
        let mut arrived = Self::default();
        while let Some(at) = rest.find('\u{1b}') {
            let (run, sequence) = rest.split_at(at);
            arrived.run(run);
            rest = arrived.sequence(sequence.strip_prefix('\u{1b}').unwrap(), columns, rows);
        }
        arrived.run(rest);
        arrived
    }

    /// All text that arrived.
    pub(crate) fn text(&self) -> String {
        self.runs.concat()
    }

    fn run(&mut self, run: &str) {
        // On its own screen a terminal is never told to go to the next line, but to scroll.
        let lines = !self.is_on_its_own_screen() || self.scrolls(run);
        for letter in run.graphemes(true) {
            let line_end = lines && matches!(letter, "\r\n" | "\n" | "\r");
            assert!(
                line_end || wrong(letter).is_none(),
                "{letter:?} ({:?}) in {run:?}",
                wrong(letter)
            );
        }
        self.runs.push(run.to_owned());
    }

    /// Whether the screen is the one that a program has for itself.
    fn is_on_its_own_screen(&self) -> bool {
        let last = self.sequences.iter().rev().find(|it| it.starts_with("?1049"));
        last.is_some_and(|it| it == "?1049h")
    }

    /// Whether that is what moves the rows up between which it was said to scroll, and nothing else.
    fn scrolls(&self, run: &str) -> bool {
        let [.., rows, place] = &self.sequences[..] else { return false };
        rows.ends_with('r') && place.ends_with('H') && run.bytes().all(|byte| byte == b'\n')
    }

    /// Takes what follows an escape; what is left behind it.
    fn sequence<'a>(&mut self, from: &'a str, columns: u16, rows: u16) -> &'a str {
        if let Some(command) = from.strip_prefix(']') {
            let (command, rest) = command.split_once('\u{7}').unwrap();
            self.command(command);
            return rest;
        }
        if let Some(rest) = from.strip_prefix('M') {
            self.sequences.push("M".to_owned());
            return rest;
        }
        let Some(sequence) = from.strip_prefix('[') else { panic!("an escape before {from:.20?}") };
        let end = sequence.find(|c| matches!(c, '@'..='~')).unwrap();
        let (sequence, rest) = sequence.split_at(end + 1);
        let known = MODES.contains(&sequence)
            || sequence.strip_suffix('H').is_some_and(|at| is_place(at, columns, rows))
            || sequence.strip_suffix('m').is_some_and(is_look)
            || sequence
                .strip_suffix(['C', 'X'])
                .is_some_and(|it| it.is_empty() || is_within(it, columns))
            || sequence
                .strip_suffix('r')
                .is_some_and(|it| it.is_empty() || is_place(it, rows, rows))
            || sequence == "K";
        assert!(known, "{sequence:?} is no sequence of ours; before {rest:.20?}");
        self.sequences.push(sequence.to_owned());
        rest
    }

    /// Takes a command of the operating system.
    fn command(&mut self, command: &str) {
        if let Some(title) = command.strip_prefix("0;") {
            for letter in title.graphemes(true) {
                assert_eq!(wrong(letter), None, "{letter:?} in the title {title:?}");
            }
            assert!(title.ends_with("pullquote"), "{title:?}");
            self.titles.push(title.to_owned());
        } else if let Some(copied) = command.strip_prefix("52;c;") {
            let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
            assert!(copied.chars().all(base64), "{copied:?}");
            self.copied.push(copied.to_owned());
        } else {
            panic!("{command:?} is no command of ours");
        }
    }
}

/// Whether it is a place on the screen, as row and column from 1.
fn is_place(at: &str, columns: u16, rows: u16) -> bool {
    // The first column goes without saying.
    let (row, column) = at.split_once(';').unwrap_or((at, "1"));
    is_within(row, rows) && is_within(column, columns)
}

fn is_within(number: &str, most: u16) -> bool {
    number.parse().is_ok_and(|it| (1..=most).contains(&it))
}

/// Whether it is a look that a theme may have: no blinking, and nothing that hides letters.
fn is_look(look: &str) -> bool {
    let mut numbers = look.split(';').map(|number| number.parse::<u8>().ok());
    while let Some(number) = numbers.next() {
        let known = match number {
            Some(38 | 48 | 58) => match numbers.next() {
                Some(Some(2)) => numbers.by_ref().take(3).flatten().count() == 3,
                Some(Some(5)) => numbers.next().flatten().is_some(),
                _ => false,
            },
            Some(
                0..=4 | 7 | 9 | 22..=24 | 27 | 29..=37 | 39..=47 | 49 | 59 | 90..=97 | 100..=107,
            ) => true,
            _ => false,
        };
        if !known {
            return false;
        }
    }
    true
}

#[test]
fn what_no_program_of_ours_sends_is_found() {
    for bytes in [
        "\u{1b}[5n",
        "\u{1b}[99;1H",
        "\u{1b}[1;81H",
        "\u{1b}[0;0H",
        "\u{1b}[31;5m",
        "\u{1b}[8m",
        "\u{1b}]2;x\u{7}",
        "\u{1b}]0;owned\u{7}",
        "\u{1b}]0;a\u{202e} – pullquote\u{7}",
        "\u{1b}c",
        "\u{1b}(0",
        "\u{1b}P\u{1b}\\",
        "\u{9b}2J",
        "\u{1b}[?1049h\n",
        "\u{8}",
        "\t",
        "a\u{200b}",
        "\u{301}",
        "\u{202e}",
        "\u{1b}[6n",
        "\u{1b}[3J",
        "\u{1b}]52;p;aGk=\u{7}",
        "\u{1b}[38;2;1;2m",
    ] {
        let arrived = std::panic::catch_unwind(|| Arrived::at(bytes.as_bytes(), 80, 24));
        assert!(arrived.is_err(), "{bytes:?}");
    }
    let own = "a\r\n\u{1b}[?1049h\u{1b}[8l\u{1b}[24;80H\u{1b}[0;1;38;2;1;2;3;48;5;7m漢\u{1b}]0;x – pullquote\u{7}e\u{301}\u{1b}[?1049l\n";
    let arrived = Arrived::at(own.as_bytes(), 80, 24);
    assert_eq!((arrived.text().as_str(), arrived.titles.len()), ("a\r\n漢e\u{301}\n", 1));
}
