//! Finding targets in a text that may have changed since they were made.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use super::alignment::Alignment;
use super::approximate::{cost, matches};
use super::candidate::{Candidate, Candidates};
use super::evidence::{Context, Evidence};
use super::fold::{Folded, fold};
use super::occurrence::occurrences;
use super::{Placement, snap, stands};
use crate::note::{Status, Target};
use crate::text::{Offset, ScalarIndex, Span};

/// Steps that all searches of one finder take together, a byte or a block of letters each: some three
/// seconds. What is asked for after that is not found.
const WORK: usize = 1 << 28;
/// What it takes to weigh a place, in such steps…
const PLACE: usize = 256;
/// …and to see whether it cuts a grapheme, which may be long.
const GRAPHEME: usize = 4096;
/// Bytes of the old text on either side of a target's words that are weighed.
const REACH: usize = 96;
/// The same, to tell passages apart that the text repeats.
const WIDE: usize = 384;
/// Contexts that are alike to this degree, of 2, may be taken for each other…
const ALIKE: f32 = 1.0;
/// …unless one suits better by this much.
const DOUBT: f32 = 0.3;
/// …and paragraphs by this much.
const SLIGHT: f32 = 0.02;
/// Words of so many bytes are no common ones: if they stood in several places and one of those is gone,
/// it is never sure which.
const TELLING: usize = 24;
/// Words of so many scalar values or more may be found although some of their letters have changed.
const LONG_ENOUGH: usize = 12;

/// Looks for targets in one text. What several of them need is reckoned once.
#[derive(Debug)]
pub struct Finder<'a> {
    text: &'a str,
    scalars: &'a ScalarIndex,
    bases: HashMap<String, Base<'a>>,
    folded: OnceCell<Folded>,
    left: Cell<usize>,
}

/// A text that targets were made on.
#[derive(Debug)]
struct Base<'a> {
    text: &'a str,
    scalars: ScalarIndex,
    alignment: Alignment<'a>,
}

/// A target's words in the text that they were marked in.
struct Origin<'a> {
    base: &'a Base<'a>,
    span: Span,
    context: Context<'a>,
}

impl<'a> Finder<'a> {
    /// Looks in `text`, whose offsets `scalars` knows.
    #[must_use]
    pub fn new(text: &'a str, scalars: &'a ScalarIndex) -> Self {
        let (bases, folded) = (HashMap::new(), OnceCell::new());
        Self { text, scalars, bases, folded, left: Cell::new(WORK) }
    }

    /// Takes in a text that targets were made on, with the hash that they call it by.
    #[must_use]
    pub fn knowing(mut self, sha256: &str, base: &'a str) -> Self {
        let alignment = Alignment::new(base, self.text);
        let base = Base { text: base, scalars: ScalarIndex::new(base), alignment };
        self.bases.insert(sha256.to_owned(), base);
        self
    }

    /// Finds a target's words, see [`place`](super::place()).
    #[must_use]
    pub fn place(&self, target: &Target) -> Placement {
        if target.exact.is_empty() {
            return Placement::ORPHAN;
        }
        match self.origin(target) {
            Some(origin) => self.place_from(target, &origin),
            None => self.place_alone(target),
        }
    }

