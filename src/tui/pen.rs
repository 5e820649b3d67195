//! The pen: cells as the bytes that have a terminal show them, and no more than it takes.
//!
//! What is written is what every terminal since the VT100 knows, and the colours of today (ECMA-48, ISO
//! 8613-6). Between two cells that changed, the pen takes the shortest way: it writes over what is there
//! already, moves on in the row, or names the place.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth as _};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// The most cells that are written over to come to the next one: as many as the way past them has
/// bytes.
const BRIDGE: u16 = 4;

/// Bytes that it takes to empty cells and to go past them.
const ERASURE: u16 = 10;
/// Bytes that it takes to empty all cells up to the end of a row.
const TO_END: u16 = 3;

/// Each modifier with what turns it on and what turns it off; see ECMA-48, SGR.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// What of a look is seen where there is no letter.
const SEEN_ON_BLANK: Modifier = Modifier::UNDERLINED
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// How cells look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    const fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// The look to write a cell in: for one without a letter, as much of this look as will do.
    fn for_cell(self, cell: &Cell) -> Self {
        if is_blank(cell) {
            Self { bg: cell.bg, modifier: self.modifier.difference(SEEN_ON_BLANK), ..self }
        } else {
            Self::of(cell)
        }
    }
}

/// Whether nothing is to be seen of a cell but its ground.
fn is_blank(cell: &Cell) -> bool {
    let plain = cell.diff_option == CellDiffOption::None && cell.symbol() == " ";
    plain && !cell.modifier.intersects(SEEN_ON_BLANK)
}

/// How many cells of a row from `place` on are blank and alike; the first one counts in any case.
fn blanks(cells: &Buffer, place: Position) -> u16 {
    let first = cells.cell(place).filter(|cell| is_blank(cell));
    let like = |cell: &&Cell| is_blank(cell) && first.is_some_and(|first| first.bg == cell.bg);
    let row = (place.x..cells.area.right()).map(|x| cells.cell((x, place.y)).filter(like));
    u16::try_from(row.take_while(Option::is_some).count()).unwrap_or(0).max(1)
}

/// Whether two cells are seen to be the same.
fn look_alike(a: &Cell, b: &Cell) -> bool {
    a.bg == b.bg && is_blank(a) && is_blank(b)
}

/// What writes on a terminal whose look is the plain one before and after.
#[derive(Debug, Default)]
pub(super) struct Pen {
    written: String,
    look: Look,
    /// Where the terminal's cursor is, where that is known.
    at: Option<Position>,
    /// Whether all terminals agree on where it is: not on how many cells a letter takes.
    sure: bool,
    /// Whether what is emptied takes on the ground in force.
    fills: bool,
}

impl Pen {
    /// A pen for a terminal on which what is emptied takes on the ground in force, or does not.
    pub(super) fn new(fills: bool) -> Self {
        Self { fills, ..Self::default() }
    }

    /// Has a terminal that shows `shown` show `next`. Both have the same width.
    pub(super) fn change(&mut self, shown: &Buffer, next: &Buffer) {
        let changed = shown.diff_iter(next).filter(|(x, y, cell)| {
            shown.cell((*x, *y)).is_none_or(|before| !look_alike(before, cell))
        });
        let mut changed = changed.peekable();
        while let Some((x, y, cell)) = changed.next() {
            self.go(Position { x, y }, next);
            let blanks = blanks(next, Position { x, y });
            let mut last = x;
            while let Some((further, ..)) =
                changed.next_if(|(further, below, _)| *below == y && further - x < blanks)
            {
                last = further;
            }
            let count = last - x + 1;
            if !self.erase(cell, count, next.area.right()) {
                (0..count).for_each(|_| self.put(cell, next.area.right()));
            }
        }
        self.set(Look::default());
    }

