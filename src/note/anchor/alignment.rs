//! Alignment: which tokens of a text have been kept in its next version, and where they stand there.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token};

use super::token::{is_word, tokens, within};
use crate::text::{Offset, Span};

/// Tokens on either side that are compared one by one; longer texts go by their lines first. Myers'
/// algorithm ("An O(ND) difference algorithm and its variations", 1986) is cut short by the
/// heuristics of `imara-diff` well before this becomes slow.
const MOST: usize = 60_000;
/// Tokens of both texts together that are so compared within changed lines.
const MOST_IN_LINES: usize = 4 * MOST;
/// Tokens on either side of a span that tell whether it is in its old surroundings.
const AROUND: usize = 12;
/// A span of so many words or more needs no more surroundings than it is long itself.
const OWN: usize = 12;
/// What stands for no partner.
const NONE: u32 = u32::MAX;

/// One of the two texts: its tokens, and for each the number of the token it was matched with.
#[derive(Debug)]
struct Side {
    tokens: Vec<Span>,
    partners: Vec<u32>,
}

impl Side {
    fn new(text: &str) -> Self {
        let tokens = tokens(text);
        let partners = vec![NONE; tokens.len()];
        Self { tokens, partners }
    }

    fn partner(&self, token: usize) -> Option<usize> {
        self.partners.get(token).filter(|&&partner| partner != NONE).map(|&it| it as usize)
    }
}

/// A text and its next version, token by token.
#[derive(Debug)]
pub(super) struct Alignment<'a> {
    base_text: &'a str,
    text: &'a str,
    base: Side,
    now: Side,
}

/// Which way an alignment is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Forth,
    Back,
}

impl<'a> Alignment<'a> {
    /// Compares a text with its next version.
    pub(super) fn new(base_text: &'a str, text: &'a str) -> Self {
        let (base, now) = (Side::new(base_text), Side::new(text));
        let mut alignment = Self { base_text, text, base, now };
        for (before, after) in matches(alignment.words(Way::Forth), alignment.words(Way::Back)) {
            alignment.marry(before, after);
        }
        alignment
    }

    fn words(&self, way: Way) -> (&'a str, &[Span]) {
        match way {
            Way::Forth => (self.base_text, &self.base.tokens),
            Way::Back => (self.text, &self.now.tokens),
        }
    }

    /// Matches runs of tokens one by one.
    fn marry(&mut self, before: Range<usize>, after: Range<usize>) {
        for (a, b) in before.zip(after) {
            if let (Some(one), Some(other)) =
                (self.base.partners.get_mut(a), self.now.partners.get_mut(b))
            {
                *one = u32::try_from(b).unwrap_or(NONE);
                *other = u32::try_from(a).unwrap_or(NONE);
            }
        }
    }

    const fn sides(&self, way: Way) -> (&Side, &'a str, &Side, &'a str) {
        match way {
            Way::Forth => (&self.base, self.base_text, &self.now, self.text),
            Way::Back => (&self.now, self.text, &self.base, self.base_text),
        }
    }

    /// Where a span of the old text stands in the new one, if all its tokens were kept side by side.
    pub(super) fn image(&self, span: Span) -> Option<Span> {
        self.carried(span, Way::Forth)
    }

    /// What a span of the new text was in the old one, if all of it was kept side by side.
    pub(super) fn origin(&self, span: Span) -> Option<Span> {
        self.carried(span, Way::Back)
    }

    fn carried(&self, span: Span, way: Way) -> Option<Span> {
        let (from, from_text, to, to_text) = self.sides(way);
        let range = within(&from.tokens, span);
        let first = range.start;
        let image = from.partner(first).filter(|_| !range.is_empty())?;
        let kept = range.clone().all(|token| from.partner(token) == Some(image + token - first));
        let (old, new) = (from.tokens.get(first)?, to.tokens.get(image)?);
        let start = (new.start + span.start.get()).get().checked_sub(old.start.get())?;
        let carried = Span::new(start, start + span.len());
        (kept && carried.of(to_text) == span.of(from_text)).then_some(carried)
    }

