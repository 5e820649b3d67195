//! A list to pick from: what it lists, how that is ranked by what is typed, and where it lies.
//!
//! A library may hold more articles than can be ranked between two keys. So they are ranked a slice at a
//! time: the first one with the key itself, the others whenever there is nothing to be heard, and a key
//! that comes meanwhile begins anew with what is typed by then.

use std::borrow::Cow;
use std::cmp::Reverse;

use ratatui::layout::Rect;
use uuid::Uuid;

use super::Action;
use super::field::Field;
use super::library::{Entry, Library};
use crate::corpus::ArticleId;
use crate::search::Ranker;

/// Items that are ranked at a time: a few milliseconds' worth.
const SLICE: usize = 2_000;
/// Slices after which it is shown how far a ranking has come.
const SHOWN_AFTER: usize = 16;
/// Cells and rows of the panel where there is room.
const SIZE: (u16, u16) = (104, 40);
/// Rows of a panel with next to nothing in it.
const LEAST: u16 = 8;

/// What an item of a list leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// An action.
    Action(Action),
    /// An article.
    Article(ArticleId),
    /// An annotation.
    Annotation(ArticleId, Uuid),
    /// An annotation to be put on the words selected.
    Reanchor(Uuid),
    /// A format to export to.
    Export(super::ExportFormat),
    /// Who said a quotation: an index into the open article's quotations; the item's label is the
    /// name.
    Speaker(usize),
    /// Nothing: the item is there to be read.
    Nothing,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it leads to.
    pub choice: Choice,
    /// What it is called: untrusted text.
    pub label: String,
    /// What else helps to know it: untrusted text.
    pub detail: String,
    /// The colour sign beside it, for annotations.
    pub color: Option<crate::note::Color>,
    /// Whether it is what is being typed, and none of the list's own.
    pub typed: bool,
}

impl Item {
    /// A name.
    pub(super) const fn named(label: String, choice: Choice) -> Self {
        Self { choice, label, detail: String::new(), color: None, typed: false }
    }

    fn of_article(entry: &Entry) -> Self {
        let detail = format!("{} · {}", entry.outlet().unwrap_or_default(), entry.name);
        Self { detail, ..Self::named(entry.title().to_owned(), Choice::Article(entry.id)) }
    }
}

/// What is listed.
#[derive(Debug)]
enum Listed {
    Items(Vec<Item>),
    /// Articles, of which the library knows all there is to say.
    Articles(Vec<ArticleId>),
}

/// A list filtered as you type.
#[derive(Debug)]
pub struct Picker {
    /// What it lists.
    pub title: &'static str,
    /// What has been typed.
    pub field: Field,
    /// The items that match, the best first: see [`Picker::item`].
    pub matching: Vec<usize>,
    /// The chosen one: an index into `matching`.
    pub selected: usize,
    listed: Listed,
    /// Whether letters may be left out of what is typed.
    fuzzy: bool,
    /// What is typed can be taken as it is, as this: its item is the last one.
    free: Option<Choice>,
    /// What `matching` are all matches of.
    ranked: Option<String>,
    ranking: Option<Box<Ranking>>,
}

/// A ranking on its way.
#[derive(Debug)]
struct Ranking {
    typed: String,
    ranker: Ranker,
    /// Where matches may be: in all items, where there is nothing.
    within: Option<Vec<usize>>,
    /// How many of them have been looked at.
    done: usize,
    /// Those that match, the best first.
    scored: Vec<(Reverse<u32>, usize)>,
    /// Whether the best is to be taken when it is found.
    take: bool,
}

impl Picker {
    /// A list of all `items`; `fuzzy` where letters may be left out, else whole words are looked for.
    pub(super) fn new(title: &'static str, items: Vec<Item>, fuzzy: bool) -> Self {
        Self::of(title, Listed::Items(items), fuzzy)
    }

