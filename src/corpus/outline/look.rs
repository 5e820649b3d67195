//! What a line looks like by itself, and what its neighbours make of it.

use super::chrome::{self, Pitch};
use super::date::{When, when};
use super::line::Line;
use super::picture::{Picture, picture};
use super::{name, outlet};

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Page furniture.
    Chrome,
    /// A rule, code, or a database's label: furniture that says nothing of its neighbours.
    Rule,
    /// Furniture: a label above links to other reports.
    Related,
    /// Perhaps furniture: its neighbours tell.
    Pitch,
    /// A caption.
    Caption,
    /// A credit.
    Credit,
    /// Days and times.
    Date(When),
    /// A byline that says so.
    Byline,
    /// Outlet, writer and day, some of them, on one line.
    Imprint,
    /// Anything else.
    Text,
}

/// A line and what it looks like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'t> {
    pub(super) line: Line<'t>,
    pub(super) look: Look,
}

impl Seen<'_> {
    /// Whether it is furniture.
    pub(super) fn is_chrome(&self) -> bool {
        matches!(self.look, Look::Chrome | Look::Rule | Look::Related)
    }

    /// Whether it is running text that no neighbour changes.
    pub(super) fn is_prose(&self) -> bool {
        matches!(self.look, Look::Text | Look::Pitch)
            && self.line.is_prose()
            && !(self.line.chars < 120
                && chrome::speaks_to_reader(&self.line.text.to_lowercase())
                && !self.line.quotes())
    }
}

/// The longest line that can be anything but running text, in scalar values.
const LONGEST: usize = 700;

/// Looks at each line, then at its neighbours.
pub(super) fn look_at<'t>(lines: &[Line<'t>]) -> Vec<Seen<'t>> {
    let mut seen: Vec<Seen<'t>> =
        lines.iter().map(|line| Seen { line: *line, look: look(line) }).collect();
    settle_blurbs(&mut seen);
    settle_top(&mut seen);
    settle_tail(&mut seen);
    seen
}

fn look(line: &Line) -> Look {
    if line.chars > LONGEST {
        return Look::Text;
    }
    if let Some(when) = when(line.text) {
        return Look::Date(when);
    }
    if chrome::is_related(line) {
        return Look::Related;
    }
    if chrome::is_rule(line.text) || chrome::is_label(line) {
        return Look::Rule;
    }
    if chrome::is_chrome(line) {
        return Look::Chrome;
    }
    match picture(line) {
        Some(Picture::Caption) => return Look::Caption,
        Some(Picture::Credit) => return Look::Credit,
        None => {}
    }
    if name::is_signed_byline(line.text) {
        return Look::Byline;
    }
    if is_imprint(line) {
        return Look::Imprint;
    }
    match chrome::pitch(line) {
        Pitch::Plain => Look::Chrome,
        Pitch::Some => Look::Pitch,
        Pitch::None => Look::Text,
    }
}

/// The pieces of a line that bars and dots part.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', '·', '•']).map(str::trim).filter(|piece| !piece.is_empty())
}

/// "The Northern Ledger · Ines Marlow · 11 Feb 2026".
fn is_imprint(line: &Line) -> bool {
    let known = |piece: &str| {
        when(piece).is_some()
            || outlet::is_outlet(piece)
            || name::is_person(piece)
            || name::is_signed_byline(piece)
    };
    line.chars <= 160 && pieces(line.text).nth(1).is_some() && pieces(line.text).all(known)
}

/// A blurb runs over several lines, of which some pitch plainly and some only faintly.
fn settle_blurbs(seen: &mut [Seen]) {
    let mut plain = false;
    for one in seen.iter_mut() {
        plain = one.look == Look::Chrome || (plain && one.look == Look::Pitch);
        if plain {
            one.look = Look::Chrome;
        }
    }
    for one in seen.iter_mut().rev() {
        plain = one.look == Look::Chrome || (plain && one.look == Look::Pitch);
        if plain {
            one.look = Look::Chrome;
        }
    }
}

/// How many lines at the top of a page may be its own before the report begins.
const TOP: usize = 10;

/// Slogans at the top of a page, above a call to act: two or more short sentences.
fn settle_top(seen: &mut [Seen]) {
    let slogan = |one: &Seen| {
        one.is_chrome() || (one.line.ends_sentence() && one.line.within(9) && !one.line.quotes())
    };
    let run = seen.iter().take(TOP).take_while(|one| slogan(one)).count();
    let top = seen.get_mut(..run).unwrap_or_default();
    let Some(call) = top.iter().rposition(|one| one.look == Look::Chrome) else {
        return;
    };
    if call >= 2 {
        top.iter_mut().take(call).for_each(|one| one.look = Look::Chrome);
    }
}

/// The foot of a page: below the last running text, from the first furniture on, all is furniture
/// if half of it looks so.
fn settle_tail(seen: &mut [Seen]) {
    let below = seen.iter().rposition(Seen::is_prose).map_or(0, |last| last + 1);
    let tail = seen.get_mut(below..).unwrap_or_default();
    let from = |one: &Seen| matches!(one.look, Look::Chrome | Look::Related);
    let Some(first) = tail.iter().position(from) else {
        return;
    };
    let foot = tail.get_mut(first..).unwrap_or_default();
    if below > 0 && foot.iter().filter(|one| one.is_chrome()).count() * 2 >= foot.len() {
        let settled = |one: &&mut Seen| matches!(one.look, Look::Text | Look::Pitch | Look::Byline);
        foot.iter_mut().filter(settled).for_each(|one| one.look = Look::Chrome);
    }
}
