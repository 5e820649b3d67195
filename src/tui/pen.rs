//! The pen: cells as the bytes that have a terminal show them, and no more than it takes.
//!
//! What is written is what every terminal since the VT100 knows, and the colours of today (ECMA-48, ISO
//! 8613-6). Between two cells that changed, the pen takes the shortest way: it writes over what is there
//! already, moves on in the row, or names the place.
//!
//! Terminals are not of one mind on how many cells a picture takes, or letters put together. What a terminal
//! leaves of such a symbol's cells, or takes beside them, is written over each time the symbol is written,
//! so that a row looks the same however it came about.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use crate::text::reach;

/// The most cells that are written over to come to the next one: as many as the way past them has
/// bytes.
const BRIDGE: u16 = 4;

/// Bytes that most frames need no more than.
const FRAME: usize = 6000;
/// Bytes that it takes to empty cells and to go past them.
const ERASURE: usize = 10;
/// Bytes that it takes to empty all cells up to the end of a row.
const TO_END: usize = 3;

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

/// How many cells what begins in a cell takes.
fn cells_of(cell: &Cell) -> usize {
    match cell.diff_option {
        CellDiffOption::ForcedWidth(cells) => usize::from(cells.get()),
        _ => 1,
    }
}

/// Whether two cells are seen to be the same.
pub(super) fn look_alike(a: &Cell, b: &Cell) -> bool {
    let same = Look::of(a) == Look::of(b) && a.diff_option == b.diff_option;
    if same { same_symbol(a, b) } else { a.bg == b.bg && is_blank(a) && is_blank(b) }
}

/// Nearly all symbols are one byte.
fn same_symbol(a: &Cell, b: &Cell) -> bool {
    match (a.symbol().as_bytes(), b.symbol().as_bytes()) {
        ([a], [b]) => a == b,
        (a, b) => a == b,
    }
}

/// A row of cells as it is and as it is to be.
struct Strip<'a> {
    y: u16,
    shown: &'a [Cell],
    next: &'a [Cell],
}

