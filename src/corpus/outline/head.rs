//! The head of a report: everything above its first paragraph.

use super::super::BlockKind::{
    self, Byline, Caption, Chrome, Credit, Dateline, Dek, Outlet, Title,
};
use super::date::When;
use super::line::{Line, key};
use super::look::{Look, Seen, pieces};
use super::{name, outlet};

/// The longest headline, in scalar values.
const LONGEST_TITLE: usize = 250;
/// The longest headline that ends with a full stop.
const LONGEST_STOPPED: usize = 145;
/// The longest dek where its place alone says that it is one.
const LONGEST_DEK: usize = 300;

/// What is known of the head so far.
struct Head<'s, 't> {
    seen: &'s [Seen<'t>],
    title: Option<Line<'t>>,
    outlet: Option<String>,
    dek: bool,
    abstracted: bool,
}

/// The kinds of the lines of a report's head, from its first on; the rest is body.
pub(super) fn head(seen: &[Seen]) -> Vec<BlockKind> {
    let mut head = Head { seen, title: None, outlet: None, dek: false, abstracted: false };
    (0..seen.len()).map_while(|at| head.kind(at)).collect()
}

impl<'t> Head<'_, 't> {
    /// The kind of the line `at`; none where the body begins.
    fn kind(&mut self, at: usize) -> Option<BlockKind> {
        let one = self.seen.get(at)?;
        match one.look {
            Look::Chrome | Look::Related => Some(Chrome),
            Look::Rule => {
                self.abstracted = key(one.line.text) == "abstract";
                Some(Chrome)
            }
            Look::Caption => Some(Caption),
            Look::Credit => Some(Credit),
            Look::Date(When::Clock) if self.title.is_some() => None,
            Look::Date(_) => Some(Dateline),
            Look::Byline => Some(Byline),
            Look::Imprint => Some(imprint(&one.line)),
            Look::Text | Look::Pitch if self.title.is_none() => self.above_title(at, &one.line),
            Look::Text | Look::Pitch => self.below_title(at, &one.line),
        }
    }

    fn above_title(&mut self, at: usize, line: &Line<'t>) -> Option<BlockKind> {
        if self.is_outlet_above(at, line) {
            self.outlet = Some(key(line.text));
            return Some(Outlet);
        }
        if at > 0 && name::is_bare_byline(line.text) && self.title_follows(at) {
            return Some(Byline);
        }
        if could_be_title(line, self.after(at)) {
            self.title = Some(*line);
            return Some(Title);
        }
        None
    }

    fn below_title(&mut self, at: usize, line: &Line<'t>) -> Option<BlockKind> {
        let title = self.title?;
        if line.chars <= LONGEST_TITLE && key(line.text) == key(title.text) {
            return Some(Title);
        }
        if outlet::is_outlet(line.text) || self.is_known_outlet(line) {
            return Some(Outlet);
        }
        if is_description(self.seen, at) {
            return Some(Caption);
        }
        if name::is_bare_byline(line.text) || self.is_office_below_byline(at, line) {
            return Some(Byline);
        }
        let dek = self.is_dek(at, line, &title);
        self.dek |= dek;
        dek.then_some(Dek)
    }

    fn after(&self, at: usize) -> &[Seen<'t>] {
        self.seen.get(at + 1..).unwrap_or_default()
    }

    fn below(&self, at: usize) -> Option<&Seen<'t>> {
        self.seen.get(at + 1)
    }

    fn is_office_below_byline(&self, at: usize, line: &Line) -> bool {
        let above = at.checked_sub(1).and_then(|above| self.seen.get(above));
        name::is_office_line(line.text)
            && above.is_some_and(|above| {
                above.look == Look::Byline || name::is_bare_byline(above.line.text)
            })
    }

    fn is_known_outlet(&self, line: &Line) -> bool {
        line.chars <= 2 * outlet::LONGEST
            && self.outlet.as_ref().is_some_and(|outlet| *outlet == key(line.text))
    }

    /// Whether a line above the headline is the outlet's name: by its words, because it stands there
    /// twice or above a time, or because it is one short word above a headline.
    fn is_outlet_above(&self, at: usize, line: &Line) -> bool {
        if !outlet::is_name_like(line.text) || !self.title_follows(at) {
            return false;
        }
        let next = self.below(at);
        let echoed = next.is_some_and(|next| key(next.line.text) == key(line.text));
        let timed = next.is_some_and(|next| matches!(next.look, Look::Date(_)));
        let single = at == 0 && line.within(1) && line.chars >= 3;
        let called = outlet::is_outlet(line.text);
        self.is_known_outlet(line)
            || called
            || echoed
            || single
            || (timed && !name::is_person(line.text))
    }

    /// Whether a headline stands among the next lines, before the body.
    fn title_follows(&self, at: usize) -> bool {
        let written = |one: &Seen| matches!(one.look, Look::Text | Look::Pitch);
        let named = |line: &Line| outlet::is_outlet(line.text) || name::is_bare_byline(line.text);
        let mut below = (at + 1..at + 9).filter_map(|next| Some((next, self.seen.get(next)?)));
        below
            .find(|(_, one)| written(one) && !one.line.within(2) && !named(&one.line))
            .is_some_and(|(next, one)| could_be_title(&one.line, self.after(next)))
    }

    fn is_dek(&self, at: usize, line: &Line, title: &Line) -> bool {
        if self.abstracted {
            return line.chars <= 4 * LONGEST_DEK;
        }
        if self.dek || line.chars > LONGEST_DEK || outlet::opens_with_place(line) {
            return false;
        }
        let labelled = self.below(at).is_some_and(|next| super::chrome::is_label(&next.line));
        let Some(next) = self.after(at).iter().take(4).find(|next| !next.is_chrome()) else {
            return false;
        };
        let signed = match next.look {
            Look::Byline | Look::Imprint | Look::Date(_) => true,
            Look::Text => name::is_bare_byline(next.line.text),
            _ => false,
        };
        let set_apart = !line.apart && next.line.apart;
        signed
            || labelled
            || set_apart && !line.is_several_sentences()
            || title.text.ends_with(';')
            || is_second_headline(line) && (next.is_prose() || !line.within(5))
            || is_summary(line, next)
    }
}

