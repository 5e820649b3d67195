//! The article list: what stays in memory of each article, sorted and filtered.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::Date;

use super::field::Field;
use super::place::PlaceKey;
use super::search::LibrarySearch;
use super::voice::VoiceList;
use crate::corpus::{ArticleId, Corrected, Digest, Metadata};
use crate::note::Annotation;
use crate::search::Filter;

/// What stays in memory of an article whose text is not.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its identity in this run.
    pub id: ArticleId,
    /// The folder that its name is relative to.
    pub root: PathBuf,
    /// Its name, as the contract defines it.
    pub name: String,
    /// What the program derived from its text.
    pub digest: Digest,
    /// How many quotations it holds, as the program judges.
    pub quotations: usize,
    /// What a person put right.
    pub corrected: Corrected,
    /// How far it has been read, in scalar values of its text.
    pub furthest: usize,
    /// How long its own report is, in scalar values, once it has been open.
    pub report_chars: usize,
    /// Whether it counts as read.
    pub read: bool,
}

impl Entry {
    /// What is known of it, with what a person put right laid over it.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        self.digest.metadata().corrected(&self.corrected)
    }

    /// What the list calls it.
    #[must_use]
    pub fn title(&self) -> String {
        self.corrected.title.clone().unwrap_or_else(|| self.digest.display_title().to_owned())
    }

    /// Who published it.
    #[must_use]
    pub fn outlet(&self) -> Option<&str> {
        self.corrected.outlet.as_deref().or(self.digest.outlet())
    }

    /// The day of publication.
    #[must_use]
    pub fn published(&self) -> Option<Date> {
        self.corrected.published.or(self.digest.published())
    }

    /// How to cite it: title, outlet, date, and its name.
    #[must_use]
    pub fn citation(&self) -> String {
        let parts = [
            Some(self.title()),
            self.outlet().map(str::to_owned),
            self.published().map(|date| date.strftime("%-d %b %Y").to_string()),
        ];
        let known: Vec<String> = parts.into_iter().flatten().collect();
        format!("{} ({})", known.join(", "), self.name)
    }

    /// What its place is kept under.
    #[must_use]
    pub fn place_key(&self) -> PlaceKey {
        (self.root.to_string_lossy().into_owned(), self.name.clone())
    }

    /// How much of it has been read, in per cent.
    #[must_use]
    pub fn percent_read(&self) -> usize {
        let total = if self.report_chars > 0 { self.report_chars } else { self.digest.chars };
        (self.furthest * 100).checked_div(total).unwrap_or(0).min(100)
    }
}

/// An article found on disk, with what the store has on it.
#[derive(Debug)]
pub struct Found {
    /// The article.
    pub entry: Entry,
    /// Its annotations, tombstones included.
    pub annotations: Vec<Annotation>,
}

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

    /// How two articles stand to each other; by name where they are alike.
    fn compare(self, a: &Entry, b: &Entry) -> Ordering {
        let newest = || (Reverse(a.published())).cmp(&Reverse(b.published()));
        let oldest = || {
            (a.published().is_none(), a.published()).cmp(&(b.published().is_none(), b.published()))
        };
        let first = match self {
            Self::Newest => newest(),
            Self::Oldest => oldest(),
            Self::Title => a.title().to_lowercase().cmp(&b.title().to_lowercase()),
            Self::Outlet => (a.outlet().is_none(), a.outlet())
                .cmp(&(b.outlet().is_none(), b.outlet()))
                .then_with(newest),
            Self::Longest => b.digest.words.cmp(&a.digest.words),
            Self::Unread => a.read.cmp(&b.read).then_with(newest),
            Self::Name => Ordering::Equal,
        };
        first.then_with(|| (&a.name, &a.root).cmp(&(&b.name, &b.root)))
    }
}

