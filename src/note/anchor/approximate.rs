//! Approximate matches: where something like some words stands in a text.
//!
//! The search is G. Myers, "A fast bit-vector algorithm for approximate string matching based on
//! dynamic programming" (Journal of the ACM 46, 1999), with its blocks for patterns of more than 64
//! letters. Time is the length of the text times the number of blocks, whatever the letters are.

use std::collections::HashMap;
use std::ops::Range;

/// The most matches that are returned.
const MOST: usize = 48;
/// Letters in a block.
const BLOCK: usize = 64;

/// A match: where it stands, in bytes of the text searched, and how many letters differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    pub range: Range<usize>,
    pub distance: usize,
}

/// How many steps a search takes at most: of so many letters in so many bytes of text.
pub(super) const fn cost(letters: usize, bytes: usize) -> usize {
    letters.div_ceil(BLOCK).saturating_mul(bytes)
}

/// The best matches of `words` in `text` with at most `most` letters changed, dropped or added; those
/// with the fewest first, then in the order of the text. Of matches that overlap one is given.
pub(super) fn matches(text: &str, words: &str, most: usize) -> Vec<Match> {
    let letters: Vec<char> = words.chars().collect();
    if letters.is_empty() || most >= letters.len() {
        return Vec::new();
    }
    let mut ends = ends(text, &letters, most);
    ends.sort_by_key(|&(end, distance)| (distance, end));
    ends.truncate(MOST);
    let reversed: Vec<char> = letters.iter().rev().copied().collect();
    let start = |(end, distance): (usize, usize)| {
        let before = text.get(..end).unwrap_or_default();
        let start = start(before, &reversed, distance);
        Match { range: start..end, distance }
    };
    ends.into_iter().map(start).collect()
}

/// Where matches end, each with its distance: the best of those that are closer together than half
/// the words.
fn ends(text: &str, letters: &[char], most: usize) -> Vec<(usize, usize)> {
    let apart = letters.len().div_ceil(2);
    let mut columns = Columns::new(letters, 0);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut last = 0;
    for (count, (at, letter)) in text.char_indices().enumerate() {
        let distance = columns.step(letter);
        if distance > most {
            continue;
        }
        let end = at + letter.len_utf8();
        match found.last_mut() {
            Some(best) if count - last < apart => {
                if distance < best.1 {
                    *best = (end, distance);
                    last = count;
                }
            }
            _ => {
                found.push((end, distance));
                last = count;
            }
        }
        thin(&mut found);
    }
    found
}

/// Keeps a hostile text from filling the memory with matches.
fn thin(found: &mut Vec<(usize, usize)>) {
    if found.len() > MOST * 64 {
        found.sort_by_key(|&(end, distance)| (distance, end));
        found.truncate(MOST);
        found.sort_unstable();
    }
}

/// Where the match with `distance` begins that ends with `before`.
fn start(before: &str, reversed: &[char], distance: usize) -> usize {
    let mut columns = Columns::new(reversed, 1);
    let inward = before.char_indices().rev().take(reversed.len() + distance);
    let starts = inward.map(|(at, letter)| (columns.step(letter), at));
    let best = starts.min_by_key(|&(distance, at)| (distance, before.len() - at));
    best.map_or(before.len(), |(_, at)| at)
}

/// A block of up to 64 letters: which of the differences down its column are +1 and which -1.
#[derive(Debug, Clone, Copy)]
struct Block {
    plus: u64,
    minus: u64,
    /// The last of its letters.
    last: u64,
}

impl Block {
    /// Moves on by a letter of the text. `equal` tells which letters are that one, `carry` the
    /// difference along the row above; the difference along its last row is returned.
    fn step(&mut self, equal: u64, carry: i8) -> i8 {
        let vertical = equal | self.minus;
        let equal = equal | u64::from(carry < 0);
        let horizontal = ((equal & self.plus).wrapping_add(self.plus) ^ self.plus) | equal;
        let mut up = self.minus | !(horizontal | self.plus);
        let mut down = self.plus & horizontal;
        let out = i8::from(up & self.last != 0) - i8::from(down & self.last != 0);
        up = up << 1 | u64::from(carry > 0);
        down = down << 1 | u64::from(carry < 0);
        self.plus = down | !(vertical | up);
        self.minus = up & vertical;
        out
    }
}

