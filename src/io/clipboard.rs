//! The clipboard, by way of the terminal: OSC 52, which works through ssh too.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The most bytes that are sent: some terminals take no more, and drop the rest or all.
pub const LIMIT: usize = 100_000;

/// What stands between the program and the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// Nothing.
    Nothing,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

impl Between {
    /// What the values of `TMUX` and `STY` say.
    #[must_use]
    pub fn detect(tmux: Option<&str>, sty: Option<&str>) -> Self {
        let set = |value: Option<&str>| value.is_some_and(|value| !value.is_empty());
        match (set(tmux), set(sty)) {
            (true, _) => Self::Tmux,
            (false, true) => Self::Screen,
            (false, false) => Self::Nothing,
        }
    }
}

/// The control sequence that puts `text` on the clipboard; `None` where it is longer than [`LIMIT`].
///
/// tmux takes the plain sequence where its `set-clipboard` is `on`, and hands a wrapped one through
/// where its `allow-passthrough` is; it drops the other, so both are sent. screen takes wrapped ones
/// only, in pieces.
#[must_use]
pub fn sequence(text: &str, between: Between) -> Option<String> {
    // screen takes strings of at most 768 bytes, see its `MAXSTR`.
    const PIECE: usize = 700;
    if text.len() > LIMIT {
        return None;
    }
    let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    Some(match between {
        Between::Nothing => plain,
        Between::Tmux => format!("{plain}\x1bPtmux;\x1b{plain}\x1b\\"),
        Between::Screen => {
            let pieces = plain.as_bytes().chunks(PIECE);
            let wrapped =
                pieces.map(|piece| format!("\x1bP{}\x1b\\", String::from_utf8_lossy(piece)));
            wrapped.collect()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_encoded() {
        let sent = sequence("“Já”", Between::Nothing).unwrap();
        assert_eq!(sent, "\x1b]52;c;4oCcSsOh4oCd\x07");
        assert_eq!(sequence(&"a".repeat(LIMIT + 1), Between::Nothing), None);
    }

    #[test]
    fn multiplexers_get_it_wrapped() {
        let sent = sequence("bar", Between::Tmux).unwrap();
        assert_eq!(sent, "\x1b]52;c;YmFy\x07\x1bPtmux;\x1b\x1b]52;c;YmFy\x07\x1b\\");
        let sent = sequence(&"bar".repeat(500), Between::Screen).unwrap();
        assert!(sent.split("\x1b\\").all(|piece| piece.len() <= 768));
        let whole = sent.replace("\x1b\\", "").replace("\x1bP", "");
        assert_eq!(whole, sequence(&"bar".repeat(500), Between::Nothing).unwrap());
    }

    #[test]
    fn the_environment_tells_what_stands_between() {
        assert_eq!(Between::detect(Some("/t,1,0"), Some("1.s")), Between::Tmux);
        assert_eq!(Between::detect(Some(""), Some("1.s")), Between::Screen);
        assert_eq!(Between::detect(None, None), Between::Nothing);
    }
}