    /// Whether most of what stands around a kept span of the old text, with its own words, was kept
    /// around its image. Words that a comparison has met by chance stand among strangers.
    pub(super) fn is_at_home(&self, span: Span) -> bool {
        let range = within(&self.base.tokens, span);
        let Some(image) = self.base.partner(range.start) else { return false };
        let near = |token: usize, own: usize| {
            self.base.partner(token).is_some_and(|partner| {
                let shift = (image + token).abs_diff(partner + own);
                shift <= AROUND
            })
        };
        let before = self.words_around((range.start.saturating_sub(3 * AROUND)..range.start).rev());
        let last = self.base.tokens.len();
        let after = self.words_around(range.end..last.min(range.end + 3 * AROUND));
        let own = self.words_around(range.clone()).len().min(OWN);
        let kept = before.iter().chain(&after).filter(|&&token| near(token, range.start)).count();
        let all = before.len() + after.len();
        // A text that ends here has no more to show.
        (kept + own) * 2 > all + own && (kept >= AROUND / 2 || kept + own > all)
    }

    /// The first words among some tokens of the old text.
    fn words_around(&self, tokens: impl Iterator<Item = usize>) -> Vec<usize> {
        let text = |token: &usize| self.base.tokens.get(*token).map(|it| it.of(self.base_text));
        tokens.filter(|token| text(token).is_some_and(is_word)).take(AROUND).collect()
    }

    /// What has become of a span of the old text some of whose words were changed where they stand,
    /// if at least half of them are left; and, if not, what stands in their place.
    pub(super) fn changed(&self, span: Span) -> Changed {
        let range = within(&self.base.tokens, span);
        let kept: Vec<(usize, usize)> =
            range.clone().filter_map(|token| Some((token, self.base.partner(token)?))).collect();
        let words = |token: usize| {
            self.base.tokens.get(token).is_some_and(|it| is_word(it.of(self.base_text)))
        };
        let all = range.clone().filter(|&token| words(token)).count();
        let left = kept.iter().filter(|&&(token, _)| words(token)).count();
        let place = self.between(&range);
        let (Some(&(_, first)), Some(&(_, last))) = (kept.first(), kept.last()) else {
            return Changed { place, holds: false };
        };
        let compact = last - first < range.len() * 2 + AROUND;
        if left * 2 < all || left == 0 || !compact {
            return Changed { place, holds: false };
        }
        // The words at the edges may be among those changed: what stands beside them was not.
        let tight = place.filter(|place| {
            within(&self.now.tokens, *place).len() <= range.len() + range.len() / 2 + 4
        });
        let kept_place = || {
            let (start, end) = (self.now.tokens.get(first)?.start, self.now.tokens.get(last)?.end);
            Some(Span { start, end })
        };
        Changed { place: tight.or_else(kept_place), holds: true }
    }

    /// What stands between the images of a range's neighbours, without white space at its ends.
    fn between(&self, range: &Range<usize>) -> Option<Span> {
        let first = match range.start.checked_sub(1) {
            Some(before) => self.base.partner(before)? + 1,
            None => 0,
        };
        let after = if range.end < self.base.tokens.len() {
            self.base.partner(range.end)?
        } else {
            self.now.tokens.len()
        };
        let last = after.checked_sub(1).filter(|last| *last >= first)?;
        let (start, end) = (self.now.tokens.get(first)?.start, self.now.tokens.get(last)?.end);
        Some(Span { start, end })
    }

    /// Whether most tokens of a span of the new text are those of other words than `own`.
    pub(super) fn is_mostly_of_others(&self, span: Span, own: Span) -> bool {
        let range = within(&self.now.tokens, span);
        let own = within(&self.base.tokens, own);
        let others = range.clone().filter_map(|token| self.now.partner(token));
        let others = others.filter(|partner| !own.contains(partner)).count();
        others * 5 > range.len() * 3
    }

