//! Reading the quotation marks of a block.

use super::apostrophe::{self, Verdict};
use super::mark::{Face, Family, Mark, look};
use super::neighbour::{Side, Turn, is_transparent, lean};
use crate::text::{Offset, Span, is_grapheme_boundary};

/// The length in bytes of the tag that `text` begins with, of a page that was not quite cleaned; the
/// marks inside it quote nothing.
fn tag(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('<')?;
    rest.strip_prefix('/').unwrap_or(rest).chars().next().filter(char::is_ascii_alphabetic)?;
    let end = rest.find(['<', '>'])?;
    rest.get(end..)?.starts_with('>').then_some(end + 2)
}

/// The marks of the block at `span`, in order. Takes time linear in its length.
pub(super) fn marks(text: &str, span: Span) -> Vec<Mark> {
    let mut reader = Reader::new(text, span);
    loop {
        reader.pass_letters();
        let Some(c) = reader.peek() else { break };
        reader.step(c);
    }
    reader.marks
}

/// Reads a block from its start to its end.
struct Reader<'a> {
    /// The whole text, up to the end of the block.
    text: &'a str,
    /// The start of the block.
    start: usize,
    /// How far it has come.
    at: usize,
    /// What stood last that is no mark.
    left: Side,
    /// Whether speech may begin here.
    leads: bool,
    /// What comes next that is no mark, and where: known until the reader is there.
    right: Option<(usize, Side)>,
    marks: Vec<Mark>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, span: Span) -> Self {
        let text = text.get(..span.end.get()).unwrap_or_default();
        let start = span.start.get();
        Self {
            text,
            start,
            at: start,
            left: Side::Edge,
            leads: true,
            right: None,
            marks: Vec::new(),
        }
    }

    /// The text from `at` on.
    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest(self.at).chars().next()
    }

    /// Whether the character at `at` is a grapheme by itself, so that a span may end beside it.
    fn stands_alone(&self, at: usize, c: char) -> bool {
        is_grapheme_boundary(self.text, Offset(at))
            && is_grapheme_boundary(self.text, Offset(at + c.len_utf8()))
    }

    /// The length in bytes of what `c` at `at` begins and no neighbour can see: a tag, a character
    /// that shows nothing.
    fn unseen(&self, at: usize, c: char) -> Option<usize> {
        if is_transparent(c) {
            return Some(c.len_utf8());
        }
        if c == '<' { tag(self.rest(at)) } else { None }
    }

    /// Passes over letters and digits at once, as [`step`](Self::step) would one by one: most of a text
    /// is nothing else.
    fn pass_letters(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let run = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if run > 0 {
            (self.left, self.leads) = (Side::Word, false);
            self.at += run;
        }
    }

    fn step(&mut self, c: char) {
        if let Some(len) = self.unseen(self.at, c) {
            self.at += len;
        } else if let Some((family, face)) = look(c).filter(|_| self.stands_alone(self.at, c)) {
            self.read_marks(c, family, face);
        } else {
            self.left = Side::of(c);
            self.leads = if c.is_whitespace() { self.leads } else { self.left == Side::Stop };
            self.at += c.len_utf8();
        }
    }

    /// What the next thing is that is no mark.
    fn look_right(&mut self) -> Side {
        if let Some((at, side)) = self.right
            && self.at < at
        {
            return side;
        }
        let mut at = self.at;
        let mut side = Side::Edge;
        while let Some(c) = self.rest(at).chars().next() {
            if let Some(len) = self.unseen(at, c) {
                at += len;
            } else if look(c).is_some() && self.stands_alone(at, c) {
                at += c.len_utf8();
            } else {
                side = Side::of(c);
                break;
            }
        }
        self.right = Some((at, side));
        side
    }

    /// How many marks like `c`, each a grapheme by itself, stand here in a row.
    fn count(&self, c: char) -> usize {
        let ends = (1..).map(|count| self.at + count * c.len_utf8());
        let row = self.rest(self.at).chars().take_while(|&next| next == c);
        row.zip(ends).take_while(|&(_, end)| is_grapheme_boundary(self.text, Offset(end))).count()
    }

    /// Reads a mark, or a row of like single ones, which count in twos as double marks.
    fn read_marks(&mut self, c: char, family: Family, face: Face) {
        let len = c.len_utf8();
        let mut left_over = if family == Family::Single { self.count(c) } else { 1 };
        let right = self.look_right();
        let inward = self.turn(c, face, right) == Turn::Opens;
        while left_over > 0 {
            let doubled = left_over > 1 && (inward || left_over % 2 == 0);
            let family = if doubled { Family::Double } else { family };
            let len = if doubled { len * 2 } else { len };
            self.read_mark(c, len, family, face);
            self.at += len;
            left_over -= if doubled { 2 } else { 1 };
        }
    }

    /// The direction of `c`, from its face and its neighbours.
    fn turn(&self, c: char, face: Face, right: Side) -> Turn {
        let lean = lean(self.left, right);
        let detached = self.left == Side::Edge && right == Side::Edge;
        let stuck = self.left.finishes() && right == Side::Open;
        match face {
            Face::Straight => lean.turn,
            Face::Opening if lean.firm && lean.turn == Turn::Closes => Turn::Closes,
            Face::Opening if (detached || stuck) && matches!(c, '“' | '‘') => Turn::Either,
            Face::Closing if lean.firm && lean.turn == Turn::Opens => Turn::Opens,
            Face::Opening => Turn::Opens,
            Face::Closing => Turn::Closes,
        }
    }

    /// Adds the mark of `len` bytes here, unless it is none.
    fn read_mark(&mut self, c: char, len: usize, family: Family, face: Face) {
        let right = self.look_right();
        let turn = self.turn(c, face, right);
        let before = self.text.get(self.start..self.at).unwrap_or_default();
        let after = self.rest(self.at + len);
        let (turn, verdict) = match family {
            Family::Double => judge_double(face, turn, before, after),
            Family::Single => (turn, judge_single(c, turn, [self.left, right], before, after)),
        };
        if verdict != Verdict::Apostrophe {
            let (start, leads) = (Offset(self.at), self.leads);
            let len = u8::try_from(len).unwrap_or(u8::MAX);
            let (doubtful, straight) = (verdict == Verdict::Doubtful, face == Face::Straight);
            self.marks.push(Mark { start, len, family, turn, doubtful, straight, leads });
        }
    }
}