/// The matrix of edit distances, a column at a time.
struct Columns {
    blocks: Vec<Block>,
    /// For each letter of the words: in which places it stands, a mask for each block.
    places: HashMap<char, Vec<u64>>,
    none: Vec<u64>,
    /// The difference along the first row: 0 where a match may begin anywhere, 1 where it begins with
    /// the text.
    first: i8,
    distance: usize,
}

impl Columns {
    fn new(letters: &[char], first: i8) -> Self {
        let count = letters.len().div_ceil(BLOCK);
        let mut places: HashMap<char, Vec<u64>> = HashMap::new();
        for (at, &letter) in letters.iter().enumerate() {
            let masks = places.entry(letter).or_insert_with(|| vec![0; count]);
            if let Some(mask) = masks.get_mut(at / BLOCK) {
                *mask |= 1 << (at % BLOCK);
            }
        }
        let last = |block: usize| {
            let letters = (letters.len() - block * BLOCK).min(BLOCK);
            1 << (letters - 1)
        };
        let block = |number| Block { plus: u64::MAX, minus: 0, last: last(number) };
        Self {
            blocks: (0..count).map(block).collect(),
            places,
            none: vec![0; count],
            first,
            distance: letters.len(),
        }
    }

    /// Moves on by a letter of the text; the distance there.
    fn step(&mut self, letter: char) -> usize {
        let masks = self.places.get(&letter).unwrap_or(&self.none);
        let mut carry = self.first;
        for (block, &equal) in self.blocks.iter_mut().zip(masks) {
            carry = block.step(equal, carry);
        }
        self.distance = self.distance.saturating_add_signed(isize::from(carry));
        self.distance
    }
}

/// How much of some context is left next to a place, from 0 to 1: one less the letters changed,
/// dropped or added, for each letter of the context. Both lead away from the place.
pub(super) fn likeness(
    context: impl Iterator<Item = char>,
    there: impl Iterator<Item = char>,
) -> f32 {
    let letters: Vec<char> = context.collect();
    if letters.is_empty() {
        return 0.0;
    }
    let mut columns = Columns::new(&letters, 1);
    let near = there.take(letters.len() + letters.len() / 2);
    let least = near.map(|letter| columns.step(letter)).min().unwrap_or(letters.len());
    let letters = f32::from(u16::try_from(letters.len()).unwrap_or(u16::MAX));
    1.0 - f32::from(u16::try_from(least).unwrap_or(u16::MAX)) / letters
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The distance of the best match, by the plain recurrence (P. Sellers, 1980).
    fn best(text: &str, words: &str) -> usize {
        let words: Vec<char> = words.chars().collect();
        let mut column: Vec<usize> = (0..=words.len()).collect();
        let mut best = words.len();
        for letter in text.chars() {
            let mut diagonal = column[0];
            for (at, &own) in words.iter().enumerate() {
                let substituted = diagonal + usize::from(own != letter);
                diagonal = column[at + 1];
                column[at + 1] = substituted.min(diagonal + 1).min(column[at] + 1);
            }
            best = best.min(column[words.len()]);
        }
        best
    }

    /// The distance of two strings.
    fn distance(a: &str, b: &str) -> usize {
        let mut columns = Columns::new(&a.chars().collect::<Vec<_>>(), 1);
        b.chars().map(|letter| columns.step(letter)).last().unwrap_or(a.chars().count())
    }

    #[test]
    fn changed_words_are_found_with_their_ends() {
        let text = "then they said that no one went hungry in the four days, and left";
        let found = matches(text, "nobody went hungry in the five days", 12);
        let place = found.first().unwrap().range.clone();
        assert_eq!(&text[place], "no one went hungry in the four days");
        assert_eq!(matches(text, "quite another matter altogether", 8), []);
    }

    #[test]
    fn context_is_likened_from_the_words_outwards() {
        let like = |a: &str, b: &str| likeness(a.chars(), b.chars());
        assert!((like("abcd", "abcd and more") - 1.0).abs() < 1e-6);
        assert!(like("abcd", "xabcd") > 0.7);
        assert!(like("abcd", "").abs() < 1e-6 && like("", "abcd").abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn the_least_distance_is_found(text in "[abc]{0,300}", words in "[abc]{1,150}") {
            let least = best(&text, &words);
            let found = matches(&text, &words, words.len() - 1);
            prop_assert_eq!(found.first().map(|it| it.distance), (least < words.len()).then_some(least));
            for found in found {
                prop_assert_eq!(distance(&words, &text[found.range]), found.distance);
            }
        }
    }
}