    /// About where a place of the old text is in the new one.
    pub(super) fn about(&self, at: Offset) -> Offset {
        let here = self.base.tokens.partition_point(|token| token.end <= at);
        let mut tokens = (here.saturating_sub(AROUND * 4)..=here).rev();
        let image = tokens.find_map(|token| self.base.partner(token));
        image.and_then(|it| self.now.tokens.get(it)).map_or(at, |it| it.start)
    }
}

/// A span whose words have changed where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Changed {
    /// Where it stands now.
    pub place: Option<Span>,
    /// Whether at least half of its words are left.
    pub holds: bool,
}

/// Gives equal things equal numbers.
struct Numbers<T>(HashMap<T, u32>);

impl<T: Hash + Eq> Numbers<T> {
    fn of(&mut self, things: impl Iterator<Item = T>) -> Vec<Token> {
        let number = |thing| {
            let next = u32::try_from(self.0.len()).unwrap_or(NONE);
            Token(*self.0.entry(thing).or_insert(next))
        };
        things.map(number).collect()
    }
}

type Run = (Range<usize>, Range<usize>);

/// The runs of equal tokens of two texts that a comparison finds, in order.
fn matches(before: (&str, &[Span]), after: (&str, &[Span])) -> Vec<Run> {
    let mut numbers = Numbers(HashMap::new());
    let old = numbers.of(before.1.iter().map(|token| token.of(before.0)));
    let new = numbers.of(after.1.iter().map(|token| token.of(after.0)));
    let mut found = Vec::new();
    let ends = common_ends(&old, &new);
    let (start, end) = ends;
    let rest = (start..old.len() - end, start..new.len() - end);
    found.push((0..start, 0..start));
    if rest.0.len().max(rest.1.len()) <= MOST {
        found.extend(compared(&old, &new, rest));
    } else {
        let lines = (lines(before, &rest.0), lines(after, &rest.1));
        found.extend(compared_by_line(&old, &new, &lines));
    }
    found.push((old.len() - end..old.len(), new.len() - end..new.len()));
    found
}

/// How many tokens two lists have in common at their starts, and at their ends beyond that.
fn common_ends(old: &[Token], new: &[Token]) -> (usize, usize) {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    (start, end)
}

/// The equal runs of two stretches of tokens.
fn compared(old: &[Token], new: &[Token], (before, after): Run) -> Vec<Run> {
    let (Some(a), Some(b)) = (old.get(before.clone()), new.get(after.clone())) else {
        return Vec::new();
    };
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Myers, a, b, 0);
    let mut found = Vec::new();
    let (mut at, mut there) = (before.start, after.start);
    for hunk in diff.hunks() {
        let (cut, cut_there) =
            (before.start + hunk.before.start as usize, after.start + hunk.after.start as usize);
        found.push((at..cut, there..cut_there));
        at = before.start + hunk.before.end as usize;
        there = after.start + hunk.after.end as usize;
    }
    found.push((at..before.end, there..after.end));
    found
}

/// The lines of a stretch of tokens: the numbers of their tokens.
fn lines((text, tokens): (&str, &[Span]), stretch: &Range<usize>) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut end = Offset::ZERO;
    for number in stretch.clone() {
        let Some(token) = tokens.get(number) else { break };
        let gap = Span::between(end, token.start).of(text);
        match lines.last_mut() {
            Some(line) if !gap.contains('\n') => line.end = number + 1,
            _ => lines.push(number..number + 1),
        }
        end = token.end;
    }
    lines
}