/// A dek set as a headline: no sentence.
fn is_second_headline(line: &Line) -> bool {
    !line.ends_sentence() && !line.text.ends_with(':')
}

/// What a line of several pieces counts as: the first of outlet, writer and day that it names.
fn imprint(line: &Line) -> BlockKind {
    let writer = |piece| name::is_person(piece) || name::is_signed_byline(piece);
    if pieces(line.text).any(outlet::is_outlet) {
        Outlet
    } else if pieces(line.text).any(writer) {
        Byline
    } else {
        Dateline
    }
}

/// Whether a sentence below the headline sums the report up rather than begins it: much shorter than
/// the next, and it tells neither who said so nor on which day, as a lead does.
fn is_summary(line: &Line, next: &Seen) -> bool {
    let crowded = !line.apart && !next.line.apart;
    let longest = if crowded { 160 } else { 85 };
    let shorter = line.chars * 8 <= next.line.chars * 5;
    let definite = crowded && line.text.starts_with("The ");
    line.chars <= longest
        && !line.text.ends_with(':')
        && next.is_prose()
        && (shorter || definite)
        && !line.quotes()
        && !line.is_several_sentences()
        && !line.tells_when_or_who()
}

/// Whether a line can be a headline, with what stands `below` it.
pub(super) fn could_be_title(line: &Line, below: &[Seen]) -> bool {
    let shape = line.chars <= LONGEST_TITLE
        && !line.text.ends_with([':', ','])
        && !outlet::opens_with_place(line)
        && (line.opens_capital() || name::is_capitalised(line.text));
    if !shape || below.is_empty() {
        return false;
    }
    if line.ends_sentence() {
        return line.chars <= LONGEST_STOPPED && is_stopped_title(line, below);
    }
    line.chars >= 6
}

/// Whether a line that ends with a full stop is a headline all the same, as databases set them: in
/// title case, or one short sentence that longer text follows.
fn is_stopped_title(line: &Line, below: &[Seen]) -> bool {
    let longer = |one: &Seen| {
        one.line.chars > line.chars || one.is_chrome() || !matches!(one.look, Look::Text)
    };
    let short = line.chars <= 110
        && below.iter().take(3).any(longer)
        && !line.text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "said");
    line.shouts()
        || line.is_title_case()
        || short && (!line.is_several_sentences() || line.within(10))
}

/// Whether the line `at` is what a scraper made of a picture's description: short, no sentence, right
/// above its caption, and either the text parts its paragraphs by empty lines or both share words.
pub(super) fn is_description(seen: &[Seen], at: usize) -> bool {
    let (Some(one), Some(next)) = (seen.get(at), seen.get(at + 1)) else {
        return false;
    };
    let line = &one.line;
    let short = line.chars <= 120 && !line.ends_sentence() && !line.text.ends_with([':', ',']);
    if next.look == Look::Credit {
        return short && next.line.text.starts_with('(');
    }
    short
        && next.look == Look::Caption
        && !next.line.apart
        && (line.apart || previous_is_apart(seen, at) || shares_words(line, &next.line))
}

/// Whether a line above it, with no empty line between, is itself set apart or short: a head's.
fn previous_is_apart(seen: &[Seen], at: usize) -> bool {
    let above = at.checked_sub(1).and_then(|above| seen.get(above));
    above.is_some_and(|above| !above.is_prose() && !matches!(above.look, Look::Text))
}

/// Whether half of a line's longer words stand in the other.
fn shares_words(line: &Line, other: &Line) -> bool {
    let (mut longer, mut shared) = (0, 0);
    for word in line.words().filter(|word| word.chars().count() > 3) {
        longer += 1;
        shared += usize::from(other.words().any(|there| there == word));
    }
    longer > 0 && shared * 2 >= longer
}
