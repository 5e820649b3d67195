//! What the model asks of the world, and what comes of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::anchoring::Sought;
use super::library::Found;
use super::long::{Ask, Told};
use super::place::Places;
use super::search::Findings;
use super::survey::{Remembered, Step, Surveyed};
use super::voice::{Attended, Gathered};
use crate::corpus::{Article, ArticleId, Corrected, Digest};
use crate::note::{Annotation, Placement};
use crate::quote::Quotation;
use crate::search::Manner;

/// What the annotations of the library can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// What `import` reads.
    Toml,
    /// For people.
    Markdown,
}

/// Something to be done outside. The work is done in the background; what comes of it returns as an
/// [`Outcome`].
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Walk the library and send what is found, in batches; then read all of it in the background.
    Walk {
        /// The article to look for before all others, by its root and its name.
        first: Option<(String, String)>,
    },
    /// Read these articles of the library before the others, since they are on screen.
    Prefer(Vec<ArticleId>),
    /// Read no more of the library in the background.
    StopWork,
    /// Read an article.
    Read {
        /// Which.
        article: ArticleId,
        /// Returned with the outcome, so that a late one can be told.
        generation: u64,
    },
    /// Read an article that may be opened next, in case it is.
    Foresee(ArticleId),
    /// Ask those who read the long text that is open.
    Long {
        /// Which article.
        article: ArticleId,
        /// The request that it was opened by.
        generation: u64,
        /// What.
        ask: Ask,
    },
    /// Look for a query in articles. An earlier search is given up, unless this one goes on with it.
    Search {
        /// Returned with the outcomes: a search with another one is given up.
        generation: u64,
        /// The query.
        typed: String,
        /// What is to be made of its words.
        manner: Manner,
        /// Where to look, in this order: articles that its filters let through.
        articles: Vec<ArticleId>,
        /// What a person decided on quotations, where speakers matter.
        decided: Vec<(ArticleId, Annotation)>,
    },
    /// Give up all searches of an earlier generation.
    CancelSearch {
        /// The generation that counts now.
        generation: u64,
    },
    /// Find out who speaks in articles. An earlier request is given up.
    GatherVoices {
        /// Returned with the outcomes.
        generation: u64,
        /// The articles, in this order.
        articles: Vec<Attended>,
        /// What a person decided on quotations.
        decided: Vec<(ArticleId, Annotation)>,
    },
    /// Find what one voice says in articles. An earlier request is given up.
    HearVoice {
        /// Returned with the outcomes.
        generation: u64,
        /// The articles, in this order.
        articles: Vec<ArticleId>,
        /// The names that they have for it.
        names: Vec<String>,
        /// What a person decided on quotations.
        decided: Vec<(ArticleId, Annotation)>,
    },
    /// Give up what was asked about voices in earlier generations.
    CancelVoices {
        /// The generation of [`Effect::GatherVoices`] that counts now.
        gathering: u64,
        /// That of [`Effect::HearVoice`].
        hearing: u64,
    },
    /// Find targets in an article that is not the text that they were made on.
    Anchor {
        /// Which article.
        article: ArticleId,
        /// Its text.
        text: Arc<str>,
        /// What to look for.
        sought: Vec<Sought>,
    },
    /// Keep the text of an article before the next annotations made on it are saved.
    KeepText {
        /// Which article.
        article: ArticleId,
        /// Its text.
        text: Arc<str>,
    },
    /// Make changes durable.
    Save {
        /// Returned with the outcome.
        ticket: u64,
        /// The article they belong to.
        article: ArticleId,
        /// Annotations as they are now; tombstones for those deleted.
        annotations: Vec<Annotation>,
        /// What a person put right of the article's metadata, where that changed.
        corrected: Option<Corrected>,
    },
    /// Keep places, read state and marks.
    KeepPlaces(Places),
    /// Put words on the clipboard.
    Copy(String),
    /// Let the person edit a note in `$EDITOR`.
    Edit(String),
    /// Write annotations to a file.
    Export {
        /// As what.
        format: ExportFormat,
        /// Where to.
        path: PathBuf,
        /// Of which articles.
        articles: Vec<ArticleId>,
        /// Whether a file that is there may be replaced.
        overwrite: bool,
    },
    /// Draw everything anew.
    Redraw,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// End, when all that was asked before is done.
    Quit,
}