impl<'a> Strip<'a> {
    /// What begins at `x`, if it is to be written.
    fn changed(&self, x: usize) -> Option<&'a Cell> {
        let cell = self.next.get(x)?;
        let cells = x..(x + cells_of(cell)).min(self.next.len());
        let (shown, next) = (self.shown.get(cells.clone())?, self.next.get(cells)?);
        let same = shown.iter().zip(next).all(|(shown, next)| look_alike(shown, next));
        (!same).then_some(cell)
    }

    /// How many cells from `x` on are blank and alike, up to the last that is to be written; none where what
    /// stands there is no such cell.
    fn blanks(&self, x: usize) -> usize {
        let Some(first) = self.next.get(x).filter(|cell| is_blank(cell)) else { return 0 };
        let rows = self.shown.iter().zip(self.next).skip(x);
        let run = rows.take_while(|(_, next)| is_blank(next) && next.bg == first.bg);
        let changed = run.zip(1..).filter(|((shown, next), _)| !look_alike(shown, next));
        changed.last().map_or(1, |(_, count)| count)
    }

    fn at(&self, x: usize) -> Position {
        Position { x: u16::try_from(x).unwrap_or(u16::MAX), y: self.y }
    }
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
        Self { fills, written: String::with_capacity(FRAME), ..Self::default() }
    }

    /// Has a terminal that shows `shown` show `next`. Both have the same width.
    pub(super) fn change(&mut self, shown: &Buffer, next: &Buffer) {
        let width = usize::from(next.area.width).max(1);
        let rows = shown.content.chunks(width).zip(next.content.chunks(width));
        for ((shown, next), y) in rows.zip(0..) {
            self.change_row(&Strip { y, shown, next });
        }
        self.set(Look::default());
    }

    fn change_row(&mut self, row: &Strip<'_>) {
        let mut x = 0;
        // Up to where a terminal may have written more than it was meant to.
        let mut spoilt = 0;
        while let Some(cell) = row.next.get(x) {
            let Some(cell) = row.changed(x).or_else(|| (x < spoilt).then_some(cell)) else {
                x += cells_of(cell);
                continue;
            };
            self.go(row.at(x), row);
            let blanks = if x < spoilt { 0 } else { row.blanks(x) };
            if blanks > 0 {
                self.empty(cell, blanks, row);
                x += blanks;
            } else {
                spoilt = spoilt.max(x + self.put(cell, row));
                x += cells_of(cell);
            }
        }
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

    /// Whether nothing was written.
    pub(super) const fn is_idle(&self) -> bool {
        self.written.is_empty()
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        // A string takes everything.
        let _ = self.written.write_fmt(what);
    }

    fn move_to(&mut self, place: Position) {
        self.write(format_args!("\x1b[{};{}H", place.y + 1, place.x + 1));
        (self.at, self.sure) = (Some(place), true);
    }

    /// Goes to a cell, past others of its row that the terminal shows as they are to be.
    fn go(&mut self, to: Position, row: &Strip<'_>) {
        let here = self.at.filter(|at| at.y == to.y && at.x <= to.x);
        match here.map(|at| to.x - at.x) {
            Some(0) => {}
            Some(cells) if self.sure => {
                if !self.bridge(to, cells, row) {
                    let count = if cells > 1 { cells.to_string() } else { String::new() };
                    self.write(format_args!("\x1b[{count}C"));
                }
                self.at = Some(to);
            }
            _ => self.move_to(to),
        }
    }

    /// Writes the cells before `to` once more, where that is no longer than the way past them.
    fn bridge(&mut self, to: Position, cells: u16, row: &Strip<'_>) -> bool {
        let between = usize::from(to.x - cells)..usize::from(to.x);
        let Some(between) = row.next.get(between).filter(|_| cells <= BRIDGE) else { return false };
        let plain = |cell: &Cell| {
            let alone = cell.diff_option == CellDiffOption::None && cell.symbol().len() == 1;
            alone && self.look.for_cell(cell) == self.look
        };
        let all = between.iter().all(plain);
        if all {
            self.written.extend(between.iter().map(Cell::symbol));
        }
        all
    }

    /// Empties so many cells from the cursor on, all of them like `cell`, in the shorter way.
    fn empty(&mut self, cell: &Cell, count: usize, row: &Strip<'_>) {
        let Some(at) = self.at else { return };
        let to_end = usize::from(at.x) + count >= row.next.len();
        self.set(self.look.for_cell(cell));
        if !self.fills || count <= if to_end { TO_END } else { ERASURE } {
            self.written.extend(std::iter::repeat_n(' ', count));
            self.pass(at, count, row);
        } else if to_end {
            self.written.push_str("\x1b[K");
        } else {
            self.write(format_args!("\x1b[{count}X"));
        }
    }

    /// Writes what begins in a cell where the cursor is. Returns how many cells a terminal may have changed.
    fn put(&mut self, cell: &Cell, row: &Strip<'_>) -> usize {
        let Some(at) = self.at else { return 0 };
        let (symbol, cells) = (cell.symbol(), cells_of(cell));
        self.set(self.look.for_cell(cell));
        let Some(reach) = reach(symbol) else {
            self.written.push_str(symbol);
            self.sure &= symbol.is_ascii();
            self.pass(at, cells, row);
            return cells;
        };
        if cells > 1 {
            // A terminal that gives it fewer would leave what stands in the others.
            self.written.extend(std::iter::repeat_n(' ', cells));
            self.move_to(at);
        }
        self.written.push_str(symbol);
        self.at = None;
        reach.max(cells)
    }

    /// Notes where the cursor is after so many cells were written. Behind the last one of a row, terminals
    /// stay on it.
    fn pass(&mut self, from: Position, cells: usize, row: &Strip<'_>) {
        let x = usize::from(from.x) + cells;
        self.at = Some(row.at(x)).filter(|_| x < row.next.len());
    }

    /// Takes on a look.
    fn set(&mut self, look: Look) {
        let before = std::mem::replace(&mut self.look, look);
        if look == before {
            return;
        }
        self.written.push_str("\x1b[");
        if look != Look::default() {
            let (had, has) = (before.modifier, look.modifier);
            let mut taken = Modifier::empty();
            for (it, _, off) in MODIFIERS {
                if had.contains(it) && !has.contains(it) {
                    self.code(off);
                    // What one code turns off may be more than one.
                    let shared = MODIFIERS.iter().filter(|(.., code)| *code == off);
                    taken |= shared.fold(Modifier::empty(), |all, (it, ..)| all | *it);
                }
            }
            for (it, on, _) in MODIFIERS {
                if has.contains(it) && (!had.contains(it) || taken.contains(it)) {
                    self.code(on);
                }
            }
            if look.fg != before.fg {
                self.color(look.fg, 30);
            }
            if look.bg != before.bg {
                self.color(look.bg, 40);
            }
            self.written.pop();
        }
        self.written.push('m');
    }

    /// Writes a number and what parts it from the next.
    fn code(&mut self, code: u8) {
        for unit in [100, 10, 1] {
            if code >= unit || unit == 1 {
                self.written.push(char::from(b'0' + code / unit % 10));
            }
        }
        self.written.push(';');
    }

    /// Writes the codes of a colour, of letters from 30 on, of their ground from 40 on.
    fn color(&mut self, color: Color, base: u8) {
        let bright = base + 60;
        let code = match color {
            Color::Reset => base + 9,
            Color::Black => base,
            Color::Red => base + 1,
            Color::Green => base + 2,
            Color::Yellow => base + 3,
            Color::Blue => base + 4,
            Color::Magenta => base + 5,
            Color::Cyan => base + 6,
            Color::Gray => base + 7,
            Color::DarkGray => bright,
            Color::LightRed => bright + 1,
            Color::LightGreen => bright + 2,
            Color::LightYellow => bright + 3,
            Color::LightBlue => bright + 4,
            Color::LightMagenta => bright + 5,
            Color::LightCyan => bright + 6,
            Color::White => bright + 7,
            Color::Indexed(_) | Color::Rgb(..) => base + 8,
        };
        self.code(code);
        let (parts, count) = match color {
            Color::Indexed(index) => ([5, index, 0, 0], 2),
            Color::Rgb(red, green, blue) => ([2, red, green, blue], 4),
            _ => ([0; 4], 0),
        };
        for part in parts.into_iter().take(count) {
            self.code(part);
        }
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
        assert_eq!(between("ab", "☺b"), "\x1b[1;1H☺\x1b[1;2Hb");
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
