//! Attribution: who speaks in an article, as a person has put it right.

use super::cache::Judged;
use super::{Problem, analysis};
use crate::corpus::Article;
use crate::note::{Annotation, Attributed, anchor, lay_over};
use crate::quote::voice::Tallies;
use crate::text::Span;

/// The quoted stretches of an article, each judged, with what a person decided laid over them.
/// `decided` are its live annotations; those that keep no quotation do not count.
///
/// # Errors
/// We fell over it.
pub fn attributed(article: &Article, decided: &[Annotation]) -> Result<Vec<Attributed>, Problem> {
    let placed = decided.iter().filter(|it| it.quotation.is_some()).filter_map(|it| {
        let target = it.target.as_ref()?;
        Some((anchor::place(target, &article.text, &article.scalars).span?, it))
    });
    let placed: Vec<(Span, &Annotation)> = placed.collect();
    Ok(lay_over(&analysis::judged(article)?, &placed))
}

/// How many quotations an article has, and who speaks in it, and how much.
///
/// # Errors
/// As [`attributed`].
pub fn judged(article: &Article, decided: &[Annotation]) -> Result<Judged, Problem> {
    let attributed = attributed(article, decided)?;
    let all = || attributed.iter().filter(|it| it.is_quotation()).map(|it| &it.quotation);
    let spoken = all().filter_map(|it| Some((it.speaker.as_deref()?, it.inner.of(&article.text))));
    let quotations = u32::try_from(all().count()).unwrap_or(u32::MAX);
    Ok(Judged { quotations, voices: Tallies::of(spoken) })
}
