//! Long texts: keeping the window around the reader, going far, and what waits for text to be read.

use std::sync::Arc;

use super::Turn;
use crate::app::long::{Long, Then};
use crate::app::model::{Aim, Model};
use crate::app::reading::Reading;
use crate::app::screen::Pane;
use crate::app::{Action, Around, Ask, Effect, Landmark, RowKind, Told, Wait, Window};
use crate::config::{Code, Key};
use crate::corpus::{Article, ArticleId};
use crate::text::Offset;

/// How often a motion is done before it is seen whether the window still is around the reader.
const STRIDE: usize = 8;
/// The most bytes of a long text that an annotation can be on.
const LONGEST: usize = 64 * 1024;

impl Model {
    /// Takes in what those tell who read a long text.
    pub(super) fn take_told(
        &mut self,
        article: ArticleId,
        generation: u64,
        told: Told,
        turn: &mut Turn,
    ) {
        match told {
            Told::Begun(text) if self.expects(article, generation) => {
                self.take_start(article, text);
                return;
            }
            Told::Window { serial, text, window } if self.expects(article, generation) => {
                self.open_window(article, (generation, serial), text, window, turn);
                return;
            }
            _ => {}
        }
        let Some(long) = self.long_of(article, generation) else { return };
        match told {
            Told::Window { serial, text, window } if serial >= long.serial => {
                self.take_window(serial, text, window, turn);
            }
            Told::NoWindow { serial, problem } if serial >= long.serial => {
                long.then = None;
                self.input.let_go();
                self.status.warn(turn.now, format!("{problem}; what is on the screen stays"));
            }
            Told::Judged { serial, quotations, names } if serial == long.shown => {
                if let Some(reading) = &mut self.reading {
                    (reading.judged, reading.names) = (quotations, names);
                }
                self.attribute_marks(article);
            }
            Told::Read(percent) => long.read = percent,
            Told::Surveyed(survey) => {
                long.survey = Some(survey);
                self.place_marks(article, turn);
            }
            Told::Unfit(why) => long.unfit = Some(why),
            Told::Match { serial, at, wrapped } if serial == long.hunt.serial => {
                self.take_match(at, wrapped, turn);
            }
            Told::Counted { serial, counts, ended } if serial == long.hunt.serial => {
                long.hunt.count(counts.0, &counts.1, ended);
                self.tell_nth(turn);
            }
            Told::Anchored(found) => self.take_anchored_far(article, found, turn),
            _ => {}
        }
    }

    fn long_of(&mut self, article: ArticleId, generation: u64) -> Option<&mut Long> {
        let long = self.open_reading(article)?.long.as_mut()?;
        (long.generation == generation).then_some(long)
    }

    /// Shows the start of a text of which the rest is being read, if that is where it was left.
    fn take_start(&mut self, article: ArticleId, text: Arc<Article>) {
        let Some(opening) = self.opening.filter(|opening| opening.aim == Aim::Place) else {
            return;
        };
        let place = self.place_of(article);
        if place.is_some_and(|place| place.long || place.cursor >= text.scalars.len()) {
            return;
        }
        let (cursor, top) = place.map_or((0, 0), |place| (place.cursor, place.top));
        let mut reading = Reading::new(article, text, Arc::new([]), Arc::new([]), self.measure());
        reading.partial = true;
        reading.height = usize::from(self.page_area().height);
        let offset = |scalar| reading.article.scalars.offset(reading.text(), scalar);
        let (cursor, top) = (offset(cursor), offset(top));
        if top > Offset::ZERO {
            reading.top = reading.page.locate(top);
        }
        reading.cursor = reading.page.settle(cursor);
        self.reading = Some(reading);
        self.view.focus = opening.focus;
        self.attribute_marks(article);
    }

    /// Lets go of the start of a text of which the rest could not be read.
    pub(super) fn drop_partial(&mut self) {
        self.reading.take_if(|reading| reading.partial);
        self.input.let_go();
    }

    /// Opens a long text with its first window.
    fn open_window(
        &mut self,
        article: ArticleId,
        (generation, serial): (u64, u64),
        text: Arc<Article>,
        window: Window,
        turn: &mut Turn,
    ) {
        if self.opening.is_some_and(|opening| opening.serial != serial) {
            return;
        }
        let long = Long::new(window, generation, serial);
        let reading = Reading::windowed(article, text, long, self.measure());
        self.take_article(article, reading, turn);
    }

