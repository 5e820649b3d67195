//! The head of a report: everything above its first paragraph.

use super::super::BlockKind::{
    self, Byline, Caption, Chrome, Credit, Dateline, Dek, Outlet, Title,
};
use super::line::{Line, key};
use super::look::{Look, Seen};
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
            Look::Date(_) => Some(Dateline),
            Look::Byline => Some(Byline),
            Look::Imprint => Some(if self.names_outlet(&one.line) { Outlet } else { Byline }),
            Look::Text | Look::Pitch if self.title.is_none() => self.above_title(at, &one.line),
            Look::Text | Look::Pitch => self.below_title(at, &one.line),
        }
    }

    fn names_outlet(&self, line: &Line) -> bool {
        super::look::pieces(line.text).any(outlet::is_outlet)
    }

    fn above_title(&mut self, at: usize, line: &Line<'t>) -> Option<BlockKind> {
        if self.is_outlet_above(at, line) {
            self.outlet = Some(key(line.text));
            return Some(Outlet);
        }
        if name::is_bare_byline(line.text) && self.title_follows(at) {
            return Some(Byline);
        }
        if could_be_title(line, self.below(at)) {
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
        if self.captions_next(at) {
            return Some(Caption);
        }
        if name::is_bare_byline(line.text) && !self.dated_prose(at) {
            return Some(Byline);
        }
        let dek = self.is_dek(at, line, &title);
        self.dek |= dek;
        dek.then_some(Dek)
    }

    fn below(&self, at: usize) -> Option<&Seen<'t>> {
        self.seen.get(at + 1)
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
        let rest = self.seen.get(at + 1..).unwrap_or_default();
        for (offset, one) in rest.iter().take(8).enumerate() {
            if !matches!(one.look, Look::Text | Look::Pitch) {
                continue;
            }
            let named = outlet::is_outlet(one.line.text) || name::is_bare_byline(one.line.text);
            if !named && !one.line.within(2) {
                return could_be_title(&one.line, rest.get(offset + 1));
            }
        }
        false
    }

    /// Whether a line is what a scraper made of a picture's description: short, no sentence, right
    /// above the caption.
    fn captions_next(&self, at: usize) -> bool {
        is_description(self.seen, at)
    }

    /// Whether running text stands right below: a name there is more likely a heading's.
    fn dated_prose(&self, at: usize) -> bool {
        let line = self.seen.get(at).map(|one| one.line);
        let far = line.is_some_and(|line| line.ends_sentence());
        far && self.below(at).is_some_and(Seen::is_prose)
    }

    fn is_dek(&self, at: usize, line: &Line, title: &Line) -> bool {
        if self.abstracted {
            return line.chars <= 4 * LONGEST_DEK;
        }
        if self.dek || line.chars > LONGEST_DEK || outlet::opens_with_place(line) {
            return false;
        }
        let Some(next) = self.below(at) else {
            return false;
        };
        let signed = match next.look {
            Look::Byline | Look::Imprint | Look::Date(_) => true,
            Look::Text => name::is_bare_byline(next.line.text) && !next.line.ends_sentence(),
            Look::Rule => super::chrome::is_label(&next.line),
            _ => false,
        };
        let set_apart = !line.apart && next.line.apart;
        signed
            || set_apart && !line.is_several_sentences()
            || title.text.ends_with(';')
            || !line.ends_sentence() && !line.text.ends_with(':') && next.is_prose()
            || is_summary(line, next)
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
        && next.is_prose()
        && (shorter || definite)
        && !line.quotes()
        && !line.is_several_sentences()
        && !tells_when_or_who(line.text)
}

fn tells_when_or_who(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word,
            "said"
                | "says"
                | "told"
                | "announced"
                | "today"
                | "yesterday"
                | "tonight"
                | "Monday"
                | "Tuesday"
                | "Wednesday"
                | "Thursday"
                | "Friday"
                | "Saturday"
                | "Sunday"
        )
    })
}

/// Whether a line can be a headline, with what stands below it.
pub(super) fn could_be_title(line: &Line, next: Option<&Seen>) -> bool {
    if line.chars > LONGEST_TITLE
        || line.text.ends_with([':', ','])
        || outlet::opens_with_place(line)
    {
        return false;
    }
    if !line.opens_capital() && !name::is_capitalised(line.text) || next.is_none() {
        return false;
    }
    if !line.ends_sentence() {
        return line.chars >= 6;
    }
    let next_is_longer = next.is_some_and(|next| {
        next.line.chars > line.chars || next.is_chrome() || !matches!(next.look, Look::Text)
    });
    line.chars <= LONGEST_STOPPED
        && (line.is_title_case() || line.shouts() || next_is_longer && line.chars <= 110)
        && (line.is_title_case() || !line.is_several_sentences() || line.within(10))
}

/// Whether the line `at` is what a scraper made of a picture's description: short, no sentence, right
/// above its caption, and either the text parts its paragraphs by empty lines or both share words.
pub(super) fn is_description(seen: &[Seen], at: usize) -> bool {
    let (Some(one), Some(next)) = (seen.get(at), seen.get(at + 1)) else {
        return false;
    };
    let line = &one.line;
    next.look == Look::Caption
        && !next.line.apart
        && line.chars <= 120
        && !line.ends_sentence()
        && !line.text.ends_with([':', ','])
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
