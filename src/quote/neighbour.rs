//! Which way a quotation mark faces, told from what stands beside it.

/// What stands on one side of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// White space, or an end of the block.
    Edge,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// Punctuation that ends a word: comma, full stop and the like, ellipses included.
    Stop,
    /// What joins two words: dashes, slashes and loose signs.
    Joint,
    /// A letter, a digit, or a sign that belongs to a word (`$`, `%`, `#`, `@`).
    Word,
}

impl Side {
    /// What `c` is to a mark beside it.
    pub(super) fn of(c: char) -> Self {
        match c {
            _ if c.is_whitespace() || c.is_control() => Self::Edge,
            _ if c.is_alphanumeric() => Self::Word,
            '(' | '[' | '{' | '<' | '¿' | '¡' => Self::Open,
            ')' | ']' | '}' | '>' => Self::Close,
            '.' | ',' | ';' | ':' | '!' | '?' | '…' => Self::Stop,
            _ if is_joint(c) => Self::Joint,
            _ => Self::Word,
        }
    }

    /// Whether a word may begin right after it.
    const fn frees(self) -> bool {
        matches!(self, Self::Edge | Self::Open)
    }

    /// Whether a word may end right before it.
    const fn ends(self) -> bool {
        matches!(self, Self::Edge | Self::Close | Self::Stop)
    }

    /// Whether something that could be quoted begins with it.
    const fn begins(self) -> bool {
        matches!(self, Self::Word | Self::Open)
    }

    /// Whether something that could be quoted ends with it.
    pub(super) const fn finishes(self) -> bool {
        matches!(self, Self::Word | Self::Stop | Self::Close)
    }
}

/// Dashes of every length, slashes, and signs that stand between words.
const fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '/' | '\\')
        || matches!(c, '=' | '+' | '&' | '*' | '|' | '~' | '_' | '•' | '·')
}

/// Which way a mark faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// It opens a quotation.
    Opens,
    /// It closes one.
    Closes,
    /// Its neighbours do not tell: it closes what is open, and opens where nothing is.
    Either,
}

/// What the neighbours of a mark say of its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lean {
    /// The direction.
    pub(super) turn: Turn,
    /// Whether they say it so clearly that a curly mark which faces the other way is a slip.
    pub(super) firm: bool,
}

/// Reads the direction from both sides of a mark, or of a run of marks, which share it.
pub(super) fn lean(left: Side, right: Side) -> Lean {
    let (turn, firm) = match (left, right) {
        (l, r) if l.frees() && (r.begins() || r == Side::Joint) => (Turn::Opens, true),
        (l, r) if l.finishes() && r.ends() => (Turn::Closes, true),
        (l, Side::Joint) if l.finishes() => (Turn::Closes, true),
        (Side::Joint, r) if r.begins() => (Turn::Opens, false),
        (Side::Joint, r) if r.ends() => (Turn::Closes, true),
        _ => (Turn::Either, false),
    };
    Lean { turn, firm }
}

/// Whether `c` shows nothing and takes no room (direction marks, soft hyphens, a stray byte-order
/// mark), so that what stands behind it is the neighbour.
pub(super) const fn is_transparent(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_together_tell_the_direction() {
        let table = [
            (Side::Edge, Side::Word, Turn::Opens, true),
            (Side::Open, Side::Word, Turn::Opens, true),
            (Side::Edge, Side::Open, Turn::Opens, true),
            (Side::Joint, Side::Word, Turn::Opens, false),
            (Side::Stop, Side::Edge, Turn::Closes, true),
            (Side::Word, Side::Close, Turn::Closes, true),
            (Side::Word, Side::Joint, Turn::Closes, true),
            (Side::Joint, Side::Edge, Turn::Closes, true),
            (Side::Edge, Side::Edge, Turn::Either, false),
            (Side::Stop, Side::Word, Turn::Either, false),
        ];
        for (left, right, turn, firm) in table {
            assert_eq!(lean(left, right), Lean { turn, firm }, "{left:?} {right:?}");
        }
    }
}
