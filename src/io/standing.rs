//! Records as they stand in their articles now: each annotation where its words are, or said to have
//! moved or to be an orphan.

use super::store::Texts;
use crate::corpus::Article;
use crate::note::anchor::{Finder, asserted, target};
use crate::note::{Placement, Record, Status, Target};

/// The record with every annotation where its words stand in the article. Nothing is written.
///
/// One whose words have changed keeps them, and the context that they had, until a person confirms.
#[must_use]
pub fn standing(mut record: Record, article: &Article, texts: &Texts) -> Record {
    if article.is_window() {
        // What the rest of a long text holds is not known here; it stays as the store has it.
        return record;
    }
    let hash = article.text_sha256();
    let bases = texts.bases(record.live().filter_map(|it| it.target.as_ref()), &hash);
    let mut finder = Finder::new(&article.text, &article.scalars);
    for (hash, base) in &bases {
        finder = finder.knowing(hash, base);
    }
    for target in record.annotations.iter_mut().filter_map(|it| it.target.as_mut()) {
        let there = asserted(target, &article.text, &article.scalars, &hash);
        settle(target, there.unwrap_or_else(|| finder.place(target)), article, &hash);
    }
    record.subject.text_chars = article.scalars.len();
    record.subject.text_sha256 = hash;
    record
}

fn settle(old: &mut Target, placement: Placement, article: &Article, hash: &str) {
    old.status = placement.status;
    let Some(span) = placement.span else { return };
    let now = target(&article.text, &article.scalars, span);
    (old.start, old.end) = (now.start, now.end);
    old.text_sha256 = Some(hash.to_owned());
    if placement.status == Status::Anchored {
        (old.prefix, old.suffix) = (now.prefix, now.suffix);
    }
}