/// What came of an effect.
#[derive(Debug)]
pub enum Outcome {
    /// Some articles of the library, with what the store has on them.
    Found(Vec<Found>),
    /// Something that could not be read: one line that names it and says what to do.
    Problem(String),
    /// Something else that went wrong, in one line.
    Failed(String),
    /// A problem told before is over.
    Solved(String),
    /// The names of all articles are known.
    Listed,
    /// What the store has on articles that were found.
    Remembered(Vec<Remembered>),
    /// Something was found out of articles that were found.
    Surveyed(Surveyed),
    /// What was found is no article that can be read.
    Unreadable {
        /// Which.
        article: ArticleId,
        /// Why: one line that names it and says what to do.
        problem: String,
    },
    /// Articles that were found are not there any more, and nobody has seen them.
    Withdrawn(Vec<ArticleId>),
    /// Work on the whole library has come so far.
    Working(Step),
    /// Work on the whole library has ended.
    Worked,
    /// The whole library was walked and read.
    Walked,
    /// The text of an article is another on the disk, or is there again.
    Changed {
        /// Which.
        article: ArticleId,
        /// What is known of the text as it is now.
        digest: Arc<Digest>,
        /// How many quotations it holds.
        quotations: u32,
        /// Whether it is another than the one that was last read for the screen.
        differs: bool,
    },
    /// An article cannot be read from the disk any more.
    Gone {
        /// Which.
        article: ArticleId,
        /// Why.
        problem: String,
    },
    /// An article's file has another name.
    Renamed {
        /// Which.
        article: ArticleId,
        /// The folder that its name is relative to.
        root: Arc<Path>,
        /// Its name.
        name: Arc<str>,
    },
    /// What the store holds of an article now: another instance, or a hand, has changed it.
    Stored {
        /// Which.
        article: ArticleId,
        /// Its annotations, tombstones included.
        annotations: Vec<Annotation>,
        /// What a person put right.
        corrected: Corrected,
    },
    /// What the store holds of an article cannot be used as it is now.
    Unusable {
        /// Which.
        article: ArticleId,
        /// The file, the line and the reason.
        problem: String,
    },
    /// What the store held of an article is gone.
    Unstored {
        /// Which.
        article: ArticleId,
    },
    /// An article was read.
    Opened {
        /// Which.
        article: ArticleId,
        /// As it was asked for.
        generation: u64,
        /// The article.
        text: Arc<Article>,
        /// Its quoted stretches, each judged.
        quotations: Arc<[Quotation]>,
        /// The names of its people.
        names: Arc<[String]>,
    },
    /// Those who read a long text tell something.
    Long {
        /// Which article.
        article: ArticleId,
        /// The request that it was opened by.
        generation: u64,
        /// What.
        told: Box<Told>,
    },
    /// It takes a while to find out who speaks in an article.
    Judging {
        /// Which.
        article: ArticleId,
    },
    /// It was found out who speaks in an article that was read.
    Judged {
        /// Which.
        article: ArticleId,
        /// As it was asked for.
        generation: u64,
        /// Its quoted stretches, each judged.
        quotations: Arc<[Quotation]>,
        /// The names of its people.
        names: Arc<[String]>,
    },
    /// The file of an article that was opened is not as it was when that was read.
    Outdated {
        /// Which.
        article: ArticleId,
        /// As it was asked for.
        generation: u64,
    },
    /// An article could not be read.
    NotOpened {
        /// Which.
        article: ArticleId,
        /// As it was asked for.
        generation: u64,
        /// Why, in one line.
        problem: String,
    },
    /// Something came of a search.
    Sought(Findings),
    /// Some voices of the library were found.
    Gathered(Gathered),
    /// Some of what a voice says was found.
    Heard(Findings),
    /// Targets were looked for.
    Anchored {
        /// In which article.
        article: ArticleId,
        /// In which text of it.
        text: Arc<str>,
        /// Where each stands.
        found: Vec<(Sought, Placement)>,
    },
    /// Changes are durable.
    Saved {
        /// As it was asked for.
        ticket: u64,
    },
    /// Changes are not durable.
    NotSaved {
        /// As it was asked for.
        ticket: u64,
        /// Why, in one line.
        problem: String,
    },
    /// The person has edited the note, or the editor failed and why.
    Edited(Result<String, String>),
    /// Words were put on the clipboard; how many scalar values.
    Copied(usize),
    /// An export was written.
    Exported {
        /// Where to.
        path: PathBuf,
        /// How many annotations.
        annotations: usize,
    },
    /// There is such a file already, and nothing was written.
    ExportExists {
        /// As what it was to be written.
        format: ExportFormat,
        /// Where it is.
        path: PathBuf,
        /// Of which articles.
        articles: Vec<ArticleId>,
    },
    /// Nothing was written, and why.
    NotExported(String),
}

impl Outcome {
    /// Whether others may speak in the library after it, or be counted otherwise.
    #[must_use]
    pub fn changes_voices(&self) -> bool {
        match self {
            Self::Found(_)
            | Self::Remembered(_)
            | Self::Changed { .. }
            | Self::Gone { .. }
            | Self::Withdrawn(_)
            | Self::Stored { .. } => true,
            Self::Surveyed(surveyed) => !surveyed.described.is_empty(),
            _ => false,
        }
    }
}