    /// The words in the text that they were marked in, if that is known and they do stand there.
    fn origin(&self, target: &Target) -> Option<Origin<'_>> {
        let base = self.bases.get(target.text_sha256.as_deref()?)?;
        let span = base.scalars.span(base.text, target.start, target.end);
        let context = Context::of(base.text, span, REACH);
        (span.of(base.text) == target.exact).then_some(Origin { base, span, context })
    }

    /// Takes so many steps, if they are left.
    fn spend(&self, steps: usize) -> bool {
        let left = self.left.get().checked_sub(steps);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    fn whole(&self, span: &Span) -> bool {
        let plain = |at: Offset| {
            let before = at.get().checked_sub(1).and_then(|it| self.text.as_bytes().get(it));
            let sides = [before, self.text.as_bytes().get(at.get())];
            sides.into_iter().flatten().all(|byte| byte.is_ascii() && *byte != b'\r')
        };
        let sure = plain(span.start) && plain(span.end);
        sure || self.spend(GRAPHEME) && snap(self.text, *span) == *span
    }

    /// Where exactly these words stand in a text.
    fn spans<'t>(&'t self, text: &'t str, words: &'t str) -> impl Iterator<Item = Span> + 't {
        let steps = text.len() / 16;
        let all = self.spend(steps).then(|| occurrences(text, words)).into_iter().flatten();
        all.map_while(|start| {
            let span = Span::new(start, start + words.len());
            self.spend(PLACE).then_some(span)
        })
    }

    /// Finds words whose old text is known: where a comparison of the texts has kept them, or else
    /// among the places that it has not found to be something else.
    fn place_from(&self, target: &Target, origin: &Origin<'_>) -> Placement {
        let alignment = &origin.base.alignment;
        let letters = target.exact.chars().count();
        let home = alignment.image(origin.span).filter(|_| alignment.is_at_home(origin.span));
        let home = home.filter(|span| self.whole(span));
        let weigh = |span: Span| (span, origin.context.kept_at(self.text, span));
        let free = self.spans(self.text, &target.exact).filter(|&span| {
            self.whole(&span) && (home == Some(span) || !self.is_taken(origin, span))
        });
        let mut best = Best::default();
        for (span, evidence) in free.map(weigh) {
            best.offer(span, evidence, home == Some(span));
        }
        if let Some((span, evidence)) = best.first {
            let supported = home == Some(span) || evidence.supports(letters);
            let rivalled = evidence.is_rivalled_by(best.second);
            if supported && !rivalled && !self.is_doubtful(target, origin, span) {
                return Placement::anchored(span);
            }
            if home == Some(span) {
                return Placement::moved(span);
            }
        }
        let changed = alignment.changed(origin.span);
        if changed.holds
            && alignment.is_at_home(origin.span)
            && let Some(place) = changed.place.filter(|place| self.whole(place))
        {
            return Placement::moved(place);
        }
        let about = alignment.about(origin.span.start);
        let found =
            self.likely(target, origin.context, about, |span| !self.is_taken_in_part(origin, span));
        let instead = changed
            .place
            .filter(|place| self.whole(place) && place.len() <= origin.span.len() * 3 + REACH);
        Placement { guess: found.guess.or(instead).filter(|_| found.span.is_none()), ..found }
    }

    /// Whether a place is where other words of the old text have been kept.
    fn is_taken(&self, origin: &Origin<'_>, span: Span) -> bool {
        let alignment = &origin.base.alignment;
        self.spend(span.len() / 8);
        alignment
            .origin(span)
            .is_some_and(|other| other != origin.span && alignment.is_at_home(other))
    }

    fn is_taken_in_part(&self, origin: &Origin<'_>, span: Span) -> bool {
        self.spend(span.len() / 8);
        origin.base.alignment.is_mostly_of_others(span, origin.span)
    }

    /// Whether a place may be that of the words' like elsewhere in the old text.
    fn is_doubtful(&self, target: &Target, origin: &Origin<'_>, place: Span) -> bool {
        let base = origin.base;
        let mut others = self.spans(base.text, &target.exact).filter(|it| *it != origin.span);
        others.any(|other| self.is_rival(origin, other, place)) || self.left.get() == 0
    }

    /// Whether `other`, words of the old text just like those sought, suits a place as well as they do.
    fn is_rival(&self, origin: &Origin<'_>, other: Span, place: Span) -> bool {
        let Base { text, alignment, .. } = origin.base;
        self.spend(REACH * 8 + other.len() / 8);
        let near = Context::of(text, other, REACH);
        let image = alignment.image(other).filter(|image| *image != place);
        let Some(image) = image.filter(|_| alignment.is_at_home(other)) else {
            return self.may_be(origin, other, near, place);
        };
        // Each has a place of its own, unless they have changed places.
        let own = &origin.context;
        let crossed = own.likeness_at(self.text, image).max(near.likeness_at(self.text, place));
        crossed >= ALIKE && self.may_be_crossed([origin.span, other], text, [place, image])
    }

    /// Whether a place may be that of words whose own is not known.
    fn may_be(&self, origin: &Origin<'_>, other: Span, near: Context<'_>, place: Span) -> bool {
        let own = &origin.context;
        let (kept, theirs) = (own.kept_at(self.text, place), near.kept_at(self.text, place));
        let (like, as_like) =
            (own.likeness_at(self.text, place), near.likeness_at(self.text, place));
        other.len() >= TELLING
            || near.is_like(own)
            || kept.is_rivalled_by(theirs.total())
            || kept.is_beaten_on_a_side_by(theirs)
            || as_like + DOUBT > like
    }

    /// Whether two stretches of the same words may have been put the wrong way round: with their
    /// surroundings it makes no clear difference, or each other's paragraph suits one of them better.
    fn may_be_crossed(&self, words: [Span; 2], base: &str, places: [Span; 2]) -> bool {
        self.spend(WIDE * 64);
        let straight_and_crossed = |contexts: [Context<'_>; 2]| {
            let like = |context: &Context<'_>, at: Span| context.likeness_at(self.text, at);
            let ([one, other], [here, there]) = (contexts, places);
            [(like(&one, here), like(&one, there)), (like(&other, there), like(&other, here))]
        };
        let [one, other] = straight_and_crossed(words.map(|it| Context::of(base, it, WIDE)));
        let wide = one.1 + other.1 + DOUBT > one.0 + other.0;
        let lines = straight_and_crossed(words.map(|it| Context::of_line(base, it, WIDE)));
        wide || lines.iter().any(|(straight, crossed)| *crossed > straight + SLIGHT)
    }

    /// Finds words of which only the target itself tells.
    fn place_alone(&self, target: &Target) -> Placement {
        let context = Context::told(&target.prefix, &target.suffix);
        let there = self.scalars.span(self.text, target.start, target.end);
        if stands(target, self.text, there) && self.whole(&there) {
            return Placement::anchored(there);
        }
        let mut best = Best::default();
        for span in self.spans(self.text, &target.exact).filter(|span| self.whole(span)) {
            best.offer(span, context.kept_at(self.text, span), false);
        }
        if let Some((span, evidence)) = best.first
            && stands(target, self.text, span)
            && !evidence.is_rivalled_by(best.second)
        {
            return Placement::anchored(span);
        }
        self.likely(target, context, there.start, |_| true)
    }

    /// The place where something like the words stands amid something like their context, if it is
    /// clearly the best; the best one else is a guess.
    fn likely(
        &self,
        target: &Target,
        context: Context<'_>,
        about: Offset,
        is_free: impl Fn(Span) -> bool,
    ) -> Placement {
        let letters = target.exact.chars().count();
        let mut candidates = Candidates::new(letters);
        for span in self.spans(self.text, &target.exact).filter(|span| self.whole(span)) {
            if is_free(span) {
                candidates.add_exact(span, context.kept_at(self.text, span));
            }
        }
        for (span, distance) in self.similar(&target.exact, letters, about) {
            if self.whole(&span) && is_free(span) {
                candidates.add_similar(span, distance);
            }
        }
        let weigh = |candidate: &Candidate| {
            self.spend(REACH * REACH / 8);
            context.likeness_at(self.text, candidate.span)
        };
        candidates.choose(weigh)
    }

    /// Places where the words stand but for spaces, marks, dashes and a few letters, each with how
    /// many letters differ.
    fn similar(&self, exact: &str, letters: usize, about: Offset) -> Vec<(Span, usize)> {
        if letters < LONG_ENOUGH || !self.spend(self.text.len() / 2) {
            return Vec::new();
        }
        let folded = self.folded.get_or_init(|| Folded::new(self.text));
        let words = fold(exact.trim());
        let same = occurrences(&folded.text, &words).take(Candidates::MOST);
        let mut found: Vec<(std::ops::Range<usize>, usize)> =
            same.map(|start| (start..start + words.len(), 0)).collect();
        let window = self.window(folded, letters, about);
        let part = folded.text.get(window.clone()).unwrap_or_default();
        let near = matches(part, &words, letters * 3 / 10).into_iter();
        found.extend(
            near.map(|it| {
                (it.range.start + window.start..it.range.end + window.start, it.distance)
            }),
        );
        let back = |(range, distance): (std::ops::Range<usize>, usize)| {
            Some((self.to_words(folded.original(range.start, range.end)?), distance))
        };
        found.into_iter().filter_map(back).collect()
    }

    /// As much of the folded text, around where the words are to be expected, as there is time for.
    fn window(&self, folded: &Folded, letters: usize, about: Offset) -> std::ops::Range<usize> {
        let all = folded.text.len();
        let affordable = self.left.get() / 4 / cost(letters, 1).max(1);
        let half = affordable.min(all);
        let middle = folded.about(about);
        let (start, end) = (middle.saturating_sub(half), middle.saturating_add(half).min(all));
        let start = (start..=middle).find(|&at| folded.text.is_char_boundary(at)).unwrap_or(middle);
        let end =
            (middle..=end).rev().find(|&at| folded.text.is_char_boundary(at)).unwrap_or(middle);
        self.spend(cost(letters, end - start));
        if end - start < letters { 0..0 } else { start..end }
    }

    /// A place without white space at its ends and with the words at them whole.
    fn to_words(&self, span: Span) -> Span {
        const LONGEST: usize = 64;
        let found = span.of(self.text);
        let start = span.start + (found.len() - found.trim_start().len());
        let end = Offset(span.end.get() - (found.len() - found.trim_end().len())).max(start);
        let letters = |c: &char| c.is_alphanumeric();
        let before = self.text.get(..start.get()).unwrap_or_default().chars().rev().take(LONGEST);
        let after = self.text.get(end.get()..).unwrap_or_default().chars().take(LONGEST);
        let words = Span { start, end }.of(self.text);
        let grow = |edge: Option<char>, beyond: &mut dyn Iterator<Item = char>| {
            let inside = edge.is_some_and(char::is_alphanumeric);
            if inside { beyond.map(char::len_utf8).sum() } else { 0 }
        };
        let left: usize = grow(words.chars().next(), &mut before.take_while(letters));
        let right: usize = grow(words.chars().next_back(), &mut after.take_while(letters));
        Span::new(start.get() - left, end.get() + right)
    }
}

/// The place with the most evidence, and how much the next best has.
#[derive(Debug, Default)]
struct Best {
    first: Option<(Span, Evidence)>,
    second: usize,
    at_home: bool,
}

impl Best {
    /// Weighs a place against the best so far. Where a comparison has kept the words prevails.
    fn offer(&mut self, span: Span, evidence: Evidence, home: bool) {
        let leads = |(_, leader): (Span, Evidence)| {
            (self.at_home, leader.total()) >= (home, evidence.total())
        };
        if self.first.is_some_and(leads) {
            self.second = self.second.max(evidence.total());
        } else {
            let beaten = self.first.replace((span, evidence));
            self.second = self.second.max(beaten.map_or(0, |(_, leader)| leader.total()));
            self.at_home = home;
        }
    }
}

impl Placement {
    const fn anchored(span: Span) -> Self {
        Self { span: Some(span), status: Status::Anchored, guess: None }
    }

    const fn moved(span: Span) -> Self {
        Self { span: Some(span), status: Status::Moved, guess: None }
    }
}