/// The article list.
#[derive(Debug, Default)]
pub struct Library {
    /// All articles; an [`ArticleId`] is an index into it.
    pub entries: Vec<Entry>,
    /// Those that the list shows, in its order.
    pub shown: Vec<ArticleId>,
    /// The order.
    pub sort: Sort,
    /// What the list is filtered by.
    pub filter: Field,
    /// The article that the list's cursor is on.
    pub selected: Option<ArticleId>,
    /// Articles picked for what is done to several at once.
    pub picked: BTreeSet<ArticleId>,
    /// Whether the walk has ended.
    pub walked: bool,
    /// What could not be read, a line each.
    pub problems: Vec<String>,
    /// Articles that cannot be read from the disk any more, and why.
    pub gone: BTreeMap<ArticleId, String>,
    /// Articles that are not on the disk as they are on the screen.
    pub changed: BTreeSet<ArticleId>,
    /// The first item on screen: an index into `shown`.
    pub top: usize,
    /// The search over all of it.
    pub search: LibrarySearch,
    /// Who speaks in it.
    pub voices: VoiceList,
}

impl Library {
    /// An empty list in the order of that name.
    #[must_use]
    pub fn sorted_by_name(sort: &str) -> Self {
        Self { sort: Sort::named(sort).unwrap_or_default(), ..Self::default() }
    }

    /// An article by its id.
    #[must_use]
    pub fn entry(&self, article: ArticleId) -> Option<&Entry> {
        self.entries.get(usize::try_from(article.0).ok()?)
    }

    /// An article by its id, to be changed.
    pub fn entry_mut(&mut self, article: ArticleId) -> Option<&mut Entry> {
        self.entries.get_mut(usize::try_from(article.0).ok()?)
    }

    /// Adds an article. Its id is the next; the caller arranges the list afterwards.
    pub fn add(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Filters and sorts the list anew; the cursor stays on its article where the filter lets it
    /// through.
    pub fn arrange(&mut self) {
        let filter = Filter::new(self.filter.text());
        let through = |entry: &&Entry| {
            let title = entry.title();
            let fields = [title.as_str(), entry.outlet().unwrap_or_default(), entry.name.as_str()];
            let byline = entry.corrected.byline.as_deref().or(entry.digest.byline());
            filter.lets_through(fields.into_iter().chain(byline))
        };
        let mut shown: Vec<&Entry> = self.entries.iter().filter(through).collect();
        shown.sort_by(|a, b| self.sort.compare(a, b));
        self.shown = shown.into_iter().map(|entry| entry.id).collect();
        if self.selected.is_none_or(|selected| !self.shown.contains(&selected)) {
            self.selected = self.shown.first().copied();
        }
    }

    /// Where the cursor is: an index into `shown`.
    #[must_use]
    pub fn selected_index(&self) -> usize {
        let selected = self.selected;
        self.shown.iter().position(|&article| Some(article) == selected).unwrap_or(0)
    }

    /// The place of each article in the list.
    #[must_use]
    pub fn ranks(&self) -> BTreeMap<ArticleId, usize> {
        self.shown.iter().enumerate().map(|(rank, &article)| (article, rank)).collect()
    }

    /// The article so many places after or before another in the list.
    #[must_use]
    pub fn neighbour(
        &self,
        from: Option<ArticleId>,
        steps: usize,
        forward: bool,
    ) -> Option<ArticleId> {
        let here = self.shown.iter().position(|&article| Some(article) == from);
        let to = match (here, forward) {
            (Some(here), true) => here.checked_add(steps)?,
            (Some(here), false) => here.checked_sub(steps)?,
            (None, _) => 0,
        };
        self.shown.get(to).copied()
    }

    /// Moves the first item on screen so that the cursor is on a screen of `items`.
    pub fn show_selected(&mut self, items: usize) {
        let here = self.selected_index();
        let last_top = self.shown.len().saturating_sub(items);
        self.top = self.top.min(here).max((here + 1).saturating_sub(items)).min(last_top);
    }
}