    /// Moves the rows from `top` to before `bottom` up by so many, those that leave at the top being
    /// lost, or down where `rows` is less than nothing. What moves in is empty and plain.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, rows: i16) {
        // Line feeds at the edge of a region, as terminals did before there was a command for it.
        let (edge, feed) = if rows > 0 { (bottom, "\n") } else { (top + 1, "\x1bM") };
        self.write(format_args!("\x1b[{};{bottom}r\x1b[{edge}H", top + 1));
        self.written.extend(std::iter::repeat_n(feed, usize::from(rows.unsigned_abs())));
        self.written.push_str("\x1b[r");
        self.at = None;
    }

    /// Empties the terminal.
    pub(super) fn clear(&mut self) {
        self.written.push_str("\x1b[m\x1b[2J");
        self.at = None;
    }

    /// Leaves the terminal's cursor at a place, to be seen there.
    pub(super) fn leave_at(&mut self, place: Position) {
        if !self.sure || self.at != Some(place) {
            self.move_to(place);
        }
    }

    /// Shows or hides the terminal's cursor.
    pub(super) fn show_cursor(&mut self, show: bool) {
        self.written.push_str(if show { "\x1b[?25h" } else { "\x1b[?25l" });
    }

    /// What was written.
    pub(super) fn written(self) -> String {
        self.written
    }

    /// How many bytes were written.
    pub(super) const fn len(&self) -> usize {
        self.written.len()
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        // A string takes everything.
        let _ = self.written.write_fmt(what);
    }

    fn move_to(&mut self, place: Position) {
        self.write(format_args!("\x1b[{};{}H", place.y + 1, place.x + 1));
        (self.at, self.sure) = (Some(place), true);
    }

    /// Goes to a cell, past others of its row that the terminal shows as they are in `next`.
    fn go(&mut self, to: Position, next: &Buffer) {
        let here = self.at.filter(|at| at.y == to.y && at.x <= to.x);
        match here.map(|at| to.x - at.x) {
            Some(0) => {}
            Some(cells) if self.sure => {
                if !self.bridge(to, cells, next) {
                    let count = if cells > 1 { cells.to_string() } else { String::new() };
                    self.write(format_args!("\x1b[{count}C"));
                }
                self.at = Some(to);
            }
            _ => self.move_to(to),
        }
    }

    /// Writes the cells before `to` once more, where that is no longer than the way past them.
    fn bridge(&mut self, to: Position, cells: u16, next: &Buffer) -> bool {
        if cells > BRIDGE {
            return false;
        }
        let plain = |cell: &&Cell| {
            let alone = cell.diff_option == CellDiffOption::None && cell.symbol().len() == 1;
            alone && self.look.for_cell(cell) == self.look
        };
        let between = (to.x - cells..to.x).map(|x| next.cell((x, to.y)).filter(plain));
        let Some(letters) = between.map(|cell| cell.map(Cell::symbol)).collect::<Option<String>>()
        else {
            return false;
        };
        self.written.push_str(&letters);
        true
    }

    /// Empties so many cells from the cursor on, all of them like `cell`, where that is shorter than to
    /// write them. The cursor stays.
    fn erase(&mut self, cell: &Cell, count: u16, right: u16) -> bool {
        let to_end = self.at.is_some_and(|at| at.x + count >= right);
        if !self.fills || !is_blank(cell) || count <= if to_end { TO_END } else { ERASURE } {
            return false;
        }
        self.set(self.look.for_cell(cell));
        if to_end {
            self.written.push_str("\x1b[K");
        } else {
            self.write(format_args!("\x1b[{count}X"));
        }
        true
    }

    /// Writes a cell where the cursor is, on a terminal that ends before the column `right`.
    fn put(&mut self, cell: &Cell, right: u16) {
        self.set(self.look.for_cell(cell));
        let symbol = cell.symbol();
        self.written.push_str(symbol);
        self.sure &= symbol.is_ascii();
        let after = self.at.map(|at| Position { x: at.x + cell.cell_width(), ..at });
        // Terminals put together what they take for one letter, each in its own way; and behind the
        // last cell of a row they stay on it.
        let known = symbol.chars().nth(1).is_none();
        self.at = after.filter(|after| known && after.x < right);
    }

    /// Takes on a look.
    fn set(&mut self, look: Look) {
        let before = std::mem::replace(&mut self.look, look);
        if look == before {
            return;
        }
        let mut codes = Vec::new();
        if look != Look::default() {
            let (had, has) = (before.modifier, look.modifier);
            let lost = MODIFIERS.iter().filter(|(it, ..)| had.contains(*it) && !has.contains(*it));
            codes.extend(lost.map(|(_, _, off)| *off));
            for (it, on, off) in MODIFIERS {
                if has.contains(it) && (!had.contains(it) || codes.contains(&off)) {
                    codes.push(on);
                }
            }
            if look.fg != before.fg {
                push_color(&mut codes, look.fg, 30);
            }
            if look.bg != before.bg {
                push_color(&mut codes, look.bg, 40);
            }
        }
        let codes: Vec<String> = codes.iter().map(u8::to_string).collect();
        self.write(format_args!("\x1b[{}m", codes.join(";")));
    }
}