    /// Takes in another window of the text that is open.
    fn take_window(&mut self, serial: u64, text: Arc<Article>, window: Window, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        reading.exchange(text, window);
        let article = reading.id;
        let then = reading.long.as_mut().and_then(|long| {
            long.shown = serial;
            long.then.take()
        });
        self.place_marks(article, turn);
        match then {
            None | Some(Then::Stay) => {}
            Some(Then::Go(at)) => self.arrive(at, Reading::go_to),
            Some(Then::Match(at)) => {
                self.arrive(at, Reading::go_to);
                self.tell_nth(turn);
            }
            Some(Then::Land(at)) => self.arrive(at, |reading, at| {
                reading.put_cursor(reading.page.settle(at));
            }),
            Some(Then::Hit(at)) => self.arrive_at_hit(at),
            Some(scroll @ Then::Scroll { .. }) => self.scroll_far(scroll, turn),
            Some(Then::Scalar(scalar)) => self.arrive_at_scalar(scalar),
            Some(Then::Resume(action, left)) => self.travel(action, Some(left), turn),
        }
        self.take_up(turn);
    }

    fn arrive(&mut self, at: Landmark, go: impl FnOnce(&mut Reading, Offset)) {
        if let Some(reading) = &mut self.reading {
            let at = reading.nearest(at);
            go(reading, at);
        }
    }

    /// Goes to the match that is nearest to a byte of the file.
    fn arrive_at_hit(&mut self, byte: u64) {
        let Some(reading) = &mut self.reading else { return };
        let near = reading.nearest(Landmark::of_file(byte));
        let pieces = reading.long.as_ref().map(|long| long.window.pieces()).unwrap_or_default();
        let piece = pieces.iter().rev().find(|piece| piece.byte <= byte);
        let inside = |from: u64| usize::try_from(byte - from).unwrap_or(usize::MAX);
        let near = piece.map_or(near, |piece| piece.start + inside(piece.byte));
        let starts = reading.found.matches.iter().map(|found| found.start);
        let at = starts.min_by_key(|&start| (start - near).max(near - start));
        reading.go_to(at.unwrap_or(near));
    }

    fn arrive_at_scalar(&mut self, scalar: usize) {
        let Some(reading) = &mut self.reading else { return };
        if let Some(at) = reading.offset_of_scalar(scalar) {
            reading.go_to(at);
            self.view.focus = Pane::Text;
        }
    }

    /// Goes on with what had to wait for text to be read.
    pub(super) fn take_up(&mut self, turn: &mut Turn) {
        self.settle();
        self.keep_up(turn);
        if let Some((action, count)) = self.input.deferred.take() {
            self.perform(action, count, turn);
            self.settle();
            self.keep_up(turn);
        }
        let mut held = std::mem::take(&mut self.input.held).into_iter();
        while let Some(key) = held.next() {
            self.press(key, turn);
            self.settle();
            self.keep_up(turn);
            if self.is_waiting() {
                // What comes later waits behind what was held anew.
                self.input.held.extend(held);
                return;
            }
        }
    }

