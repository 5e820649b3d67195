//! Moves: files that are gone, and new ones that hold the same text.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::corpus::{Article, ArticleId};
use crate::io::shelf::{Shelf, beginning};

/// Of so many articles of one text it is looked whether their files are still there.
const COPIES: usize = 8;

/// The articles that may turn out to have moved.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// All articles by the beginning of the hash of their text, once that is asked for.
    by_text: Option<Vec<(u64, ArticleId)>>,
    /// Those whose files were not come by.
    gone: BTreeSet<ArticleId>,
    /// Those whose files were.
    here: HashSet<ArticleId>,
    /// Those that were met elsewhere.
    moved: BTreeSet<ArticleId>,
}

impl Moves {
    /// Before any file was looked into: `gone` are the articles whose files were not come by, `here` those
    /// whose files were.
    pub(super) fn new(gone: BTreeSet<ArticleId>, here: HashSet<ArticleId>) -> Self {
        Self { gone, here, ..Self::default() }
    }

    /// The article whose file this one was, which has the text of a new file.
    pub(super) fn settle(&mut self, text: &Article, on: &Shelf) -> Option<ArticleId> {
        // Of what is only a window of a text the hash is not known.
        let hash = (!text.is_window()).then(|| text.sha256())?;
        let key = beginning(&hash);
        let by_text = self.by_text.get_or_insert_with(|| {
            let mut texts = on.texts();
            texts.sort_unstable();
            texts
        });
        let from = by_text.partition_point(|(known, _)| *known < key);
        let same = by_text.get(from..).unwrap_or_default().iter();
        let same = same.take_while(|(known, _)| *known == key).map(|(_, article)| *article);
        let free = || same.clone().filter(|article| !self.moved.contains(article));
        // One may have gone after it was come by.
        let left = |article: &ArticleId| {
            let file = || on.origin(*article).and_then(|it| it.file());
            self.here.contains(article) && file().is_some_and(|it| is_lost(&it))
        };
        let gone = free().find(|article| self.gone.contains(article));
        let article = gone.or_else(|| free().take(COPIES).find(left))?;
        on.digest(article).filter(|known| known.sha256 == hash)?;
        self.moved.insert(article);
        Some(article)
    }

    /// The articles that are gone, and were met nowhere.
    pub(super) fn gone(self) -> BTreeSet<ArticleId> {
        &self.gone - &self.moved
    }
}

/// Whether there is nothing at `path`, whoever asks.
pub(super) fn is_lost(path: &Path) -> bool {
    let is_nothing = |kind| matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
    fs::metadata(path).is_err_and(|error| is_nothing(error.kind()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::io::shelf::Origin;
    use crate::io::walk::{Manner, Walk};

    #[test]
    fn a_new_file_was_that_of_an_article_of_its_text_whose_own_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt", "c.txt", "d.txt"] {
            fs::write(folder.path().join(name), if name == "d.txt" { "Bread" } else { "Ferry" })
                .unwrap();
        }
        let (on, mut texts) = (Shelf::default(), Vec::new());
        for source in Walk::new([folder.path().to_owned()], Manner::default()) {
            let origin = Origin::File(source.unwrap());
            let text = origin.read(None).unwrap();
            on.add(origin, Some(Arc::new(text.digest()))).unwrap();
            texts.push(text);
        }
        let [ferry, bread] = [&texts[0], &texts[3]];
        // One is not there any more, though it was come by; of another that is known already.
        fs::remove_file(folder.path().join("b.txt")).unwrap();
        let mut moves = Moves::new(
            BTreeSet::from([ArticleId(2), ArticleId(3)]),
            HashSet::from([ArticleId(0), ArticleId(1)]),
        );
        let mut settle = || moves.settle(ferry, &on).map(|it| it.0);
        assert_eq!([settle(), settle(), settle()], [Some(2), Some(1), None]);
        assert_eq!(moves.gone(), BTreeSet::from([ArticleId(3)]));
        assert_eq!(Moves::default().settle(bread, &on), None);
    }
}
