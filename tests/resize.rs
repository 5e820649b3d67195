//! A terminal that changes its size a thousand times while keys are pressed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what is not there fails the test"
)]

mod stage;

use pullquote::config::Theme;
use stage::Stage;

/// What may be pressed between two sizes, in whatever state the last left the reader.
const KEYS: [&str; 40] = [
    "Enter", "Esc", "Tab", "S-Tab", "j", "k", "G", "gg", "Ctrl-d", "Ctrl-u", "Space", "]q", "[q",
    "v", "V", "iq", "Hy", "a", "x", "gt", "?", ":", "Ctrl-p", "ga", "gv", "g/", "/", "n", "z", "s",
    "t", "e", "f", "u", "Ctrl-r", "Ctrl-o", "m", "dd", "w", "}",
];

/// Numbers that look random and are always the same (the generator of Numerical Recipes).
struct Dice(u32);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % end
    }

    /// A length from 1 to `most`, every second time one of a common terminal or a tiny one.
    fn length(&mut self, most: u16, common: u16) -> u16 {
        let most = if self.below(2) == 0 { most } else { common };
        u16::try_from(self.below(usize::from(most))).unwrap() + 1
    }
}

#[test]
fn a_thousand_sizes_with_keys_between_do_no_harm() {
    let theme = Theme::builtin("ink").unwrap();
    let mut dice = Dice(20_260_322);
    let mut stage = Stage::new(80, 24);
    for turn in 0..1000 {
        let (columns, rows) = match turn {
            0 => (1, 1),
            1 => (500, 200),
            2 => (1, 200),
            3 => (500, 1),
            _ => (dice.length(500, 90), dice.length(200, 30)),
        };
        stage.resize(columns, rows);
        for _ in 0..dice.below(4) {
            stage.press(KEYS[dice.below(KEYS.len())]);
        }
        let buffer = stage.draw(&theme);
        assert_eq!((buffer.area.width, buffer.area.height), (columns, rows));
    }
    stage.resize(80, 24).press("Esc Esc Esc Esc");
    assert!(stage.letters().contains(char::is_alphabetic));
}
