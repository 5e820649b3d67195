//! The search over the library: what is typed, what was found so far, and where one is in that.

use jiff::{SignedDuration, Timestamp};

use super::field::Field;
use super::saved::SavedSearches;
use crate::corpus::ArticleId;
use crate::search::Manner;
use crate::text::Span;

/// How long a search may take before its progress is shown.
pub(super) const PATIENCE: SignedDuration = SignedDuration::from_millis(500);

/// A place where the words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where, in bytes of the article's canonical text.
    pub span: Span,
    /// Its line, or some of it: untrusted text.
    pub line: String,
    /// The hit in that line, in bytes of it.
    pub mark: Span,
}

/// An article in which something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitGroup {
    /// The article.
    pub article: ArticleId,
    /// The hits that are kept, in the order of the text.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub count: usize,
}

/// What came of a part of a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// The search that it came of: a later one makes it stale.
    pub generation: u64,
    /// The articles in which something was found, in the order in which they were asked for.
    pub groups: Vec<HitGroup>,
    /// How many articles were searched for it.
    pub searched: usize,
    /// Whether all articles were searched that one effect asked for.
    pub ended: bool,
    /// Why nothing is found at all, in one line.
    pub problem: Option<String>,
}

/// How far a search has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// The articles to search.
    pub of: usize,
    /// Those that were searched.
    pub searched: usize,
    /// Effects that were asked for and have not ended.
    pub(super) running: usize,
    /// When the search began.
    pub(super) since: Option<Timestamp>,
    /// Whether it has taken so long that a person wants to know.
    pub slow: bool,
    /// Whether it was given up.
    pub cancelled: bool,
}

impl Progress {
    /// One of a search that begins with one effect, over so many articles.
    pub(super) fn begun(of: usize, now: Timestamp) -> Self {
        Self { of, running: 1, since: Some(now), ..Self::default() }
    }
}

/// The search over the library.
#[derive(Debug, Default)]
pub struct LibrarySearch {
    /// What has been typed.
    pub field: Field,
    /// What is to be made of it.
    pub manner: Manner,
    /// What was found, by article.
    pub groups: Vec<HitGroup>,
    /// How many hits there are in all, those not kept included.
    pub count: usize,
    /// The chosen hit: the how-manieth of those kept.
    pub selected: usize,
    /// How far it has come.
    pub progress: Progress,
    /// What is wrong with what was typed, in one line.
    pub problem: Option<String>,
    /// The searches that were saved: with nothing typed, there is one to choose.
    pub saved: SavedSearches,
    /// The search that counts.
    pub(super) generation: u64,
    /// Whether what is shown was found by an earlier search than the one that counts.
    pub(super) stale: bool,
}

/// A row of the list of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitRow<'a> {
    /// An article, above its hits.
    Article(&'a HitGroup),
    /// A hit, and whether it is the chosen one.
    Hit(&'a Hit, bool),
    /// So many more in the article above.
    More(usize),
}

impl LibrarySearch {
    /// Whether articles are still being searched.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.progress.running > 0
    }

    /// Whether nothing is typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.field.text().trim().is_empty()
    }

    /// How many hits are kept.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.groups.iter().map(|group| group.hits.len()).sum()
    }

    /// The hit that is the `nth` of those kept, with its article.
    #[must_use]
    pub fn hit(&self, nth: usize) -> Option<(ArticleId, &Hit)> {
        let mut before = 0;
        for group in &self.groups {
            if let Some(hit) = nth.checked_sub(before).and_then(|at| group.hits.get(at)) {
                return Some((group.article, hit));
            }
            before += group.hits.len();
        }
        None
    }

    /// The first hit of the article after that of the chosen one, or of the one before.
    #[must_use]
    pub fn neighbour(&self, forward: bool) -> usize {
        let starts = self.groups.iter().scan(0, |next, group| {
            let start = *next;
            *next += group.hits.len();
            Some(start)
        });
        let starts: Vec<usize> = starts.collect();
        let here = starts.partition_point(|&start| start <= self.selected);
        let to = if forward { Some(here) } else { here.checked_sub(2) };
        let to = to.and_then(|to| starts.get(to)).copied();
        to.filter(|&to| to < self.kept()).unwrap_or(self.selected)
    }

    /// Those of the rows of its list that a screen of so many shows, with the chosen hit in the middle
    /// where it can be.
    #[must_use]
    pub fn window(&self, height: usize) -> Vec<HitRow<'_>> {
        let (all, chosen) = (self.rows().count(), self.rows().position(is_chosen).unwrap_or(0));
        let top = chosen.saturating_sub(height / 2).min(all.saturating_sub(height));
        self.rows().skip(top).take(height).collect()
    }

    fn rows(&self) -> impl Iterator<Item = HitRow<'_>> {
        let mut nth = 0;
        self.groups.iter().filter(|group| !group.hits.is_empty()).flat_map(move |group| {
            let first = nth;
            nth += group.hits.len();
            let chosen = self.selected;
            let hits = group.hits.iter().zip(first..);
            let hits = hits.map(move |(hit, at)| HitRow::Hit(hit, at == chosen));
            let more = group.count - group.hits.len().min(group.count);
            let more = (more > 0).then_some(HitRow::More(more));
            std::iter::once(HitRow::Article(group)).chain(hits).chain(more)
        })
    }

    /// Takes in what was found.
    pub(super) fn take(&mut self, findings: Findings, now: Timestamp) {
        if findings.generation != self.generation {
            return;
        }
        if std::mem::take(&mut self.stale) {
            self.forget();
        }
        self.progress.searched += findings.searched;
        self.progress.running -= usize::from(findings.ended).min(self.progress.running);
        self.progress.slow |= self.is_late(now);
        self.count += findings.groups.iter().map(|group| group.count).sum::<usize>();
        self.groups.extend(findings.groups);
        if findings.problem.is_some() {
            self.problem = findings.problem;
        }
    }

    /// Forgets what was found.
    pub(super) fn forget(&mut self) {
        self.groups.clear();
        (self.count, self.selected) = (0, 0);
    }

    /// When it is to be told how far the search has come.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let waiting = self.is_running() && !self.progress.slow;
        let since = self.progress.since.filter(|_| waiting)?;
        since.checked_add(PATIENCE).ok()
    }

    /// Whether it is time to tell how far the search has come.
    pub(super) fn is_late(&self, now: Timestamp) -> bool {
        self.deadline().is_some_and(|deadline| deadline <= now)
    }
}