    /// A list of names, or any other that is typed.
    pub(super) fn of_names(title: &'static str, names: &[String], choice: Choice) -> Self {
        let item = |name: &String| Item::named(name.clone(), choice);
        Self { free: Some(choice), ..Self::new(title, names.iter().map(item).collect(), true) }
    }

    /// A list of articles of the library.
    pub(super) fn of_articles(title: &'static str, articles: Vec<ArticleId>) -> Self {
        Self::of(title, Listed::Articles(articles), true)
    }

    fn of(title: &'static str, listed: Listed, fuzzy: bool) -> Self {
        let mut picker = Self {
            title,
            field: Field::default(),
            matching: Vec::new(),
            selected: 0,
            listed,
            fuzzy,
            free: None,
            ranked: None,
            ranking: None,
        };
        picker.matching = (0..picker.len()).collect();
        picker
    }

    /// How many items there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        match &self.listed {
            Listed::Items(items) => items.len(),
            Listed::Articles(articles) => articles.len(),
        }
    }

    /// Whether there is nothing to pick from.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of the items.
    #[must_use]
    pub fn item(&self, at: usize, library: &Library) -> Option<Cow<'_, Item>> {
        match &self.listed {
            Listed::Items(items) => items.get(at).map(Cow::Borrowed),
            Listed::Articles(articles) => {
                let entry = library.entry(*articles.get(at)?)?;
                Some(Cow::Owned(Item::of_article(entry)))
            }
        }
    }

    /// The chosen item.
    pub(super) fn chosen(&self, library: &Library) -> Option<Cow<'_, Item>> {
        self.item(*self.matching.get(self.selected)?, library)
    }

    /// Chooses another item, so many further.
    pub(super) fn choose(&mut self, steps: usize, forward: bool) {
        let last = self.matching.len().saturating_sub(1);
        let to = if forward { self.selected + steps } else { self.selected.saturating_sub(steps) };
        self.selected = to.min(last);
        self.hold();
    }

    /// No longer takes what is found best.
    pub(super) const fn hold(&mut self) {
        if let Some(ranking) = &mut self.ranking {
            ranking.take = false;
        }
    }

    /// Has the best be taken when it is found; whether that is still to come.
    pub(super) const fn take_best(&mut self) -> bool {
        match &mut self.ranking {
            Some(ranking) => {
                ranking.take = true;
                true
            }
            None => false,
        }
    }

    /// Whether there is more to rank.
    pub(super) const fn is_ranking(&self) -> bool {
        self.ranking.is_some()
    }

    /// Begins to narrow the list to what is typed.
    pub(super) fn narrow(&mut self, library: &Library) {
        if let Listed::Items(items) = &mut self.listed {
            items.retain(|item| !item.typed);
        }
        let typed = self.field.text().to_owned();
        let within = self.ranked.as_ref().filter(|before| Ranker::narrows(before, &typed));
        let within = within.map(|_| self.matching.clone());
        let ranker = Ranker::new(&typed, self.fuzzy);
        let scored = Vec::new();
        let ranking = Ranking { typed, ranker, within, done: 0, scored, take: false };
        self.ranking = Some(Box::new(ranking));
        self.selected = 0;
        self.rank_on(library);
    }

    /// Ranks the next slice; whether the best is now known and to be taken.
    pub(super) fn rank_on(&mut self, library: &Library) -> bool {
        let Some(mut ranking) = self.ranking.take() else { return false };
        let all = ranking.within.as_ref().map_or(self.len(), Vec::len);
        let end = (ranking.done + SLICE).min(all);
        let mut text = String::new();
        for nth in ranking.done..end {
            let at = ranking.within.as_ref().map_or(Some(nth), |within| within.get(nth).copied());
            let Some(at) = at.filter(|&at| self.read(at, library, &mut text)) else { continue };
            if let Some(score) = ranking.ranker.score(&text) {
                ranking.scored.push((Reverse(score), at));
            }
        }
        ranking.done = end;
        // What was sorted before is a run already, to which this one is merged.
        ranking.scored.sort();
        let ended = end == all;
        if ended || (end / SLICE).is_multiple_of(SHOWN_AFTER) {
            self.matching = ranking.scored.iter().map(|&(_, at)| at).collect();
            self.selected = self.selected.min(self.matching.len().saturating_sub(1));
            self.ranked = None;
        }
        if !ended {
            self.ranking = Some(ranking);
            return false;
        }
        self.offer_typed();
        self.ranked = Some(ranking.typed).filter(|_| self.free.is_none());
        ranking.take
    }

    /// What of an item is held against what is typed; whether there is such an item.
    fn read(&self, at: usize, library: &Library, text: &mut String) -> bool {
        text.clear();
        match &self.listed {
            Listed::Items(items) => {
                let Some(item) = items.get(at) else { return false };
                text.extend([item.label.as_str(), " ", item.detail.as_str()]);
            }
            Listed::Articles(articles) => {
                let entry = articles.get(at).and_then(|&article| library.entry(article));
                let Some(entry) = entry else { return false };
                let outlet = entry.outlet().unwrap_or_default();
                text.extend([entry.title(), " ", outlet, " · ", &entry.name]);
            }
        }
        true
    }

    /// Puts what is typed last, where it may be taken.
    fn offer_typed(&mut self) {
        let (Some(choice), Listed::Items(items)) = (self.free, &mut self.listed) else { return };
        let typed = self.field.text().trim();
        if !typed.is_empty() && !items.iter().any(|item| item.label == typed) {
            let item = Item { typed: true, ..Item::named(typed.to_owned(), choice) };
            self.matching.push(items.len());
            items.push(item);
        }
    }

    /// Where it lies on a screen.
    #[must_use]
    pub fn layout(&self, screen: Rect) -> PickerLayout {
        let width = SIZE.0.min(screen.width.saturating_sub(4));
        let items = u16::try_from(self.len()).unwrap_or(u16::MAX);
        let rows = self.rows_each();
        let wanted = items.saturating_mul(rows).saturating_add(4).max(LEAST);
        let height = wanted.min(SIZE.1).min(screen.height.saturating_sub(3));
        let panel = Rect {
            x: screen.x + (screen.width - width) / 2,
            y: screen.y + (screen.height - height) / 3,
            width,
            height,
        };
        // Around the items: the frame with a space, what is typed, and a rule.
        let items = Rect {
            x: panel.x + 2,
            y: panel.y + 3,
            width: width.saturating_sub(4),
            height: height.saturating_sub(4),
        };
        let shown = usize::from((items.height / rows).max(1));
        let last_top = self.matching.len().saturating_sub(shown);
        let top = self.selected.saturating_sub(shown / 2).min(last_top);
        PickerLayout { panel, items, rows, top, shown }
    }

    /// Rows of an item: what says much of itself has a second one for what else helps to know it.
    fn rows_each(&self) -> u16 {
        let Listed::Items(items) = &self.listed else { return 2 };
        match items.first().map(|item| item.choice) {
            Some(
                Choice::Article(_) | Choice::Annotation(..) | Choice::Reanchor(_) | Choice::Nothing,
            ) => 2,
            Some(Choice::Action(_) | Choice::Export(_) | Choice::Speaker(_)) | None => 1,
        }
    }
}

