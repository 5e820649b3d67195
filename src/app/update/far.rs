//! Going far in a long text: out of the window that is open.

use super::Turn;
use crate::app::long::Then;
use crate::app::model::Model;
use crate::app::reading::Reading;
use crate::app::{Action, Around, Landmark, RowKind};
use crate::text::Offset;

/// How often a motion is done before it is seen whether the window still is around the reader.
const STRIDE: usize = 8;

impl Model {
    /// Goes to a position of the open text, wherever it is.
    pub(super) fn go_far(&mut self, at: Landmark, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        // What lies beyond the window's end may belong on the screen.
        let at_edge = |at| reading.long.as_ref().is_some_and(|it| it.window.is_at_edge(at, at));
        match reading.offset(at).filter(|&here| !at_edge(here)) {
            Some(here) => reading.go_to(here),
            None => self.ask_window(Around::Landmark(at), Then::Go(at), turn),
        }
    }

    /// Puts the cursor at a position of the open text, wherever it is.
    pub(super) fn land(&mut self, at: Landmark, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        match reading.offset(at) {
            Some(here) => reading.put_cursor(here),
            None => self.ask_window(Around::Landmark(at), Then::Land(at), turn),
        }
    }

    /// Goes to a scalar value of a long text, once all of that was read.
    pub(super) fn go_to_scalar(&mut self, scalar: usize, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        if reading.offset_of_scalar(scalar).is_some() {
            self.arrive_at_scalar(scalar);
            return;
        }
        let piece = reading.long.as_ref().and_then(|long| long.piece_of(scalar));
        if let Some(piece) = piece {
            self.ask_window(Around::Piece(piece as u64), Then::Scalar(scalar), turn);
        }
    }

    /// Steps to the next annotation of a long text, or the one before; whether it is one.
    pub(super) fn next_annotation_far(
        &mut self,
        action: Action,
        count: Option<usize>,
        turn: &mut Turn,
    ) -> bool {
        let Some(reading) = &self.reading else { return false };
        let Some(long) = &reading.long else { return false };
        let noted = matches!(action, Action::NoteNext | Action::NotePrevious);
        let forward = matches!(action, Action::HighlightNext | Action::NoteNext);
        let scalars = &reading.article.scalars;
        let inside = |at| scalars.scalar(reading.text(), at);
        let Some(here) = long.scalar(reading.cursor, inside) else {
            let message = format!("still being read: {} %", long.read);
            self.status.say(turn.now, message);
            return true;
        };
        let wanted = |id| {
            let annotation = self.notebook.get(reading.id, id);
            annotation.is_some_and(|it| it.is_live() && (!noted || !it.note.is_empty()))
        };
        let stands = long.stands.iter().filter(|(id, _)| wanted(**id));
        let mut starts: Vec<usize> =
            stands.filter_map(|(_, (_, standing))| Some((*standing)?.start)).collect();
        starts.sort_unstable();
        starts.dedup();
        let steps = count.unwrap_or(1).max(1);
        let next = if forward {
            let after = starts.partition_point(|&start| start <= here);
            starts.get(after..).and_then(|rest| rest.get(steps - 1).or(rest.last()))
        } else {
            let before = starts.partition_point(|&start| start < here);
            starts.get(before.saturating_sub(steps)..before).and_then(|rest| rest.first())
        };
        if let Some(&start) = next {
            self.go_to_scalar(start, turn);
        } else {
            let what = if noted { "note" } else { "highlight" };
            self.status.say(turn.now, format!("no further {what} that way"));
        }
        true
    }

    /// Goes to a hit of a search over the library, given as a byte of the text.
    pub(super) fn go_to_far_hit(&mut self, at: Offset, turn: &mut Turn) {
        let byte = at.get() as u64;
        let around = Around::Landmark(Landmark::of_file(byte));
        self.ask_window(around, Then::Hit(byte), turn);
    }

    /// Moves the cursor in a long text by a motion that may lead out of the window; whether that is
    /// seen to.
    pub(super) fn travel_far(
        &mut self,
        action: Action,
        count: Option<usize>,
        turn: &mut Turn,
    ) -> bool {
        let Some(reading) = &mut self.reading else { return false };
        let Some(long) = &reading.long else { return false };
        match (action, count) {
            (Action::Top, None) if long.window.is_first() => return false,
            (Action::Bottom, None) if long.window.is_last() => return false,
            (Action::Top, None) => {
                self.ask_window(Around::Start, Then::Land(Landmark::START), turn);
                return true;
            }
            (Action::Bottom, None) => {
                self.ask_window(Around::End, Then::Land(Landmark::END), turn);
                return true;
            }
            (Action::Top | Action::Bottom, Some(percent)) => {
                self.go_to_percent(percent, turn);
                return true;
            }
            (_, None) => return false,
            _ => {}
        }
        let stride = if is_row(action) { STRIDE } else { 1 };
        let mut left = count.unwrap_or(1).max(1);
        while let Some(reading) = self.reading.as_mut().filter(|_| left > 0) {
            let (before, times) = (reading.cursor, left.min(stride));
            let Some(to) = reading.motion(action, Some(times)) else { return false };
            reading.cursor = to;
            reading.nth_here = 0;
            left -= times;
            if to == before || (left > 0 && self.resumes(Then::Resume(action, left), turn)) {
                break;
            }
        }
        true
    }

