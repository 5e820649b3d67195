//! The sheet: what the terminal shows, and what it takes to have it show something else.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use super::pen::{Pen, look_alike};

/// Rows of the terminal, over its whole width, of which the words have moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moved {
    /// The first of these rows.
    pub(super) top: u16,
    /// The row behind the last of them.
    pub(super) bottom: u16,
    /// By how many rows they have moved up, or down where it is less than nothing.
    pub(super) by: i16,
}

/// What the terminal shows, and what is being drawn.
#[derive(Debug)]
pub(super) struct Sheet {
    shown: Buffer,
    next: Buffer,
    /// Where the cursor is to be seen, if it is.
    cursor: Option<Position>,
    /// Whether the terminal, and its cursor, may show anything.
    stale: bool,
    /// Whether what the terminal empties takes on the ground in force.
    fills: bool,
}

impl Sheet {
    /// A terminal of which nothing is known, but whether what it empties takes on the ground in force.
    pub(super) fn new(fills: bool) -> Self {
        let nothing = || Buffer::empty(Rect::ZERO);
        Self { shown: nothing(), next: nothing(), cursor: None, stale: true, fills }
    }

    /// Takes what the terminal shows for unknown.
    pub(super) const fn forget(&mut self) {
        self.stale = true;
    }

    /// The cells to draw the next frame on, all of them.
    pub(super) fn cells(&mut self, area: Rect) -> &mut Buffer {
        self.next.resize(area);
        &mut self.next
    }

    /// What has the terminal show what was drawn, with its cursor there; nothing where it does so
    /// already. It helps to know what has moved.
    pub(super) fn turn(&mut self, cursor: Option<Position>, moved: Option<Moved>) -> String {
        let anew = std::mem::take(&mut self.stale) || self.shown.area != self.next.area;
        let mut pen = if anew { self.all() } else { self.changes(moved) };
        let before = std::mem::replace(&mut self.cursor, cursor);
        if !pen.is_idle() || before != cursor {
            if let Some(place) = cursor {
                pen.leave_at(place);
            }
            if anew || before.is_some() != cursor.is_some() {
                pen.show_cursor(cursor.is_some());
            }
        }
        std::mem::swap(&mut self.shown, &mut self.next);
        pen.written()
    }

    /// Writes all cells.
    fn all(&mut self) -> Pen {
        let mut pen = Pen::new(self.fills);
        self.shown.resize(self.next.area);
        self.shown.reset();
        pen.clear();
        pen.change(&self.shown, &self.next);
        pen
    }

    /// Writes what changed; what is shown is then not to be relied on.
    fn changes(&mut self, moved: Option<Moved>) -> Pen {
        let mut pen = Pen::new(self.fills);
        if let Some(Moved { top, bottom, by }) = moved.filter(|moved| self.pays(*moved)) {
            self.scroll(top, bottom, by);
            pen.scroll(top, bottom, by);
        }
        pen.change(&self.shown, &self.next);
        pen
    }

    /// Whether fewer cells are to be written where the terminal moves its rows so.
    fn pays(&self, moved: Moved) -> bool {
        let Moved { top, bottom, by } = moved;
        let width = usize::from(self.next.area.width);
        let cells = usize::from(top) * width..usize::from(bottom) * width;
        let all = (self.shown.content.get(cells.clone()), self.next.content.get(cells));
        let (Some(shown), Some(next)) = all else { return false };
        let far = usize::from(by.unsigned_abs()) * width;
        if 2 * far > shown.len() {
            return false;
        }
        let (upper, lower) =
            if by > 0 { (next, shown.get(far..)) } else { (shown, next.get(far..)) };
        let kept = lower.map_or(0, |lower| alike(upper, lower));
        self.holds(moved) && kept > alike(shown, next)
    }

    /// Whether rows can move so.
    fn holds(&self, moved: Moved) -> bool {
        let Moved { top, bottom, by } = moved;
        let inside = top < bottom && bottom <= self.next.area.height;
        inside && by != 0 && by.unsigned_abs() < bottom - top
    }

