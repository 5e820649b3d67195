//! What lies over the panes and takes the keys: a note being written, a prompt, a list to pick from.

use jiff::Timestamp;

use super::Effect;
use super::field::Field;
use super::picker::Picker;
use crate::corpus::ArticleId;
use crate::note::Annotation;

/// The one thing that lies over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// A note being written.
    Note(Box<NoteEditor>),
    /// One line being asked for.
    Prompt(Prompt),
    /// A list filtered as you type.
    Picker(Picker),
    /// The search over the library.
    Search,
    /// The voices of the library.
    Voices,
    /// The tags of an annotation.
    Tags(Box<TagEditor>),
    /// The keys that work here; rows scrolled.
    Help {
        /// Rows scrolled away above.
        top: usize,
    },
    /// A question to be answered with y or n.
    Confirm {
        /// The question.
        question: String,
        /// What a yes leads to.
        yes: Vec<Effect>,
    },
}

/// A note being written.
#[derive(Debug)]
pub struct NoteEditor {
    /// The article it belongs to.
    pub article: ArticleId,
    /// The annotation as it was last sent to the disk, or as it is to be but for the text.
    pub annotation: Annotation,
    /// The annotation as it was before, if there was one.
    pub original: Option<Annotation>,
    /// The text.
    pub field: Field,
    /// When the text was last changed and not yet sent to the disk.
    pub changed: Option<Timestamp>,
    /// Whether anything has been sent to the disk.
    pub sent: bool,
}

/// What a prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Words to search for in the article.
    Search,
    /// Words to filter the list by.
    Filter,
    /// Words to filter the sidebar by.
    Cards,
    /// A metadata field of an article put right.
    Correct(ArticleId, MetadataField),
    /// The file to export to.
    ExportPath(super::ExportFormat),
}

/// A metadata field that a person can put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetadataField {
    /// The title.
    Title,
    /// The outlet.
    Outlet,
    /// The byline.
    Byline,
    /// The day of publication.
    Date,
}

/// One line being asked for.
#[derive(Debug)]
pub struct Prompt {
    /// What for.
    pub question: Question,
    /// What has been typed.
    pub field: Field,
}

/// The tags of an annotation being edited.
#[derive(Debug)]
pub struct TagEditor {
    /// The article it belongs to.
    pub article: ArticleId,
    /// The annotation.
    pub annotation: Annotation,
    /// The tag being typed.
    pub field: Field,
    /// The tags in use that complete it, the most used first.
    pub completions: Vec<String>,
    /// The completion chosen, if one is: an index into `completions`.
    pub selected: Option<usize>,
}