fn is_chosen(row: HitRow<'_>) -> bool {
    matches!(row, HitRow::Hit(_, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A search that found so many hits an article, of which two are kept at most.
    fn found(counts: &[usize]) -> LibrarySearch {
        let hit = |at| Hit { span: Span::new(at, at + 1), line: "x".into(), mark: Span::new(0, 1) };
        let groups = counts.iter().zip(0..).map(|(&count, id)| {
            let hits = (0..count.min(2)).map(hit).collect();
            HitGroup { article: ArticleId(id), hits, count }
        });
        let mut search = LibrarySearch::default();
        let findings = Findings { groups: groups.collect(), ..Findings::default() };
        search.take(findings, Timestamp::UNIX_EPOCH);
        search
    }

    #[test]
    fn hits_are_counted_through_all_articles() {
        let search = found(&[2, 5, 1]);
        assert_eq!((search.count, search.kept()), (8, 5));
        let places: Vec<_> =
            (0..6).map(|nth| search.hit(nth).map(|(id, hit)| (id.0, hit.span.start.0))).collect();
        assert_eq!(
            places,
            [Some((0, 0)), Some((0, 1)), Some((1, 0)), Some((1, 1)), Some((2, 0)), None]
        );
    }

    #[test]
    fn the_next_article_is_that_of_another_hit() {
        let mut search = found(&[2, 5, 1]);
        let mut to = |selected, forward| {
            search.selected = selected;
            search.neighbour(forward)
        };
        assert_eq!([to(0, true), to(1, true), to(3, true), to(4, true)], [2, 2, 4, 4]);
        assert_eq!([to(0, false), to(2, false), to(3, false), to(4, false)], [0, 0, 0, 2]);
        assert_eq!(found(&[]).neighbour(true), 0);
    }

    #[test]
    fn a_window_shows_the_chosen_one_and_no_empty_rows() {
        let mut search = found(&[2, 5, 1]);
        assert_eq!(search.window(100).len(), 3 + 5 + 1);
        for selected in 0..5 {
            search.selected = selected;
            let window = search.window(3);
            assert_eq!(window.len(), 3);
            assert!(window.into_iter().any(is_chosen), "{selected}");
        }
        assert!(search.window(100).contains(&HitRow::More(3)));
    }

    #[test]
    fn what_is_stale_is_left_out() {
        let mut search = found(&[1]);
        search.generation = 4;
        search.take(
            Findings { generation: 3, searched: 9, ..Findings::default() },
            Timestamp::UNIX_EPOCH,
        );
        assert_eq!((search.progress.searched, search.kept()), (0, 1));
        search.stale = true;
        search.take(Findings { generation: 4, ..Findings::default() }, Timestamp::UNIX_EPOCH);
        assert_eq!(search.kept(), 0);
    }
}
