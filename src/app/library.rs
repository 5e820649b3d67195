//! The article list: what stays in memory of each article, sorted and filtered.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::field::Field;
use super::order::{Order, Sort};
use super::place::PlaceKey;
use super::search::LibrarySearch;
use super::survey::Work;
use super::voice::VoiceList;
use crate::corpus::{ArticleId, Corrected, Digest, Metadata, day_in_name, stem};
use crate::note::Annotation;
use crate::search::Filter;

/// Where more than one article in so many comes into the list, they are sorted with all that stand there: to
/// look for the place of each takes longer.
const SHARE: usize = 32;
/// How many items from the first on screen are looked through before all others.
const NEAR: usize = 256;

/// What stays in memory of an article whose text is not. There is one of each article, so what it has
/// in common with others is shared.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its identity in this run.
    pub id: ArticleId,
    /// The folder that its name is relative to.
    pub root: Arc<Path>,
    /// Its name, as the contract defines it.
    pub name: Arc<str>,
    /// What the program derived from its text, once that was read.
    pub digest: Option<Arc<Digest>>,
    /// How many quotations it holds, as the program judges, once it has.
    pub quotations: Option<u32>,
    /// What a person put right, where anything was.
    pub corrected: Option<Box<Corrected>>,
    /// How far it has been read, in scalar values of its text.
    pub furthest: usize,
    /// How long its own report is, in scalar values, once it has been open.
    pub report_chars: usize,
    /// Whether it counts as read.
    pub read: bool,
    /// Whether it was named, but holds no article that could be read: the list does not show it.
    pub unreadable: bool,
}

impl Entry {
    /// An article of which nothing is known but its name.
    #[must_use]
    pub const fn named(id: ArticleId, root: Arc<Path>, name: Arc<str>) -> Self {
        Self {
            id,
            root,
            name,
            digest: None,
            quotations: None,
            corrected: None,
            furthest: 0,
            report_chars: 0,
            read: false,
            unreadable: false,
        }
    }

