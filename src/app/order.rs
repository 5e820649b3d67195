//! The order of the article list.

use std::cmp::Ordering;
use std::iter;

use jiff::civil::Date;

use super::library::Entry;
use crate::corpus::ArticleId;

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The newest first, undated ones last.
    #[default]
    Newest,
    /// The oldest first, undated ones last.
    Oldest,
    /// By title.
    Title,
    /// By outlet, then the newest first.
    Outlet,
    /// The longest first.
    Longest,
    /// Unread ones first, then the newest.
    Unread,
    /// By name.
    Name,
}

impl Sort {
    /// All orders, each followed by the next.
    const ALL: &[(Self, &'static str)] = &[
        (Self::Newest, "newest first"),
        (Self::Oldest, "oldest first"),
        (Self::Title, "by title"),
        (Self::Outlet, "by outlet"),
        (Self::Longest, "longest first"),
        (Self::Unread, "unread first"),
        (Self::Name, "by name"),
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(sort, _)| *sort == self).map_or("", |(_, name)| name)
    }

    /// The order of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(sort, _)| *sort)
    }

    /// The order after it.
    #[must_use]
    pub fn next(self) -> Self {
        let here = Self::ALL.iter().position(|(sort, _)| *sort == self).unwrap_or(0);
        Self::ALL.get((here + 1) % Self::ALL.len()).map_or(self, |(sort, _)| *sort)
    }

    /// A number that sorts articles as far as a number can.
    fn key(self, entry: &Entry) -> u64 {
        let newest = || u64::MAX - day_number(entry.published()).unwrap_or(0);
        match self {
            Self::Newest => newest(),
            Self::Oldest => day_number(entry.published()).unwrap_or(u64::MAX),
            Self::Title => prefix(lower(entry.title())),
            Self::Outlet => {
                // One without an outlet comes after all that have one.
                entry.outlet().map_or(u64::MAX, |it| prefix(it.chars()))
            }
            Self::Longest => u64::MAX - entry.words().map_or(0, |words| words as u64),
            Self::Unread => (u64::from(!entry.read) << 63) ^ newest(),
            Self::Name => 0,
        }
    }

    /// How two articles stand to each other whose numbers are alike, apart from their names.
    fn compare(self, a: &Entry, b: &Entry) -> Ordering {
        match self {
            Self::Title => lower(a.title()).cmp(lower(b.title())),
            Self::Outlet => {
                let newest = Self::Newest.key(a).cmp(&Self::Newest.key(b));
                a.outlet().cmp(&b.outlet()).then(newest)
            }
            _ => Ordering::Equal,
        }
    }

    /// Whether the numbers and the names tell all articles apart.
    const fn is_numeric(self) -> bool {
        !matches!(self, Self::Title | Self::Outlet)
    }
}

/// A number that grows with the day, and is never 0.
fn day_number(day: Option<Date>) -> Option<u64> {
    let day = day?;
    let year = u64::try_from(i32::from(day.year()) + 10_000).ok()?;
    let within = u64::try_from(i32::from(day.month()) * 32 + i32::from(day.day())).ok()?;
    Some(year * 512 + within)
}

/// The letters without regard to case.
fn lower(words: &str) -> impl Iterator<Item = char> + '_ {
    words.chars().flat_map(char::to_lowercase)
}

/// The first letters as a number that sorts like them.
fn prefix(letters: impl Iterator<Item = char>) -> u64 {
    // A scalar value has 21 bits, and one that is not there comes before all others.
    let letters = letters.map(|letter| u64::from(u32::from(letter)) + 1).chain(iter::repeat(0));
    letters.take(3).fold(0, |so_far, letter| (so_far << 21) | letter.min((1 << 21) - 1))
}

/// What sorting needs to know of each article, so that comparing two of them takes no more than two
/// numbers.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The order that the keys are for.
    sort: Sort,
    /// The number of each article in that order.
    keys: Vec<u64>,
    /// The how-manieth each article is by name.
    ranks: Vec<u32>,
    /// The last article by name.
    last: Option<ArticleId>,
}

