//! Who spoke the quotations before: "he" is most often who spoke the last one.

use super::People;
use super::occurrence::{Setting, What};
use super::pronoun::Signs;
use crate::corpus::{Block, BlockKind};
use crate::text::{Offset, Span};

/// How many quotations back the last one is looked for whose speaker is known.
const REACH: usize = 4;

/// A quotation of which it is known what names its speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::quote) struct Speech {
    /// Its words with their marks.
    pub(in crate::quote) outer: Span,
    /// The words that name the speaker.
    pub(in crate::quote) mention: Span,
}

/// Who spoke the last quotation before a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoke {
    pub(super) who: u32,
    /// Where it ends.
    pub(super) end: Offset,
    /// The number of its block, as that of an occurrence.
    pub(super) block: u32,
}

/// A speech among the occurrences.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    end: Offset,
    block: u32,
    /// The index of the occurrence that names the speaker.
    by: usize,
}

impl Told {
    /// Whether it has ended before `at`.
    pub(super) fn ends_by(&self, at: Offset) -> bool {
        self.end <= at
    }
}

impl People<'_> {
    /// The speeches, in their order, whose speakers are among the occurrences.
    pub(super) fn told(&self, speeches: &[Speech], blocks: &[Block]) -> Vec<Told> {
        let mut told = Vec::new();
        let mut blocks = blocks.iter().peekable();
        let mut block = 0;
        for speech in speeches {
            while let Some(next) = blocks.next_if(|it| it.span.start <= speech.outer.start) {
                block += u32::from(counts(next.kind));
            }
            if let Some(by) = self.speaker(speech.mention) {
                told.push(Told { end: speech.outer.end, block, by });
            }
        }
        told
    }

    /// Who may be meant by a mention that is "he" or "she": names and signs; and whether a word of telling
    /// stands beside it.
    pub(in crate::quote) fn weighed(&self, mention: Span) -> Option<(bool, Vec<(String, Signs)>)> {
        let at = self.occurrences.partition_point(|one| one.lead < mention.start);
        let one = self.occurrences.get(at).filter(|one| one.span == mention)?;
        let What::Pronoun(gender) = one.what else { return None };
        let ended = self.told.partition_point(|it| it.ends_by(one.lead));
        let candidates = self.before(at, self.spoke(ended, at)).candidates(one, Some(gender));
        let weighed = candidates.into_iter().map(|it| (self.title_of(it.who), it.signs)).collect();
        Some((one.setting.has(Setting::TELLS), weighed))
    }

    /// The index of the occurrence that a mention is: the first name in it that may be its head, else
    /// the first pronoun or role.
    fn speaker(&self, mention: Span) -> Option<usize> {
        let from = self.first_at(mention.start);
        let within = self.occurrences.get(from..)?;
        let mut within = within.iter().take_while(|one| one.span.start < mention.end);
        let named = self.head(mention).map(|one| one.span);
        let is_it = |what, span| match named {
            Some(name) => span == name,
            None => !matches!(what, What::Name(_)),
        };
        Some(from + within.position(|one| is_it(one.what, one.span))?)
    }

    /// Who spoke the last quotation before the occurrence at `at`, as far as is known; `before`
    /// of those told end before it.
    pub(super) fn spoke(&self, before: usize, at: usize) -> Option<Spoke> {
        let told = self.told.get(..before)?.iter().rev().take(REACH);
        // A mention that stands here or further on is not known yet.
        let last = told.into_iter().find(|it| it.by < at)?;
        let one = self.occurrences.get(last.by)?;
        let here = self.occurrences.get(at)?;
        let who = one.who.filter(|_| one.part == here.part)?;
        Some(Spoke { who, end: last.end, block: last.block })
    }
}

/// Whether blocks of that kind are counted among those of the occurrences.
pub(super) fn counts(kind: BlockKind) -> bool {
    !matches!(
        kind,
        BlockKind::Chrome | BlockKind::Credit | BlockKind::Dateline | BlockKind::Caption
    )
}
