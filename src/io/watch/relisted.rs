//! Files that hold an article in each line, listed again once they have changed.

use std::collections::HashSet;
use std::convert::Infallible;
use std::ops::ControlFlow;

use sha2::{Digest as _, Sha256};

use super::Watcher;
use super::census::Census;
use super::stamp::Stamp;
use crate::corpus::{ArticleId, record_text};
use crate::io::record::{Listed, Reel, list, read_line};
use crate::io::walk::Source;

/// What looks at such a file.
pub(super) struct Relisted<'w> {
    pub(super) watcher: &'w Watcher,
    pub(super) census: &'w mut Census,
    /// The articles that are there.
    pub(super) here: &'w mut HashSet<ArticleId>,
    /// What is wrong, and was not told before.
    pub(super) problems: &'w mut Vec<String>,
}

impl Relisted<'_> {
    /// The articles of a file that are not as they were. Where each lies now is noted.
    pub(super) fn look(mut self, file: &Source) -> Vec<Source> {
        // Listed after this, it may be newer than its stamp, which does no harm, but never older.
        let (path, stamp) = (file.path(), Stamp::of(&file.path()));
        if let Some(articles) = self.census.records(&path, stamp) {
            self.here.extend(articles);
            return Vec::new();
        }
        let (mut stirred, mut known, mut reel) = (Vec::new(), Vec::new(), Reel::default());
        let encoding = self.watcher.library.encoding;
        let listed: Result<(), Infallible> = list(file, encoding, |listed| {
            match listed {
                Ok(Listed { source, .. }) => match self.meet(&source, &mut reel) {
                    Some((article, as_it_was)) => {
                        known.push(article);
                        stirred.extend((!as_it_was).then_some(source));
                    }
                    None => stirred.push(source),
                },
                Err(problem) if self.census.tell(&problem) => {
                    self.problems.push(problem.to_string());
                }
                Err(_) => {}
            }
            ControlFlow::Continue(())
        });
        for &article in &known {
            self.census.restamp(article, stamp);
        }
        self.here.extend(&known);
        self.census.enter_records(path, stamp, known);
        listed.map_or_else(|never| match never {}, |()| stirred)
    }

    /// Where an article lies now; which it is, and whether its text is as it was, if it is known.
    fn meet(&mut self, source: &Source, reel: &mut Reel) -> Option<(ArticleId, bool)> {
        let on = &self.watcher.shelf;
        let article = on.named(source.root(), &source.name)?;
        on.relocate(article, source.clone());
        // Of one that was never read nobody knows how it was.
        let Some(known) = on.digest(article).filter(|known| !known.is_provisional()) else {
            return Some((article, true));
        };
        let encoding = self.watcher.library.encoding;
        let line = read_line(source, reel, encoding).ok();
        let text = line.and_then(|line| record_text(line, encoding).ok());
        let same = text.is_some_and(|text| <[u8; 32]>::from(Sha256::digest(text)) == known.sha256);
        Some((article, same))
    }
}