/// The codes of a colour, of letters from 30 on, of their ground from 40 on.
fn push_color(codes: &mut Vec<u8>, color: Color, base: u8) {
    let bright = base + 60;
    match color {
        Color::Reset => codes.push(base + 9),
        Color::Black => codes.push(base),
        Color::Red => codes.push(base + 1),
        Color::Green => codes.push(base + 2),
        Color::Yellow => codes.push(base + 3),
        Color::Blue => codes.push(base + 4),
        Color::Magenta => codes.push(base + 5),
        Color::Cyan => codes.push(base + 6),
        Color::Gray => codes.push(base + 7),
        Color::DarkGray => codes.push(bright),
        Color::LightRed => codes.push(bright + 1),
        Color::LightGreen => codes.push(bright + 2),
        Color::LightYellow => codes.push(bright + 3),
        Color::LightBlue => codes.push(bright + 4),
        Color::LightMagenta => codes.push(bright + 5),
        Color::LightCyan => codes.push(bright + 6),
        Color::White => codes.push(bright + 7),
        Color::Indexed(index) => codes.extend([base + 8, 5, index]),
        Color::Rgb(red, green, blue) => codes.extend([base + 8, 2, red, green, blue]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const PLAIN: Style = Style::new();

    fn row(text: &str) -> Buffer {
        let mut cells = Buffer::empty(Rect::new(0, 0, 40, 1));
        cells.set_string(0, 0, text, PLAIN);
        cells
    }

    fn sent(before: &Buffer, after: &Buffer) -> String {
        let mut pen = Pen::new(true);
        pen.change(before, after);
        pen.written()
    }

    #[test]
    fn the_shortest_way_to_the_next_cell_is_taken() {
        let between = |before, after| sent(&row(before), &row(after));
        assert_eq!(between("a bcd e", "X bcd Y"), "\x1b[1;1HX\x1b[5CY");
        assert_eq!(between("a bc e", "X bc Y"), "\x1b[1;1HX bc Y");
        assert_eq!(between("“a bc” e", "“X bc” Y"), "\x1b[1;2HX\x1b[5CY");
        assert_eq!(between("a word that goes away", "a"), "\x1b[1;3H\x1b[19X");
        // On how many cells these take, terminals are not of one mind.
        assert_eq!(between("– bc e", "— bc Y"), "\x1b[1;1H—\x1b[1;6HY");
        assert_eq!(between("ab", "e\u{301}c"), "\x1b[1;1He\u{301}\x1b[1;2Hc");
    }

    #[test]
    fn looks_are_told_once_and_taken_back() {
        let mut after = row("abc def");
        after.set_style(Rect::new(0, 0, 7, 1), PLAIN.bold().fg(Color::Red));
        after.set_style(Rect::new(4, 0, 2, 1), PLAIN.not_bold().dim());
        let looks = "\x1b[1;1H\x1b[1;31mabc \x1b[22;2mde\x1b[22;1mf\x1b[m";
        assert_eq!(sent(&row(""), &after), looks);
    }
}
