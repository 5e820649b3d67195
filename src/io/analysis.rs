//! Analysis: what the program makes of an article, in which a fault of ours may lie.

use std::path::Path;
use std::sync::Arc;

use super::cache::Judged;
use super::shield::{FAULT, shielded};
use super::{Problem, attribution, path};
use crate::corpus::Article;
use crate::quote::{Quotation, beyond_reach, people, quotations};
use crate::text::Span;

/// Who said what in an article.
#[derive(Debug, Default)]
pub(super) struct Analysis {
    /// Its quoted stretches, each judged.
    pub(super) quotations: Arc<[Quotation]>,
    /// The names of its people.
    pub(super) names: Arc<[String]>,
    /// Where it is too long for all of it to be judged, that.
    pub(super) unread: Option<Problem>,
}

/// What is to be said of an article that has more words or marks than are looked at, if it has.
#[must_use]
pub fn unread(place: &str, article: &Article) -> Option<Problem> {
    let from = beyond_reach(&article.text, &article.blocks)?;
    let (from, _) = article.scalars.scalars(&article.text, Span::at(from));
    let what = format!(
        "has more words and marks than are looked at; who says what is not known from character {from} on"
    );
    Some(Problem::new(place, what))
}

/// Finds out who said what.
///
/// # Errors
/// We fell over it.
pub(super) fn analyse(article: &Article) -> Result<Analysis, Problem> {
    shielded(|| {
        let quotations = quoted(article).into();
        let names = people(&article.text, &article.blocks).names().map(str::to_owned).collect();
        Analysis { quotations, names, unread: unread(&article.name, article) }
    })
    .map_err(|said| fault(article, &said))
}

/// The quoted stretches of an article, each judged.
///
/// # Errors
/// We fell over it.
pub(super) fn judged(article: &Article) -> Result<Vec<Quotation>, Problem> {
    shielded(|| quoted(article)).map_err(|said| fault(article, &said))
}

fn quoted(article: &Article) -> Vec<Quotation> {
    #[cfg(test)]
    seam::pass(&article.text);
    quotations(&article.text, &article.blocks)
}

fn fault(article: &Article, said: &str) -> Problem {
    let what = format!("no quotation could be looked for: {FAULT} ({said})");
    Problem::new(article.name.clone(), what)
}

/// What the program makes of an article's quotations; nothing where we fall over it.
pub(super) fn judge(article: &Article) -> Judged {
    attribution::judged(article, &[]).unwrap_or_default()
}

/// Reads an article.
///
/// # Errors
/// Those of reading it; or we fell over it.
pub(super) fn read(
    file: &Path,
    read: impl FnOnce() -> Result<Article, Problem>,
) -> Result<Article, Problem> {
    let what = |said| format!("cannot be read: {FAULT} ({said})");
    shielded(read).unwrap_or_else(|said| Err(Problem::new(path::spelled(file), what(said))))
}

/// Where tests have us fall.
#[cfg(test)]
pub(super) mod seam {
    use std::sync::{Mutex, PoisonError};

    /// An article with this in it is one that we fall over.
    pub(crate) const STONE: &str = "\u{E000}a stone in the way\u{E000}";
    /// An article with this in it is not got through while a test holds [`GATE`].
    pub(in crate::io) const SWAMP: &str = "\u{E000}a swamp on both sides\u{E000}";
    pub(in crate::io) static GATE: Mutex<()> = Mutex::new(());

    /// A file that begins so is one over whose bytes we fall.
    pub(crate) const KERB: &str = "\u{E000}a kerb\u{E000}";

    pub(in crate::io) fn step(bytes: &[u8]) {
        assert!(!bytes.starts_with(KERB.as_bytes()), "over {KERB}");
    }

    pub(in crate::io) fn pass(text: &str) {
        assert!(!text.contains(STONE), "over {STONE}");
        if text.contains(SWAMP) {
            drop(GATE.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}