/// The equal runs of two long stretches: first by whole lines, then by the tokens of what is left.
fn compared_by_line(
    old: &[Token],
    new: &[Token],
    (before, after): &(Vec<Range<usize>>, Vec<Range<usize>>),
) -> Vec<Run> {
    let mut numbers = Numbers(HashMap::new());
    let old_lines = numbers.of(before.iter().map(|line| old.get(line.clone())));
    let new_lines = numbers.of(after.iter().map(|line| new.get(line.clone())));
    if old_lines.len().max(new_lines.len()) > MOST {
        return Vec::new();
    }
    let whole = compared(&old_lines, &new_lines, (0..before.len(), 0..after.len()));
    let mut found = Vec::new();
    let (mut at, mut there, mut left) = (0, 0, MOST_IN_LINES);
    for (a, b) in whole.into_iter().chain([(before.len()..before.len(), after.len()..after.len())])
    {
        if let (Some(one), Some(other)) =
            (joined(before, at..a.start), joined(after, there..b.start))
            && one.len().max(other.len()) <= MOST
            && let Some(rest) = left.checked_sub(one.len() + other.len())
        {
            left = rest;
            found.extend(compared(old, new, (one, other)));
        }
        found.extend(joined(before, a.clone()).zip(joined(after, b.clone())));
        (at, there) = (a.end, b.end);
    }
    found
}

/// Some lines as one stretch of tokens.
fn joined(lines: &[Range<usize>], which: Range<usize>) -> Option<Range<usize>> {
    let lines = lines.get(which)?;
    Some(lines.first()?.start..lines.last()?.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    #[test]
    fn kept_words_are_carried_and_changed_ones_are_not() {
        let old = "The ferry sailed on Monday, said the mate, and came back at noon.";
        let new = "On Monday the ferry sailed on Monday, said the master, and came back at noon.";
        let alignment = Alignment::new(old, new);
        let image = alignment.image(span(old, "y sailed on")).unwrap();
        assert_eq!(image.of(new), "y sailed on");
        assert_eq!(alignment.origin(image), Some(span(old, "y sailed on")));
        assert_eq!(alignment.image(span(old, "said the mate")), None);
        let changed = alignment.changed(span(old, "said the mate"));
        assert_eq!((changed.place.unwrap().of(new), changed.holds), ("said the master", true));
        let changed = alignment.changed(span(old, "mate"));
        assert_eq!((changed.place.unwrap().of(new), changed.holds), ("master", false));
        assert!(alignment.is_at_home(span(old, "sailed")));
    }

    #[test]
    fn white_space_inside_counts_and_at_the_ends_goes_along() {
        let alignment = Alignment::new("one  two three", "zero one two three");
        assert_eq!(alignment.image(Span::new(0, 8)), None);
        assert_eq!(alignment.image(Span::new(9, 14)), Some(Span::new(13, 18)));
        assert_eq!(alignment.image(Span::new(8, 14)), Some(Span::new(12, 18)));
        assert_eq!(alignment.image(Span::new(3, 4)), None);
    }

    #[test]
    fn words_met_by_chance_are_not_at_home() {
        let old = "the harbour wall fell in the storm and the mate said so to the council then";
        let new = "prices rose as the bank expected, an analyst said on a day when shares were low";
        let alignment = Alignment::new(old, new);
        assert!(!alignment.is_at_home(span(old, "said")));
    }

    #[test]
    fn long_texts_are_compared_by_their_lines() {
        let line = |n: usize| format!("line number {n} of the long report that goes on.\n");
        let old: String = (0..60_000).map(line).collect();
        let new = old.replacen("line number 7 of", "row number 7 of", 1);
        let new = new.replacen("line number 59990 of", "row number 59990 of", 1);
        let alignment = Alignment::new(&old, &new);
        let kept = span(&old, "number 30000 of");
        assert_eq!(alignment.image(kept).unwrap().of(&new), "number 30000 of");
        let beside = span(&old, "number 7 of the");
        assert_eq!(alignment.image(beside).unwrap().of(&new), "number 7 of the");
    }
}