impl Order {
    /// Learns all about the articles that an order of them needs.
    pub(super) fn learn(&mut self, sort: Sort, entries: &[Entry]) {
        self.sort = sort;
        self.keys.clear();
        self.keys.extend(entries.iter().map(|entry| sort.key(entry)));
        if self.ranks.len() != entries.len() {
            self.rank(entries);
        }
    }

    /// An article may have another name now.
    pub(super) fn forget_names(&mut self) {
        self.ranks.clear();
    }

    fn rank(&mut self, entries: &[Entry]) {
        let mut by_name: Vec<&Entry> = entries.iter().collect();
        // What comes of a walk is sorted already, but for a piece here and there.
        by_name.sort_by(|a, b| (&a.name, &a.root).cmp(&(&b.name, &b.root)));
        self.ranks.clear();
        self.ranks.resize(entries.len(), 0);
        self.last = by_name.last().map(|entry| entry.id);
        for (rank, entry) in (0..).zip(by_name) {
            if let Some(slot) = index(entry.id).and_then(|at| self.ranks.get_mut(at)) {
                *slot = rank;
            }
        }
    }

    /// Whether it is this order that it knows of.
    pub(super) fn is_for(&self, sort: Sort) -> bool {
        self.sort == sort
    }

    /// Learns about the articles that came behind those it knows, and anew about `articles`. The first that
    /// it knew nothing of before.
    pub(super) fn relearn(&mut self, articles: &[ArticleId], entries: &[Entry]) -> ArticleId {
        let sort = self.sort;
        let known = self.keys.len();
        for at in articles.iter().filter_map(|&article| index(article)) {
            if let (Some(key), Some(entry)) = (self.keys.get_mut(at), entries.get(at)) {
                *key = sort.key(entry);
            }
        }
        self.keys.extend(entries.iter().skip(known).map(|entry| sort.key(entry)));
        if self.ranks.len() != entries.len() && !self.rank_on(entries) {
            self.rank(entries);
        }
        ArticleId(u32::try_from(known).unwrap_or(u32::MAX))
    }

    /// Ranks the articles that came last, if they come behind all others by name, and in order.
    fn rank_on(&mut self, entries: &[Entry]) -> bool {
        let known = self.ranks.len();
        let Some(last) = self.last.filter(|_| known > 0).and_then(index) else { return false };
        let behind = entries.get(known..).unwrap_or_default();
        let chain = || entries.get(last).into_iter().chain(behind);
        let in_order = chain().zip(behind).all(|(a, b)| a.name < b.name);
        if in_order {
            self.ranks.extend((0..).skip(known).take(behind.len()));
            self.last = behind.last().map_or(self.last, |entry| Some(entry.id));
        }
        in_order
    }

    fn place(&self, article: ArticleId) -> Place {
        let of = |at| Some((*self.keys.get(at)?, *self.ranks.get(at)?));
        let (key, rank) = index(article).and_then(of).unwrap_or_default();
        Place::new(key, rank, article)
    }

    /// Sorts some articles.
    pub(super) fn sort(&self, articles: &mut Vec<ArticleId>, entries: &[Entry]) {
        let mut places: Vec<Place> = articles.iter().map(|&it| self.place(it)).collect();
        // A sort that keeps the order of the like is quick where much is in order already.
        if self.sort.is_numeric() {
            places.sort();
        } else {
            places.sort_by(|a, b| self.compare(*a, *b, entries));
        }
        articles.clear();
        articles.extend(places.into_iter().map(Place::article));
    }

    fn compare(&self, a: Place, b: Place, entries: &[Entry]) -> Ordering {
        let entry = |place: Place| index(place.article()).and_then(|at| entries.get(at));
        let alike = || match (entry(a), entry(b)) {
            (Some(one), Some(other)) => self.sort.compare(one, other),
            _ => Ordering::Equal,
        };
        a.key().cmp(&b.key()).then_with(alike).then(a.cmp(&b))
    }

    /// Two sorted lists in one.
    pub(super) fn merged(
        &self,
        many: &[ArticleId],
        few: &[ArticleId],
        entries: &[Entry],
    ) -> Vec<ArticleId> {
        let mut merged = Vec::with_capacity(many.len() + few.len());
        let mut rest = many;
        for &article in few {
            let place = self.place(article);
            let before = rest.partition_point(|&it| {
                self.compare(self.place(it), place, entries) == Ordering::Less
            });
            let (head, tail) = rest.split_at_checked(before).unwrap_or((rest, &[]));
            merged.extend_from_slice(head);
            merged.push(article);
            rest = tail;
        }
        merged.extend_from_slice(rest);
        merged
    }
}

