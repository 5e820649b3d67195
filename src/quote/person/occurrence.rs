//! What the scan finds: names, pronouns and roles where they stand.

use super::letter::{Key, Keys};
use super::lexicon::Traits;
use crate::text::{Offset, Span};

/// What stands somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A name.
    Name(Sort),
    /// A pronoun of a person.
    Pronoun(Gender),
    /// A role that stands for who has it ("the Prime Minister").
    Role,
    /// Someone who is only described ("a No 10 spokesman").
    Someone,
}

/// What a name looks like by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A person's, by a title or a given name.
    Person,
    /// An organisation's.
    Body,
    /// A place's or a people's.
    Place,
    /// It does not show.
    Unknown,
    /// Of nobody: a description.
    Nameless,
}

/// Which pronoun a person goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    /// He.
    He,
    /// She.
    She,
}

impl Gender {
    /// The gender that the traits of titles, roles and given names tell.
    pub(super) fn told(traits: Traits) -> Option<Self> {
        let his = traits.has(Traits::HIS_TITLE | Traits::HIS_ROLE | Traits::MAN);
        let her = traits.has(Traits::HER_TITLE | Traits::HER_ROLE | Traits::WOMAN);
        match (his, her) {
            (true, false) => Some(Self::He),
            (false, true) => Some(Self::She),
            _ => None,
        }
    }
}

/// What stands around an occurrence, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Setting(u16);

impl Setting {
    /// It stands inside quotation marks.
    pub(super) const QUOTED: Self = Self(1);
    /// `'s` follows.
    pub(super) const OWNS: Self = Self(1 << 1);
    /// A verb seems to follow, or a word of telling stands before it.
    pub(super) const ACTS: Self = Self(1 << 2);
    /// A word of telling stands beside it.
    pub(super) const TELLS: Self = Self(1 << 3);
    /// A preposition stands before it.
    pub(super) const LINKED: Self = Self(1 << 4);
    /// The first of its sentence.
    pub(super) const FIRST: Self = Self(1 << 5);
    /// A comma follows.
    pub(super) const COMMA: Self = Self(1 << 6);
    /// A noun follows that it belongs to ("the Poe campaign").
    pub(super) const JOINED: Self = Self(1 << 7);
    /// In a caption, which stands apart from the paragraphs around it.
    pub(super) const ASIDE: Self = Self(1 << 8);
    /// In a byline.
    pub(super) const WRITES: Self = Self(1 << 9);

    /// All of both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of `other` holds.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Adds `other` where `holds`.
    pub(super) fn set(&mut self, other: Self, holds: bool) {
        if holds {
            self.0 |= other.0;
        }
    }
}

/// A name, pronoun or role where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrence {
    pub(super) what: What,
    /// Where its titles begin.
    pub(super) lead: Offset,
    /// The name without titles, the pronoun, or the role with its article.
    pub(super) span: Span,
    /// The traits of its titles and roles.
    pub(super) title: Traits,
    pub(super) setting: Setting,
    /// Counted without the captions, which have the number of the block before them.
    pub(super) block: u32,
    pub(super) part: u32,
    /// Counted over the whole text, captions aside.
    pub(super) sentence: u32,
    /// Who it is: an index into the entities, once it is known.
    pub(super) who: Option<u32>,
}

/// The words of a name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form {
    /// The first word.
    pub(super) first: Keys,
    /// The first word's traits.
    pub(super) traits: Traits,
    /// The word before the last.
    pub(super) middle: Key,
    /// The last word, suffixes aside; of a role, its head.
    pub(super) last: Keys,
    /// How long it is in bytes.
    pub(super) last_len: u8,
    /// All of them together.
    pub(super) whole: Key,
    /// How many there are.
    pub(super) words: u8,
    /// Whether the first is an initial.
    pub(super) initial: bool,
    /// Whether it is written in capitals throughout.
    pub(super) shouted: bool,
    /// The suffix, 0 where there is none.
    pub(super) suffix: Key,
}

/// A role that the text ties to a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role {
    /// The key of its head ("minister").
    pub(super) head: Key,
    /// All its words.
    pub(super) span: Span,
    /// The index of the occurrence that has it.
    pub(super) of: u32,
}