    /// Moves what is shown as [`Pen::scroll`] has the terminal do it.
    fn scroll(&mut self, top: u16, bottom: u16, by: i16) {
        let width = usize::from(self.shown.area.width);
        let cells = usize::from(top) * width..usize::from(bottom) * width;
        let Some(rows) = self.shown.content.get_mut(cells) else { return };
        let gone = usize::from(by.unsigned_abs()) * width;
        let kept = rows.len().saturating_sub(gone);
        let empty = if by > 0 {
            rows.rotate_left(gone);
            rows.get_mut(kept..)
        } else {
            rows.rotate_right(gone);
            rows.get_mut(..gone)
        };
        for cell in empty.into_iter().flatten() {
            cell.reset();
        }
    }
}

/// How many cells look as their counterparts do.
fn alike(some: &[Cell], others: &[Cell]) -> usize {
    some.iter().zip(others).filter(|(one, other)| look_alike(one, other)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::CellDiffOption;
    use ratatui::style::{Color, Modifier};

    const AREA: Rect = Rect::new(0, 0, 24, 6);

    /// A terminal that has the sheet's frames sent.
    struct Shown {
        sheet: Sheet,
        terminal: vt100::Parser,
    }

    fn terminal() -> vt100::Parser {
        let cells = |number| std::num::NonZeroU16::new(number).unwrap();
        vt100::Parser::new(cells(AREA.height), cells(AREA.width), 0)
    }

    impl Shown {
        fn new(fills: bool) -> Self {
            Self { sheet: Sheet::new(fills), terminal: terminal() }
        }

        /// Sends a frame; how many bytes that took.
        fn send(
            &mut self,
            frame: &Buffer,
            cursor: Option<Position>,
            moved: Option<Moved>,
        ) -> usize {
            self.sheet.cells(AREA).clone_from(frame);
            let sent = self.sheet.turn(cursor, moved);
            self.terminal.process(sent.as_bytes());
            let cells = picture(self.terminal.screen()).into_iter().zip(drawn(frame));
            for (at, (shown, drawn)) in cells.enumerate() {
                assert_eq!(shown, drawn, "cell {at} after {sent:?}");
            }
            let screen = self.terminal.screen();
            let (row, column) = screen.cursor_position();
            assert_eq!(screen.hide_cursor(), cursor.is_none());
            assert!(cursor.is_none_or(|at| (at.y, at.x) == (row, column)), "{sent:?}");
            sent.len()
        }
    }

    /// What is seen of a cell: its letter, its colours and what else it looks like.
    type Seen = (String, Color, Color, Modifier);

    fn picture(screen: &vt100::Screen) -> Vec<Seen> {
        let at = |row, column| screen.cell(row, column).unwrap();
        let places = (0..AREA.height).flat_map(|y| (0..AREA.width).map(move |x| (y, x)));
        places.map(|(y, x)| seen_of(at(y, x))).collect()
    }

    fn seen_of(cell: &vt100::Cell) -> Seen {
        let color = |color| match color {
            vt100::Color::Default => Color::Reset,
            vt100::Color::Idx(index) => Color::Indexed(index),
            vt100::Color::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
        };
        let mut modifier = Modifier::empty();
        modifier.set(Modifier::BOLD, cell.bold());
        modifier.set(Modifier::DIM, cell.dim());
        modifier.set(Modifier::ITALIC, cell.italic());
        modifier.set(Modifier::UNDERLINED, cell.underline());
        modifier.set(Modifier::REVERSED, cell.inverse());
        seen(cell.contents(), color(cell.fgcolor()), color(cell.bgcolor()), modifier)
    }

    fn seen(symbol: &str, fg: Color, bg: Color, modifier: Modifier) -> Seen {
        let visible = Modifier::UNDERLINED | Modifier::REVERSED;
        if symbol.trim().is_empty() && !modifier.intersects(visible) {
            return (" ".to_owned(), Color::Reset, bg, Modifier::empty());
        }
        (symbol.to_owned(), fg, bg, modifier)
    }

    fn drawn(frame: &Buffer) -> Vec<Seen> {
        let index = |color| match color {
            Color::Red => Color::Indexed(1),
            Color::LightBlue => Color::Indexed(12),
            other => other,
        };
        let cells = frame.content.iter();
        cells.map(|it| seen(it.symbol(), index(it.fg), index(it.bg), it.modifier)).collect()
    }

    fn cells(symbols: &[&'static str]) -> impl Strategy<Value = Cell> + use<> {
        let symbols = proptest::sample::select(symbols.to_vec());
        let colors = vec![
            Color::Reset,
            Color::Red,
            Color::LightBlue,
            Color::Indexed(77),
            Color::Rgb(1, 20, 255),
        ];
        let color = proptest::sample::select(colors);
        let modifiers = vec![
            Modifier::empty(),
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::DIM | Modifier::ITALIC,
            Modifier::ITALIC,
            Modifier::UNDERLINED,
            Modifier::REVERSED | Modifier::ITALIC,
        ];
        let modifier = proptest::sample::select(modifiers);
        (symbols, color.clone(), color, modifier).prop_map(|(symbol, fg, bg, modifier)| {
            let mut cell = Cell::new(symbol);
            cell.fg = fg;
            cell.bg = bg;
            cell.modifier = modifier;
            cell
        })
    }

    /// A frame of stretches of like cells, as frames are.
    fn frames() -> impl Strategy<Value = Buffer> {
        let cells = cells(&[" ", " ", " ", "a", "b", "é", "“", "ש", "e\u{301}"]);
        proptest::collection::vec((cells, 1..16_usize), 40).prop_map(|stretches| {
            let mut frame = Buffer::empty(AREA);
            let cells = stretches.into_iter().flat_map(|(cell, count)| vec![cell; count]);
            for (place, cell) in frame.content.iter_mut().zip(cells) {
                *place = cell;
            }
            frame
        })
    }

    /// What is wider than a cell, or is on some terminals.
    const PICTURES: [&str; 7] = ["漢", "☺", HEART, PAIR, FLAG, THUMB, "e\u{301}"];
    const HEART: &str = "❤\u{fe0f}";
    const PAIR: &str = "👩\u{200d}👧";
    const FLAG: &str = "🇩🇪";
    const THUMB: &str = "👍🏽";

    /// A frame with such letters in it.
    fn pictures() -> impl Strategy<Value = Buffer> {
        let symbols = [&PICTURES[..], &[" ", " ", " ", "a", "b", "ש"]].concat();
        proptest::collection::vec((cells(&symbols), 1..6_usize), 50).prop_map(|stretches| {
            let mut frame = Buffer::empty(AREA);
            let mut letters =
                stretches.into_iter().flat_map(|(cell, count)| vec![cell; count]).cycle();
            for row in frame.content.chunks_mut(usize::from(AREA.width)) {
                let mut x = 0;
                while x < row.len() {
                    x += put(&mut row[x..], letters.next().unwrap());
                }
            }
            frame
        })
    }

    /// Puts a letter in the first cells, in which it finds room on any terminal: this one, unlike those
    /// that we meet, does not know how to be kept from going on in the next row.
    fn put(cells: &mut [Cell], mut letter: Cell) -> usize {
        let width = crate::text::width(letter.symbol());
        if crate::text::reach(letter.symbol()).unwrap_or(width) > cells.len() {
            return put(cells, Cell::new(" "));
        }
        for cell in &mut cells[1..width] {
            cell.bg = letter.bg;
            cell.set_diff_option(CellDiffOption::Skip);
        }
        let forced = std::num::NonZeroU16::new(u16::try_from(width).unwrap());
        if let Some(width) = forced.filter(|it| it.get() > 1) {
            letter.set_diff_option(CellDiffOption::ForcedWidth(width));
        }
        cells[0] = letter;
        width
    }

    /// What terminals take what they are sent for: characters one by one, no selector, all that belongs
    /// together as one, and all as wide as can be.
    const MINDS: [&[(&str, &str)]; 4] = [
        &[],
        &[("\u{fe0f}", "")],
        &[(PAIR, "👪"), (FLAG, "🏁"), (THUMB, "👎")],
        &[(FLAG, "🏁🏴"), ("☺", "😀")],
    ];

    fn taken_for(mind: &[(&str, &str)], sent: &str) -> String {
        mind.iter().fold(sent.to_owned(), |sent, (from, to)| sent.replace(from, to))
    }

    fn hints() -> impl Strategy<Value = Option<Moved>> {
        let moved = (0..8_u16, 0..8_u16, -7..8_i16);
        proptest::option::of(moved.prop_map(|(top, bottom, by)| Moved { top, bottom, by }))
    }

    fn cursors() -> impl Strategy<Value = Option<Position>> {
        let inside = (0..AREA.width, 0..AREA.height);
        proptest::option::of(inside.prop_map(|(x, y)| Position { x, y }))
    }

    proptest! {
        #[test]
        fn the_terminal_shows_what_was_drawn(
            fills in any::<bool>(),
            frames in proptest::collection::vec((frames(), cursors(), hints()), 1..5),
        ) {
            let mut shown = Shown::new(fills);
            for (frame, cursor, moved) in frames {
                shown.send(&frame, cursor, moved);
            }
        }

        #[test]
        fn a_row_looks_the_same_however_it_came_about(
            fills in any::<bool>(),
            mind in proptest::sample::select(MINDS.to_vec()),
            frames in proptest::collection::vec((pictures(), cursors(), hints()), 1..6),
        ) {
            let mut shown = Shown::new(fills);
            for (frame, cursor, moved) in frames {
                let mut anew = Shown::new(fills);
                for (it, moved) in [(&mut shown, moved), (&mut anew, None)] {
                    it.sheet.cells(AREA).clone_from(&frame);
                    let sent = it.sheet.turn(cursor, moved);
                    it.terminal.process(taken_for(mind, &sent).as_bytes());
                }
                let [shown, anew] = [&shown, &anew].map(|it| it.terminal.screen());
                prop_assert_eq!(picture(shown), picture(anew));
                prop_assert_eq!(shown.hide_cursor(), cursor.is_none());
                if cursor.is_some() {
                    prop_assert_eq!(shown.cursor_position(), anew.cursor_position());
                }
                if mind == MINDS[2] {
                    let drawn = drawn(&frame).into_iter();
                    let drawn = drawn.map(|(symbol, ..)| taken_for(mind, &symbol));
                    let letters = picture(shown).into_iter().map(|(symbol, ..)| symbol);
                    prop_assert_eq!(letters.collect::<Vec<_>>(), drawn.collect::<Vec<_>>());
                }
            }
        }

        #[test]
        fn what_moved_is_shown_where_it_is(
            mut frame in frames(),
            fills in any::<bool>(),
            rows in proptest::collection::vec(-3..4_i16, 1..4),
        ) {
            let mut shown = Shown::new(fills);
            shown.send(&frame, None, None);
            for by in rows {
                let width = usize::from(AREA.width);
                let page = &mut frame.content[width..width * 5];
                let cells = usize::from(by.unsigned_abs()) * width;
                if by > 0 { page.rotate_left(cells) } else { page.rotate_right(cells) }
                shown.send(&frame, None, Some(Moved { top: 1, bottom: 5, by }));
            }
        }
    }

    fn words(rows: [&str; 6]) -> Buffer {
        let mut frame = Buffer::empty(AREA);
        for (y, row) in (0..).zip(rows) {
            frame.set_string(0, y, row, Color::Rgb(200, 200, 200));
        }
        frame.set_style(AREA, ratatui::style::Style::default().bg(Color::Rgb(1, 2, 3)));
        frame
    }

    #[test]
    fn only_what_changed_is_sent() {
        let rows = ["title", "all of the first words", "and of the second", "third", "", "end"];
        let mut shown = Shown::new(true);
        let at = Some(Position { x: 3, y: 4 });
        assert!(shown.send(&words(rows), at, None) > 80);
        assert_eq!(shown.send(&words(rows), at, None), 0);
        assert_eq!(shown.send(&words(rows), Some(Position { x: 9, y: 4 }), None), 7);
        assert_eq!(shown.send(&words(rows), None, None), 6);
        let next = ["title", "and of the second", "third", "", "new words", "end"];
        let moved = Some(Moved { top: 1, bottom: 5, by: 1 });
        let scrolled = shown.send(&words(next), None, moved);
        assert!(scrolled < 90, "{scrolled}");
        shown.sheet.forget();
        assert!(shown.send(&words(next), at, moved) > 80);
    }

    #[test]
    fn a_terminal_that_changed_its_size_is_drawn_anew() {
        let mut sheet = Sheet::new(true);
        sheet.cells(AREA).reset();
        assert!(!sheet.turn(None, None).is_empty());
        let smaller = Rect { height: 3, ..AREA };
        sheet.cells(smaller).reset();
        let moved = Some(Moved { top: 1, bottom: 5, by: 1 });
        assert!(sheet.turn(None, moved).starts_with("\x1b[m\x1b[2J"));
    }
}