    fn go_to_percent(&mut self, percent: usize, turn: &mut Turn) {
        let Some(long) = self.reading.as_ref().and_then(|reading| reading.long.as_ref()) else {
            return;
        };
        let percent = percent.min(100);
        let byte = u128::from(long.window.length()) * percent as u128 / 100;
        let at = Landmark::of_file(u64::try_from(byte).unwrap_or(u64::MAX));
        let message = format!("{percent} %: paragraphs are not numbered in a text of this size");
        self.status.say(turn.now, message);
        self.go_far(at, turn);
    }

    /// Moves by pages in a long text; whether it is one.
    pub(super) fn page_far(
        &mut self,
        action: Action,
        count: Option<usize>,
        turn: &mut Turn,
    ) -> bool {
        let Some(reading) = self.reading.as_mut().filter(|reading| reading.long.is_some()) else {
            return false;
        };
        let (rows, down) = reading.rows_of_page(action);
        let rows = rows.saturating_mul(count.unwrap_or(1));
        reading.goal_column();
        let from = reading.first_shown();
        self.scroll_far(Then::Scroll { rows, down, from, at: from }, turn);
        true
    }

    pub(super) fn scroll_far(&mut self, scroll: Then, turn: &mut Turn) {
        let Then::Scroll { rows, down, from, at } = scroll else { return };
        let Some(reading) = &mut self.reading else { return };
        reading.put_first(at);
        let stride = reading.height.max(STRIDE);
        let mut left = rows;
        loop {
            let (before, times) = (reading.top, left.min(stride));
            reading.top = if down {
                reading.page.forward(before, times)
            } else {
                reading.page.backward(before, times)
            };
            left -= times;
            if reading.lacks_rows() {
                let at = reading.first_row();
                let rest = Then::Scroll { rows: left, down, from, at };
                let number = reading.piece_at_top();
                if self.asks_around(number, rest, turn) {
                    return;
                }
                break;
            }
            if left == 0 || reading.top == before {
                break;
            }
        }
        let Some(reading) = &mut self.reading else { return };
        reading.show();
        if reading.first_shown() == from {
            let edge = if down { Offset(reading.text().len()) } else { Offset::ZERO };
            reading.put_cursor(reading.page.settle(edge));
        } else {
            reading.pull_cursor();
        }
    }

    /// Whether a motion has to wait for another window before it goes on.
    fn resumes(&mut self, then: Then, turn: &mut Turn) -> bool {
        let Some(reading) = &self.reading else { return false };
        let Some(long) = &reading.long else { return false };
        let at = reading.cursor;
        if !long.window.is_near_edge(at, at) {
            return false;
        }
        let number = long.window.laid_at(at).map(|piece| piece.number);
        self.asks_around(number, then, turn)
    }

    /// Asks for the window around a piece, unless that is the one that is open.
    fn asks_around(&mut self, number: Option<u64>, then: Then, turn: &mut Turn) -> bool {
        let long = self.reading.as_ref().and_then(|reading| reading.long.as_ref());
        let Some((long, number)) = long.zip(number) else { return false };
        if long.around == Some(number) && long.then.is_none() {
            return false;
        }
        self.ask_window(Around::Piece(number), then, turn);
        true
    }
}

impl Reading {
    /// How many rows a page or half a page has, and whether it goes down.
    pub(super) fn rows_of_page(&self, action: Action) -> (usize, bool) {
        let whole = self.height.saturating_sub(2).max(1);
        let half = (self.height / 2).max(1);
        match action {
            Action::PageDown => (whole, true),
            Action::PageUp => (whole, false),
            Action::HalfPageDown => (half, true),
            _ => (half, false),
        }
    }

    /// The first row that is shown: where it starts, and whether it is blank.
    fn first_shown(&self) -> (Landmark, bool) {
        let blank = self.rows.first().is_some_and(|row| row.kind == RowKind::Blank);
        (self.landmark(self.top_offset()), blank)
    }

    /// The same of the row that is to be the first.
    fn first_row(&mut self) -> (Landmark, bool) {
        let row = self.page.row(self.top);
        let start = row.map_or(self.cursor, |row| row.span.start);
        (self.landmark(start), row.is_some_and(|row| row.kind == RowKind::Blank))
    }

    /// Makes a row the first, where the window holds it.
    fn put_first(&mut self, (at, blank): (Landmark, bool)) {
        let words = self.page.locate(self.nearest(at));
        self.top = if blank { self.page.backward(words, 1) } else { words };
    }

    /// Whether the rows from the top row on reach into the outermost pieces of the window, where the
    /// text goes on.
    fn lacks_rows(&mut self) -> bool {
        let bottom = self.page.forward(self.top, self.height);
        let ends = [self.top, bottom].map(|place| self.page.row(place));
        let Some(long) = &self.long else { return false };
        let [first, last] = ends.map(|row| row.map_or(self.cursor, |row| row.span.start));
        long.window.is_near_edge(first, last)
    }

    fn piece_at_top(&mut self) -> Option<u64> {
        let top = self.page.row(self.top)?.span.start;
        self.long.as_ref()?.window.laid_at(top).map(|piece| piece.number)
    }
}

const fn is_row(action: Action) -> bool {
    matches!(action, Action::Down | Action::Up)
}
