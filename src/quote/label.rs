//! Labelled articles: who said what, as people found it. What training learns from, and what a score
//! is counted against.

use serde::Deserialize;

use crate::corpus::Block;

/// What a labelled quotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GoldKind {
    /// All that is reported stands in quotation marks.
    Direct,
    /// Only some of it does.
    Mixed,
    /// Nothing of it does.
    Indirect,
}

/// A quotation that people found. All positions are in scalar values.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// Where it begins, marks included.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub kind: GoldKind,
    /// Where the words begin that name the speaker.
    pub speaker_start: Option<usize>,
    /// Where they end.
    pub speaker_end: Option<usize>,
    /// The cue.
    pub cue: Option<String>,
    /// Where the cue begins.
    pub cue_start: Option<usize>,
    /// Where it ends.
    pub cue_end: Option<usize>,
    /// Which quotations belong to one report: they share this.
    pub attribution: u32,
    /// All that is reported, in quotation marks or not.
    #[serde(default)]
    pub content: Vec<(usize, usize)>,
    /// The words of the speaker's mention that must be met.
    #[serde(default)]
    pub source_core: Vec<(usize, usize)>,
    /// The last words of what the speaker is called.
    #[serde(default)]
    pub source_heads: Vec<String>,
    /// The speaker's names in the article.
    #[serde(default)]
    pub source_names: Vec<String>,
    /// Where the speaker stands; an informal class.
    #[serde(default)]
    pub pattern: String,
}

/// What a stretch is that nobody found to be a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OtherLabel {
    /// A scare quotation, a title, a nickname.
    Unattributed,
    /// Nothing that counts.
    Ignore,
}

/// A quoted stretch that is no labelled quotation. Positions are in scalar values.
#[derive(Debug, Clone, Deserialize)]
pub struct Other {
    /// Where it begins, marks included.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub label: OtherLabel,
    /// How its marks stand.
    pub marks: String,
}

/// An article with what people found in it.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// Its name.
    pub name: String,
    /// Its canonical text.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Its quotations, and its reports without marks.
    pub gold: Vec<Gold>,
    /// Its other quoted stretches.
    pub other: Vec<Other>,
}