/// An article's number, its rank by name, and itself, in one number that sorts like the three of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u128);

impl Place {
    fn new(key: u64, rank: u32, article: ArticleId) -> Self {
        Self(u128::from(key) << 64 | u128::from(rank) << 32 | u128::from(article.0))
    }

    const fn key(self) -> u128 {
        self.0 >> 64
    }

    fn article(self) -> ArticleId {
        let [a, b, c, d, ..] = self.0.to_le_bytes();
        ArticleId(u32::from_le_bytes([a, b, c, d]))
    }
}

fn index(article: ArticleId) -> Option<usize> {
    usize::try_from(article.0).ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::app::library::Library;
    use crate::corpus::{Digest, Metadata};

    /// What is known of an article: its day, outlet and title, by small numbers.
    fn digest((day, outlet, title): (i8, u8, u8)) -> Arc<Digest> {
        let known = Metadata {
            title: (title > 0).then(|| format!("Ferry {title}")),
            outlet: (outlet > 0).then(|| format!("Coast Wire {outlet}")),
            published: (day > 0).then(|| date(2026, 2, day)),
            ..Metadata::default()
        };
        Arc::new(Digest::provisional(&known, "so it is"))
    }

    fn known() -> impl Strategy<Value = (i8, u8, u8)> {
        (0_i8..6, 0_u8..4, 0_u8..4)
    }

    proptest! {
        #[test]
        fn what_comes_bit_by_bit_stands_where_it_would_if_it_came_at_once(
            names in prop::collection::vec("[a-c]{1,3}", 1..40),
            are_sorted: bool,
            batches in prop::collection::vec(
                (0_usize..20, prop::collection::vec((any::<prop::sample::Index>(), known()), 0..4)),
                0..8,
            ),
            sort in 0..Sort::ALL.len(),
        ) {
            let mut library = Library { sort: Sort::ALL[sort].0, ..Library::default() };
            let root: Arc<Path> = Path::new("/r").into();
            let mut names = names;
            if are_sorted {
                names.sort();
            }
            let mut new = (0..).map(ArticleId).zip(&names);
            let last = (names.len(), Vec::new());
            for (count, learned) in batches.into_iter().chain([last]) {
                let mut articles = Vec::new();
                for (id, name) in new.by_ref().take(count) {
                    library.add(Entry::named(id, Arc::clone(&root), name.as_str().into()));
                    articles.push(id);
                }
                let all = library.entries.len();
                for (at, known) in learned.into_iter().filter(|_| all > 0) {
                    let at = at.index(all);
                    library.entries[at].digest = Some(digest(known));
                    articles.push(library.entries[at].id);
                }
                let selected = library.selected;
                library.admit(&articles);
                prop_assert!(selected.is_none() || library.selected == selected);
                let (entries, sort) = (library.entries.clone(), library.sort);
                let mut at_once = Library { entries, sort, ..Library::default() };
                at_once.arrange();
                prop_assert_eq!(&library.shown, &at_once.shown);
                prop_assert_eq!(library.shown.len(), all);
            }
            prop_assert_eq!(library.shown.len(), names.len());
            let in_order = library.shown.windows(2).all(|pair| {
                let [a, b] = [pair[0], pair[1]].map(|id| library.entry(id).unwrap());
                let of = |entry: &Entry| (entry.published(), entry.outlet().map(str::to_owned));
                match library.sort {
                    Sort::Newest => of(a).0 >= of(b).0,
                    Sort::Oldest => of(b).0.is_none() || of(a).0.is_some_and(|day| Some(day) <= of(b).0),
                    Sort::Title => a.title().to_lowercase() <= b.title().to_lowercase(),
                    Sort::Outlet => of(b).1.is_none() || of(a).1.is_some_and(|it| Some(it) <= of(b).1),
                    Sort::Name => a.name <= b.name,
                    Sort::Longest | Sort::Unread => true,
                }
            });
            prop_assert!(in_order);
        }
    }
}
