//! Corrections: what a person put right about an article.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a person put right where the program had guessed wrong. What is absent was not corrected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it, without "By".
    pub byline: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
}
