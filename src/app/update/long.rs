//! Long texts: taking in what is read of one, and keeping the window around the reader.

use std::sync::Arc;

use super::Turn;
use crate::app::long::{Long, Then};
use crate::app::model::{Aim, Model};
use crate::app::reading::Reading;
use crate::app::screen::Pane;
use crate::app::{Action, Around, Ask, Effect, Landmark, Told, Window};
use crate::corpus::{Article, ArticleId};
use crate::text::Offset;

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

    pub(super) fn arrive_at_scalar(&mut self, scalar: usize) {
        let Some(reading) = &mut self.reading else { return };
        if let Some(at) = reading.offset_of_scalar(scalar) {
            reading.go_to(at);
            self.view.focus = Pane::Text;
        }
    }

    /// Asks for another window where the reader comes near an edge of the one that is open.
    pub(super) fn keep_up(&mut self, turn: &mut Turn) {
        let Some(reading) = &self.reading else { return };
        let (start, end) = shown(reading);
        let Some(long) = reading.long.as_ref().filter(|long| long.then.is_none()) else { return };
        if !long.window.is_near_edge(start, end) {
            return;
        }
        let Some(here) = long.window.laid_at(reading.cursor) else { return };
        if long.around != Some(here.number) {
            self.ask_window(Around::Piece(here.number), Then::Stay, turn);
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

/// What is on the screen, and the cursor.
pub(super) fn shown(reading: &Reading) -> (Offset, Offset) {
    let (top, bottom) = (reading.top_offset(), reading.bottom_offset());
    (top.min(reading.cursor), bottom.max(reading.cursor))
}