    fn right<'e, T: ?Sized>(
        &'e self,
        of: impl Fn(&'e Corrected) -> Option<&'e T>,
    ) -> Option<&'e T> {
        self.corrected.as_deref().and_then(of)
    }

    /// What is known of it, with what a person put right laid over it.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        let known = match &self.digest {
            Some(digest) => digest.metadata(),
            None => Metadata { published: self.published(), ..Metadata::default() },
        };
        match &self.corrected {
            Some(corrected) => known.corrected(corrected),
            None => known,
        }
    }

    /// What the list calls it.
    #[must_use]
    pub fn title(&self) -> &str {
        let right = self.right(|it| it.title.as_deref());
        let known = || self.digest.as_deref().map(Digest::display_title);
        let known = right.or_else(|| known().filter(|title| !title.is_empty()));
        known.unwrap_or_else(|| stem(&self.name))
    }

    /// Who published it.
    #[must_use]
    pub fn outlet(&self) -> Option<&str> {
        self.right(|it| it.outlet.as_deref()).or_else(|| self.digest.as_deref()?.outlet())
    }

    /// Who wrote it.
    #[must_use]
    pub fn byline(&self) -> Option<&str> {
        self.right(|it| it.byline.as_deref()).or_else(|| self.digest.as_deref()?.byline())
    }

    /// The day of publication; the one in its name, where no more is known of it.
    #[must_use]
    pub fn published(&self) -> Option<Date> {
        self.right(|it| it.published.as_ref()).copied().or_else(|| match &self.digest {
            Some(digest) => digest.published(),
            None => day_in_name(&self.name),
        })
    }

    /// How many words its own report has, once it was read.
    #[must_use]
    pub fn words(&self) -> Option<usize> {
        self.digest.as_ref().filter(|digest| !digest.is_provisional()).map(|digest| digest.words)
    }

    /// How to cite it: title, outlet, date, and its name.
    #[must_use]
    pub fn citation(&self) -> String {
        let parts = [
            Some(self.title().to_owned()),
            self.outlet().map(str::to_owned),
            self.published().map(|date| date.strftime("%-d %b %Y").to_string()),
        ];
        let known: Vec<String> = parts.into_iter().flatten().collect();
        format!("{} ({})", known.join(", "), self.name)
    }

    /// What its place is kept under.
    #[must_use]
    pub fn place_key(&self) -> PlaceKey {
        (self.root.to_string_lossy().into_owned(), self.name.to_string())
    }

    /// How much of it has been read, in per cent.
    #[must_use]
    pub fn percent_read(&self) -> usize {
        let chars = || self.digest.as_ref().map_or(0, |digest| digest.chars);
        let total = if self.report_chars > 0 { self.report_chars } else { chars() };
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

/// The article list.
#[derive(Debug, Default)]
pub struct Library {
    /// All articles; an [`ArticleId`] is an index into it.
    pub entries: Vec<Entry>,
    /// Those that the list shows, in its order.
    pub shown: Vec<ArticleId>,
    /// The order.
    pub sort: Sort,
    /// Whether articles were last stepped through from the last to the first.
    pub backward: bool,
    /// What the list is filtered by.
    pub filter: Field,
    /// The article that the list's cursor is on.
    pub selected: Option<ArticleId>,
    /// Articles picked for what is done to several at once.
    pub picked: BTreeSet<ArticleId>,
    /// Whether the names of all articles are known.
    pub listed: bool,
    /// Whether all articles were read once.
    pub walked: bool,
    /// What is being done to all of it, and how far that is.
    pub work: Option<Work>,
    /// How many entries could not be read, and are no articles.
    pub unreadable: usize,
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
    /// What is to be read before the rest, as was asked for last.
    pub(super) preferred: Vec<ArticleId>,
    /// What sorting needs to know of each.
    pub(super) order: Order,
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

    /// How many articles there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len().saturating_sub(self.unreadable)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds an article whose id is the next, or takes in more of one that is there. The caller arranges
    /// the list afterwards, or has it [admit](Self::admit) the article.
    pub fn add(&mut self, entry: Entry) {
        match self.entry_mut(entry.id) {
            Some(known) => {
                let before = std::mem::replace(known, entry);
                self.unreadable -= usize::from(before.unreadable);
            }
            None => self.entries.push(entry),
        }
    }

    /// Takes an article off the list that turned out to be none.
    pub fn withdraw(&mut self, article: ArticleId) {
        let Some(entry) = self.entry_mut(article) else { return };
        let more = !std::mem::replace(&mut entry.unreadable, true);
        self.unreadable += usize::from(more);
    }

    /// Filters and sorts the list anew; the cursor stays on its article where the filter lets it
    /// through.
    pub fn arrange(&mut self) {
        let at = self.row_of_selected();
        let filter = Filter::new(self.filter.text());
        let through = self.entries.iter().filter(|entry| lets_through(&filter, entry));
        let mut shown: Vec<ArticleId> = through.map(|entry| entry.id).collect();
        self.order.learn(self.sort, &self.entries);
        self.order.sort(&mut shown, &self.entries);
        self.shown = shown;
        self.keep_selected(at);
    }

    /// Takes into the list what is known by now of some of its articles, each in its place; the cursor
    /// stays on its article. What that costs follows how many they are.
    pub fn admit(&mut self, articles: &[ArticleId]) {
        if !self.order.is_for(self.sort) {
            return self.arrange();
        }
        let at = self.row_of_selected();
        let mut articles = articles.to_vec();
        articles.sort_unstable();
        articles.dedup();
        let first_new = self.order.relearn(&articles, &self.entries);
        if articles.first().is_some_and(|&first| first < first_new) {
            self.shown.retain(|article| articles.binary_search(article).is_err());
        }
        let filter = Filter::new(self.filter.text());
        let entries = articles.iter().filter_map(|&article| self.entry(article));
        let through = entries.filter(|entry| lets_through(&filter, entry));
        let mut anew: Vec<ArticleId> = through.map(|entry| entry.id).collect();
        if anew.len() > self.shown.len() / SHARE {
            self.shown.append(&mut anew);
            self.order.sort(&mut self.shown, &self.entries);
        } else {
            self.order.sort(&mut anew, &self.entries);
            self.shown = self.order.merged(&self.shown, &anew, &self.entries);
        }
        self.keep_selected(at);
    }

    /// The row of the screen that the cursor is on, counted in items.
    fn row_of_selected(&self) -> usize {
        self.selected_index().saturating_sub(self.top)
    }

    /// Finds the cursor again, and leaves it on its row of the screen.
    fn keep_selected(&mut self, row: usize) {
        let here = self.index_of(self.selected);
        if here.is_none() {
            self.selected = self.shown.first().copied();
        }
        self.top = here.unwrap_or(0).saturating_sub(row);
    }

    /// Where in the list an article is: an index into `shown`.
    #[must_use]
    pub fn index_of(&self, article: Option<ArticleId>) -> Option<usize> {
        let article = article?;
        // Most often it is one of those on screen.
        let near = self.shown.iter().enumerate().skip(self.top).take(NEAR);
        let near = near.filter(|(_, shown)| **shown == article).map(|(at, _)| at).next();
        near.or_else(|| self.shown.iter().position(|&shown| shown == article))
    }

    /// Where the cursor is: an index into `shown`.
    #[must_use]
    pub fn selected_index(&self) -> usize {
        self.index_of(self.selected).unwrap_or(0)
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
        let here = self.index_of(from);
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

/// Whether the list shows an article under this filter.
fn lets_through(filter: &Filter, entry: &Entry) -> bool {
    let fields = || [entry.title(), entry.outlet().unwrap_or_default(), &entry.name];
    let through = || filter.lets_through(fields().into_iter().chain(entry.byline()));
    !entry.unreadable && (filter.is_empty() || through())
}
