//! Files that hold an article in each line, listed again once they have changed.

use std::collections::HashSet;
use std::convert::Infallible;
use std::ops::ControlFlow;

use sha2::{Digest as _, Sha256};

use super::Watch;
use super::census::Seen;
use crate::corpus::{ArticleId, record_text};
use crate::io::Problem;
use crate::io::record::{Reel, list, read_line};
use crate::io::shelf::Origin;
use crate::io::walk::Source;

/// What became of the articles of a file.
#[derive(Debug, Default)]
pub(super) struct Relisted {
    /// Those that are new, have another text, or are back.
    pub(super) stirred: Vec<Source>,
    /// Those that were there and are not any more.
    pub(super) gone: Vec<ArticleId>,
    /// What is wrong with the file or its lines.
    pub(super) problems: Vec<Problem>,
}

impl Watch {
    /// Lists the articles of a file that is not as it was. Where each lies now is noted.
    pub(super) fn relist(&self, file: &Source) -> Relisted {
        let (mut relisted, mut here, mut reel) =
            (Relisted::default(), HashSet::new(), Reel::default());
        let before = self.watcher.shelf.records_in(&file.path());
        let encoding = self.watcher.library.encoding;
        let listed: Result<(), Infallible> = list(file, encoding, |listed| {
            match listed {
                Ok(listed) => {
                    let known = self.meet(&listed.source, &mut reel);
                    here.extend(known.map(|(article, _)| article));
                    if !known.is_some_and(|(_, as_it_was)| as_it_was) {
                        relisted.stirred.push(listed.source);
                    }
                }
                Err(problem) => relisted.problems.push(problem),
            }
            ControlFlow::Continue(())
        });
        let there = |article: &ArticleId| !here.contains(article) && !self.is_gone(*article);
        relisted.gone = before.into_iter().filter(there).collect();
        listed.map_or_else(|never| match never {}, |()| relisted)
    }

    fn is_gone(&self, article: ArticleId) -> bool {
        self.census.as_ref().is_some_and(|census| census.seen(article) == Seen::Gone)
    }

    /// Which article it is, and whether it is as it was, if it is known.
    fn meet(&self, source: &Source, reel: &mut Reel) -> Option<(ArticleId, bool)> {
        let on = &self.watcher.shelf;
        let article = on.named(source.root(), &source.name)?;
        on.relocate(article, Origin::File(source.clone()));
        // Of one that was never read nobody knows how it was.
        let Some(known) = on.digest(article).filter(|known| !known.is_provisional()) else {
            return Some((article, !self.is_gone(article)));
        };
        let encoding = self.watcher.library.encoding;
        let line = read_line(source, reel, encoding).ok();
        let text = line.and_then(|line| record_text(line, encoding).ok());
        let same = text.is_some_and(|text| <[u8; 32]>::from(Sha256::digest(text)) == known.sha256);
        Some((article, same && !self.is_gone(article)))
    }
}