/// Whether a double mark is one; a straight one within `12"x14"` closes rather than opens.
fn judge_double(face: Face, turn: Turn, before: &str, after: &str) -> (Turn, Verdict) {
    let measured = before.ends_with(|c: char| c.is_ascii_digit()) && face == Face::Straight;
    match turn {
        Turn::Closes => (turn, apostrophe::inches(before, after)),
        Turn::Either if measured => (Turn::Closes, Verdict::Doubtful),
        _ => (turn, Verdict::Mark),
    }
}

/// Whether a single mark is one.
fn judge_single(c: char, turn: Turn, sides: [Side; 2], before: &str, after: &str) -> Verdict {
    let opening = apostrophe::opening(after);
    let joins = sides == [Side::Word; 2] && after.starts_with(char::is_alphanumeric);
    if joins || opening == Verdict::Apostrophe {
        return Verdict::Apostrophe;
    }
    match (c, turn) {
        // A single low mark is a comma of another font wherever it does not open.
        ('‚' | '`', Turn::Closes | Turn::Either) => Verdict::Apostrophe,
        ('’' | '´' | '`', Turn::Opens) | (_, Turn::Either) => Verdict::Doubtful,
        (_, Turn::Opens) => opening,
        (_, Turn::Closes) if sides[1] == Side::Word => Verdict::Doubtful,
        (_, Turn::Closes) => apostrophe::closing(before, after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The directions of the marks of `text`: `<` opens, `>` closes, `=` either; `?` after a doubtful.
    fn faces(text: &str) -> String {
        let mut out = String::new();
        for mark in marks(text, Span::new(0, text.len())) {
            out.push(match mark.turn {
                Turn::Opens => '<',
                Turn::Closes => '>',
                Turn::Either => '=',
            });
            if mark.doubtful {
                out.push('?');
            }
        }
        out
    }

    #[test]
    fn directions_come_from_the_neighbours() {
        for (text, expected) in [
            ("\"a\" (\"b\") —\"c\"— \"d\", [\"e\"]", "<><><><><>"),
            ("‘a’ “b” «c» ‹d› „e“ ‚f‘ ”g” »h«", "<><><><><><><><>"),
            ("“a“, ”b”", "<><>"),
            ("''a'' ``b'' ‘‘c’’ '''d'''", "<><><><<>>"),
            ("“ a ” \" b \" « c »", "=>==<>"),
            ("he said:\"a\"", "=>"),
            ("\"—and a\" \"and—\" he", "<><>"),
            ("\"'a,' b\"", "<<>>"),
            ("‘A’“b” “a.“[b]", "<>?<><="),
            ("\u{200B}\"\u{FEFF}a\u{AD}\"\u{200B}", "<>"),
            ("<b>\"a\"</b> <a href=\"x\">\"b\"</a>", "<><>"),
        ] {
            assert_eq!(faces(text), expected, "{text}");
        }
    }

    #[test]
    fn apostrophes_and_measures_are_no_marks() {
        for (text, expected) in [
            ("don't, o'clock, don’t, don‘t, Ekdahl's, the U.S.'s, the U.S.’s", ""),
            ("the '90s, the ’90s, the ‘90s, '60s-style, 'em, ‘em, ’tis", ""),
            ("rock 'n' roll", ">?"),
            ("the leaders' talks, the leaders’ talks", ">?>?"),
            ("5'10\" and 6'2\", a 5'10\"-tall man", ""),
            ("a 12\" record, a 12\"x14\" print", ">?>?>?"),
            ("’e won’", "<?>"),
            ("in '84", "<?"),
        ] {
            assert_eq!(faces(text), expected, "{text}");
        }
    }

    #[test]
    fn a_mark_with_something_set_on_it_is_none() {
        assert_eq!(faces("\"\u{301}a\"\u{301} \u{600}\"a"), "");
    }
}
