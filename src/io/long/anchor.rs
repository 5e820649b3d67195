//! The words of annotations in a long text that is another than the one they were made on.
//!
//! No base text is kept of such a text. Words are taken for moved where exactly they stand, amid exactly
//! their context, in one place of the text and in no other; else they are not found.

use std::io;

use memchr::memmem::Finder;

use super::volume::{PIECES, Volume};
use crate::app::Sought;
use crate::corpus::piece::letters;
use crate::note::Target;
use crate::text::ScalarIndex;

/// What is looked for, and where it was found.
struct Wanted {
    finder: Finder<'static>,
    /// The scalar values of the context before the words, and of the words.
    before: usize,
    length: usize,
    /// The first place, in scalar values.
    found: Option<usize>,
    twice: bool,
}

impl Wanted {
    fn new(target: &Target) -> Self {
        let Target { prefix, exact, suffix, .. } = target;
        Self {
            finder: Finder::new(&format!("{prefix}{exact}{suffix}")).into_owned(),
            before: ScalarIndex::count(prefix),
            length: ScalarIndex::count(exact),
            found: None,
            twice: exact.is_empty(),
        }
    }

    fn place(&self) -> Option<(usize, usize)> {
        let start = self.found.filter(|_| !self.twice)? + self.before;
        Some((start, start + self.length))
    }
}

/// Where targets stand, in scalar values; none where that is nowhere, or not sure.
#[must_use]
pub fn places(volume: &Volume, sought: &[Sought]) -> Vec<Option<(usize, usize)>> {
    let mut wanted: Vec<Wanted> = sought.iter().map(|(_, target)| Wanted::new(target)).collect();
    match look(volume, &mut wanted) {
        Ok(()) => wanted.iter().map(Wanted::place).collect(),
        Err(_) => wanted.iter().map(|_| None).collect(),
    }
}

fn look(volume: &Volume, wanted: &mut [Wanted]) -> io::Result<()> {
    let longest = wanted.iter().map(|wanted| wanted.finder.needle().len()).max().unwrap_or(0);
    let mut text = String::new();
    // The scalar values before `text`.
    let mut passed = 0;
    let mut number = 0;
    while number < volume.count() {
        let carried = text.len();
        let (bytes, ends) = volume.stretch(number, PIECES)?;
        let start = ends.first().copied().unwrap_or(0);
        for (from, to) in ends.iter().zip(ends.iter().skip(1)) {
            let inside = |at: &u64| usize::try_from(at - start).unwrap_or(0);
            let piece = bytes.get(inside(from)..inside(to)).unwrap_or_default();
            text.push_str(&letters(piece, volume.encoding).0);
        }
        for one in wanted.iter_mut() {
            for at in one.finder.find_iter(text.as_bytes()) {
                if at + one.finder.needle().len() <= carried {
                    continue;
                }
                let before = text.get(..at).map_or(0, ScalarIndex::count);
                one.twice |= one.found.replace(passed + before).is_some();
            }
        }
        let keep = (text.len() + 1).saturating_sub(longest.max(1));
        let keep = (0..=keep).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        passed += text.get(..keep).map_or(0, ScalarIndex::count);
        text = text.split_off(keep);
        number += PIECES;
    }
    Ok(())
}