    /// Whether keys have to wait for text to be read.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        let far = |reading: &Reading| {
            let edge = || {
                let long = reading.long.as_ref()?;
                let (start, end) = shown(reading);
                Some(long.then.is_some() && long.window.is_at_edge(start, end))
            };
            reading.long.as_ref().is_some_and(Long::is_jumping) || edge().unwrap_or(false)
        };
        self.input.deferred.is_some() || self.reading.as_ref().is_some_and(far)
    }

    /// Holds a key back while text is waited for; whether it is held, or has let go of those held.
    pub(super) fn holds(&mut self, key: Key, turn: &mut Turn) -> bool {
        if self.overlay.is_some() || !self.is_waiting() {
            return false;
        }
        if key == Key::new(Code::Char('c')).ctrl() {
            self.input.let_go();
            if let Some(long) = self.reading.as_mut().and_then(|reading| reading.long.as_mut()) {
                long.then = long.then.map(|_| Then::Stay);
                long.hunt.wait = Wait::Not;
            }
            self.cease(turn);
            self.status.say(turn.now, "stopped");
            return true;
        }
        self.input.held.push(key);
        true
    }

    /// Has an action wait for the rest of the text; whether it does.
    pub(super) fn defers(&mut self, action: Action, count: Option<usize>) -> bool {
        let Some(reading) = self.reading.as_ref().filter(|reading| reading.partial) else {
            return false;
        };
        let (_, end) = shown(reading);
        let clear = end.get() < reading.text().len() / 2 && count.is_none();
        if clear && (is_paging(action) || is_step(action)) {
            return false;
        }
        self.input.deferred = Some((action, count));
        true
    }

    /// Asks for another window where the reader comes near an edge of the one that is open.
    pub(super) fn keep_up(&mut self, turn: &mut Turn) {
        let Some(reading) = &self.reading else { return };
        let (start, end) = shown(reading);
        let Some(long) = reading.long.as_ref().filter(|long| long.then.is_none()) else { return };
        if !long.window.is_near_edge(start, end) {
            return;
        }
        let here = long.window.pieces().get(long.window.piece_at(reading.cursor));
        let Some(number) = here.map(|piece| piece.number) else { return };
        if long.around != Some(number) {
            self.ask_window(Around::Piece(number), Then::Stay, turn);
        }
    }

    pub(super) fn ask_window(&mut self, around: Around, then: Then, turn: &mut Turn) {
        let Some(reading) = &mut self.reading else { return };
        let Some(long) = &mut reading.long else { return };
        long.serial += 1;
        long.then = Some(then);
        long.around = match around {
            Around::Piece(number) => Some(number),
            _ => None,
        };
        let ask = Ask::Window { serial: long.serial, around };
        turn.ask(Effect::Long { article: reading.id, generation: long.generation, ask });
    }

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

    /// Where the first window of an article is wanted, where that is known to be a long text.
    pub(super) fn first_window(&self, article: ArticleId, aim: Aim) -> Option<Around> {
        let place = self.place_of(article).filter(|place| place.long)?;
        let at = match aim {
            Aim::At(at) => at,
            Aim::Mark(letter) => Landmark(*place.marks.get(&letter)? as u64),
            Aim::Place => Landmark(place.cursor as u64),
            Aim::Hit(_) | Aim::Annotation(_) => return None,
        };
        Some(Around::Landmark(at))
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

    fn scroll_far(&mut self, scroll: Then, turn: &mut Turn) {
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
        let here = long.window.pieces().get(long.window.piece_at(at));
        let number = here.map(|piece| piece.number);
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

    /// Whether an action cannot be done before all of a long text was read, or on so much of it; that is
    /// said.
    pub(super) fn is_unread_for(&mut self, action: Action, turn: &mut Turn) -> bool {
        if !action.changes_notes() {
            return false;
        }
        let meant = self.article_meant();
        let Some(reading) = self.reading.as_ref().filter(|reading| meant == Some(reading.id))
        else {
            return false;
        };
        if reading.partial {
            self.status.say(turn.now, "the text is still being read");
            return true;
        }
        let Some(long) = &reading.long else { return false };
        let selected = reading.selection.is_some();
        let whole = reading.selection.is_none_or(|it| reading.offset(it.anchor).is_some());
        let span = reading.selected().map_or(0, crate::text::Span::len);
        let message = match (&long.unfit, &long.survey) {
            (Some(why), _) => format!("it cannot be annotated: {why}"),
            (None, None) => format!("still being read: {} %; annotate then", long.read),
            _ if selected && (!whole || span > LONGEST) => {
                format!("an annotation is on {} kB at most", LONGEST / 1024)
            }
            _ => return false,
        };
        self.status.say(turn.now, message);
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
        let window = &self.long.as_ref()?.window;
        window.pieces().get(window.piece_at(top)).map(|piece| piece.number)
    }
}

/// What is on the screen, and the cursor.
fn shown(reading: &Reading) -> (Offset, Offset) {
    let (top, bottom) = (reading.top_offset(), reading.bottom_offset());
    (top.min(reading.cursor), bottom.max(reading.cursor))
}

const fn is_row(action: Action) -> bool {
    matches!(action, Action::Down | Action::Up)
}

const fn is_paging(action: Action) -> bool {
    use Action as A;
    matches!(action, A::PageDown | A::PageUp | A::HalfPageDown | A::HalfPageUp)
}

/// Whether it moves the cursor by little.
const fn is_step(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::Down
            | A::Up
            | A::Left
            | A::Right
            | A::WordNext
            | A::WordPrevious
            | A::WordEnd
            | A::RowStart
            | A::RowFirst
            | A::RowEnd
            | A::ParagraphNext
            | A::ParagraphPrevious
            | A::SentenceNext
            | A::SentencePrevious
    )
}
