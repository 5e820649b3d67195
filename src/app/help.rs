//! The help: what is bound, set in columns.

use ratatui::layout::Rect;

use super::binding::{Bound, CONTEXTS, bound_in};
use super::model::Model;
use crate::search::GRAMMAR;

/// Cells of a column at least.
const COLUMN: u16 = 52;
/// Cells of the panel where there is room.
const WIDTH: u16 = 168;

/// A row of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpRow {
    /// The space above a heading.
    Blank,
    /// Where the keys below it work.
    Heading(&'static str),
    /// What can be written in a search over the library, and what it finds.
    Query(&'static str, &'static str),
    /// What is bound, one for each column.
    Bindings(Vec<Bound>),
}

/// The help, set for the screen as it is.
#[derive(Debug)]
pub struct Help {
    /// Where its panel lies, frame included.
    pub area: Rect,
    /// How many columns it has.
    pub columns: u16,
    /// All of its rows.
    pub rows: Vec<HelpRow>,
}

impl Help {
    /// How many rows are seen at once.
    #[must_use]
    pub fn height(&self) -> usize {
        usize::from(self.area.height.saturating_sub(2))
    }

    /// The most rows that can be scrolled away above.
    #[must_use]
    pub fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(self.height())
    }
}

impl Model {
    /// The help: the keys that work now, the innermost context first, then those of the others, and
    /// the query language.
    #[must_use]
    pub fn help(&self) -> Help {
        let screen = self.view.screen.area;
        let width = WIDTH.min(screen.width.saturating_sub(2));
        let height = screen.height.saturating_sub(1);
        let area = Rect { x: screen.x + (screen.width - width) / 2, width, height, ..screen };
        let columns = (width.saturating_sub(4) / COLUMN).max(1);
        let mut rows = Vec::new();
        for (name, title) in self.all_contexts() {
            add(&mut rows, title, &bound_in(&self.keymap, name), usize::from(columns));
        }
        rows.extend([HelpRow::Blank, HelpRow::Heading("What the search over the library finds")]);
        rows.extend(GRAMMAR.iter().map(|&(written, finds)| HelpRow::Query(written, finds)));
        Help { area, columns, rows }
    }

    fn all_contexts(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let here = self.contexts();
        let titled = |name: &&str| CONTEXTS.iter().find(|(own, _)| own == name).copied();
        let others = CONTEXTS.iter().filter(|(name, _)| !here.contains(name)).copied();
        here.iter().filter_map(titled).chain(others)
    }
}

/// Adds what is bound in a context, column by column.
fn add(rows: &mut Vec<HelpRow>, title: &'static str, bindings: &[Bound], columns: usize) {
    if bindings.is_empty() {
        return;
    }
    if !rows.is_empty() {
        rows.push(HelpRow::Blank);
    }
    rows.push(HelpRow::Heading(title));
    let high = bindings.len().div_ceil(columns);
    for row in 0..high {
        rows.push(HelpRow::Bindings(bindings.iter().skip(row).step_by(high).cloned().collect()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Action;

    fn bound(count: usize) -> Vec<Bound> {
        Action::ALL.iter().take(count).map(|&action| Bound { keys: Vec::new(), action }).collect()
    }

    #[test]
    fn bindings_go_down_the_columns() {
        let mut rows = Vec::new();
        add(&mut rows, "Text", &bound(5), 2);
        add(&mut rows, "Nothing", &[], 2);
        add(&mut rows, "List", &bound(1), 2);
        let at = |action| Action::ALL.iter().position(|&own| own == action).unwrap();
        let actions = |row: &HelpRow| match row {
            HelpRow::Bindings(all) => all.iter().map(|bound| at(bound.action)).collect(),
            _ => Vec::new(),
        };
        let all: Vec<Vec<usize>> = rows.iter().map(actions).collect();
        assert_eq!(all, [vec![], vec![0, 3], vec![1, 4], vec![2], vec![], vec![], vec![0]]);
        assert_eq!((&rows[0], &rows[5]), (&HelpRow::Heading("Text"), &HelpRow::Heading("List")));
    }
}