/// Where a list to pick from lies on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PickerLayout {
    /// All of it, frame included.
    pub panel: Rect,
    /// Where the items lie.
    pub items: Rect,
    /// Rows of an item.
    pub rows: u16,
    /// The first item shown: an index into [`Picker::matching`].
    pub top: usize,
    /// How many items there is room for.
    pub shown: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// More items than are ranked at a time.
    const MANY: usize = 3 * SLICE + 7;

    fn items(count: usize) -> Vec<Item> {
        let label = |at: usize| format!("Ferry link {at} to Skellan, {}", at % 97);
        (0..count).map(|at| Item::named(label(at), Choice::Nothing)).collect()
    }

    fn typed(picker: &mut Picker, typed: &str) {
        picker.field = Field::default();
        picker.field.insert(typed);
        picker.narrow(&Library::default());
    }

    /// Ranks to the end; in how many slices, and whether the best was to be taken.
    fn end(picker: &mut Picker) -> (usize, bool) {
        let mut slices = 0;
        let mut taken = false;
        while picker.is_ranking() {
            taken = picker.rank_on(&Library::default());
            slices += 1;
        }
        (slices, taken)
    }

    #[test]
    fn many_items_are_ranked_a_slice_at_a_time() {
        let mut picker = Picker::new("Many", items(MANY), true);
        typed(&mut picker, "link 600");
        assert!(picker.is_ranking());
        assert_eq!(end(&mut picker), (3, false));
        let mut whole = Ranker::new("link 600", true);
        let mut all: Vec<(Reverse<u32>, usize)> = items(MANY)
            .iter()
            .enumerate()
            .filter_map(|(at, item)| Some((Reverse(whole.score(&format!("{} ", item.label))?), at)))
            .collect();
        all.sort();
        assert!(all.len() > 10);
        assert_eq!(picker.matching, all.iter().map(|&(_, at)| at).collect::<Vec<_>>());
        let few = &mut Picker::new("Few", items(SLICE), true);
        typed(few, "link");
        assert!(!few.is_ranking());
    }

    #[test]
    fn what_is_typed_last_counts() {
        let mut picker = Picker::new("Many", items(MANY), true);
        typed(&mut picker, "link 6");
        typed(&mut picker, "link 7000");
        end(&mut picker);
        assert!(picker.matching.is_empty());
        typed(&mut picker, "");
        end(&mut picker);
        assert_eq!(picker.matching.len(), MANY);
    }

    #[test]
    fn the_best_is_taken_once_it_is_found() {
        let library = Library::default();
        let mut picker = Picker::new("Many", items(MANY), true);
        assert!(!picker.take_best());
        typed(&mut picker, "link 6003");
        assert!(picker.take_best());
        assert_eq!(end(&mut picker), (3, true));
        let best = picker.chosen(&library).unwrap().label.clone();
        assert!(best.starts_with("Ferry link 6003"), "{best}");
        // Whoever goes on typing, or chooses another, has not yet taken one.
        typed(&mut picker, "link");
        assert!(picker.take_best());
        picker.choose(1, true);
        assert!(!end(&mut picker).1);
        typed(&mut picker, "ferry");
        assert!(picker.take_best());
        typed(&mut picker, "ferry 1");
        assert!(!end(&mut picker).1);
    }

    #[test]
    fn what_is_typed_can_be_taken_where_it_is_none_of_the_list() {
        let names = ["Ada Quill".to_owned(), "Ben Marlow".to_owned()];
        let mut picker = Picker::of_names("Who?", &names, Choice::Speaker(3));
        for (text, shown) in [("ad", 2), ("ada", 2), ("Ada Quill", 1), ("", 2), ("x", 1)] {
            typed(&mut picker, text);
            assert_eq!(picker.matching.len(), shown, "{text:?}");
        }
        assert_eq!(picker.chosen(&Library::default()).unwrap().label, "x");
    }

    proptest! {
        #[test]
        fn going_on_typing_ranks_as_typing_at_once(
            letters in proptest::collection::vec(
                proptest::sample::select(vec!["f", "F", "l", "n", "1", "7", " ", "!", "^", "$", "é"]),
                1..6,
            ),
            fuzzy in any::<bool>(),
        ) {
            let mut going = Picker::new("Some", items(120), fuzzy);
            let mut text = String::new();
            for letter in letters {
                text.push_str(letter);
                typed(&mut going, &text);
                let mut at_once = Picker::new("Some", items(120), fuzzy);
                typed(&mut at_once, &text);
                prop_assert_eq!(&going.matching, &at_once.matching, "{:?}", &text);
            }
        }
    }
}
